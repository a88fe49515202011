// Symbolic differentiation: the forward sweep run on graph terms, with the rules of every engine.

/// Differentiates the nodes of a graph in a graph of its own, which folds as the form asks.
struct SymbolicDifferentiator {
  private let form: FormulaForm
  private let graph: Graph
  private let imported: [NodeIndex]
  /// Whether numbers are written as decimals, as the user's are.
  private let usesDecimals: Bool

  /// How many factors the product rule is applied to at once.
  private static let factorLimit = 16

  init(_ source: Graph, outputs: [NodeIndex], form: FormulaForm) {
    self.form = form
    graph = Graph(folding: form == .raw ? .raw : .normal)
    var importer = FormulaImporter(source, outputs: outputs, into: graph)
    imported = importer.run()
    usesDecimals = importer.usesDecimals
  }

  /// The derivative in one variable after the other.
  func derivative(of output: NodeIndex, along path: [Int]) -> NodeIndex {
    path.reduce(imported[Int(output)]) { derivative(of: $0, in: $1) }
  }

  /// The formulas at the roots, in the form that was asked for.
  func formulas(_ roots: [NodeIndex]) throws(FormError) -> Formulas {
    switch form {
    case .raw: return Formulas(graph: graph, roots: roots)
    case .simplified: return simplified(roots)
    case .expanded:
      var expansion = Expansion(graph)
      let expanded = try expansion.expanded(roots)
      var writer = FormulaWriter(graph, usesDecimals: usesDecimals)
      return writer.written(expanded)
    }
  }

  /// Formulas of a normal graph as a person would write them.
  func simplified(_ roots: [NodeIndex]) -> Formulas {
    var writer = FormulaWriter(graph, usesDecimals: usesDecimals)
    return writer.written(roots)
  }

  // MARK: The sweep

  private func derivative(of root: NodeIndex, in variable: Int) -> NodeIndex {
    let depends = dependence(of: root, on: variable)
    guard depends[Int(root)] else { return graph.constant(0) }
    let uses = useCounts(root)
    let needed = neededNodes(root, depends, uses)
    var tangents = [Term?](repeating: nil, count: Int(root) + 1)
    for node in 0...root where needed[Int(node)] {
      tangents[Int(node)] = tangent(of: node, tangents, uses)
    }
    return tangents[Int(root)]?.index(in: graph) ?? graph.constant(0)
  }

  private func dependence(of root: NodeIndex, on variable: Int) -> [Bool] {
    var depends = Array(repeating: false, count: Int(root) + 1)
    for node in 0...root {
      if case .variable(variable)? = graph[leaf: node] { depends[Int(node)] = true }
      graph.forEachArgument(of: node) { if depends[Int($0)] { depends[Int(node)] = true } }
    }
    return depends
  }

  /// How many nodes that `root` needs have each node for an argument.
  private func useCounts(_ root: NodeIndex) -> [UInt32] {
    var uses = [UInt32](repeating: 0, count: Int(root) + 1)
    uses[Int(root)] = 1
    for node in stride(from: Int(root), through: 0, by: -1) where uses[node] > 0 {
      graph.forEachArgument(of: UInt32(node)) { uses[Int($0)] &+= 1 }
    }
    return uses
  }

  /// The nodes whose tangents the root's needs: not those inside of a product of many factors.
  private func neededNodes(
    _ root: NodeIndex, _ depends: [Bool], _ uses: [UInt32]
  ) -> [Bool] {
    var needed = Array(repeating: false, count: Int(root) + 1)
    needed[Int(root)] = true
    for node in stride(from: Int(root), through: 0, by: -1) where needed[node] {
      for part in parts(of: UInt32(node), uses) where depends[Int(part)] {
        needed[Int(part)] = true
      }
    }
    return needed
  }

  /// What a node's derivative is made of: its factors, its terms, or its arguments.
  private func parts(of node: NodeIndex, _ uses: [UInt32]) -> [NodeIndex] {
    if case .binary(.multiply, _, _) = graph[node] { return factors(of: node, uses) }
    if form != .raw, graph.isSum(node) { return graph.ownTerms(of: node) }
    var parts: [NodeIndex] = []
    graph.forEachArgument(of: node) { parts.append($0) }
    return parts
  }

