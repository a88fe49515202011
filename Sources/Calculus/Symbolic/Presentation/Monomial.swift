// Terms as a number and powers of different bases, which may be taken apart and put together again.

/// A number times powers. Where a base cancels, the hole that it was is filled.
struct Monomial {
  var coefficient: Rational
  /// No base twice, no exponent 0.
  private(set) var factors: [Factor] = []

  init(_ coefficient: Rational = .one) { self.coefficient = coefficient }

  func exponent(of base: NodeIndex) -> Rational {
    factors.first { $0.base == base }?.exponent ?? .zero
  }

  /// Multiplies by a power; false where the exponents cannot be one without a loss.
  ///
  /// - Parameter canFill: whether a base is 0 at single points only, where the limit is the value.
  mutating func multiply(_ factor: Factor, canFill: (NodeIndex) -> Bool) -> Bool {
    guard let index = factors.firstIndex(where: { $0.base == factor.base }) else {
      if factor.exponent != .zero { factors.append(factor) }
      return true
    }
    let known = factors[index].exponent
    let isAlike =
      known.isWhole && factor.exponent.isWhole && known.isNegative == factor.exponent.isNegative
    guard isAlike || canFill(factor.base),
      let sum = Rational.exactSum(known, factor.exponent)
    else { return false }
    if sum == .zero {
      factors.remove(at: index)
    } else {
      factors[index] = Factor(factor.base, sum)
    }
    return true
  }
}

extension Monomial {
  /// What is left when factors are put in front that it has, or that are divided by with all of their
  /// powers: this fills no hole, since the front keeps it.
  func left(behind front: [Factor]) -> Monomial? {
    var rest = self
    for factor in front {
      let divisor = Factor(factor.base, factor.exponent.opposite)
      guard rest.multiply(divisor, canFill: { _ in true }) else { return nil }
    }
    return rest
  }
}

/// Takes terms of a normal graph apart into monomials and puts monomials together.
struct Monomials {
  let graph: NormalGraph
  var costs: FormulaCosts

  init(_ graph: NormalGraph) {
    self.graph = graph
    costs = FormulaCosts(graph)
  }

  /// A term as a monomial; nil where a hole in it is not to be filled.
  mutating func monomial(_ node: NodeIndex) -> Monomial? {
    if let value = graph.number(node) { return Monomial(value) }
    if graph.isSum(node) { return product(Monomial(), [Factor(node)]) }
    let (coefficient, factors) = graph.coefficientAndFactors(node)
    return product(Monomial(coefficient), factors)
  }

  /// A monomial times powers of any bases.
  mutating func product(_ monomial: Monomial, _ factors: [Factor]) -> Monomial? {
    var product = monomial
    var pending = Array(factors.reversed())
    while let factor = pending.popLast() {
      if let (rewrite, parts) = parts(of: factor) {
        graph.note(
          rewrite, before: graph.power(factor.base, graph.numberNode(factor.exponent)),
          after: graph.product(.one, parts.map(power)))
        pending += parts.reversed()
        continue
      }
      let isMultiplied = product.multiply(factor) { vanishesAtPointsOnly($0) }
      guard isMultiplied else { return nil }
    }
    return withSumsAsUnderRoots(withoutSigns(withoutCubes(product)))
  }

  /// Whether a base is 0 at single points at most, where a limit stands for the value.
  private mutating func vanishesAtPointsOnly(_ base: NodeIndex) -> Bool {
    switch graph[base] {
    case .unary(.abs, let x): costs.cost(of: x).isAnalytic
    case .unary(.sec, _), .unary(.csc, _), .unary(.sech, _), .unary(.csch, _): true
    default: costs.cost(of: base).isAnalytic
    }
  }

  /// cbrt(x)^3 as x, and x/cbrt(x)^2 as cbrt(x).
  private mutating func withoutCubes(_ monomial: Monomial) -> Monomial {
    var result = monomial
    for root in monomial.factors where root.exponent.isWhole {
      guard case .unary(.cbrt, let x) = graph[root.base] else { continue }
      let whole = result.exponent(of: x)
      guard whole.isWhole, root.exponent.numerator.magnitude < 1 << 20,
        whole.numerator.magnitude < 1 << 20
      else { continue }
      let cancels = whole != .zero && whole.isNegative != root.exponent.isNegative
      guard root.exponent.numerator.magnitude > 2 || cancels && vanishesAtPointsOnly(x) else {
        continue
      }
      let thirds = 3 * whole.numerator + root.exponent.numerator
      var changed = result.left(behind: [root] + (whole == .zero ? [] : [Factor(x, whole)]))
      for factor in [Factor(x, Rational(thirds / 3)), Factor(root.base, Rational(thirds % 3))] {
        if changed?.multiply(factor, canFill: { _ in false }) == false { changed = nil }
      }
      guard let changed else { continue }
      graph.note(
        .cubeRoots, before: graph.product(.one, [power(root), power(Factor(x, whole))]),
        after: graph.product(
          .one,
          [
            graph.power(x, graph.numberNode(Rational(thirds / 3))),
            graph.power(root.base, graph.numberNode(Rational(thirds % 3))),
          ]))
      result = changed
    }
    return result
  }

