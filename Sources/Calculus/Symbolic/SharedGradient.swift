// A gradient's formulas as one straight line: what they have in common is computed once.

/// The partial derivatives of one output as formulas over one tape.
package struct SharedGradient: Sendable {
  private let tape: Tape

  /// Derives the formulas; nil where there is no variable to differentiate in.
  ///
  /// - Parameter isActive: for each variable, whether to differentiate in it.
  package init?(_ graph: Graph, output: NodeIndex, isActive: [Bool]) {
    let paths = isActive.indices.filter { isActive[$0] }.map { [$0] }
    guard !paths.isEmpty else { return nil }
    let differentiator = SymbolicDifferentiator(
      graph, outputs: [output], form: .simplified, keepsKernels: true)
    let formulas = differentiator.simplified(differentiator.derivatives(along: paths))
    tape = Tape(
      formulas.graph, outputs: formulas.roots, isActive: isActive.map { _ in false })
  }

  /// The partials in the active variables, on doubles as they are.
  package func partials(at point: [Double]) -> [Double] {
    let values = tape.line.values(at: point)
    return tape.outputs.map { values[$0] }
  }

  /// What one run for all the partials takes, in operations.
  package var effort: Effort { tape.valueEffort }
}
