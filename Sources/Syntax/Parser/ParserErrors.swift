// Errors of the parser: the one that fits the position, with a remedy.

extension Parser {
  // MARK: Texts

  func text(_ range: Range<Int>) -> String { echo(lexer.bytes, in: range) }

  func text(of token: Token) -> String {
    token.kind == .lineEnd ? "end of line" : text(token.range.start..<token.range.end)
  }

  /// The text of the operand just read, or of its last token where that would be long.
  private var operandText: String {
    operandEnd - operandStart <= 24 ? text(operandStart..<operandEnd) : text(of: previous)
  }

  /// The text from a token to the end of the operand that it begins, as far as a short look shows
  /// it.
  private var nextOperandText: String {
    let (bytes, range) = (lexer.bytes, token.range)
    if token.kind == .root { return "√…" }
    if token.kind == .leftParenthesis { return bracketed(at: range.start) ?? "(…)" }
    guard token.kind == .name else { return text(of: token) }
    var end = range.end
    while let (scalar, length) = decodeScalar(bytes, at: end), scalar.primeCount != nil {
      end += length
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "(") else { return text(of: token) }
    return text(range.start..<end) + (bracketed(at: end) ?? "(…)")
  }

  /// What a bracket at an offset encloses, brackets included, if it is short and on one line.
  func bracketed(at start: Int) -> String? {
    var depth = 0
    for index in start..<min(start + 40, lexer.bytes.count) {
      switch Unicode.Scalar(lexer.bytes[index]) {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "\n": return nil
      default: break
      }
      if depth == 0 { return text(start..<index + 1) }
    }
    return nil
  }

  /// Right behind the last token: where something is missing at the end of the input.
  var endOfInput: SourceRange {
    SourceRange(start: previous.range.end, end: previous.range.end)
  }

  // MARK: Operands

  /// Whether a sign with blanks around it stands behind `5%`, which was meant for five hundredths.
  var isPercent: Bool {
    guard previous.kind == .binaryOperator, previous.binary == .remainder,
      previous.range.end < token.range.start, previous.range.start > 0,
      lexer.bytes[previous.range.start - 1].isASCIIDigit, token.range.end < lexer.bytes.count
    else { return false }
    return lexer.bytes[previous.range.start] == UInt8(ascii: "%")
      && lexer.bytes[token.range.end] <= 0x20
  }

  func missingOperand() -> SyntaxError {
    if isInList, let error = missingOutput() { return error }
    switch (previous.kind, token.kind) {
    case (_, .stray): return strayCharacter(afterOperand: false)
    case (.end, .end): return SyntaxError(.emptyExpression, at: endOfInput)
    case (.leftParenthesis, .end): return neverClosed()
    case (.stray, .end) where depth > 0: return neverClosed()
    case (.leftParenthesis, .rightParenthesis): return emptyParentheses()
    case (.comma, .comma), (.comma, .rightParenthesis), (.leftParenthesis, .comma):
      if depth > 0 { return missingArgument() }
    case (_, .assign): return compoundAssignment ?? SyntaxError(.singleEquals, at: token.range)
    default: break
    }
    return plainMissingOperand()
  }

  /// `x += 1` in a body.
  private var compoundAssignment: SyntaxError? {
    guard !blocks.isEmpty, frames.count == 1, previous.kind == .binaryOperator,
      token.range.start == previous.range.end, frames[0].head == previous.range
    else { return nil }
    let name = text(Int(frames[0].start)..<previous.range.start)
    let range = SourceRange(start: previous.range.start, end: token.range.end)
    let sign = text(of: previous)
    return SyntaxError(
      .foreignOperator(sign + "=", instead: "\(name) = \(name) \(sign) …"), at: range)
  }

  private func plainMissingOperand() -> SyntaxError {
    let after = previous.kind == .end ? nil : text(of: previous)
    if token.kind == .end {
      return SyntaxError(.missingOperand(after: after, before: nil), at: endOfInput)
    }
    return SyntaxError(.missingOperand(after: after, before: text(of: token)), at: token.range)
  }

