// Special functions: error functions, the gamma family, sinc.

enum ErrorFunction: UnaryOperation {
  static var operation: Operation { .erf }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About { .function("erf", "the error function") }
  static func value(_ x: Double) -> Double { Libm.erf(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    2 / sqrt(x.constant(.pi)) * S.apply(Gaussian.self, x)
  }
}

enum ErrorFunctionComplement: UnaryOperation {
  static var operation: Operation { .erfc }
  static var facts: FunctionFacts { FunctionFacts(sign: .positive, values: [0: 1]) }
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
  static var facts: FunctionFacts {
    FunctionFacts(domain: .positive, values: [1: 1, 2: 1, 3: 2, 4: 6, 5: 24])
  }
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
  static var facts: FunctionFacts { FunctionFacts(domain: .positive, values: [1: 0, 2: 0]) }
  static var about: About {
    .function(
      "lgamma", aliases: ["loggamma", "gammaln"],
      latex: "\\ln\\left|\\Gamma\\left(#1\\right)\\right|",
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
  static var facts: FunctionFacts {
    FunctionFacts(domain: .nonnegative, values: [0: 1, 1: 1, 2: 2, 3: 6, 4: 24, 5: 120])
  }
  static var about: About {
    .function(
      "factorial", latex: "#1!", requires: "an argument other than -1, -2, …",
      "gamma(x + 1), for any x")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.factorial(x) }
  static func scaled(_ x: Scaled) -> Scaled { .gamma(x, shift: 1) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { y * digamma(x + 1) }
  static func isDefined(_ x: Double) -> Bool { x >= 0 || x != x.rounded(.down) }
}

enum Digamma: UnaryOperation {
  static var operation: Operation { .digamma }
  static var facts: FunctionFacts { FunctionFacts(domain: .positive) }
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

/// sin(x)/x, and 1 at 0.
enum Sinc: UnaryOperation {
  static var operation: Operation { .sinc }
  static var facts: FunctionFacts { FunctionFacts(parity: .even, values: [0: 1]) }
  static var about: About { .function("sinc", "sin(x)/x, and 1 at 0") }
  static var continuation: UnaryContinuation { .analytic(Complex.sinc) }
  static func value(_ x: Double) -> Double { SpecialFunction.sincDerivative(n: 0, x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    S.apply(SincDerivative.self, x.constant(1), x)
  }
}

/// The n-th derivative of sinc, n ≥ 1; it is written with n primes, since every formula in sin and
/// cos cancels beside 0.
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

// On any scalar, as rules write them.

func digamma<S: Scalar>(_ x: S) -> S { S.apply(Digamma.self, x) }
