// The modified Bessel functions of the first and second kind, of any real order.

extension SpecialFunction {
  /// I of the given order at x: the power series, whose terms have one sign, while it is short;
  /// from K and the continued fraction for Iᵥ₊₁/Iᵥ by the Wronskian beyond; for large x the
  /// asymptotic series. Negative orders by I₋ᵥ = Iᵥ + 2/π sin πν Kᵥ (DLMF 10.27.2); x < 0 with
  /// whole orders by parity.
  ///
  /// NaN for x < 0 with an order not whole, an infinite order, and for orders beyond 20 000 in the
  /// strip where neither the power series nor the asymptotic one serves and the result is no 0 and
  /// no infinity. At 0 it is 1 for order 0, 0 for positive and whole orders, an infinity for the
  /// others.
  static func besselI(order: Double, _ x: Double) -> Double {
    guard order.isFinite, !x.isNaN else { return .nan }
    if x < 0 {
      guard order == order.rounded() else { return .nan }
      let value = besselI(order: order, -x)
      return Libm.fmod(order.magnitude, 2) == 1 ? -value : value
    }
    if x == .infinity { return x }
    let value = modifiedFirst(ModifiedOrder(order), x).value
    return value.isNaN ? modifiedLimit(order, x, sign: 1) : value
  }

  /// K of the given order at x ≥ 0: below 2 Temme's series and the upward recurrence, which is
  /// stable for K; beyond an integral by the trapezoidal rule; for large x the asymptotic series.
  ///
  /// NaN for x < 0 and as with `besselI`; +inf at 0, 0 at +inf.
  static func besselK(order: Double, _ x: Double) -> Double {
    guard order.isFinite, x >= 0 else { return .nan }
    if x == 0 || x == .infinity { return x == 0 ? .infinity : 0 }
    let value = modifiedSecond(ModifiedOrder(order), x).value
    return value.isNaN ? modifiedLimit(order, x, sign: -1) : value
  }

  /// The derivative of I in x, of the given order, as the mean of orders around it (DLMF 10.29.5):
  /// the first or the second one.
  static func besselIDerivative(_ count: Int, order: Double, _ x: Double) -> WideNumber {
    let isOdd = Libm.fmod(order.magnitude, 2) == 1
    let sign: Double = x < 0 && isOdd == (count == 2) ? -1 : 1
    guard order.isFinite, x >= 0 || x < 0 && order == order.rounded() else { return .nan }
    if x == .infinity { return WideNumber(DoubleDouble(x)) }
    return mean(count, sign) { modifiedFirst(ModifiedOrder(order, $0), x.magnitude) }
  }

  /// The derivative of K in x, likewise.
  static func besselKDerivative(_ count: Int, order: Double, _ x: Double) -> WideNumber {
    guard order.isFinite, x > 0 else { return .nan }
    if x == .infinity { return WideNumber(DoubleDouble(0)) }
    return mean(count, count == 1 ? -1 : 1) { modifiedSecond(ModifiedOrder(order, $0), x) }
  }

  private static func mean(_ count: Int, _ sign: Double, _ value: (Double) -> WideNumber)
    -> WideNumber
  {
    let outer = value(Double(-count)) + value(Double(count))
    return (count == 1 ? outer : outer + value(0).times(2)).times(sign / Double(1 << count))
  }

