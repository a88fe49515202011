// Derivatives as limits, from the series on both sides of a point where the rules alone may be
// wrong.

/// What a function is on one side of a point, exactly: value, slope and curvature in its direction.
struct SideExpansion: Sendable {
  /// Infinite at a pole.
  let limit: Double
  /// Infinite where a power below the first leads; nil where it is not known.
  let slope: Double?
  let curvature: Double?

  /// The same seen from the other side: a function that ends here has no derivative but this one.
  var mirrored: SideExpansion {
    SideExpansion(limit: limit, slope: slope.map { -$0 }, curvature: curvature)
  }

  private init(limit: Double, slope: Double?, curvature: Double?) {
    (self.limit, self.slope, self.curvature) = (limit, slope, curvature)
  }

  /// Nil where the series is not known.
  init?(_ series: LeviCivita) {
    if !series.isUnknown, let lead = series.terms.first, lead.exponent < 0 {
      // A value that tends to +∞ at the point decreases away from it, and the other way round.
      let sign: Double = lead.coefficient < 0 ? -1 : 1
      self.init(limit: sign * .infinity, slope: -sign * .infinity, curvature: nil)
      return
    }
    guard !series.isUnknown, series.order >= 0, series.limit > 0 else { return nil }
    let slope = Self.coefficient(series, 1)
    let hasCurvature = slope?.isFinite == true && !series.isRough
    self.init(
      limit: series[0], slope: slope,
      curvature: hasCurvature ? Self.coefficient(series, 2).map { 2 * $0 } : nil)
  }

  /// The coefficient of a whole power; infinite where a lower fractional power comes before it.
  private static func coefficient(_ series: LeviCivita, _ power: Int) -> Double? {
    let (low, high) = ((power - 1) * LeviCivita.unit, power * LeviCivita.unit)
    if let broken = series.terms.first(where: { $0.exponent > low && $0.exponent < high }) {
      return broken.coefficient < 0 ? -.infinity : .infinity
    }
    return series.limit > high ? series[high] : nil
  }
}

extension LeviCivita {
  /// The derivative of a function of one variable from its series on both sides, of any order.
  ///
  /// - Returns: NaN where the sides do not agree, with each other or with the value; nil where the
  ///   derivative is not known.
  package static func derivative(
    _ order: Int, ahead: LeviCivita, behind: LeviCivita, value: Double
  ) -> Double? {
    let end = order * unit
    guard !ahead.isUnknown, !behind.isUnknown, min(ahead.limit, behind.limit) > end,
      min(ahead.order, behind.order) >= 0,
      order <= 1 || !ahead.isRough && !behind.isRough
    else { return nil }
    let terms = (ahead.terms + behind.terms).filter { $0.exponent <= end }
    let size = terms.reduce(0) { max($0, $1.coefficient.magnitude) }
    let slack = { (x: Double, y: Double) in 1e-12 * max(x.magnitude, y.magnitude) + 1e-15 * size }
    guard (ahead[0] - value).magnitude <= slack(ahead[0], value),
      !terms.contains(where: { $0.exponent % unit != 0 })
    else { return .nan }
    var factorial = 1.0
    for power in 0...order {
      factorial *= Double(max(1, power))
      let (right, left) = (ahead[power * unit], behind[power * unit])
      let mirrored = power % 2 == 0 ? left : -left
      guard (right - mirrored).magnitude <= slack(right, left) else { return .nan }
    }
    return ahead[end] * factorial
  }
}

extension Tape {
  /// The value on the side that a direction leads to.
  private func series(at point: [Double], toward direction: [Double]) -> LeviCivita {
    series(at: zip(point, direction).map { LeviCivita($0, slope: $1) })
  }

  /// The value at numbers that may be infinitesimally beside a point.
  func series(at near: [LeviCivita]) -> LeviCivita {
    guard let tape = beside(near), tape.isPlainFunction else { return .unknown }
    return tape.values(at: near)[tape.output]
  }

  /// The tape of the branches that the program takes next to a point.
  private func beside(_ near: [LeviCivita]) -> Tape? {
    turns.map { $0.tape(near) } ?? self
  }

  /// What one run next to a point costs, in instructions.
  private var cost: Int { max(instructions.count, turns?.cost ?? 0) }

  /// Whether derivatives are to be found as limits: not where a user declares them or stops them,
  /// nor for a tape that is too long to be run on series.
  var isPlainFunction: Bool {
    cost <= 20_000
      && !instructions.contains {
        $0.operation == .declaredDerivative || $0.operation == .stopGradient
      }
  }

