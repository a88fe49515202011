// The normal distribution, the logarithm of the beta function, and differences of polygammas.

extension SpecialFunction {
  /// exp(-x²/2)/√(2π) for any x, the rounding error of x² being carried along. 0 at ±inf.
  static func normalDensity(_ x: Double) -> Double {
    guard x.magnitude < 40 else { return x.isNaN ? x : 0 }
    return DoubleDouble.exp(-(DoubleDouble.product(x, x) * 0.5 + KernelTables.halfLogTwoPi)).high
  }

  /// ½ erfc(-x/√2), the rounding error of x/√2 being made good by the derivative: it would cost x²
  /// units in the last place.
  static func normalDistribution(_ x: Double) -> Double {
    guard x.magnitude < 40 else { return x.isNaN ? x : x < 0 ? 0 : 1 }
    let h = KernelTables.sqrtHalf * -x
    let inverseRootPi = 0.5641895835477563
    return Libm.erfc(h.high) / 2 - inverseRootPi * gaussian(h.high) * h.low
  }

  /// ln B(a, b) for a, b > 0, NaN elsewhere: from ln Γ in double-double, and where an argument is
  /// large, with Stirling's series subtracted term by term (Didonato and Morris 1992).
  static func logBeta(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    if a == .infinity || b == .infinity { return -.infinity }
    let value = wideLogBeta(a, b).high
    return value.isNaN ? -.infinity : value
  }

  /// The same in two doubles, for finite a, b > 0.
  static func wideLogBeta(_ a: Double, _ b: Double) -> DoubleDouble {
    logBeta(smaller: Swift.min(a, b), Swift.max(a, b))
  }

  /// B(a, b) for a, b > 0, NaN elsewhere.
  static func beta(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    if a == .infinity || b == .infinity { return 0 }
    let value = DoubleDouble.exp(wideLogBeta(a, b)).high
    return value.isNaN ? 0 : value
  }

  /// ∂²B/∂a∂b for a, b > 0, NaN elsewhere. In ψ(a) = ψ(1 + a) - 1/a the poles cancel by hand, and
  /// with s = 1 + a + b, Eₐ = (ψ(s) - ψ(1 + a))/b and Fₐ = (Eₐ - ψ′(s))/b it is ab/(a + b) B (Fₐ +
  /// F_b + (a + b) Eₐ E_b), all terms of one sign.
  static func betaMixed(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    if a == .infinity || b == .infinity { return 0 }
    let (smaller, larger) = (Swift.min(a, b), Swift.max(a, b))
    // Γ(1+a) Γ(1+b)/Γ(1+a+b) up to one factor, 1 to a double for a tiny argument.
    let product =
      smaller < 1e-20 ? 1 : beta(a, b) * smaller * (larger / (larger + smaller))
    let slopes = [(a, b), (b, a)].map { -polygammaDifference(0, 1 + $0, $1) / $1 }
    let bends = reciprocalSum(1 + a, b) + reciprocalSum(1 + b, a)
    return product * (bends + (a + b) * slopes[0] * slopes[1])
  }

  /// Σ 1/((k + x + b)² (k + x)) over k ≥ 0, by its first terms and Euler and Maclaurin's formula.
  private static func reciprocalSum(_ x: Double, _ b: Double) -> Double {
    var (x, sum) = (x, 0.0)
    while x < 20 {
      sum += 1 / (x + b) / (x + b) / x
      x += 1
    }
    let y = x + b
    sum += reciprocalIntegral(x, b) + 1 / y / y / x / 2
    for (k, bernoulli) in bernoulliNumbers.enumerated() {
      // The Taylor coefficient of the order 2k + 1, but for its sign.
      let count = 2 * k + 2
      var coefficient = 0.0
      for j in 0..<count { coefficient += Double(j + 1) * Libm.pow(x / y, Double(j)) }
      sum += bernoulli / Double(count) * coefficient / Libm.pow(x, Double(count)) / y / y
    }
    return sum
  }

  /// ∫ dt/((t + b)² t) from x on, (ln(1 + u) - u/(1 + u))/b² with u = b/x.
  private static func reciprocalIntegral(_ x: Double, _ b: Double) -> Double {
    let u = b / x
    if u > 0.25 { return (Libm.log1p(u) - u / (1 + u)) / b / b }
    var sum = 0.0
    for m in (0..<32).reversed() { sum = Double(m + 1) / Double(m + 2) - u * sum }
    return sum / x / x
  }

  private static func logBeta(smaller a: Double, _ b: Double) -> DoubleDouble {
    let sum = DoubleDouble.sum(a, b)
    if b < 20 {
      let whole = logGamma(sum.high, shift: 0) + digamma(sum.high) * sum.low
      return logGamma(a, shift: 0) + logGamma(b, shift: 0) - whole
    }
    let ratio = DoubleDouble(a) / b
    let product = (DoubleDouble(b) - 0.5) * DoubleDouble.log1p(ratio)
    let tail = DoubleDouble.bernoulliTail(0, DoubleDouble(b)) - .bernoulliTail(0, sum)
    if a < 20 {
      let logarithm = DoubleDouble.log(DoubleDouble(b)) + DoubleDouble.log1p(ratio)
      let rest: DoubleDouble = DoubleDouble(a) - product + tail
      return logGamma(a, shift: 0) - logarithm * a + rest
    }
    let first = DoubleDouble.log(DoubleDouble(b) / a + 1) * a
    let half = DoubleDouble.log(DoubleDouble(a)) * 0.5
    let terms: DoubleDouble = first + product + half
    let corrections: DoubleDouble = tail + .bernoulliTail(0, DoubleDouble(a))
    return KernelTables.halfLogTwoPi - terms + corrections
  }

  /// ψₙ(a) - ψₙ(a + b) for n = 0 or 1 and a, b > 0, NaN elsewhere. With (a + b)ᵏ written as aᵏ
  /// exp(k ln(1 + b/a)), the recurrence (DLMF 5.15.5) and the asymptotic series (DLMF 5.15.8) are
  /// sums of terms of one sign.
  static func polygammaDifference(_ n: Int, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    var (a, sum) = (a, 0.0)
    while a < 20 {
      // (a + b)^-(n+1) - a^-(n+1).
      sum += dropped(n + 1, a, b)
      a += 1
    }
    let growth = Libm.log1p(b / a)
    var series = n == 0 ? -growth : dropped(1, a, b)
    series += dropped(n + 1, a, b) / 2
    for (k, bernoulli) in bernoulliNumbers.enumerated() {
      let weight = n == 0 ? bernoulli / Double(2 * k + 2) : bernoulli
      series += weight * dropped(2 * k + 2 + n, a, b)
    }
    return n == 0 ? sum + series : -(sum + series)
  }

  /// (a + b)⁻ᵏ - a⁻ᵏ, which is not positive.
  private static func dropped(_ k: Int, _ a: Double, _ b: Double) -> Double {
    var power = 1.0
    for _ in 0..<k { power /= a }
    return power * Libm.expm1(-Double(k) * Libm.log1p(b / a))
  }

  /// B₂, B₄, … B₁₆.
  private static let bernoulliNumbers: [Double] = [
    (1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510),
  ].map { (top: Double, bottom: Double) in top / bottom }
}

extension DoubleDouble {
  /// ln(1 + x) for x ≥ 0, to full relative accuracy also for tiny x.
  static func log1p(_ x: DoubleDouble) -> DoubleDouble {
    if x.high > 0.4 { return log(x + 1) }
    let s = x / (x + 2)
    return s * KernelTables.logarithm(s * s)
  }
}
