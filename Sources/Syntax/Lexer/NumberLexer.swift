// Literals: `2`, `2.5`, `.5`, `5.`, `1e-3`, `1_000`, each to the nearest double.

/// What has been read of a literal.
private struct Literal {
  /// The digits as a whole number, as long as they fit.
  var significand: UInt64 = 0
  var significandIsExact = true
  var digitCount = 0
  var fractionDigits = 0
  var exponent = 0
  var isNonzero = false

  @inline(__always)
  mutating func append(_ digit: UInt8) {
    digitCount += 1
    if digit != 0 { isNonzero = true }
    let (product, overflow) = significand.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
    if overflow || carry { significandIsExact = false }
    significand = sum
  }

  /// The value where one rounding gives it: a whole number, or a product or a quotient of two
  /// numbers that are doubles exactly.
  var quickValue: Double? {
    guard significandIsExact else { return nil }
    let power = exponent - fractionDigits
    if power == 0 { return Double(significand) }
    guard significand <= 1 << 53, abs(power) < powersOfTen.count else { return nil }
    let value = Double(significand)
    return power > 0 ? value * powersOfTen[power] : value / powersOfTen[-power]
  }
}

/// The powers of ten that are doubles exactly.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

extension Lexer {
  mutating func number() throws(SyntaxError) -> Token {
    let start = position
    var literal = Literal()
    try digits(into: &literal, of: start)
    if byte(at: position) == UInt8(ascii: "."), byte(at: position + 1) != UInt8(ascii: ".") {
      position += 1
      let whole = literal.digitCount
      try digits(into: &literal, of: start)
      literal.fractionDigits = literal.digitCount - whole
    }
    guard literal.digitCount > 0 else { throw loneDot(start) }
    try exponent(into: &literal, of: start)
    try checkEnd(of: literal, from: start)
    let range = SourceRange(start: start, end: position)
    return Token(kind: .number, range: range, value: try value(of: literal, in: start..<position))
  }

  /// A run of digits. An underscore stands between two of them.
  private mutating func digits(
    into literal: inout Literal, of start: Int
  ) throws(SyntaxError) {
    while true {
      let byte = byte(at: position)
      if byte.isASCIIDigit {
        literal.append(byte & 0x0F)
      } else if byte >= 0x80, let length = groupSeparator(position) {
        position += length
        continue
      } else if byte != UInt8(ascii: "_") {
        return
      } else if !isBetweenDigits(position) {
        throw malformed(start, .underscore)
      }
      position += 1
    }
  }

  /// A thin or unbreakable space between a digit and three more, as in `1 000`; its length.
  private func groupSeparator(_ offset: Int) -> Int? {
    guard let (scalar, length) = decodeScalar(bytes, at: offset),
      ["\u{2009}", "\u{202F}", "\u{A0}", "\u{2008}"].contains(scalar), offset > 0,
      byte(at: offset - 1).isASCIIDigit
    else { return nil }
    let group = offset + length
    let isGroup = (group..<group + 3).allSatisfy { byte(at: $0).isASCIIDigit }
    return isGroup && !byte(at: group + 3).isASCIIDigit ? length : nil
  }

  private func isBetweenDigits(_ offset: Int) -> Bool {
    offset > 0 && byte(at: offset - 1).isASCIIDigit && byte(at: offset + 1).isASCIIDigit
  }

