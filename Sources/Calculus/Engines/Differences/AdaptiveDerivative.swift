// Ridders' method: a numerical derivative that finds its own step and says how far to trust it.

/// A derivative with an error estimate, and what the two sides of the point say.
package struct AdaptiveDerivative: Sendable {
  /// The derivative from one side.
  package struct OneSide: Sendable {
    /// The one-sided derivative, extrapolated to step 0.
    package let value: Double
    /// In the derivative's units; infinite where the quotients do not settle.
    package let errorEstimate: Double
  }

  /// The derivative, extrapolated to step 0.
  package let value: Double
  /// Infinite where the quotients do not settle: a jump, an infinite slope, noise.
  package let errorEstimate: Double
  /// The smallest step of the quotients that the value was made of.
  package let step: Double
  /// How often the function was evaluated, its value at the point itself not counted.
  package let evaluations: Int
  /// From the left and from the right; nil on a side where the function has no value.
  package let left: OneSide?
  /// nil where the function has no value on the right.
  package let right: OneSide?
  /// Whether the sides stay apart however small the step: a corner or a jump. The value is then
  /// the mean of both.
  package let isKink: Bool

  var quotient: DifferenceQuotient {
    DifferenceQuotient(
      value: value, formula: .adaptive, step: step, stepTaken: step, evaluations: evaluations,
      errorEstimate: errorEstimate)
  }
}

extension NumericalDifferentiator {
  /// The derivative along `direction`, by Ridders' method.
  ///
  /// Central quotients at steps that are halved time and again are extrapolated to the step 0 until
  /// rounding outweighs what another step could gain; quotients from either side are extrapolated
  /// along with them and stand in where the other side has no value. Where the natural scale of the
  /// variable shows nothing (the function varies over 1e-200 or 1e200), other scales are tried.
  ///
  /// - Parameter size: the size of what is varied, from which the search for a step starts.
  package func adaptiveDerivative(along direction: [Double], size: Double) -> AdaptiveDerivative {
    var search = StepSearch(self, direction)
    guard valueAtPoint.isFinite else { return search.result(Ladder()) }
    guard direction.indices.contains(where: { direction[$0] != 0 && tape.nodes[$0] != nil }) else {
      return AdaptiveDerivative(
        value: 0, errorEstimate: 0, step: 0, evaluations: 0, left: nil, right: nil, isKink: false)
    }
    let scale = Self.scale(size)
    var ladder = search.descend(from: scale * StepSearch.start)
    if ladder.isPoor, scale < 1 {
      ladder = ladder.improved(byWider: search.descend(from: StepSearch.start))
    }
    if ladder.isPoor {
      let isRoundingTheLimit = ladder.isSettled && !ladder.diverges
      if let start = search.bestStart(from: scale, up: isRoundingTheLimit) {
        let other = search.descend(from: start)
        ladder = isRoundingTheLimit ? ladder.improved(byWider: other) : ladder.improved(by: other)
      }
    }
    return search.result(ladder)
  }
}

/// The quotients of one descent, extrapolated from both sides and from each.
private struct Ladder {
  var central = Extrapolation(power: 2)
  var left = Extrapolation(power: 1)
  var right = Extrapolation(power: 1)
  /// Step, distance of the two sides' quotients, rounding, of the last two rungs with both sides.
  var gaps: [(step: Double, gap: Double, rounding: Double)] = []
  /// Whether it ended because another step could not gain anything.
  var isSettled = false
  var rungs = 0

  /// Both sides together, or the one that there is.
  var main: Extrapolation {
    if central.count > 1 || (left.count < 2 && right.count < 2) { return central }
    return left.count > right.count ? left : right
  }

  var diverges: Bool { main.diverges }
  var relativeError: Double { main.best.error / main.best.value.magnitude }

  /// Whether the error estimate is large compared with how much the function varies.
  var isPoor: Bool {
    let variation = [main.best.value.magnitude, left.largest, right.largest].reduce(0, Swift.max)
    return diverges || !(main.best.error <= 1e-6 * variation)
  }

  /// Whether the sides stay apart as steps get smaller, for all that the last two rungs show.
  var isGapSuspicious: Bool {
    guard gaps.count == 2, let last = gaps.last else { return false }
    return last.gap > 0.6 * gaps[0].gap && last.gap > 8 * last.rounding
  }

  func improved(by finer: Ladder) -> Ladder {
    !finer.diverges && (diverges || finer.relativeError < relativeError) ? finer : self
  }

  /// Takes wider steps only where they do not contradict these: a function with jumps looks smooth
  /// at wide steps.
  func improved(byWider other: Ladder) -> Ladder {
    let distance = (other.main.best.value - main.best.value).magnitude
    let isConsistent = !diverges && !other.diverges && distance <= 2 * main.best.error
    return isConsistent && other.relativeError < relativeError ? other : self
  }
}

/// Descends ladders of steps and counts what that costs.
private struct StepSearch {
  let differentiator: NumericalDifferentiator
  let direction: [Double]
  private var evaluations = 0

  /// The first step of a ladder, relative to the scale; no round number, so that it is no multiple
  /// of a function's period.
  static let start = 0.13717
  private static let rungs = 42
  /// Between the scales that are tried, the nearest ones first.
  private static let scaleStride = 0x1p8
  private static let wideStride = 0x1p24

  init(_ differentiator: NumericalDifferentiator, _ direction: [Double]) {
    self.differentiator = differentiator
    self.direction = direction
  }