  /// Iᵥ(x) for finite x ≥ 0.
  static func modifiedFirst(_ order: ModifiedOrder, _ x: Double) -> WideNumber {
    if order.isNegative, !order.isWhole {
      if x == 0 {
        return WideNumber(DoubleDouble(order.reflectionSine.high > 0 ? .infinity : -.infinity))
      }
      let second = modifiedSecond(order, x)
      let weight = order.reflectionSine * KernelTables.twoOverPi
      return modifiedFirst(order.magnitude, x) + second.times(weight)
    }
    let order = order.magnitude
    if x == 0 { return WideNumber(DoubleDouble(order.value.high == 0 ? 1 : 0)) }
    if x * x <= 12 * (order.value.high + 1) { return modifiedSeries(order, x) }
    if isAsymptotic(order, x) { return modifiedHankel(order, x, sign: -1) }
    guard order.value.high <= greatestModifiedOrder else { return .nan }
    // Iᵥ (Kᵥ₊₁ + Iᵥ₊₁/Iᵥ Kᵥ) = 1/x.
    let second = modifiedSecond(order, x)
    let sum = modifiedSecond(order.raised, x) + second.times(modifiedRatio(order, x))
    return WideNumber(1 / (sum.factor * x), -sum.logarithm)
  }

  /// Kᵥ(x) for finite x > 0.
  static func modifiedSecond(_ order: ModifiedOrder, _ x: Double) -> WideNumber {
    let order = order.magnitude
    if isAsymptotic(order, x) { return modifiedHankel(order, x, sign: 1) }
    if x < 1e-290, order.value.high > 0.25 {
      // ½ Γ(ν) (2/x)ᵛ alone, and Γ(ν) = Γ(ν+1)/ν.
      let log = KernelTables.ln2 - DoubleDouble.log(DoubleDouble(x))
      let factor = 0.5 / order.value
      return WideNumber(factor, log * order.value + order.logGammaPlus1)
    }
    if x < 2, order.value.high <= 8 { return temmeModified(order, x) }
    guard order.value.high <= greatestModifiedOrder else { return .nan }
    return modifiedIntegral(order.value, x)
  }

  /// Larger than any order that derivatives ask for besides those that a user gives.
  private static let greatestModifiedOrder = 20_002.0

  /// The infinity or the 0 for a value that is not computed since it is out of range: log Kᵥ is
  /// about -√(ν²+x²) + ν arsinh(ν/x), the first term of Debye's expansion (DLMF 10.41), log Iᵥ the
  /// opposite of it.
  private static func modifiedLimit(_ order: Double, _ x: Double, sign: Double) -> Double {
    let order = order.magnitude
    let debye = Libm.hypot(order, x) - order * Libm.asinh(order / x)
    return sign * debye > 1000 ? .infinity : sign * debye < -1000 ? 0 : .nan
  }

  private static func isAsymptotic(_ order: ModifiedOrder, _ x: Double) -> Bool {
    x >= 36 && x >= order.value.high * order.value.high / 2
  }

  /// (x/2)ᵛ Σ (x²/4)ᵏ/(k! Γ(ν+k+1)).
  private static func modifiedSeries(_ order: ModifiedOrder, _ x: Double) -> WideNumber {
    let half = DoubleDouble(x / 2)
    let argument = half * half
    var term = DoubleDouble(1)
    var sum = term
    for k in stride(from: 1.0, to: 200, by: 1) {
      term = term * argument / ((order.value + k) * k)
      sum += term
      if term.high < 0x1p-110 * sum.high { break }
    }
    let log = DoubleDouble.log(DoubleDouble(x)) - KernelTables.ln2
    return WideNumber(sum, log * order.value - order.logGammaPlus1)
  }

  /// Hankel's expansions for large x (DLMF 10.40.1 and 2), of K for the sign 1 and of I for -1.
  private static func modifiedHankel(_ order: ModifiedOrder, _ x: Double, sign: Double)
    -> WideNumber
  {
    let fourSquare = order.value * order.value * 4
    let eighth = DoubleDouble(sign * 0.125) / x
    var term = DoubleDouble(1)
    var sum = term
    for k in 1...72 {
      let odd = Double(2 * k - 1)
      term = term * (fourSquare - odd * odd) * eighth / Double(k)
      sum += term
      if term.high.magnitude < 0x1p-112 { break }
    }
    let root = DoubleDouble(x).squareRoot
    let factor =
      sign > 0
      ? sum / (KernelTables.sqrtTwoOverPi * root) : sum * KernelTables.sqrtTwoOverPi / root * 0.5
    return WideNumber(factor, DoubleDouble(-sign * x))
  }

