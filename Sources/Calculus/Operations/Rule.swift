// What a rule of differentiation says, by arity: a value on doubles, partials on any scalar.

/// A function of one argument with its derivative.
protocol UnaryRule: Sendable {
  /// The value at `x`; NaN where it is not defined.
  static func value(_ x: Double) -> Double
  /// dy/dx, given the argument and the value `y` that it had.
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S
  /// The rule as a graph term: a node of its own, or a formula in other operations.
  static func term(_ x: Term) -> Term
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
  static func term(_ x: Term, _ y: Term) -> Term
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled
  static var continuation: BinaryContinuation { get }
}

/// A function y of any number of arguments with its partial derivatives.
protocol VariadicRule: Sendable {
  static func value(_ xs: [Double]) -> Double
  /// ∂y/∂xₖ for every k, given the arguments and the value `y` that they had; linear in their number.
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S]
  static func term(_ xs: [Term]) -> Term
  static func scaled(_ xs: [Scaled]) -> Scaled
  static var continuation: VariadicContinuation { get }
}

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
  /// Whether `x` lies where the operation has a finite value, overflow aside.
  static func isDefined(_ x: Double) -> Bool
  static func role(_ x: Double) -> EdgeRole
  static func kink(_ x: Double) -> Kink?
  /// The limit of the value as the argument is approached from `x + 0·t`; differs at a jump only.
  static func limit(_ x: Double, toward t: Double) -> Double
  /// The one-sided derivative in the direction `t`; differs from partial times `t` at a corner only.
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
  static var isLinear: Bool { false }
  static func isDefined(_ x: Double) -> Bool { true }
  static func role(_ x: Double) -> EdgeRole { .smooth }
  static func kink(_ x: Double) -> Kink? { nil }
  static func limit(_ x: Double, toward t: Double) -> Double { value(x) }
  static func directional(_ x: Double, toward t: Double) -> Double {
    t == 0 ? 0 : partial(x, value(x)) * t
  }
  static func term(_ x: Term) -> Term { .node(operation, x) }
}

extension BinaryOperation {
  static var secondPartials: SecondPartials { .all }
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
  static func term(_ x: Term, _ y: Term) -> Term { .node(operation, x, y) }
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
  static func term(_ xs: [Term]) -> Term { .node(operation, xs) }
}

/// An operation whose derivative is 0 by structure: it steps, compares, or cuts on purpose.
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

// A kernel is a formula with a value of its own: on numbers it is computed in the accurate way, on
// graph terms it is the formula that a person would write, or in graphs that are made to be evaluated
// an operation. Rules use kernels where the formula as it stands would cancel or overflow.

protocol UnaryKernel: UnaryOperation {
  static func formula<S: Scalar>(_ x: S) -> S
}

extension UnaryKernel {
  static func term(_ x: Term) -> Term { x.keepsKernels ? .node(operation, x) : formula(x) }
  static func isDefined(_ x: Double) -> Bool { formula(Scaled(x)).value.isFinite }
}

protocol BinaryKernel: BinaryOperation {
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S
  /// Whether the formula is as good as the kernel for these arguments.
  static func isPlain(_ x: Term, _ y: Term) -> Bool
}

extension BinaryKernel {
  static func term(_ x: Term, _ y: Term) -> Term {
    (x.keepsKernels || y.keepsKernels) && !isPlain(x, y) ? .node(operation, x, y) : formula(x, y)
  }
  static func isPlain(_ x: Term, _ y: Term) -> Bool { false }
  static func isDefined(_ x: Double, _ y: Double) -> Bool {
    formula(Scaled(x), Scaled(y)).value.isFinite
  }
}

protocol VariadicKernel: VariadicOperation {
  static func formula<S: Scalar>(_ xs: [S]) -> S
}

extension VariadicKernel {
  static func term(_ xs: [Term]) -> Term {
    xs.contains(where: \.keepsKernels) ? .node(operation, xs) : formula(xs)
  }
}
