// Trigonometric functions; angles are in radians.

enum Sine: UnaryOperation {
  static var operation: Operation { .sin }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About { .function("sin", latex: "\\sin", "the sine of an angle in radians") }
  static var continuation: UnaryContinuation { .analytic(Complex.sin) }
  static func value(_ x: Double) -> Double { Libm.sin(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { cos(x) }
}

enum Cosine: UnaryOperation {
  static var operation: Operation { .cos }
  static var facts: FunctionFacts { FunctionFacts(parity: .even, values: [0: 1]) }
  static var about: About { .function("cos", latex: "\\cos", "the cosine of an angle in radians") }
  static var continuation: UnaryContinuation { .analytic(Complex.cos) }
  static func value(_ x: Double) -> Double { Libm.cos(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -sin(x) }
}

enum Tangent: UnaryOperation {
  static var operation: Operation { .tan }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About { .function("tan", latex: "\\tan", "the tangent of an angle in radians") }
  static var continuation: UnaryContinuation { .analytic(Complex.tan) }
  static func value(_ x: Double) -> Double { Libm.tan(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 + y.squared() }
}

enum Cotangent: UnaryOperation {
  static var operation: Operation { .cot }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd) }
  static var about: About {
    .function(
      "cot", latex: "\\cot", requires: "an argument other than a multiple of pi",
      "the cotangent, 1/tan(x)")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.cot) }
  static func value(_ x: Double) -> Double { 1 / Libm.tan(x) }
  static func scaled(_ x: Scaled) -> Scaled { x.reciprocalBeside0(else: value) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(1 + y.squared()) }
  static func isDefined(_ x: Double) -> Bool { x != 0 }
}

enum Secant: UnaryOperation {
  static var operation: Operation { .sec }
  static var facts: FunctionFacts { FunctionFacts(parity: .even, values: [0: 1]) }
  static var about: About { .function("sec", latex: "\\sec", "the secant, 1/cos(x)") }
  static var continuation: UnaryContinuation { .analytic(Complex.sec) }
  static func value(_ x: Double) -> Double { 1 / Libm.cos(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { y * tan(x) }
}

enum Cosecant: UnaryOperation {
  static var operation: Operation { .csc }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd) }
  static var about: About {
    .function(
      "csc", latex: "\\csc", requires: "an argument other than a multiple of pi",
      "the cosecant, 1/sin(x)")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.csc) }
  static func value(_ x: Double) -> Double { 1 / Libm.sin(x) }
  static func scaled(_ x: Scaled) -> Scaled { x.reciprocalBeside0(else: value) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(y * cot(x)) }
  static func isDefined(_ x: Double) -> Bool { x != 0 }
}

enum ArcSine: UnaryOperation {
  static var operation: Operation { .asin }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About {
    .function(
      "asin", aliases: ["arcsin"], latex: "\\arcsin", requires: "an argument from -1 to 1",
      "the inverse sine")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.asin) }
  static func value(_ x: Double) -> Double { Libm.asin(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseCircleHeight.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude <= 1 }
}

enum ArcCosine: UnaryOperation {
  static var operation: Operation { .acos }
  static var facts: FunctionFacts { FunctionFacts(sign: .nonnegative, values: [1: 0]) }
  static var about: About {
    .function(
      "acos", aliases: ["arccos"], latex: "\\arccos", requires: "an argument from -1 to 1",
      "the inverse cosine")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.acos) }
  static func value(_ x: Double) -> Double { Libm.acos(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -S.apply(InverseCircleHeight.self, x) }
  static func isDefined(_ x: Double) -> Bool { x.magnitude <= 1 }
}

enum ArcTangent: UnaryOperation {
  static var operation: Operation { .atan }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, values: [0: 0]) }
  static var about: About {
    .function("atan", aliases: ["arctan"], latex: "\\arctan", "the inverse tangent")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.atan) }
  static func value(_ x: Double) -> Double { Libm.atan(x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(InverseOnePlusSquare.self, x) }
}

/// The inverse cotangent with values from 0 to pi (ISO 80000-2), continuous at 0.
enum ArcCotangent: UnaryOperation {
  static var operation: Operation { .acot }
  static var facts: FunctionFacts { FunctionFacts(sign: .positive) }
  static var about: About {
    .function(
      "acot", aliases: ["arccot"], latex: "\\operatorname{arccot}",
      "the inverse cotangent, from 0 to pi")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.acot) }
  static func value(_ x: Double) -> Double { Libm.atan2(1, x) }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -S.apply(InverseOnePlusSquare.self, x) }
}

