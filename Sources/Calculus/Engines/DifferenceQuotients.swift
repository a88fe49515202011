// Numerical differentiation: difference quotients with a step for each variable.

/// A formula that approximates a derivative by function values.
package enum DifferenceFormula: String, CaseIterable, Sendable {
  /// (f(x + h) - f(x)) / h
  case forward
  /// (f(x) - f(x - h)) / h
  case backward
  /// (f(x + h) - f(x - h)) / 2h
  case central
  /// (-3 f(x) + 4 f(x + h) - f(x + 2h)) / 2h, where the central one would leave the domain
  case forwardThreePoint
  /// (3 f(x) - 4 f(x - h) + f(x - 2h)) / 2h
  case backwardThreePoint

  /// The power of h in the truncation error.
  package var order: Int {
    switch self {
    case .forward, .backward: 1
    case .central, .forwardThreePoint, .backwardThreePoint: 2
    }
  }

  /// The places where the function is evaluated, in steps from x, with their weights in units of 1/h.
  var stencil: [(offset: Double, weight: Double)] {
    switch self {
    case .forward: [(0, -1), (1, 1)]
    case .backward: [(-1, -1), (0, 1)]
    case .central: [(-1, -0.5), (1, 0.5)]
    case .forwardThreePoint: [(0, -1.5), (1, 2), (2, -0.5)]
    case .backwardThreePoint: [(-2, 0.5), (-1, -2), (0, 1.5)]
    }
  }

  /// What to try where the function does not exist at one of the stencil's places.
  var fallbacks: [DifferenceFormula] {
    switch self {
    case .forward: [.backward]
    case .backward: [.forward]
    case .central: [.forwardThreePoint, .backwardThreePoint]
    case .forwardThreePoint, .backwardThreePoint: []
    }
  }
}

/// One partial derivative by a difference quotient.
package struct DifferenceQuotient: Sendable {
  package let value: Double
  package let formula: DifferenceFormula
  package let step: Double
  /// How often the function was evaluated, its value at the point itself not counted.
  package let evaluations: Int
  /// Truncation, from a second step, and rounding together; nil if it was not asked for.
  package let errorEstimate: Double?
}

