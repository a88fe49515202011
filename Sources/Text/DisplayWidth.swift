// How many columns of a terminal a text takes.

/// The columns `text` takes on a terminal: combining marks and other invisible characters none,
/// East Asian wide characters and emoji two, everything else one.
package func displayWidth(of text: String) -> Int {
  isPrintableASCII(text) ? text.utf8.count : text.reduce(0) { $0 + columns(of: $1) }
}

/// Whether `text` needs neither measuring nor cleaning: most cells are like that.
package func isPrintableASCII(_ text: String) -> Bool {
  text.utf8.allSatisfy { 0x20 <= $0 && $0 < 0x7F }
}

/// What looks like one character is at most two columns wide, however many emoji are joined in it.
private func columns(of character: Character) -> Int {
  let scalars = character.unicodeScalars
  let width = min(2, scalars.reduce(0) { $0 + columns(of: $1) })
  // U+FE0F asks for the emoji form, which is wide also where the plain character is not.
  return width > 0 && scalars.contains("\u{FE0F}") ? 2 : width
}

private func columns(of scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII { return 0x20 <= scalar.value && scalar.value < 0x7F ? 1 : 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
  case .format: return scalar == "\u{AD}" ? 1 : 0
  default: break
  }
  if isMedialJamo(scalar) { return 0 }
  return scalar.properties.isEmojiPresentation || isWide(scalar) ? 2 : 1
}

/// The vowels and final consonants that join the Hangul syllable before them.
private func isMedialJamo(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1160...0x11FF, 0xD7B0...0xD7FF: true
  default: false
  }
}

/// Unicode's East Asian Width W and F, less the emoji, in ranges rounded over unassigned gaps.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
    0x20000...0x3FFFD:
    true
  default: false
  }
}
