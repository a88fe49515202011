// The points that ranges make, none of which is stored.

/// A value, or equally spaced values from a start to a stop.
package struct Axis: Sendable, Equatable {
  private let start: Double
  private let stop: Double
  private let step: Double
  /// How many values there are, at least one.
  package let count: Int
  /// Whether the stop is a whole number of steps away.
  private let endsAtStop: Bool

  init(_ value: Double) {
    (start, stop, step, count, endsAtStop) = (value, value, 0, 1, true)
  }

  /// start, start + step, … up to stop, which is among them if it is a whole number of steps away
  /// but for rounding; nil where there are none.
  ///
  /// - Parameters:
  ///   - limit: how many values there may be.
  ///   - isTooLong: set where there are more.
  init?(from start: Double, to stop: Double, by step: Double, limit: Int, _ isTooLong: inout Bool) {
    // Divided first: the distance from -1e308 to 1e308 is no double.
    let steps = stop / step - start / step
    guard steps >= 0, start.isFinite, stop.isFinite, step.isFinite else {
      guard start == stop, step == 0 else { return nil }
      (self.start, self.stop, self.step, count, endsAtStop) = (start, stop, 0, 1, true)
      return
    }
    let whole = steps.rounded()
    let isWhole = (steps - whole).magnitude <= 1e-9 * Swift.max(1, steps)
    let last = isWhole ? whole : steps.rounded(.down)
    guard last < Double(limit) else {
      isTooLong = true
      return nil
    }
    (self.start, self.stop, self.step) = (start, stop, step)
    (count, endsAtStop) = (Int(last) + 1, isWhole)
  }

  /// The value at a place from 0.
  package subscript(index: Int) -> Double {
    if count == 1 { return start }
    let k = Double(index)
    let last = Double(count - 1)
    // k tenths are better than k times a tenth: 0.3, not 0.30000000000000004.
    let perUnit = (1 / step).rounded()
    let units = start * perUnit
    if perUnit * step == 1, units == units.rounded() { return (units + k) / perUnit }
    // Likewise, interpolated between two ends that the user wrote, so that the ends are exact.
    if endsAtStop {
      return k == last ? stop : start * ((last - k) / last) + stop * (k / last)
    }
    return start + k * step
  }
}

/// The points of a grid, the last axis varying fastest.
package struct PointGrid: Sendable {
  /// Those of the variables, in the order of a point's values.
  package let names: [String]
  /// One for each range or value, the last one varying fastest.
  package let axes: [Axis]
  /// The number of points: the product of the axes' counts.
  package let count: Int
  /// For each variable, its axis.
  package let axisOfVariable: [Int]

  /// A grid whose axes are the variables in their order; nil for more than `limit` points.
  init?(names: [String], axes: [Axis], limit: Int) {
    var count = 1
    for axis in axes {
      let (product, overflows) = count.multipliedReportingOverflow(by: axis.count)
      if overflows || product > limit { return nil }
      count = product
    }
    self.init(names: names, axes: axes, count: count, axisOfVariable: Array(axes.indices))
  }

  private init(names: [String], axes: [Axis], count: Int, axisOfVariable: [Int]) {
    (self.names, self.axes) = (names, axes)
    (self.count, self.axisOfVariable) = (count, axisOfVariable)
  }

  /// The one point of no variables.
  package static let withoutVariables = PointGrid(
    names: [], axes: [], count: 1, axisOfVariable: [])

  /// The position of a point on each axis.
  package func places(at index: Int) -> [Int] {
    var places = Array(repeating: 0, count: axes.count)
    var rest = index
    for axis in axes.indices.reversed() {
      (rest, places[axis]) = rest.quotientAndRemainder(dividingBy: axes[axis].count)
    }
    return places
  }

  /// The point at a place from 0.
  package func point(at index: Int) -> Point {
    let places = places(at: index)
    return Point(names: names, values: axisOfVariable.map { axes[$0][places[$0]] })
  }

  /// The same points in the same order, the variables in another one.
  ///
  /// - Parameter names: the same names.
  package func over(_ names: [String]) -> PointGrid {
    let places = Dictionary(zip(self.names, self.names.indices)) { first, _ in first }
    let order = names.compactMap { places[$0] }
    return PointGrid(
      names: names, axes: axes, count: count, axisOfVariable: order.map { axisOfVariable[$0] })
  }
}
