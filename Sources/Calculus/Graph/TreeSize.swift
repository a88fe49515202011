// How large a formula is: as a tree, where every use of a subexpression counts, and as a graph.

extension Graph {
  /// How many nodes each formula has when it is written out as a tree, leaves included.
  ///
  /// Counted along the graph: a node's tree is itself and the trees of its arguments. A count is
  /// forgotten when its last user has it, since there may be many nodes and large counts.
  package func treeSizes(of roots: [NodeIndex]) -> [Natural] {
    var pendingUses = uses(from: roots)
    var sizes = Array(repeating: Natural(0), count: pendingUses.count)
    for index in sizes.indices where pendingUses[index] > 0 {
      var size = Natural(1)
      forEachArgument(of: NodeIndex(index)) { argument in
        size += sizes[Int(argument)]
        pendingUses[Int(argument)] -= 1
        if pendingUses[Int(argument)] == 0 { sizes[Int(argument)] = Natural(0) }
      }
      sizes[index] = size
    }
    // A root is a use that is never used up.
    return roots.map { sizes[Int($0)] }
  }

  /// How many nodes the formulas have together when equal ones are one, leaves included.
  package func dagSize(of roots: [NodeIndex]) -> Int {
    uses(from: roots).reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
  }
}

extension Graph {
  /// Puts a node in the place of a variable.
  ///
  /// - Returns: the node in which `node` has `replacement` for the variable; what does not depend
  ///   on it stays the node that it is.
  package func substituting(
    _ replacement: NodeIndex, for variable: Int, in node: NodeIndex
  ) -> NodeIndex {
    let uses = uses(from: [node])
    var images = Array(repeating: NodeIndex(0), count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      images[index] = image(of: NodeIndex(index), replacement, variable, images)
    }
    return images[Int(node)]
  }

  private func image(
    of node: NodeIndex, _ replacement: NodeIndex, _ variable: Int, _ images: [NodeIndex]
  ) -> NodeIndex {
    switch self[node] {
    case .variable(variable): replacement
    case .variable, .constant: node
    case .unary(let operation, let x): unary(operation, images[Int(x)])
    case .binary(let operation, let x, let y):
      binary(operation, images[Int(x)], images[Int(y)])
    case .variadic(let operation, let xs): variadic(operation, xs.map { images[Int($0)] })
    }
  }
}