  /// `e`, a sign and digits; in `2exp(x)` the letter begins a name.
  private mutating func exponent(into literal: inout Literal, of start: Int) throws(SyntaxError) {
    guard byte(at: position) | 0x20 == UInt8(ascii: "e") else { return }
    let after = byte(at: position + 1)
    let isMinusSign = bytes[position + 1..<min(position + 4, bytes.count)].elementsEqual("−".utf8)
    let isSigned = after == UInt8(ascii: "+") || after == UInt8(ascii: "-") || isMinusSign
    let first = position + (isMinusSign ? 4 : isSigned ? 2 : 1)
    guard byte(at: first).isASCIIDigit else {
      if !isSigned && nameContinues(at: first) { return }
      let mantissa = echo(bytes, in: start..<position)
      let range = SourceRange(start: start, end: first)
      let text = echo(bytes, in: start..<first)
      throw SyntaxError(.exponentWithoutDigits(text: text, mantissa: mantissa), at: range)
    }
    position = first
    var digits = Literal()
    try self.digits(into: &digits, of: start)
    // Beyond 10^6 the exact exponent does not matter here: the slow conversion decides.
    let isHuge = !digits.significandIsExact || digits.significand > 1_000_000
    let magnitude = isHuge ? 1_000_000 : Int(digits.significand)
    literal.exponent = after == UInt8(ascii: "-") || isMinusSign ? -magnitude : magnitude
    if isHuge { literal.significandIsExact = false }
  }

  private func nameContinues(at offset: Int) -> Bool {
    guard let (scalar, _) = decodeScalar(bytes, at: offset) else { return false }
    return scalar.continuesName
  }

  /// What may not follow a literal: another point, and the `x` of `0x1F`.
  private func checkEnd(of literal: Literal, from start: Int) throws(SyntaxError) {
    let next = byte(at: position)
    if next == UInt8(ascii: "."), byte(at: position + 1) != next {
      throw malformed(start, .points)
    }
    guard position == start + 1, bytes[start] == UInt8(ascii: "0"), radixPrefix(next) else {
      return
    }
    var end = position + 1
    while byte(at: end).continuesASCIIName { end += 1 }
    let text = echo(bytes, in: start..<end)
    let name = echo(bytes, in: position..<end)
    let range = SourceRange(start: start, end: end)
    throw SyntaxError(.radixPrefix(text: text, name: name), at: range)
  }

  private func radixPrefix(_ letter: UInt8) -> Bool {
    let after = byte(at: position + 1)
    switch letter | 0x20 {
    case UInt8(ascii: "x"):
      let isHexLetter = after | 0x20 >= UInt8(ascii: "a") && after | 0x20 <= UInt8(ascii: "f")
      return after.isASCIIDigit || isHexLetter
    case UInt8(ascii: "b"), UInt8(ascii: "o"): return after.isASCIIDigit
    default: return false
    }
  }

  // MARK: The value

  private func value(of literal: Literal, in range: Range<Int>) throws(SyntaxError) -> Double {
    if let value = literal.quickValue { return value }
    guard literal.isNonzero else { return 0 }
    let text = String(decoding: bytes[range], as: UTF8.self).map { $0 == "−" ? "-" : $0 }
    let value = Double(String(text.filter { $0.isASCII && $0 != "_" }))
    let place = SourceRange(start: range.lowerBound, end: range.upperBound)
    guard let value, value.isFinite else {
      throw SyntaxError(.numberTooLarge(echo(bytes, in: range)), at: place)
    }
    guard value != 0 else {
      throw SyntaxError(.numberTooSmall(echo(bytes, in: range)), at: place)
    }
    return value
  }

  // MARK: What is wrong

  private func malformed(_ start: Int, _ fault: SyntaxError.NumberFault) -> SyntaxError {
    var end = position
    while byte(at: end).continuesASCIIName || byte(at: end) == UInt8(ascii: ".") { end += 1 }
    let range = SourceRange(start: start, end: end)
    return SyntaxError(.malformedNumber(echo(bytes, in: start..<end), fault), at: range)
  }

  /// A point with no digit on either side.
  private func loneDot(_ start: Int) -> SyntaxError {
    if byte(at: position) == UInt8(ascii: ".") { return malformed(start, .points) }
    let range = SourceRange(start: start, end: start + 1)
    return SyntaxError(.unknownCharacter("'.'", remedy: nil), at: range)
  }
}