  /// x*sign(x) as abs(x), and abs(x)*sign(x) as x.
  private mutating func withoutSigns(_ monomial: Monomial) -> Monomial {
    var result = monomial
    for factor in monomial.factors where factor.exponent == .one {
      guard case .unary(.sign, let x) = graph[factor.base] else { continue }
      let size = graph.normal(.abs, [x])
      for (one, other) in [(x, size), (size, x)] where one != other {
        let exponent = result.exponent(of: one)
        guard exponent.isWhole, !exponent.isNegative, exponent != .zero else { continue }
        var changed = result
        let divisors = [factor.base, one].map { Factor($0, Rational(-1)) }
        guard divisors.allSatisfy({ changed.multiply($0, canFill: { _ in true }) }),
          changed.multiply(Factor(other), canFill: { vanishesAtPointsOnly($0) })
        else { continue }
        result = changed
        graph.note(.signs, before: graph.product(.one, [factor.base, one]), after: other)
        break
      }
    }
    return result
  }

  /// (y - x)^2/(x - y)^(1/2) as (x - y)^(3/2): whole powers of a sum whose opposite is under a root.
  private mutating func withSumsAsUnderRoots(_ monomial: Monomial) -> Monomial? {
    var result = monomial
    for root in monomial.factors where !root.exponent.isWhole && graph.isSum(root.base) {
      guard let (content, primitive) = graph.contentAndPrimitive(root.base),
        content == Rational(-1), root.base != primitive
      else { continue }
      let exponent = result.exponent(of: primitive)
      guard exponent != .zero, exponent.isWhole else { continue }
      let opposite = Factor(primitive, exponent.opposite)
      guard result.multiply(opposite, canFill: { _ in true }),
        result.multiply(Factor(root.base, exponent), canFill: { vanishesAtPointsOnly($0) })
      else { return nil }
      if !exponent.numerator.isMultiple(of: 2) { result.coefficient = result.coefficient.opposite }
    }
    return result
  }

  /// Whether it is 0 times what is defined but at single points.
  mutating func isZero(_ monomial: Monomial) -> Bool {
    guard monomial.coefficient == .zero else { return false }
    for factor in monomial.factors where !costs.cost(of: factor.base).isAnalytic {
      guard graph.isTotal(factor) else { return false }
    }
    return true
  }

  /// A power of a root, or of a power, as powers of what is inside; nil for any other factor.
  private func parts(of factor: Factor) -> (PresentationRewrite, [Factor])? {
    let half = Rational.quotient(.one, Rational(2)) ?? .one
    switch graph[factor.base] {
    case .unary(.sqrt, let x):
      return Rational.exactProduct(factor.exponent, half).map {
        (.powersOfRoots, [Factor(x, $0)])
      }
    case .binary(.power, let base, let exponent):
      if let inner = graph.exactNumber(exponent) {
        guard factor.exponent.isWhole || !inner.isWhole,
          let whole = Rational.exactProduct(inner, factor.exponent)
        else { return nil }
        return (.powersOfPowers, [Factor(base, whole)])
      }
      // b^(n - 1) is b^n * b^-1.
      let terms = graph.terms(exponent)
      guard factor.exponent.isWhole, terms.count > 1, let last = terms.last,
        let number = graph.exactNumber(last), number.isWhole,
        let whole = Rational.exactProduct(number, factor.exponent)
      else { return nil }
      let rest = graph.sum(Array(terms.dropLast()))
      let parts = [Factor(graph.power(base, rest), factor.exponent), Factor(base, whole)]
      return (.takenExponents, parts)
    default: return nil
    }
  }

  /// The node of a monomial.
  func node(_ monomial: Monomial) -> NodeIndex {
    var coefficient = monomial.coefficient
    var nodes: [NodeIndex] = []
    for factor in withJoinedExponents(monomial.factors) {
      if let number = graph.number(factor.base), factor.exponent.isWhole,
        let value = number.raised(to: factor.exponent.numerator),
        let product = Rational.product(coefficient, value)
      {
        coefficient = product
      } else {
        nodes.append(power(factor))
      }
    }
    if coefficient != .one, nodes.count == 1, graph.isSum(nodes[0]) {
      return graph.scaled(nodes[0], by: coefficient)
    }
    return graph.product(coefficient, nodes)
  }

  /// b^n * b^-1 as b^(n - 1).
  private func withJoinedExponents(_ factors: [Factor]) -> [Factor] {
    var factors = factors
    for (index, factor) in factors.enumerated() {
      guard factor.exponent == .one,
        case .binary(.power, let base, let exponent) = graph[factor.base],
        let other = factors.firstIndex(where: { $0.base == base }),
        factors[other].exponent.isWhole, factors[other].exponent.isNegative
      else { continue }
      let sum = graph.sum([exponent, graph.numberNode(factors[other].exponent)])
      let parts = [factor, factors[other]]
      factors[index] = Factor(graph.power(base, sum))
      graph.note(
        .joinedExponents, before: graph.product(.one, parts.map(power)), after: factors[index].base)
      factors[other] = Factor(base, .zero)
    }
    return factors.filter { $0.exponent != .zero }
  }

  private func power(_ factor: Factor) -> NodeIndex {
    let (size, isBelow) = (factor.exponent.magnitude, factor.exponent.isNegative)
    if factor.exponent.isWhole {
      return graph.power(factor.base, graph.numberNode(factor.exponent))
    }
    let root =
      size == Rational.quotient(.one, Rational(2))
      ? graph.normal(.sqrt, [factor.base])
      : graph.plain(.power, [factor.base, graph.numberNode(size)])
    return isBelow ? graph.power(root, graph.numberNode(Rational(-1))) : root
  }
}
