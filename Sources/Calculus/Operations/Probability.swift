// What statistics needs: the normal distribution, x ln y, the logarithm of the beta function.

/// The density of the standard normal distribution.
enum NormalDensity: UnaryOperation {
  static var operation: Operation { .normpdf }
  static var facts: FunctionFacts { FunctionFacts(parity: .even, sign: .positive) }
  static var about: About {
    .function("normpdf", "the density of the standard normal distribution")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.normalDensity(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    let square = DoubleDouble.product(x.value, x.value) * 0.5
    return x.value.magnitude < 37
      ? Scaled(value(x.value)) : .exp(-(square + KernelTables.halfLogTwoPi))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(NormalDensitySlope.self, x) }
}

/// The derivative of the normal density; its own derivative has the factor x² - 1 as a product.
enum NormalDensitySlope: UnaryKernel {
  static var operation: Operation { .normalDensitySlope }
  static var about: About { .kernel("normpdf'", "-x*normpdf(x)") }
  static var continuation: UnaryContinuation { .unknown }
  static func formula<S: Scalar>(_ x: S) -> S { -(x * S.apply(NormalDensity.self, x)) }
  static func value(_ x: Double) -> Double {
    x.isInfinite ? 0 : -x * SpecialFunction.normalDensity(x)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    (x - 1) * (x + 1) * S.apply(NormalDensity.self, x)
  }
}

/// The distribution function of the standard normal distribution.
enum NormalDistribution: UnaryOperation {
  static var operation: Operation { .normcdf }
  static var facts: FunctionFacts { FunctionFacts(sign: .positive) }
  static var about: About {
    .function(
      "normcdf", "the probability that a standard normal variable is at most x, also far below 0")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.normalDistribution(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    guard x.value < -37 else { return Scaled(value(x.value)) }
    return .product(NormalDensity.scaled(x), Scaled(Scaled.millsRatio(-x.value)))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(NormalDensity.self, x) }
}

/// x ln y, and 0 where x is 0.
enum XLogY: BinaryOperation {
  static var operation: Operation { .xlogy }
  static var about: About {
    .function(
      "xlogy", of: ["x", "y"], requires: "y > 0, or x = 0 and y = 0",
      "x*ln(y), and 0 for x = 0 and y = 0")
  }
  static func value(_ x: Double, _ y: Double) -> Double {
    x == 0 && y == 0 ? 0 : x * Libm.log(y)
  }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    x.isZero && y.isZero ? 0 : .product(x, NaturalLogarithm.scaled(y))
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { ln(y) }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { x / y }
  static func isDefined(_ x: Double, _ y: Double) -> Bool { y > 0 || (x == 0 && y == 0) }
}

/// B(a, b) = Γ(a) Γ(b)/Γ(a + b), by way of its logarithm in two doubles.
enum Beta: BinaryOperation {
  static var operation: Operation { .beta }
  static var about: About {
    .function(
      "beta", latex: "\\mathrm{B}", of: ["a", "b"], requires: "arguments > 0",
      "gamma(a)*gamma(b)/gamma(a + b), the beta function, without overflow")
  }
  static func value(_ a: Double, _ b: Double) -> Double { SpecialFunction.beta(a, b) }
  static func scaled(_ a: Scaled, _ b: Scaled) -> Scaled {
    let value = value(a.value, b.value)
    guard !value.isNormal, a.fits, b.fits, a.value > 0, b.value > 0 else { return Scaled(value) }
    return .exp(SpecialFunction.wideLogBeta(a.value, b.value)).ifOrdinary(else: value)
  }
  static func partialX<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    S.apply(BetaSlope.self, a, b)
  }
  static func partialY<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    S.apply(BetaSlope.self, b, a)
  }
  static func isDefined(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 }
  /// Both partial derivatives use the same one of the two formulas.
  static func term<F: FormulaScalar>(_ a: F, _ b: F) -> F {
    if let first = a.nodeIndex, let second = b.nodeIndex, second < first {
      return .node(operation, b, a)
    }
    return .node(operation, a, b)
  }
}

/// The derivative of B(a, b) in a.
enum BetaSlope: BinaryKernel {
  static var operation: Operation { .betaSlope }
  static var about: About {
    .kernel(
      "betaSlope", of: ["a", "b"], requires: "arguments > 0",
      "beta(a, b)*(digamma(a) - digamma(a + b))")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ a: S, _ b: S) -> S {
    S.apply(Beta.self, a, b) * S.apply(DigammaDifference.self, a, b)
  }
  static func value(_ a: Double, _ b: Double) -> Double { formula(a, b) }
  static func isDefined(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 }
  static func partialX<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    z * S.apply(DigammaDifference.self, a, b)
      + S.apply(Beta.self, a, b) * S.apply(TrigammaDifference.self, a, b)
  }
  static func partialY<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    S.apply(BetaMixed.self, a, b)
  }
}

