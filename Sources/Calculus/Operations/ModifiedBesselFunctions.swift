// The modified Bessel functions with their derivatives in the argument.

enum BesselI: BinaryOperation {
  static var operation: Operation { .besseli }
  static var about: About {
    .function(
      "besseli", of: ["n", "x"], requires: "an argument >= 0, or a whole order",
      "the modified Bessel function of the first kind, of any order")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselI(order: n, x) }
  static func scaled(_ n: Scaled, _ x: Scaled) -> Scaled {
    wide(n, x, value) {
      $1 < 0 ? Scaled(.nan) : SpecialFunction.modifiedFirst(ModifiedOrder($0), $1).scaled
    }
  }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(ModifiedSlope<BesselI>.self, n, x)
  }
  static func isDefined(_ n: Double, _ x: Double) -> Bool { x >= 0 || n == n.rounded() }
}

enum BesselK: BinaryOperation {
  static var operation: Operation { .besselk }
  static var about: About {
    .function(
      "besselk", of: ["n", "x"], requires: "an argument > 0",
      "the modified Bessel function of the second kind, of any order")
  }
  static func value(_ n: Double, _ x: Double) -> Double { SpecialFunction.besselK(order: n, x) }
  static func scaled(_ n: Scaled, _ x: Scaled) -> Scaled {
    wide(n, x, value) { SpecialFunction.modifiedSecond(ModifiedOrder($0), $1).scaled }
  }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(ModifiedSlope<BesselK>.self, n, x)
  }
  static func isDefined(_ n: Double, _ x: Double) -> Bool { x > 0 }
}

/// A value that leaves the range of a double at ordinary arguments.
private func wide(
  _ n: Scaled, _ x: Scaled, _ value: (Double, Double) -> Double,
  _ kernel: (Double, Double) -> Scaled
) -> Scaled {
  let plain = value(n.value, x.value)
  guard !plain.isNormal, n.fits, x.fits, x.isOrdinary else { return Scaled(plain) }
  return kernel(n.value, x.value).ifOrdinary(else: plain)
}

/// The derivative of a modified Bessel function in its argument, (Iₙ₋₁ + Iₙ₊₁)/2 and -(Kₙ₋₁ + Kₙ₊₁)/2
/// (DLMF 10.29.1).
enum ModifiedSlope<Bessel: BinaryOperation>: BinaryKernel {
  private static var isFirst: Bool { Bessel.operation == .besseli }
  static var operation: Operation { isFirst ? .besseliSlope : .besselkSlope }
  static var about: About {
    .kernel(
      Bessel.about.name + "Slope", of: ["n", "x"], requires: Bessel.about.requirement,
      "the derivative of \(Bessel.about.name) in its argument")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ n: S, _ x: S) -> S {
    let sum = S.apply(Bessel.self, n - 1, x) + S.apply(Bessel.self, n + 1, x)
    return isFirst ? sum / 2 : -(sum / 2)
  }
  static func value(_ n: Double, _ x: Double) -> Double { wide(n, x).value }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    S.apply(ModifiedCurvature<Bessel>.self, n, x)
  }
  private static func wide(_ n: Double, _ x: Double) -> WideNumber {
    isFirst
      ? SpecialFunction.besselIDerivative(1, order: n, x)
      : SpecialFunction.besselKDerivative(1, order: n, x)
  }
}

/// The second derivative of a modified Bessel function, (Iₙ₋₂ + 2 Iₙ + Iₙ₊₂)/4 with either (DLMF
/// 10.29.5), where Bessel's equation would cancel.
enum ModifiedCurvature<Bessel: BinaryOperation>: BinaryKernel {
  private static var isFirst: Bool { Bessel.operation == .besseli }
  static var operation: Operation { isFirst ? .besseliCurvature : .besselkCurvature }
  static var about: About {
    .kernel(
      Bessel.about.name + "Curvature", of: ["n", "x"], requires: Bessel.about.requirement,
      "the second derivative of \(Bessel.about.name) in its argument")
  }
  static var continuation: BinaryContinuation { .unknown }
  static func formula<S: Scalar>(_ n: S, _ x: S) -> S {
    let outer = S.apply(Bessel.self, n - 2, x) + S.apply(Bessel.self, n + 2, x)
    return (outer + 2 * S.apply(Bessel.self, n, x)) / 4
  }
  static func value(_ n: Double, _ x: Double) -> Double {
    isFirst
      ? SpecialFunction.besselIDerivative(2, order: n, x).value
      : SpecialFunction.besselKDerivative(2, order: n, x).value
  }
  static func partialX<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S { n.constant(.nan) }
  static func partialY<S: Scalar>(_ n: S, _ x: S, _ z: S) -> S {
    let sum = S.apply(ModifiedCurvature.self, n - 1, x) + S.apply(ModifiedCurvature.self, n + 1, x)
    return isFirst ? sum / 2 : -(sum / 2)
  }
}
