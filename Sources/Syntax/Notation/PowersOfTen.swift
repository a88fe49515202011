// Numbers as books print them: `1.6 × 10⁻¹⁹`, `3\times 10^{-5}`.

extension NotationReader {
  /// Joins a number, a multiplication sign and a power of ten into one number, unless an operator
  /// before it binds as tightly.
  mutating func joinPowersOfTen() {
    guard result.tokens.contains(where: { $0.kind == .number && $0.value == 10 }) else { return }
    var joined: [Token] = []
    joined.reserveCapacity(result.tokens.count)
    var index = 0
    while index < result.tokens.count {
      if let (number, end) = scientific(from: index), !isHeld(joined.last) {
        joined.append(number)
        index = end
      } else {
        joined.append(result.tokens[index])
        index += 1
      }
    }
    result.tokens = joined
  }

  /// Whether the operator before a number takes the number alone as its operand.
  private func isHeld(_ token: Token?) -> Bool {
    guard let token else { return false }
    switch token.kind {
    case .binaryOperator: return [.power, .divide, .remainder].contains(token.binary)
    case .root, .number, .name: return true
    default: return false
    }
  }

  /// The number that begins at a token, and the token behind it; nil if it is not of this form.
  private func scientific(from index: Int) -> (Token, Int)? {
    let tokens = result.tokens
    guard index + 3 < tokens.count, tokens[index].kind == .number,
      tokens[index + 1].kind == .binaryOperator, tokens[index + 1].binary == .multiply,
      tokens[index + 2].kind == .number, tokens[index + 2].value == 10
    else { return nil }
    var end = index + 3
    guard let exponent = exponentOfTen(at: &end), let whole = Int(exactly: exponent),
      let value = Double("\(tokens[index].value)e\(whole)"), value.isFinite, value != 0
    else { return nil }
    guard end == tokens.count || !belongsToExponent(tokens[end]) else { return nil }
    let range = SourceRange(start: tokens[index].range.start, end: tokens[end - 1].range.end)
    return (Token(kind: .number, range: range, value: value), end)
  }

  /// Whether a sign binds to the exponent before it: `10^2!`, `10^2^3`.
  private func belongsToExponent(_ token: Token) -> Bool {
    switch token.kind {
    case .binaryOperator: token.binary == .power
    case .superscript: true
    case .stray: bytes[token.range.start] == UInt8(ascii: "!")
    default: false
    }
  }

  /// `^-5`, `^{-5}` or `⁻⁵`; moves behind it.
  private func exponentOfTen(at end: inout Int) -> Double? {
    let tokens = result.tokens
    let next: (Int) -> Token? = { $0 < tokens.count ? tokens[$0] : nil }
    if let token = next(end), token.kind == .superscript {
      end += 1
      return token.value
    }
    guard let power = next(end), power.kind == .binaryOperator, power.binary == .power else {
      return nil
    }
    end += 1
    let isGroup = next(end)?.kind == .leftParenthesis
    if isGroup { end += 1 }
    let isNegative = next(end)?.kind == .binaryOperator && next(end)?.binary == .subtract
    if isNegative { end += 1 }
    guard let number = next(end), number.kind == .number else { return nil }
    end += 1
    if isGroup {
      guard next(end)?.kind == .rightParenthesis else { return nil }
      end += 1
    }
    return isNegative ? -number.value : number.value
  }
}
