// Powers and roots: x^y, sqrt, cbrt, hypot.

/// x^y. A whole exponent is defined for every base and never goes by way of ln x; 0^0 is 1.
enum Power: BinaryOperation {
  static var operation: Operation { .power }
  static var about: About {
    .infix(
      "^", .power, aliases: ["pow"], requires: "a base > 0, or a whole exponent",
      "x to the power y; a whole exponent takes any base, 0^0 = 1")
  }
  static var continuation: BinaryContinuation { .analytic(Complex.power) }
  @inline(__always)
  static func value(_ x: Double, _ y: Double) -> Double { SpecialFunction.power(x, y) }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    if y.value == 2 { return Scaled.product(x, x) }
    if y.value == 1 { return x }
    let value = value(x.value, y.value)
    return x.fits && value.isNormal ? Scaled(value) : x.power(y.value)
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { S.apply(PowerSlope.self, x, y) }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { S.apply(PowerGrowth.self, x, y) }
  static func isDefined(_ x: Double, _ y: Double) -> Bool {
    x > 0 || (y == y.rounded(.towardZero) && (x < 0 || y >= 0)) || (x == 0 && y > 0)
  }

  /// Whether x^(y - k) is as good as a kernel knows it, since y - k is exact.
  static func isPlain<F: FormulaScalar>(_ y: F) -> Bool {
    y.constantValue.map { $0 != 0 && $0 == $0.rounded() } ?? false
  }

  /// x^(y - k) without the error that rounding y - k would make: it weighs k times ln x.
  static func value(_ x: Double, _ y: Double, loweredBy k: Double) -> Double {
    if x.isNaN || y.isNaN || (y - k) + k == y { return value(x, y - k) }
    let whole = Libm.pow(x, y) / Libm.pow(x, k)
    return whole.isNormal ? whole : Libm.pow(x, y - k)
  }
}

/// y x^(y-1), the derivative of x^y in x; 0 where y is 0, also at x = 0.
enum PowerSlope: BinaryKernel {
  static var operation: Operation { .powerSlope }
  static var about: About {
    .kernel(
      "powerSlope", of: ["x", "y"], requires: "a base > 0, or a whole exponent", "y*x^(y - 1)")
  }
  static func isPlain<F: FormulaScalar>(_ x: F, _ y: F) -> Bool { Power.isPlain(y) }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { y * power(x, y - 1) }
  @inline(__always)
  static func value(_ x: Double, _ y: Double) -> Double {
    if y == 2 { return 2 * x }
    if y == 0, !x.isNaN { return 0 }
    let lowered = Power.value(x, y, loweredBy: 1)
    if !lowered.isSubnormal || x < 0 { return y * lowered }
    // x^(y-1) is subnormal but y may make the result normal: in two halves, no digits are lost.
    let half = Libm.pow(x, (y - 1) / 2)
    return y * half * half
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    S.apply(PowerCurvature.self, x, y)
  }
  /// x^(y-1) (1 + y ln x); its limit 0 at x = 0 for y > 1.
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    S.choose(
      x, .equal, 0, then: { S.choose(y, .greater, 1, then: { 0 }, otherwise: { ln(x) }) },
      otherwise: { z * ln(x) + S.apply(LoweredPower.self, x, y) })
  }
}

/// x^(y-1).
enum LoweredPower: BinaryKernel {
  static var operation: Operation { .loweredPower }
  static var about: About {
    .kernel(
      "loweredPower", of: ["x", "y"], requires: "a base > 0, or a whole exponent", "x^(y - 1)")
  }
  static func isPlain<F: FormulaScalar>(_ x: F, _ y: F) -> Bool { Power.isPlain(y) }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { power(x, y - 1) }
  static func value(_ x: Double, _ y: Double) -> Double { Power.value(x, y, loweredBy: 1) }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    S.apply(PowerSlope.self, x, y - 1)
  }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { z * ln(x) }
}

/// y (y-1) x^(y-2), the second derivative of x^y in x.
enum PowerCurvature: BinaryKernel {
  static var operation: Operation { .powerCurvature }
  static var about: About {
    .kernel(
      "powerCurvature", of: ["x", "y"], requires: "a base > 0, or a whole exponent",
      "y*(y - 1)*x^(y - 2)")
  }
  static func isPlain<F: FormulaScalar>(_ x: F, _ y: F) -> Bool { Power.isPlain(y) }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { y * (y - 1) * power(x, y - 2) }
  static func value(_ x: Double, _ y: Double) -> Double {
    (y == 0 || y == 1) && !x.isNaN ? 0 : y * (y - 1) * Power.value(x, y, loweredBy: 2)
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    y * (y - 1) * S.apply(PowerSlope.self, x, y - 2)
  }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    (2 * y - 1) * power(x, y - 2) + z * ln(x)
  }
}

