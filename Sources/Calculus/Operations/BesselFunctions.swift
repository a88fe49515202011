// The Bessel functions J, Y and the modified ones I, K, with their derivatives in the argument.

/// A Bessel function Cₙ(x) of any real order n. It has no derivative in its order.
protocol BesselFunction: BinaryOperation {
  /// Whether it is I or K, a solution of the modified equation.
  static var isModified: Bool { get }
  /// Whether it is J or I, which are defined at 0, and of whole order for x < 0 too.
  static var isFirstKind: Bool { get }
  /// The operations that are its first and second derivative in the argument.
  static var slope: Operation { get }
  static var curvature: Operation { get }
  /// The first or second derivative by a kernel of its own; nil where the formula is as accurate.
  static func derivative(_ order: Int, _ n: Double, _ x: Double) -> Double?
}

extension BesselFunction {
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(BesselSlope<Self>.self, n, x)
  }
  static func isDefined(_ n: Double, _ x: Double) -> Bool {
    isFirstKind ? x >= 0 || n == n.rounded() : x > 0
  }
  static func isBeyondLimit(_ n: Double, _ x: Double) -> Bool {
    let isOrdinary = x >= 0 || isFirstKind && x < 0 && n == n.rounded()
    return isOrdinary && n.isFinite && n.magnitude > SpecialFunction.greatestStep
  }

  static func about(_ name: String, latex: String? = nil, _ summary: String) -> About {
    .function(
      name, latex: latex, of: ["n", "x"],
      requires: isFirstKind ? "an argument >= 0, or a whole order" : "an argument > 0",
      "the \(summary) kind, of any order")
  }

  /// The derivative at order n from values, or derivatives, at the orders n - 1 and n + 1: (Cₙ₋₁ -
  /// Cₙ₊₁)/2 (DLMF 10.6.1); (Iₙ₋₁ + Iₙ₊₁)/2 and -(Kₙ₋₁ + Kₙ₊₁)/2 (10.29.1).
  static func derivative<Rule: BinaryRule, S: Scalar>(of rule: Rule.Type, _ n: S, _ x: S) -> S {
    let (lower, upper) = (S.apply(rule, n - 1, x), S.apply(rule, n + 1, x))
    if !isModified { return (lower - upper) / 2 }
    return isFirstKind ? (lower + upper) / 2 : -((lower + upper) / 2)
  }

  /// A value that leaves the range of a double at ordinary arguments.
  fileprivate static func scaled(
    _ n: Scaled, _ x: Scaled, _ kernel: (Double, Double) -> Scaled
  ) -> Scaled {
    let plain = value(n.value, x.value)
    guard !plain.isNormal, n.fits, x.fits, x.isOrdinary else { return Scaled(plain) }
    return kernel(n.value, x.value).ifOrdinary(else: plain)
  }
}

enum BesselJ: BesselFunction {
  static var operation: Operation { .besselj }
  static var slope: Operation { .besseljSlope }
  static var curvature: Operation { .besseljCurvature }
  static var isModified: Bool { false }
  static var isFirstKind: Bool { true }
  static var about: About {
    about("besselj", latex: "J_{#1}\\left(#2\\right)", "Bessel function of the first")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselJ(order: n, x) }
  static func derivative(_ order: Int, _ n: Double, _ x: Double) -> Double? { nil }
}

enum BesselY: BesselFunction {
  static var operation: Operation { .bessely }
  static var slope: Operation { .besselySlope }
  static var curvature: Operation { .besselyCurvature }
  static var isModified: Bool { false }
  static var isFirstKind: Bool { false }
  static var about: About {
    about("bessely", latex: "Y_{#1}\\left(#2\\right)", "Bessel function of the second")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselY(order: n, x) }
  static func derivative(_ order: Int, _ n: Double, _ x: Double) -> Double? { nil }
}

