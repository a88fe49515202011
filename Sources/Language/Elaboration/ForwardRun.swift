// A long program in forward mode, in memory that does not grow with its steps.
import Calculus
import Syntax

/// The result of forward mode for a long program: finite numbers, and no explanations.
package struct ForwardRun: Sendable {
  /// The expression's value at the point.
  package let value: Double
  /// One for each direction.
  package let derivatives: [Double]

  /// Runs an expression that is no list.
  ///
  /// - Returns: nil where the run is short, or has to be one piece; the engines serve as well then.
  package init?(
    _ expression: Expression, at point: Point, along directions: [[Double]]
  ) throws(Problem) {
    guard !expression.isList, expression.canRunInPieces else { return nil }
    var elaborator = Elaborator(expression, variables: point.names, point: point.values)
    elaborator.segments = ForwardSegments(
      state: ForwardState(values: point.values, tangents: directions))
    guard let (graph, output, segments) = try elaborator.elaboratedInPieces(),
      let result = graph.forwardSegment(segments.state, [output])
    else { return nil }
    value = result.values[0]
    derivatives = result.tangents.map { $0[0] }
  }
}

extension Expression {
  /// Whether it is a program that may be long, and in which no derivatives are taken: these need
  /// the graph back to their variable.
  fileprivate var canRunInPieces: Bool {
    tree.definitions.contains { $0.body?.hasLoop == true }
      && !tree.nodes.contains { node in
        if case .derivativeCall = node.kind { return true }
        return node.callee.map { tree.name(of: $0) } == Catalogue.derivative.name
      }
  }
}

extension Elaborator {
  /// The last piece; nil if there was only one, or if the run had to be one piece.
  fileprivate mutating func elaboratedInPieces() throws(Problem) -> (
    Graph, NodeIndex, ForwardSegments
  )? {
    let (graph, output, boundary) = try elaboratedOnce()
    guard let segments, segments.count > 0, !segments.isGivenUp, !boundary else { return nil }
    return (graph, output, segments)
  }

  /// Starts a new piece where the graph has become large.
  mutating func forgetIfLarge() {
    guard segments != nil, graph.count >= ForwardSegments.size else { return }
    forget()
  }

  private mutating func forget() {
    guard var segments, !segments.isGivenUp else { return }
    defer { self.segments = segments }
    let needed = neededNodes()
    // Notes about variables that decide counts or branches need the whole run.
    guard countingNodes.isEmpty, path.boundary == nil, needed.count < ForwardSegments.size / 4,
      let state = graph.forwardSegment(segments.state, [graph.constant(0)] + needed)
    else {
      segments.isGivenUp = true
      return
    }
    values.extend(over: graph)
    let next = Graph(keepsKernels: true)
    // The user's variables keep their indices; the others follow.
    var piece = ForwardState(
      values: Array(segments.state.values.prefix(variables.count)),
      tangents: segments.state.tangents.map { Array($0.prefix(variables.count)) })
    var places: [NodeIndex: NodeIndex] = [:]
    for (position, node) in needed.enumerated() {
      switch graph[node] {
      case _ where values.isConstant(node): places[node] = next.constant(values[node])
      case .variable(let index) where index < variables.count:
        places[node] = next.variable(index)
      default:
        places[node] = next.variable(piece.values.count)
        piece.values.append(state.values[position + 1])
        for direction in piece.tangents.indices {
          piece.tangents[direction].append(state.tangents[direction][position + 1])
        }
      }
    }
    moveNodes { places[$0] ?? $0 }
    (graph, memo, origins) = (next, [:], [])
    values = NodeValues(variableCount: piece.values.count, point: piece.values)
    while origins.count < graph.count {
      origins.append(Origin(range: SourceRange(start: 0, end: 0), call: CallTable.none))
    }
    segments.state = piece
    segments.count += 1
  }

  /// The nodes that the rest of the run may use.
  private mutating func neededNodes() -> [NodeIndex] {
    var needed: Set<NodeIndex> = []
    moveNodes { node in
      needed.insert(node)
      return node
    }
    return needed.sorted()
  }

  /// Replaces every node that the walk holds by `move` of it.
  private mutating func moveNodes(_ move: (NodeIndex) -> NodeIndex) {
    for index in stack.indices { stack[index] = move(stack[index]) }
    for index in names.indices {
      if case .node(let node) = names[index] { names[index] = .node(move(node)) }
    }
    for index in locals.indices { locals[index] = locals[index]?.moved(move) }
    for index in frames.indices { frames[index] = frames[index].moved(move) }
  }
}

extension Local {
  fileprivate func moved(_ move: (NodeIndex) -> NodeIndex) -> Local {
    guard case .node(let node) = value else { return self }
    return Local(value: .node(move(node)), activation: activation)
  }
}

extension Frame {
  fileprivate func moved(_ move: (NodeIndex) -> NodeIndex) -> Frame {
    switch role {
    case .series(var series, let form):
      series.total = series.total.map(move)
      series.outer = series.outer?.moved(move)
      return Frame(role: .series(series, form), stop: stop)
    case .call(let call): return Frame(role: .call(call.moved(move)), stop: stop)
    case .declared(let declared):
      let moved = DeclaredCall(
        call: declared.call.moved(move), arguments: declared.arguments.map(move),
        value: move(declared.value))
      return Frame(role: .declared(moved), stop: stop)
    case .branch, .derivative, .body: return self
    }
  }
}

extension Frame.Call {
  fileprivate func moved(_ move: (NodeIndex) -> NodeIndex) -> Frame.Call {
    Frame.Call(
      definition: definition, order: order, site: site, arguments: arguments.map(move),
      fresh: fresh, activation: activation, caller: caller, outer: outer.map { $0?.moved(move) })
  }
}
