// Names that can hardly be meant: a function and its argument as one word, letters that could be
// products.
import Syntax

extension Expression {
  /// Throws where a name is left open that can hardly be meant: a function and its argument written
  /// as one word, the name of a function before an operator, a letter of another alphabet.
  ///
  /// - Parameter names: the variables that the command line names.
  package func checkNames(naming names: [String]) throws(Problem) {
    let free = freeNames.filter { !$0.isParameter && !names.contains($0.name) }
    for name in free {
      if isAlwaysFunction(name.name) {
        throw Problem(
          .functionAsVariable(name.name, call: call(of: name)), in: source, at: name.range)
      }
      guard let meaning = pastedMeaning(of: name) ?? productOfNames(name.name, names) else {
        continue
      }
      let readings = whole(replacing: free) ?? both(name, meaning) ?? meaning
      let others =
        Self.powers(name.name) == nil || meaning.contains("(")
        ? nil : whole(replacing: free, by: { Self.indexed($0.name) ?? self.meaning(of: $0) })
      throw Problem(
        .gluedName(
          name.name, meaning: ([readings] + (others.map { [$0] } ?? [])).joined(separator: "' or '")
        ),
        in: source, at: name.range)
    }
    try checkIndices(of: free)
    if let problem = misplacedName(among: free, besides: names) { throw problem }
  }

  /// The same with names that nobody knows read as products of known ones, `2xy` of x and y; nil
  /// where a name is none, or where the text could then be read in two ways.
  package func readingProducts(of known: [String]) -> Expression? {
    let unknown = freeNames.filter {
      !known.contains($0.name) && Catalogue.constant($0.name) == nil
    }
    guard !unknown.isEmpty, unknown.allSatisfy({ productOfNames($0.name, known) != nil }),
      let text = whole(replacing: unknown, by: { productOfNames($0.name, known) })
    else { return nil }
    return try? Expression(reading: SourceText(text), after: definitions)
  }

  /// Whether `checkNames` finds something; it reads no remedy, each of which is such a text in its turn.
  var hasDoubtfulName: Bool {
    let free = freeNames.filter { !$0.isParameter }
    return free.contains { isAlwaysFunction($0.name) || pastedMeaning(of: $0) != nil }
      || (try? checkIndices(of: free)) == nil || misplacedName(among: free, besides: []) != nil
  }

  /// What a name means that nobody means for one, in the letters of the language.
  private func pastedMeaning(of name: FreeName) -> String? {
    let pasted = latinSpelling(of: plainSpelling(of: name.name))
    return pasted == name.name ? meaning(of: name) : meaningOfGlued(pasted) ?? pasted
  }

  /// Throws where a name looks as if a sum's counter were its index, as in `sum(i, 1, n, y_i)`.
  private func checkIndices(of free: [FreeName]) throws(Problem) {
    let counters = source.sumCounters
    guard !counters.isEmpty else { return }
    for name in free {
      guard let joint = name.name.lastIndex(of: "_") else { continue }
      let counter = String(name.name[joint...].dropFirst())
      guard counters.contains(counter) else { continue }
      let base = name.name[..<joint]
      throw Problem(
        .reported(
          "'\(name.name)' is one variable, the same in each term of the sum over '\(counter)'",
          remedy:
            "write the terms out, with names such as \(base)1 and \(base)2; where the numbers "
            + "are columns of a file, 'autodiff eval' sums over its rows: --data FILE --reduce sum"),
        in: source, at: name.range)
    }
  }

  /// A note about names of two or three letters that the command line does not name, and that could
  /// be products.
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

  /// Throws where the letters of a name without a value are names of the point: `ax` where there is
  /// an `a`.
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
    let latin = latinSpelling(of: name.name)
    if latin != name.name { return meaningOfGlued(latin) ?? latin }
    if name.name != "E", let constant = Habit.constants[name.name] { return constant }
    let glued = meaningOfGlued(name.name)
    if glued?.contains("(") != true, let powers = Self.powers(name.name) { return powers }
    if let glued { return glued }
    let letters = Array(name.name)
    let (before, after) = (byte(name.range.start - 1), byte(name.range.end))
    // `xe^x`
    if letters.count == 2, letters[1] == "e", letters[0].isLetter, after == "^" {
      return separated(letters)
    }
    // `1.5x10^3`
    return name.name == "x10" && before.map({ ("0"..."9").contains($0) }) == true ? "*10" : nil
  }

  /// `x^2*y` of `x2y`, whose digits may be exponents that lost their places; nil for other names.
  private static func powers(_ name: String) -> String? {
    guard let factors = digitFactors(name), factors.allSatisfy({ $0.count < 3 }) else { return nil }
    return factors.map { $0.count == 1 ? $0 : "\($0.prefix(1))^\($0.dropFirst())" }
      .joined(separator: "*")
  }

  /// `x2*y` of `x2y`.
  private static func indexed(_ name: String) -> String? {
    digitFactors(name)?.joined(separator: "*")
  }

  /// The letters of a name, each with the 2 or 3 behind it, where one of these stands before a
  /// letter.
  private static func digitFactors(_ name: String) -> [String]? {
    guard name.count <= 6, name.allSatisfy(\.isASCII), name.first?.isLetter == true else {
      return nil
    }
    var factors: [String] = []
    for character in name {
      if character.isLetter {
        factors.append(String(character))
      } else if character == "2" || character == "3" {
        factors[factors.count - 1].append(character)
      } else {
        return nil
      }
    }
    return factors.count > 1 && factors.dropLast().contains { $0.count > 1 } ? factors : nil
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
  ///
  /// - Parameter reading: what a name means; the likeliest where it is not given.
  private func whole(
    replacing free: [FreeName], by reading: ((FreeName) -> String?)? = nil
  ) -> String? {
    let start = tree.definitions.last == nil ? 0 : tree.nodes[tree.expressionStart].range.start
    guard source.bytes.count - start <= 400 else { return nil }
    let text = source.text(in: SourceRange(start: start, end: source.bytes.count))
    var meanings: [String: String] = [:]
    for name in free { meanings[name.name] = reading?(name) ?? meaning(of: name) }
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
        !expression.hasDoubtfulName
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

/// Whether a function's name is never a variable's: `sin`, but not `gamma`, `beta`, `step`.
private func isAlwaysFunction(_ name: String) -> Bool {
  name != "sec" && gluedFunctions.contains(name) || neverVariables.contains(name)
}

private let neverVariables: Set<String> = [
  "arcsin", "arccos", "arctan", "acot", "asec", "acsc", "sech", "csch", "asinh", "acosh", "atanh",
  "arcsinh", "arccosh", "arctanh", "exp2", "expm1", "log2", "log10", "log1p", "cbrt", "erf", "erfc",
  "sinc", "softplus", "relu", "factorial", "lgamma", "digamma",
]

extension SourceText {
  /// The names that sums and products count with.
  fileprivate var sumCounters: Set<String> {
    var counters: Set<String> = []
    let text = String(decoding: bytes, as: UTF8.self)
    for word in ["sum(", "prod("] {
      for piece in text.split(separator: word, omittingEmptySubsequences: false).dropFirst() {
        let counter = piece.prefix { $0 != "," && $0 != ")" }.filter { $0 != " " }
        if !counter.isEmpty, counter.allSatisfy({ $0.isLetter }) {
          counters.insert(String(counter))
        }
      }
    }
    return counters
  }
}
