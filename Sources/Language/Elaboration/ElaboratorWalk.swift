// From syntax to meaning: the walk through the postorder of a tree.
import Calculus
import Syntax

extension Elaborator {
  /// The one output of an expression that is no list.
  package mutating func elaborate() throws(Problem) -> Elaboration {
    try elaborate(output: 0)
  }

  /// One of the outputs, counted from 0.
  package mutating func elaborate(output index: Int) throws(Problem) -> Elaboration {
    try prepare()
    return try elaborated(tree.outputs[index])
  }

  /// The problem, with the number of operations up to it.
  private func counted(_ problem: Problem) -> Problem {
    var problem = problem
    problem.operationCount = operationCount
    return problem
  }

  /// The only output's graph, and whether a condition is at its boundary.
  mutating func elaboratedOnce() throws(Problem) -> (Graph, NodeIndex, isAtBoundary: Bool) {
    try prepare()
    try walk(through: tree.root)
    return (graph, stack.last ?? graph.constant(.nan), path.boundary != nil)
  }

  /// Each output in a graph of its own, as if it were alone: its operations are in the order of its
  /// text, and engines meet no operations of other outputs.
  mutating func elaborateOutputs() throws(Problem) -> [Elaboration] {
    try prepare()
    var elaborations: [Elaboration] = []
    for output in tree.outputs { elaborations.append(try elaborated(output)) }
    return elaborations
  }

  private mutating func prepare() throws(Problem) {
    observer?(.elaboration)
    forms = try foundForms()
    differentiatedIn = namesDifferentiatedIn()
  }

  private mutating func elaborated(_ output: Int) throws(Problem) -> Elaboration {
    addCuts()
    do {
      try walk(through: output)
    } catch {
      throw counted(error)
    }
    return finished(stack.last ?? graph.constant(.nan))
  }

  private mutating func finished(_ output: NodeIndex) -> Elaboration {
    defer {
      graph = Graph(keepsKernels: true)
      (origins, stack, memo, countingNodes) = ([], [], [:], [])
      calls = CallTable()
      passes.forget()
      (path, hasEqualities) = (ExecutedPath(), false)
      (assignments, occurrences, observedCalls) = ([], [:], [])
      values = NodeValues(
        variableCount: variables.count, point: values.point, near: values.near)
      for symbol in names.indices { names[symbol] = nil }
    }
    return Elaboration(
      graph: graph, output: output, origins: origins, calls: calls, passes: passes,
      countingVariables: values.variables(under: countingNodes, in: graph),
      path: path, hasEqualities: hasEqualities, operationCount: operationCount,
      assignments: assignments,
      observedCalls: observedCalls)
  }

  // MARK: The walk

  /// Follows the postorder to the end of an output.
  mutating func walk(through output: Int) throws(Problem) {
    self.output = output
    jump(to: tree.nodes[output].firstIndex)
    // A form that begins here and contains more than what is read has been opened by the caller.
    while nextStart == position, forms[nextForm].node > output { skipForm() }
    // The body of a definition may stand anywhere before the output; the walk is back when no frame
    // is left.
    while position <= output || !frames.isEmpty { try step() }
  }

  /// Runs the calls that are open to their ends.
  mutating func finishFrames() throws(Problem) {
    while !frames.isEmpty { try step() }
  }

  mutating func step() throws(Problem) {
    if position == stop {
      try resume()
    } else if position == nextStart {
      let form = forms[nextForm]
      skipForm()
      try open(form)
    } else {
      try visit(position)
    }
  }

  private mutating func resume() throws(Problem) {
    guard let frame = popFrame() else { return }
    switch frame.role {
    case .series(let series, let form): try resume(series, of: form)
    case .branch(let branch, let form): try resume(branch, of: form)
    case .derivative(let derivative, let form): try close(derivative, of: form)
    case .call(let call): try close(call)
    case .body(let run): try resume(run)
    case .declared(let call): try close(call)
    }
  }

  // MARK: Nodes

  private mutating func visit(_ position: Int) throws(Problem) {
    switch tree.nodes[position].kind {
    case .number(let value): push(graph.constant(value), at: position)
    case .name(let symbol): return try visitName(symbol, at: position)
    case .unary(let sign): try applySign(sign, at: position)
    case .binary(let sign):
      let y = stack.removeLast()
      let x = stack.removeLast()
      try countOperation(at: position)
      push(graph.binary(sign.operation, x, y), at: position)
    case .call(let symbol, let count): return try call(symbol, Int(count), at: position)
    case .derivativeCall(let symbol, let order, let count):
      return try derivativeCall(symbol, order: Int(order), Int(count), at: position)
    case .list: break
    }
    self.position = position + 1
  }

  private mutating func applySign(_ sign: UnaryOperator, at position: Int) throws(Problem) {
    let x = stack.removeLast()
    switch sign {
    case .plus: stack.append(x)
    case .minus:
      // A literal with a sign is a number, so that x^-3 has a whole number for its exponent.
      if case .number = tree.nodes[position - 1].kind, case .constant(let value) = graph[x] {
        push(graph.constant(-value), at: position)
      } else {
        try countOperation(at: position)
        push(graph.unary(.negate, x), at: position)
      }
    case .not:
      try countOperation(at: position)
      push(graph.unary(.not, x), at: position)
    }
  }

  private mutating func call(
    _ symbol: SyntaxTree.Symbol, _ count: Int, at position: Int
  ) throws(Problem) {
    switch try callee(of: symbol, at: position) {
    case .operations(let operations): try apply(operations, symbol, count, at: position)
    case .definition(let index): return try enter(index, order: 0, count, at: position)
    case .derivative: try derivative(count, at: position)
    case .form: break
    }
    self.position = position + 1
  }

  private mutating func apply(
    _ operations: [Operation], _ symbol: SyntaxTree.Symbol, _ count: Int, at position: Int
  ) throws(Problem) {
    guard let operation = operations.first(where: { $0.about.arity.contains(count) }) else {
      let name = tree.name(of: symbol)
      throw problem(
        .argumentCount(function: name, usage: Catalogue.usage(of: name), given: count),
        at: position)
    }
    let arguments = popArguments(count)
    try countOperation(at: position)
    switch operation.shape {
    case .unary: push(graph.unary(operation, arguments[0]), at: position)
    case .binary: push(graph.binary(operation, arguments[0], arguments[1]), at: position)
    // The largest of one number is that number, and so is the logarithm of its exponential alone.
    case .variadic where count == 1: push(arguments[0], at: position)
    case .variadic: push(graph.variadic(operation, arguments), at: position)
    }
  }
}
