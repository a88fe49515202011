// Characters that have no place in the language, and what their user probably meant.

extension Parser {
  /// The error for the stray character that is looked at.
  func strayCharacter(afterOperand: Bool) -> SyntaxError {
    let start = token.range.start
    guard let (scalar, _) = decodeScalar(lexer.bytes, at: start) else {
      return SyntaxError(.unknownCharacter("this", remedy: nil), at: token.range)
    }
    switch scalar {
    case "&": return foreign("and")
    case ".": return foreign("..")
    case "|": return bar(afterOperand: afterOperand)
    case "!":
      guard afterOperand else { return foreign("not") }
      let operand = text(operandStart..<operandEnd)
      return SyntaxError(.factorialMark(operand: operand), at: token.range)
    case _ where afterOperand && scalar.primeCount != nil: return primesAfterOperand()
    case "[", "{", "]", "}": return bracket(scalar, afterOperand: afterOperand)
    case "\\":
      let letters = lexer.bytes[(start + 1)...].prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
      guard !letters.isEmpty else { break }
      let range = SourceRange(start: start, end: letters.endIndex)
      let name = "'\(text(start..<letters.endIndex))'"
      return SyntaxError(.unknownCharacter(name, remedy: nil), at: range)
    default: break
    }
    if scalar.isInvisible { return SyntaxError(.invisibleCharacter(scalar), at: token.range) }
    let kind = SyntaxError.Kind.unknownCharacter(scalar.described, remedy: scalar.remedy)
    return SyntaxError(kind, at: token.range)
  }

  private func foreign(_ instead: String) -> SyntaxError {
    SyntaxError(.foreignOperator(text(of: token), instead: instead), at: token.range)
  }

  /// `|x|`, or the `|` and `||` of other languages.
  private func bar(afterOperand: Bool) -> SyntaxError {
    let (bytes, start) = (lexer.bytes, token.range.start)
    let isDouble = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "|")
    if afterOperand && isDouble {
      let range = SourceRange(start: start, end: start + 2)
      return SyntaxError(.foreignOperator("||", instead: "or"), at: range)
    }
    let first = start + (isDouble ? 2 : 1)
    let rest = bytes[min(first, bytes.count)..<min(first + 200, bytes.count)]
    if let end = rest.firstIndex(of: UInt8(ascii: "|")), end > first {
      let remedy = "abs(\(text(first..<end)))"
      let range = SourceRange(start: start, end: end + 1)
      return SyntaxError(.absoluteBars(remedy: remedy), at: range)
    }
    return afterOperand
      ? foreign("or") : SyntaxError(.absoluteBars(remedy: "abs(…)"), at: token.range)
  }

  private func bracket(_ scalar: Unicode.Scalar, afterOperand: Bool) -> SyntaxError {
    if scalar == "]" || scalar == "}", depth == 0 {
      return SyntaxError(.neverOpened(String(scalar)), at: token.range)
    }
    var remedy = ")"
    if scalar == "[" || scalar == "{" {
      let whole = bracketed(at: token.range.start)
      let inner = whole.map { "(\($0.dropFirst().dropLast()))" } ?? "(…)"
      if scalar == "{", blocks.isEmpty, whole?.contains(where: { $0 == "=" || $0 == ";" }) == true {
        return SyntaxError(.wrongBracket("{", remedy: "f(x) = { … }"), at: token.range)
      }
      // `f(x) { return x }`, as in other languages.
      if scalar == "{", blocks.isEmpty, afterOperand, let root = nodes.last, case .call = root.kind
      {
        return SyntaxError(
          .wrongBracket("{", remedy: text(operandStart..<operandEnd) + " = { … }"), at: token.range)
      }
      let isCall = afterOperand && previous.kind == .name
      if !isCall, whole?.contains(",") == true {
        if scalar == "[" { return SyntaxError(.listInExpression, at: token.range) }
        let remedy = "[\(inner.dropFirst().dropLast())]"
        return SyntaxError(.wrongBracket("{", remedy: remedy), at: token.range)
      }
      remedy = isCall ? text(of: previous) + inner : inner
    }
    return SyntaxError(.wrongBracket(String(scalar), remedy: remedy), at: token.range)
  }
}

extension Unicode.Scalar {
  /// What to write in place of the character.
  fileprivate var remedy: String? { wordedRemedy ?? replacement.map { "write '\($0)'" } }

  private var wordedRemedy: String? {
    switch self {
    case "`", "‘", "“", "«", "»": "remove the quotation marks"
    case _ where primeCount != nil: "remove the quotation marks"
    case "\\": "write names without a backslash"
    case "$": "write names without a '$'"
    case "?": "for a conditional write 'if(condition, a, b)'"
    case "°": "for degrees write '*pi/180'"
    case "⁻", "⁺", "⁽", "ⁿ", "ⁱ": "write the power with '^'"
    default: isMark ? "a combining mark must follow a letter" : nil
    }
  }

  private var replacement: String? {
    switch self {
    case "\u{2010}"..."\u{2015}", "﹣", "－": return "-"
    case "•", "∙", "●", "✕", "✖", "⨯", "∘": return "*"
    case "⁄", "➗": return "/"
    case "∧": return "and"
    case "∨": return "or"
    case "¬": return "not"
    case "∞": return "inf"
    case "∛": return "cbrt(x)"
    case "∑": return "sum(i, 1, 10, i^2)"
    case "∏": return "prod(i, 1, 10, i)"
    case "∂", "∇": return "diff(x^2, x)"
    case "¼": return "(1/4)"
    case "½": return "(1/2)"
    case "¾": return "(3/4)"
    case "⩽", "≦": return "<="
    case "⩾", "≧": return ">="
    case "⟨", "⟦", "⌊", "⌈": return "("
    case "⟩", "⟧", "⌋", "⌉": return ")"
    default: return digitOrFullWidth
    }
  }

  /// Digits of other scripts, subscript digits, and the full-width forms of ASCII.
  private var digitOrFullWidth: String? {
    if properties.numericType == .decimal || ("\u{2080}"..."\u{2089}").contains(self),
      let value = properties.numericValue, let digit = Int(exactly: value)
    {
      return String(digit)
    }
    guard (0xFF01...0xFF5E).contains(value), let plain = Unicode.Scalar(value - 0xFEE0)
    else { return nil }
    return String(plain)
  }
}
