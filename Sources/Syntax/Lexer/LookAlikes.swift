// Letters of other scripts that look like Latin ones.

/// Says which letter of a name only looks like an ASCII one: "the 'х' is U+0445 CYRILLIC SMALL
/// LETTER HA, not the Latin 'x'". Nil if there is none.
package func lookAlikeAdvice(for name: String) -> String? {
  for scalar in name.unicodeScalars where !scalar.isASCII {
    guard let latin = scalar.latinLookAlike else { continue }
    let kind = latin.properties.numericType == nil ? "Latin" : "digit"
    let title = scalar.properties.name.map { " " + $0 } ?? ""
    return "the '\(scalar)' is \(scalar.codePoint)\(title), not the \(kind) '\(latin)'"
  }
  return nil
}

/// A name with Latin letters in place of letters of other scripts that look like them, if it has
/// some; any other name unchanged.
package func latinSpelling(of name: String) -> String {
  let scalars = name.unicodeScalars
  guard scalars.count > 1, scalars.contains(where: { $0.isASCII && $0.properties.isAlphabetic }),
    !scalars.contains(where: { (0x370..<0x400).contains($0.value) })
  else { return name }
  return String(String.UnicodeScalarView(scalars.map { $0.isASCII ? $0 : $0.latinLookAlike ?? $0 }))
}

extension Unicode.Scalar {
  /// The ASCII letter or digit that this one is easily taken for.
  fileprivate var latinLookAlike: Unicode.Scalar? {
    switch value {
    case 0x0370..<0x0400: Self.lookAlike(of: self, in: greek)
    case 0x0400..<0x0530: Self.lookAlike(of: self, in: cyrillic)
    case 0xFF10..<0xFF5B: Unicode.Scalar(value - 0xFEE0)
    case 0x1D400..<0x1D6A4: Self.letter(value - 0x1D400)
    case 0x1D7CE..<0x1D800: Unicode.Scalar(0x30 + (value - 0x1D7CE) % 10)
    default: Self.lookAlike(of: self, in: others)
    }
  }

  /// The mathematical alphabets repeat A to Z and a to z, one style after the other.
  private static func letter(_ offset: UInt32) -> Unicode.Scalar? {
    let index = offset % 52
    return Unicode.Scalar(index < 26 ? 0x41 + index : 0x61 + index - 26)
  }

  private static func lookAlike(of scalar: Unicode.Scalar, in pairs: String) -> Unicode.Scalar? {
    let scalars = Array(pairs.unicodeScalars)
    guard let index = scalars.firstIndex(of: scalar), index + 1 < scalars.count else { return nil }
    return scalars[index + 1]
  }
}

/// Each letter is followed by the ASCII one that it looks like.
private let greek = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvρpϲcϳjυuιiκkχx"
private let cyrillic = "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXаaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwӏl"
private let others = "ıiſsℎhℯeℊgℴoℓlℐIℒLℕNℚQℝRℤZⅰiⅼlⅽcⅾdⅿmᴏoᴠvᴡwᴢz"
