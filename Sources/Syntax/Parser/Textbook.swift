// Textbook notation: functions without parentheses, products without a sign, bars, the factorial.

/// The power between a function's name and its argument.
struct FunctionPower {
  let range: SourceRange
  /// A number or a name.
  let leaf: Token
  let isNegative: Bool
}

extension Parser {
  var isTextbook: Bool { vocabulary != nil }

  mutating func intern(_ name: Token) -> SyntaxTree.Symbol {
    lexer.spelling(of: name).map { symbols.intern(spelled: $0) }
      ?? symbols.intern(name, in: lexer.bytes)
  }

  /// Whether the name is that of a function of one argument, of the language or defined.
  private func isFunction(_ symbol: SyntaxTree.Symbol) -> Bool {
    let name = symbols.names[symbol.index]
    return vocabulary?.unary.contains(name) == true
      || definitionIndices[symbol.stored].map { definitions[$0].parameters?.count == 1 } == true
  }

  /// Whether a name is an English word rather than a variable: several letters, no Greek letter,
  /// and nothing that the language, a definition or a point knows.
  private func isPlainWord(_ token: Token) -> Bool {
    guard token.kind == .name, token.spelling < 0, let vocabulary else { return false }
    let name = text(of: token)
    let letters = name.unicodeScalars.prefix { $0.isASCII && $0.properties.isAlphabetic }
    return letters.count > 1 && !NotationReader.isPlainName(String(letters))
      && !vocabulary.unary.contains(name) && !vocabulary.constants.contains(name)
      && !named.contains(name) && !definitions.contains { symbols.names[$0.symbol.index] == name }
  }

  // MARK: Functions without parentheses

  /// `sin x`, `sin^2 x` and `sin^2(x)`, whose name has just been read: opens the call. False, with
  /// nothing taken, if the name stands for itself or before plain arguments.
  mutating func application(
    of name: Token, _ symbol: SyntaxTree.Symbol
  ) throws(SyntaxError) -> Bool {
    guard isFunction(symbol), !name.isFactor else { return false }
    let (lexer, token, previous) = (lexer, token, previous)
    let power = try functionPower()
    let isCall = self.token.kind == .leftParenthesis
    guard isCall ? power != nil : beginsArgument else {
      (self.lexer, self.token, self.previous) = (lexer, token, previous)
      return false
    }
    var callee = symbol
    if let power, power.isNegative, power.leaf.value == 1, power.leaf.kind == .number {
      guard let inverse = Vocabulary.inverse(of: symbols.names[symbol.index]) else {
        throw twoPowers(name, power, argument: "x")
      }
      callee = symbols.intern(spelled: inverse)
    } else if let power {
      powers[frames.count] = power
    }
    if isCall {
      try open(.call(callee, order: 0), start: name.range.start, at: name.range)
    } else {
      frames.append(
        Frame(
          role: .application(callee), precedence: .application, head: name.range,
          start: UInt32(truncating: name.range.start), first: UInt32(truncating: nodes.count)))
    }
    return true
  }

  /// Whether the token begins an argument without parentheses.
  private var beginsArgument: Bool {
    switch token.kind {
    case .number, .name, .root: true
    // No sign: in `gamma - x` the name is a variable's.
    case .stray: isStray("|") && !isInBars
    default: false
    }
  }

  /// Takes `^2`, `^n`, `^-1`, `^(-1)` or `²`; nil if there is something else.
  private mutating func functionPower() throws(SyntaxError) -> FunctionPower? {
    let start = token.range.start
    if token.kind == .superscript {
      var leaf = token
      leaf.kind = .number
      leaf.value = token.value.magnitude
      let isNegative = token.value.sign == .minus
      try advance()
      return FunctionPower(range: leaf.range, leaf: leaf, isNegative: isNegative)
    }
    guard token.kind == .binaryOperator, token.binary == .power else { return nil }
    try advance()
    let isGroup = token.kind == .leftParenthesis
    if isGroup { try advance() }
    let isNegative = token.kind == .binaryOperator && token.binary == .subtract
    if isNegative { try advance() }
    guard token.kind == .number || token.kind == .name else { return nil }
    let leaf = token
    try advance()
    if isGroup {
      guard token.kind == .rightParenthesis else { return nil }
      try advance()
    }
    let range = SourceRange(start: start, end: previous.range.end)
    return FunctionPower(range: range, leaf: leaf, isNegative: isNegative)
  }