/// x^y ln x, the derivative of x^y in y; its limit 0 at x = 0 for y > 0.
enum PowerGrowth: BinaryKernel {
  static var operation: Operation { .powerGrowth }
  static var about: About {
    .kernel("powerGrowth", of: ["x", "y"], requires: "a base > 0", "x^y*ln(x)")
  }
  static func isPlain<F: FormulaScalar>(_ x: F, _ y: F) -> Bool { Power.isPlain(y) }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { power(x, y) * ln(x) }
  /// Of 0^y, which is 0 wherever it has a derivative, the formula is 0 and not 0^y ln 0.
  static func term<F: FormulaScalar>(_ x: F, _ y: F) -> F {
    let keepsKernels = x.keepsKernels || y.keepsKernels
    if keepsKernels, !isPlain(x, y) { return .node(operation, x, y) }
    return x.isZero ? x.constant(0) : formula(x, y)
  }
  static func value(_ x: Double, _ y: Double) -> Double {
    let whole = Power.value(x, y)
    return whole == 0 && x >= 0 ? 0 : whole * Libm.log(x)
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    PowerSlope.partialY(x, y, S.apply(PowerSlope.self, x, y))
  }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    S.choose(z, .equal, 0, then: { 0 }, otherwise: { z * ln(x) })
  }
}

enum SquareRoot: UnaryOperation {
  static var operation: Operation { .sqrt }
  static var facts: FunctionFacts {
    FunctionFacts(sign: .positiveWithArgument, domain: .nonnegative)
  }
  static var about: About {
    .function(
      "sqrt", notation: .radical(index: ""), unicode: "√", requires: "an argument >= 0",
      "the square root")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.sqrt) }
  // The root of -0 is 0 here, so that the slope there is +inf as at 0.
  static func value(_ x: Double) -> Double { x.squareRoot() + 0 }
  static func scaled(_ x: Scaled) -> Scaled { x.squareRoot }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 / (2 * y) }
  static func isDefined(_ x: Double) -> Bool { x >= 0 }
}

enum CubeRoot: UnaryOperation {
  static var operation: Operation { .cbrt }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0, 1: 1, 8: 2]) }
  static var about: About {
    .function("cbrt", notation: .radical(index: "3"), unicode: "∛", "the real cube root")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.cbrt) }
  static func value(_ x: Double) -> Double { SpecialFunction.cubeRoot(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.fits ? Scaled(value(x.value)) : x.cubeRoot
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 / (3 * y.squared()) }
}

/// sqrt(x² + y²) without overflow. The tip of its cone at (0, 0) is a kink, with derivative 0 by
/// convention.
enum Hypotenuse: BinaryOperation {
  static var operation: Operation { .hypot }
  static var about: About {
    .function("hypot", of: ["x", "y"], "sqrt(x^2 + y^2), without overflow")
  }
  static var continuation: BinaryContinuation { .analytic(Complex.hypot) }
  static func value(_ x: Double, _ y: Double) -> Double { SpecialFunction.hypotenuse(x, y) }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled { .hypotenuse(x, y) }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    S.apply(DirectionCosine.self, x, y)
  }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    S.apply(DirectionCosine.self, y, x)
  }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double, _ y: Double) -> Kink? { x == 0 && y == 0 ? .corner : nil }
  static func directional(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double {
    value(x, y) == 0
      ? value(t.0, t.1)
      : DirectionCosine.value(x, y) * t.0 + DirectionCosine.value(y, x) * t.1
  }
}

/// x / hypot(x, y): its derivative y²/h³ is written out, since the quotient rule would cancel.
enum DirectionCosine: BinaryKernel {
  static var operation: Operation { .directionCosine }
  static var about: About {
    .kernel("directionCosine", of: ["x", "y"], "x/hypot(x, y)")
  }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { x / hypot(x, y) }
  static func value(_ x: Double, _ y: Double) -> Double {
    x == 0 ? 0 : scaled(x, y) { $0 / Libm.hypot($0, $1) }
  }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    let h = hypot(x, y)
    return S.choose(h, .equal, 0, then: { 0 }, otherwise: { (y / h).squared() / h })
  }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    let h = hypot(x, y)
    return S.choose(h, .equal, 0, then: { 0 }, otherwise: { -(z * (y / h)) / h })
  }

  /// `body` on x and y brought near 1 by a power of two, where no subnormal number loses digits.
  private static func scaled(
    _ x: Double, _ y: Double, _ body: (Double, Double) -> Double
  ) -> Double {
    let size = max(x.magnitude, y.magnitude)
    guard size.isFinite, size > 0 else { return body(x, y) }
    let factor = Double(sign: .plus, exponent: -size.exponent / 2, significand: 1)
    return body(x * factor * factor, y * factor * factor)
  }
}

// On any scalar, as rules write them.

extension Scalar {
  @inline(__always)
  func squared() -> Self { Self.apply(Power.self, self, constant(2)) }
}

func sqrt<S: Scalar>(_ x: S) -> S { S.apply(SquareRoot.self, x) }
func power<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(Power.self, x, y) }
func hypot<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(Hypotenuse.self, x, y) }
