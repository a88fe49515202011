// Richardson's extrapolation: quotients at ever smaller steps, continued to the step 0.

/// A Neville tableau of which the last row is kept, with its best entry so far.
struct Extrapolation {
  /// A derivative with the step that it came from.
  struct Estimate: Sendable {
    var value = Double.nan
    var error = Double.infinity
    var step = 0.0
  }

  /// The powers of the step in the quotients' error are the multiples of this.
  private let power: Int
  private var row: [Double] = []
  private var steps: [Double] = []
  private(set) var best = Estimate()
  /// The least and the greatest quotient.
  private var range = (low: Double.infinity, high: -Double.infinity)

  private static let widest = 8

  init(power: Int) { self.power = power }

  /// How many quotients it was given.
  var count: Int { steps.count }

  /// The quotient at the smallest step, as it is.
  var last: Double { row.first ?? .nan }

  /// The size of the largest quotient.
  var largest: Double { count == 0 ? 0 : Swift.max(range.low.magnitude, range.high.magnitude) }

  /// Whether the quotients lead away from the best estimate, rather than to it.
  var diverges: Bool {
    guard best.error.isFinite else { return true }
    let distance = (last - best.value).magnitude
    let farthest = Swift.max(best.value - range.low, range.high - best.value)
    return !(distance <= 10 * best.error || distance <= 0.5 * farthest)
  }

  /// Adds the quotient at a smaller step than those before.
  ///
  /// - Parameter rounding: what rounding may have done to it.
  mutating func add(_ quotient: Double, step: Double, rounding: Double) {
    steps.append(step)
    range = (Swift.min(range.low, quotient), Swift.max(range.high, quotient))
    var next = [quotient]
    for column in 1..<Self.widest where column <= row.count {
      let ratio = steps[steps.count - 1 - column] / step
      let growth = power == 2 ? ratio * ratio : ratio
      let entry = next[column - 1] + (next[column - 1] - row[column - 1]) / (growth - 1)
      // After Ridders: an entry is as good as it is near to the two that it was made of.
      let spread = Swift.max(
        (entry - next[column - 1]).magnitude, (entry - row[column - 1]).magnitude)
      let error = spread + 2 * rounding
      if error < best.error { best = Estimate(value: entry, error: error, step: step) }
      next.append(entry)
    }
    row = next
  }
}