  /// Derivatives along directions, replaced by the limits of the two sides where these agree.
  /// Derivatives that are finite and away from kinks are returned unchanged.
  package func settled(
    _ derivatives: [Double], at point: [Double], along direction: (Int) -> [Double]
  ) -> [Double] {
    settled(derivatives, slotValues(at: point), at: point, along: direction)
  }

  /// The same with the values of all slots, which a sweep has anyway.
  ///
  /// - Parameter direction: the direction of the derivative at an index; called only where the
  ///   sides have to be examined.
  func settled(
    _ derivatives: [Double], _ values: [Double], at point: [Double],
    along direction: (Int) -> [Double]
  ) -> [Double] {
    guard !derivatives.allSatisfy(\.isFinite) || hasKink(values), values[output].isFinite,
      derivatives.count * cost <= 1_000_000, isPlainFunction
    else { return derivatives }
    return derivatives.enumerated().map { index, derivative in
      let direction = direction(index)
      guard direction.contains(where: { $0 != 0 }) else { return derivative }
      guard let slope = smoothSides(at: point, along: direction, values[output])?.ahead.slope else {
        return isAtEquality(values) ? beyond(derivative, at: point, along: direction) : derivative
      }
      return Self.agree(slope, derivative) ? derivative : slope
    }
  }

  /// A derivative at a point where an equality holds, so that the branch taken there says nothing
  /// of it, and the sides do not agree on a finite slope: the infinite slope if both sides have it,
  /// NaN if neither is known.
  private func beyond(
    _ derivative: Double, at point: [Double], along direction: [Double]
  ) -> Double {
    if let slopes = slopes(at: point, along: direction) {
      return slopes.left == slopes.right ? slopes.right : derivative
    }
    return isUnknown(at: point, along: direction) ? .nan : derivative
  }

  /// The slopes behind and ahead of a point along a direction, which may be infinite; nil where the
  /// function is not known to be continuous there.
  package func slopes(
    at point: [Double], along direction: [Double]
  ) -> (left: Double, right: Double)? {
    guard isPlainFunction else { return nil }
    let (value, sides) = (value(at: point), expansions(at: point, along: direction))
    guard let ahead = sides.ahead, let behind = sides.behind, Self.agree(ahead.limit, value),
      Self.agree(behind.limit, value), let right = ahead.slope, let left = behind.slope
    else { return nil }
    return (-left, right)
  }

  /// Whether an equality that derivatives depend on holds at the point: then the branch taken here
  /// is not the one taken next to it.
  private func isAtEquality(_ values: [Double]) -> Bool {
    turns?.isEquality == true
      || kinks(values, all: true).contains { finding in
        operation(in: finding.slot) == .equal || operation(in: finding.slot) == .notEqual
      }
  }

  /// Whether the slope is known on neither side.
  private func isUnknown(at point: [Double], along direction: [Double]) -> Bool {
    [direction, direction.map { -$0 }].allSatisfy { side in
      let series = series(at: point, toward: side)
      return series.isUnknown || (series.order >= 0 && SideExpansion(series)?.slope == nil)
    }
  }

  /// Both sides, as far as they are known; at an end of the domain, the side that there is.
  func expansions(
    at point: [Double], along direction: [Double]
  ) -> (ahead: SideExpansion?, behind: SideExpansion?) {
    let opposite = direction.map { -$0 }
    guard isPlainFunction else { return (nil, nil) }
    let (there, back) = (series(at: point, toward: direction), series(at: point, toward: opposite))
    let (ahead, behind) = (SideExpansion(there), SideExpansion(back))
    let (isEnd, isBeginning) = (
      ahead == nil && (there.isOutside || isOutside(point, toward: direction)),
      behind == nil && (back.isOutside || isOutside(point, toward: opposite))
    )
    return (isEnd ? behind?.mirrored : ahead, isBeginning ? ahead?.mirrored : behind)
  }

  /// Both sides, where value and slope agree; at an end of the domain, the side that there is.
  private func smoothSides(
    at point: [Double], along direction: [Double], _ value: Double
  ) -> (ahead: SideExpansion, behind: SideExpansion)? {
    let (ahead, behind) = expansions(at: point, along: direction)
    guard let ahead, let behind, Self.agree(ahead.limit, value), Self.agree(behind.limit, value),
      let slope = ahead.slope, let other = behind.slope, slope.isFinite,
      Self.agree(slope, -other)
    else { return nil }
    return (ahead, behind)
  }

