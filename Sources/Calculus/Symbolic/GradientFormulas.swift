// Symbolic mode: a gradient's formulas, made once and evaluated at points.

/// The partial derivatives of one output as formulas, ready to run.
package struct GradientFormulas: Sendable {
  /// One per variable; nil where no derivative was asked for.
  private let tapes: [Tape?]

  /// Derives the formulas, in simplified form.
  ///
  /// - Parameter isActive: for each variable, whether to differentiate in it.
  package init(_ graph: Graph, output: NodeIndex, isActive: [Bool]) {
    let differentiator = SymbolicDifferentiator(graph, outputs: [output], form: .simplified)
    let active = isActive.indices.filter { isActive[$0] }
    let formulas = differentiator.simplified(
      active.map { differentiator.derivative(of: output, along: [$0]) })
    var tapes: [Tape?] = Array(repeating: nil, count: isActive.count)
    let constant = Array(repeating: false, count: isActive.count)
    for (variable, root) in zip(active, formulas.roots) {
      tapes[variable] = Tape(formulas.graph, output: root, isActive: constant)
    }
    self.tapes = tapes
  }

  /// How many operations all the formulas take.
  package var operationCount: Int { tapes.reduce(0) { $0 + ($1?.instructionCount ?? 0) } }

  /// The partials at a point: one per variable, 0 where none was asked for.
  ///
  /// The formulas run on scaled numbers, so that they lose nothing to a double's range on the way.
  package func partials(at point: [Double]) -> [Double] {
    tapes.map { tape in
      guard let tape else { return 0 }
      return tape.values(at: point.map { Scaled($0) })[tape.output].value
    }
  }
}
