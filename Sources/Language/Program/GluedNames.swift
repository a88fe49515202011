// Names that are functions and their arguments written without a gap: `sinx`, `xlnx`, `πt`.

import Syntax

/// What a glued name was meant for, as the language writes it; nil for a name that is none.
package func meaningOfGlued(_ name: String) -> String? {
  let letters = Array(name)
  guard letters.count <= 32 else { return nil }
  let letterwise = productOfLetters(letters) ?? productOfIndexed(letters) ?? productWithPi(name)
  if let letterwise { return letterwise }
  var factors: [String] = []
  var pending: [Character] = []
  var function: String?
  var index = 0
  while index < letters.count {
    let rest = String(letters[index...])
    if let next = gluedFunctions.first(where: { rest.hasPrefix($0) }), rest.count > next.count {
      if function != nil || !pending.isEmpty {
        let isCoefficient = function == nil && pending.count == 2 && pending.allSatisfy(\.isLetter)
        guard let product = isCoefficient ? separated(pending) : product(of: pending) else {
          return nil
        }
        factors.append(function.map { "\($0)(\(product))" } ?? product)
      }
      (function, pending) = (next, [])
      index += next.count
    } else {
      pending.append(letters[index])
      index += 1
    }
  }
  guard let function, let argument = product(of: pending) else { return nil }
  let isWord = factors.first?.count == 3 && !"xyztuθ".contains(argument.last ?? " ")
  return isWord && factors.count == 1 && factors[0].contains("*")
    ? nil : (factors + ["\(function)(\(argument))"]).joined(separator: "*")
}

/// `ωt`, `πft`, `αβ`: a Greek letter beside others, each a name of its own. A difference, `Δx`, is one
/// name, and so is a letter with a word behind it.
private func productOfLetters(_ letters: [Character]) -> String? {
  var names: [String] = []
  for letter in letters {
    if letter.isSubscriptDigit, !names.isEmpty {
      names[names.count - 1].append(letter)
    } else if letter.isLetter, letter != "_" {
      names.append(String(letter))
    } else {
      return nil
    }
  }
  let isMixed = letters.contains(where: \.isGreek) || letters.contains(where: \.isSubscriptDigit)
  guard (2...4).contains(names.count), isMixed, !"Δδ∂d".contains(letters[0]) else { return nil }
  return names.joined(separator: "*")
}

/// `pix`, `pift`: π before letters that are often beside it.
private func productWithPi(_ name: String) -> String? {
  let letters = name.dropFirst(2)
  guard name.hasPrefix("pi"), (1...2).contains(letters.count),
    letters.allSatisfy({ "xtrnkfz".contains($0) })
  else { return nil }
  return "pi*" + separated(Array(letters))
}

/// `x₁x₂`, `x1y2`: letters each with an index.
private func productOfIndexed(_ letters: [Character]) -> String? {
  var names: [String] = []
  for letter in letters {
    guard letter.isNumber || letter.isLetter, letter != "_" else { return nil }
    if letter.isNumber, let last = names.last {
      names[names.count - 1] = last + String(letter)
    } else {
      names.append(String(letter))
    }
  }
  let areIndexed = names.allSatisfy { $0.count > 1 && $0.first?.isLetter == true }
  return names.count > 1 && areIndexed ? names.joined(separator: "*") : nil
}

private func separated(_ letters: [Character]) -> String {
  letters.map(String.init).joined(separator: "*")
}

extension Character {
  fileprivate var isSubscriptDigit: Bool { ("₀"..."₉").contains(self) }

  fileprivate var isGreek: Bool {
    unicodeScalars.allSatisfy { (0x370..<0x400).contains($0.value) }
  }
}

/// The functions that people write without parentheses, longer ones before their beginnings.
private let gluedFunctions = [
  "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "asin", "acos", "atan", "sqrt",
  "log10", "sin", "cos", "tan", "cot", "sec", "csc", "log", "exp", "abs", "ln",
]

/// `x`, `x1` or `2x` as a product; nil for what is more than one letter with numbers around it.
private func product(of letters: [Character]) -> String? {
  let number = letters.prefix(while: \.isNumber)
  guard let letter = letters.dropFirst(number.count).first, letter.isLetter else { return nil }
  let digits = letters.dropFirst(number.count + 1)
  guard digits.allSatisfy(\.isNumber) else { return nil }
  return (number.isEmpty ? "" : String(number) + "*") + String(letter) + String(digits)
}