  /// The derivative of any order in one variable as a limit; NaN where the sides differ, nil where
  /// it is not known.
  package func limit(ofOrder order: Int, in variable: Int, at point: [Double]) -> Double? {
    guard isPlainFunction else { return nil }
    let sides = [1.0, -1].map { slope in
      series(
        at: point.indices.map {
          $0 == variable ? LeviCivita(point[$0], slope: slope) : LeviCivita(point[$0])
        })
    }
    return LeviCivita.derivative(
      order, ahead: sides[0], behind: sides[1], value: value(at: point))
  }

  /// Whether the function has no value on that side, at three small distances.
  ///
  /// - Parameter powers: each variable is moved by the distance to this power.
  private func isOutside(
    _ point: [Double], toward direction: [Double], powers: [Double]? = nil
  ) -> Bool {
    [0x1p-10, 0x1p-15, 0x1p-20].allSatisfy { distance in
      let near = point.indices.map { index in
        let step = powers.map { Libm.pow(distance, $0[index]) } ?? distance
        return point[index]
          + direction[index] * step * (point[index] == 0 ? 1 : point[index].magnitude)
      }
      return beside(near.map { LeviCivita($0) })?.value(at: near).isNaN == true
    }
  }

  /// The second derivatives behind and ahead of a point along a direction; nil where value or slope
  /// of the sides differ.
  package func curvatures(
    at point: [Double], along direction: [Double]
  ) -> (left: Double, right: Double)? {
    smoothSides(at: point, along: direction, value(at: point)).flatMap { ahead, behind in
      guard let right = ahead.curvature, let left = behind.curvature else { return nil }
      return (left, right)
    }
  }

  /// A derivative along a path of variables, replaced by its limit as above. Where the first
  /// derivative by the rules is not finite, no formula of it holds either.
  package func settled(_ derivative: Double, at point: [Double], path: [Int]) -> Double {
    switch path.count {
    case 1:
      let own = slotTangents(at: point, seeds: unit(path[0]))[output]
      return settled([own.isFinite ? derivative : own], at: point) { _ in unit(path[0]) }[0]
    case 2 where isSingular(at: point) || !derivative.isFinite:
      guard isPlainFunction, value(at: point).isFinite else { return derivative }
      return second(at: point, path[0], path[1]) ?? derivative
    case 3... where isSingular(at: point) || !derivative.isFinite:
      guard isPlainFunction, value(at: point).isFinite else { return derivative }
      return higher(at: point, path) ?? derivative
    default: return derivative
    }
  }

  /// A derivative of third or higher order as a limit; NaN where the point is an equality and the
  /// limit is not known.
  private func higher(at point: [Double], _ path: [Int]) -> Double? {
    let hidden: Double? = isAtEquality(slotValues(at: point)) ? .nan : nil
    guard Set(path).count == 1,
      let limit = limit(ofOrder: path.count, in: path[0], at: point)
    else { return hidden }
    if limit.isFinite { return limit }
    // A limit that is not finite counts only where the next lower derivative exists; otherwise that
    // one is a convention already, and so is this one.
    let lower = self.limit(ofOrder: path.count - 1, in: path[0], at: point)
    return lower?.isFinite == true ? .nan : hidden
  }

  /// Second derivatives, replaced by their limits as above; NaN where the sides differ.
  ///
  /// - Parameter hasGradient: whether the rules give all first derivatives.
  func settledHessian(
    _ hessian: [[Double]], hasGradient: Bool, at point: [Double]
  ) -> [[Double]] {
    let isWhole = hasGradient && hessian.allSatisfy { $0.allSatisfy(\.isFinite) }
    guard mayHaveKinks || turns != nil || !isWhole else { return hessian }
    let values = slotValues(at: point)
    let active = (0..<variableCount).filter { isActive[$0] }
    guard values[output].isFinite, active.count * active.count * cost <= 1_000_000,
      isPlainFunction
    else { return hessian }
    let isSingular = hasKink(values) || !hasGradient
    guard isSingular || !isWhole else { return hessian }
    var settled = hessian
    if !hasGradient { remove(from: &settled, at: point) }
    for row in active {
      for column in active where column <= row {
        let found = second(at: point, row, column)
        guard let found, found.isFinite || isSingular, !Self.agree(found, hessian[row][column])
        else { continue }
        settled[row][column] = found
        settled[column][row] = found
      }
    }
    return settled
  }

