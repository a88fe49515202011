// The rules of differentiation on graph terms: sum, product, chain, and piecewise partials.

/// Derives one node's tangent from those of its parts.
struct DerivativeRules {
  let graph: Graph
  private let form: FormulaForm
  /// How often each node is used, where nodes that are used once are taken as one with their users.
  private let uses: [Int]

  /// A part that has a tangent: which one, and the tangent.
  typealias PartTangent = (position: Int, tangent: Term)

  /// How many factors the product rule is applied to at once.
  private static let factorLimit = 16

  init(_ graph: Graph, _ form: FormulaForm, uses: [Int]) {
    self.graph = graph
    self.form = form
    self.uses = uses
  }

  /// What a node's derivative is made of: its factors, its terms, or its arguments.
  func parts(of node: NodeIndex) -> [NodeIndex] {
    if case .binary(.multiply, _, _) = graph[node] { return factors(of: node) }
    return form != .raw && graph.isSum(node)
      ? graph.operands(.add, of: node) : graph.arguments(of: node)
  }

  /// The factors of `a*b*c`, from left to right.
  private func factors(of node: NodeIndex) -> [NodeIndex] {
    if form == .raw {
      return graph.operands(.multiply, of: node, limit: Self.factorLimit) { uses[Int($0)] == 1 }
    }
    if case .binary(_, let x, let body) = graph[node], graph.number(x) != nil {
      // A coefficient stands before the whole body.
      guard !graph.facts(body).isOpaque else { return [x, body] }
      return [x] + graph.operands(.multiply, of: body, limit: Self.factorLimit)
    }
    return graph.operands(.multiply, of: node, limit: Self.factorLimit)
  }

  /// The tangent of a node.
  ///
  /// - Parameters:
  ///   - tangents: those parts that have tangents, in order.
  ///   - partials: the local partials of an operation by its arguments, if they are needed.
  func tangent(
    of node: NodeIndex, _ parts: ArraySlice<NodeIndex>, _ tangents: [PartTangent],
    partials: () -> [Term]
  ) -> Term? {
    switch graph[node] {
    case .variable, .constant: return nil
    case .binary(.multiply, _, _): return productRule(parts, tangents)
    case .binary(.add, _, _) where form != .raw: return sum(tangents.map(\.tangent))
    case .binary(.subtract, _, _) where form == .raw: return differenceRule(tangents)
    case .unary(let operation, _), .binary(let operation, _, _), .variadic(let operation, _):
      return chainRule(operation, tangents, partials())
    }
  }

  /// The local partials of an operation, one for each argument.
  func partials(of node: NodeIndex, _ arguments: ArraySlice<NodeIndex>) -> [Term] {
    switch graph[node] {
    case .variable, .constant: []
    case .unary(let operation, _), .binary(let operation, _, _), .variadic(let operation, _):
      operation.partials(arguments.map { Term(graph, $0) }, Term(graph, node))
    }
  }

  /// (f g h)' = f' g h + f g' h + f g h'.
  private func productRule(
    _ factors: ArraySlice<NodeIndex>, _ tangents: [PartTangent]
  ) -> Term? {
    let terms = tangents.map { position, tangent in
      product(factors.enumerated().map { $0 == position ? tangent : Term(graph, $1) })
    }
    return sum(terms)
  }

  /// (f - g)' = f' - g', where the partial -1 would be written as a factor.
  private func differenceRule(_ tangents: [PartTangent]) -> Term? {
    guard let first = tangents.first else { return nil }
    if tangents.count == 2 { return first.tangent - tangents[1].tangent }
    return first.position == 0 ? first.tangent : -first.tangent
  }

  /// Σ ∂v/∂u · u' over the arguments u.
  private func chainRule(
    _ operation: Operation, _ tangents: [PartTangent], _ partials: [Term]
  ) -> Term? {
    let terms = tangents.compactMap { position, tangent -> Term? in
      let partial = partials[position]
      if partial.isZero { return nil }
      return operation.isPiecewise ? Self.pushed(tangent, into: partial) : partial * tangent
    }
    return sum(terms)
  }

  private func product(_ factors: [Term]) -> Term {
    if form == .raw { return factors.dropFirst().reduce(factors[0]) { $0 * $1 } }
    return Term(graph, graph.product(.one, factors.map { $0.index(in: graph) }))
  }

  private func sum(_ terms: [Term]) -> Term? {
    guard let first = terms.first else { return nil }
    if form == .raw { return terms.dropFirst().reduce(first) { $0 + $1 } }
    return terms.count == 1
      ? first : Term(graph, graph.sum(terms.map { $0.index(in: graph) }))
  }

  /// A piecewise partial times a tangent: the tangent goes into the branches, so that a branch of 0
  /// is 0 whatever the tangent is.
  private static func pushed(_ tangent: Term, into partial: Term, depth: Int = 0) -> Term {
    if let parts = partial.parts, parts.operation == .select, depth < 4 {
      let branches = parts.arguments.dropFirst().map {
        pushed($0.isZero ? $0 : tangent, into: $0, depth: depth + 1)
      }
      return .node(.select, [parts.arguments[0]] + branches)
    }
    if partial.isZero { return partial }
    if let parts = partial.parts, parts.operation == .step, tangent.constantValue == nil {
      let isPositive = Term.node(.greater, parts.arguments[0], partial.constant(0))
      return .node(.select, [isPositive, tangent, partial.constant(0)])
    }
    return partial * tangent
  }
}

extension Operation {
  /// Whether the partials of an operation are 1 or 0 as a condition says.
  fileprivate var isPiecewise: Bool {
    switch self {
    case .select, .max, .min, .clamp, .relu: true
    default: false
    }
  }
}
