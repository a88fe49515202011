// Statements: definitions, one by one, and the expression that comes last.

/// Reads definitions and, last, an expression or a list of outputs.
///
/// - Parameter text: what `definitions.text(with:)` made of the new text.
package func parseOutputs(
  _ text: SourceText, after definitions: Definitions = Definitions()
) throws(SyntaxError) -> SyntaxTree {
  var parser = try Parser(text, after: definitions)
  // Reserved memory that is not used costs nothing; growing would copy a large arena.
  parser.nodes.reserveCapacity(parser.nodes.count + text.bytes.count / 2 + 1)
  return try parser.statements()
}

/// Reads the same in textbook notation and LaTeX; nil if it is neither.
///
/// - Parameter named: names that are variables by the command line, each a single name however it
///   looks.
/// - Throws: only errors about texts that can be read in two ways.
package func parseTextbook(
  _ text: SourceText, after definitions: Definitions, named: Set<String> = [],
  _ vocabulary: Vocabulary
) throws(SyntaxError) -> SyntaxTree? {
  let start = definitions.isEmpty ? 0 : definitions.source.bytes.count + 1
  let known = Set(definitions.list.map { definitions.symbols.names[$0.symbol.index] })
  do throws(SyntaxError) {
    var reader = NotationReader(
      text.bytes, from: start, vocabulary, defined: known, named: named)
    guard let rewriting = try reader.rewriting() else { return nil }
    var parser = try Parser(text, after: definitions, rewriting: rewriting)
    return try parser.statements()
  } catch {
    if case .ambiguousProduct = error.kind { throw error }
    return nil
  }
}

/// Reads definitions alone, after others.
///
/// - Parameter isSkimming: whether derivatives may be declared of functions that are not there.
package func parseDefinitions(
  _ text: SourceText, after definitions: Definitions = Definitions(), isSkimming: Bool = false
) throws(SyntaxError) -> Definitions {
  var parser = try Parser(text, after: definitions)
  parser.isSkimming = isSkimming
  return try parser.definitionsAlone()
}

extension Parser {
  fileprivate init(
    _ text: SourceText, after known: Definitions, rewriting: Rewriting? = nil
  ) throws(SyntaxError) {
    try self.init(
      text, context: .statement, from: known.isEmpty ? 0 : known.source.bytes.count + 1,
      rewriting: rewriting)
    nodes = known.nodes
    steps = known.steps
    symbols = known.symbols
    definitions = known.list
    definitionIndices = known.indices
    derivativeIndices = known.derivativeIndices
  }

  fileprivate mutating func statements() throws(SyntaxError) -> SyntaxTree {
    while true {
      try skipSeparators()
      let first = nodes.count
      if token.kind == .end, let last = definitions.last, previous.kind != .end {
        let name = text(last.nameRange.start..<last.nameRange.end)
        throw SyntaxError(.missingExpression(name: name), at: endOfInput)
      }
      if isAtDerivative {
        try declareDerivative()
        continue
      }
      try readOutputs()
      guard token.kind == .assign else {
        try expectEndOfStatements(isList: isList(nodes[nodes.count - 1]))
        return SyntaxTree(
          nodes: nodes, symbols: symbols, definitions: definitions, steps: steps,
          expressionStart: first)
      }
      try define(headFrom: first)
    }
  }

  fileprivate mutating func definitionsAlone() throws(SyntaxError) -> Definitions {
    while try skipDefinition() {}
    return Definitions(
      source: source, list: definitions, nodes: nodes, steps: steps, symbols: symbols,
      indices: definitionIndices, derivativeIndices: derivativeIndices)
  }

  /// Skips one definition, to find its end in a script; false if there is none.
  mutating func skipDefinition() throws(SyntaxError) -> Bool {
    try skipSeparators()
    if token.kind == .end { return false }
    try readDefinition()
    return true
  }

  /// The name that the definition which was read last defines.
  var lastDefinedName: String {
    definitions.last.map { symbols.names[$0.symbol.index] } ?? ""
  }

  private mutating func readDefinition() throws(SyntaxError) {
    if isAtDerivative { return try declareDerivative() }
    let (first, start) = (nodes.count, token.range.start)
    try readOutputs()
    guard token.kind == .assign else {
      try expectEndOfDefinition()
      let range = SourceRange(start: start, end: operandEnd)
      throw SyntaxError(.expressionAmongDefinitions, at: range)
    }
    try define(headFrom: first)
  }

  // MARK: A definition

  /// Takes what was read as an expression, up to `=`, for a definition's head, and reads its body.
  private mutating func define(headFrom first: Int) throws(SyntaxError) {
    let (symbol, range, parameters) = try head()
    try checkIsNew(symbol, at: range)
    nodes.removeLast(nodes.count - first)
    try advance()
    if token.kind == .lineEnd { try skipLineEnds() }
    var body: Body?
    if isAtBody {
      body = try readBody(of: text(range.start..<range.end), parameters ?? [])
    } else {
      try readExpression()
    }
    definitionIndices[symbol.stored] = definitions.count
    definitions.append(
      Definition(
        symbol: symbol, nameRange: range, start: range.start, parameters: parameters,
        nodes: first..<nodes.count, body: body, isDerivative: false))
    try expectEndOfDefinition()
  }

