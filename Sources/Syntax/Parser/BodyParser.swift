// Reads a body in braces into steps, with a stack of its own for the blocks that are open.

extension Parser {
  /// Whether a body in braces begins here.
  var isAtBody: Bool { isStray("{") }

  /// Reads a body from its `{` up to the token behind its `}`.
  mutating func readBody(
    of name: String, _ parameters: [Definition.Parameter]
  ) throws(SyntaxError) -> Body {
    let first = steps.count
    (assignments, hasLoop) = (Assignments(besides: parameters), false)
    try openBlock(.body)
    while !blocks.isEmpty {
      try skipSeparators()
      if isStray("}") {
        try closeBlock(bodyOf: name, from: first)
      } else if token.kind == .end {
        throw SyntaxError(.neverClosed("{"), at: blocks[blocks.count - 1].brace)
      } else {
        try checkNothingIsUnused()
        try readStep()
      }
    }
    return Body(steps: first..<steps.count, assigned: assignments.names, hasLoop: hasLoop)
  }

  mutating func skipSeparators() throws(SyntaxError) {
    while token.kind == .semicolon || token.kind == .lineEnd { token = try lexer.next() }
  }

  // MARK: Statements

  private mutating func readStep() throws(SyntaxError) {
    if keyword != nil, isAssigned {
      throw error(.notAssignable(text(of: token)))
    }
    switch keyword {
    case "for": try readFor()
    case "while": try readWhile()
    case "if" where !isCallOfIf: try readIf(after: Branches())
    case "return": try readReturn()
    case "else": throw error(.elseWithoutIf)
    default: try readAssignmentOrValue()
    }
  }

  /// The word that is looked at, if it is one that begins a statement.
  private var keyword: String? {
    guard token.kind == .name, token.range.end - token.range.start <= 6 else { return nil }
    let word = String(decoding: lexer.bytes[token.range.start..<token.range.end], as: UTF8.self)
    return ["for", "while", "if", "else", "return"].contains(word) ? word : nil
  }

  /// `if(c, a, b)` is an expression; `if (c) { … }` is not. A comma in the parentheses tells.
  private var isCallOfIf: Bool {
    var ahead = lexer
    guard (try? ahead.next())?.kind == .leftParenthesis else { return false }
    var depth = 1
    while depth > 0, let next = try? ahead.next(), next.kind != .end {
      switch next.kind {
      case .leftParenthesis: depth += 1
      case .rightParenthesis: depth -= 1
      case .comma where depth == 1: return true
      default: break
      }
    }
    return false
  }

  private mutating func readAssignmentOrValue() throws(SyntaxError) {
    let first = nodes.count
    try readExpression()
    guard token.kind == .assign else {
      let root = nodes[nodes.count - 1]
      try checkLoopIsNotLeft(by: root)
      steps.append(.value(nodes.count - 1))
      setEnding(.value(root.range))
      return try expectEndOfStep()
    }
    let target = nodes[nodes.count - 1]
    guard case .name(let symbol) = target.kind, target.range.start == operandStart else {
      throw SyntaxError(.notAssignable(text(operandStart..<operandEnd)), at: target.range)
    }
    nodes.removeLast(nodes.count - first)
    try advance()
    try readExpression()
    assignments.add(symbol, at: target.range)
    steps.append(.assign(symbol, nameRange: target.range, value: nodes.count - 1))
    setEnding(.open)
    try expectEndOfStep()
  }

  private mutating func readReturn() throws(SyntaxError) {
    let word = token.range
    try advance()
    switch token.kind {
    case .end, .lineEnd, .semicolon: throw SyntaxError(.returnWithoutValue, at: word)
    case .stray where isStray("}"): throw SyntaxError(.returnWithoutValue, at: word)
    default: break
    }
    try readExpression()
    steps.append(.value(nodes.count - 1))
    setEnding(.returned)
    try expectEndOfStep()
  }

  private mutating func readWhile() throws(SyntaxError) {
    hasLoop = true
    let first = steps.count
    try advance()
    let choice = try readCondition(.whileKeyword)
    try openBlock(.whileLoop(first: first, choice: choice))
  }

  private mutating func readIf(after branches: Branches) throws(SyntaxError) {
    try advance()
    let choice = try readCondition(.ifKeyword)
    try openBlock(.ifBranch(choice: choice))
    blocks[blocks.count - 1].branches = branches
  }

  private mutating func readCondition(_ keyword: BodyStep.Keyword) throws(SyntaxError) -> Int {
    do {
      try readExpression()
    } catch {
      // As in C: `while (x < 1) x = 2*x`.
      guard case .missingOperator = error.kind, previous.kind == .rightParenthesis else {
        throw error
      }
      throw SyntaxError(.braceMissing(after: keyword.rawValue), at: error.range)
    }
    steps.append(.choose(condition: nodes.count - 1, otherwise: 0, keyword: keyword))
    try expectBrace(after: keyword.rawValue)
    return steps.count - 1
  }

  private mutating func readFor() throws(SyntaxError) {
    hasLoop = true
    try advance()
    guard token.kind == .name, keyword == nil else { throw error(.loopWithoutName) }
    let symbol = symbols.intern(token, in: lexer.bytes)
    let range = token.range
    try advance()
    guard token.kind == .name, text(of: token) == "in" else {
      throw error(.loopWithoutIn(name: text(range.start..<range.end)))
    }
    try advance()
    try readExpression()
    let from = nodes.count - 1
    guard token.kind == .dots else { throw error(.loopWithoutDots) }
    try advance()
    try readExpression()
    assignments.add(symbol, at: range)
    steps.append(
      .count(symbol, nameRange: range, from: from, to: nodes.count - 1, otherwise: 0))
    try expectBrace(after: "for")
    try openBlock(.forLoop(symbol, start: steps.count - 1))
  }

