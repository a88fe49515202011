// The part of the parser that comes after an operand: operators, products, parentheses, folding.

extension Parser {
  // MARK: Operators

  mutating func binaryOperator() throws(SyntaxError) {
    let binary = token.binary
    let precedence = binary.precedence
    if isTextbook { try checkDivision() }
    var fault = Frame.Fault.none
    switch binary.associativity {
    case .left: try fold(through: precedence)
    case .right: try fold(above: precedence)
    case .none:
      try fold(above: precedence)
      if noteChain() { fault = .chained }
    }
    push(binary, precedence, fault, head: token.range)
    try advance()
  }

  mutating func push(
    _ binary: BinaryOperator, _ precedence: Precedence, _ fault: Frame.Fault, head: SourceRange
  ) {
    frames.append(
      Frame(
        role: .binary(binary), precedence: precedence, fault: fault, head: head,
        start: UInt32(truncating: operandStart), first: UInt32(truncating: operandFirst)))
  }

  /// Records that the comparison to come is the second one of a chain; false if it is not.
  private mutating func noteChain() -> Bool {
    guard let last = frames.last, last.precedence == .comparison else { return false }
    chain = (Int(last.start)..<last.head.start, operandStart..<operandEnd, last.head)
    return true
  }

  /// `x²` is `x^2`, and `x⁻¹` is `x^(-1)`.
  mutating func superscript() throws(SyntaxError) {
    let (head, start, first) = (token.range, operandStart, operandFirst)
    let exponent = nodes.count
    operandEnd = head.end
    append(.number(token.value.magnitude), from: head.start, head: head, first: exponent)
    if token.value.sign == .minus {
      append(.unary(.minus), from: head.start, head: head, first: exponent)
    }
    append(.binary(.power), from: start, head: head, first: first)
    try advance()
  }

  // MARK: Products without a sign

  mutating func implicitProduct() throws(SyntaxError) {
    guard isImplicitProduct else {
      if try textbookProduct() { return }
      throw missingOperator()
    }
    if previous.kind == .number, isUnderRoot { throw ambiguousRoot() }
    if isTextbook, hasPlainExponent { try fold(through: .power) }
    let boundary = SourceRange(start: token.range.start, end: token.range.start)
    if isRightOfDivisionOrPower {
      push(.multiply, .juxtaposition, .ambiguous, head: boundary)
    } else {
      try fold(through: .juxtaposition)
      push(.multiply, .juxtaposition, .none, head: boundary)
    }
  }

  /// A number directly before a name or a parenthesis, or `)(`.
  private var isImplicitProduct: Bool {
    guard token.range.start == previous.range.end else { return false }
    switch (previous.kind, token.kind) {
    case (.number, .name), (.number, .leftParenthesis), (.number, .root): return true
    case (.rightParenthesis, .leftParenthesis): return true
    default: return false
    }
  }

  /// Whether a root has just taken the number: `√2x`.
  private var isUnderRoot: Bool {
    guard let root = nodes.last, case .call = root.kind else { return false }
    return root.range.end == previous.range.end && root.head.start < previous.range.start
  }

  /// `1/2x`, `1/-2x`, `2^3x`: the operator on the left could also take the first factor alone.
  var isRightOfDivisionOrPower: Bool {
    for frame in frames.reversed() {
      switch frame.role {
      case .unary(let sign) where sign != .not: continue
      case .binary(.divide), .binary(.remainder), .binary(.power): return true
      default: return false
      }
    }
    return false
  }

  // MARK: Parentheses

  mutating func close() throws(SyntaxError) {
    guard depth > 0, token.kind == .stray || !isInList else {
      throw SyntaxError(.neverOpened(")"), at: token.range)
    }
    try fold(through: .disjunction)
    if token.kind == .rightParenthesis, isInBars { throw neverClosed() }
    guard let frame = frames.popLast() else { return }
    depth -= 1
    operandStart = Int(frame.start)
    operandEnd = token.range.end
    operandFirst = Int(frame.first)
    switch frame.role {
    case .call, .list, .bars:
      append(kind(of: frame), from: operandStart, head: frame.head, first: operandFirst)
      if callsWithConditionSecond.remove(frames.count) != nil { exchangeFirstArguments() }
      try appendPower(of: frame)
    default: break
    }
    try advance()
  }

  mutating func nextArgument() throws(SyntaxError) {
    try fold(through: .disjunction)
    switch frames.last?.role {
    case .call, .list: frames[frames.count - 1].argumentCount += 1
    default:
      let isWhole =
        acceptsList && depth == 1 && frames.count == 1
        && Int(frames[0].first) == expressionFirst
      throw SyntaxError(.commaInParentheses(mayBeList: isWhole), at: token.range)
    }
    try advance()
  }

  /// Whether the innermost of what is open is a list, which is the outermost too.
  var isInList: Bool {
    guard depth == 1, case .list = frames[0].role else { return false }
    return true
  }

  /// Whether a brace of a body ends the expression.
  var isEndInBody: Bool {
    !blocks.isEmpty && depth == 0 && (isStray("{") || isStray("}"))
  }

  /// Whether the token is a character that has no place in an expression, this one.
  func isStray(_ scalar: Unicode.Scalar) -> Bool {
    token.kind == .stray && lexer.bytes[token.range.start] == UInt8(ascii: scalar)
  }

  // MARK: Folding

  /// Completes the operators that bind at least as tightly as the one that comes.
  @inline(__always)
  mutating func fold(through precedence: Precedence) throws(SyntaxError) {
    while let last = frames.last, last.precedence >= precedence { try foldLast(last) }
  }

  @inline(__always)
  private mutating func fold(above precedence: Precedence) throws(SyntaxError) {
    while let last = frames.last, last.precedence > precedence { try foldLast(last) }
  }

  mutating func foldLast(_ frame: Frame) throws(SyntaxError) {
    frames.removeLast()
    switch frame.fault {
    case .none: break
    case .ambiguous: throw ambiguousProduct(frame)
    case .chained: throw chainedComparison(frame)
    }
    operandStart = Int(frame.start)
    operandFirst = Int(frame.first)
    append(kind(of: frame), from: operandStart, head: frame.head, first: operandFirst)
    if case .application = frame.role { try appendPower(of: frame) }
  }

  private mutating func kind(of frame: Frame) -> SyntaxTree.Kind {
    switch frame.role {
    case .unary(let unary): .unary(unary)
    case .binary(let binary): .binary(binary)
    case .root, .group: .call(symbols.intern(spelled: "sqrt"), argumentCount: 1)
    case .bars: .call(symbols.intern(spelled: "abs"), argumentCount: 1)
    case .application(let symbol): .call(symbol, argumentCount: 1)
    case .list: .list(count: frame.argumentCount + 1)
    case .call(let symbol, order: 0): .call(symbol, argumentCount: frame.argumentCount + 1)
    case .call(let symbol, let order):
      .derivativeCall(symbol, order: order, argumentCount: frame.argumentCount + 1)
    }
  }

  mutating func append(
    _ kind: SyntaxTree.Kind, from start: Int, head: SourceRange, first: Int
  ) {
    nodes.append(
      SyntaxTree.Node(
        kind: kind, range: SourceRange(start: start, end: operandEnd), head: head,
        first: UInt32(truncating: first)))
  }
}
