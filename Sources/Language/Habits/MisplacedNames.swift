// Names that cannot be meant as variables where they stand: a word alone, a comment, the suffix of
// a number, a lost exponent.
import Syntax

extension Expression {
  /// In longer texts, in bytes, names are taken as they are.
  private static let longestLookedAt = 2_000

  /// The problem with a name of a text that cannot be meant as a variable where it stands.
  ///
  /// - Parameters:
  ///   - free: the names that the text leaves open and the command line does not name.
  ///   - named: those that the command line does name.
  func misplacedName(among free: [FreeName], besides named: [String]) -> Problem? {
    guard source.bytes.count <= Self.longestLookedAt else { return nil }
    for name in free {
      let problem =
        comment(name) ?? suffix(name) ?? lostExponent(name, free.map(\.name) + named)
        ?? lastResult(name)
      if let problem { return problem }
    }
    return wordAlone(free)
  }

  /// `x^2 % comment`
  private func comment(_ name: FreeName) -> Problem? {
    let before = text(upTo: name.range.start)
    guard name.name.count > 2, before.hasSuffix(" % "), rest(behind: name.range.end).isEmpty else {
      return nil
    }
    let formula = Pieces(String(before.dropLast(3)))
    return Problem(
      .gluedName(name.name, meaning: formula[formula.indices]), in: source, at: name.range)
  }

  /// `1.0f`, `1d-3` and `1j`: numbers of C, Fortran and Python.
  private func suffix(_ name: FreeName) -> Problem? {
    let before = text(upTo: name.range.start)
    let number = Self.number(endOf: before)
    let rest = rest(behind: name.range.end)
    guard let letter = name.name.first, let last = number.last else { return nil }
    let isPlain = number == "1" || last == "." || number.hasSuffix(".0")
    switch letter {
    case "ᴇ":
      let digits = name.name.dropFirst()
      return problem(name, "\(before)e\(digits)\(rest)")
    case "f", "F", "l", "L":
      guard name.name.count == 1, number.contains(where: { ".eE".contains($0) }) else { return nil }
      return problem(name, before + rest)
    case "d" where name.name.count == 1 && number.hasSuffix(".0") && !rest.hasPrefix("-"):
      return problem(name, before + rest)
    case "d", "D":
      let exponent = (name.name.dropFirst() + rest).drop { "+-".contains($0) }
      guard isPlain || number.contains("."), exponent.first?.isASCIIDigit == true,
        name.name.dropFirst().allSatisfy(\.isASCIIDigit)
      else { return nil }
      return problem(name, "\(before)e\(name.name.dropFirst())\(rest)")
    case "i", "j":
      guard number == "1", name.name.count == 1 else { return nil }
      let message = "'1\(name.name)' is no number here: there are no complex ones"
      let remedy = "if '\(name.name)' is meant for a variable, name it in --wrt or --at"
      return Problem(.reported(message, remedy: remedy), in: source, at: name.range)
    default: return nil
    }
  }

  /// The number that a text ends in, with its exponent.
  private static func number(endOf text: String) -> String {
    let characters = Array(text)
    var start = characters.count
    while start > 0 {
      let character = characters[start - 1]
      let isSign = "+-".contains(character) && start > 1 && "eE".contains(characters[start - 2])
      let isExponent = "eE".contains(character) && start > 1 && characters[start - 2].isASCIIDigit
      guard character.isASCIIDigit || character == "." || isSign || isExponent else { break }
      start -= 1
    }
    return String(characters[start...])
  }

  private func problem(_ name: FreeName, _ meaning: String) -> Problem {
    Problem(.gluedName(name.name, meaning: meaning), in: source, at: name.range)
  }

  /// `x2 + 3x`, as text copied from a page that loses superscripts.
  private func lostExponent(_ name: FreeName, _ all: [String]) -> Problem? {
    guard let power = Self.power(name.name), all.contains(String(power.first ?? " ")),
      source.text(in: name.range) == name.name,
      !all.contains(where: {
        $0.count == 2 && isIndexed($0, like: name.name) && Self.power($0) == nil
      })
    else { return nil }
    let pieces = Pieces(text(upTo: source.bytes.count))
    let whole = pieces.mapping { index in
      guard let power = Self.power(pieces[index]), all.contains(pieces[index]) else { return nil }
      return power
    }
    return problem(name, whole ?? power)
  }