  /// After a call: the power that stood before its arguments.
  mutating func appendPower(of frame: Frame) throws(SyntaxError) {
    guard isTextbook, let power = powers.removeValue(forKey: frames.count) else { return }
    if power.isNegative {
      let name = Token(kind: .name, range: frame.head)
      let argument = nodes[nodes.count - 2].range
      throw twoPowers(name, power, argument: text(argument.start..<argument.end))
    }
    let (head, leaf) = (power.range, nodes.count)
    let kind: SyntaxTree.Kind =
      power.leaf.kind == .number ? .number(power.leaf.value) : .name(intern(power.leaf))
    append(kind, from: head.start, head: head, first: leaf)
    append(.binary(.power), from: operandStart, head: head, first: operandFirst)
  }

  /// `sin^-2 x`
  private func twoPowers(
    _ name: Token, _ power: FunctionPower, argument: String
  ) -> SyntaxError {
    let function = text(of: name)
    let exponent = text(power.leaf.range.start..<power.leaf.range.end)
      .filter { $0.isNumber || $0.isLetter }
    let inverse = Vocabulary.inverse(of: function)
    let plain = "1/\(function)(\(argument))" + (power.leaf.value == 1 ? "" : "^\(exponent)")
    let second =
      inverse.map { "\($0)(\(argument))^\(exponent)" } ?? "\(function)(1/(\(argument)))"
    let range = SourceRange(start: name.range.start, end: power.range.end)
    return SyntaxError(
      .ambiguousProduct(text(range.start..<range.end), first: plain, second: second), at: range)
  }

  /// `sin x/y`: the quotient could be the argument's or the function's.
  mutating func checkDivision() throws(SyntaxError) {
    lastBarEnd = nil
    guard token.binary == .divide || token.binary == .remainder else { return }
    let frame = frames.last {
      $0.precedence < .application || $0.precedence == .opener || isApplication($0)
    }
    guard let frame, isApplication(frame) else { return }
    let sign = text(of: token)
    var ahead = lexer
    guard let next = try? ahead.next(), next.kind != .end else { return }
    if next.kind == .name, vocabulary?.functions.contains(text(of: next)) == true { return }
    let function = text(Int(frame.start)..<frame.head.end)
    let argument = text(frame.head.end..<operandEnd).drop { $0 == " " }
    let divisor =
      next.kind == .leftParenthesis
      ? bracketed(at: next.range.start) ?? "(…)" : text(next.range.start..<next.range.end)
    let whole = SourceRange(start: Int(frame.start), end: next.range.end)
    throw SyntaxError(
      .ambiguousProduct(
        text(whole.start..<whole.end), first: "\(function)(\(argument)\(sign)\(divisor))",
        second: "\(function)(\(argument))\(sign)\(divisor)"), at: whole)
  }

  private func isApplication(_ frame: Frame) -> Bool {
    if case .application = frame.role { true } else { false }
  }

  // MARK: Products

  /// A product that only textbooks write without a sign: `x y`, `x(x+1)`, `2x sin x`. False if it
  /// is none.
  mutating func textbookProduct() throws(SyntaxError) -> Bool {
    guard isTextbook, let symbolFree = beginsFactor else { return false }
    // `30 degrees` is no product, and `[x y]` may be two outputs.
    if token.range.start > previous.range.end,
      isInList || isPlainWord(previous) || isPlainWord(token)
    {
      return false
    }
    let boundary = SourceRange(start: token.range.start, end: token.range.start)
    guard !isNumbering, !isCast, !hasBase(previous), !hasBase(token) else { return false }
    let isGlued = token.range.start == previous.range.end && previous.kind != .rightParenthesis
    if hasPlainExponent { try fold(through: .power) }
    if !isGlued { try foldSignedExponent() }
    if symbolFree { try fold(through: .application) }
    let hasPower = frames.last.map { if case .binary(.power) = $0.role { true } else { false } }
    if !(isGlued && hasPower == true) { try fold(through: .juxtaposition) }
    if isRightOfDivisionOrPower {
      push(.multiply, .juxtaposition, .ambiguous, head: boundary)
    } else {
      push(.multiply, .juxtaposition, .none, head: boundary)
    }
    return true
  }

