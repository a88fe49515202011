// The four operations, the sign, and the remainder.

enum Addition: BinaryOperation {
  static var operation: Operation { .add }
  static var secondPartials: SecondPartials { [] }
  static var about: About { .infix("+", .infix(.sum), "the sum") }
  static var continuation: BinaryContinuation { .analytic(Complex.sum) }
  static func value(_ x: Double, _ y: Double) -> Double { x + y }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled { Scaled.sum(x, y) }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 1 }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 1 }
}

enum Subtraction: BinaryOperation {
  static var operation: Operation { .subtract }
  static var secondPartials: SecondPartials { [] }
  static var about: About { .infix("-", .infix(.sum), unicode: "−", "the difference") }
  static var continuation: BinaryContinuation { .analytic(Complex.difference) }
  static func value(_ x: Double, _ y: Double) -> Double { x - y }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled { Scaled.sum(x, y.opposite) }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 1 }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { -1 }
}

enum Multiplication: BinaryOperation {
  static var operation: Operation { .multiply }
  static var secondPartials: SecondPartials { .xy }
  static var about: About {
    .infix("*", .infix(.product), unicode: "×", latex: "\\times", "the product")
  }
  static var continuation: BinaryContinuation { .analytic(Complex.product) }
  static func value(_ x: Double, _ y: Double) -> Double { x * y }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled { Scaled.product(x, y) }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { y }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { x }
}

enum Division: BinaryOperation {
  static var operation: Operation { .divide }
  static var secondPartials: SecondPartials { [.xy, .yy] }
  static var about: About {
    .infix("/", .fraction, requires: "a divisor other than 0", "the quotient")
  }
  static var continuation: BinaryContinuation { .analytic(Complex.quotient) }
  static func value(_ x: Double, _ y: Double) -> Double { x / y }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled { Scaled.quotient(x, y) }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 1 / y }
  // By way of the quotient: -x/y² would overflow in y² where the quotient does not.
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { -(z / y) }
  static func isDefined(_ x: Double, _ y: Double) -> Bool { y != 0 }
}

enum Negation: UnaryOperation {
  static var operation: Operation { .negate }
  static var facts: FunctionFacts { FunctionFacts(keepsWhole: true) }
  static var isLinear: Bool { true }
  static var about: About { .prefix("-", .sign, unicode: "−", "the opposite") }
  static var continuation: UnaryContinuation { .analytic(Complex.opposite) }
  static func value(_ x: Double) -> Double { -x }
  static func scaled(_ x: Scaled) -> Scaled { x.opposite }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -1 }
}

/// x - y floor(x/y): the remainder with the divisor's sign, as Python's `%`.
enum Remainder: BinaryOperation {
  static var operation: Operation { .remainder }
  static var about: About {
    .infix(
      "%", .infix(.product), aliases: ["mod"], latex: "\\bmod", requires: "a divisor other than 0",
      "the remainder x - y*floor(x/y), with the sign of the divisor")
  }
  static var continuation: BinaryContinuation { .none }
  static func value(_ x: Double, _ y: Double) -> Double { SpecialFunction.remainder(x, y) }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    let isExact = (x.fits || !x.isOrdinary) && (y.fits || !y.isOrdinary)
    if isExact { return Scaled(value(x.value, y.value)) }
    guard Scaled.order(x.magnitude, y.magnitude) < 0 else { return Scaled(.nan) }
    return x.significand * y.significand < 0 ? .sum(x, y) : x
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 1 }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    -S.apply(FloorQuotient.self, x, y)
  }
  static func isDefined(_ x: Double, _ y: Double) -> Bool { y != 0 }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double, _ y: Double) -> Kink? { value(x, y) == 0 ? .jump : nil }
  // Where the quotient approaches the whole number q from below, the remainder approaches y.
  static func limit(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double {
    let quotient = quotient(x, y, toward: t)
    return quotient == SpecialFunction.floorQuotient(x, y) ? value(x, y) : y
  }
  static func directional(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double {
    t.0 - quotient(x, y, toward: t) * t.1
  }

  /// floor(x/y) on the side that `t` leads to.
  private static func quotient(
    _ x: Double, _ y: Double, toward t: (Double, Double)
  ) -> Double {
    let quotient = SpecialFunction.floorQuotient(x, y)
    return value(x, y) == 0 && (t.0 - quotient * t.1) / y < 0 ? quotient - 1 : quotient
  }
}

/// floor(x/y) of the exact quotient, as the remainder has it: the rounded quotient may be one too
/// many.
enum FloorQuotient: BinaryKernel, FlatBinaryOperation {
  static var operation: Operation { .floorQuotient }
  static var about: About {
    .kernel("floorQuotient", of: ["x", "y"], requires: "a divisor other than 0", "(x - x%y)/y")
  }
  static var continuation: BinaryContinuation { .none }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { (x - S.apply(Remainder.self, x, y)) / y }
  static func value(_ x: Double, _ y: Double) -> Double { SpecialFunction.floorQuotient(x, y) }
}

// The operators on any scalar, as rules write them.

extension Scalar {
  @inline(__always)
  static func + (x: Self, y: Self) -> Self { apply(Addition.self, x, y) }
  @inline(__always)
  static func - (x: Self, y: Self) -> Self { apply(Subtraction.self, x, y) }
  @inline(__always)
  static func * (x: Self, y: Self) -> Self { apply(Multiplication.self, x, y) }
  @inline(__always)
  static func / (x: Self, y: Self) -> Self { apply(Division.self, x, y) }
  @inline(__always)
  static prefix func - (x: Self) -> Self { apply(Negation.self, x) }
}