  /// The factors of `a*b*c`, from left to right.
  private func factors(of node: NodeIndex, _ uses: [UInt32]) -> [NodeIndex] {
    var factors: [NodeIndex] = []
    var rest = node
    while factors.count < Self.factorLimit, case .binary(.multiply, let x, let y) = graph[rest],
      rest == node || isInside(rest, uses)
    {
      if form != .raw, graph.number(x) != nil, case .binary(.multiply, _, _) = graph[y] {
        // A coefficient stands before the whole body.
        factors.append(contentsOf: self.factors(ofBody: y, limit: Self.factorLimit).reversed())
        rest = x
        break
      }
      factors.append(y)
      rest = x
    }
    factors.append(rest)
    return factors.reversed()
  }

  private func factors(ofBody body: NodeIndex, limit: Int) -> [NodeIndex] {
    var factors: [NodeIndex] = []
    var rest = body
    while factors.count < limit, !graph.facts(rest).isOpaque,
      case .binary(.multiply, let x, let y) = graph[rest]
    {
      factors.append(y)
      rest = x
    }
    factors.append(rest)
    return factors.reversed()
  }

  private func isInside(_ node: NodeIndex, _ uses: [UInt32]) -> Bool {
    form == .raw ? uses[Int(node)] == 1 : !graph.facts(node).isOpaque
  }

  private func tangent(of node: NodeIndex, _ tangents: [Term?], _ uses: [UInt32]) -> Term? {
    switch graph[node] {
    case .variable: return Term(graph, graph.constant(1))
    case .constant: return nil
    case .binary(.multiply, _, _): return productRule(factors(of: node, uses), tangents)
    case .binary(.add, _, _) where form != .raw:
      let terms = graph.ownTerms(of: node).compactMap { tangents[Int($0)] }
      return Term(graph, graph.sum(terms.map { $0.index(in: graph) }))
    case .unary(let operation, let x): return chainRule(operation, [x], node, tangents)
    case .binary(let operation, let x, let y): return chainRule(operation, [x, y], node, tangents)
    case .variadic(let operation, let xs): return chainRule(operation, xs, node, tangents)
    }
  }

  /// (f g h)' = f' g h + f g' h + f g h'.
  private func productRule(_ factors: [NodeIndex], _ tangents: [Term?]) -> Term? {
    var terms: [Term] = []
    for (position, factor) in factors.enumerated() {
      guard let tangent = tangents[Int(factor)] else { continue }
      let parts = factors.enumerated().map { $0 == position ? tangent : Term(graph, $1) }
      terms.append(product(parts))
    }
    return sum(terms)
  }

  private func product(_ parts: [Term]) -> Term {
    if form != .raw {
      return Term(graph, graph.product(.one, parts.map { $0.index(in: graph) }))
    }
    return parts.dropFirst().reduce(parts[0]) { $0 * $1 }
  }

  private func sum(_ terms: [Term]) -> Term? {
    guard let first = terms.first else { return nil }
    if form != .raw { return Term(graph, graph.sum(terms.map { $0.index(in: graph) })) }
    return terms.dropFirst().reduce(first) { Self.rawSum($0, $1) }
  }

  /// a + (-b) is written a - b, as the rules of sums and differences have it.
  private static func rawSum(_ x: Term, _ y: Term) -> Term { x + y }

  /// Σ ∂v/∂u · u' over the arguments u.
  private func chainRule(
    _ operation: Operation, _ arguments: [NodeIndex], _ node: NodeIndex, _ tangents: [Term?]
  ) -> Term? {
    if form == .raw, operation == .subtract {
      switch (tangents[Int(arguments[0])], tangents[Int(arguments[1])]) {
      case (let x?, let y?): return x - y
      case (let x?, nil): return x
      case (nil, let y?): return -y
      case (nil, nil): return nil
      }
    }
    let partials = operation.partials(
      arguments.map { Term(graph, $0) }, Term(graph, node))
    var terms: [Term] = []
    for (argument, partial) in zip(arguments, partials) {
      guard let tangent = tangents[Int(argument)], !partial.isZero else { continue }
      terms.append(
        operation.isPiecewise ? Self.pushed(tangent, into: partial) : partial * tangent)
    }
    return sum(terms)
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