  /// Whether the operand that ends here is a power of something else than a number or e with a
  /// number for its exponent: `x^2y` is `x^2*y`, where `e^2y`, `2^3y` and `x^2n` can be read in two
  /// ways.
  var hasPlainExponent: Bool {
    guard case .binary(.power) = frames.last?.role, previous.kind == .number, nodes.count > 1,
      !(token.kind == .name && ["n", "k", "m", "i", "j"].contains(text(of: token)))
    else { return false }
    switch nodes[nodes.count - 2].kind {
    case .number: return false
    case .name(let symbol): return symbols.names[symbol.index] != "e"
    default: return true
    }
  }

  /// `10^-5 x`: a blank ends the exponent.
  private mutating func foldSignedExponent() throws(SyntaxError) {
    guard frames.count > 1, let last = frames.last, case .unary(let sign) = last.role, sign != .not,
      case .binary(.power) = frames[frames.count - 2].role
    else { return }
    try foldLast(last)
  }

  /// `1. x^2`: the number is that of an exercise.
  private var isNumbering: Bool {
    previous.kind == .number && previous.range.end < token.range.start
      && lexer.bytes[previous.range.end - 1] == UInt8(ascii: ".")
  }

  /// `(double)x`
  private var isCast: Bool {
    previous.kind == .rightParenthesis
      && ["(double)", "(float)", "(int)"].contains(text(operandStart..<operandEnd))
  }

  /// `log_b`, whose argument has not been found.
  private func hasBase(_ token: Token) -> Bool {
    token.kind == .name && (lexer.spelling(of: token) ?? text(of: token)).hasPrefix("log_")
  }

  /// Whether the token begins a function's call, which ends an argument without parentheses; nil if
  /// it cannot be the next factor of a product.
  private var beginsFactor: Bool? {
    switch (previous.kind, token.kind) {
    case (.number, .number), (_, .number), (_, .not): return nil
    case (.name, .leftParenthesis) where !previous.isFactor: return nil
    case (_, .stray), (_, .leftParenthesis), (_, .root): return false
    case (_, .name):
      let name = lexer.spelling(of: token) ?? text(of: token)
      return vocabulary?.functions.contains(name) == true
    default: return nil
    }
  }

  // MARK: Cases, bars and the factorial

  /// `if(value, condition, other)` as the language has it.
  mutating func exchangeFirstArguments() {
    guard let root = nodes.last, root.childCount == 3 else { return }
    let second = nodes[nodes.count - 2].firstIndex
    let first = nodes[second - 1].firstIndex
    let (values, conditions) = (nodes[root.firstIndex..<first], nodes[first..<second])
    let moved =
      conditions.map { $0.moved(by: -values.count) } + values.map { $0.moved(by: conditions.count) }
    nodes.replaceSubrange(root.firstIndex..<second, with: moved)
  }

  /// Whether a bar is the innermost of what is open.
  var isInBars: Bool {
    guard let opener = frames.last(where: { $0.precedence == .opener }) else { return false }
    if case .bars = opener.role { return true }
    return false
  }

  /// `|x|y|z|`: the second bar could also open.
  func checkBars() throws(SyntaxError) {
    guard let end = lastBarEnd, end < token.range.start, !isStrayBar(previous) else { return }
    let rest = lexer.bytes[token.range.end..<min(token.range.end + 200, lexer.bytes.count)]
    guard let last = rest.firstIndex(of: UInt8(ascii: "|")),
      let first = lexer.bytes[..<(end - 1)].lastIndex(of: UInt8(ascii: "|"))
    else { return }
    let (a, b) = (text(first + 1..<end - 1), text(end..<token.range.start))
    let c = text(token.range.end..<last)
    let range = SourceRange(start: first, end: last + 1)
    throw SyntaxError(
      .ambiguousProduct(
        text(first..<last + 1), first: "abs(\(a))*(\(b))*abs(\(c))",
        second: "abs((\(a))*abs(\(b))*(\(c)))"), at: range)
  }

  private func isStrayBar(_ token: Token) -> Bool {
    token.kind == .stray && lexer.bytes[token.range.start] == UInt8(ascii: "|")
  }

  /// `x!`; two of them are left open, since `x!!` is another function.
  mutating func factorial() throws(SyntaxError) {
    let head = token.range
    try advance()
    if isStray("!") { throw strayCharacter(afterOperand: true) }
    operandEnd = head.end
    let symbol = symbols.intern(spelled: "factorial")
    append(.call(symbol, argumentCount: 1), from: operandStart, head: head, first: operandFirst)
  }
}
