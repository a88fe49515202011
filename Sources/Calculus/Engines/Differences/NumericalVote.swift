// The numerical engine as a witness against the others: derivatives from function values alone.

extension DifferenceQuotient {
  /// What the formula makes of the terms of a function's Taylor series beyond the first.
  fileprivate func truncation(_ coefficients: [Double]) -> Double {
    coefficients.indices.dropFirst(2).reduce(0) { sum, k in
      let moment = formula.moment(k)
      let power = (1..<k).reduce(1) { power, _ in power * stepTaken.magnitude }
      return moment == 0 ? sum : sum + (coefficients[k] * moment * power).magnitude
    }
  }
}

extension Tape {
  /// Taylor coefficients of longer tapes cost more than the quotients that they are held against.
  private static let longestForSeries = 2_000
  private static let jumping: Set<Operation> = [
    .remainder, .floor, .ceil, .round, .trunc, .sign, .step, .select,
  ]

  /// The derivative at a point along `direction`, with an estimate of its error.
  ///
  /// - Parameter rerun: the function at other points, where it is more than its tape.
  package func numericalVote(
    at point: [Double], along direction: [Double], rerun: (([Double]) -> Double)? = nil
  ) -> AdaptiveDerivative {
    NumericalDifferentiator(self, at: point, rerun: rerun)
      .adaptiveDerivative(along: direction, size: Self.size(of: point, along: direction))
  }

  /// Whether central difference quotients at two steps contradict a derivative as well.
  ///
  /// Extrapolated quotients can be wrong with a small error estimate: across a pole or a jump, and
  /// where every step is wider than the scale on which the function varies, as for sin at 5e10.
  package func contradicts(
    _ value: Double, at point: [Double], along direction: [Double],
    rerun: (([Double]) -> Double)? = nil
  ) -> Bool {
    // Where there may be a jump within a step, quotients are no evidence.
    if instructions.contains(where: { Self.jumping.contains($0.operation) }) { return false }
    let differentiator = NumericalDifferentiator(self, at: point, rerun: rerun)
    let size = Self.size(of: point, along: direction)
    let expansion =
      instructionCount > Self.longestForSeries
      ? [] : taylorCoefficients(at: point, along: direction, order: 5)
    return [size, size * 0x1p-10].allSatisfy { size in
      let quotient = differentiator.quotient(
        along: direction, size: size, .central, estimatesError: true)
      let allowed =
        16 * (quotient.errorEstimate ?? .infinity) + 16 * quotient.truncation(expansion)
        + 1e-4 * max(quotient.value.magnitude, value.magnitude)
      return (quotient.value - value).magnitude > allowed
    }
  }

  /// The size of what a step along a direction moves, in units of the direction.
  package static func size(of point: [Double], along direction: [Double]) -> Double {
    let moving = zip(point, direction).filter { $0.1 != 0 }
    let size = moving.map(\.0.magnitude).max() ?? 0
    let length = moving.map(\.1.magnitude).max() ?? 1
    return size == 0 ? 1 / length : size / length
  }
}
