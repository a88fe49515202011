// The gamma function, its logarithm and the factorial.

/// Functions that C's library lacks, or has less accurately than this calculator wants, on plain
/// doubles. Each states its method, its domain and what it returns at the edges; every one passes
/// NaN on.
enum SpecialFunction {
  /// Γ(x), correctly rounded but for rare near-ties: 1/Γ(1+t) for |t| ≤ ½ by its Taylor series
  /// (Wrench 1968), then the recurrence Γ(x+1) = xΓ(x), all in double-double.
  ///
  /// ±inf at ±0; NaN at negative whole numbers and −inf; +inf from 171.6243… on.
  static func gamma(_ x: Double) -> Double {
    shiftedGamma(x, shift: 0)
  }

  /// x! = Γ(x+1), by the same method, x+1 not being rounded on the way: exact for whole x ≤ 22 and
  /// correctly rounded for every whole x ≤ 170. NaN at −1, −2, … and −inf.
  static func factorial(_ x: Double) -> Double {
    shiftedGamma(x, shift: 1)
  }

  /// ln|Γ(x)|: from Γ itself near the zeros and poles, Stirling's series beyond, the reflection
  /// formula for large negative x. +inf at the poles 0, −1, −2, …, at ±inf and where it overflows
  /// (x > 2.55·10³⁰⁵).
  static func logGamma(_ x: Double) -> Double {
    guard x.isFinite else { return x.isNaN ? x : .infinity }
    if x <= 0, x == x.rounded() { return .infinity }
    let value = logGamma(x, shift: 0).high
    return value.isNaN ? .infinity : value
  }

  private static func shiftedGamma(_ x: Double, shift: Double) -> Double {
    guard x.isFinite else { return x == .infinity ? x : .nan }
    if shift == 0, x.magnitude < 0x1p-60 { return 1 / x }
    if x + shift <= 0, x == x.rounded() { return .nan }
    if x > 180 { return .infinity }
    // From Γ(−185) on the value underflows to 0; only its sign is left.
    if x < -190 { return Libm.fmod((-x).rounded(.down) + shift, 2) == 0 ? -0.0 : 0.0 }
    let value = gammaProduct(x, shift: Int(shift))
    let gamma = value.numerator / value.denominator
    return gamma.high.isNaN ? .infinity : gamma.high * value.scale
  }

  /// Γ(x + shift) = scale · numerator / denominator, with the scale there to keep the denominator
  /// finite where the result is subnormal.
  private static func gammaProduct(_ x: Double, shift: Int)
    -> (numerator: DoubleDouble, denominator: DoubleDouble, scale: Double)
  {
    let nearest = x.rounded()
    let t = x - nearest
    let order = Int(nearest) + shift
    var denominator = reciprocalGamma(t).onePlus
    guard order < 1 else {
      var numerator = DoubleDouble(1)
      for i in stride(from: 1, to: order, by: 1) {
        numerator *= DoubleDouble.sum(Double(i), t)
      }
      return (numerator, denominator, 1)
    }
    let scale = order < -100 ? 0x1p-400 : 1
    denominator = denominator * scale
    for i in order...0 { denominator *= DoubleDouble.sum(Double(i), t) }
    return (DoubleDouble(1), denominator, scale)
  }

  /// For |t| ≤ ½, 1/Γ(1+t) and 1/Γ(1−t), with Temme's γ₁ = (1/Γ(1−t) − 1/Γ(1+t))/2t and γ₂, half
  /// their sum.
  static func reciprocalGamma(_ t: Double)
    -> (onePlus: DoubleDouble, oneMinus: DoubleDouble, first: DoubleDouble, second: DoubleDouble)
  {
    let square = DoubleDouble.product(t, t)
    let even = KernelTables.reciprocalGammaEven(square)
    let odd = KernelTables.reciprocalGammaOdd(square)
    return (even + odd * t, even - odd * t, -odd, even)
  }

  /// ln|Γ(x + shift)|, shift 0 or 1, at finite x that is no pole.
  static func logGamma(_ x: Double, shift: Double) -> DoubleDouble {
    if shift == 0, x.magnitude < 0x1p-60 { return -DoubleDouble.log(DoubleDouble(x.magnitude)) }
    if x.magnitude <= 30 {
      let value = gammaProduct(x, shift: Int(shift))
      return .log((value.numerator / value.denominator).magnitude)
    }
    let y = DoubleDouble.sum(x, shift)
    if x > 0 { return stirling(y) }
    // Γ(y)Γ(1−y) = π/sin πy.
    let sine = DoubleDouble.sineAndCosinePi(x).sine.magnitude
    return KernelTables.logPi - DoubleDouble.log(sine) - stirling(DoubleDouble.sum(1 - shift, -x))
  }

  /// ln Γ(y) by Stirling's series, for y ≥ 20.
  private static func stirling(_ y: DoubleDouble) -> DoubleDouble {
    if y.high > 1e300 { return y * (DoubleDouble.log(y) - 1) }
    let leading = (y - 0.5) * DoubleDouble.log(y) - y
    return leading + KernelTables.halfLogTwoPi + DoubleDouble.bernoulliTail(0, y)
  }
}
