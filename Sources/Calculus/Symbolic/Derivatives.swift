// The doors to symbolic differentiation: derivatives of a graph's nodes as formulas.

/// How far a derivative's formula is worked on.
package enum FormulaForm: String, CaseIterable, Sendable {
  /// What the rules give, with nothing but 0 and 1 folded.
  case raw
  /// As a person would write it.
  case simplified
  /// Multiplied out, terms in rising powers.
  case expanded
}

/// Formulas over the same variables that share their common subexpressions.
package struct Formulas {
  /// The graph that holds the formulas, and maybe more.
  package let graph: Graph
  /// The root of each formula.
  package let roots: [NodeIndex]

  /// Takes nodes of a graph as formulas, in the order given; nothing is copied.
  package init(graph: Graph, roots: [NodeIndex]) {
    self.graph = graph
    self.roots = roots
  }
}

/// Why a formula cannot be had in the form that was asked for.
package enum FormError: Error, Sendable, Equatable {
  /// A coefficient would need more than the 53 bits of a double.
  case coefficientTooLarge
  /// More terms than a reader could use.
  case tooManyTerms(limit: Int)
  /// More work than the budget allows, in nodes of the graph.
  case tooManyNodes(limit: Int)
}

extension Graph {
  /// Derivatives of any order as formulas.
  ///
  /// - Parameters:
  ///   - outputs: the functions to differentiate.
  ///   - paths: for each formula, the variables to differentiate in, one after the other; an empty
  ///     path is the function itself.
  ///   - budget: how many nodes it may make; nil for a limit in proportion to the functions.
  ///   - effort: a factor on that limit.
  /// - Returns: a formula for each output and path, the outputs in the outer order.
  package func derivatives(
    of outputs: [NodeIndex], along paths: [[Int]], form: FormulaForm, budget: Budget? = nil,
    effort: Double = 1
  ) throws(FormError) -> Formulas {
    let differentiator = SymbolicDifferentiator(
      self, outputs: outputs, form: form,
      budget: budget
        ?? .ofDerivatives(of: count, derivatives: outputs.count * paths.count, effort: effort))
    let roots = differentiator.derivatives(along: paths)
    try differentiator.checkBudget()
    return try differentiator.formulas(roots)
  }
}

extension Graph {
  /// Appends the derivative of a node, in one variable after the other, to this same graph.
  ///
  /// - Parameter budget: how many nodes it may make; what is used is subtracted.
  package func appendDerivative(
    of output: NodeIndex, along path: [Int], budget: inout Budget
  ) throws(FormError) -> NodeIndex {
    let differentiator = SymbolicDifferentiator(
      self, outputs: [output], form: .simplified, keepsKernels: keepsKernels, budget: budget)
    let roots = differentiator.derivatives(along: [path])
    budget = differentiator.graph.budget
    try differentiator.checkBudget()
    let formulas = differentiator.simplified(roots)
    var importer = FormulaImporter(formulas.graph, outputs: formulas.roots, into: self)
    return importer.run()[Int(formulas.roots[0])]
  }
}
