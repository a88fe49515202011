// The computational graph: hash-consed at birth, flat, in topological order, addressed by 32-bit
// indices.

/// A node's place in its graph. A node's arguments always have smaller indices than the node.
package typealias NodeIndex = UInt32

/// What a node of a graph is.
package enum NodeContent: Equatable, Sendable {
  case variable(Int)
  case constant(Double)
  case unary(Operation, NodeIndex)
  case binary(Operation, NodeIndex, NodeIndex)
  case variadic(Operation, [NodeIndex])
}

/// A directed acyclic graph of operations in which equal nodes are one node.
///
/// Constants are told apart by their bits, so 0 and -0 differ and every NaN is itself. Nothing is
/// simplified here: a node is what was asked for.
package class Graph {
  // Nobody holds on to these while they are changed: accesses need no check while it runs.
  @exclusivity(unchecked) private final var store = NodeStore()
  /// What may be asked of this graph; it counts and refuses nothing by itself.
  @exclusivity(unchecked) final var budget = Budget.unlimited
  /// What terms of this graph fold as they are made.
  let folding: Folding
  /// The order in which formulas name the variables; that of their indices where it is empty.
  final var variableOrder = VariableOrder()
  /// What formulas may take for granted of variables.
  final var assumptions: [Int: Set<Assumption>] = [:]

  /// Whether derivatives that are made here keep the kernels that rules are made of, to be
  /// evaluated, or show the formulas that a person would write.
  let keepsKernels: Bool

  /// - Parameter keepsKernels: whether derivatives that are added are made to be evaluated.
  package init(keepsKernels: Bool = false) {
    folding = .trace
    self.keepsKernels = keepsKernels
  }

  init(folding: Folding, keepsKernels: Bool = false) {
    self.folding = folding
    self.keepsKernels = keepsKernels
  }

  /// A copy whose new terms fold in another way; its nodes keep their indices.
  init(copying other: Graph, folding: Folding) {
    store = other.store
    self.folding = folding
    keepsKernels = false
    variableOrder = other.variableOrder
    assumptions = other.assumptions
  }

  /// A copy that goes on by itself; its nodes keep their indices.
  package init(copying other: Graph) {
    store = other.store
    folding = other.folding
    keepsKernels = other.keepsKernels
    variableOrder = other.variableOrder
    assumptions = other.assumptions
  }

  /// The node of an operation in the form that this graph keeps; nil in a plain graph, where terms
  /// fold as `folding` says.
  ///
  /// - Parameter xs: the arguments, which a plain graph does not ask for.
  func normalized(_ operation: Operation, _ xs: @autoclosure () -> [NodeIndex]) -> NodeIndex? {
    nil
  }

  /// Whether a chain of sums or products goes on inside of a node.
  func isOpen(_ node: NodeIndex) -> Bool { true }

  /// How many nodes there are, those that no formula uses any more included.
  package final var count: Int { store.count }

  /// The node of a variable, by its position in the list of variables.
  package final func variable(_ index: Int) -> NodeIndex {
    store.insert(.variable(index))
  }

  /// The node of a number, known by its bits: 0 and -0 are two nodes.
  package final func constant(_ value: Double) -> NodeIndex {
    store.insert(.constant(value))
  }

  /// The node of an operation on one argument: the one there is, or a new one. Nothing is folded.
  package final func unary(_ operation: Operation, _ x: NodeIndex) -> NodeIndex {
    budget.spend()
    return store.insert(.operation(operation, x, 0))
  }

  /// The node of an operation on two arguments, in this order. Nothing is folded.
  package final func binary(_ operation: Operation, _ x: NodeIndex, _ y: NodeIndex) -> NodeIndex {
    budget.spend()
    return store.insert(.operation(operation, x, y))
  }

  /// The node of an operation on any number of arguments, in this order. Nothing is folded.
  package final func variadic(_ operation: Operation, _ xs: [NodeIndex]) -> NodeIndex {
    budget.spend(xs.count + 1)
    return store.insert(operation, xs)
  }

  /// What a node is: a variable, a number, or an operation with its arguments.
  package final subscript(_ index: NodeIndex) -> NodeContent { store.content(of: index) }

  /// The node where it is a variable or a constant, nil where it is an operation.
  final subscript(leaf index: NodeIndex) -> NodeContent? { store.leaf(index) }

  /// Calls `body` with each argument of a node, in order.
  final func forEachArgument(of index: NodeIndex, _ body: (NodeIndex) -> Void) {
    store.forEachArgument(of: index, body)
  }

  /// A node's arguments, in order; none for a leaf.
  package final func arguments(of index: NodeIndex) -> [NodeIndex] {
    var arguments: [NodeIndex] = []
    forEachArgument(of: index) { arguments.append($0) }
    return arguments
  }
}

extension Graph {
  /// Whether a formula has an operation in it.
  package func contains(_ operation: Operation, under root: NodeIndex) -> Bool {
    uses(from: [root]).enumerated().contains { index, uses in
      uses > 0 && self.operation(of: NodeIndex(index)) == operation
    }
  }

  /// The variables that a formula depends on.
  package func variables(under root: NodeIndex) -> Set<Int> {
    let uses = uses(from: [root])
    return uses.indices.reduce(into: []) { variables, index in
      guard uses[index] > 0, case .variable(let variable)? = self[leaf: NodeIndex(index)] else {
        return
      }
      variables.insert(variable)
    }
  }

  /// The operation of a node; nil for a leaf.
  func operation(of node: NodeIndex) -> Operation? {
    switch self[node] {
    case .variable, .constant: nil
    case .unary(let operation, _), .binary(let operation, _, _), .variadic(let operation, _):
      operation
    }
  }

  /// For each node up to the last root, whether a constant below it is NaN.
  package func holdNaN(upTo roots: [NodeIndex]) -> [Bool] {
    guard let last = roots.max() else { return [] }
    var holds: [Bool] = []
    for node in 0...last {
      var held = if case .constant(let value)? = self[leaf: node] { value.isNaN } else { false }
      forEachArgument(of: node) { held = held || holds[Int($0)] }
      holds.append(held)
    }
    return holds
  }
}
