// sin(x)/x and its first three derivatives.

extension SpecialFunction {
  /// The nth derivative, n = 0…3, of sin(x)/x, 1 at 0 and 0 at ±inf: by the power series near 0, and
  /// otherwise the closed form in double-double, whose spare digits bear the cancellation beside 0
  /// and beside the zeros. NaN for any other n.
  static func sincDerivative(n: Int, _ x: Double) -> Double {
    guard 0...3 ~= n, !x.isNaN else { return .nan }
    guard x.isFinite else { return 0 }
    if x.magnitude < 0.005 { return sincSeries(n, x) }
    let (sine, cosine) = DoubleDouble.sineAndCosine(x)
    let i = 1 / DoubleDouble(x)
    let value: DoubleDouble
    switch n {
    case 0: value = sine
    case 1: value = cosine - sine * i
    case 2: value = (sine * i - cosine) * i * 2 - sine
    default: value = ((cosine - sine * i) * i * 2 + sine) * i * 3 - cosine
    }
    return (value * i).high
  }

  /// Σ (−1)ᵏ x²ᵏ⁻ⁿ/((2k+1)(2k−n)!), from the first whole power on; for |x| < 0.005.
  private static func sincSeries(_ n: Int, _ x: Double) -> Double {
    let square = x * x
    switch n {
    case 0: return 1 - square * (1.0 / 6 - square / 120)
    case 1: return -x * (1.0 / 3 - square * (1.0 / 30 - square / 840))
    case 2: return -(1.0 / 3 - square * (1.0 / 10 - square / 168))
    default: return x * (1.0 / 5 - square * (1.0 / 42 - square / 1080))
    }
  }
}
