// Values of nodes that no double holds, for runs that go node by node.

/// Computes the values of nodes one after the other, and remembers those that have left the range.
package struct NodeRange {
  /// The values that the doubles do not hold.
  private var lost: [NodeIndex: Scaled] = [:]

  /// No node is out of a double's range yet.
  package init() {}

  /// The value of an operation on nodes whose values are known, to the nearest double.
  ///
  /// - Parameters:
  ///   - value: what it is on doubles.
  ///   - node: the node that it is the value of.
  package mutating func settle(
    _ value: Double, of operation: Operation, _ arguments: [NodeIndex], _ values: [Double],
    as node: NodeIndex
  ) -> Double {
    let operands = arguments.map { lost[$0] ?? Scaled(values[Int($0)]) }
    let wide = operation.scaledValue(operands)
    let isWide = arguments.contains { lost[$0] != nil }
    if wide.isNaN, !isWide { return value }
    if wide != Scaled(wide.value) { lost[node] = wide }
    return wide.value
  }

  /// Whether doubles hold all values so far.
  package var isEmpty: Bool { lost.isEmpty }
}
