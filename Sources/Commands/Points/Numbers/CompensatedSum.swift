// Sums whose rounding errors are kept.

/// A sum of many numbers with the error of each addition (A. Neumaier, 1974): as good as in twice the
/// precision, where the terms do not cancel to nothing.
struct CompensatedSum {
  private var sum = 0.0
  private var error = 0.0

  mutating func add(_ term: Double) {
    let next = sum + term
    error += sum.magnitude >= term.magnitude ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum; infinite or NaN where that is what the terms make it.
  var value: Double { error.isNaN ? sum : sum + error }
}