  /// Iᵥ₊₁/Iᵥ by its continued fraction (DLMF 10.33.1), evaluated upward from so far out that the
  /// starting value has no influence.
  private static func modifiedRatio(_ order: ModifiedOrder, _ x: Double) -> DoubleDouble {
    let high = order.value.high
    let count = ((high * high + 90 * x).squareRoot() - high + 60).rounded()
    let twoOverX = 2 / DoubleDouble(x)
    var ratio = DoubleDouble(0)
    for k in stride(from: count, to: 0, by: -1) {
      ratio = 1 / ((order.value + k) * twoOverX + ratio)
    }
    return ratio
  }

  /// ½ ∫ exp(νt - x cosh t) dt over the whole line (DLMF 10.32.9) by the trapezoidal rule, which
  /// converges exponentially there (Trefethen and Weideman 2014), outward from the largest value.
  private static func modifiedIntegral(_ order: DoubleDouble, _ x: Double) -> WideNumber {
    let centre = Libm.asinh(order.high / x)
    let curvature = Libm.hypot(order.high, x)
    let width = Swift.min(0.125, 0.5 / curvature.squareRoot())
    // A power of two, by which the abscissas are exact to two doubles.
    let step = Double(sign: .plus, exponent: width.exponent, significand: 1)
    let start = DoubleDouble.exp(DoubleDouble(centre))
    let exponent = { (t: DoubleDouble, power: DoubleDouble) in
      order * t - (power + 1 / power) * 0.5 * x
    }
    let peak = exponent(DoubleDouble(centre), start)
    var sum = DoubleDouble(1)
    for side in [step, -step] {
      let growth = DoubleDouble.exp(DoubleDouble(side))
      var power = start
      for k in 1...4000 {
        power *= growth
        let t = DoubleDouble.sum(centre, Double(k) * side)
        let value = DoubleDouble.exp(exponent(t, power) - peak)
        sum += value
        if value.high < 0x1p-110 * sum.high { break }
      }
    }
    return WideNumber(sum * (step / 2), peak)
  }

  /// Temme's series for K of an order within ½ of 0 and of the next (J. Comput. Phys. 19, 1975),
  /// and the recurrence up to ν; for 0 < x < 2.
  private static func temmeModified(_ order: ModifiedOrder, _ x: Double) -> WideNumber {
    let fraction = order.fraction
    let half = DoubleDouble(x / 2)
    let log = KernelTables.ln2 - DoubleDouble.log(DoubleDouble(x))
    let gamma = reciprocalGamma(fraction)
    let (cosh, sinhOverE) = hyperbolic(log * fraction)
    let power = DoubleDouble.exp(log * fraction)
    var f =
      (gamma.first * cosh + gamma.second * sinhOverE * log)
      / sineOverArgument(KernelTables.pi * fraction)
    var p = power * 0.5 / gamma.onePlus
    var q = 0.5 / (power * gamma.oneMinus)
    let argument = half * half
    let square = DoubleDouble.product(fraction, fraction)
    var c = DoubleDouble(1)
    var (current, next) = (f, p)
    for k in stride(from: 1.0, to: 60, by: 1) {
      f = (f * k + p + q) / (DoubleDouble(k * k) - square)
      c = c * argument / k
      p = p / DoubleDouble.sum(k, -fraction)
      q = q / DoubleDouble.sum(k, fraction)
      let term = c * f
      current += term
      next += c * (p - f * k)
      if term.high.magnitude * k < current.high.magnitude * 0x1p-116 { break }
    }
    return raised(current, next * (2 / DoubleDouble(x)), order, x)
  }

