// Sums of squares of trigonometric and hyperbolic functions: 1 + tan² is sec², cos² - sin² is cos of the double.

/// a·f(u)² + b·g(u)² is c·h(u)², where g or h may be 1.
struct SquareIdentity {
  let first: Operation
  /// nil for 1.
  let second: Operation?
  /// What the second term's coefficient is in units of the first one's.
  let ratio: Int
  let result: Equivalent

  enum Equivalent {
    /// The square of a function, times a number.
    case square(Operation, Int)
    /// A number.
    case number(Int)
    /// A function of the double argument, times a number.
    case double(Operation, Int)
  }

  static let all: [SquareIdentity] = FunctionFamily.all.flatMap { family in
    let c = family.sign
    return [
      // cosine² + c sine² = 1 and what follows when one of the three is divided by another.
      SquareIdentity(family.tan, nil, c, .square(family.sec, c)),
      SquareIdentity(family.sec, nil, -1, .square(family.tan, c)),
      SquareIdentity(family.sec, family.tan, -c, .number(1)),
      SquareIdentity(family.cot, nil, c, .square(family.csc, 1)),
      SquareIdentity(family.csc, nil, -c, .square(family.cot, 1)),
      SquareIdentity(family.csc, family.cot, -1, .number(c)),
      SquareIdentity(family.cos, nil, -1, .square(family.sin, -c)),
      SquareIdentity(family.sin, nil, -c, .square(family.cos, -c)),
      SquareIdentity(family.cos, family.sin, c, .number(1)),
      SquareIdentity(family.cos, family.sin, -c, .double(family.cos, 1)),
    ]
  }

  /// `cos(x)^2 + sin(x)^2 = 1`
  var name: String {
    let square = { (operation: Operation) in "\(operation.about.name)(x)^2" }
    let right =
      switch result {
      case .number(let number): "\(number)"
      case .square(let operation, let number): (number < 0 ? "-" : "") + square(operation)
      case .double(let operation, let number):
        (number < 0 ? "-" : "") + "\(operation.about.name)(2*x)"
      }
    return "\(square(first)) \(ratio < 0 ? "-" : "+") \(second.map(square) ?? "1") = \(right)"
  }

  private init(_ first: Operation, _ second: Operation?, _ ratio: Int, _ result: Equivalent) {
    (self.first, self.second, self.ratio, self.result) = (first, second, ratio, result)
  }
}

extension Monomials {
  /// How many terms a sum has at most in which identities are looked for.
  private static let identityLimit = 12

  /// Forms of a sum by identities: its terms as they are, each spelt shortest, and in sine and cosine.
  mutating func functionForms(_ terms: [Monomial]) -> [NodeIndex] {
    guard terms.count <= Self.identityLimit,
      terms.contains(where: { !functionPowers($0).powers.isEmpty })
    else { return [] }
    var starts = [terms]
    let spelt = terms.map { shortestSpelling($0) }
    if let spelt = monomials(ofTerms: graph.terms(graph.sum(spelt))) { starts.append(spelt) }
    var basic: [NodeIndex] = []
    for term in terms {
      guard let term = inSineAndCosine(term) else { continue }
      basic.append(node(term))
    }
    if basic.count == terms.count,
      let basic = monomials(ofTerms: graph.terms(graph.sum(basic)))
    {
      starts.append(basic)
    }
    return starts.flatMap { start -> [NodeIndex] in
      let reduced = withIdentities(start)
      let nodes = reduced.map { node($0) }
      return [graph.sum(nodes), graph.sum(reduced.map { shortestSpelling($0) })]
    }
  }

  private mutating func monomials(ofTerms nodes: [NodeIndex]) -> [Monomial]? {
    var monomials: [Monomial] = []
    for node in nodes {
      guard let monomial = monomial(node) else { return nil }
      if !isZero(monomial) { monomials.append(monomial) }
    }
    return monomials
  }

  /// The terms with identities applied, one after the other, until there are none.
  private mutating func withIdentities(_ terms: [Monomial]) -> [Monomial] {
    var terms = terms
    for _ in 0..<Self.identityLimit {
      guard let (identity, first, second, result) = firstIdentity(terms) else { break }
      graph.note(
        identity.name, before: graph.sum([node(terms[first]), node(terms[second])]),
        after: node(result))
      terms[first] = result
      terms.remove(at: second)
    }
    return terms
  }

  private mutating func firstIdentity(
    _ terms: [Monomial]
  ) -> (identity: SquareIdentity, first: Int, second: Int, result: Monomial)? {
    for (first, term) in terms.enumerated() {
      for factor in term.factors {
        guard case .unary(let operation, let argument) = graph[factor.base],
          factor.exponent.isWhole, Rational.one < factor.exponent
        else { continue }
        for identity in SquareIdentity.all where identity.first == operation {
          guard let rest = product(term, [Factor(factor.base, Rational(-2))]),
            let partner = partner(of: rest, identity, argument),
            let second = terms.indices.first(where: {
              $0 != first && isSame(terms[$0], partner)
            }), let result = result(of: rest, identity, argument)
          else { continue }
          return (identity, first, second, result)
        }
      }
    }
    return nil
  }

  private mutating func partner(
    of rest: Monomial, _ identity: SquareIdentity, _ argument: NodeIndex
  ) -> Monomial? {
    guard let coefficient = Rational.product(rest.coefficient, Rational(identity.ratio)) else {
      return nil
    }
    var partner = rest
    partner.coefficient = coefficient
    guard let second = identity.second else { return partner }
    return product(partner, [Factor(graph.normal(second, [argument]), Rational(2))])
  }

  private mutating func result(
    of rest: Monomial, _ identity: SquareIdentity, _ argument: NodeIndex
  ) -> Monomial? {
    let (number, factors): (Int, [Factor]) =
      switch identity.result {
      case .number(let number): (number, [])
      case .square(let operation, let number):
        (number, [Factor(graph.normal(operation, [argument]), Rational(2))])
      case .double(let operation, let number):
        (
          number,
          [Factor(graph.normal(operation, [graph.product(Rational(2), [argument])]))]
        )
      }
    guard let coefficient = Rational.product(rest.coefficient, Rational(number)) else { return nil }
    var result = rest
    result.coefficient = coefficient
    return product(result, factors)
  }

  private func isSame(_ x: Monomial, _ y: Monomial) -> Bool {
    x.coefficient == y.coefficient && x.factors.count == y.factors.count
      && x.factors.allSatisfy { y.exponent(of: $0.base) == $0.exponent }
  }
}
