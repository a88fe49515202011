// The error of difference quotients against the step, and what theory says of it (Figure 3).

/// The errors of some formulas over a range of steps.
package struct StepSweep: Sendable {
  /// One formula's errors.
  package struct Series: Sendable {
    /// The formula whose errors these are.
    package let formula: DifferenceFormula
    /// |quotient - derivative|, one per step; NaN where the quotient has no value.
    package let errors: [Double]
    /// The step about which the errors are smallest, with its own error.
    package let best: (step: Double, error: Double)?
    /// What is to be expected of the error; nil where the higher derivatives do not exist.
    package let theory: StepTheory?
    /// The slopes, in decades of the error per decade of the step, where truncation and where
    /// rounding rules; nil where too few errors show it.
    package let slopes: (truncation: Double?, rounding: Double?)
  }

  /// The derivative that the quotients are compared with.
  package let derivative: Double
  /// The steps h, in rising order.
  package let steps: [Double]
  /// One series for each formula, in the order in which they were asked for.
  package let series: [Series]

  /// - Parameters:
  ///   - direction: the direction of the derivative.
  ///   - derivative: the automatic derivative.
  ///   - steps: the steps, in rising order.
  ///   - perDecade: how many of them are in a decade.
  ///   - rerun: the function at other points, where it is more than its tape.
  package init(
    _ tape: Tape, at point: [Double], along direction: [Double], derivative: Double,
    _ formulas: [DifferenceFormula], steps: [Double], perDecade: Int,
    rerun: (([Double]) -> Double)? = nil
  ) {
    self.derivative = derivative
    self.steps = steps
    let differentiator = NumericalDifferentiator(tape, at: point, rerun: rerun)
    // The price of a coefficient doubles with its order, or worse; five are enough for forward and
    // central quotients.
    let wanted = (formulas.map(\.order).max() ?? 1) + 3
    let order = tape.instructionCount <= 200 ? wanted : min(wanted, 5)
    let expansion = tape.taylorCoefficients(at: point, along: direction, order: order)
    let noise = differentiator.typicalNoise(direction)
    // For smaller steps the rounded x + h is not h away from x.
    let spacing =
      zip(point, direction).filter { $0.1 != 0 }.map { 4 * $0.0.ulp / $0.1.magnitude }.min() ?? 0
    series = formulas.map { formula in
      let errors = steps.map { step in
        (differentiator.literalQuotient(direction, formula, step: step) - derivative).magnitude
      }
      let theory = StepTheory(formula, expansion, noise: noise)
      let curve = ErrorCurve(steps: steps, errors: errors)
      let best = curve.lowest(within: perDecade / 4)
      return Series(
        formula: formula, errors: errors, best: best, theory: theory,
        slopes: best.map { curve.slopes(around: $0.step, from: spacing, theory) } ?? (nil, nil))
    }
  }
}

/// The error to be expected of a formula: a h^p of truncation, b/h of rounding.
package struct StepTheory: Sendable {
  /// p, which is more than the formula's own order where a derivative happens to be 0.
  package let order: Int
  private let truncation: Double
  private let rounding: Double
  /// What is left of rounding where nothing is subtracted.
  private let floor: Double
  /// The step above which the next term of the series is more than a tenth of the first one.
  let horizon: Double

  /// - Parameters:
  ///   - expansion: the Taylor coefficients of the function.
  ///   - noise: how far rounding moves a value.
  ///   - least: the part of the first derivative below which a term is rounding, not truncation.
  /// - Returns: nil if truncation has no term, or some coefficient is not a number.
  init?(_ formula: DifferenceFormula, _ expansion: [Double], noise: Double, least: Double = 1e-13) {
    let known = expansion.prefix { $0.isFinite }.count
    guard known > formula.order + 1 else { return nil }
    let terms = (2..<known).map { k in
      (power: k - 1, size: (formula.moment(k) * expansion[k]).magnitude)
    }.filter { $0.size > least * expansion[1].magnitude && $0.size > 0 }
    guard let first = terms.first else { return nil }
    order = first.power
    truncation = first.size
    rounding = formula.amplification * noise
    floor = expansion[1].magnitude * 0x1p-53
    horizon =
      terms.dropFirst().map { next in
        Libm.pow(0.1 * first.size / next.size, 1 / Double(next.power - first.power))
      }.min() ?? .infinity
  }

  /// The expected size of the error.
  package func error(at step: Double) -> Double {
    truncation * Libm.pow(step, Double(order)) + rounding / step + floor
  }

  /// The step with the smallest error; nil where there is none. Without rounding error, the largest
  /// step at which truncation does not show.
  package var bestStep: Double? {
    let step =
      rounding > 0
      ? DifferenceFormula.bestStep(truncation: truncation, order: order, rounding: rounding)
      : Libm.pow(floor / truncation, 1 / Double(order))
    return step > 0 && step.isFinite ? step : nil
  }

  /// Whether every step below the best one is as good: there is no rounding error.
  package var isOneSided: Bool { rounding == 0 }
}

