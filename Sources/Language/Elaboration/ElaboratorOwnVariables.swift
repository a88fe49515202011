// `diff(z, y)` in a body, where z was computed from y before: variables of the body's own.
import Calculus
import Syntax

extension Elaborator {
  /// By definition with a body, the names that it differentiates in.
  func namesDifferentiatedIn() -> [Int: Set<SyntaxTree.Symbol>] {
    var names: [Int: Set<SyntaxTree.Symbol>] = [:]
    for form in forms where form.kind == .derivative {
      guard let symbol = form.symbol else { continue }
      let index = tree.definitions.partitioningIndex { $0.nodes.upperBound > form.node }
      if index < tree.definitions.count, tree.definitions[index].body != nil {
        names[index, default: []].insert(symbol)
      }
    }
    return names
  }

  /// Replaces a node by a variable, if a name bound to it is differentiated in. What the body then
  /// computes from the name depends on the variable, up to the body's end.
  mutating func own(
    _ node: NodeIndex, as symbol: SyntaxTree.Symbol, of definition: Int
  ) -> NodeIndex {
    guard differentiatedIn[definition]?.contains(symbol) == true else { return node }
    let variable = values.addVariable(for: node, of: graph)
    ownVariables.append(variable)
    return graph.variable(variable)
  }

  mutating func bindOwnParameters(of definition: Int) {
    guard differentiatedIn[definition] != nil else { return }
    for parameter in tree.definitions[definition].parameters ?? [] {
      guard let local = locals[parameter.symbol.index], case .node(let node) = local.value
      else { continue }
      locals[parameter.symbol.index] = Local(
        value: .node(own(node, as: parameter.symbol, of: definition)),
        activation: local.activation)
    }
    noteOrigins(at: tree.definitions[definition].nodes.upperBound - 1)
  }

  /// The variable that a node is, if it belongs to a body that is being run.
  func ownVariable(_ node: NodeIndex) -> Int? {
    guard case .variable(let variable) = graph[node] else { return nil }
    let place = ownVariables.partitioningIndex { $0 >= variable }
    return place < ownVariables.count && ownVariables[place] == variable ? variable : nil
  }

  /// Substitutes what the variables stand for in the body's value, which is on the stack.
  mutating func resolveOwnVariables(
    from first: Int, at nodes: Range<Int>
  ) throws(Problem) {
    guard ownVariables.count > first else { return }
    let originals = ownVariables[first...].map { ($0, values.original(of: $0)) }
    ownVariables.removeLast(originals.count)
    let value = graph.resolving(
      Dictionary(originals) { $1 }, in: stack.removeLast())
    try put(value, at: nodes.upperBound - 1)
  }
}
