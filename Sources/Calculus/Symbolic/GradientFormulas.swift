// Symbolic mode: a gradient's formulas, made once and evaluated at points.

/// The partial derivatives of one output as formulas, ready to run.
package struct GradientFormulas: Sendable {
  private let formulas: DerivativeFormulas
  private let isActive: [Bool]

  /// Derives the formulas.
  ///
  /// - Parameter isActive: for each variable, whether to differentiate in it.
  package init(_ graph: Graph, output: NodeIndex, isActive: [Bool]) {
    self.isActive = isActive
    formulas = DerivativeFormulas(
      graph, of: [output], along: isActive.indices.filter { isActive[$0] }.map { [$0] },
      variableCount: isActive.count)
  }

  /// How many operations all the formulas take.
  package var operationCount: Int { formulas.operationCount }

  /// The partials at a point: one per variable, 0 where none was asked for.
  package func partials(at point: [Double]) -> [Double] {
    var values = formulas.values(at: point).makeIterator()
    return isActive.map { $0 ? values.next() ?? 0 : 0 }
  }

  /// How far rounding may have moved each partial; 0 where that is not known.
  package func errors(at point: [Double]) -> [Double] {
    var errors = formulas.errors(at: point).makeIterator()
    return isActive.map { $0 ? errors.next() ?? 0 : 0 }
  }
}
