// Derivatives as formulas that are made to be evaluated: they keep the kernels of the rules.

/// Formulas of derivatives, ready to run at many points.
package struct DerivativeFormulas: Sendable {
  private let tapes: [Tape]

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
    tapes = formulas.roots.map { Tape(formulas.graph, output: $0, isActive: isActive) }
  }

  /// How many operations all the formulas take.
  package var operationCount: Int { tapes.reduce(0) { $0 + $1.instructionCount } }

  /// The derivatives at a point: one for each output and path, the outputs in the outer order.
  ///
  /// The formulas run on scaled numbers, so that they lose nothing to a double's range on the way.
  package func values(at point: [Double]) -> [Double] {
    let scaled = point.map { Scaled($0) }
    return tapes.map { $0.values(at: scaled)[$0.output].value }
  }

  /// How far rounding may have moved each of them; 0 where that is not known.
  package func errors(at point: [Double]) -> [Double] {
    tapes.map { tape in
      let error = RunningError(tape, at: point).error
      return error.isFinite ? error : 0
    }
  }

  /// One of these derivatives.
  package func value(_ index: Int, at point: [Double]) -> Double {
    tapes[index].scaledValue(at: point)
  }
}
