// From syntax to meaning: an expression's tree becomes a graph, each node with its place in the text.
import Calculus
import Syntax

/// An expression, or one output of a list, as a graph.
package struct Elaboration {
  package let graph: Graph
  package let output: NodeIndex
  /// Where each node of the graph stands in the text; of equal nodes, the first.
  let origins: [Origin]
  let calls: CallTable
  let passes: LoopPasses
  /// Variables that decide how many terms a sum has: their values were read off the point, and
  /// another point may need another graph.
  package let countingVariables: Set<Int>
  let path: ExecutedPath
  /// Whether there are derivatives inside that are limits where equalities hold.
  let hasEqualities: Bool
  /// How many operations it took to get here, those of earlier outputs among them.
  package let operationCount: Int
  /// What was assigned, as far as it was to be observed.
  let assignments: [Assignment]
  let observedCalls: [ObservedCall]

  package var isBoundToPoint: Bool {
    !countingVariables.isEmpty || path.firstOpen != nil || hasEqualities
  }
}

/// Walks the postorder of a tree once, with a stack of values.
///
/// Where the walk does not simply go on there is a frame. A `sum` or `prod` runs the part of the
/// postorder that is its body again for each count; a call runs the body of a definition. A frame
/// says at which position it wants to be asked how to go on.
package struct Elaborator {
  /// How many calls may be under way at once.
  static let depthLimit = 100_000
  /// The highest order of a derivative inside an expression.
  static let orderLimit = 100

  let source: SourceText
  let tree: SyntaxTree
  let variables: [String: Int]
  let limit: Int
  /// How many times as much as usual derivatives may take to find.
  let effort: Double
  /// The definition of each symbol that has one.
  let definitions: [Int?]
  /// The declared derivative of each definition that has one.
  let declaredDerivatives: [Int: Int]
  let observation: Observation
  /// The functions whose declared derivatives are being read, how often each: in those a call has the
  /// derivatives of its body, or there would be no end.
  var suspended: [Int: Int] = [:]

  // What belongs to the output that is being made.
  var graph = Graph(keepsKernels: true)
  var origins: [Origin] = []
  var values: NodeValues
  var calls = CallTable()
  var passes = LoopPasses()
  var memo: [CallKey: NodeIndex] = [:]
  /// What names that are no locals mean; settled when they are first met.
  var names: [NameMeaning?]
  var countingNodes: [NodeIndex] = []
  var path = ExecutedPath()
  var assignments: [Assignment] = []
  var observedCalls: [ObservedCall] = []
  var occurrences: [SyntaxTree.Symbol: Int] = [:]
  /// The run in pieces, where only forward mode is wanted.
  var segments: ForwardSegments?

  // The walk.
  var position = 0
  /// The node that the walk ends in.
  private(set) var output = 0
  var stack: [NodeIndex] = []
  var frames: [Frame] = []
  /// The position at which the last frame is to be asked.
  var stop = Int.max
  var forms: [Form] = []
  private var nextForm = 0
  private var nextStart = Int.max

  // Scopes.
  /// What each symbol is bound to, by the activation that bound it last.
  var locals: [Local?]
  /// The call that the walk is in, or none.
  var activation = CallTable.none
  var depth = 0
  var loops: [CountedLoop] = []
  /// The variables that bodies differentiate in, and by definition the names of such.
  var ownVariables: [Int] = []
  var differentiatedIn: [Int: Set<SyntaxTree.Symbol>] = [:]

  package var operationCount = 0
  /// How many derivatives were taken, and what they took together.
  var derivativeCount = 0
  var derivativeWork = 0
  var primedFunctions = PrimedFunctions()
  /// Whether derivatives were taken that are limits where equalities hold.
  var hasEqualities = false
  /// How many derivatives were looked at from beside, and one inside how many such others.
  var settled = (count: 0, depth: 0)
  var callees: [Callee?]

  enum Callee {
    case operations([Operation])
    case derivative
    /// A sum or product, which a frame takes care of.
    case form
    case definition(Int)
  }

  enum NameMeaning {
    case node(NodeIndex)
    /// A value whose body is being read: it cannot depend on itself.
    case unfinished
  }

  /// - Parameters:
  ///   - near: the variables where the point is looked at from beside; they decide which way it goes.
  ///   - limit: how many operations it may take, if not what the expression allows.
  package init(
    _ expression: Expression, variables: [String], point: [Double]?, near: [LeviCivita]? = nil,
    observing observation: Observation = .none, limit: Int = .max
  ) {
    self.observation = observation
    tree = expression.tree
    source = expression.source
    self.limit = min(limit, expression.operationLimit)
    effort = expression.effort
    self.variables = Dictionary(
      variables.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    values = NodeValues(variableCount: variables.count, point: point, near: near)
    definitions = tree.definitionIndices
    declaredDerivatives = tree.declaredDerivatives
    callees = Array(repeating: nil, count: tree.symbols.count)
    names = Array(repeating: nil, count: tree.symbols.count)
    locals = Array(repeating: nil, count: tree.symbols.count)
  }

  /// The one output of an expression that is no list.
  package mutating func elaborate() throws(Problem) -> Elaboration {
    try elaborate(output: 0)
  }

  /// One of the outputs, counted from 0.
  package mutating func elaborate(output index: Int) throws(Problem) -> Elaboration {
    try prepare()
    return try elaborated(tree.outputs[index])
  }

  /// A problem with how many operations it took to meet it.
  private func counted(_ problem: Problem) -> Problem {
    var problem = problem
    problem.operationCount = operationCount
    return problem
  }

  /// The one output's graph, and whether a condition is about to turn over.
  mutating func elaboratedOnce() throws(Problem) -> (Graph, NodeIndex, isAtBoundary: Bool) {
    try prepare()
    try walk(through: tree.root)
    return (graph, stack.last ?? graph.constant(.nan), path.boundary != nil)
  }

  /// Each output in a graph of its own, which is what it would be alone: its operations are in the
  /// order of its text, and no engine meets those of another.
  mutating func elaborateOutputs() throws(Problem) -> [Elaboration] {
    try prepare()
    var elaborations: [Elaboration] = []
    for output in tree.outputs { elaborations.append(try elaborated(output)) }
    return elaborations
  }

  private mutating func prepare() throws(Problem) {
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
    // A form that begins here, and is more than what is read, has been opened by who asks.
    while nextStart == position, forms[nextForm].node > output { skipForm() }
    // A body may stand anywhere before the output; the frames tell when the walk is back.
    while position <= output || !frames.isEmpty { try step() }
  }

  /// Follows the calls that are under way to their ends.
  mutating func finishFrames() throws(Problem) {
    while !frames.isEmpty { try step() }
  }

  private mutating func step() throws(Problem) {
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

  /// Goes on at another place.
  mutating func jump(to place: Int) {
    position = place
    guard !forms.isEmpty else { return }
    nextForm = forms.partitioningIndex { $0.start >= place }
    nextStart = nextForm < forms.count ? forms[nextForm].start : Int.max
  }

  private mutating func skipForm() {
    nextForm += 1
    nextStart = nextForm < forms.count ? forms[nextForm].start : Int.max
  }

  mutating func push(_ frame: Frame) {
    frames.append(frame)
    stop = frame.stop
  }

  mutating func popFrame() -> Frame? {
    defer { stop = frames.last?.stop ?? Int.max }
    return frames.popLast()
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

  mutating func popArguments(_ count: Int) -> [NodeIndex] {
    let arguments = Array(stack.suffix(count))
    stack.removeLast(count)
    return arguments
  }

  mutating func push(_ node: NodeIndex, at position: Int) {
    stack.append(node)
    noteOrigins(at: position)
  }

  /// Puts a derivative in, of which every operation counts.
  mutating func put(_ node: NodeIndex, at position: Int) throws(Problem) {
    operationCount += graph.count - origins.count
    try countOperation(at: position)
    push(node, at: position)
  }

  /// Nodes that are new since the last call stand where `position` stands.
  mutating func noteOrigins(at position: Int) {
    while origins.count < graph.count {
      origins.append(Origin(range: tree.nodes[position].range, call: activation))
    }
  }

  mutating func countOperation(at position: Int) throws(Problem) {
    operationCount += 1
    if operationCount > limit { throw tooManyOperations(at: position) }
  }
}