/// The mixed second derivative of B(a, b), whose formula cancels where an argument is small.
enum BetaMixed: BinaryKernel {
  static var operation: Operation { .betaMixed }
  static var about: About {
    .kernel(
      "betaMixed", of: ["a", "b"], requires: "arguments > 0",
      "the mixed second derivative of beta(a, b)")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ a: S, _ b: S) -> S {
    let product = S.apply(DigammaDifference.self, a, b) * S.apply(DigammaDifference.self, b, a)
    return S.apply(Beta.self, a, b) * (product - polygamma(1, a + b))
  }
  static func value(_ a: Double, _ b: Double) -> Double { SpecialFunction.betaMixed(a, b) }
  static func scaled(_ a: Scaled, _ b: Scaled) -> Scaled { Scaled(value(a.value, b.value)) }
  static func isDefined(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 }
  static func partialX<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    let (first, second) = (
      S.apply(DigammaDifference.self, a, b), S.apply(DigammaDifference.self, b, a)
    )
    let change =
      S.apply(TrigammaDifference.self, a, b) * second - polygamma(1, a + b) * first
      - polygamma(2, a + b)
    return z * first + S.apply(Beta.self, a, b) * change
  }
  static func partialY<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S { partialX(b, a, z) }

  private static func polygamma<S: Scalar>(_ order: Double, _ x: S) -> S {
    S.apply(Polygamma.self, x.constant(order), x)
  }
}

/// ln B(a, b), B(a, b) = Γ(a) Γ(b)/Γ(a + b).
enum LogBeta: BinaryOperation {
  static var operation: Operation { .lbeta }
  static var about: About {
    .function(
      "lbeta", aliases: ["betaln"], of: ["a", "b"], requires: "arguments > 0",
      "ln(beta(a, b)); lgamma(a) + lgamma(b) - lgamma(a + b) has lost all digits at a = 1e20")
  }
  static func value(_ a: Double, _ b: Double) -> Double { SpecialFunction.logBeta(a, b) }
  static func partialX<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    S.apply(DigammaDifference.self, a, b)
  }
  static func partialY<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    S.apply(DigammaDifference.self, b, a)
  }
  static func isDefined(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 }
}

/// ψ(a) - ψ(a + b), which cancels as it stands where b is small beside a.
enum DigammaDifference: BinaryKernel {
  static var operation: Operation { .digammaDifference }
  static var about: About {
    .kernel(
      "digammaDifference", of: ["a", "b"], requires: "arguments > 0", "digamma(a) - digamma(a + b)")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ a: S, _ b: S) -> S { digamma(a) - digamma(a + b) }
  static func scaled(_ a: Scaled, _ b: Scaled) -> Scaled { Scaled(value(a.value, b.value)) }
  static func isDefined(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 }
  static func value(_ a: Double, _ b: Double) -> Double {
    SpecialFunction.polygammaDifference(0, a, b)
  }
  static func partialX<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    S.apply(TrigammaDifference.self, a, b)
  }
  static func partialY<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    -S.apply(Polygamma.self, a.constant(1), a + b)
  }
}

/// ψ′(a) - ψ′(a + b), likewise.
enum TrigammaDifference: BinaryKernel {
  static var operation: Operation { .trigammaDifference }
  static var about: About {
    .kernel(
      "trigammaDifference", of: ["a", "b"], requires: "arguments > 0",
      "polygamma(1, a) - polygamma(1, a + b)")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ a: S, _ b: S) -> S { difference(1, a, b) }
  static func scaled(_ a: Scaled, _ b: Scaled) -> Scaled { Scaled(value(a.value, b.value)) }
  static func isDefined(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 }
  static func value(_ a: Double, _ b: Double) -> Double {
    SpecialFunction.polygammaDifference(1, a, b)
  }
  static func partialX<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S { difference(2, a, b) }
  static func partialY<S: Scalar>(_ a: S, _ b: S, _ z: S) -> S {
    -S.apply(Polygamma.self, a.constant(2), a + b)
  }

  private static func difference<S: Scalar>(_ order: Double, _ a: S, _ b: S) -> S {
    S.apply(Polygamma.self, a.constant(order), a)
      - S.apply(Polygamma.self, a.constant(order), a + b)
  }
}
