// Where the Bessel recurrences begin: orders near 0 by Temme's series, Steed's method or Hankel's
// expansion, after x.

extension SpecialFunction {
  typealias BesselPair = (first: DoubleDouble, second: DoubleDouble)

  /// J and Y of the orders μ and μ + 1, for |μ| ≤ ½ and x > 0.
  static func besselStart(_ order: Double, _ x: Double) -> (BesselPair, BesselPair) {
    if x < 3 { return temme(order, x) }
    if x < 36 { return steed(order, x) }
    return (hankel(DoubleDouble(order), x), hankel(DoubleDouble.sum(order, 1), x))
  }

  /// Hankel's expansion (Abramowitz & Stegun 9.2.5–10), for x ≥ 36 and x ≥ ν²/2: its smallest term
  /// is then of the order of exp(−2x).
  static func hankel(_ order: DoubleDouble, _ x: Double) -> BesselPair {
    let fourSquare = order * order * 4
    let eighth = 0.125 / DoubleDouble(x)
    var term = DoubleDouble(1)
    var p = term
    var q = DoubleDouble(0)
    for k in 1...72 {
      let odd = Double(2 * k - 1)
      term = term * (fourSquare - odd * odd) * eighth / Double(k)
      let signed = k & 2 == 0 ? term : -term
      if k & 1 == 0 { p += signed } else { q += signed }
      if term.high.magnitude < 0x1p-112 { break }
    }
    // cos and sin of x − π/4, then turned back by πν/2; ν + 1 by one more quarter turn.
    let (sine, cosine) = DoubleDouble.sineAndCosine(x)
    let (s, c) = (sine - cosine, sine + cosine)
    let turn = phase(order)
    let sinePhase = s * turn.cosine - c * turn.sine
    let cosinePhase = c * turn.cosine + s * turn.sine
    let amplitude =
      KernelTables.sqrtTwoOverPi * KernelTables.sqrtHalf
      / DoubleDouble(x).squareRoot
    let first = p * cosinePhase - q * sinePhase
    let second = p * sinePhase + q * cosinePhase
    return (first * amplitude, second * amplitude)
  }

  /// sin and cos of πν/2, where ν is a double or, exactly, a double plus 1.
  private static func phase(_ order: DoubleDouble) -> (sine: DoubleDouble, cosine: DoubleDouble) {
    if order.low == 0 { return DoubleDouble.sineAndCosinePi(order.high / 2) }
    let (sine, cosine) = DoubleDouble.sineAndCosinePi((order - 1).high / 2)
    return (cosine, -sine)
  }

  /// Jᵥ₊₁/Jᵥ by its continued fraction, evaluated upward from so far out that the starting value
  /// has no influence, and whether Jᵥ is negative.
  static func besselRatio(_ order: Double, _ x: Double) -> (ratio: DoubleDouble, isNegative: Bool) {
    let larger = Swift.max(order, x)
    let count = (larger - order + 40 + 12 * Libm.cbrt(larger)).rounded()
    let twoOverX = 2 / DoubleDouble(x)
    var ratio = DoubleDouble(0)
    var isNegative = false
    for k in stride(from: count, to: 0, by: -1) {
      ratio = 1 / (DoubleDouble.sum(order, k) * twoOverX - ratio)
      if ratio.isNegative { isNegative.toggle() }
    }
    return (ratio, isNegative)
  }

  /// Steed's method for 3 ≤ x < 36: p + iq = (J′ + iY′)/(J + iY) by its continued fraction, J′/J by
  /// the other, and the Wronskian.
  private static func steed(_ order: Double, _ x: Double) -> (BesselPair, BesselPair) {
    let xInverse = 1 / DoubleDouble(x)
    let square = DoubleDouble.product(order, order)
    // t = a₁/(b₁ + a₂/(b₂ + …)), aₖ = (k − ½)² − μ², bₖ = 2(x + ik).
    var (re, im) = (DoubleDouble(0), DoubleDouble(0))
    for k in stride(from: (900 / x + 60).rounded(), to: 0, by: -1) {
      let a = DoubleDouble((k - 0.5) * (k - 0.5)) - square
      let (u, v) = (re + 2 * x, im + 2 * k)
      let factor = a / (u * u + v * v)
      (re, im) = (u * factor, -v * factor)
    }
    // p + iq = −1/2x + i + (i/x) t.
    let p = -(im + 0.5) * xInverse
    let q = re * xInverse + 1
    let (ratio, isNegative) = besselRatio(order, x)
    let f = xInverse * order - ratio
    let gamma = (p - f) / q
    let wronskian = KernelTables.twoOverPi * xInverse
    let root = (wronskian / ((p - f) * gamma + q)).squareRoot
    let first = isNegative ? -root : root
    let second = first * gamma
    let secondDerivative = second * p + first * q
    let nextSecond = second * xInverse * order - secondDerivative
    return ((first, second), (first * ratio, nextSecond))
  }

  /// Temme's series for Y (J. Comput. Phys. 19, 1975), for 0 < x < 3; J from Y, the continued
  /// fraction for their ratio and the Wronskian.
  private static func temme(_ order: Double, _ x: Double) -> (BesselPair, BesselPair) {
    let half = DoubleDouble(x / 2)
    let log = KernelTables.ln2 - DoubleDouble.log(DoubleDouble(x))
    let e = log * order
    let gamma = reciprocalGamma(order)
    let sine = sineOverArgument(KernelTables.pi * order)
    let (cosh, sinhOverE) = hyperbolic(e)
    var f = (gamma.first * cosh + gamma.second * sinhOverE * log) / sine * KernelTables.twoOverPi
    let power = DoubleDouble.exp(e)
    var p = power / (gamma.onePlus * KernelTables.pi)
    var q = 1 / (power * gamma.oneMinus * KernelTables.pi)
    let halfSine = sineOverArgument(KernelTables.halfPi * order)
    let r = halfSine * halfSine * KernelTables.pi * KernelTables.halfPi * order
    let argument = -half * half
    let square = DoubleDouble.product(order, order)
    var c = DoubleDouble(1)
    var sum = f + r * q
    var nextSum = p
    for k in stride(from: 1.0, to: 60, by: 1) {
      f = (f * k + p + q) / (DoubleDouble(k * k) - square)
      c = c * argument / k
      p = p / DoubleDouble.sum(k, -order)
      q = q / DoubleDouble.sum(k, order)
      let term = c * (f + r * q)
      sum += term
      nextSum += c * p - term * k
      if term.high.magnitude * k < sum.high.magnitude * 0x1p-116 { break }
    }
    let twoOverX = 2 / DoubleDouble(x)
    let (second, nextSecond) = (-sum, -(nextSum * twoOverX))
    let ratio = besselRatio(order, x).ratio
    let first = twoOverX / KernelTables.pi / (ratio * second - nextSecond)
    return ((first, second), (first * ratio, nextSecond))
  }

  /// sin(a)/a for |a| ≤ π/2.
  static func sineOverArgument(_ a: DoubleDouble) -> DoubleDouble {
    KernelTables.sinOverArgument(a * a)
  }

  /// cosh e and sinh(e)/e.
  static func hyperbolic(_ e: DoubleDouble) -> (cosh: DoubleDouble, sinhOverE: DoubleDouble) {
    if e.high.magnitude < 1 {
      let square = -(e * e)
      return (KernelTables.cosine(square), KernelTables.sinOverArgument(square))
    }
    let up = DoubleDouble.exp(e) * 0.5
    let down = DoubleDouble.exp(-e) * 0.5
    return (up + down, (up - down) / e)
  }
}
