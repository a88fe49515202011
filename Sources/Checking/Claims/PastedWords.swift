// The words around a claim in a sentence, marks of typesetting, decimal commas.
import Text

/// Takes off what is said around a claim.
enum PastedWords {
  static func plain(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      withoutWords(withoutMarks(String($0)))
    }
    return withPoints(lines.joined(separator: "\n"))
  }

  /// Without the backquotes of code and the asterisks of bold text.
  private static func withoutMarks(_ text: String) -> String {
    var line = text.contains("`") ? text.filter { $0 != "`" } : text
    if line.hasPrefix("**") { line = line.replacing("**", with: "", maxReplacements: 2) }
    return line.replacing(" prime", with: "'")
  }

  /// `Therefore, f'(x) = 2*x` without its first word; what stands before a sign of equality is none.
  private static func withoutWords(_ text: String) -> String {
    var rest = trimmed(text)[...]
    while let end = rest.firstIndex(where: { !$0.isLetter }) {
      let behind = rest[end...].drop { ",: ".contains($0) }
      let isSaid = words.contains(rest[..<end].lowercased()) && ",: ".contains(rest[end])
      guard isSaid, let next = behind.first, !"=+-*/^".contains(next) || rest[end] == ":" else {
        break
      }
      rest = behind
    }
    return String(rest)
  }

  private static let words: Set<String> = [
    "so", "therefore", "thus", "hence", "then", "answer", "solution", "result", "derivative", "the",
    "partial", "derivatives", "are", "is", "we", "get", "have", "gradient", "it", "follows", "that",
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