  mutating func descend(from start: Double, rungs: Int = rungs) -> Ladder {
    var ladder = Ladder()
    var step = start
    while ladder.rungs < rungs, !ladder.isSettled, add(step, to: &ladder) { step /= 2 }
    return ladder
  }

  /// Adds a rung; false where the step is lost beside the point.
  private mutating func add(_ asked: Double, to ladder: inout Ladder) -> Bool {
    let step = differentiator.stepTaken(direction, .central, asked)
    guard step >= .leastNormalMagnitude, step > asked / 2 else { return false }
    let (below, above) = values(step)
    ladder.rungs += 1
    let value = differentiator.valueAtPoint
    let rounding = rounding(below, above) / step
    if above.isFinite {
      ladder.right.add((above - value) / step, step: step, rounding: 2 * rounding)
    }
    if below.isFinite {
      ladder.left.add((value - below) / step, step: step, rounding: 2 * rounding)
    }
    if above.isFinite, below.isFinite {
      ladder.central.add((above / 2 - below / 2) / step, step: step, rounding: rounding)
      let gap = ((above - value) / step - (value - below) / step).magnitude
      ladder.gaps = ladder.gaps.suffix(1) + [(step, gap, rounding)]
    }
    // The next rung would have twice the rounding error.
    let main = ladder.main
    ladder.isSettled = main.count >= 3 && 2 * 2 * rounding >= main.best.error
    return true
  }

  private mutating func values(_ step: Double) -> (below: Double, above: Double) {
    evaluations += 2
    return (differentiator.value(direction, -step), differentiator.value(direction, step))
  }

  /// What rounding may do to the difference of two values, the infinite ones not counted.
  private func rounding(_ below: Double, _ above: Double) -> Double {
    let sizes = [below, above, differentiator.valueAtPoint].map(\.magnitude).filter(\.isFinite)
    return 2 * differentiator.noise(along: direction) + (sizes.max() ?? 0) * 0x1p-52
      + .leastNonzeroMagnitude
  }

  /// Where another ladder should start: the scale, among those above or below, on which three rungs
  /// agree best.
  mutating func bestStart(from scale: Double, up: Bool) -> Double? {
    var best: (start: Double, error: Double)?
    var start = scale * Self.start
    var count = 0
    while true {
      let stride = count < 7 ? Self.scaleStride : Self.wideStride
      start *= up ? stride : 1 / stride
      count += 1
      guard start >= .leastNormalMagnitude, start <= 0x1p1000 else { break }
      let ladder = descend(from: start, rungs: 3)
      if ladder.rungs == 0 { break }
      if ladder.relativeError < best?.error ?? 0.1 { best = (start, ladder.relativeError) }
    }
    return best.map { Swift.min($0.start * 0x1p5, 0x1p1000) }
  }

  // MARK: What comes of it

  mutating func result(_ ladder: Ladder) -> AdaptiveDerivative {
    let best = ladder.main.best
    let probe = probe(ladder)
    let gap = probe.flatMap { persistentGap(ladder, $0) }
    var error = ladder.diverges ? .infinity : Swift.max(best.error, (gap ?? 0) / 2)
    if let probe { error = Swift.max(error, contradiction(ladder, probe)) }
    return AdaptiveDerivative(
      value: ladder.diverges && gap == nil ? ladder.main.last : best.value, errorEstimate: error,
      step: best.step, evaluations: evaluations, left: side(ladder.left),
      right: side(ladder.right), isKink: gap != nil)
  }

  private func side(_ side: Extrapolation) -> AdaptiveDerivative.OneSide? {
    side.count < 2
      ? nil : AdaptiveDerivative.OneSide(value: side.best.value, errorEstimate: side.best.error)
  }

  /// The quotients at a step far below the ladder's, which show the jumps of a staircase that looks
  /// smooth at wide steps; nil where rounding leaves no such step.
  private mutating func probe(_ ladder: Ladder) -> Probe? {
    guard ladder.main.count == ladder.central.count, let last = ladder.gaps.last else { return nil }
    let detail =
      ladder.isGapSuspicious
      ? last.gap / 64
      : 1e-4
        * [ladder.main.largest, ladder.left.largest, ladder.right.largest].reduce(0, Swift.max)
    guard detail > 0 else { return nil }
    let asked = Swift.max(last.step * last.rounding / detail, last.step * 0x1p-20)
    let step = differentiator.stepTaken(direction, .central, asked)
    guard step > 0, step <= last.step / 16 else { return nil }
    let (below, above) = values(step)
    let value = differentiator.valueAtPoint
    return Probe(
      central: (above / 2 - below / 2) / step,
      gap: ((above - value) / step - (value - below) / step).magnitude,
      rounding: rounding(below, above) / step)
  }

  private struct Probe {
    let central: Double
    let gap: Double
    let rounding: Double
  }

  /// How far the sides' quotients stay apart where a smooth function's would meet: their distance
  /// is in proportion to the step then, and at a corner it is not.
  private func persistentGap(_ ladder: Ladder, _ probe: Probe) -> Double? {
    guard ladder.isGapSuspicious, let last = ladder.gaps.last else { return nil }
    return probe.gap > last.gap / 2 ? probe.gap : nil
  }

  /// How far the probe is from the estimate, if it is farther than the ladder's last rung.
  private func contradiction(_ ladder: Ladder, _ probe: Probe) -> Double {
    let value = ladder.main.best.value
    let distance = (probe.central - value).magnitude
    return distance > (ladder.main.last - value).magnitude + 16 * probe.rounding ? distance : 0
  }
}
