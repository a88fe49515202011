// Derivatives as limits: read off the series on both sides of a point where the rules alone may be wrong.

/// What a function is on one side of a point, exactly: value, slope and curvature in its direction.
struct SideExpansion: Sendable {
  /// nil where the limit of the value is not known.
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

  /// Nil where the series is not known, or infinite.
  init?(_ series: LeviCivita) {
    guard !series.isUnknown, series.order >= 0, series.limit > 0 else { return nil }
    limit = series[0]
    slope = Self.coefficient(series, 1)
    curvature = slope.flatMap { $0.isFinite ? Self.coefficient(series, 2).map { 2 * $0 } : nil }
  }

  /// The coefficient of a whole power, infinite where a lower broken power stands before it.
  private static func coefficient(_ series: LeviCivita, _ power: Int) -> Double? {
    let (low, high) = ((power - 1) * LeviCivita.unit, power * LeviCivita.unit)
    if let broken = series.terms.first(where: { $0.exponent > low && $0.exponent < high }) {
      return broken.coefficient < 0 ? -.infinity : .infinity
    }
    return series.limit > high ? series[high] : nil
  }
}

extension Tape {
  /// The function on the side that a direction leads to; nil where that is not known.
  func expansion(at point: [Double], toward direction: [Double]) -> SideExpansion? {
    guard isPlainFunction else { return nil }
    return SideExpansion(series(at: zip(point, direction).map { LeviCivita($0, slope: $1) }))
  }

  /// The value at numbers that may be infinitesimally beside a point.
  func series(at near: [LeviCivita]) -> LeviCivita {
    guard let tape = beside(near), tape.isPlainFunction else { return .unknown }
    return tape.values(at: near)[tape.output]
  }

  /// The tape of the way that is taken beside a point.
  private func beside(_ near: [LeviCivita]) -> Tape? {
    turns.map { $0.tape(near) } ?? self
  }

  /// What it takes to run once beside a point.
  private var cost: Int { max(instructions.count, turns?.cost ?? 0) }

  /// Whether derivatives are limits: not where a user declares them or stops them on purpose. A tape
  /// too long to look at twice as a series is left to its rules.
  private var isPlainFunction: Bool {
    cost <= 20_000
      && !instructions.contains {
        $0.operation == .declaredDerivative || $0.operation == .stopGradient
      }
  }

  /// Derivatives along directions, as the limits that they are where both sides of a point agree;
  /// elsewhere, and where there is nothing to look for, as they were found.
  package func settled(
    _ derivatives: [Double], at point: [Double], along directions: [[Double]]
  ) -> [Double] {
    settled(derivatives, slotValues(at: point), at: point) { directions[$0] }
  }