extension NumericalDifferentiator {
  /// How far rounding typically moves the value: independent errors of every operation, and of x +
  /// h.
  func typicalNoise(_ direction: [Double]) -> Double {
    let run = tape.linearized(at: point)
    let adjoints = tape.adjoints(run, at: point)
    let slots = direction.indices.filter { direction[$0] != 0 }
    let errors = (slots + Array(tape.firstInstruction..<tape.count))
      .map { (adjoints[$0] * run.values[$0].ulp).magnitude }.filter(\.isFinite)
    guard let largest = errors.max(), largest > 0 else { return 0 }
    let squares = errors.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
    // Rounding errors are spread evenly over one unit in the last place, so their variance is 1/12.
    return largest * (squares / 12).squareRoot()
  }
}

/// Errors against steps.
private struct ErrorCurve {
  let steps: [Double]
  let errors: [Double]

  /// The step whose neighbourhood has the smallest errors: in the noise of rounding, a single error
  /// may be small by accident. Among equals the largest step.
  func lowest(within reach: Int) -> (step: Double, error: Double)? {
    var best: (index: Int, level: Double)?
    for index in errors.indices where errors[index].isFinite {
      let neighbours = max(0, index - reach)...min(errors.count - 1, index + reach)
      let level = errors[neighbours].reduce(0) { $1 > $0 ? $1 : $0 }
      if level <= best?.level ?? .infinity { best = (index, level) }
    }
    return best.map { (steps[$0.index], errors[$0.index]) }
  }

  func slopes(
    around best: Double, from spacing: Double, _ theory: StepTheory?
  ) -> (truncation: Double?, rounding: Double?) {
    let horizon = theory?.horizon ?? .infinity
    let start = 4 * max(best, theory?.bestStep ?? 0)
    return (
      slope { $0 >= start && $0 <= horizon },
      theory?.isOneSided == true ? nil : slope { $0 >= spacing && $0 <= best / 4 }
    )
  }

  /// The slope of the line nearest to the errors over some of the steps, both as logarithms.
  private func slope(_ isIncluded: (Double) -> Bool) -> Double? {
    let points = zip(steps, errors)
      .filter { isIncluded($0.0) && $0.1 > 0 && $0.1.isFinite }
      .map { (x: Libm.log10($0.0), y: Libm.log10($0.1)) }
    guard let first = points.first, let last = points.last, points.count >= 4,
      last.x - first.x > 0.29
    else { return nil }
    let count = Double(points.count)
    let mean = (
      x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count
    )
    let products = points.reduce(0) { $0 + ($1.x - mean.x) * ($1.y - mean.y) }
    let squares = points.reduce(0) { $0 + ($1.x - mean.x) * ($1.x - mean.x) }
    return products / squares
  }
}

extension StepSweep {
  /// Steps in even numbers for each decade, from the first to the last: powers of ten, and between
  /// them numbers of twelve digits, the same whatever the system's `pow` may be.
  package static func steps(from first: Double, to last: Double, perDecade: Int) -> [Double] {
    let count = Double(perDecade)
    let start = Int((Libm.log10(first) * count - 1e-6).rounded(.up))
    let end = Int((Libm.log10(last) * count + 1e-6).rounded(.down))
    guard start <= end else { return [] }
    return (start...end).map { index in
      let decade = (Double(index) / count).rounded(.down)
      let digits = (Libm.pow(10, Double(index) / count - decade) * 1e11).rounded()
      return Double("\(Int64(digits))e\(Int(decade) - 11)") ?? .nan
    }
  }
}
