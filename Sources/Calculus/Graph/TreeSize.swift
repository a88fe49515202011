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
    // Each root counts as one more user, so its size is never dropped.
    return roots.map { sizes[Int($0)] }
  }

  /// How many nodes the formulas have together when equal ones are one, leaves included.
  package func dagSize(of roots: [NodeIndex]) -> Int {
    uses(from: roots).reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
  }
}
