// What an operation tells besides its rule: its names, where it is defined, its edges and kinks.

/// What the edge from an operation to one of its arguments carries at a point.
enum EdgeRole: Sendable {
  /// Values and derivatives.
  case smooth
  /// Values only: the derivative is 0 by structure (a floor, a maximum's smaller argument).
  case flat
  /// Values only, but the argument decides between others: where it jumps, the result has a kink.
  case gate
  /// Nothing: the argument is a branch that is not taken.
  case ignored
}

/// Which second partial derivatives of an operation on two arguments may be other than 0.
struct SecondPartials: OptionSet, Sendable {
  let rawValue: UInt8
  static let xx = SecondPartials(rawValue: 1)
  static let xy = SecondPartials(rawValue: 2)
  static let yy = SecondPartials(rawValue: 4)
  static let all: SecondPartials = [.xx, .xy, .yy]
}

/// How an operation fails to be differentiable at a point where it has a value.
package enum Kink: Sendable, Equatable {
  /// Continuous, but the slope depends on the direction.
  case corner
  /// The value itself jumps; the slope is that of either side.
  case jump
}

/// What every operation of the roster tells about itself.
protocol ElementaryOperation: Sendable {
  static var operation: Operation { get }
  static var about: About { get }
  /// Whether `kink` says anything at any point.
  static var mayHaveKinks: Bool { get }
}

extension ElementaryOperation {
  static var mayHaveKinks: Bool { false }
}

protocol UnaryOperation: UnaryRule, ElementaryOperation {
  /// What holds of it for all arguments of its domain.
  static var facts: FunctionFacts { get }
  /// Whether `x` lies where the operation has a finite value, overflow aside.
  static func isDefined(_ x: Double) -> Bool
  static func role(_ x: Double) -> EdgeRole
  static func kink(_ x: Double) -> Kink?
  /// The limit of the value as the argument is approached from `x + 0·t`; differs at a jump only.
  static func limit(_ x: Double, toward t: Double) -> Double
  /// The one-sided derivative in the direction `t`; differs from partial times `t` at a corner
  /// only.
  static func directional(_ x: Double, toward t: Double) -> Double
  /// Whether the second derivative is 0 wherever there is one.
  static var isLinear: Bool { get }
}

protocol BinaryOperation: BinaryRule, ElementaryOperation {
  static func isDefined(_ x: Double, _ y: Double) -> Bool
  static func roles(_ x: Double, _ y: Double) -> (EdgeRole, EdgeRole)
  static func kink(_ x: Double, _ y: Double) -> Kink?
  static func limit(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double
  static func directional(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double
  static var secondPartials: SecondPartials { get }
  /// Whether the value is there but not computed, since it would take too long.
  static func isBeyondLimit(_ x: Double, _ y: Double) -> Bool
}

protocol VariadicOperation: VariadicRule, ElementaryOperation {
  static func isDefined(_ xs: [Double]) -> Bool
  static func roles(_ xs: [Double]) -> [EdgeRole]
  static func kink(_ xs: [Double]) -> Kink?
  static func limit(_ xs: [Double], toward ts: [Double]) -> Double
  static func directional(_ xs: [Double], toward ts: [Double]) -> Double
  /// Whether all second derivatives are 0 wherever there are any.
  static var isLinear: Bool { get }
}

// What holds for most operations: defined everywhere, smooth, and a node of its own in a graph.

extension UnaryOperation {
  static var facts: FunctionFacts { FunctionFacts() }
  static var isLinear: Bool { false }
  static func isDefined(_ x: Double) -> Bool { true }
  static func role(_ x: Double) -> EdgeRole { .smooth }
  static func kink(_ x: Double) -> Kink? { nil }
  static func limit(_ x: Double, toward t: Double) -> Double { value(x) }
  static func directional(_ x: Double, toward t: Double) -> Double {
    t == 0 ? 0 : partial(x, value(x)) * t
  }
  static func term<F: FormulaScalar>(_ x: F) -> F { .node(operation, x) }
}

extension BinaryOperation {
  static var secondPartials: SecondPartials { .all }
  static func isBeyondLimit(_ x: Double, _ y: Double) -> Bool { false }
  static func isDefined(_ x: Double, _ y: Double) -> Bool { true }
  static func roles(_ x: Double, _ y: Double) -> (EdgeRole, EdgeRole) { (.smooth, .smooth) }
  static func kink(_ x: Double, _ y: Double) -> Kink? { nil }
  static func limit(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double {
    value(x, y)
  }
  static func directional(
    _ x: Double, _ y: Double, toward t: (Double, Double)
  ) -> Double {
    let z = value(x, y)
    return (t.0 == 0 ? 0 : partialX(x, y, z) * t.0) + (t.1 == 0 ? 0 : partialY(x, y, z) * t.1)
  }
  static func term<F: FormulaScalar>(_ x: F, _ y: F) -> F { .node(operation, x, y) }
}

extension VariadicOperation {
  static var isLinear: Bool { false }
  static func isDefined(_ xs: [Double]) -> Bool { true }
  static func roles(_ xs: [Double]) -> [EdgeRole] {
    Array(repeating: .smooth, count: xs.count)
  }
  static func kink(_ xs: [Double]) -> Kink? { nil }
  static func limit(_ xs: [Double], toward ts: [Double]) -> Double { value(xs) }
  static func directional(_ xs: [Double], toward ts: [Double]) -> Double {
    zip(partials(xs, value(xs)), ts).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
  }
  static func term<F: FormulaScalar>(_ xs: [F]) -> F { .node(operation, xs) }
}

/// An operation whose derivative is 0 by structure: it steps, compares, or stops derivatives.
protocol FlatUnaryOperation: UnaryOperation {}

extension FlatUnaryOperation {
  static var isLinear: Bool { true }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 0 }
  static func role(_ x: Double) -> EdgeRole { .flat }
}

protocol FlatBinaryOperation: BinaryOperation {}

extension FlatBinaryOperation {
  static var secondPartials: SecondPartials { [] }
  static func partialX<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 0 }
  static func partialY<S: Scalar>(_ x: S, _ y: S, _ z: S) -> S { 0 }
  static func roles(_ x: Double, _ y: Double) -> (EdgeRole, EdgeRole) { (.flat, .flat) }
}

extension FlatUnaryOperation {
  /// Beyond a double's range, the value at the end of the range; the argument itself where the end
  /// of the range is its own value.
  static func scaled(_ x: Scaled) -> Scaled {
    if x.fits || !x.isOrdinary { return Scaled(value(x.value)) }
    let end = x.exponent > 0 ? Double.greatestFiniteMagnitude : .leastNonzeroMagnitude
    let nearest = x.significand < 0 ? -end : end
    let result = value(nearest)
    return result == nearest ? x : Scaled(result)
  }
}

extension FlatUnaryOperation {
  static var continuation: UnaryContinuation { .none }
}

extension FlatBinaryOperation {
  static var continuation: BinaryContinuation { .none }
}
