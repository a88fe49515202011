// Other forms of quotients: two divisors as one, an exponential taken into the divisor.

extension SumForms {
  /// A quotient with two of the sums that it divides by as one, multiplied out, where that is shorter:
  /// 1/((1 + x)*(1 - x)) is 1/(1 - x^2).
  mutating func withJoinedDivisors(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node) else { return nil }
    let divisors = monomial.factors.filter { isDivisor($0) }
    for (index, one) in divisors.enumerated() {
      for other in divisors.dropFirst(index + 1) where other.exponent == one.exponent {
        let bases = graph.product(.one, [one.base, other.base])
        guard let joined = expanded(bases), graph.isSum(joined),
          operations(joined) < operations(bases)
        else { continue }
        return replaced(
          node, monomial, [one, other], by: Factor(joined, one.exponent), .joinedDivisors)
      }
    }
    return nil
  }

  /// exp(-x)/(1 + exp(-x)) as 1/(exp(x) + 1).
  mutating func withReciprocalExponential(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node) else { return nil }
    for factor in monomial.factors where factor.exponent == .one {
      guard case .unary(.exp, let exponent) = graph[factor.base] else { continue }
      let divisor = monomial.factors.first {
        isDivisor($0) && $0.exponent == Rational(-1)
          && graph.terms($0.base).contains { graph.coefficientAndBody($0).1 == factor.base }
      }
      guard let divisor else { continue }
      let reciprocal = graph.normal(.exp, [graph.product(Rational(-1), [exponent])])
      let terms = graph.terms(divisor.base).map { term in
        let (coefficient, body) = graph.coefficientAndBody(term)
        return body == factor.base
          ? graph.numberNode(coefficient) : graph.product(.one, [term, reciprocal])
      }
      let sum = Factor(graph.sum(terms), divisor.exponent)
      return replaced(node, monomial, [factor, divisor], by: sum, .reciprocalExponential)
    }
    return nil
  }

  /// x/sqrt(x*y) as sqrt(x*y)/y.
  mutating func withRootsAbove(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node) else { return nil }
    for factor in monomial.factors where !factor.exponent.isWhole && factor.exponent.isNegative {
      guard let above = Rational.exactSum(factor.exponent, .one), !above.isNegative,
        !graph.isSum(factor.base), let inside = monomials.monomial(factor.base),
        inside.factors.count > 1,
        let number = Rational.quotient(monomial.coefficient, inside.coefficient)
      else { continue }
      var rest = monomial
      rest.coefficient = number
      let changes =
        [Factor(factor.base)] + inside.factors.map { Factor($0.base, $0.exponent.opposite) }
      guard let whole = monomials.product(rest, changes) else { continue }
      let result = monomials.node(whole)
      graph.note(.rootsAbove, before: node, after: result)
      return result
    }
    return nil
  }

  /// exp(x)*exp(y) as exp(x + y).
  mutating func withOneExponential(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node) else { return nil }
    var exponents: [NodeIndex] = []
    var old: [Factor] = []
    for factor in monomial.factors {
      guard case .unary(.exp, let exponent) = graph[factor.base] else { continue }
      exponents.append(graph.product(factor.exponent, [exponent]))
      old.append(factor)
    }
    guard exponents.count > 1 else { return nil }
    let whole = Factor(graph.normal(.exp, [graph.sum(exponents)]))
    return replaced(node, monomial, old, by: whole, .oneExponential)
  }

  /// Whether a factor is a short sum that is divided by.
  private func isDivisor(_ factor: Factor) -> Bool {
    graph.isSum(factor.base) && factor.exponent.isWhole && factor.exponent.isNegative
      && graph.terms(factor.base).count <= 3
  }

  /// A product with one factor in place of others.
  private mutating func replaced(
    _ node: NodeIndex, _ monomial: Monomial, _ old: [Factor], by new: Factor,
    _ rewrite: PresentationRewrite
  ) -> NodeIndex? {
    let others = monomial.factors.filter { factor in !old.contains { $0.base == factor.base } }
    guard let whole = monomials.product(Monomial(monomial.coefficient), others + [new]) else {
      return nil
    }
    let result = monomials.node(whole)
    graph.note(rewrite, before: node, after: result)
    return result
  }
}
