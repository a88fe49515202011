// The numerical engine as a witness: a derivative from function values alone, with an error estimate.

/// A derivative by difference quotients that were extrapolated to the step 0.
package struct NumericalVote: Sendable {
  package let value: Double
  /// Infinite where the quotients do not settle.
  package let errorEstimate: Double
  package let evaluations: Int

  /// What is said where nobody is asked.
  package static let abstention = NumericalVote(
    value: .nan, errorEstimate: .infinity, evaluations: 0)
}

extension Tape {
  /// The derivative at a point along `direction`.
  package func numericalVote(at point: [Double], along direction: [Double]) -> NumericalVote {
    let differentiator = NumericalDifferentiator(self, at: point)
    let size = zip(point, direction).filter { $0.1 != 0 }.map(\.0.magnitude).max() ?? 0
    var table: [Double] = []
    var best = (value: Double.nan, error: Double.infinity)
    var evaluations = 0
    var step = 0.11 * (size == 0 || !size.isFinite ? 1 : size)
    for _ in 0..<24 {
      let quotient = differentiator.quotient(along: direction, size: 1, .central, step: step)
      evaluations += quotient.evaluations
      step /= 2
      guard quotient.value.isFinite else { continue }
      var next = [quotient.value]
      let rounding = (4 * differentiator.noise) / step
      var factor: Double = 1
      for (column, old) in table.enumerated().prefix(8) {
        factor *= 4
        let entry = next[column] + (next[column] - old) / (factor - 1)
        let error =
          max((entry - next[column]).magnitude, (entry - old).magnitude) + rounding
        if error < best.error { best = (entry, error) }
        next.append(entry)
      }
      table = next
    }
    return NumericalVote(
      value: best.value, errorEstimate: best.error, evaluations: evaluations)
  }

  /// Whether a second, plainer difference quotient speaks against a value too: quotients that were
  /// extrapolated over a pole or a step may be sure of themselves and wrong.
  package func contradicts(
    _ value: Double, at point: [Double], along direction: [Double]
  ) -> Bool {
    let differentiator = NumericalDifferentiator(self, at: point)
    let size = zip(point, direction).filter { $0.1 != 0 }.map(\.0.magnitude).max() ?? 0
    return [size, size * 0x1p-10].allSatisfy { size in
      let quotient = differentiator.quotient(
        along: direction, size: size, .central, estimatesError: true)
      let allowed =
        16 * (quotient.errorEstimate ?? .infinity)
        + 1e-4 * max(quotient.value.magnitude, value.magnitude)
      return (quotient.value - value).magnitude > allowed
    }
  }
}