/// The angle of the point (x, y), y first. At (0, 0) its derivatives are 0 by convention.
enum ArcTangent2: BinaryOperation {
  static var operation: Operation { .atan2 }
  static var about: About {
    .function(
      "atan2", aliases: ["arctan2"], of: ["y", "x"], "the angle of the point (x, y), from -pi to pi"
    )
  }
  static var continuation: BinaryContinuation { .analytic(Complex.atan2) }
  static func value(_ y: Double, _ x: Double) -> Double { Libm.atan2(y, x) }
  static func scaled(_ y: Scaled, _ x: Scaled) -> Scaled {
    guard x.isOrdinary, y.isOrdinary else { return Scaled(value(y.value, x.value)) }
    let shift = -max(x.exponent, y.exponent)
    let angle = value(y.shifted(shift).value, x.shifted(shift).value)
    return angle.isNormal ? Scaled(angle) : .quotient(y, x)
  }
  static func partialX<S: Scalar>(_ y: S, _ x: S, _ z: S) -> S {
    S.apply(InverseRadius.self, x, y)
  }
  static func partialY<S: Scalar>(_ y: S, _ x: S, _ z: S) -> S {
    -S.apply(InverseRadius.self, y, x)
  }
  // The angle jumps by 2 pi across the negative x axis, and has no limit at the origin.
  static var mayHaveKinks: Bool { true }
  static func kink(_ y: Double, _ x: Double) -> Kink? { y == 0 && x <= 0 ? .jump : nil }
  static func limit(_ y: Double, _ x: Double, toward t: (Double, Double)) -> Double {
    if y != 0 || x > 0 || t.0 == 0 { return y == 0 && x == 0 ? value(0, t.1) : value(y, x) }
    return x < 0 ? (t.0 > 0 ? .pi : -.pi) : value(t.0, t.1)
  }
}

/// 1 / sqrt(1 - x²), accurate also beside ±1, where the formula as it stands cancels.
enum InverseCircleHeight: UnaryKernel {
  static var operation: Operation { .inverseCircleHeight }
  static var about: About {
    .kernel("inverseCircleHeight", requires: "an argument between -1 and 1", "1/sqrt(1 - x^2)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / sqrt(1 - x.squared()) }
  static func value(_ x: Double) -> Double { 1 / ((1 - x) * (1 + x)).squareRoot() }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { x * y * y * y }
}

/// 1 / (1 + x²), also where x² overflows.
enum InverseOnePlusSquare: UnaryKernel {
  static var operation: Operation { .inverseOnePlusSquare }
  static var about: About {
    .kernel("inverseOnePlusSquare", "1/(1 + x^2)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { 1 / (1 + x.squared()) }
  static func value(_ x: Double) -> Double {
    x.magnitude < 1e150 ? 1 / (x * x + 1) : 1 / x / x
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -2 * (x * y) * y }
}

/// x / (x² + y²), also where the squares over- or underflow; 0 at (0, 0) by convention.
enum InverseRadius: BinaryKernel {
  static var operation: Operation { .inverseRadius }
  static var about: About {
    .kernel("inverseRadius", of: ["x", "y"], "x/(x^2 + y^2)")
  }
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S { x / (x.squared() + y.squared()) }
  static func value(_ x: Double, _ y: Double) -> Double {
    let radius = Libm.hypot(x, y)
    return radius == 0 ? 0 : x / radius / radius
  }
  /// (y² - x²) / r⁴, its difference of squares as a product.
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    let radius = hypot(x, y)
    return S.choose(
      radius, .equal, 0, then: { 0 },
      otherwise: { (y - x) / radius * ((y + x) / radius) / radius / radius })
  }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S {
    let radius = hypot(x, y)
    return S.choose(radius, .equal, 0, then: { 0 }, otherwise: { -2 * z * (y / radius) / radius })
  }
}

// On any scalar, as rules write them.

func sin<S: Scalar>(_ x: S) -> S { S.apply(Sine.self, x) }
func cos<S: Scalar>(_ x: S) -> S { S.apply(Cosine.self, x) }
func tan<S: Scalar>(_ x: S) -> S { S.apply(Tangent.self, x) }
func cot<S: Scalar>(_ x: S) -> S { S.apply(Cotangent.self, x) }
