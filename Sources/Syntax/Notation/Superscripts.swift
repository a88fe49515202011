// Exponents in superscript characters that are more than a number: `xⁿ`, `e⁻ˣ`, `x²ⁿ⁺¹`.

extension NotationReader {
  /// Whether a superscript number that was just read is only the beginning of an exponent.
  var exponentGoesOn: Bool {
    decodeScalar(bytes, at: lexer.position)?.scalar.superscribed != nil
  }

  /// Reads a run of superscript characters as a power in parentheses.
  mutating func exponent(from start: Int) {
    lexer.position = start
    emit(.power, at: SourceRange(start: start, end: start))
    emit(.leftParenthesis, at: start)
    while let (scalar, length) = decodeScalar(bytes, at: lexer.position) {
      let range = SourceRange(start: lexer.position, end: lexer.position + length)
      if scalar.superscriptDigit != nil {
        emit(digits())
        continue
      }
      guard let plain = scalar.superscribed else { break }
      lexer.position += length
      switch plain {
      case "+", "-": emit(plain == "+" ? .add : .subtract, at: range)
      case "(": emit(Token(kind: .leftParenthesis, range: range))
      case ")": emit(Token(kind: .rightParenthesis, range: range))
      default: emit(name: String(plain), at: range)
      }
    }
    emit(.rightParenthesis, at: lexer.position)
  }

  /// A run of superscript digits as a number.
  private mutating func digits() -> Token {
    let start = lexer.position
    var value = 0.0
    while let (scalar, length) = decodeScalar(bytes, at: lexer.position),
      let digit = scalar.superscriptDigit
    {
      value = min(10 * value + Double(digit), 1e300)
      lexer.position += length
    }
    let range = SourceRange(start: start, end: lexer.position)
    return Token(kind: .number, range: range, value: value)
  }
}
