// What a rule of differentiation says, by arity: a value on doubles, partials on any scalar.

/// A function of one argument with its derivative.
protocol UnaryRule: Sendable {
  /// The value at `x`; NaN where it is not defined.
  static func value(_ x: Double) -> Double
  /// dy/dx, given the argument and the value `y` that it had.
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S
  /// The rule as a formula: a node of its own, or a formula in other operations.
  static func term<F: FormulaScalar>(_ x: F) -> F
  /// The value beyond a double's range, where the rule knows better than a double.
  static func scaled(_ x: Scaled) -> Scaled
  /// The rule on complex numbers, where there is one.
  static var continuation: UnaryContinuation { get }
}

/// A function z of two arguments x and y with its partial derivatives.
protocol BinaryRule: Sendable {
  static func value(_ x: Double, _ y: Double) -> Double
  /// ∂z/∂x, given the arguments and the value `z` that they had.
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S
  /// ∂z/∂y, likewise.
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S
  static func term<F: FormulaScalar>(_ x: F, _ y: F) -> F
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled
  static var continuation: BinaryContinuation { get }
}

/// A function y of any number of arguments with its partial derivatives.
protocol VariadicRule: Sendable {
  static func value(_ xs: [Double]) -> Double
  /// ∂y/∂xₖ for every k, given the arguments and the value `y` that they had; linear in their
  /// number.
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S]
  static func term<F: FormulaScalar>(_ xs: [F]) -> F
  static func scaled(_ xs: [Scaled]) -> Scaled
  static var continuation: VariadicContinuation { get }
}

// What a rule is on scaled numbers, unless it says better: itself where doubles hold them.

extension UnaryRule {
  static func scaled(_ x: Scaled) -> Scaled {
    x.fits || !x.isOrdinary ? Scaled(value(x.value)) : beyondRange(x)
  }

  /// At an argument that no double holds: the limit at infinity if there is one, or what the
  /// tangent at 0 says, which is exact there; NaN where neither tells.
  static func beyondRange(_ x: Scaled) -> Scaled {
    let limit = value(x.value)
    if x.value.isInfinite { return Scaled(limit.isFinite ? limit : .nan) }
    if limit.isNormal { return Scaled(limit) }
    let origin = value(0)
    guard origin == 0 else { return Scaled(.nan) }
    let slope = partial(0.0, origin)
    return slope.isFinite && slope != 0 ? Scaled.product(Scaled(slope), x) : Scaled(.nan)
  }
}

extension BinaryRule {
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    let value = value(x.value, y.value)
    let isExact = (x.fits || !x.isOrdinary) && (y.fits || !y.isOrdinary)
    return Scaled(isExact || value.isNormal ? value : .nan)
  }
}

extension VariadicRule {
  static func scaled(_ xs: [Scaled]) -> Scaled {
    let value = value(xs.map(\.value))
    return Scaled(xs.allSatisfy { $0.fits || !$0.isOrdinary } || value.isNormal ? value : .nan)
  }
}
