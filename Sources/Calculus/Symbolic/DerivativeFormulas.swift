// Derivatives as formulas that are made to be evaluated: they keep the kernels of the rules.

/// Formulas of derivatives, ready to run at many points.
package struct DerivativeFormulas: Sendable {
  /// All formulas one after the other, what they share computed once; nil where there are none.
  private let tape: Tape?

  /// Derives the formulas, in simplified form.
  ///
  /// - Parameters:
  ///   - outputs: the functions to differentiate.
  ///   - paths: for each formula, the variables to differentiate in, one after the other.
  ///   - variableCount: how many coordinates a point has.
  package init(
    _ graph: Graph, of outputs: [NodeIndex], along paths: [[Int]], variableCount: Int
  ) {
    let differentiator = SymbolicDifferentiator(
      graph, outputs: outputs, form: .simplified, keepsKernels: true)
    let formulas = differentiator.simplified(differentiator.derivatives(along: paths))
    let isActive = Array(repeating: false, count: variableCount)
    tape =
      formulas.roots.isEmpty
      ? nil : Tape(formulas.graph, outputs: formulas.roots, isActive: isActive)
  }

  /// How many operations all the formulas take.
  package var operationCount: Int { tape?.instructionCount ?? 0 }

  /// The derivatives at a point: one for each output and path, the outputs in the outer order.
  ///
  /// The formulas run on scaled numbers, so that they lose nothing to a double's range on the way.
  package func values(at point: [Double]) -> [Double] {
    guard let tape else { return [] }
    let values = tape.values(at: point.map { Scaled($0) })
    return tape.outputs.map { values[$0].value }
  }

  /// How far rounding may have moved each of them; 0 where that is not known.
  package func errors(at point: [Double]) -> [Double] {
    guard let tape else { return [] }
    return RunningError.all(of: tape, at: point).map { $0.error.isFinite ? $0.error : 0 }
  }
}
