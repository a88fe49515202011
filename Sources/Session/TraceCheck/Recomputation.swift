// What a row comes to from the values that were written before it, with what their rounding may do.

/// A value as a table carries it on: what was written, or what follows where nothing was.
struct Carried {
  var value: Double
  /// How far rounding may have moved it.
  var halfUnit: Double
  /// The row whose mistake is in it; nil if none is.
  var root: Int?
}

/// The values that a formula can have while its arguments keep to their roundings.
struct Recomputation {
  let value: Double
  let low: Double
  let high: Double
  /// The first mistake among the arguments.
  let root: Int?

  /// How many rounded arguments are moved one at a time; of more, only all at once.
  private static let limit = 100

  init(_ arguments: [Carried], _ function: ([Double]) -> Double) {
    let values = arguments.map(\.value)
    let center = function(values)
    var (low, high) = (center, center)
    var (upward, downward) = (values, values)
    var rounded = arguments.indices.filter { arguments[$0].halfUnit > 0 }
    if rounded.count > Self.limit { rounded = Array(rounded.prefix(Self.limit)) }
    for index in rounded {
      let halfUnit = arguments[index].halfUnit
      var moved = values
      let ends = [-halfUnit, halfUnit].map { shift in
        moved[index] = values[index] + shift
        return function(moved)
      }.map { $0.isNaN ? center : $0 }
      let rises = ends[1] >= ends[0]
      upward[index] += rises ? halfUnit : -halfUnit
      downward[index] += rises ? -halfUnit : halfUnit
      low += min(0, ends[0] - center, ends[1] - center)
      high += max(0, ends[0] - center, ends[1] - center)
    }
    for end in [function(upward), function(downward)] where !end.isNaN {
      low = min(low, end)
      high = max(high, end)
    }
    value = center
    self.low = low
    self.high = high
    root = arguments.compactMap(\.root).min()
  }

  /// Whether it can be a number that was written with a half unit.
  func allows(_ number: Double, within halfUnit: Double, tolerance: Double) -> Bool {
    if number == value { return true }
    let slack = halfUnit * (1 + 1e-9) + tolerance * max(number.magnitude, value.magnitude)
    return number >= low - slack && number <= high + slack
  }

  /// What is carried on where nothing was written.
  var carried: Carried {
    let halfUnit = max(high - value, value - low)
    return Carried(value: value, halfUnit: halfUnit.isFinite ? halfUnit : 0, root: root)
  }
}
