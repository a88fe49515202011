// Derivatives inside expressions at points where a condition changes its outcome: limits of both
// sides.
import Calculus
import Syntax

extension Elaborator {
  /// What is elaborated again to find a derivative's function beside the point.
  enum Replay {
    /// An expression; the symbol is bound to the variable during that.
    case expression(root: Int, SyntaxTree.Symbol?)
    case call(definition: Int)
    /// It cannot be read again.
    case none
  }

  private enum Limit {
    /// The derivative, and the variables that the function beside the point depends on.
    case known(Double, variables: Set<Int>)
    case differs
    case unknown
  }

  /// How deeply such derivatives may be nested, and how many there may be.
  private static let settlingDepth = 2
  private static let settlingCount = 200

  /// The formula of a derivative. Where an equality holds its formula is nan, since the equality
  /// may hold at that point alone; at the point itself it is the limit, if that is known.
  mutating func settledDerivative(
    of function: NodeIndex, along variable: Int, order: Int, _ replay: Replay, at position: Int
  ) throws(Problem) -> NodeIndex {
    let path = Array(repeating: variable, count: order)
    let equalities = graph.equalities(under: function, in: [variable])
    guard order > 0, !equalities.isEmpty || self.path.turn != nil,
      !graph.contains(.declaredDerivative, under: function),
      !graph.contains(.stopGradient, under: function)
    else { return try derivative(of: function, along: path, at: position) }
    if !equalities.isEmpty { hasEqualities = true }
    let isolated = equalities.filter(\.isIsolated)
    let smooth =
      isolated.isEmpty ? function : graph.offEqualities(function, in: [variable])
    let formula = try derivative(of: smooth, along: path, at: position)
    let guarded = isolated.reduce(formula) {
      graph.variadic(.select, [$1.node, graph.constant(.nan), $0])
    }
    values.extend(over: graph)
    guard values.point != nil else { return guarded }
    let holds = equalities.contains { values.decisive($0.node) == 1 }
    guard holds || self.path.turn != nil else { return guarded }
    switch limit(of: function, in: variable, order, replay, at: position) {
    case .known(let value, let variables):
      self.path.note(limit: value)
      return here(value, guarded, variables.union([variable]))
    case .differs where !holds && self.path.turn == .order,
      .unknown where !holds && self.path.turn == .order:
      self.path.leaveUnsettled()
      return guarded
    case .differs, .unknown:
      self.path.note(limit: .nan)
      return here(.nan, guarded, [variable])
    }
  }

  /// A node with one value at the point and a formula elsewhere.
  private mutating func here(
    _ value: Double, _ formula: NodeIndex, _ variables: Set<Int>
  ) -> NodeIndex {
    var conditions: [NodeIndex] = []
    for variable in variables.sorted() {
      let node = graph.variable(variable)
      values.extend(over: graph)
      conditions.append(graph.binary(.equal, node, graph.constant(values[node])))
    }
    let isHere = conditions.dropFirst().reduce(conditions[0]) { graph.binary(.and, $0, $1) }
    return graph.variadic(.select, [isHere, graph.constant(value), formula])
  }

  private mutating func limit(
    of function: NodeIndex, in variable: Int, _ order: Int, _ replay: Replay, at position: Int
  ) -> Limit {
    settled.count += 1
    if case .none = replay { return .unknown }
    guard settled.depth < Self.settlingDepth, settled.count <= Self.settlingCount,
      graph.count <= 20_000, let ahead = beside(variable, 1, replay, at: position),
      let behind = beside(variable, -1, replay, at: position)
    else { return .unknown }
    let variables = ahead.variables.union(behind.variables)
    guard values.areStill(variables.subtracting([variable])), values.areStill([variable]) else {
      return .unknown
    }
    guard
      let value = LeviCivita.derivative(
        order, ahead: ahead.series, behind: behind.series, value: values[function])
    else { return .unknown }
    return value.isNaN ? .differs : .known(value, variables: variables)
  }

  /// The function on one side of the point; nil where it is not known.
  private func beside(
    _ variable: Int, _ sign: Double, _ replay: Replay, at position: Int
  ) -> (series: LeviCivita, variables: Set<Int>)? {
    var side = self
    side.settled.depth += 1
    side.graph = Graph(copying: graph)
    side.values = values.beside(variable, sign)
    (side.memo, side.frames, side.stack, side.segments) = ([:], [], [], nil)
    side.stop = Int.max
    side.path = ExecutedPath()
    for symbol in side.names.indices where definitions[symbol] != nil {
      if case .node = side.names[symbol] { side.names[symbol] = nil }
    }
    guard let root = try? side.replayed(replay, variable, at: position),
      !side.graph.contains(.declaredDerivative, under: root),
      !side.graph.contains(.stopGradient, under: root)
    else { return nil }
    side.values.extend(over: side.graph)
    let used = side.graph.variables(under: root)
    return (side.values.besides(root), used.filter { $0 < values.variableEnd })
  }

  private mutating func replayed(
    _ replay: Replay, _ variable: Int, at position: Int
  ) throws(Problem) -> NodeIndex? {
    let node = graph.variable(variable)
    noteOrigins(at: position)
    switch replay {
    case .expression(let root, let symbol):
      if let symbol {
        locals[symbol.index] = Local(value: .node(node), activation: activation)
      }
      try walk(through: root)
    case .call(let definition):
      try enter(definition, order: 0, [node], at: position)
      try finishFrames()
    case .none: return nil
    }
    return stack.last
  }
}
