// `--assume`: what is taken for granted of variables, `x > 0, n integer`.
import Calculus
import CommandLine
import Language
import Syntax
import Text

extension OptionDefinition {
  static let assume = OptionDefinition(
    "assume", argument: "FACTS", isRepeatable: true,
    help: "what is taken for granted of variables, such as 'x > 0, y >= 0, n integer'")
}

extension Arguments {
  /// The assumptions that were given, by the variables' indices.
  func assumptions(of variables: [String]) throws -> [(variable: Int, Assumption)] {
    var assumptions: [(Int, Assumption)] = []
    for word in values(.assume) {
      let reader = AssumptionReader(SourceText(word.text, name: "--assume"), variables)
      assumptions += try reader.assumptions()
    }
    return assumptions
  }
}

/// Reads facts about variables, one behind the other with commas or `and` between: `x > 0`, `0 <
/// x`, `x >= 0`, `x, y > 0`, `x positive`, `n integer`. A bound above 0 makes positive, too.
private struct AssumptionReader {
  private let source: SourceText
  private let variables: [String]

  init(_ source: SourceText, _ variables: [String]) {
    self.source = source
    self.variables = variables
  }

  private typealias Word = (text: String, range: SourceRange)

  func assumptions() throws(Problem) -> [(variable: Int, Assumption)] {
    var assumptions: [(Int, Assumption)] = []
    // Names before a comma share the fact that follows: x, y > 0.
    var names: [Word] = []
    let facts = words().split(omittingEmptySubsequences: false) {
      Self.separators.contains($0.text)
    }
    for fact in facts.map(Array.init) {
      if fact.count == 1, Self.isName(fact[0].text) {
        names.append(fact[0])
        continue
      }
      guard let (name, assumption) = Self.assumption(fact) else { throw unreadable(names + fact) }
      for name in names + [name] { assumptions.append((try variable(name), assumption)) }
      names = []
    }
    if !names.isEmpty { throw unreadable(names) }
    return assumptions
  }

  private static let separators: Set<String> = [",", ";", "and"]

  private func variable(_ name: Word) throws(Problem) -> Int {
    if let index = variables.firstIndex(of: name.text) { return index }
    let suggestion = editDistanceSuggestion(for: name.text, among: variables)
    throw Problem(.notInExpression(name.text, suggestion: suggestion), in: source, at: name.range)
  }

  private func unreadable(_ words: [Word]) -> Problem {
    let start = words.first?.range.start ?? 0
    let end = words.last?.range.end ?? source.bytes.count
    return Problem(
      .reported(
        "this is no fact that --assume knows",
        remedy: "write 'x > 0', 'x >= 0' or 'n integer', with commas between several"),
      in: source, at: SourceRange(start: start, end: end))
  }

  // MARK: One fact

  private static func assumption(_ fact: [Word]) -> (name: Word, Assumption)? {
    if let name = fact.first, isName(name.text),
      let assumption = kinds[fact.dropFirst().map(\.text).joined(separator: " ")]
    {
      return (name, assumption)
    }
    guard fact.count == 3 else { return nil }
    if let sign = bounds[fact[1].text], let bound = Double(fact[2].text) {
      return assumption(above: bound, sign).map { (fact[0], $0) }
    }
    if let sign = mirrored[fact[1].text], let bound = Double(fact[0].text) {
      return assumption(above: bound, sign).map { (fact[2], $0) }
    }
    return nil
  }

  private static func assumption(above bound: Double, _ sign: Assumption) -> Assumption? {
    bound > 0 ? .positive : bound == 0 ? sign : nil
  }

  private static let bounds: [String: Assumption] = [
    ">": .positive, ">=": .nonnegative, "≥": .nonnegative, "⩾": .nonnegative,
  ]
  private static let mirrored: [String: Assumption] = [
    "<": .positive, "<=": .nonnegative, "≤": .nonnegative, "⩽": .nonnegative,
  ]
  private static let kinds: [String: Assumption] = [
    "integer": .integer, "is integer": .integer, "is an integer": .integer, "whole": .integer,
    "in Z": .integer, "∈ ℤ": .integer, "positive": .positive, "is positive": .positive,
    "nonnegative": .nonnegative, "is nonnegative": .nonnegative,
  ]

  // MARK: Words

  private static func isName(_ text: String) -> Bool {
    text.first.map { $0.isLetter || $0 == "_" } ?? false && !separators.contains(text)
  }

  /// Names, numbers and signs, each with its place in bytes.
  private func words() -> [Word] {
    var words: [Word] = []
    var offset = 0
    var last: Kind?
    for character in String(decoding: source.bytes, as: UTF8.self) {
      let size = character.utf8.count
      let kind = Kind(character)
      if let kind {
        if kind == last, kind != .separator, var word = words.popLast() {
          word.text.append(character)
          word.range.end = offset + size
          words.append(word)
        } else {
          words.append((String(character), SourceRange(start: offset, end: offset + size)))
        }
      }
      last = kind
      offset += size
    }
    return words
  }

  private enum Kind {
    case word, sign, separator

    /// nil for a space.
    init?(_ character: Character) {
      if character.isWhitespace { return nil }
      if character == "," || character == ";" {
        self = .separator
      } else if character.isLetter || character.isNumber || "_.'-".contains(character) {
        self = .word
      } else {
        self = .sign
      }
    }
  }
}
