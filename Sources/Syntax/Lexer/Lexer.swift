// Text to tokens, one at a time, straight from the UTF-8 bytes.

struct Lexer {
  let bytes: [UInt8]
  var position: Int
  /// Tokens that replace those of the bytes, the last one `.end`, with the names that they spell: a
  /// text in textbook notation after it was rewritten.
  private var rewritten: Rewriting?
  private var nextRewritten = 0
  private let hashSeed = SymbolTable.hashSeed

  init(_ bytes: [UInt8], giving rewriting: Rewriting) {
    self.bytes = bytes
    position = bytes.count
    rewritten = rewriting
  }

  /// The name of a token whose spelling is not that of the text; nil for any other.
  func spelling(of token: Token) -> String? {
    token.spelling < 0 ? nil : rewritten?.spellings[Int(token.spelling)]
  }

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    let hasMark = start == 0 && bytes.starts(with: byteOrderMark)
    position = hasMark ? byteOrderMark.count : start
  }

  /// The byte at an offset, 0 beyond the end.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  mutating func next() throws(SyntaxError) -> Token {
    if let rewritten {
      defer { nextRewritten += 1 }
      return rewritten.tokens[min(nextRewritten, rewritten.tokens.count - 1)]
    }
    // Most tokens follow the last one directly, or after one space.
    if byte(at: position) == 0x20 { position += 1 }
    if !byte(at: position).beginsToken { skipBlanks() }
    let start = position
    guard start < bytes.count else { return token(.end, length: 0) }
    switch bytes[start] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "."): return follows(".") ? dots() : try number()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      return name()
    case UInt8(ascii: "("): return token(.leftParenthesis)
    case UInt8(ascii: ")"): return token(.rightParenthesis)
    case UInt8(ascii: ","): return token(.comma)
    case UInt8(ascii: "+"): return token(.add)
    case UInt8(ascii: "-"): return token(.subtract)
    case UInt8(ascii: "*"): return follows("*") ? token(.power, length: 2) : token(.multiply)
    case UInt8(ascii: "/"): return token(.divide)
    case UInt8(ascii: "^"): return token(.power)
    case UInt8(ascii: "%"): return token(.remainder)
    case UInt8(ascii: "\n"): return token(.lineEnd)
    case 0x80...: return try nonASCII()
    default: return try rareASCII()
    }
  }

  // MARK: Making tokens

  @inline(__always)
  private mutating func token(_ kind: TokenKind, length: Int = 1) -> Token {
    let start = position
    position += length
    return Token(kind: kind, range: SourceRange(start: start, end: position))
  }

  @inline(__always)
  private mutating func token(_ binary: BinaryOperator, length: Int = 1) -> Token {
    let start = position
    position += length
    return Token(
      kind: .binaryOperator, binary: binary, range: SourceRange(start: start, end: position))
  }

  /// `..` between the ends of a loop's count; longer rows of points mean nothing.
  private mutating func dots() -> Token {
    var length = 2
    while byte(at: position + length) == UInt8(ascii: ".") { length += 1 }
    return token(length == 2 ? .dots : .stray, length: length)
  }

  private func follows(_ scalar: Unicode.Scalar) -> Bool {
    byte(at: position + 1) == UInt8(ascii: scalar)
  }

  // MARK: Blanks

  /// White space and comments; a line end is a token of its own.
  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0B, 0x0C, 0x0D: position += 1
      case UInt8(ascii: "#"): skipComment()
      case UInt8(ascii: "\\") where lineEndLength(at: position + 1) > 0:
        position += 1 + lineEndLength(at: position + 1)
      case 0x80...:
        guard let (scalar, length) = decodeScalar(bytes, at: position),
          scalar.properties.isWhitespace
        else { return }
        position += length
      default: return
      }
    }
  }

  /// How long the line end is that a `\` before it takes away, so that two lines are one; 0 for
  /// none.
  func lineEndLength(at offset: Int) -> Int {
    if byte(at: offset) == UInt8(ascii: "\n") { return 1 }
    let isReturn = byte(at: offset) == UInt8(ascii: "\r")
    return isReturn && byte(at: offset + 1) == UInt8(ascii: "\n") ? 2 : 0
  }

  private mutating func skipComment() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
  }

  // MARK: Names

  private mutating func name() -> Token {
    let start = position
    var hash = hashSeed
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        guard byte.continuesASCIIName else { break }
        hash = SymbolTable.mix(hash, byte)
        position += 1
      } else {
        guard let (scalar, length) = decodeScalar(bytes, at: position), scalar.continuesName
        else { break }
        for byte in bytes[position..<position + length] { hash = SymbolTable.mix(hash, byte) }
        position += length
      }
    }
    return keyword(start)
      ?? Token(kind: .name, hash: hash, range: SourceRange(start: start, end: position))
  }

  private func keyword(_ start: Int) -> Token? {
    let length = position - start
    guard length == 2 || length == 3 else { return nil }
    let range = SourceRange(start: start, end: position)
    switch (bytes[start], bytes[start + 1], length == 3 ? bytes[start + 2] : 0) {
    case (UInt8(ascii: "o"), UInt8(ascii: "r"), 0):
      return Token(kind: .binaryOperator, binary: .or, range: range)
    case (UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "d")):
      return Token(kind: .binaryOperator, binary: .and, range: range)
    case (UInt8(ascii: "n"), UInt8(ascii: "o"), UInt8(ascii: "t")):
      return Token(kind: .not, range: range)
    default: return nil
    }
  }

  // MARK: Signs

  private mutating func rareASCII() throws(SyntaxError) -> Token {
    switch Unicode.Scalar(bytes[position]) {
    case "<": return follows("=") ? token(.lessOrEqual, length: 2) : token(.less)
    case ">": return follows("=") ? token(.greaterOrEqual, length: 2) : token(.greater)
    case "=": return follows("=") ? token(.equal, length: 2) : token(.assign)
    case "!": return follows("=") ? token(.notEqual, length: 2) : token(.stray)
    case ";": return token(.semicolon)
    case ":": return token(.colon)
    case "&": return token(.stray, length: follows("&") ? 2 : 1)
    case let scalar where scalar.isControl:
      let range = SourceRange(start: position, end: position + 1)
      throw SyntaxError(.controlCharacter(scalar), at: range)
    default: return token(.stray)
    }
  }

  private mutating func nonASCII() throws(SyntaxError) -> Token {
    guard let (scalar, length) = decodeScalar(bytes, at: position) else {
      let range = SourceRange(start: position, end: position + 1)
      throw SyntaxError(.invalidUTF8(byte: bytes[position]), at: range)
    }
    switch scalar {
    case "−": return token(.subtract, length: length)
    case "·", "⋅", "×", "∗": return token(.multiply, length: length)
    case "÷", "∕": return token(.divide, length: length)
    case "≤": return token(.lessOrEqual, length: length)
    case "≥": return token(.greaterOrEqual, length: length)
    case "≠": return token(.notEqual, length: length)
    case "√": return token(.root, length: length)
    case _ where scalar.superscriptDigit != nil: return try superscript()
    case "⁻" where superscriptFollows(position + length): return try superscript()
    case _ where scalar.startsName: return name()
    case _ where scalar.isControl:
      let range = SourceRange(start: position, end: position + length)
      throw SyntaxError(.controlCharacter(scalar), at: range)
    default: return token(.stray, length: length)
    }
  }

  private func superscriptFollows(_ offset: Int) -> Bool {
    decodeScalar(bytes, at: offset)?.scalar.superscriptDigit != nil
  }

  /// `²`, `¹⁰`, `⁻¹`: read as the number that they look like.
  private mutating func superscript() throws(SyntaxError) -> Token {
    let start = position
    var digits: [UInt8] = []
    while let (scalar, length) = decodeScalar(bytes, at: position) {
      if scalar == "⁻" && position == start {
        digits.append(UInt8(ascii: "-"))
      } else if let digit = scalar.superscriptDigit {
        digits.append(UInt8(ascii: "0") + UInt8(digit))
      } else {
        break
      }
      position += length
    }
    let range = SourceRange(start: start, end: position)
    let value = Double(String(decoding: digits, as: UTF8.self)) ?? .infinity
    guard value.isFinite else {
      throw SyntaxError(.numberTooLarge(echo(bytes, in: start..<position)), at: range)
    }
    return Token(kind: .superscript, range: range, value: value)
  }
}

extension UInt8 {
  /// A letter, a digit or `_`.
  @inline(__always)
  var continuesASCIIName: Bool {
    let letter = self | 0x20
    return (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")) || isASCIIDigit
      || self == UInt8(ascii: "_")
  }

  /// Certainly no blank and no `#`: a quick test that most tokens pass.
  @inline(__always)
  fileprivate var beginsToken: Bool {
    self > UInt8(ascii: "#") && self < 0x80 && self != UInt8(ascii: "\\")
  }

  @inline(__always)
  var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
