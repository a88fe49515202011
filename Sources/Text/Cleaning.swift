// Characters that no format passes on: those that control a terminal or change the direction of
// text.

/// `text` with U+FFFD in place of characters that would move the cursor, control the terminal or
/// change the direction of what follows; line ends stay.
package func cleaned(_ text: String) -> String {
  if isPrintableASCII(text) { return text }
  return String(
    text.map { character in
      if character.isNewline { return "\n" }
      if character == "\t" { return " " }
      return character.unicodeScalars.contains(where: \.steers) ? "\u{FFFD}" : character
    })
}

/// The same for data, whose line ends and tabs stay what they are.
package func silenced(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
  let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
    scalar.steers && !"\n\r\t".unicodeScalars.contains(scalar) ? "\u{FFFD}" : scalar
  }
  return String(String.UnicodeScalarView(scalars))
}

extension Unicode.Scalar {
  /// Whether it steers what shows the text and is not part of it: control characters, separators of
  /// lines and paragraphs, and the marks, embeddings, overrides and isolates of direction.
  package var steers: Bool {
    if isASCII { return value < 0x20 || value == 0x7F }
    switch value {
    case 0x80...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: return true
    default: return false
    }
  }
}
