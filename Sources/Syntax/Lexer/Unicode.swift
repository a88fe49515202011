// Scalars: decoding them from bytes, and what part each may play in an expression.

/// The scalar at an offset and its length in bytes; nil where the bytes are not UTF-8.
func decodeScalar(_ bytes: [UInt8], at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
  guard offset < bytes.count else { return nil }
  if bytes[offset] < 0x80 { return (Unicode.Scalar(bytes[offset]), 1) }
  var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
  return (Unicode.UTF8.decode(encoded), encoded.count)
}

extension Unicode.Scalar {
  /// May begin a name. The superscript letters are left out: `xⁿ` and `eˣ` mean powers.
  var startsName: Bool {
    if isASCII { return self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return properties.generalCategory != .modifierLetter || superscribed == nil
    default: return false
    }
  }

  /// May follow in a name: also digits, subscript digits and marks that combine with a letter.
  var continuesName: Bool {
    if isASCII { return startsName || ("0"..."9").contains(self) }
    return startsName || isMark || properties.generalCategory == .decimalNumber
      || ("\u{2080}"..."\u{2089}").contains(self)
  }

  /// Combines with the character before it.
  var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Steers the text without being seen: direction marks, zero-width spaces, soft hyphens.
  var isInvisible: Bool { properties.generalCategory == .format }

  /// Must not reach a terminal as it is.
  var isControl: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }

  /// The digit that a superscript stands for.
  var superscriptDigit: Int? {
    switch self {
    case "\u{B9}": 1
    case "\u{B2}": 2
    case "\u{B3}": 3
    case "\u{2070}", "\u{2074}"..."\u{2079}": Int(value) - 0x2070
    default: nil
    }
  }

  /// How many primes of Lagrange's notation the scalar is, or looks like.
  var primeCount: Int? {
    switch self {
    case "'", "′", "’", "´": 1
    case "\"", "″", "”": 2
    case "‴": 3
    case "⁗": 4
    default: nil
    }
  }

  /// `U+0445`
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// How a message names the scalar: `'$'`, `'—' (U+2014 EM DASH)`, `U+200B ZERO WIDTH SPACE`.
  var described: String {
    if isASCII && !isControl { return "'\(self)'" }
    let name = properties.name.map { " " + $0 } ?? ""
    if isControl || isInvisible || isMark { return codePoint + name }
    return "'\(self)' (\(codePoint)\(name))"
  }
}

extension Unicode.Scalar {
  /// The letter or sign that a superscript character stands for; digits are `superscriptDigit`.
  var superscribed: Unicode.Scalar? {
    guard value > 0xFF, superscripts.contains(self) else { return nil }
    return zip(superscripts, "+-()abcdefghijklmnoprstuvwxyzαβγδθφ".unicodeScalars)
      .first { $0.0 == self }?.1
  }
}

private let superscripts = Array("⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵅᵝᵞᵟᶿᵠ".unicodeScalars)