  // MARK: A declared derivative

  /// `derivative f…`, which is no expression.
  private var isAtDerivative: Bool {
    guard token.kind == .name, text(of: token) == "derivative" else { return false }
    var ahead = lexer
    return (try? ahead.next())?.kind == .name
  }

  /// `derivative f(x) = …`, or `derivative f(x, y) = [∂f/∂x, ∂f/∂y]`.
  private mutating func declareDerivative() throws(SyntaxError) {
    let start = token.range.start
    try advance()
    let first = nodes.count
    try readExpression()
    guard token.kind == .assign else { throw error(.derivativeWithoutFormula) }
    let (symbol, range, parameters) = try head()
    let name = text(range.start..<range.end)
    guard let parameters else { throw SyntaxError(.derivativeWithoutParameters(name), at: range) }
    let known = definitionIndices[symbol.stored].flatMap { definitions[$0].parameters?.count }
    guard let count = known ?? (isSkimming ? parameters.count : nil) else {
      throw SyntaxError(.derivativeOfUnknown(name), at: range)
    }
    guard parameters.count == count else {
      throw SyntaxError(.derivativeParameters(name, count: count), at: range)
    }
    if let index = derivativeIndices[symbol.stored] {
      let place = source.place(of: definitions[index].nameRange)
      throw SyntaxError(.definedTwice("derivative \(name)", first: place), at: range)
    }
    nodes.removeLast(nodes.count - first)
    try advance()
    if isAtBody {
      let remedy = "a derivative is a formula, which may call a function with a body"
      throw error(.unknownCharacter("'{'", remedy: remedy))
    }
    try readFormulas(of: name, count: count)
    derivativeIndices[symbol.stored] = definitions.count
    definitions.append(
      Definition(
        symbol: symbol, nameRange: range, start: start, parameters: parameters,
        nodes: first..<nodes.count, body: nil, isDerivative: true))
    try expectEndOfDefinition()
  }

  /// The partial derivatives: a list of them, or the only one.
  private mutating func readFormulas(of name: String, count: Int) throws(SyntaxError) {
    let start = token.range.start
    try readOutputs()
    let root = nodes[nodes.count - 1]
    guard (isList(root) ? root.childCount : 1) == count else {
      let range = SourceRange(start: start, end: operandEnd)
      throw SyntaxError(.derivativeFormulas(name, count: count), at: range)
    }
  }

  private func head() throws(SyntaxError) -> (
    SyntaxTree.Symbol, SourceRange, [Definition.Parameter]?
  ) {
    let root = nodes[nodes.count - 1]
    // What stands in parentheses is no head: `(f) = 3`.
    guard root.range.start == operandStart else { throw error(.singleEquals) }
    switch root.kind {
    case .name(let symbol): return (symbol, root.head, nil)
    // A `√` calls sqrt, and is no name.
    case .call(let symbol, _) where text(root.head.start..<root.head.end) != "√":
      return (symbol, root.head, try parameters(count: root.childCount))
    case .derivativeCall: throw SyntaxError(.definedDerivative, at: root.head)
    default: throw error(.singleEquals)
    }
  }

  /// The arguments of the call that was read last, which must be names.
  private func parameters(count: Int) throws(SyntaxError) -> [Definition.Parameter] {
    var arguments: [SyntaxTree.Node] = []
    var next = nodes.count - 2
    for _ in 0..<count {
      arguments.append(nodes[next])
      next = nodes[next].firstIndex - 1
    }
    var parameters: [Definition.Parameter] = []
    var seen: Set<SyntaxTree.Symbol> = []
    for node in arguments.reversed() {
      let shown = text(node.range.start..<node.range.end)
      guard case .name(let symbol) = node.kind else {
        throw SyntaxError(.notAParameter(shown), at: node.range)
      }
      guard seen.insert(symbol).inserted else {
        throw SyntaxError(.repeatedParameter(shown), at: node.range)
      }
      parameters.append(Definition.Parameter(symbol: symbol, range: node.range))
    }
    return parameters
  }

  private func checkIsNew(_ symbol: SyntaxTree.Symbol, at range: SourceRange) throws(SyntaxError) {
    guard let index = definitionIndices[symbol.stored] else { return }
    let first = source.place(of: definitions[index].nameRange)
    throw SyntaxError(.definedTwice(text(range.start..<range.end), first: first), at: range)
  }

  // MARK: Ends

  /// Behind a definition, or what should have been one.
  private mutating func expectEndOfDefinition() throws(SyntaxError) {
    switch token.kind {
    case .end, .lineEnd, .semicolon: return
    case .assign: throw error(.singleEquals)
    default: try throwUnexpected(isList: false, isNewLine: false)
    }
  }

  private mutating func expectEndOfStatements(isList: Bool) throws(SyntaxError) {
    let separator = token
    let isNewLine = token.kind == .lineEnd
    if isNewLine || token.kind == .semicolon { try skipSeparators() }
    if token.kind == .end { return }
    if separator.kind == .semicolon {
      throw SyntaxError(.expressionNotLast, at: separator.range)
    }
    try throwUnexpected(isList: isList, isNewLine: isNewLine)
  }
}
