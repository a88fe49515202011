// Hyperbolic functions and their inverses.

enum HyperbolicSine: UnaryOperation {
  static var operation: Operation { .sinh }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About { .function("sinh", latex: "\\sinh", "the hyperbolic sine") }
  static var continuation: UnaryContinuation { .analytic(Complex.sinh) }
  static func value(_ x: Double) -> Double { Libm.sinh(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    if x.value.magnitude < 700 { return x.fits ? Scaled(value(x.value)) : x }
    let half = Exponential.scaled(x.magnitude).shifted(-1)
    return x.value < 0 ? half.opposite : half
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { cosh(x) }
}

enum HyperbolicCosine: UnaryOperation {
  static var operation: Operation { .cosh }
  static var facts: FunctionFacts { FunctionFacts(parity: .even, sign: .positive, values: [0: 1]) }
  static var about: About { .function("cosh", latex: "\\cosh", "the hyperbolic cosine") }
  static var continuation: UnaryContinuation { .analytic(Complex.cosh) }
  static func value(_ x: Double) -> Double { Libm.cosh(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value.magnitude < 700
      ? Scaled(value(x.value)) : Exponential.scaled(x.magnitude).shifted(-1)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { sinh(x) }
}

enum HyperbolicTangent: UnaryOperation {
  static var operation: Operation { .tanh }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About { .function("tanh", latex: "\\tanh", "the hyperbolic tangent") }
  static var continuation: UnaryContinuation { .analytic(Complex.tanh) }
  static func value(_ x: Double) -> Double { Libm.tanh(x) }
  // Not 1 - y²: that is 0 from x = 19 on, where the derivative is still 1e-16.
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { sech(x).squared() }
}

enum HyperbolicCotangent: UnaryOperation {
  static var operation: Operation { .coth }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, domain: .positive) }
  static var about: About {
    .function(
      "coth", latex: "\\coth", requires: "an argument other than 0", "the hyperbolic cotangent")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.coth) }
  static func value(_ x: Double) -> Double { 1 / Libm.tanh(x) }
  static func scaled(_ x: Scaled) -> Scaled { x.reciprocalBeside0(else: value) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -csch(x).squared() }
  static func isDefined(_ x: Double) -> Bool { x != 0 }
}

enum HyperbolicSecant: UnaryOperation {
  static var operation: Operation { .sech }
  static var facts: FunctionFacts { FunctionFacts(parity: .even, sign: .positive, values: [0: 1]) }
  static var about: About { .function("sech", "the hyperbolic secant, 1/cosh(x)") }
  static var continuation: UnaryContinuation { .analytic(Complex.sech) }
  // By way of exp(-|x|), which does not overflow.
  static func value(_ x: Double) -> Double {
    let decay = Libm.exp(-x.magnitude)
    return 2 * decay / (1 + decay * decay)
  }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value.magnitude < 700
      ? Scaled(value(x.value)) : Exponential.scaled(x.magnitude.opposite).shifted(1)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(y * tanh(x)) }
}

enum HyperbolicCosecant: UnaryOperation {
  static var operation: Operation { .csch }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, domain: .positive) }
  static var about: About {
    .function("csch", requires: "an argument other than 0", "the hyperbolic cosecant, 1/sinh(x)")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.csch) }
  static func value(_ x: Double) -> Double {
    if x.magnitude < 1 { return 1 / Libm.sinh(x) }
    let decay = Libm.exp(-x.magnitude)
    return (x < 0 ? -2 : 2) * decay / (1 - decay * decay)
  }
  static func scaled(_ x: Scaled) -> Scaled {
    if x.value.magnitude < 700 { return x.reciprocalBeside0(else: value) }
    let decay = Exponential.scaled(x.magnitude.opposite).shifted(1)
    return x.value < 0 ? decay.opposite : decay
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(y * coth(x)) }
  static func isDefined(_ x: Double) -> Bool { x != 0 }
}

enum AreaSine: UnaryOperation {
  static var operation: Operation { .asinh }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About {
    .function("asinh", aliases: ["arcsinh", "arsinh"], "the inverse hyperbolic sine")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.asinh) }
  static func value(_ x: Double) -> Double { Libm.asinh(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    if x.fits || x.exponent < 0 { return x.fits ? Scaled(value(x.value)) : x }
    let logarithm = NaturalLogarithm.scaled(x.magnitude.shifted(1))
    return x.value < 0 ? logarithm.opposite : logarithm
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseHyperbolaHeight.self, x) }
}

enum AreaCosine: UnaryOperation {
  static var operation: Operation { .acosh }
  static var facts: FunctionFacts { FunctionFacts(sign: .nonnegative, values: [1: 0]) }
  static var about: About {
    .function(
      "acosh", aliases: ["arccosh", "arcosh"], requires: "an argument >= 1",
      "the inverse hyperbolic cosine")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.acosh) }
  static func value(_ x: Double) -> Double { Libm.acosh(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.fits || x.value != .infinity
      ? Scaled(value(x.value)) : NaturalLogarithm.scaled(x.shifted(1))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseHyperbolaWidth.self, x) }
  static func isDefined(_ x: Double) -> Bool { x >= 1 }
}

enum AreaTangent: UnaryOperation {
  static var operation: Operation { .atanh }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About {
    .function(
      "atanh", aliases: ["arctanh", "artanh"], requires: "an argument between -1 and 1",
      "the inverse hyperbolic tangent")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.atanh) }
  static func value(_ x: Double) -> Double { Libm.atanh(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseOneMinusSquare.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude < 1 }
}

/// 1 / sqrt(1 + x²), also where x² overflows.
enum InverseHyperbolaHeight: UnaryKernel {
  static var operation: Operation { .inverseHyperbolaHeight }
  static var about: About {
    .kernel("inverseHyperbolaHeight", "1/sqrt(1 + x^2)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / sqrt(1 + x.squared()) }
  static func value(_ x: Double) -> Double { 1 / Libm.hypot(1, x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(x * y) * y * y }
}

/// 1 / sqrt(x² - 1) for x >= 1, accurate also beside 1 and where x² overflows.
enum InverseHyperbolaWidth: UnaryKernel {
  static var operation: Operation { .inverseHyperbolaWidth }
  static var about: About {
    .kernel("inverseHyperbolaWidth", requires: "an argument > 1", "1/sqrt(x^2 - 1)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / sqrt(x.squared() - 1) }
  static func value(_ x: Double) -> Double {
    x < 1e150 ? 1 / ((x - 1) * (x + 1)).squareRoot() : 1 / x
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(x * y) * y * y }
}

/// 1 / (1 - x²), accurate also beside ±1 and where x² overflows.
enum InverseOneMinusSquare: UnaryKernel {
  static var operation: Operation { .inverseOneMinusSquare }
  static var about: About {
    .kernel("inverseOneMinusSquare", requires: "an argument other than -1 and 1", "1/(1 - x^2)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / (1 - x.squared()) }
  static func value(_ x: Double) -> Double {
    x.magnitude < 1e150 ? 1 / ((1 - x) * (1 + x)) : -1 / x / x
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 2 * x * y * y }
}

// On any scalar, as rules write them.

func sinh<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicSine.self, x) }
func cosh<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicCosine.self, x) }
func tanh<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicTangent.self, x) }
func sech<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicSecant.self, x) }
func csch<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicCosecant.self, x) }
func coth<S: Scalar>(_ x: S) -> S { S.apply(HyperbolicCotangent.self, x) }