extension Expression {
  /// That no name is left open that nobody means for one: a function and its argument written as one
  /// word, the name of a function before an operator, a letter of another alphabet.
  ///
  /// - Parameter names: the variables that somebody named.
  package func checkNames(naming names: [String]) throws(Problem) {
    let free = freeNames.filter { !$0.isParameter && !names.contains($0.name) }
    for name in free {
      if isAlwaysFunction(name.name) {
        throw Problem(
          .functionAsVariable(name.name, call: call(of: name)), in: source, at: name.range)
      }
      let pasted = plainSpelling(of: name.name)
      let meaning = pasted == name.name ? meaning(of: name) : meaningOfGlued(pasted) ?? pasted
      guard let meaning else { continue }
      throw Problem(
        .gluedName(
          name.name, meaning: whole(replacing: free) ?? both(name, meaning) ?? meaning),
        in: source, at: name.range)
    }
    if let problem = misplacedName(among: free, besides: names) { throw problem }
  }

  /// A note about names of two or three letters that nobody named, and that could be products.
  package func nameNotes(naming names: [String]) -> [Explanation] {
    let short = freeNames.filter { free in
      !free.isParameter && !names.contains(free.name) && isLikeProduct(free.name)
        && free.name.allSatisfy { $0.isLetter && $0 != "_" }
        && Catalogue.constant(free.name) == nil && !Catalogue.isFunction(free.name)
        && !isGreekLetter(free.name) && free.name.first?.isGreek == false
    }
    return (short.isEmpty ? [] : [.oneName(short.map(\.name))]) + likeOthers(naming: names)
  }

  /// Two letters, or three that make no word or are names too: no differential, `dx`, either.
  private func isLikeProduct(_ name: String) -> Bool {
    if name.count == 2 { return name.first != "d" && name.first != "Δ" }
    guard name.count == 3 else { return false }
    return name == "xyz" || name == "abc" || name.lowercased() != name
      || !name.contains { "aeiouy".contains($0) }
      || freeNames.contains { $0.name.count == 1 && name.contains($0.name) }
  }

  /// That the letters of a name without a value are no names of the point: `ax` where there is an `a`.
  func checkLetters(of missing: [String], against superfluous: [String]) throws(Problem) {
    for name in missing where (2...4).contains(name.count) && name.allSatisfy(\.isLetter) {
      let letters = name.map(String.init)
      guard letters.contains(where: superfluous.contains) else { continue }
      let place = freeNames.first { $0.name == name }?.range
      throw Problem(
        .gluedName(name, meaning: separated(Array(name))), in: source, at: place)
    }
  }

  private func meaning(of name: FreeName) -> String? {
    if name.name != "E", let constant = Habit.constants[name.name] { return constant }
    if let meaning = meaningOfGlued(name.name) { return meaning }
    let letters = Array(name.name)
    let (before, after) = (byte(name.range.start - 1), byte(name.range.end))
    // `xe^x`
    if letters.count == 2, letters[1] == "e", letters[0].isLetter, after == "^" {
      return separated(letters)
    }
    // `1.5x10^3`
    return name.name == "x10" && before.map({ ("0"..."9").contains($0) }) == true ? "*10" : nil
  }

  /// Both readings of `cosx^2` and of `e^xsinx`, where one name of the text is a glued one.
  private func both(_ name: FreeName, _ meaning: String) -> String? {
    guard source.bytes.count <= 400, tree.definitions.isEmpty, meaning.contains("(") else {
      return nil
    }
    let before = source.text(in: SourceRange(start: 0, end: name.range.start))
    let after = Pieces(source.text(in: SourceRange(start: name.range.end, end: source.bytes.count)))
    var texts: [String] = []
    let rest = after.all.joined()
    if after[0] == "^" || after[0] == "²" || after[0] == "³", meaning.hasSuffix(")") {
      let end = after[0] == "^" ? after.operand(from: 1)?.upperBound : 1
      guard let end else { return nil }
      let power = after[0..<end]
      let inner = meaning.dropLast() + power + ")"
      texts = [before + meaning + rest, before + inner + after.all[end...].joined()]
    } else if before.hasSuffix("^") {
      texts = [before + meaning + rest, before + "(" + meaning + ")" + rest]
    }
    let readings = texts.compactMap { Self.reading(of: $0, after: Definitions()) }
    return readings.count == 2 ? readings.joined(separator: "' or '") : nil
  }