  /// Sets the second derivatives to NaN in variables in which the first derivative is NaN.
  private func remove(from hessian: inout [[Double]], at point: [Double]) {
    let partials = reverseGradient(at: point).partials
    for row in partials.indices where partials[row].isNaN {
      for column in partials.indices where isActive[row] && isActive[column] {
        hessian[row][column] = .nan
        hessian[column][row] = .nan
      }
    }
  }

  /// Whether the point sits on a kink, or the rules find no gradient there.
  private func isSingular(at point: [Double]) -> Bool {
    let run = linearized(at: point)
    return hasKink(run.values)
      || !adjoints(run, at: point).prefix(variableCount).allSatisfy(\.isFinite)
  }

  /// A second derivative as a limit, NaN where the sides differ or are not known; nil where a first
  /// derivative is only a convention, since the second is then one too.
  private func second(at point: [Double], _ row: Int, _ column: Int) -> Double? {
    let value = value(at: point)
    for axis in [unit(row), unit(column)]
    where smoothSides(at: point, along: axis, value) == nil {
      let (ahead, behind) = expansions(at: point, along: axis)
      let isKnown = ahead?.slope != nil && behind?.slope != nil
      return isKnown || !hasKink(slotValues(at: point)) ? nil : .nan
    }
    guard row == column else { return mixed(at: point, row, column) ?? .nan }
    return curvatures(at: point, along: unit(row)).map { left, right in
      Self.agree(left, right) ? right : .nan
    } ?? .nan
  }

  /// ∂²f/∂x∂y as the limit of (f(t, s) - f(t, 0) - f(0, s) + f(0, 0)) / ts in all quadrants that
  /// the function has values in, once with s much smaller than t and once much larger; NaN where
  /// they differ or it is infinite, nil where it is not known.
  ///
  /// The smaller one is the power 5/2 of the larger, not 2: a function may behave differently on
  /// the very curve y = x² than next to it.
  package func mixed(at point: [Double], _ row: Int, _ column: Int) -> Double? {
    let value = LeviCivita(value(at: point))
    let (large, small) = (2 * LeviCivita.unit / 5, LeviCivita.unit)
    func moved(_ x: Double, _ y: Double, by exponents: (Int, Int)) -> LeviCivita {
      var near = point.map { LeviCivita($0) }
      near[row] = LeviCivita(point[row], slope: x, exponent: exponents.0)
      near[column] = LeviCivita(point[column], slope: y, exponent: exponents.1)
      return series(at: near)
    }
    var limits: [Double] = []
    var size = 0.0
    for exponents in [(large, small), (small, large)] {
      for (x, y) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
        let parts = [
          moved(x, y, by: exponents), moved(x, 0, by: exponents), moved(0, y, by: exponents), value,
        ]
        let rest = LeviCivita.sum(
          .sum(parts[0], parts[1], sign: -1), .sum(parts[2], parts[3], sign: -1), sign: -1)
        guard !rest.isUnknown, !rest.isRough, rest.limit > large + small else {
          if rest.isOutside || isOutside(point, row, x, column, y, exponents) { continue }
          return nil
        }
        // What cancels in the sum may leave rounding.
        func sizeOfParts(_ exponent: Int) -> Double {
          parts.reduce(0) { max($0, $1[exponent].magnitude) }
        }
        let isInfinite = rest.terms.contains {
          $0.exponent < large + small && $0.coefficient.magnitude > 1e-11 * sizeOfParts($0.exponent)
        }
        if isInfinite { return .nan }
        size = max(size, sizeOfParts(large + small))
        limits.append(rest[large + small] * x * y)
      }
    }
    guard let first = limits.first else { return nil }
    return limits.allSatisfy { ($0 - first).magnitude <= 1e-11 * size } ? first : .nan
  }

  /// Whether a quadrant, or one of the axes that it lies between, is outside the domain.
  private func isOutside(
    _ point: [Double], _ row: Int, _ x: Double, _ column: Int, _ y: Double,
    _ exponents: (Int, Int)
  ) -> Bool {
    let unit = Double(LeviCivita.unit)
    var scales = point.map { _ in 1.0 }
    (scales[row], scales[column]) = (Double(exponents.0) / unit, Double(exponents.1) / unit)
    return [(x, y), (x, 0), (0, y)].contains { x, y in
      var direction = point.map { _ in 0.0 }
      (direction[row], direction[column]) = (x, y)
      return isOutside(point, toward: direction, powers: scales)
    }
  }

  private static func agree(_ x: Double, _ y: Double) -> Bool {
    let size = max(x.magnitude, y.magnitude)
    return x == y || (size.isFinite && (x - y).magnitude <= 1e-12 * size)
  }
}
