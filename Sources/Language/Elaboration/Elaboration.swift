// What elaborating an expression gives.
import Calculus

/// An expression, or one output of a list, as a graph.
package struct Elaboration {
  /// The graph over the variables that the elaborator was given, in their order.
  package let graph: Graph
  /// The root of the output in `graph`.
  package let output: NodeIndex
  /// Where each node of the graph stands in the text; of equal nodes, the first.
  let origins: [Origin]
  let calls: CallTable
  let passes: LoopPasses
  /// Variables that decide how many terms a sum has: their values were read off the point, and
  /// another point may need another graph.
  package let countingVariables: Set<Int>
  let path: ExecutedPath
  /// Whether there are derivatives inside that are limits where equalities hold.
  let hasEqualities: Bool
  /// How many operations it took to get here, those of earlier outputs among them.
  package let operationCount: Int
  /// What was assigned, as far as it was to be observed.
  let assignments: [Assignment]
  let observedCalls: [ObservedCall]

  /// Whether another point may need another graph.
  package var isBoundToPoint: Bool {
    !countingVariables.isEmpty || path.firstOpen != nil || hasEqualities
  }
}
