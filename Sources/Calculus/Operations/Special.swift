// Special functions: error functions, the gamma family, Bessel functions, sinc.

enum ErrorFunction: UnaryOperation {
  static var operation: Operation { .erf }
  static var about: About { .function("erf", "the error function") }
  static func value(_ x: Double) -> Double { Libm.erf(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    2 / sqrt(x.constant(.pi)) * S.apply(Gaussian.self, x)
  }
}

enum ErrorFunctionComplement: UnaryOperation {
  static var operation: Operation { .erfc }
  static var about: About { .function("erfc", "1 - erf(x), accurate for large x") }
  static func value(_ x: Double) -> Double { Libm.erfc(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    guard x.value > 26 else { return Scaled(value(x.value)) }
    let root2 = 2.0.squareRoot()
    return .product(
      Gaussian.scaled(x),
      Scaled(2 * Scaled.millsRatio(root2 * x.value) / (2 * Double.pi).squareRoot()))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    -(2 / sqrt(x.constant(.pi)) * S.apply(Gaussian.self, x))
  }
}

/// exp(-x²); the rounding of x² alone would cost x² units in the last place.
enum Gaussian: UnaryKernel {
  static var operation: Operation { .gaussian }
  static var about: About {
    .kernel("gaussian", "exp(-x^2)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { exp(-x.squared()) }
  static func value(_ x: Double) -> Double { SpecialFunction.gaussian(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value.magnitude < 26
      ? Scaled(value(x.value)) : .exp(-DoubleDouble.product(x.value, x.value))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -2 * x * y }
}

enum Gamma: UnaryOperation {
  static var operation: Operation { .gamma }
  static var about: About {
    .function(
      "gamma", aliases: ["tgamma"], latex: "\\Gamma",
      requires: "an argument other than 0, -1, -2, …", "the gamma function")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.gamma(x) }
  static func scaled(_ x: Scaled) -> Scaled { .gamma(x, shift: 0) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { y * digamma(x) }
  static func isDefined(_ x: Double) -> Bool { x > 0 || x != x.rounded(.down) }
}

enum LogGamma: UnaryOperation {
  static var operation: Operation { .lgamma }
  static var about: About {
    .function(
      "lgamma", aliases: ["loggamma", "gammaln"], latex: "\\ln\\left|\\Gamma\\right|",
      requires: "an argument other than 0, -1, -2, …", "ln |gamma(x)|")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.logGamma(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    if x.fits || !x.isOrdinary { return Scaled(value(x.value)) }
    let logarithm = NaturalLogarithm.scaled(x.magnitude)
    if x.exponent < 0 { return logarithm.opposite }
    return x.value > 0 ? .product(x, logarithm - 1) : Scaled(.nan)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { digamma(x) }
  static func isDefined(_ x: Double) -> Bool { Gamma.isDefined(x) }
}

/// Γ(x + 1), also between the whole numbers.
enum Factorial: UnaryOperation {
  static var operation: Operation { .factorial }
  static var about: About {
    .function(
      "factorial", requires: "an argument other than -1, -2, …", "gamma(x + 1), for any x")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.factorial(x) }
  static func scaled(_ x: Scaled) -> Scaled { .gamma(x, shift: 1) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { y * digamma(x + 1) }
  static func isDefined(_ x: Double) -> Bool { x >= 0 || x != x.rounded(.down) }
}

enum Digamma: UnaryOperation {
  static var operation: Operation { .digamma }
  static var about: About {
    .function(
      "digamma", aliases: ["psi"], latex: "\\psi",
      requires: "an argument other than 0, -1, -2, …", "the derivative of lgamma")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.digamma(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    if x.fits || !x.isOrdinary { return Scaled(value(x.value)) }
    if x.exponent < 0 { return Scaled.quotient(-1, x) }
    return x.value > 0 ? NaturalLogarithm.scaled(x) : Scaled(.nan)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(Polygamma.self, 1, x) }
  static func isDefined(_ x: Double) -> Bool { Gamma.isDefined(x) }
}

/// The n-th derivative of digamma. It has no derivative in its order, which is a whole number.
enum Polygamma: BinaryOperation {
  static var operation: Operation { .polygamma }
  static var about: About {
    .function(
      "polygamma", of: ["n", "x"],
      requires: "a whole order >= 0 and an argument other than 0, -1, -2, …",
      "the n-th derivative of digamma")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.polygamma(n, x) }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { S.apply(Polygamma.self, n + 1, x) }
  static func isDefined(_ n: Double, _ x: Double) -> Bool {
    n >= 0 && n == n.rounded(.down) && Gamma.isDefined(x)
  }
}

enum BesselJ: BinaryOperation {
  static var operation: Operation { .besselj }
  static var about: About {
    .function(
      "besselj", of: ["n", "x"], requires: "an argument >= 0, or a whole order",
      "the Bessel function of the first kind, of any order")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselJ(order: n, x) }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(BesselSlope<BesselJ>.self, n, x)
  }
  static func isDefined(_ n: Double, _ x: Double) -> Bool { x >= 0 || n == n.rounded() }
}

enum BesselY: BinaryOperation {
  static var operation: Operation { .bessely }
  static var about: About {
    .function(
      "bessely", of: ["n", "x"], requires: "an argument > 0",
      "the Bessel function of the second kind, of any order")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselY(order: n, x) }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(BesselSlope<BesselY>.self, n, x)
  }
  static func isDefined(_ n: Double, _ x: Double) -> Bool { x > 0 }
}

/// The derivative of a Bessel function C in its argument, (Cₙ₋₁ - Cₙ₊₁)/2 (DLMF 10.6.1).
enum BesselSlope<Bessel: BinaryOperation>: BinaryKernel {
  static var operation: Operation { Bessel.operation == .besselj ? .besseljSlope : .besselySlope }
  static var about: About {
    .kernel(
      Bessel.about.name + "Slope", of: ["n", "x"], requires: Bessel.about.requirement,
      "the derivative of \(Bessel.about.name) in its argument")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ n: S, _ x: S) -> S {
    (S.apply(Bessel.self, n - 1, x) - S.apply(Bessel.self, n + 1, x)) / 2
  }
  static func value(_ n: Double, _ x: Double) -> Double { formula(n, x) }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(BesselCurvature<Bessel>.self, n, x)
  }
}

/// The second derivative of a Bessel function C, by Bessel's equation -C'/x - (1 - n²/x²) C.
enum BesselCurvature<Bessel: BinaryOperation>: BinaryKernel {
  static var operation: Operation {
    Bessel.operation == .besselj ? .besseljCurvature : .besselyCurvature
  }
  static var about: About {
    .kernel(
      Bessel.about.name + "Curvature", of: ["n", "x"], requires: Bessel.about.requirement,
      "the second derivative of \(Bessel.about.name) in its argument")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ n: S, _ x: S) -> S {
    -(S.apply(BesselSlope<Bessel>.self, n, x) / x)
      - (1 - n / x) * (1 + n / x) * S.apply(Bessel.self, n, x)
  }
  /// Where the terms of the equation cancel, from the slopes beside.
  static func value(_ n: Double, _ x: Double) -> Double {
    2 * x.magnitude <= Swift.max(n.magnitude, 1)
      ? difference(BesselSlope<Bessel>.self, n, x) : formula(n, x)
  }
  // The formula cancels where the value is small.
  static func scaled(_ n: Scaled, _ x: Scaled) -> Scaled { Scaled(value(n.value, x.value)) }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    difference(BesselCurvature.self, n, x)
  }

  /// The derivative of what is `rule` for one order, from the orders beside.
  private static func difference<Rule: BinaryRule, S: Scalar>(
    _ rule: Rule.Type, _ n: S, _ x: S
  ) -> S {
    (S.apply(rule, n - 1, x) - S.apply(rule, n + 1, x)) / 2
  }
}

/// sin(x)/x, and 1 at 0.
enum Sinc: UnaryOperation {
  static var operation: Operation { .sinc }
  static var about: About { .function("sinc", "sin(x)/x, and 1 at 0") }
  static var continuation: UnaryContinuation { .analytic(Complex.sinc) }
  static func value(_ x: Double) -> Double { SpecialFunction.sincDerivative(n: 0, x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    S.apply(SincDerivative.self, x.constant(1), x)
  }
}

/// The n-th derivative of sinc, n ≥ 1; it is written with n primes, since every formula in sin and cos
/// cancels beside 0.
enum SincDerivative: BinaryOperation {
  static var operation: Operation { .sincDerivative }
  static var about: About {
    .kernel("sinc'", of: ["n", "x"], "(cos(x) - sinc(x))/x, and 0 at 0")
  }
  static func value(_ n: Double, _ x: Double) -> Double {
    Int(exactly: n).map { SpecialFunction.sincDerivative(n: $0, x) } ?? .nan
  }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(SincDerivative.self, n + 1, x)
  }
}
