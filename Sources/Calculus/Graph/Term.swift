// Graph terms as scalars: the rules run on them give formulas.

/// A formula in a graph, as a number that rules can compute with.
///
/// Terms make the simplifications that a derivation does not show: neutral and absorbing elements,
/// signs and quotients that meet. Everything else stays as the rule wrote it.
struct Term: FormulaScalar {
  enum Storage {
    case constant(Double)
    case node(NodeIndex)
  }

  /// Terms are handed around within one engine's run, never between threads.
  nonisolated(unsafe) let home: Graph?
  let storage: Storage

  private init(home: Graph?, _ storage: Storage) {
    self.home = home
    self.storage = storage
  }

  init(_ graph: Graph, _ node: NodeIndex) {
    if case .constant(let value)? = graph[leaf: node] {
      self.init(home: graph, .constant(value))
    } else {
      self.init(home: graph, .node(node))
    }
  }

  init(integerLiteral value: Double.IntegerLiteralType) {
    self.init(home: nil, .constant(Double(value)))
  }

  init(floatLiteral value: Double) { self.init(home: nil, .constant(value)) }

  /// A constant of the same graph, which stays as it is under a function (`ln 10`).
  func constant(_ value: Double) -> Term { Term(home: home, .constant(value)) }

  var keepsKernels: Bool { home?.keepsKernels ?? false }

  var number: Double? { nil }
  var isZero: Bool { constantValue == 0 }
  var isNaN: Bool { constantValue?.isNaN ?? false }
  var isOrdinary: Bool { !isZero && !isNaN }

  var nodeIndex: NodeIndex? {
    if case .node(let node) = storage { node } else { nil }
  }

  var constantValue: Double? {
    if case .constant(let value) = storage { value } else { nil }
  }

  /// The operation and the arguments, where the term is neither variable nor constant.
  var parts: (operation: Operation, arguments: [Term])? {
    guard case .node(let node) = storage, let home else { return nil }
    switch home[node] {
    case .variable, .constant: return nil
    case .unary(let operation, let x): return (operation, [Term(home, x)])
    case .binary(let operation, let x, let y): return (operation, [Term(home, x), Term(home, y)])
    case .variadic(let operation, let xs): return (operation, xs.map { Term(home, $0) })
    }
  }

  /// The term's node in `graph`, which must be its home if it has one.
  func index(in graph: Graph) -> NodeIndex {
    switch storage {
    case .constant(let value): graph.constant(value)
    case .node(let node): node
    }
  }

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Term) -> Term { Rule.term(x) }

  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Term, _ y: Term) -> Term {
    Rule.term(x, y)
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Term]) -> Term {
    Rule.term(xs)
  }

  static func choose(
    _ x: Term, _ relation: Relation, _ y: Term, then: () -> Term, otherwise: () -> Term
  ) -> Term {
    if let x = x.constantValue, let y = y.constantValue {
      return relation.holds(x, y) ? then() : otherwise()
    }
    let isCondition = relation == .notEqual && y.isZero && x.isTruthValue
    let condition = isCondition ? x : .node(relation.operation, x, y)
    return .node(.select, [condition, then(), otherwise()])
  }

  /// Whether the term can only be 1 or 0.
  private var isTruthValue: Bool {
    switch parts?.operation {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or, .not: true
    default: false
    }
  }

  // MARK: Nodes

  /// The node of an operation, after the foldings that `Folding` lists.
  static func node(_ operation: Operation, _ x: Term) -> Term {
    if let home = x.home, let node = home.normalized(operation, [x.index(in: home)]) {
      return Term(home, node)
    }
    if let folded = fold(operation, x) { return folded }
    guard let home = x.home else { return x.constant(operation.value([x.constantValue ?? .nan])) }
    return Term(home, home.unary(operation, x.index(in: home)))
  }

  static func node(_ operation: Operation, _ x: Term, _ y: Term) -> Term {
    if let home = x.home ?? y.home,
      let node = home.normalized(operation, [x.index(in: home), y.index(in: home)])
    {
      return Term(home, node)
    }
    if let folded = fold(operation, x, y) { return folded }
    return unfolded(operation, x, y)
  }

  static func node(_ operation: Operation, _ xs: [Term]) -> Term {
    guard let home = xs.lazy.compactMap(\.home).first else {
      return Term(floatLiteral: operation.value(xs.map { $0.constantValue ?? .nan }))
    }
    let nodes = xs.map { $0.index(in: home) }
    return Term(home, home.normalized(operation, nodes) ?? home.variadic(operation, nodes))
  }

  /// The node itself, for a place that shows an operation as the user wrote it.
  static func unfolded(_ operation: Operation, _ xs: [Term]) -> Term {
    guard let home = xs.lazy.compactMap(\.home).first else { return xs.first ?? 0 }
    let nodes = xs.map { $0.index(in: home) }
    switch operation.shape {
    case .unary: return Term(home, home.unary(operation, nodes[0]))
    case .binary: return Term(home, home.binary(operation, nodes[0], nodes[1]))
    case .variadic: return Term(home, home.variadic(operation, nodes))
    }
  }

  /// The node itself, for a place that wants to show a factor of 1.
  static func unfolded(_ operation: Operation, _ x: Term, _ y: Term) -> Term {
    guard let home = x.home ?? y.home else {
      return x.constant(operation.value([x.constantValue ?? .nan, y.constantValue ?? .nan]))
    }
    return Term(home, home.binary(operation, x.index(in: home), y.index(in: home)))
  }
}

extension Operation {
  /// The operation as a graph term: a node, or of a kernel maybe its formula.
  func term(_ arguments: [Term]) -> Term { accept(TermVisitor(arguments: arguments)) }
}

private struct TermVisitor: OperationVisitor {
  let arguments: [Term]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Term { Op.term(arguments[0]) }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Term {
    Op.term(arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Term { Op.term(arguments) }
}

extension Relation {
  /// The operation that asks for the relation.
  var operation: Operation {
    switch self {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    }
  }
}