/// Difference quotients of a function at a point.
package struct NumericalDifferentiator {
  let tape: Tape
  let point: [Double]
  package let valueAtPoint: Double
  /// How far rounding may be expected to have moved the value: ε Σ |v̄ v| over all slots.
  let noise: Double

  package init(_ tape: Tape, at point: [Double]) {
    self.tape = tape
    self.point = point
    let run = tape.linearized(at: point)
    valueAtPoint = run.values[tape.output]
    noise =
      zip(tape.adjoints(run, at: point), run.values).reduce(0) { sum, slot in
        let weight = (slot.0 * slot.1).magnitude
        return weight.isFinite ? sum + weight : sum
      } * 0x1p-53
  }

  /// The derivative along `direction` (a unit vector for a partial derivative).
  ///
  /// - Parameters:
  ///   - size: the size of what is varied, which the default step is in proportion to.
  ///   - step: the step instead of the default, ε^(1/(order + 1)) times the size.
  ///   - estimatesError: whether to spend as many evaluations again on an error estimate.
  package func quotient(
    along direction: [Double], size: Double, _ formula: DifferenceFormula, step: Double? = nil,
    estimatesError: Bool = false
  ) -> DifferenceQuotient {
    let scale = size == 0 || !size.isFinite ? 1 : size.magnitude
    let first = inDomain(direction, formula, step ?? Self.defaultStep(formula, scale), step != nil)
    // A variable that happens to be small may stand in a function that is not: beside 1, a step in
    // proportion to 1e-10 drowns in rounding.
    guard step == nil, scale < 1, noise / first.step > 1e-4 * first.value.magnitude else {
      return estimatesError ? estimated(first, direction) : first
    }
    let second = inDomain(direction, formula, Self.defaultStep(formula, 1), false)
    let (a, b) = (estimated(first, direction), estimated(second, direction))
    let better = (b.errorEstimate ?? .infinity) < (a.errorEstimate ?? .infinity) ? b : a
    return DifferenceQuotient(
      value: better.value, formula: better.formula, step: better.step,
      evaluations: a.evaluations + b.evaluations,
      errorEstimate: estimatesError ? better.errorEstimate : nil)
  }

  /// Where truncation (h to the order) and rounding (ε/h) are about equal.
  static func defaultStep(_ formula: DifferenceFormula, _ size: Double) -> Double {
    let fraction = formula.order == 1 ? 0x1p-26 : 6.055454452393343e-06  // ε^(1/2), ε^(1/3)
    return max(fraction * size, .leastNormalMagnitude)
  }

  /// The quotient by the formula, or where that leaves the domain, the best of a one-sided one and
  /// of smaller steps. A step that the user chose stays.
  private func inDomain(
    _ direction: [Double], _ formula: DifferenceFormula, _ step: Double, _ isFixed: Bool
  ) -> DifferenceQuotient {
    let asked = quotient(direction, formula, step)
    guard !asked.value.isFinite, valueAtPoint.isFinite else { return asked }
    var candidates = formula.fallbacks.map { ($0, step) }
    if !isFixed { candidates += [0x1p-10, 0x1p-20].map { (formula, step * $0) } }
    let attempts = candidates.map { estimated(quotient(direction, $0.0, $0.1), direction) }
    let evaluations = attempts.reduce(asked.evaluations) { $0 + $1.evaluations }
    let best = attempts.filter(\.value.isFinite).min {
      ($0.errorEstimate ?? .infinity) < ($1.errorEstimate ?? .infinity)
    }
    return DifferenceQuotient(
      value: best?.value ?? asked.value, formula: best?.formula ?? formula,
      step: best?.step ?? step, evaluations: evaluations, errorEstimate: nil)
  }

  private func quotient(
    _ direction: [Double], _ formula: DifferenceFormula, _ step: Double
  ) -> DifferenceQuotient {
    var sum = 0.0
    var evaluations = 0
    for (offset, weight) in formula.stencil {
      if offset == 0 {
        sum += weight * valueAtPoint
      } else {
        let moved = zip(point, direction).map { $1 == 0 ? $0 : $0 + offset * step * $1 }
        sum += weight * tape.value(at: moved)
        evaluations += 1
      }
    }
    return DifferenceQuotient(
      value: sum / exactStep(direction, step), formula: formula, step: step,
      evaluations: evaluations, errorEstimate: nil)
  }

  /// The step that is really taken once x + h is rounded, along a single axis.
  private func exactStep(_ direction: [Double], _ step: Double) -> Double {
    let moving = direction.indices.filter { direction[$0] != 0 }
    guard moving.count == 1, let axis = moving.first, direction[axis] == 1 else { return step }
    let taken = (point[axis] + step) - point[axis]
    return taken == 0 ? step : taken
  }

  /// The same with an error estimate: twice the step shows the truncation error, which grows with
  /// h to the order, and the noise of the value over the step is the rounding error.
  private func estimated(
    _ quotient: DifferenceQuotient, _ direction: [Double]
  ) -> DifferenceQuotient {
    let wider = self.quotient(direction, quotient.formula, quotient.step * 2)
    let ratio = quotient.formula.order == 1 ? 1.0 : 3.0
    let truncation = (wider.value - quotient.value).magnitude / ratio
    let rounding = (4 * noise + valueAtPoint.magnitude * 0x1p-52) / quotient.step
    return DifferenceQuotient(
      value: quotient.value, formula: quotient.formula, step: quotient.step,
      evaluations: quotient.evaluations + wider.evaluations,
      errorEstimate: truncation.isFinite ? truncation + rounding : .infinity)
  }
}
