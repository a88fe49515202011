// sin(x)/x and its derivatives.

extension SpecialFunction {
  /// The nth derivative of sin(x)/x, 0 at ±inf: by the power series or by x s⁽ⁿ⁾ = sin⁽ⁿ⁾(x) - n
  /// s⁽ⁿ⁻¹⁾ from n = 0 on, whichever loses less, in double-double, whose spare digits make up for
  /// the cancellation there and beside the zeros. NaN for n < 0, and where both lose too much: for
  /// n and x beyond 35.
  static func sincDerivative(n: Int, _ x: Double) -> Double {
    guard n >= 0, !x.isNaN else { return .nan }
    guard x.isFinite else { return 0 }
    if n == 0, x.magnitude < 1e-8 { return 1 }
    // The terms of the series are up to exp(x) times its sum or so, an error of s grows by n!/xⁿ.
    var growth = 1.0
    for k in 0..<Swift.min(n, 1000) where growth < .infinity {
      growth *= Swift.max(1, Double(k + 1) / x.magnitude)
    }
    let loss = Libm.exp(x.magnitude)
    guard Swift.min(growth, loss) < 0x1p50 else { return .nan }
    return loss < growth ? sincSeries(n, x) : sincRecurrence(n, x)
  }

  private static func sincRecurrence(_ n: Int, _ x: Double) -> Double {
    let (sine, cosine) = DoubleDouble.sineAndCosine(x)
    let inverse = 1 / DoubleDouble(x)
    var value = sine * inverse
    for k in stride(from: 1, through: n, by: 1) {
      let turned = k & 1 == 0 ? sine : cosine
      value = ((k & 2 == 0 ? turned : -turned) - value * Double(k)) * inverse
    }
    return value.high
  }

  /// Σ (−1)ᵏ xʲ/((n+j+1) j!), j = 2k − n ≥ 0.
  private static func sincSeries(_ n: Int, _ x: Double) -> Double {
    let square = DoubleDouble.product(x, x)
    var power = DoubleDouble(n & 1 == 0 ? 1 : x)
    if (n + (n & 1)) & 2 != 0 { power = -power }
    var sum = DoubleDouble(0)
    for j in stride(from: n & 1, to: 400, by: 2) {
      let term = power / Double(n + j + 1)
      sum += term
      let isPastLargest = Double(j) > x.magnitude
      if isPastLargest, term.high.magnitude <= 0x1p-110 * sum.high.magnitude { break }
      power = -(power * square) / Double((j + 1) * (j + 2))
    }
    return sum.high
  }
}
