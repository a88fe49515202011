// Numerical differentiation: difference quotients with a step for each variable.

/// One derivative by a difference quotient.
package struct DifferenceQuotient: Sendable {
  /// The quotient; NaN where the function has no value at one of its points.
  package let value: Double
  /// The formula that was used, which is a fallback where the one asked for has no value.
  package let formula: DifferenceFormula
  /// The step that was asked for.
  package let step: Double
  /// The step that x + h really is away from x once it is rounded; 0 if that is x itself.
  package let stepTaken: Double
  /// How often the function was evaluated, its value at the point itself not counted.
  package let evaluations: Int
  /// Truncation and rounding together; nil if it was not asked for.
  package let errorEstimate: Double?
}

/// Difference quotients of a function at a point.
package struct NumericalDifferentiator {
  let tape: Tape
  let point: [Double]
  /// f at the point itself.
  package let valueAtPoint: Double
  /// How far the rounding of a slot may be expected to have moved the value: ε |v̄ v|.
  private let noises: [Double]
  private let operationNoise: Double
  /// The function at other points, where the program may take other branches than the tape; nil if
  /// the tape holds everywhere.
  private let rerun: (([Double]) -> Double)?

  /// Runs the tape once at the point, to estimate the rounding noise that the steps are chosen by.
  ///
  /// - Parameter rerun: f at another point, for programs whose branches depend on the point.
  package init(_ tape: Tape, at point: [Double], rerun: (([Double]) -> Double)? = nil) {
    self.tape = tape
    self.point = point
    self.rerun = rerun
    let run = tape.linearized(at: point)
    valueAtPoint = run.values[tape.output]
    noises = zip(tape.adjoints(run, at: point), run.values).map { adjoint, value in
      let weight = (adjoint * value).magnitude * 0x1p-53
      return weight.isFinite ? weight : 0
    }
    operationNoise = noises[tape.firstInstruction...].reduce(0, +)
  }

  /// How far rounding may be expected to move values along a direction: that of every operation,
  /// and unless steps are exact, that of the moved point.
  func noise(along direction: [Double]) -> Double {
    if axis(of: direction) != nil { return operationNoise }
    return direction.indices.reduce(operationNoise) {
      direction[$1] == 0 ? $0 : $0 + noises[$1]
    }
  }

  /// The one variable that a direction moves by the step itself.
  private func axis(of direction: [Double]) -> Int? {
    let moving = direction.indices.filter { direction[$0] != 0 }
    return moving.count == 1 && direction[moving[0]].magnitude == 1 ? moving[0] : nil
  }

  /// The derivative along `direction` (a unit vector for a partial derivative).
  ///
  /// - Parameters:
  ///   - size: the size of what is varied, which the default step is in proportion to.
  ///   - step: the step instead of the default; the adaptive formula has none.
  ///   - usesTheory: whether to take the step that theory calls best, where the usual one is far from
  ///     it; the higher derivatives that it needs cost many evaluations' time, and no evaluation.
  ///   - estimatesError: whether to spend as many evaluations again on an error estimate.
  package func quotient(
    along direction: [Double], size: Double, _ formula: DifferenceFormula, step: Double? = nil,
    usesTheory: Bool = false, estimatesError: Bool = false
  ) -> DifferenceQuotient {
    let scale = Self.scale(size)
    if case .adaptive = formula.approach {
      return adaptiveDerivative(along: direction, size: scale).quotient
    }
    let usual = formula.defaultStep(scale)
    let expansion = step == nil && usesTheory ? expansion(direction, formula) : nil
    if let expansion,
      let better = theoreticalStep(direction, formula, expansion, besides: usual)
    {
      let quotient = inDomain(direction, formula, better, false)
      return estimatesError ? estimated(quotient, direction) : quotient
    }
    let first = inDomain(direction, formula, step ?? usual, step != nil)
    // A small variable may be part of a function that is not small: next to 1, the effect of a step
    // in proportion to 1e-10 is lost in rounding.
    let isDrowned =
      scale < 1
      && formula.amplification * noise(along: direction) / first.step
        > 1e-4 * first.value.magnitude
    // Nor is a large variable a guide where the Taylor coefficients are not finite, as after an
    // overflow.
    let isLost = expansion?.allSatisfy(\.isFinite) == false && scale > 1
    guard step == nil, isDrowned || isLost else {
      return estimatesError ? estimated(first, direction) : first
    }
    let second = inDomain(direction, formula, formula.defaultStep(1), false)
    let (a, b) = (estimated(first, direction), estimated(second, direction))
    let better = (b.errorEstimate ?? .infinity) < (a.errorEstimate ?? .infinity) ? b : a
    return DifferenceQuotient(
      value: better.value, formula: better.formula, step: better.step,
      stepTaken: better.stepTaken, evaluations: a.evaluations + b.evaluations,
      errorEstimate: estimatesError ? better.errorEstimate : nil)
  }

  /// Taylor coefficients of longer tapes cost more than the quotient that they are to help.
  private static let longestForTheory = 2_000

  /// The step that theory calls best, from the higher derivatives that the tape gives; nil where
  /// they do not exist, or where the usual step is about as good.
  ///
  /// Needed where a variable is much larger than the scale on which the function varies: sin at
  /// -10,000.
  private func theoreticalStep(
    _ direction: [Double], _ formula: DifferenceFormula, _ expansion: [Double],
    besides usual: Double
  ) -> Double? {
    guard
      let theory = StepTheory(formula, expansion, noise: typicalNoise(direction), least: 0),
      let best = theory.bestStep
    else { return nil }
    // No step beyond the next term of the series, where the theory ends.
    var step = min(best, theory.horizon)
    // Nor beyond 0, where many formulas have a kink, if half the distance to it gives 10 digits.
    if let axis = axis(of: direction) {
      let half = point[axis].magnitude / 2
      let isEnough = theory.error(at: half) <= 1e-10 * expansion[1].magnitude
      if step > half, isEnough { step = half }
    }
    guard step.isNormal, step <= 0x1p1000, theory.error(at: usual) > 8 * theory.error(at: step)
    else { return nil }
    return step.binade
  }

  /// The Taylor coefficients that theory needs; nil where it has nothing to say or they cost too
  /// much.
  private func expansion(_ direction: [Double], _ formula: DifferenceFormula) -> [Double]? {
    guard case .stencil = formula.approach, tape.instructionCount <= Self.longestForTheory
    else { return nil }
    let order = formula.order + (tape.instructionCount <= 200 ? 3 : 1)
    return tape.taylorCoefficients(at: point, along: direction, order: order)
  }

  static func scale(_ size: Double) -> Double {
    size == 0 || !size.isFinite ? 1 : size.magnitude
  }

  /// The quotient by the formula. Where that leaves the domain, the best of one-sided formulas and
  /// smaller steps; a step that the user chose is not changed.
  private func inDomain(
    _ direction: [Double], _ formula: DifferenceFormula, _ step: Double, _ isFixed: Bool
  ) -> DifferenceQuotient {
    let asked = quotient(direction, formula, step)
    guard !asked.value.isFinite, asked.stepTaken != 0, valueAtPoint.isFinite else { return asked }
    var candidates = formula.fallbacks.map { ($0, step) }
    if !isFixed { candidates += [0x1p-10, 0x1p-20].map { (formula, step * $0) } }
    let attempts = candidates.map { estimated(quotient(direction, $0.0, $0.1), direction) }
    let evaluations = attempts.reduce(asked.evaluations) { $0 + $1.evaluations }
    let best = attempts.filter(\.value.isFinite).min {
      ($0.errorEstimate ?? .infinity) < ($1.errorEstimate ?? .infinity)
    }
    return DifferenceQuotient(
      value: best?.value ?? asked.value, formula: best?.formula ?? formula,
      step: best?.step ?? step, stepTaken: best?.stepTaken ?? asked.stepTaken,
      evaluations: evaluations, errorEstimate: nil)
  }

  private func quotient(
    _ direction: [Double], _ formula: DifferenceFormula, _ step: Double
  ) -> DifferenceQuotient {
    let taken = stepTaken(direction, formula, step)
    return DifferenceQuotient(
      value: taken == 0 ? .nan : literalQuotient(direction, formula, step: taken),
      formula: formula, step: step, stepTaken: taken,
      evaluations: taken == 0 ? 0 : formula.evaluations ?? 0, errorEstimate: nil)
  }

  /// The formula as it is written, with whatever rounding does to x + h.
  func literalQuotient(
    _ direction: [Double], _ formula: DifferenceFormula, step: Double
  ) -> Double {
    guard case .stencil(let places, let divisor) = formula.approach else {
      return complexQuotient(direction, step: step)
    }
    // By differences, which are exact where values are near each other: the weights cancel only in
    // theory. Two-sided formulas have opposite weights on either side.
    let isTwoSided = places.contains { $0.offset < 0 } && places.contains { $0.offset > 0 }
    let sum = places.reduce(0) { sum, place in
      if place.offset == 0 || (isTwoSided && place.offset < 0) { return sum }
      let other = isTwoSided ? value(direction, -place.offset * step) : valueAtPoint
      return sum + place.weight * (value(direction, place.offset * step) - other)
    }
    return sum / divisor / step
  }

  /// The function's value at a distance along the direction.
  func value(_ direction: [Double], _ distance: Double) -> Double {
    if distance == 0 { return valueAtPoint }
    let place = zip(point, direction).map { $1 == 0 ? $0 : $0 + distance * $1 }
    return rerun?(place) ?? tape.value(at: place)
  }

  /// The nearest step at which every place of the formula is a double, along a single axis.
  func stepTaken(
    _ direction: [Double], _ formula: DifferenceFormula, _ step: Double
  ) -> Double {
    if case .complexStep = formula.approach { return step }
    guard let axis = axis(of: direction) else {
      // At least one variable must move.
      let moves = direction.indices.contains {
        point[$0] + step * direction[$0] != point[$0]
      }
      return moves ? step : 0
    }
    let farthest = point[axis].magnitude + formula.reach.largest * step
    guard farthest.isFinite else { return step }
    let spacing = farthest.ulp / formula.reach.smallest
    let count = step / spacing
    return count < 0x1p52 ? count.rounded() * spacing : step
  }

  /// The same with an error estimate: twice the step shows the truncation error, which grows with
  /// h to the order, and the noise of the value over the step is the rounding error.
  private func estimated(
    _ quotient: DifferenceQuotient, _ direction: [Double]
  ) -> DifferenceQuotient {
    guard quotient.stepTaken != 0 else { return quotient }
    let wider = self.quotient(direction, quotient.formula, quotient.step * 2)
    let growth = Double(1 << quotient.formula.order) - 1
    let truncation = (wider.value - quotient.value).magnitude / growth
    return DifferenceQuotient(
      value: quotient.value, formula: quotient.formula, step: quotient.step,
      stepTaken: quotient.stepTaken, evaluations: quotient.evaluations + wider.evaluations,
      errorEstimate: truncation.isFinite
        ? truncation + rounding(quotient, along: direction) : .infinity)
  }

  /// What rounding may do to a quotient.
  private func rounding(_ quotient: DifferenceQuotient, along direction: [Double]) -> Double {
    let noise = 4 * noise(along: direction) + valueAtPoint.magnitude * 0x1p-52
    return quotient.formula.amplification * noise / quotient.step
      + quotient.value.magnitude * 0x1p-50
  }
}
