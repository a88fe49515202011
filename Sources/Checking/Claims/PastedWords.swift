// The words around a claim in a sentence, marks of typesetting, decimal commas.
import Text

/// Takes off what is said around a claim.
enum PastedWords {
  static func plain(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !isAnnouncement(trimmed(String($0))) }
      .map { withoutRemark(withoutWords(withoutMarks(String($0)))) }
    return withPoints(lines.joined(separator: "\n"))
  }

  /// `Using the product rule:`, `### Final answer`: words alone, and no letter of a variable among them.
  private static func isAnnouncement(_ line: String) -> Bool {
    let isTitle = line.hasPrefix("#")
    guard isTitle || line.hasSuffix(":") else { return false }
    let words = line.split { "# :,*".contains($0) }
    return words.count > 1
      && words.allSatisfy { $0.count > 1 && $0.allSatisfy { $0.isLetter || $0 == "-" } }
  }

  /// Without `(product rule)` or `[y constant]` at the end: two words or more, or a rule, and no formula.
  private static func withoutRemark(_ line: String) -> String {
    let text = trimmed(line)
    for (open, close) in [("(", ")"), ("[", "]")] where text.hasSuffix(close) {
      guard let start = text.lastIndex(of: Character(open)), start > text.startIndex,
        text[text.index(before: start)] == " "
      else { continue }
      let words = text[start...].dropFirst().dropLast().split(separator: " ")
      let areWords = words.allSatisfy { $0.allSatisfy(\.isLetter) }
      let namesRule = ["regel", "rule"].contains { words.last?.hasSuffix($0) == true }
      if areWords, namesRule || words.count > 1 && words.contains(where: { $0.count > 3 }) {
        return trimmed(String(text[..<start]))
      }
    }
    return line
  }

  /// Without the backquotes of code and the asterisks of bold text.
  private static func withoutMarks(_ text: String) -> String {
    var line = text.contains("`") ? text.filter { $0 != "`" } : text
    // A heading of Markdown; behind one '#' is a comment.
    if trimmed(line).hasPrefix("##") { line = String(line.drop { $0 == "#" || $0 == " " }) }
    if line.hasPrefix("**") { line = line.replacing("**", with: "", maxReplacements: 2) }
    return line.replacing(" prime", with: "'")
  }

  /// `Therefore, f'(x) = 2*x` without its first word; what stands before a sign of equality is none.
  private static func withoutWords(_ text: String) -> String {
    var rest = trimmed(text)[...]
    while let end = rest.firstIndex(where: { !$0.isLetter }) {
      let behind = rest[end...].drop { ",: ".contains($0) }
      let word = rest[..<end].lowercased()
      let isSaid =
        words.contains(word) && ",: ".contains(rest[end]) || word == "grad" && rest[end] == ":"
      guard isSaid, let next = behind.first, !"=+-*/^".contains(next) || rest[end] == ":" else {
        break
      }
      rest = behind
    }
    return String(rest)
  }

  private static let words: Set<String> = [
    "so", "therefore", "thus", "hence", "then", "answer", "solution", "result", "derivative", "the",
    "partial", "derivatives", "slope", "are", "is", "we", "get", "have", "gradient", "it",
    "follows", "that",
    "ableitung", "ableitungen", "lösung", "antwort", "ergebnis", "also", "daher", "somit", "die",
    "der", "ist", "sind", "donc", "dérivée",
  ]

  /// `fx = 1,125; fy = -2,5` with points, where each piece is one number and no number has a point.
  private static func withPoints(_ text: String) -> String {
    guard text.contains(","), !text.contains(".") else { return text }
    let pieces = ClaimPieces.split(text, at: [";", "\n"])
    let sides = pieces.map { ClaimPieces.assignment($0) ?? ("", $0) }
    let numbers = sides.map { $0.1.replacing(",", with: ".") }
    let areNumbers = zip(sides, numbers).allSatisfy { side, number in
      Double(number) != nil && side.1.count { $0 == "," } < 2
    }
    guard areNumbers, sides.contains(where: { $0.1.contains(",") }) else { return text }
    return zip(sides, numbers).map { $0.0.isEmpty ? $1 : "\($0.0) = \($1)" }
      .joined(separator: "; ")
  }
}
