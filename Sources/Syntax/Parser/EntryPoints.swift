// Entry points: an expression, a list of values for names, a list of names.

/// One `name=value` of a point.
package struct Binding: Sendable {
  /// What a name is bound to: one expression, or a range.
  package enum Value: Sendable {
    case value(SyntaxTree)
    case range(start: SyntaxTree, stop: SyntaxTree, step: SyntaxTree)
  }

  /// The name on the left of the sign.
  package let name: String
  /// Where the name stands.
  package let nameRange: SourceRange
  /// The trees' ranges refer to the text of the whole list.
  package let value: Value
}

/// Reads a text that is one expression.
package func parseExpression(_ source: SourceText) throws(SyntaxError) -> SyntaxTree {
  var parser = try Parser(source, context: .statement)
  let tree = try parser.expression()
  try parser.expectEnd(after: tree)
  return tree
}

/// Reads `x1=2,x2=5`, each value an expression, or with `allowRanges` a range `start:stop:step`.
/// A name that is given twice is not noticed here.
package func parseBindings(
  _ source: SourceText, allowRanges: Bool = false
) throws(SyntaxError) -> [Binding] {
  var parser = try Parser(source, context: .list)
  var bindings: [Binding] = []
  if parser.token.kind == .end { throw parser.error(.emptyBindings) }
  repeat {
    bindings.append(try parser.binding(allowRanges: allowRanges))
  } while try parser.nextInList()
  return bindings
}

/// Reads `x1=0:10,x2=1:2`: an interval for each name, its ends expressions.
package func parseIntervals(
  _ source: SourceText
) throws(SyntaxError) -> [(name: String, range: SourceRange, low: SyntaxTree, high: SyntaxTree)] {
  var parser = try Parser(source, context: .list)
  var intervals: [(name: String, range: SourceRange, low: SyntaxTree, high: SyntaxTree)] = []
  if parser.token.kind == .end { throw parser.error(.emptyBindings) }
  repeat {
    let (name, range) = try parser.name()
    let (low, high) = try parser.interval(of: name, at: range)
    intervals.append((name, range, low, high))
  } while try parser.nextInList()
  return intervals
}

/// Reads `x1,x2`.
package func parseNames(
  _ source: SourceText
) throws(SyntaxError) -> [(name: String, range: SourceRange)] {
  var parser = try Parser(source, context: .list)
  var names: [(name: String, range: SourceRange)] = []
  if parser.token.kind == .end { throw parser.error(.emptyNames) }
  repeat {
    names.append(try parser.name())
  } while try parser.nextInList()
  return names
}

extension Parser {
  // MARK: The end of a statement

  mutating func expectEnd(after tree: SyntaxTree) throws(SyntaxError) {
    let isNewLine = token.kind == .lineEnd
    if isNewLine { try skipLineEnds() }
    switch token.kind {
    case .end: return
    case .assign: throw equals(after: tree)
    default: try throwUnexpected(isList: tree.isList, isNewLine: isNewLine)
    }
  }

  /// What is wrong where a whole expression has been read and something follows.
  func throwUnexpected(isList: Bool, isNewLine: Bool) throws(SyntaxError) {
    switch token.kind {
    case .comma: throw error(.strayComma(mayBeList: acceptsList && !isList))
    case .colon: throw error(.colon)
    case .dots: throw error(.strayDots)
    case .assign: throw error(.singleEquals)
    case .semicolon: throw error(.secondStatement(afterSemicolon: true))
    case .rightParenthesis: throw error(.neverOpened(")"))
    case _ where isList && !isNewLine && !isStray("]"): throw error(.listInExpression)
    case .stray: throw strayCharacter(afterOperand: false)
    default: throw error(.secondStatement(afterSemicolon: false))
    }
  }

  /// `a = 3` and `f(x) = x^2` are definitions; elsewhere `=` was meant to compare.
  private func equals(after tree: SyntaxTree) -> SyntaxError {
    switch tree.nodes[tree.root].kind {
    case .name, .call, .derivativeCall: error(.definition(name: text(operandStart..<operandEnd)))
    default: error(.singleEquals)
    }
  }