  /// `[]`, `[x,]`, `[x,,y]`, `[[x]]`
  private func missingOutput() -> SyntaxError? {
    if isStray("[") { return SyntaxError(.listInList, at: token.range) }
    guard isStray("]") else { return token.kind == .comma ? plainMissingOperand() : nil }
    switch previous.kind {
    case .stray:
      let whole = SourceRange(start: previous.range.start, end: token.range.end)
      return SyntaxError(.emptyList, at: whole)
    case .comma: return SyntaxError(.trailingComma, at: previous.range)
    default: return plainMissingOperand()
    }
  }

  private func emptyParentheses() -> SyntaxError {
    let range = SourceRange(start: previous.range.start, end: token.range.end)
    guard let last = frames.last, case .call = last.role else {
      return SyntaxError(.emptyParentheses, at: range)
    }
    let whole = SourceRange(start: Int(last.start), end: token.range.end)
    let function = text(last.head.start..<last.head.end)
    return SyntaxError(.noArguments(function: function), at: whole)
  }

  private func missingArgument() -> SyntaxError {
    let kind = SyntaxError.Kind.missingArgument(
      after: text(of: previous), before: text(of: token))
    return SyntaxError(kind, at: token.range)
  }

  // MARK: Primes

  /// `x'`, `sin'`, `sin'x`: the primes have just been read.
  func primesWithoutCall(_ name: Token, _ head: SourceRange) -> SyntaxError {
    let isArgument = token.kind == .number || token.kind == .name
    let kind = SyntaxError.Kind.primesWithoutCall(
      name: text(of: name), primes: text(name.range.end..<head.end),
      argument: isArgument ? text(of: token) : nil)
    return SyntaxError(kind, at: head)
  }

  /// `(x^2)'`, `2'`, `sin(x)'`
  func primesAfterOperand() -> SyntaxError {
    let operand = operandText
    var remedy = "diff(x^2, x)"
    if let variable = onlyNameOfOperand {
      let isGroup = operand.hasPrefix("(") && operand.hasSuffix(")")
      remedy = "diff(\(isGroup ? String(operand.dropFirst().dropLast()) : operand), \(variable))"
    }
    return SyntaxError(.primesAfterOperand(operand, remedy: remedy), at: token.range)
  }

  /// The one name in the operand just read, if there is one and the operand is short.
  private var onlyNameOfOperand: String? {
    guard operandEnd - operandStart <= 24 else { return nil }
    let names = nodes[operandFirst...].compactMap { node in
      if case .name = node.kind { text(node.range.start..<node.range.end) } else { nil }
    }
    return names.allSatisfy { $0 == names[0] } ? names.first : nil
  }

  // MARK: Parentheses

  /// Points at the innermost parenthesis that is open.
  func neverClosed() -> SyntaxError {
    let opener = frames.last { $0.precedence == .opener }
    guard let opener else { return SyntaxError(.neverClosed("("), at: endOfInput) }
    if case .list = opener.role { return SyntaxError(.neverClosed("["), at: opener.head) }
    var start = opener.head.start
    if case .call = opener.role {
      start = opener.head.end
      while start < lexer.bytes.count, lexer.bytes[start] != UInt8(ascii: "(") { start += 1 }
    }
    return SyntaxError(.neverClosed("("), at: SourceRange(start: start, end: start + 1))
  }

  func notInParentheses() -> SyntaxError {
    switch token.kind {
    case .assign: SyntaxError(.singleEquals, at: token.range)
    case .colon: SyntaxError(.colon, at: token.range)
    case .semicolon where isInList: error(.unknownCharacter("';'", remedy: "write ','"))
    default: SyntaxError(.notInParentheses(text(of: token)), at: token.range)
    }
  }

