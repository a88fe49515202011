// Signs that pages and word processors put in the place of those of a keyboard: dashes, bullets,
// invisible products.

extension NotationReader {
  /// Reads a sign that stands for one of the language; false if it stands for none.
  mutating func pastedSign(_ scalar: Unicode.Scalar, at range: SourceRange) -> Bool {
    switch scalar {
    case "\u{2010}"..."\u{2015}", "﹣", "－": emit(.subtract, at: range)
    // A bullet before a formula is that of a list.
    case "•", "∙", "●": if !result.tokens.isEmpty { emit(.multiply, at: range) }
    case "✕", "✖", "⨯", "⊗", "＊", "\u{2062}": emit(.multiply, at: range)
    case "\u{2064}": emit(.add, at: range)
    case "⁄", "➗": emit(.divide, at: range)
    case "⩽", "≦", "⪕": emit(.lessOrEqual, at: range)
    case "⩾", "≧", "⪖": emit(.greaterOrEqual, at: range)
    // Invisible: the application of a function, separators, joiners, soft hyphens.
    case "\u{2061}", "\u{2063}", "\u{2060}", "\u{200B}"..."\u{200D}", "\u{FEFF}", "\u{AD}": break
    case "∛" where isRootOfOneOperand: emit(name: "cbrt", at: range)
    default: return false
    }
    return true
  }

  /// Whether parentheses follow, or one name with nothing behind it: then it is clear how far a
  /// root without a bar reaches.
  private var isRootOfOneOperand: Bool {
    var offset = lexer.position
    while lexer.byte(at: offset) == 0x20 { offset += 1 }
    if lexer.byte(at: offset) == UInt8(ascii: "(") { return true }
    let start = offset
    while let (scalar, length) = decodeScalar(bytes, at: offset), scalar.continuesName {
      offset += length
    }
    while lexer.byte(at: offset) == 0x20 { offset += 1 }
    guard offset > start, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start]) else {
      return false
    }
    guard let (next, _) = decodeScalar(bytes, at: offset) else { return true }
    return "+-*),;−·×".unicodeScalars.contains(next)
  }
}