  private func byte(_ offset: Int) -> Unicode.Scalar? {
    source.bytes.indices.contains(offset) ? Unicode.Scalar(source.bytes[offset]) : nil
  }

  /// The whole text with what glued names mean in their places, if it can only be read in one way.
  private func whole(replacing free: [FreeName]) -> String? {
    let start = tree.definitions.last == nil ? 0 : tree.nodes[tree.expressionStart].range.start
    guard source.bytes.count - start <= 400 else { return nil }
    let text = source.text(in: SourceRange(start: start, end: source.bytes.count))
    var meanings: [String: String] = [:]
    for name in free { meanings[name.name] = meaning(of: name) }
    // Where others are products of letters, names of two are too.
    if meanings.values.contains(where: { $0.contains("*") && !$0.contains("(") }) {
      for name in free where meanings[name.name] == nil && name.name.count == 2 {
        guard isLikeProduct(name.name), name.name.allSatisfy(\.isLetter),
          !isGreekLetter(name.name), !Catalogue.isFunction(name.name)
        else { continue }
        meanings[name.name] = separated(Array(name.name))
      }
    }
    let pieces = Pieces(text)
    for index in pieces.indices where meanings[pieces[index]]?.contains("(") == true {
      if ["^", "²", "³", "("].contains(pieces[index + 1]) { return nil }
    }
    for index in pieces.indices where meanings[pieces[index]]?.contains("*") == true {
      if ["/", "^"].contains(pieces[pieces.previous(index)]) { return nil }
    }
    // In textbook notation the whole product is the argument: `cos 2πx`.
    let corrected = pieces.mapping { index in
      let meaning = meanings[pieces[index]]
      let isProduct =
        isTextbook && meaning?.contains("*") == true && meaning?.contains("(") == false
      let isRaised = ["^", "²", "³"].contains(pieces[index + 1])
      return meaning.map { isProduct && !isRaised ? "(\($0))" : $0 }
        ?? plainSpelling(of: pieces[index])
    }
    return corrected.flatMap { text in
      guard let expression = try? Expression(reading: SourceText(text), after: definitions),
        (try? expression.checkNames(naming: [])) != nil
      else { return nil }
      return expression.reading ?? text
    }
  }

  /// A call of the function that a name is, with what seems to be its argument.
  private func call(of name: FreeName) -> String {
    let end = min(name.range.end + 100, source.bytes.count)
    let pieces = Pieces(source.text(in: SourceRange(start: name.range.end, end: end)))
    // `tan-1 x`
    if pieces[0] == "-", pieces[1] == "1", Catalogue.isFunction("a" + name.name),
      let operand = pieces.operand(from: pieces.next(1))
    {
      return "a\(name.name)(\(Habit.bare(pieces[operand])))"
    }
    var index = pieces.isBlank(0) ? 1 : 0
    let sign = pieces[index]
    guard ["-", "+", "*", "^", "−"].contains(sign) else { return "\(name.name)(x)" }
    index = pieces.next(index)
    let isNegative = sign == "-" || sign == "−" || pieces[index] == "-"
    if pieces[index] == "-" { index = pieces.next(index) }
    guard var operand = pieces.operand(from: index) else { return "\(name.name)(x)" }
    if pieces[operand.upperBound] == "^", sign != "^",
      let exponent = pieces.operand(from: operand.upperBound + 1)
    {
      operand = operand.lowerBound..<exponent.upperBound
    } else if ["²", "³"].contains(pieces[operand.upperBound]) {
      operand = operand.lowerBound..<operand.upperBound + 1
    }
    return "\(name.name)(\(isNegative ? "-" : "")\(Habit.bare(pieces[operand])))"
  }
}

/// Whether nobody calls a variable by the name of a function: `sin`, and not `gamma`, `beta`, `step`.
private func isAlwaysFunction(_ name: String) -> Bool {
  name != "sec" && gluedFunctions.contains(name) || neverVariables.contains(name)
}

private let neverVariables: Set<String> = [
  "arcsin", "arccos", "arctan", "acot", "asec", "acsc", "sech", "csch", "asinh", "acosh", "atanh",
  "arcsinh", "arccosh", "arctanh", "exp2", "expm1", "log2", "log10", "log1p", "cbrt", "erf", "erfc",
  "sinc", "softplus", "relu", "factorial", "lgamma", "digamma",
]
