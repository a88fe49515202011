// The scalar algebra: what a number must be able to do so that every rule can run on it.

/// A number that the rules of differentiation compute with.
///
/// One rule, written once over this protocol, gives a local partial on `Double`, a second
/// derivative on `Dual<Double>`, a formula on `Term`, and a number together with its formula on
/// `Traced`. A conformance says how a rule is applied to it; nothing here lists the rules.
protocol Scalar: Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A constant in the same algebra as `self` (a graph term's constant lives in the term's graph).
  func constant(_ value: Double) -> Self

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Self) -> Self
  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Self, _ y: Self) -> Self
  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Self]) -> Self

  /// The plain number at the bottom, by which choices are made; nil for a formula, which has none.
  var number: Double? { get }

  /// `then` where the relation holds between the numbers of `x` and `y`, `otherwise` where not.
  /// Only the branch that counts is evaluated, except by a graph term, which holds both.
  static func choose(
    _ x: Self, _ relation: Relation, _ y: Self,
    then: () -> Self, otherwise: () -> Self
  ) -> Self

  /// Whether a relation holds between two numbers; nil for formulas.
  static func holds(_ x: Self, _ relation: Relation, _ y: Self) -> Bool?

  /// Whether this is exactly zero, tangents included.
  var isZero: Bool { get }

  /// Whether this is not a number, in any of its parts.
  var isNaN: Bool { get }

  /// Whether this is neither 0 nor NaN nor near the ends of its range, in any of its parts.
  var isOrdinary: Bool { get }
}

/// The six comparisons.
package enum Relation: UInt8, CaseIterable, Sendable {
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual

  /// Whether x stands in this relation to y; false if either is NaN, except for `notEqual`.
  package func holds(_ x: Double, _ y: Double) -> Bool {
    switch self {
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    case .equal: x == y
    case .notEqual: x != y
    }
  }
}

extension Scalar {
  @inline(__always)
  static func choose(
    _ x: Self, _ relation: Relation, _ y: Self,
    then: () -> Self, otherwise: () -> Self
  ) -> Self {
    holds(x, relation, y) == true ? then() : otherwise()
  }

  @inline(__always)
  static func holds(_ x: Self, _ relation: Relation, _ y: Self) -> Bool? {
    guard let x = x.number, let y = y.number else { return nil }
    return relation.holds(x, y)
  }

  /// A local partial times a tangent or adjoint: what every sweep is made of.
  ///
  /// Operands that are not ordinary numbers are left to `resolve`, which holds the rule that all
  /// engines share; the common case costs one or two comparisons.
  @inline(__always)
  static func contribution(
    _ partial: Self, _ derivative: Self, otherwise resolve: (Self) -> Self
  ) -> Self {
    let product = partial * derivative
    if product.isOrdinary || (derivative.isZero && !product.isNaN) { return product }
    return resolve(product)
  }
}

extension Double: Scalar {
  @inline(__always)
  func constant(_ value: Double) -> Double { value }

  @inline(__always)
  var number: Double? { self }

  @inline(__always)
  var isOrdinary: Bool { magnitude >= 1e-150 && magnitude <= 1e150 }

  @inline(__always)
  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Double) -> Double {
    Rule.value(x)
  }

  @inline(__always)
  static func apply<Rule: BinaryRule>(
    _ rule: Rule.Type, _ x: Double, _ y: Double
  ) -> Double {
    Rule.value(x, y)
  }

  @inline(__always)
  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Double]) -> Double {
    Rule.value(xs)
  }
}
