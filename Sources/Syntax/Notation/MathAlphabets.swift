// Letters of the mathematical alphabets and their full-width forms, which stand for plain ones:
// `𝑥`, `ｘ`.

extension Character {
  /// The letter or digit that one of the mathematical alphabets, or a full-width one, stands for;
  /// nil for any other character.
  package var plainLetter: Character? {
    guard let scalar = unicodeScalars.first, unicodeScalars.count == 1 else { return nil }
    switch scalar.value {
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
    case 0x1D400..<0x1D6A4: return latin(scalar.value - 0x1D400)
    case 0x210E: return "h"
    case 0x2146: return "d"
    case 0x2147, 0x212F: return "e"
    case 0x2148: return "i"
    case 0x2149: return "j"
    case 0x1D6A8..<0x1D7CA: return greek(scalar.value - 0x1D6A8)
    case 0x1D7CE..<0x1D800:
      return Unicode.Scalar(0x30 + (scalar.value - 0x1D7CE) % 10).map { Character($0) }
    default: return nil
    }
  }

  private func latin(_ offset: UInt32) -> Character? {
    let index = offset % 52
    return Unicode.Scalar(index < 26 ? 0x41 + index : 0x61 + index - 26).map { Character($0) }
  }

  /// The alphabets have 58 signs each, from Alpha to Omega and nabla, then from alpha to omega.
  private func greek(_ offset: UInt32) -> Character? {
    let index = offset % 58
    guard index != 25, index < 51 else { return nil }
    return Unicode.Scalar(index < 25 ? 0x391 + index : 0x3B1 + index - 26).map { Character($0) }
  }
}

/// A name with letters of mathematical alphabets as plain ones: `𝑥` is x.
package func plainSpelling(of name: String) -> String {
  String(name.map { $0.plainLetter ?? $0 })
}

extension SyntaxTree {
  /// Whether a name has letters of a mathematical alphabet, as pasted formulas do.
  package var hasPastedNames: Bool {
    symbols.contains { name in
      name.utf8.contains { $0 >= 0xE1 } && name.contains { $0.plainLetter?.isLetter == true }
    }
  }
}