  /// Kᵥ by the recurrence from the orders μ and μ + 1; each step is brought back to about 1.
  private static func raised(
    _ current: DoubleDouble, _ next: DoubleDouble, _ order: ModifiedOrder, _ x: Double
  ) -> WideNumber {
    var (current, next) = (current, next)
    var exponent = 0
    let twoOverX = 2 / DoubleDouble(x)
    for k in stride(from: 1, through: order.steps, by: 1) {
      let shift = Int(next.high.exponent)
      exponent += shift
      let (low, high) = (
        current.scaled(byPowerOfTwo: -shift), next.scaled(byPowerOfTwo: -shift)
      )
      (current, next) = (high, high * twoOverX * DoubleDouble.sum(k, order.fraction) + low)
    }
    return WideNumber(current, KernelTables.ln2 * Double(exponent))
  }
}

/// The order of a modified Bessel function: a double plus a small whole number. The exact sum may
/// not be a double.
struct ModifiedOrder {
  private let base: Double
  private let shift: Double

  init(_ base: Double, _ shift: Double = 0) {
    let isWhole = base == base.rounded()
    self.base = isWhole ? base + shift : base
    self.shift = isWhole ? 0 : shift
  }

  var value: DoubleDouble { DoubleDouble.sum(base, shift) }
  var isNegative: Bool { value.high < 0 }
  var isWhole: Bool { fraction == 0 }
  var magnitude: ModifiedOrder { isNegative ? ModifiedOrder(-base, -shift) : self }
  var raised: ModifiedOrder { ModifiedOrder(base, shift + 1) }

  /// It is steps + fraction, the fraction within ½ of 0.
  var steps: Double { base.rounded() + shift }
  var fraction: Double { base - base.rounded() }

  /// sin(-πν).
  var reflectionSine: DoubleDouble {
    let sine = -DoubleDouble.sineAndCosinePi(fraction).sine
    return Libm.fmod(steps.magnitude, 2) == 1 ? -sine : sine
  }

  /// ln Γ(ν + 1), for ν ≥ 0; the base may be negative.
  var logGammaPlus1: DoubleDouble {
    var sum = SpecialFunction.logGamma(base, shift: 1)
    for k in stride(from: 1, through: shift, by: 1) {
      sum += .log(DoubleDouble.sum(base, k).magnitude)
    }
    for k in stride(from: 0, to: shift, by: -1) {
      sum -= .log(DoubleDouble.sum(base, k).magnitude)
    }
    return sum
  }
}

/// factor · exp(logarithm), which may be out of a double's range.
struct WideNumber {
  let factor: DoubleDouble
  let logarithm: DoubleDouble

  static var nan: WideNumber { WideNumber(DoubleDouble(.nan)) }

  init(_ factor: DoubleDouble, _ logarithm: DoubleDouble = DoubleDouble(0)) {
    (self.factor, self.logarithm) = (factor, logarithm)
  }

  /// Rounded to a double, once.
  var value: Double {
    let (significand, exponent) = binary
    return significand.scaled(byPowerOfTwo: exponent).high
  }

  var scaled: Scaled {
    let (significand, exponent) = binary
    return Scaled(significand.high, exponent: exponent)
  }

  /// The number as a significand and a power of two.
  private var binary: (DoubleDouble, Int) {
    let count = (logarithm.high / KernelTables.ln2.high).rounded()
    guard count.magnitude < 0x1p39, factor.high.isFinite else {
      return (DoubleDouble(factor.high * Libm.exp(logarithm.high)), 0)
    }
    return (factor * KernelTables.exponential(logarithm - KernelTables.ln2 * count), Int(count))
  }

  func times(_ number: Double) -> WideNumber { WideNumber(factor * number, logarithm) }
  func times(_ number: DoubleDouble) -> WideNumber { WideNumber(factor * number, logarithm) }

  static func + (x: WideNumber, y: WideNumber) -> WideNumber {
    let (large, small) = x.logarithm.high >= y.logarithm.high ? (x, y) : (y, x)
    if small.factor.high == 0 { return large }
    let ratio = DoubleDouble.exp(small.logarithm - large.logarithm)
    return WideNumber(large.factor + small.factor * ratio, large.logarithm)
  }
}
