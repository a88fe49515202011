// The digamma and polygamma functions.

extension SpecialFunction {
  /// ψ(x) = Γ′(x)/Γ(x): upward recurrence to 20 and the asymptotic series (Abramowitz & Stegun
  /// 6.3.18); below 0 by reflection, ψ(x) = ψ(1−x) − π cot πx; all in double-double, which carries
  /// it through the zeros on either side of 0.
  ///
  /// ∓inf at ±0; NaN at the other poles −1, −2, … and at −inf; +inf at +inf.
  static func digamma(_ x: Double) -> Double {
    guard x.isFinite else { return x == .infinity ? x : .nan }
    if x.magnitude < 0x1p-60 { return -1 / x }
    if x > 0x1p60 { return Libm.log(x) }
    let fromZero = (x - 1.4616321449683622) - 9.549995429965697e-17
    if fromZero.magnitude < 1e-8 {
      // Two terms of the expansion about the positive zero, which is held to 106 bits.
      return fromZero * 0.9676722454476212.addingProduct(fromZero, -0.4427631689835921)
    }
    if x > 0 { return positiveDigamma(DoubleDouble(x)).high }
    if x == x.rounded() { return .nan }
    let (sine, cosine) = DoubleDouble.sineAndCosinePi(x)
    let cotangent = KernelTables.pi * cosine / sine
    return (positiveDigamma(DoubleDouble.sum(1, -x)) - cotangent).high
  }

  private static func positiveDigamma(_ x: DoubleDouble) -> DoubleDouble {
    var y = x
    var sum = DoubleDouble(0)
    while y.high < 20 {
      sum += 1 / y
      y = y + 1
    }
    let correction = (DoubleDouble.bernoulliTail(1, y) + 0.5) / y
    return DoubleDouble.log(y) - correction - sum
  }

  /// ψ⁽ⁿ⁾(x), the nth derivative of digamma, as (−1)ⁿ⁺¹ n! ζ(n+1, x), with Hurwitz's zeta function
  /// summed by Euler–Maclaurin (for x < 0 through the sum over all whole numbers) and the factor
  /// n! x⁻ⁿ⁻¹ applied without needless overflow.
  ///
  /// n must be whole, from 0 to 2⁵³, otherwise NaN; n = 0 is `digamma`. At the poles 0, −1, −2, …
  /// an odd n gives +inf, both sides agreeing; an even n gives ∓inf at ±0 and NaN elsewhere. At
  /// +inf the limit 0, with the sign of the approach; NaN at −inf.
  static func polygamma(_ n: Double, _ x: Double) -> Double {
    guard n >= 0, n <= 0x1p53, n == n.rounded(), !x.isNaN else { return .nan }
    if n == 0 { return digamma(x) }
    let isOdd = Libm.fmod(n, 2) == 1
    guard x.isFinite else { return x < 0 ? .nan : isOdd ? 0.0 : -0.0 }
    if x == 0 { return isOdd ? .infinity : -1 / x * .infinity }
    if x < 0, x == x.rounded() { return isOdd ? .infinity : .nan }
    // Halfway between poles an even n has its terms cancel in pairs, leaving those beyond 1 − x.
    if x < 0, !isOdd, x * 2 == (x * 2).rounded() { return polygamma(n, 1 - x) }
    let s = n + 1
    let sum: DoubleDouble
    let base: Double
    if x > 0 {
      base = x
      sum = zetaRatio(s, base: base, from: DoubleDouble(x))
    } else {
      // x = t − k, and Σ over j ≥ −k of (t+j)⁻ˢ is the sum over all whole j less that below −k.
      let nearest = x.rounded()
      base = x - nearest
      let negative = zetaRatio(s, base: base, from: DoubleDouble.sum(1, -base))
      let beyond = zetaRatio(s, base: base, from: DoubleDouble.sum(1 - nearest, -base))
      let positive = zetaRatio(s, base: base, from: DoubleDouble.sum(1, base))
      // To the left of t the terms carry the sign (−1)ˢ.
      let left = isOdd ? negative - beyond : beyond - negative
      sum = positive + left + 1
    }
    let value = factorialOverPower(n, base: base, times: sum)
    return isOdd ? value : -value
  }

  /// baseˢ ζ(s, y) for y > 0: terms up to where either they no longer count or y ≥ 20 + 2s, the
  /// rest by Euler–Maclaurin.
  private static func zetaRatio(_ s: Double, base: Double, from start: DoubleDouble)
    -> DoubleDouble
  {
    var y = start
    var sum = DoubleDouble(0)
    while y.high < 20 + 2 * s {
      let term = power(DoubleDouble(base) / y, s)
      sum += term
      if term.high.magnitude <= sum.high.magnitude * 0x1p-112 { return sum }
      y = y + 1
    }
    // The integral, half the first term and the correction: yˢζ ≈ y/(s−1) + ½ + s·tail.
    let rest = y / (s - 1) + 0.5 + DoubleDouble.bernoulliTail(s, y) * s
    return sum + power(DoubleDouble(base) / y, s) * rest
  }

  /// xˢ for whole s ≥ 1 by repeated squaring.
  private static func power(_ x: DoubleDouble, _ s: Double) -> DoubleDouble {
    var (square, result, rest) = (x, DoubleDouble(1), Int(s))
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      rest >>= 1
      if rest > 0 { square *= square }
      if square.high == 0 { return DoubleDouble(0) }
    }
    return result
  }

  /// n! z / baseⁿ⁺¹, with n ≥ 1 whole.
  private static func factorialOverPower(_ n: Double, base: Double, times z: DoubleDouble) -> Double
  {
    let isNegative = (base < 0 && Libm.fmod(n, 2) == 0) != (z.high < 0)
    if n <= 170 {
      var value = z / base
      for k in 1...Int(n) { value *= DoubleDouble(Double(k)) / base }
      return value.high.isNaN ? (isNegative ? -.infinity : .infinity) : value.high
    }
    let logBase = DoubleDouble.log(DoubleDouble(base.magnitude))
    let exponent = logGamma(n, shift: 1) - logBase * DoubleDouble.sum(n, 1)
    let value = DoubleDouble.exp(exponent + DoubleDouble.log(z.magnitude)).high
    return isNegative ? -value : value
  }
}
