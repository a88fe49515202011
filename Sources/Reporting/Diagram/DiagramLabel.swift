// The texts of a picture: cut to a length that can be read, and how much room they take.
import Text

/// The columns of the longest line in a picture; what is longer ends in an ellipsis.
private let longestLabel = 40
/// The same for what is written along an edge.
private let longestEdgeLabel = 24

extension Diagram.Node {
  /// The label and the details as the lines of a box.
  var lines: [String] { ([label] + details).map { shortened($0, to: longestLabel) } }
}

extension Diagram.Edge {
  /// `nil` where there is nothing to write.
  var line: String? {
    guard let label, !label.isEmpty else { return nil }
    return shortened(label, to: longestEdgeLabel)
  }
}

/// `text` on one line of at most `limit` columns, without control characters. Looks at no more of
/// a long text than it takes.
func shortened(_ text: String, to limit: Int, ellipsis: String = "…") -> String {
  // A character may consist of any number of scalars, nearly all of them invisible.
  let start = String(text.unicodeScalars.prefix(3 * limit))
  let isWhole = start.utf8.count == text.utf8.count
  let line = onOneLine(cleaned(start))
  if isWhole, displayWidth(of: line) <= limit { return line }
  let room = limit - displayWidth(of: ellipsis)
  var (kept, used) = ("", 0)
  for character in line {
    used += displayWidth(of: String(character))
    if used > room { break }
    kept.append(character)
  }
  return kept + ellipsis
}

/// The room `text` takes in a proportional font of `size`, a little more than in most of them.
func estimatedWidth(of text: String, size: Double) -> Double {
  text.reduce(0) { $0 + estimatedWidth(of: $1) } * size
}

/// In units of the font's size.
private func estimatedWidth(of character: Character) -> Double {
  switch character {
  case "i", "j", "l", "I", "'", "|", ".", ",", ":", ";", "!", " ": 0.32
  case "f", "r", "t", "(", ")", "[", "]", "/", "-", "·": 0.42
  case "m", "w", "M", "W", "%", "@", "…": 0.98
  case "0"..."9", "a"..."z": 0.62
  case "A"..."Z", "+", "=", "<", ">", "−", "×", "÷", "±", "≤", "≥", "≠", "~", "∂": 0.76
  default: 0.7 * Double(displayWidth(of: String(character)))
  }
}
