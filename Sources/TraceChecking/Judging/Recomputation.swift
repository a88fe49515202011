// What a row comes to from the values that were written before it, with what their rounding may do.
import Calculus
import Checking
import Language
import Syntax

/// A value as a table carries it on: what was written, or what follows where nothing was.
struct Carried {
  var value: Double
  /// How far rounding may have moved it.
  var halfUnit: Double
  /// The row whose mistake is in it; nil if none is.
  var root: Int?
  /// What it would be without the mistake: a wrong row may be a right one that was copied wrongly.
  var truth: Double?

  static let zero = Carried(value: 0, halfUnit: 0, root: nil)
}

/// The values that a formula can have while its arguments keep to their roundings.
struct Recomputation {
  /// The first mistake among the arguments.
  let root: Int?
  private let reach: Reach
  private let soundReach: Reach?
  private let noise: Double

  var value: Double { reach.value }

  /// - Parameter noise: what rounding in the function itself may leave where its terms cancel.
  init(_ arguments: [Carried], noise: Double = 0, _ function: ([Double]) -> Double) {
    self.noise = noise.isFinite ? noise : 0
    let halfUnits = arguments.map(\.halfUnit)
    reach = Reach(arguments.map(\.value), halfUnits, function)
    root = arguments.compactMap(\.root).min()
    soundReach =
      root == nil ? nil : Reach(arguments.map { $0.truth ?? $0.value }, halfUnits, function)
  }

  /// What a formula comes to.
  init(_ arguments: [Carried], of formula: Tape) {
    let error = RunningError(formula, at: arguments.map(\.value)).error
    self.init(arguments, noise: error) { formula.value(at: $0) }
  }

  /// Whether it can be a number that was written with a half unit.
  func allows(_ number: Double, within halfUnit: Double, tolerance: Double) -> Bool {
    reach.holds(number, within: halfUnit + noise, tolerance: tolerance)
  }

  /// Whether it could be the number if there were no mistakes above.
  func isSound(_ number: Double, within halfUnit: Double, tolerance: Double) -> Bool {
    (soundReach ?? reach).holds(number, within: halfUnit + noise, tolerance: tolerance)
  }

  /// What is carried on where nothing was written.
  var carried: Carried {
    let halfUnit = max(reach.high - value, value - reach.low) + noise
    return Carried(
      value: value, halfUnit: halfUnit.isFinite ? halfUnit : 0, root: root,
      truth: soundReach?.value)
  }
}

/// How far a function's value moves with the roundings of its arguments.
private struct Reach {
  let value: Double
  private(set) var low: Double
  private(set) var high: Double

  /// How many rounded arguments are moved one at a time; of more, only all at once.
  private static let limit = 100

  init(_ values: [Double], _ halfUnits: [Double], _ function: ([Double]) -> Double) {
    let center = function(values)
    (value, low, high) = (center, center, center)
    var (upward, downward) = (values, values)
    for index in values.indices.filter({ halfUnits[$0] > 0 }).prefix(Self.limit) {
      let halfUnit = halfUnits[index]
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
  }

  func holds(_ number: Double, within halfUnit: Double, tolerance: Double) -> Bool {
    if number == value { return true }
    // A share of an infinite number would allow everything.
    guard number.isFinite else { return number >= low && number <= high }
    let slack = halfUnit * (1 + 1e-9) + tolerance * max(number.magnitude, value.magnitude)
    return number >= low - slack && number <= high + slack
  }
}

/// What rounding may leave of terms that cancel.
func roundingNoise(_ terms: some Sequence<Double>) -> Double {
  4 * .ulpOfOne * terms.reduce(0) { $0 + $1.magnitude }
}
