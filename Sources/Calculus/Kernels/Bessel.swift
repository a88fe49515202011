// The Bessel functions of the first and second kind, of any real order.

extension SpecialFunction {
  /// The greatest order for which the recurrences are run: some hundreds of microseconds' worth.
  static let greatestStep = 20_000.0

  /// J of the given order at x: the power series where its terms hardly cancel, otherwise as
  /// `besselPair` finds it. Negative orders by reflection; x < 0 with whole orders by parity.
  ///
  /// NaN for x < 0 with an order not whole, an infinite order, and, documented limit, for orders
  /// beyond 20 000 in the strip where J neither underflows nor has x ≥ order²/2. 0 at ±inf; at 0 it
  /// is 1 for order 0, 0 for positive and whole orders, an infinity for the others.
  static func besselJ(order: Double, _ x: Double) -> Double {
    guard order.isFinite, !x.isNaN else { return .nan }
    let isWhole = order == order.rounded()
    if x < 0 {
      guard isWhole else { return .nan }
      let value = besselJ(order: order, -x)
      return isOdd(order) ? -value : value
    }
    if x == .infinity { return 0 }
    if order >= 0 { return firstKind(order, x).high }
    let first = firstKind(-order, x)
    if isWhole { return isOdd(order) ? -first.high : first.high }
    // J₋ᵥ = cos πν Jᵥ − sin πν Yᵥ.
    let (sine, cosine) = DoubleDouble.sineAndCosinePi(-order)
    let second = secondKind(-order, x)
    if second.high.isInfinite { return sine.high > 0 ? .infinity : -.infinity }
    return (cosine * first - sine * second).high
  }

  /// Y of the given order at x ≥ 0, by `besselPair`; negative orders by reflection.
  ///
  /// NaN for x < 0 and as with `besselJ`; 0 at +inf; at 0 it is −inf for orders ≥ 0, and for
  /// negative ones the infinity (at −½, −3/2, … the zero) that the reflection formula gives.
  static func besselY(order: Double, _ x: Double) -> Double {
    guard order.isFinite, x >= 0 else { return .nan }
    if x == .infinity { return 0 }
    let second = secondKind(order.magnitude, x)
    if order >= 0 { return second.high }
    // Y₋ᵥ = sin πν Jᵥ + cos πν Yᵥ.
    let (sine, cosine) = DoubleDouble.sineAndCosinePi(-order)
    if sine.high == 0 { return cosine.high * second.high }
    let first = firstKind(-order, x)
    if cosine.high == 0 { return sine.high * first.high }
    guard second.high.isFinite else { return cosine.high * second.high }
    return (sine * first + cosine * second).high
  }

  private static func isOdd(_ order: Double) -> Bool { Libm.fmod(order.magnitude, 2) == 1 }

  /// Jᵥ(x) for ν ≥ 0 and finite x ≥ 0.
  private static func firstKind(_ order: Double, _ x: Double) -> DoubleDouble {
    if x == 0 { return DoubleDouble(order == 0 ? 1 : 0) }
    if x * x <= 12 * (order + 1) { return besselSeries(order, x) }
    return besselPair(order, x).first
  }

  /// Yᵥ(x) for ν ≥ 0 and finite x ≥ 0.
  private static func secondKind(_ order: Double, _ x: Double) -> DoubleDouble {
    if x == 0 { return DoubleDouble(-.infinity) }
    if x < 1e-290, order > 0.25 {
      // −Γ(ν)/π (2/x)ᵛ alone; 2/x may overflow where this does not.
      let log = KernelTables.ln2 - DoubleDouble.log(DoubleDouble(x))
      return -DoubleDouble.exp(log * order + logGamma(order, shift: 0) - KernelTables.logPi)
    }
    return besselPair(order, x).second
  }

  /// (x/2)ᵛ Σ (−x²/4)ᵏ/(k! Γ(ν+k+1)), for x² ≤ 12(ν + 1).
  private static func besselSeries(_ order: Double, _ x: Double) -> DoubleDouble {
    let half = DoubleDouble(x / 2)
    let argument = -half * half
    var term = DoubleDouble(1)
    var sum = term
    var k = 1.0
    while term.high.magnitude > 0x1p-110 * sum.high.magnitude {
      term = term * argument / (DoubleDouble.sum(order, k) * k)
      sum += term
      k += 1
    }
    let log = DoubleDouble.log(DoubleDouble(x)) - KernelTables.ln2
    return DoubleDouble.exp(log * order - logGamma(order, shift: 1)) * sum
  }

  /// Jᵥ and Yᵥ for ν ≥ 0 and x > 0 (J only where its power series is not called for). After Temme
  /// (1975) and Numerical Recipes' `bessjy`: both functions of an order μ within ½ of 0 and of μ +
  /// 1, then the recurrence upward, which Y always stands and J until ν passes x; beyond, J follows
  /// from the continued fraction for Jᵥ₊₁/Jᵥ and the Wronskian.
  private static func besselPair(_ order: Double, _ x: Double)
    -> (first: DoubleDouble, second: DoubleDouble)
  {
    if x >= 36, x >= order * order / 2 { return hankel(DoubleDouble(order), x) }
    if underflows(order, x) { return (DoubleDouble(0), DoubleDouble(-.infinity)) }
    if order > greatestStep { return (DoubleDouble(.nan), DoubleDouble(.nan)) }
    let steps = order.rounded()
    let fraction = order - steps
    var (current, next) = besselStart(fraction, x)
    // Against overflow of Y where J is still above the underflow threshold.
    let scale = order > x ? 0x1p-100 : 1
    current.second = current.second * scale
    next.second = next.second * scale
    let twoOverX = 2 / DoubleDouble(x)
    for k in stride(from: 1, through: steps, by: 1) {
      let factor = twoOverX * DoubleDouble.sum(k, fraction)
      (current.second, next.second) = (next.second, next.second * factor - current.second)
      if order <= x {
        (current.first, next.first) = (next.first, next.first * factor - current.first)
      }
      if current.second.high.isNaN { return (DoubleDouble(0), DoubleDouble(-.infinity)) }
    }
    if order > x, steps > 0 {
      let ratio = besselRatio(order, x).ratio
      let wronskian = twoOverX / KernelTables.pi
      current.first = wronskian / (ratio * current.second - next.second)
      current.first = current.first.high.isNaN ? DoubleDouble(0) : current.first * scale
    }
    let second = current.second.scaled(byPowerOfTwo: scale == 1 ? 0 : 100)
    return (current.first, second.high.isFinite ? second : DoubleDouble(-.infinity))
  }

  /// Whether Jᵥ(x) < exp(ν(tanh α − α)), x = ν/cosh α, underflows to 0.
  private static func underflows(_ order: Double, _ x: Double) -> Bool {
    guard x < order else { return false }
    let root = ((1 - x / order) * (1 + x / order)).squareRoot()
    return order * (root - Libm.log((1 + root) * (order / x))) < -800
  }
}
