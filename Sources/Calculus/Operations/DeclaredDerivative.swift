// A function whose derivatives the user declares, in place of those of its body.

/// y by its body, with arguments x₁ … xₙ and declared partial derivatives g₁ … gₙ, as the operands
/// y, x₁ … xₙ, g₁ … gₙ. The derivatives of the gₖ are their own, so that higher ones follow.
enum DeclaredDerivative: VariadicOperation {
  static var operation: Operation { .declaredDerivative }
  static var about: About {
    .kernel(
      "declared derivative", of: ["y", "x", "g", "…"], arity: 3...Int.max,
      "a value with derivatives that were declared")
  }
  static var continuation: VariadicContinuation { .analytic { $0[0] } }

  /// Written as its value: the declared derivatives are not shown.
  static func term<F: FormulaScalar>(_ xs: [F]) -> F {
    xs.contains(where: \.keepsKernels) ? .node(operation, xs) : xs[0]
  }

  static func value(_ xs: [Double]) -> Double { xs[0] }
  static func scaled(_ xs: [Scaled]) -> Scaled { xs[0] }

  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    let count = (xs.count - 1) / 2
    return xs.indices.map { (1...count).contains($0) ? xs[$0 + count] : 0 }
  }

  /// The value depends on the body alone and the derivative on the arguments alone; the declared
  /// formulas only matter to the derivative in their own argument.
  static func roles(_ xs: [Double]) -> [EdgeRole] {
    let count = (xs.count - 1) / 2
    return xs.indices.map { $0 == 0 ? .flat : $0 <= count ? .smooth : .ignored }
  }
}