  // MARK: Operators

  func missingOperator() -> SyntaxError {
    if context == .list, token.kind == .name, isAssigned {
      return SyntaxError(.missingComma(before: text(of: token)), at: token.range)
    }
    if token.kind == .name, isAssigned, ["let", "var", "const"].contains(text(of: previous)) {
      let remedy = "write '\(text(of: token)) = …' alone"
      let kind = SyntaxError.Kind.unknownCharacter("'\(text(of: previous))'", remedy: remedy)
      return SyntaxError(kind, at: previous.range)
    }
    if blocks.isEmpty, previous.kind == .name,
      ["for", "while", "return"].contains(text(of: previous))
    {
      let remedy = "write it in a body, 'f(x) = { … }'"
      let kind = SyntaxError.Kind.unknownCharacter("'\(text(of: previous))'", remedy: remedy)
      return SyntaxError(kind, at: previous.range)
    }
    let (left, right) = (operandText, nextOperandText)
    var remedy = "\(left)*\(right)"
    if previous.kind == .superscript, token.kind == .leftParenthesis, let base = bareBase {
      // `sin²(x)`, which could be meant for the square of a function.
      remedy += "' or '\(base)\(right)^\(Int(exactly: previous.value) ?? 2)"
    }
    if isInList { remedy += "' or '\(left), \(right)" }
    let kind = SyntaxError.Kind.missingOperator(
      left: left, right: text(of: token), remedy: remedy)
    return SyntaxError(kind, at: token.range)
  }

  /// Whether `=` follows the token.
  var isAssigned: Bool {
    var ahead = lexer
    return (try? ahead.next())?.kind == .assign
  }

  /// The name under the superscript just read.
  private var bareBase: String? {
    guard let power = nodes.last, case .binary(.power) = power.kind else { return nil }
    let base = text(power.range.start..<power.head.start)
    return base.unicodeScalars.allSatisfy(\.continuesName) ? base : nil
  }

  /// The error for `1/2x`, which quotes both readings once the `x` has been read.
  func ambiguousProduct(_ frame: Frame) -> SyntaxError {
    let outer = frames.last { if case .binary = $0.role { true } else { false } }
    let boundary = frame.head.start
    let right = text(boundary..<operandEnd)
    let start = outer.map { Int($0.start) } ?? Int(frame.start)
    let before = outer.map { text(start..<$0.head.start) + text($0.head.start..<$0.head.end) } ?? ""
    let factor = text((outer?.head.end ?? Int(frame.start))..<boundary)
    let kind = SyntaxError.Kind.ambiguousProduct(
      text(start..<operandEnd), first: "\(before)(\(factor)*\(right))",
      second: "(\(before)\(factor))*\(right)")
    return SyntaxError(kind, at: SourceRange(start: start, end: operandEnd))
  }

  /// `√2x`
  func ambiguousRoot() -> SyntaxError {
    let (number, right) = (text(of: previous), nextOperandText)
    let range = SourceRange(start: operandStart, end: token.range.end)
    let kind = SyntaxError.Kind.ambiguousProduct(
      text(operandStart..<token.range.end), first: "√(\(number)*\(right))",
      second: "√\(number)*\(right)")
    return SyntaxError(kind, at: range)
  }

  func chainedComparison(_ frame: Frame) -> SyntaxError {
    guard let chain else { return SyntaxError(.singleEquals, at: frame.head) }
    let (left, middle) = (text(chain.left), text(chain.middle))
    let right = text(frame.head.end..<operandEnd)
    let first = text(chain.sign.start..<chain.sign.end)
    let second = text(frame.head.start..<frame.head.end)
    let kind = SyntaxError.Kind.chainedComparison(
      "\(left) \(first) \(middle) \(second) \(right)",
      remedy: "\(left) \(first) \(middle) and \(middle) \(second) \(right)")
    return SyntaxError(kind, at: frame.head)
  }
}