  /// The same with the values of all slots, which a sweep has anyway.
  ///
  /// - Parameter direction: the direction of the derivative at an index, made only where there is
  ///   something to look for.
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
        return isAtEquality(values) && isUnknown(at: point, along: direction) ? .nan : derivative
      }
      return Self.agree(slope, derivative) ? derivative : slope
    }
  }

  /// Whether an equality that derivatives depend on holds at the point, which says nothing of its
  /// neighbours.
  private func isAtEquality(_ values: [Double]) -> Bool {
    turns?.isEquality == true
      || kinks(values, all: true).contains { finding in
        operation(in: finding.slot) == .equal || operation(in: finding.slot) == .notEqual
      }
  }

  /// Whether the slope is known on neither side.
  private func isUnknown(at point: [Double], along direction: [Double]) -> Bool {
    [direction, direction.map { -$0 }].allSatisfy { side in
      let series = series(at: zip(point, side).map { LeviCivita($0, slope: $1) })
      return series.isUnknown || (series.order >= 0 && SideExpansion(series)?.slope == nil)
    }
  }

  /// Both sides, as far as they are known; at an end of the domain, the side that there is.
  func expansions(
    at point: [Double], along direction: [Double]
  ) -> (ahead: SideExpansion?, behind: SideExpansion?) {
    let opposite = direction.map { -$0 }
    let ahead = expansion(at: point, toward: direction)
    let behind = expansion(at: point, toward: opposite)
    return (
      ahead ?? (isOutside(point, toward: direction) ? behind?.mirrored : nil),
      behind ?? (isOutside(point, toward: opposite) ? ahead?.mirrored : nil)
    )
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

  /// Whether the function has no value on that side, near by and nearer.
  private func isOutside(_ point: [Double], toward direction: [Double]) -> Bool {
    [0x1p-10, 0x1p-15, 0x1p-20].allSatisfy { distance in
      let near = zip(point, direction).map { $0 + $1 * distance * ($0 == 0 ? 1 : $0.magnitude) }
      return beside(near.map { LeviCivita($0) })?.value(at: near).isNaN == true
    }
  }

  /// The second derivatives before and behind a point along a direction, where value and slope agree
  /// and there is something to look for.
  package func curvatures(
    at point: [Double], along direction: [Double]
  ) -> (left: Double, right: Double)? {
    smoothSides(at: point, along: direction, value(at: point)).flatMap { ahead, behind in
      guard let right = ahead.curvature, let left = behind.curvature else { return nil }
      return (left, right)
    }
  }

  /// A derivative of the first or second order along a path of variables, likewise.
  package func settled(_ derivative: Double, at point: [Double], path: [Int]) -> Double {
    switch path.count {
    case 1: return settled([derivative], at: point, along: [unit(path[0])])[0]
    case 2 where isSingular(at: point) || !derivative.isFinite:
      guard isPlainFunction, value(at: point).isFinite else { return derivative }
      return second(at: point, path[0], path[1]) ?? derivative
    default: return derivative
    }
  }

  /// Second derivatives, likewise; NaN where the sides differ.
  func settledHessian(_ hessian: [[Double]], at point: [Double]) -> [[Double]] {
    let values = slotValues(at: point)
    let active = (0..<variableCount).filter { isActive[$0] }
    guard values[output].isFinite, active.count * active.count * cost <= 1_000_000,
      isSingular(at: point), isPlainFunction
    else { return hessian }
    var settled = hessian
    for row in active {
      for column in active where column <= row {
        let found = second(at: point, row, column)
        guard let found, !Self.agree(found, hessian[row][column]) else { continue }
        settled[row][column] = found
        settled[column][row] = found
      }
    }
    return settled
  }

  /// Whether the point sits on a kink, or the rules find no gradient there.
  private func isSingular(at point: [Double]) -> Bool {
    let run = linearized(at: point)
    return hasKink(run.values)
      || !adjoints(run, at: point).prefix(variableCount).allSatisfy(\.isFinite)
  }

  /// A second derivative as a limit; NaN where the sides differ, nil where they are not known.
  private func second(at point: [Double], _ row: Int, _ column: Int) -> Double? {
    if row == column { return curvature(at: point, along: unit(row)) }
    // Where a first derivative is a convention, so is what follows from it.
    let value = value(at: point)
    let isSmooth = [row, column].allSatisfy {
      smoothSides(at: point, along: unit($0), value) != nil
    }
    return isSmooth ? mixed(at: point, row, column) : nil
  }

  /// ∂²f/∂x∂y as the limit of (f(t, s) - f(t, 0) - f(0, s) + f(0, 0)) / ts in all quadrants, where s
  /// is much smaller than t and where it is much larger; NaN where they differ or it is infinite.
  private func mixed(at point: [Double], _ row: Int, _ column: Int) -> Double? {
    let value = LeviCivita(value(at: point))
    func moved(_ x: Double, _ y: Double, powers: (Int, Int)) -> LeviCivita {
      var near = point.map { LeviCivita($0) }
      near[row] = LeviCivita(point[row], slope: x, power: powers.0)
      near[column] = LeviCivita(point[column], slope: y, power: powers.1)
      return series(at: near)
    }
    let third = 3 * LeviCivita.unit
    var limits: [Double] = []
    var size = 0.0
    for powers in [(1, 2), (2, 1)] {
      for (x, y) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
        let corner = moved(x, y, powers: powers)
        let near = LeviCivita.sum(corner, moved(x, 0, powers: powers), sign: -1)
        let far = LeviCivita.sum(moved(0, y, powers: powers), value, sign: -1)
        let rest = LeviCivita.sum(near, far, sign: -1)
        guard !rest.isUnknown, rest.limit > third else { return nil }
        size = corner.terms.reduce(size) { max($0, $1.coefficient.magnitude) }
        let isInfinite = rest.terms.contains {
          $0.exponent < third && $0.coefficient.magnitude > 1e-11 * size
        }
        if isInfinite { return .nan }
        limits.append(rest[third] * x * y)
      }
    }
    return limits.allSatisfy { ($0 - limits[0]).magnitude <= 1e-11 * size } ? limits[0] : .nan
  }

  private func curvature(at point: [Double], along direction: [Double]) -> Double? {
    curvatures(at: point, along: direction).map { left, right in
      Self.agree(left, right) ? right : .nan
    }
  }

  private static func agree(_ x: Double, _ y: Double) -> Bool {
    let size = max(x.magnitude, y.magnitude)
    return x == y || (size.isFinite && (x - y).magnitude <= 1e-12 * size)
  }
}
