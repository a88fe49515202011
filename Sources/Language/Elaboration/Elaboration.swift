// What elaborating an expression gives.
import Calculus

/// An expression, or one output of a list, as a graph.
package struct Elaboration {
  /// The graph over the variables that the elaborator was given, in their order.
  package let graph: Graph
  /// The root of the output in `graph`.
  package let output: NodeIndex
  /// The position of each node's text; of equal nodes, the first.
  let origins: [Origin]
  let calls: CallTable
  let passes: LoopPasses
  /// Variables on whose values at the point the number of terms of a sum depends: another point may
  /// need another graph.
  package let countingVariables: Set<Int>
  let path: ExecutedPath
  /// Whether there are derivatives inside that are limits where equalities hold.
  let hasEqualities: Bool
  /// How many operations it took to get here, those of earlier outputs among them.
  package let operationCount: Int
  /// The assignments that were to be observed.
  let assignments: [Assignment]
  let observedCalls: [ObservedCall]

  /// Whether another point may need another graph.
  package var isBoundToPoint: Bool {
    !countingVariables.isEmpty || path.firstOpen != nil || hasEqualities
  }
}