  private func isIndexed(_ name: String, like other: String) -> Bool {
    name.first == other.first && name.dropFirst().allSatisfy(\.isASCIIDigit)
  }

  /// `x^2` of `x2`; nil for what is not a letter and a 2 or 3.
  static func power(_ name: String) -> String? {
    let letters = Array(name)
    guard letters.count == 2, letters[0].isLetter, letters[1] == "2" || letters[1] == "3" else {
      return nil
    }
    return "\(letters[0])^\(letters[1])"
  }

  private func lastResult(_ name: FreeName) -> Problem? {
    guard name.name == "ans" else { return nil }
    return Problem(
      .reported(
        "there is no result that 'ans' could stand for",
        remedy: "in a session it is the last value; a variable of that name goes into --wrt or --at"
      ),
      in: source, at: name.range)
  }

  /// `hello`, a word whose derivative in itself is hardly wanted.
  private func wordAlone(_ free: [FreeName]) -> Problem? {
    guard case .name(let symbol) = tree.nodes[tree.root].kind, free.count == 1,
      Catalogue.constant(free[0].name) == nil, !Catalogue.isFunction(free[0].name),
      tree.name(of: symbol) == free[0].name, isWord(free[0].name)
    else { return nil }
    let name = free[0].name
    let letters = Array(name)
    var meaning: String?
    if letters.dropFirst().allSatisfy(\.isASCIIDigit) {
      meaning = "\(letters[0])^\(name.dropFirst())"
    } else if letters.count == 2 && name.utf8.count == 2 || name == "xyz" || name == "abc" {
      meaning = letters.map(String.init).joined(separator: "*")
    }
    if let meaning { return problem(free[0], meaning) }
    return Problem(
      .reported(
        "'\(name)' is a name, and nothing else names such a variable",
        remedy: "if '\(name)' is meant, name it in --wrt or --at"),
      in: source, at: free[0].range)
  }

  /// Several letters that are no Greek one's name, or `x2` and `e3`, which may have been powers.
  private func isWord(_ name: String) -> Bool {
    let letters = name.prefix { $0.isLetter && !$0.isGreek }
    if letters.count > 1 { return !isGreekLetter(String(letters)) }
    let isNumbered = name.count > 1 && name.dropFirst().allSatisfy(\.isASCIIDigit)
    return isNumbered && (Self.power(name) != nil || "eE".contains(letters))
  }

  /// Notes about names that mean something else in other programs, or that may be lost powers.
  func likeOthers(naming named: [String]) -> [Explanation] {
    guard source.bytes.count <= Self.longestLookedAt else { return [] }
    let free = freeNames.filter { !$0.isParameter && !named.contains($0.name) }
    var notes: [Explanation] = []
    if let name = free.first(where: { $0.name == "E" && rest(behind: $0.range.end).hasPrefix("^") })
    {
      notes.append(.otherName("'\(name.name)' is a variable here; Euler's number is 'e'"))
    }
    if let name = free.first(where: { $0.name == "i" }), isBesideComplex {
      notes.append(.otherName("'\(name.name)' is a variable here; there are no complex numbers"))
    }
    for name in free {
      guard let power = Self.power(name.name),
        !freeNames.contains(where: { $0.name != name.name && isIndexed($0.name, like: name.name) })
      else { continue }
      notes.append(.otherName("'\(name.name)' is one name; for a power write '\(power)'"))
    }
    return notes
  }

  /// Whether the text looks like one with complex numbers: `e^(i*x)`, `i^2`.
  private var isBesideComplex: Bool {
    let text = Habit.replacing(" ", by: "", in: text(upTo: source.bytes.count))
    return ["e^", "exp(", "i^2", "i²", "*i"].contains(where: text.contains)
  }

  // MARK: The text around a name

  /// The expression's own text up to an offset.
  private func text(upTo offset: Int) -> String {
    let start = tree.definitions.isEmpty ? 0 : tree.nodes[tree.expressionStart].range.start
    return source.text(in: SourceRange(start: min(start, offset), end: offset))
  }

  private func rest(behind offset: Int) -> String {
    let text = Pieces(source.text(in: SourceRange(start: offset, end: source.bytes.count)))
    return text[text.indices]
  }
}