  // MARK: Lists

  /// An error at the token that is looked at; at the end, right behind the last token.
  func error(_ kind: SyntaxError.Kind) -> SyntaxError {
    SyntaxError(kind, at: token.kind == .end ? endOfInput : token.range)
  }

  /// After an element: takes the comma, if there is one.
  mutating func nextInList() throws(SyntaxError) -> Bool {
    switch token.kind {
    case .end: return false
    case .comma:
      let comma = token.range
      try advance()
      if token.kind == .end { throw SyntaxError(.trailingComma, at: comma) }
      return true
    case .name: throw error(.missingComma(before: text(of: token)))
    case .assign: throw error(.singleEquals)
    case .colon: throw error(.colon)
    case .semicolon: throw error(.unknownCharacter("';'", remedy: "write ','"))
    case .stray: throw strayCharacter(afterOperand: true)
    default: throw error(.unknownCharacter("'\(text(of: token))'", remedy: nil))
    }
  }

  mutating func name() throws(SyntaxError) -> (name: String, range: SourceRange) {
    switch token.kind {
    case .name: break
    case .comma, .assign: throw error(.missingName(before: text(of: token)))
    case .not: throw error(.reservedName("not"))
    case .binaryOperator where token.binary == .or || token.binary == .and:
      throw error(.reservedName(token.binary.spelling))
    case .stray: throw strayCharacter(afterOperand: false)
    default: throw error(.notAName(text(of: token)))
    }
    let range = token.range
    try advance()
    if primeCount(of: token) != nil {
      let whole = SourceRange(start: range.start, end: token.range.end)
      throw SyntaxError(.notAName(text(whole.start..<whole.end)), at: whole)
    }
    return (String(decoding: lexer.bytes[range.start..<range.end], as: UTF8.self), range)
  }

  mutating func binding(allowRanges: Bool) throws(SyntaxError) -> Binding {
    let (name, nameRange) = try name()
    let shown = text(nameRange.start..<nameRange.end)
    switch token.kind {
    case .assign: try advance()
    case .end, .comma: throw SyntaxError(.missingEquals(name: shown, found: nil), at: nameRange)
    case .stray: throw strayCharacter(afterOperand: true)
    default: throw error(.missingEquals(name: shown, found: text(of: token)))
    }
    if token.kind == .end || token.kind == .comma {
      throw SyntaxError(.missingValue(name: shown), at: nameRange)
    }
    let value = try value(allowRanges: allowRanges)
    return Binding(name: name, nameRange: nameRange, value: value)
  }

  private mutating func value(allowRanges: Bool) throws(SyntaxError) -> Binding.Value {
    let start = token.range.start
    let first = try rangePart()
    guard token.kind == .colon else { return .value(first) }
    guard allowRanges else { throw error(.rangeNotAllowed) }
    try advance()
    let stop = try rangePart()
    guard token.kind == .colon else {
      let range = SourceRange(start: start, end: previous.range.end)
      let text = text(range.start..<range.end)
      throw SyntaxError(.rangeWithoutStep(text: text), at: range)
    }
    try advance()
    let step = try rangePart()
    if token.kind == .colon { throw error(.rangeTooLong) }
    return .range(start: first, stop: stop, step: step)
  }

  /// `=low:high`
  mutating func interval(
    of name: String, at range: SourceRange
  ) throws(SyntaxError) -> (low: SyntaxTree, high: SyntaxTree) {
    guard token.kind == .assign else {
      throw SyntaxError(.missingEquals(name: name, found: nil), at: range)
    }
    try advance()
    let low = try rangePart()
    guard token.kind == .colon else { throw error(.rangePartMissing) }
    try advance()
    let high = try rangePart()
    if token.kind == .colon { throw error(.rangeTooLong) }
    return (low, high)
  }

  private mutating func rangePart() throws(SyntaxError) -> SyntaxTree {
    switch token.kind {
    case .colon, .end, .comma: throw error(.rangePartMissing)
    default: return try expression()
    }
  }
}