  // MARK: Blocks

  private mutating func expectBrace(after keyword: String) throws(SyntaxError) {
    if token.kind == .lineEnd { try skipLineEnds() }
    if token.kind == .assign { throw error(.singleEquals) }
    guard isStray("{") else { throw error(.braceMissing(after: keyword)) }
  }

  private mutating func openBlock(_ kind: OpenBlock.Kind) throws(SyntaxError) {
    blocks.append(OpenBlock(kind: kind, brace: token.range))
    try advance()
  }

  private mutating func setEnding(_ ending: OpenBlock.Ending) {
    blocks[blocks.count - 1].ending = ending
  }

  /// Throws where something follows a value, which would be unused.
  private func checkNothingIsUnused() throws(SyntaxError) {
    if let range = blocks[blocks.count - 1].ending.value {
      throw SyntaxError(.unusedValue, at: range)
    }
  }

  private mutating func closeBlock(bodyOf name: String, from first: Int) throws(SyntaxError) {
    let brace = token.range
    guard let block = blocks.popLast() else { return }
    if case .body = block.kind, block.ending.isOpen {
      throw SyntaxError(.bodyWithoutValue(name, last: lastAssigned(from: first)), at: brace)
    }
    try advance()
    switch block.kind {
    case .body: break
    case .ifBranch(let choice): try close(block, choice)
    case .elseBranch: try end(block.branches, with: block.ending)
    case .whileLoop(let first, let choice):
      steps.append(.jump(to: first))
      try end(loop: block, choice)
    case .forLoop(let symbol, let start):
      steps.append(.next(symbol, body: start + 1))
      try end(loop: block, start)
    }
  }

  private mutating func end(loop block: OpenBlock, _ exit: Int) throws(SyntaxError) {
    if let range = block.ending.value { throw SyntaxError(.unusedValue, at: range) }
    land([exit])
    setEnding(.open)
  }

  /// Behind a branch: goes on with the next one, if there is an `else`.
  private mutating func close(_ block: OpenBlock, _ choice: Int) throws(SyntaxError) {
    try skipSeparators()
    var branches = block.branches
    guard keyword == "else" else {
      try checkElseIsWritten()
      land([choice])
      // If no condition holds the body goes on, so no branch is sure to end it.
      branches.add(block.ending)
      return try end(branches, with: .open)
    }
    try advance()
    branches.add(block.ending)
    branches.exits.append(steps.count)
    steps.append(.jump(to: 0))
    land([choice])
    if keyword == "if" { return try readIf(after: branches) }
    try expectBrace(after: "else")
    try openBlock(.elseBranch)
    blocks[blocks.count - 1].branches = branches
  }

  /// `elif`, as other languages have it.
  private func checkElseIsWritten() throws(SyntaxError) {
    let word = text(of: token)
    guard token.kind == .name, ["elif", "elsif", "elseif"].contains(word), !isAssigned else {
      return
    }
    throw error(.unknownCharacter("'\(word)'", remedy: "write 'else if'"))
  }

  /// Throws for `break`, which does not exist.
  private func checkLoopIsNotLeft(by root: SyntaxTree.Node) throws(SyntaxError) {
    guard case .name = root.kind else { return }
    let word = text(root.range.start..<root.range.end)
    guard ["break", "continue"].contains(word), blocks.contains(where: \.isLoop) else { return }
    let remedy = "let the condition of the loop end it, or 'return' a value"
    throw SyntaxError(.unknownCharacter("'\(word)'", remedy: remedy), at: root.range)
  }

  /// Behind the last branch of an `if`.
  private mutating func end(
    _ others: Branches, with last: OpenBlock.Ending
  ) throws(SyntaxError) {
    var branches = others
    branches.add(last)
    land(branches.exits)
    guard let value = branches.value else {
      return setEnding(branches.allEnd ? .returned : .open)
    }
    guard branches.allEnd else { throw SyntaxError(.unusedValue, at: value) }
    setEnding(.value(value))
  }

  /// Sets the jumps that are still open to the next step.
  private mutating func land(_ places: [Int]) {
    for place in places {
      switch steps[place] {
      case .choose(let condition, _, let keyword):
        steps[place] = .choose(condition: condition, otherwise: steps.count, keyword: keyword)
      case .jump: steps[place] = .jump(to: steps.count)
      case .count(let symbol, let range, let from, let to, _):
        steps[place] = .count(
          symbol, nameRange: range, from: from, to: to, otherwise: steps.count)
      case .assign, .next, .value: break
      }
    }
  }

  private func lastAssigned(from first: Int) -> String? {
    for step in steps[first...].reversed() {
      if case .assign(_, let range, _) = step { return text(range.start..<range.end) }
    }
    return nil
  }

  /// Behind a statement of a body.
  private mutating func expectEndOfStep() throws(SyntaxError) {
    switch token.kind {
    case .lineEnd, .semicolon, .end: return
    case .stray where isStray("}"): return
    case .assign: throw error(.singleEquals)
    default: try throwUnexpected(isList: false, isNewLine: false)
    }
  }
}