enum BesselI: BesselFunction {
  static var operation: Operation { .besseli }
  static var slope: Operation { .besseliSlope }
  static var curvature: Operation { .besseliCurvature }
  static var isModified: Bool { true }
  static var isFirstKind: Bool { true }
  static var about: About { about("besseli", "modified Bessel function of the first") }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselI(order: n, x) }
  static func scaled(_ n: Scaled, _ x: Scaled) -> Scaled {
    scaled(n, x) {
      $1 < 0 ? Scaled(.nan) : SpecialFunction.modifiedFirst(ModifiedOrder($0), $1).scaled
    }
  }
  static func derivative(_ order: Int, _ n: Double, _ x: Double) -> Double? {
    SpecialFunction.besselIDerivative(order, order: n, x).value
  }
}

enum BesselK: BesselFunction {
  static var operation: Operation { .besselk }
  static var slope: Operation { .besselkSlope }
  static var curvature: Operation { .besselkCurvature }
  static var isModified: Bool { true }
  static var isFirstKind: Bool { false }
  static var about: About { about("besselk", "modified Bessel function of the second") }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselK(order: n, x) }
  static func scaled(_ n: Scaled, _ x: Scaled) -> Scaled {
    scaled(n, x) { SpecialFunction.modifiedSecond(ModifiedOrder($0), $1).scaled }
  }
  static func derivative(_ order: Int, _ n: Double, _ x: Double) -> Double? {
    SpecialFunction.besselKDerivative(order, order: n, x).value
  }
}

/// The derivative of a Bessel function in its argument.
enum BesselSlope<Bessel: BesselFunction>: BinaryKernel {
  static var operation: Operation { Bessel.slope }
  static var about: About {
    .kernel(
      Bessel.about.name + "Slope", of: ["n", "x"], requires: Bessel.about.requirement,
      "the derivative of \(Bessel.about.name) in its argument")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ n: S, _ x: S) -> S { Bessel.derivative(of: Bessel.self, n, x) }
  static func value(_ n: Double, _ x: Double) -> Double {
    Bessel.derivative(1, n, x) ?? formula(n, x)
  }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(BesselCurvature<Bessel>.self, n, x)
  }
}

/// The second derivative of a Bessel function in its argument.
enum BesselCurvature<Bessel: BesselFunction>: BinaryKernel {
  static var operation: Operation { Bessel.curvature }
  static var about: About {
    .kernel(
      Bessel.about.name + "Curvature", of: ["n", "x"], requires: Bessel.about.requirement,
      "the second derivative of \(Bessel.about.name) in its argument")
  }
  static var continuation: BinaryContinuation { .unknown }

  /// By Bessel's equation, -C'/x - (1 - n²/x²) C. The modified one would cancel: there it is
  /// (Cₙ₋₂ + 2 Cₙ + Cₙ₊₂)/4 (DLMF 10.29.5).
  static func formula<S: Scalar>(_ n: S, _ x: S) -> S {
    let value = S.apply(Bessel.self, n, x)
    if Bessel.isModified {
      return (S.apply(Bessel.self, n - 2, x) + S.apply(Bessel.self, n + 2, x) + 2 * value) / 4
    }
    return -(S.apply(BesselSlope<Bessel>.self, n, x) / x) - (1 - n / x) * (1 + n / x) * value
  }

  /// From the slopes at neighbouring orders where the terms of the equation cancel.
  static func value(_ n: Double, _ x: Double) -> Double {
    if let value = Bessel.derivative(2, n, x) { return value }
    return 2 * x.magnitude <= Swift.max(n.magnitude, 1)
      ? Bessel.derivative(of: BesselSlope<Bessel>.self, n, x) : formula(n, x)
  }

  /// Beyond the range by the formula, unless that cancels where the value is small.
  static func scaled(_ n: Scaled, _ x: Scaled) -> Scaled {
    let value = value(n.value, x.value)
    if !Bessel.isModified || n.fits && x.fits && value.isNormal { return Scaled(value) }
    return formula(n, x).ifOrdinary(else: value)
  }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    Bessel.derivative(of: BesselCurvature.self, n, x)
  }
}
