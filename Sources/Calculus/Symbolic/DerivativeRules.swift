// The rules of differentiation on graph terms: sum, product, chain, and piecewise partials.

/// Derives one node's tangent from those of its parts.
struct DerivativeRules {
  let graph: Graph
  /// The graph, if it is normal.
  private let normal: NormalGraph?
  private let form: FormulaForm
  /// Whether quotients have a rule of their own, as in textbooks; simplified forms then cancel
  /// more.
  private let hasQuotientRule: Bool
  /// How often each node is used; a chain whose inner nodes are used once is taken as one node.
  private let uses: [Int]

  /// A part that has a tangent: which one, and the tangent.
  typealias PartTangent = (position: Int, tangent: Term)

  /// How many factors the product rule is applied to at once.
  private static let factorLimit = 16

  init(_ graph: Graph, _ form: FormulaForm, hasQuotientRule: Bool, uses: [Int]) {
    self.graph = graph
    normal = graph as? NormalGraph
    self.form = form
    self.hasQuotientRule = hasQuotientRule
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
      // A coefficient belongs to the whole body.
      guard graph.isOpen(body) else { return [x, body] }
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
    case .binary(.divide, let u, let v) where hasQuotientRule:
      return quotientRule(Term(graph, u), Term(graph, v), tangents)
    case .variadic(.select, let xs): return conditionalRule(xs[0], tangents)
    case .variadic(.max, let xs) where xs.count == 2 && tangents.count == 2:
      return extremeRule(.greater, xs, tangents.map(\.tangent))
    case .variadic(.min, let xs) where xs.count == 2 && tangents.count == 2:
      return extremeRule(.less, xs, tangents.map(\.tangent))
    case .variadic(.clamp, let xs):
      return clampRule(xs, tangents) ?? chainRule(.clamp, tangents, partials())
    case .unary(let operation, _), .binary(let operation, _, _), .variadic(let operation, _):
      return chainRule(operation, tangents, partials())
    }
  }

  /// The local partials of an operation, one for each argument.
  func partials(of node: NodeIndex, _ arguments: ArraySlice<NodeIndex>) -> [Term] {
    graph.operation(of: node)?
      .partials(arguments.map { Term(graph, $0) }, Term(graph, node)) ?? []
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

  /// (u/v)' = (u' v - u v')/v².
  private func quotientRule(_ u: Term, _ v: Term, _ tangents: [PartTangent]) -> Term? {
    let du = tangents.first { $0.position == 0 }?.tangent
    guard let dv = tangents.first(where: { $0.position == 1 })?.tangent else {
      return du.map { $0 / v }
    }
    let above = du.map { $0 * v - u * dv } ?? -(u * dv)
    return above / v.squared()
  }

  /// if(c, f, g)' = if(c, f', g').
  private func conditionalRule(_ condition: NodeIndex, _ tangents: [PartTangent]) -> Term? {
    let branches = (1...2).map { position in
      tangents.first { $0.position == position }?.tangent ?? Term(graph, graph.constant(0))
    }
    guard !branches.allSatisfy(\.isZero) else { return nil }
    return .node(.select, [Term(graph, condition)] + branches)
  }

  /// max(f, g)' is f' where f is larger and g' where g is; at a tie it is their mean.
  private func extremeRule(
    _ wins: Operation, _ arguments: [NodeIndex], _ tangents: [Term]
  ) -> Term {
    let (f, g) = (Term(graph, arguments[0]), Term(graph, arguments[1]))
    let atTie = Term.node(
      .select, [.node(.equal, f, g), (tangents[0] + tangents[1]) / 2, tangents[1]])
    return .node(.select, [.node(wins, f, g), tangents[0], atTie])
  }

  /// clamp(f, a, b)' is f' between a and b, half of it at one of them, and 0 where they are the same.
  private func clampRule(_ arguments: [NodeIndex], _ tangents: [PartTangent]) -> Term? {
    guard tangents.count == 1, tangents[0].position == 0 else { return nil }
    let terms = arguments.map { Term(graph, $0) }
    let (x, low, high, slope) = (terms[0], terms[1], terms[2], tangents[0].tangent)
    var oneEnd: Operation = .notEqual
    if let least = value(arguments[1]), let most = value(arguments[2]) {
      guard least < most else { return nil }
      oneEnd = .or
    }
    let isAtEnd = Term.node(oneEnd, .node(.equal, x, low), .node(.equal, x, high))
    let isInside = Term.node(.and, .node(.greater, x, low), .node(.less, x, high))
    return .node(.select, [isInside, slope, .node(.select, [isAtEnd, slope / 2, 0])])
  }

  /// The value of a node that is a number.
  private func value(_ node: NodeIndex) -> Double? {
    if let number = normal?.number(node) { return number.value }
    if case .constant(let value)? = graph[leaf: node] { return value }
    return nil
  }

  /// Σ ∂v/∂u · u' over the arguments u.
  private func chainRule(
    _ operation: Operation, _ tangents: [PartTangent], _ partials: [Term]
  ) -> Term? {
    let terms = tangents.compactMap { position, tangent -> Term? in
      let partial = partials[position]
      if partial.isZero { return nil }
      if operation.isPiecewise {
        if let pushed = Self.pushed(tangent, into: partial) { return pushed }
        return form == .raw ? partial * tangent : product(partial, guarding: tangent)
      }
      return form == .raw ? partial * tangent : product(tangent, guarding: partial)
    }
    return sum(terms)
  }

  /// The product of a term that a condition may make 0 and a factor that may be undefined there:
  /// the condition is put outside, so that the product is 0 whatever the factor is.
  private func product(_ term: Term, guarding factor: Term, depth: Int = 0) -> Term {
    if term.isZero { return term }
    guard depth < 4, let normal, !normal.facts(factor.index(in: normal)).isTotal,
      let (condition, then, otherwise) = branches(of: term, in: normal)
    else { return factor * term }
    return .node(
      .select,
      [condition] + [then, otherwise].map { product($0, guarding: factor, depth: depth + 1) })
  }

  /// A term that has a factor `if(c, a, b)`, or `step(u)`, in branches.
  private func branches(
    of term: Term, in graph: NormalGraph
  ) -> (condition: Term, then: Term, otherwise: Term)? {
    let (coefficient, body) = graph.coefficientAndBody(term.index(in: graph))
    guard let body else { return nil }
    var factors = graph.factors(body)
    for (index, factor) in factors.enumerated() where factor.exponent == .one {
      let parts: (condition: Term, then: NodeIndex, otherwise: NodeIndex)
      switch graph[factor.base] {
      case .variadic(.select, let xs): parts = (Term(graph, xs[0]), xs[1], xs[2])
      case .unary(.step, let u):
        let condition = Term.node(.greater, Term(graph, u), term.constant(0))
        parts = (condition, graph.constant(1), graph.constant(0))
      default: continue
      }
      factors.remove(at: index)
      let others = factors.isEmpty ? [] : [graph.body(factors)]
      let branches = [parts.then, parts.otherwise].map { branch in
        graph.number(branch) == .zero
          ? term.constant(0) : Term(graph, graph.product(coefficient, others + [branch]))
      }
      return (parts.condition, branches[0], branches[1])
    }
    return nil
  }

  private func product(_ factors: [Term]) -> Term {
    guard let normal else { return factors.dropFirst().reduce(factors[0]) { $0 * $1 } }
    return Term(normal, normal.product(.one, factors.map { $0.index(in: graph) }))
  }

  private func sum(_ terms: [Term]) -> Term? {
    guard let first = terms.first else { return nil }
    guard let normal else { return terms.dropFirst().reduce(first) { $0 + $1 } }
    return terms.count == 1
      ? first : Term(normal, normal.sum(terms.map { $0.index(in: graph) }))
  }

  /// A piecewise partial times a tangent: the tangent is multiplied into each branch.
  private static func pushed(_ tangent: Term, into partial: Term, depth: Int = 0) -> Term? {
    guard let parts = partial.parts, depth < 4 else { return nil }
    if parts.operation == .select {
      let branches = parts.arguments.dropFirst().map { branch in
        branch.isZero ? branch : pushed(tangent, into: branch, depth: depth + 1) ?? branch * tangent
      }
      return .node(.select, [parts.arguments[0]] + branches)
    }
    if parts.operation == .step, tangent.constantValue == nil {
      let isPositive = Term.node(.greater, parts.arguments[0], partial.constant(0))
      return .node(.select, [isPositive, tangent, partial.constant(0)])
    }
    return nil
  }
}

extension Operation {
  /// Whether the partials of an operation are numbers that a condition chooses.
  var isPiecewise: Bool {
    switch self {
    case .select, .max, .min, .clamp, .relu: true
    default: false
    }
  }
}
