// Dual numbers a + b ε with ε² = 0, over any scalar: tangents, and nested once more second derivatives.

/// A primal with the tangent that it carries along; f(a + b ε) = f(a) + f'(a) b ε.
package struct Dual<Base: Scalar>: Scalar {
  package var primal: Base
  package var tangent: Base

  @inline(__always)
  package init(_ primal: Base, _ tangent: Base = 0) {
    self.primal = primal
    self.tangent = tangent
  }

  @inline(__always)
  package init(integerLiteral value: Base.IntegerLiteralType) {
    self.init(Base(integerLiteral: value))
  }

  @inline(__always)
  package init(floatLiteral value: Base.FloatLiteralType) {
    self.init(Base(floatLiteral: value))
  }

  package func constant(_ value: Double) -> Dual { Dual(primal.constant(value)) }

  package var number: Double? { primal.number }
  package var isZero: Bool { primal.isZero && tangent.isZero }
  package var isNaN: Bool { primal.isNaN || tangent.isNaN }

  package static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Dual) -> Dual {
    let value = Base.apply(Rule.self, x.primal)
    return Dual(value, carry(x.tangent) { Rule.partial(x.primal, value) })
  }

  package static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Dual, _ y: Dual) -> Dual {
    let value = Base.apply(Rule.self, x.primal, y.primal)
    return Dual(
      value,
      carry(x.tangent) { Rule.partialX(x.primal, y.primal, value) }
        + carry(y.tangent) { Rule.partialY(x.primal, y.primal, value) })
  }

  package static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Dual]) -> Dual {
    let primals = xs.map(\.primal)
    let value = Base.apply(Rule.self, primals)
    let partials = Rule.partials(primals, value)
    var tangent: Base = 0
    for (x, partial) in zip(xs, partials) {
      tangent = tangent + carry(x.tangent) { partial }
    }
    return Dual(value, tangent)
  }

  /// A zero tangent stays zero whatever the partial is, which need not even be evaluated: inside a
  /// dual number, a tangent that is exactly 0 is one that nothing was seeded into.
  @inline(__always)
  private static func carry(_ tangent: Base, _ partial: () -> Base) -> Base {
    tangent.isZero ? 0 : partial() * tangent
  }
}
