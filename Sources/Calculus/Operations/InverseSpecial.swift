// The inverses of erf and of w eʷ.

/// erf⁻¹(x).
enum InverseErrorFunction: UnaryOperation {
  static var operation: Operation { .erfinv }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About {
    .function(
      "erfinv", requires: "an argument between -1 and 1", "the inverse error function")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.inverseErf(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseErrorSlope.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude < 1 }
}

/// √π/2 exp(erf⁻¹(x)²), the derivative of erf⁻¹.
enum InverseErrorSlope: UnaryKernel {
  static var operation: Operation { .inverseErrorSlope }
  static var about: About {
    .kernel(
      "erfinv'", requires: "an argument between -1 and 1", "sqrt(pi)/2*exp(erfinv(x)^2)")
  }
  static var continuation: UnaryContinuation { .unknown }
  static func formula<S: Scalar>(_ x: S) -> S {
    sqrt(x.constant(.pi)) / 2 * exp(S.apply(InverseErrorFunction.self, x).squared())
  }
  static func value(_ x: Double) -> Double { SpecialFunction.inverseErfSlope(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    2 * S.apply(InverseErrorFunction.self, x) * y.squared()
  }
}

/// W(x) on the principal branch: w eʷ = x with w ≥ -1.
enum LambertW: UnaryOperation {
  static var operation: Operation { .lambertw }
  static var facts: FunctionFacts { FunctionFacts(domain: .nonnegative, values: [0: 0]) }
  static var about: About {
    .function(
      "lambertw", requires: "an argument >= -1/e",
      "the principal branch of the Lambert function: the w >= -1 with w*exp(w) = x")
  }
  static func value(_ x: Double) -> Double { SpecialFunction.lambertW(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(LambertSlope.self, x) }
  static func isDefined(_ x: Double) -> Bool { !SpecialFunction.lambertW(x).isNaN }
}

/// The derivative of the Lambert function W. Its own, -W′² (1 + 1/(1 + W)), is of one sign.
enum LambertSlope: UnaryKernel {
  static var operation: Operation { .lambertSlope }
  static var about: About {
    .kernel("lambertw'", requires: "an argument > -1/e", "1/(x + exp(lambertw(x)))")
  }
  static var continuation: UnaryContinuation { .unknown }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / (x + exp(S.apply(LambertW.self, x))) }
  static func value(_ x: Double) -> Double { SpecialFunction.lambertWSlope(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S {
    -(y.squared() * (1 + 1 / S.apply(LambertWPlus1.self, x)))
  }
}

/// 1 + W(x), which cancels as it stands beside -1/e.
enum LambertWPlus1: UnaryKernel {
  static var operation: Operation { .lambertWPlus1 }
  static var about: About {
    .kernel("lambertWPlus1", requires: "an argument >= -1/e", "1 + lambertw(x)")
  }
  static var continuation: UnaryContinuation { .unknown }
  static func formula<S: Scalar>(_ x: S) -> S { 1 + S.apply(LambertW.self, x) }
  static func value(_ x: Double) -> Double { SpecialFunction.lambertWPlus1(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(LambertSlope.self, x) }
}
