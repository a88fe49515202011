// Copies of formulas with other nodes in the places of their variables, in the same graph or
// another.

extension Graph {
  /// Puts a node in the place of a variable.
  ///
  /// - Returns: the node in which `node` has `replacement` for the variable; what does not depend
  ///   on it stays the node that it is.
  package func substituting(
    _ replacement: NodeIndex, for variable: Int, in node: NodeIndex
  ) -> NodeIndex {
    append([node], of: self) { $0 == variable ? replacement : self.variable($0) }[0]
  }

  /// Puts what variables stand for in their places, one in terms of another if need be.
  ///
  /// - Parameter originals: for each variable a node that was there before the variable.
  package func resolving(_ originals: [Int: NodeIndex], in node: NodeIndex) -> NodeIndex {
    var isNeeded = Array(repeating: false, count: Int(node) + 1)
    isNeeded[Int(node)] = true
    for index in isNeeded.indices.reversed() where isNeeded[index] {
      if case .variable(let variable) = self[NodeIndex(index)] {
        if let original = originals[variable] { isNeeded[Int(original)] = true }
      } else {
        forEachArgument(of: NodeIndex(index)) { isNeeded[Int($0)] = true }
      }
    }
    var images = Array(repeating: NodeIndex(0), count: isNeeded.count)
    for index in isNeeded.indices where isNeeded[index] {
      images[index] = image(of: self[NodeIndex(index)], images) { variable in
        originals[variable].map { images[Int($0)] } ?? self.variable(variable)
      }
    }
    return images[Int(node)]
  }

  /// Appends copies of a graph's nodes to this one, each node of the other graph once.
  ///
  /// - Parameter replacement: the node for each variable; it is asked for once or more.
  package func append(
    _ roots: [NodeIndex], of source: Graph, replacing replacement: (Int) -> NodeIndex
  ) -> [NodeIndex] {
    let uses = source.uses(from: roots)
    var images = Array(repeating: NodeIndex(0), count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      images[index] = image(of: source[NodeIndex(index)], images, replacement)
    }
    return roots.map { images[Int($0)] }
  }

  private func image(
    of content: NodeContent, _ images: [NodeIndex], _ replacement: (Int) -> NodeIndex
  ) -> NodeIndex {
    switch content {
    case .variable(let variable): replacement(variable)
    case .constant(let value): constant(value)
    case .unary(let operation, let x): unary(operation, images[Int(x)])
    case .binary(let operation, let x, let y):
      binary(operation, images[Int(x)], images[Int(y)])
    case .variadic(let operation, let xs): variadic(operation, xs.map { images[Int($0)] })
    }
  }
}

extension Formulas {
  /// Formulas over the same variables together in one graph, so that they share what they have in
  /// common.
  package init(joining parts: [Formulas]) {
    let graph = Graph()
    self.init(
      graph: graph,
      roots: parts.flatMap { graph.append($0.roots, of: $0.graph) { graph.variable($0) } })
  }
}
