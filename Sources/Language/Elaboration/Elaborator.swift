// The state of the walk in which an expression's tree becomes a graph, each node with its position
// in the text.
import Calculus
import Syntax

/// Walks the postorder of a tree once, with a stack of values.
///
/// Where the walk does not simply go on, there is a frame. A `sum` or `prod` runs the part of the
/// postorder that is its body once for each count; a call runs the body of a definition. A frame
/// holds the position at which it decides how to go on.
package struct Elaborator {
  /// How many calls may be open at once.
  static let depthLimit = 100_000
  /// The highest order of a derivative inside an expression.
  static let orderLimit = 100

  let source: SourceText
  let tree: SyntaxTree
  let variables: [String: Int]
  let limit: Int
  /// A factor on the usual limit for the work of finding derivatives.
  let effort: Double
  /// The definition of each symbol that has one.
  let definitions: [Int?]
  /// The declared derivative of each definition that has one.
  let declaredDerivatives: [Int: Int]
  let observation: Observation
  /// Called when the expression is elaborated.
  let observer: RequestObserver?
  /// The functions whose declared derivatives are being read, with how often: inside of these,
  /// calls have the derivatives of their bodies, since the recursion would not end otherwise.
  var suspended: [Int: Int] = [:]

  // The state of the output that is being made.
  var graph = Graph(keepsKernels: true)
  var origins: [Origin] = []
  var values: NodeValues
  var calls = CallTable()
  var passes = LoopPasses()
  var memo: [CallKey: NodeIndex] = [:]
  /// The meaning of names that are not local; found when a name is first met.
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
  var output = 0
  var stack: [NodeIndex] = []
  var frames: [Frame] = []
  /// The position at which the last frame decides how to go on.
  var stop = Int.max
  var forms: [Form] = []
  var nextForm = 0
  var nextStart = Int.max
  /// Whether the body of a sum is being read to be run as a loop over numbers.
  var isFolding = false

  // Scopes.
  /// What each symbol is bound to, by the activation that bound it last.
  var locals: [Local?]
  /// The call that the walk is in, or `CallTable.none`.
  var activation = CallTable.none
  var depth = 0
  var loops: [CountedLoop] = []
  /// The variables that bodies differentiate in, and by definition the names of such.
  var ownVariables: [Int] = []
  var differentiatedIn: [Int: Set<SyntaxTree.Symbol>] = [:]

  /// How many operations were made so far, in all outputs together; never more than the limit.
  package var operationCount = 0
  /// How many derivatives were taken, and their total work.
  var derivativeCount = 0
  var derivativeWork = 0
  var primedFunctions = PrimedFunctions()
  /// Whether derivatives were taken that are limits where equalities hold.
  var hasEqualities = false
  /// How many derivatives were found as limits, and how deeply such derivatives are nested.
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
  ///   - near: the variables at a point beside the given one, as series; conditions are decided by
  ///     them.
  ///   - limit: how many operations it may take, if not what the expression allows.
  package init(
    _ expression: Expression, variables: [String], point: [Double]?, near: [LeviCivita]? = nil,
    observing observation: Observation = .none, limit: Int = .max
  ) {
    observer = expression.observer
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

  // MARK: The walk

  /// Continues at another position.
  mutating func jump(to place: Int) {
    position = place
    guard !forms.isEmpty else { return }
    nextForm = forms.partitioningIndex { $0.start >= place }
    nextStart = nextForm < forms.count ? forms[nextForm].start : Int.max
  }

  mutating func skipForm() {
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

  // MARK: Nodes

  mutating func popArguments(_ count: Int) -> [NodeIndex] {
    let arguments = Array(stack.suffix(count))
    stack.removeLast(count)
    return arguments
  }

  mutating func push(_ node: NodeIndex, at position: Int) {
    stack.append(node)
    noteOrigins(at: position)
  }

  /// Puts a derivative on the stack; each of its operations is counted.
  mutating func put(_ node: NodeIndex, at position: Int) throws(Problem) {
    operationCount += graph.count - origins.count
    try countOperation(at: position)
    push(node, at: position)
  }

  /// Nodes that are new since the last call belong to the text at `position`.
  mutating func noteOrigins(at position: Int) {
    while origins.count < graph.count {
      origins.append(Origin(range: tree.nodes[position].range, call: activation))
    }
  }

  mutating func countOperation(at position: Int) throws(Problem) {
    operationCount += 1
    if operationCount > limit { throw tooManyOperations(at: position) }
  }

  // MARK: Problems

  func problem(_ kind: Problem.Kind, at position: Int) -> Problem {
    let node = tree.nodes[position]
    let range: SourceRange
    switch kind {
    case .boundNotWhole, .boundNotConstant, .boundTooLarge, .loopNameExpected,
      .derivativeNameExpected, .derivativeOrder, .pathUnknown:
      range = node.range
    default: range = node.head
    }
    return Problem(
      kind, in: source, at: range, context: calls.context(of: activation, in: source))
  }

  func tooManyOperations(at position: Int) -> Problem {
    problem(.tooManyOperations(limit: limit), at: position)
  }
}
