// Dual numbers a + b ε with ε² = 0, over any scalar: tangents, and nested once more second
// derivatives.

/// A primal with the tangent that it carries along; f(a + b ε) = f(a) + f'(a) b ε.
struct Dual<Base: Scalar>: Scalar {
  var primal: Base
  var tangent: Base

  @inline(__always)
  init(_ primal: Base, _ tangent: Base = 0) {
    self.primal = primal
    self.tangent = tangent
  }

  @inline(__always)
  init(integerLiteral value: Base.IntegerLiteralType) {
    self.init(Base(integerLiteral: value))
  }

  @inline(__always)
  init(floatLiteral value: Base.FloatLiteralType) {
    self.init(Base(floatLiteral: value))
  }

  func constant(_ value: Double) -> Dual { Dual(primal.constant(value)) }

  var number: Double? { primal.number }
  @inline(__always)
  static func holds(_ x: Dual, _ relation: Relation, _ y: Dual) -> Bool? {
    Base.holds(x.primal, relation, y.primal)
  }
  var isZero: Bool { primal.isZero && tangent.isZero }
  var isNaN: Bool { primal.isNaN || tangent.isNaN }
  var isOrdinary: Bool { primal.isOrdinary && (tangent.isZero || tangent.isOrdinary) }

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Dual) -> Dual {
    let value = Base.apply(Rule.self, x.primal)
    return Dual(value, carry(x.tangent) { Rule.partial(x.primal, value) })
  }

  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Dual, _ y: Dual) -> Dual {
    let value = Base.apply(Rule.self, x.primal, y.primal)
    return Dual(
      value,
      carry(x.tangent) { Rule.partialX(x.primal, y.primal, value) }
        + carry(y.tangent) { Rule.partialY(x.primal, y.primal, value) })
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Dual]) -> Dual {
    let primals = xs.map(\.primal)
    let value = Base.apply(Rule.self, primals)
    let partials = Rule.partials(primals, value)
    var tangent: Base = 0
    for (x, partial) in zip(xs, partials) {
      tangent = tangent + carry(x.tangent) { partial }
    }
    return Dual(value, tangent)
  }

  /// A factor that is exactly 0 makes the product 0, whatever the other one is: 0 as a tangent
  /// means that nothing was seeded, 0 as a partial that the edge is cut. (Where a smooth
  /// operation's partial happens to be 0 and the tangent is infinite, the derivative does not
  /// exist, and `Diagnosis` reports it.)
  @inline(__always)
  private static func carry(_ tangent: Base, _ partial: () -> Base) -> Base {
    if tangent.isZero { return 0 }
    let partial = partial()
    return partial.isZero ? 0 : partial * tangent
  }
}
