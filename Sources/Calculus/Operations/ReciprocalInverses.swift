// The inverses of sec, csc, sech, csch and coth: never by way of 1/x, whose rounding beside 1 costs
// half of the digits.

/// The inverse secant, from 0 to pi.
enum ArcSecant: UnaryOperation {
  static var operation: Operation { .asec }
  static var facts: FunctionFacts { FunctionFacts(sign: .nonnegative, values: [1: 0]) }
  static var about: About {
    .function(
      "asec", aliases: ["arcsec"], latex: "\\operatorname{arcsec}",
      requires: "an argument <= -1 or >= 1", "the inverse secant, acos(1/x)")
  }
  /// tan(asec x) = ±√(x² - 1).
  static func value(_ x: Double) -> Double {
    Libm.atan2(SpecialFunction.hyperbolaHeight(x), x < 0 ? -1 : 1)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseSecantWidth.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude >= 1 }
}

/// The inverse cosecant, from -pi/2 to pi/2.
enum ArcCosecant: UnaryOperation {
  static var operation: Operation { .acsc }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd) }
  static var about: About {
    .function(
      "acsc", aliases: ["arccsc"], latex: "\\operatorname{arccsc}",
      requires: "an argument <= -1 or >= 1", "the inverse cosecant, asin(1/x)")
  }
  static func value(_ x: Double) -> Double {
    Libm.atan2(x < 0 ? -1 : 1, SpecialFunction.hyperbolaHeight(x))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -S.apply(InverseSecantWidth.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude >= 1 }
}

/// The inverse hyperbolic secant.
enum AreaSecant: UnaryOperation {
  static var operation: Operation { .asech }
  static var facts: FunctionFacts { FunctionFacts(sign: .nonnegative, values: [1: 0]) }
  static var about: About {
    .function(
      "asech", aliases: ["arcsech", "arsech"], requires: "an argument > 0 and <= 1",
      "the inverse hyperbolic secant, acosh(1/x)")
  }
  /// sinh(asech x) = √(1 - x²)/x, and 2/x is all that counts of its exponential for the least x.
  static func value(_ x: Double) -> Double {
    guard isDefined(x) else { return .nan }
    if x < 1e-300 { return Libm.log(2) - Libm.log(x) }
    return Libm.asinh(((1 - x) * (1 + x)).squareRoot() / x)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -S.apply(InverseSecantHeight.self, x) }
  static func isDefined(_ x: Double) -> Bool { x > 0 && x <= 1 }
}

/// The inverse hyperbolic cosecant.
enum AreaCosecant: UnaryOperation {
  static var operation: Operation { .acsch }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, domain: .positive) }
  static var about: About {
    .function(
      "acsch", aliases: ["arccsch", "arcsch"], requires: "an argument other than 0",
      "the inverse hyperbolic cosecant, asinh(1/x)")
  }
  static func value(_ x: Double) -> Double {
    guard isDefined(x) else { return .nan }
    if x.magnitude > 1e-300 { return Libm.asinh(1 / x) }
    let value = Libm.log(2) - Libm.log(x.magnitude)
    return x < 0 ? -value : value
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -S.apply(InverseCosecantWidth.self, x) }
  static func isDefined(_ x: Double) -> Bool { x != 0 }
}

/// The inverse hyperbolic cotangent.
enum AreaCotangent: UnaryOperation {
  static var operation: Operation { .acoth }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd) }
  static var about: About {
    .function(
      "acoth", aliases: ["arccoth", "arcoth"], requires: "an argument < -1 or > 1",
      "the inverse hyperbolic cotangent, atanh(1/x)")
  }
  /// ½ ln((x + 1)/(x - 1)), x > 1.
  static func value(_ x: Double) -> Double {
    let value = Libm.log1p(2 / (x.magnitude - 1)) / 2
    return x < 0 ? -value : value
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseOneMinusSquare.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude > 1 }
}

extension SpecialFunction {
  /// √(x² - 1), accurate beside ±1 and where x² overflows; NaN between -1 and 1.
  static func hyperbolaHeight(_ x: Double) -> Double {
    let x = x.magnitude
    return x < 1e150 ? ((x - 1) * (x + 1)).squareRoot() : x
  }
}

/// 1 / (|x| sqrt(x² - 1)), accurate beside ±1.
enum InverseSecantWidth: UnaryKernel {
  static var operation: Operation { .inverseSecantWidth }
  static var about: About {
    .kernel(
      "inverseSecantWidth", requires: "an argument < -1 or > 1", "1/(abs(x)*sqrt(x^2 - 1))")
  }
  static var continuation: UnaryContinuation { .unknown }
  static func formula<S: Scalar>(_ x: S) -> S {
    1 / (S.apply(AbsoluteValue.self, x) * sqrt(x.squared() - 1))
  }
  static func value(_ x: Double) -> Double {
    1 / SpecialFunction.hyperbolaHeight(x) / x.magnitude
  }
  /// -y (2x² - 1)/(x (x² - 1)) in terms of one sign.
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(y * (1 / x + x / (x - 1) / (x + 1))) }
}

/// 1 / (x sqrt(1 - x²)) for x from 0 to 1, accurate beside 1.
enum InverseSecantHeight: UnaryKernel {
  static var operation: Operation { .inverseSecantHeight }
  static var about: About {
    .kernel(
      "inverseSecantHeight", requires: "an argument between 0 and 1", "1/(x*sqrt(1 - x^2))")
  }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / (x * sqrt(1 - x.squared())) }
  static func value(_ x: Double) -> Double { 1 / ((1 - x) * (1 + x)).squareRoot() / x }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    y * ((2 * x.squared() - 1) / x / (1 - x) / (1 + x))
  }
}

/// 1 / (|x| sqrt(1 + x²)), also where x² overflows.
enum InverseCosecantWidth: UnaryKernel {
  static var operation: Operation { .inverseCosecantWidth }
  static var about: About {
    .kernel(
      "inverseCosecantWidth", requires: "an argument other than 0", "1/(abs(x)*sqrt(1 + x^2))")
  }
  static var continuation: UnaryContinuation { .unknown }
  static func formula<S: Scalar>(_ x: S) -> S {
    1 / (S.apply(AbsoluteValue.self, x) * sqrt(1 + x.squared()))
  }
  static func value(_ x: Double) -> Double { 1 / Libm.hypot(1, x) / x.magnitude }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(y * (1 / x + 1 / (x + 1 / x))) }
}
