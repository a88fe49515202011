// Square roots of numbers in a product as one: sqrt(3)*sqrt(6) is 3*sqrt(2), sqrt(x^2/9 + 1) is sqrt(x^2 + 9)/3.

extension Monomials {
  /// The same product with one square root of a whole number at most, and whole numbers in the sums
  /// under other square roots; nil where there is nothing to gather.
  mutating func withNumbersOutOfRoots(_ monomial: Monomial) -> Monomial? {
    var rest = Monomial(monomial.coefficient)
    var radicand = Rational.one
    var count = 0
    for factor in monomial.factors {
      guard let part = numberUnderRoot(factor) else {
        guard rest.multiply(factor, canFill: { _ in false }) else { return nil }
        continue
      }
      guard let number = part.number.raised(to: factor.exponent.numerator),
        let product = Rational.exactProduct(radicand, number)
      else { return nil }
      radicand = product
      count += 1
      if let other = part.rest, !rest.multiply(other, canFill: { _ in false }) { return nil }
    }
    guard count > 0, let (outside, inside) = Self.squares(in: radicand),
      let coefficient = Rational.exactProduct(rest.coefficient, outside)
    else { return nil }
    rest.coefficient = coefficient
    let half = Rational.quotient(.one, Rational(2)) ?? .one
    let root = Factor(graph.numberNode(inside), half)
    return inside == .one || rest.multiply(root, canFill: { _ in false }) ? rest : nil
  }

  /// The number under a square root, and what stays under it.
  private func numberUnderRoot(_ factor: Factor) -> (number: Rational, rest: Factor?)? {
    guard factor.exponent.denominator == 2 else { return nil }
    if let number = graph.number(factor.base) { return number.isNegative ? nil : (number, nil) }
    guard graph.isSum(factor.base),
      let (content, primitive) = graph.contentAndPrimitive(factor.base), content.isExact
    else { return nil }
    let number = content.magnitude
    guard number != .one else { return nil }
    let base = content.isNegative ? graph.scaledSum(primitive, by: Rational(-1)) : primitive
    return (number, Factor(base, factor.exponent))
  }

  /// √x = outside √inside with a whole number inside that no square divides.
  private static func squares(in number: Rational) -> (outside: Rational, inside: Rational)? {
    let (product, overflows) = number.numerator.multipliedReportingOverflow(by: number.denominator)
    guard number.isExact, !overflows, product > 0 else { return nil }
    var (inside, root, divisor) = (product, 1, 2)
    while divisor * divisor <= inside, divisor < 1000 {
      while inside.isMultiple(of: divisor * divisor) {
        inside /= divisor * divisor
        root *= divisor
      }
      divisor += 1
    }
    return Rational.quotient(Rational(root), Rational(number.denominator)).map {
      ($0, Rational(inside))
    }
  }
}

extension NormalGraph {
  /// A sum with each term times a number.
  func scaledSum(_ sum: NodeIndex, by coefficient: Rational) -> NodeIndex {
    self.sum(terms(sum).map { product(coefficient, [$0]) })
  }
}
