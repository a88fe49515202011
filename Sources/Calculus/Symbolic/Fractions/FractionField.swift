// Fractions of polynomials in functions that have relations: sin(u)^2 + cos(u)^2 = 1, sqrt(u)^2 = u.

/// A quotient of polynomials.
struct Fraction {
  var numerator: Polynomial
  var denominator: Polynomial

  static let zero = Fraction(.zero)
  static let one = Fraction(.one)

  init(_ numerator: Polynomial, over denominator: Polynomial = .one) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Whether it is a number.
  var isNumber: Bool { numerator.number != nil && denominator.number != nil }
}

/// Arithmetic of fractions, in lowest terms, with every power replaced that a relation knows.
final class FractionField {
  let ring: PolynomialRing
  /// By indeterminate.
  private(set) var relations: [Relation?] = []
  /// The indeterminates that are 0 on whole intervals: none of them is cancelled.
  private var stepping: Set<Int> = []
  private var signs: [SignRelation] = []

  /// The power of an indeterminate that is a fraction of those before it.
  struct Relation {
    let degree: Int
    let value: Fraction
    /// Whether it is a root of what is below it, and not one function of an angle by another.
    let isRoot: Bool
  }

  /// sign(u)*abs(u) = u, and u*sign(u) = abs(u).
  private struct SignRelation {
    let sign: Int
    let magnitude: Int
    let argument: Polynomial
    /// The indeterminate that the argument is, if it is one.
    let variable: Int?
  }

  init(effort: Int) { ring = PolynomialRing(effort: effort) }

  var count: Int { relations.count }

  func addIndeterminate(isStepping: Bool = false) throws(TooLarge) -> Int {
    guard relations.count < Polynomial.indeterminateLimit else { throw TooLarge() }
    if isStepping { stepping.insert(relations.count) }
    relations.append(nil)
    return relations.count - 1
  }

  func relate(_ indeterminate: Int, degree: Int, _ value: Fraction, isRoot: Bool) {
    relations[indeterminate] = Relation(degree: degree, value: value, isRoot: isRoot)
  }

  func relateSign(_ sign: Int, magnitude: Int, _ argument: Polynomial) {
    let own = argument.indeterminates
    let isVariable = argument.terms.count == 1 && argument.terms[0].coefficient == 1
    let variable =
      isVariable && own.count == 1 && argument.degree(in: own[0]) == 1 ? own[0] : nil
    signs.append(
      SignRelation(sign: sign, magnitude: magnitude, argument: argument, variable: variable))
  }

  // MARK: Arithmetic

  func sum(_ x: Fraction, _ y: Fraction) throws(TooLarge) -> Fraction {
    if x.numerator.isZero { return y }
    if y.numerator.isZero { return x }
    if x.denominator == y.denominator {
      return try reduced(Fraction(x.numerator + y.numerator, over: x.denominator))
    }
    let common = try ring.commonDivisor(x.denominator, y.denominator)
    guard let left = try ring.quotient(x.denominator, common),
      let right = try ring.quotient(y.denominator, common)
    else { throw TooLarge() }
    let top = try ring.product(x.numerator, right) + ring.product(y.numerator, left)
    return try reduced(Fraction(top, over: try ring.product(x.denominator, right)))
  }

  func product(_ x: Fraction, _ y: Fraction) throws(TooLarge) -> Fraction {
    if x.numerator.isZero || y.numerator.isZero { return .zero }
    let left = try cancelled(Fraction(x.numerator, over: y.denominator))
    let right = try cancelled(Fraction(y.numerator, over: x.denominator))
    return try reduced(
      Fraction(
        try ring.product(left.numerator, right.numerator),
        over: try ring.product(left.denominator, right.denominator)))
  }

  func power(_ x: Fraction, _ exponent: Int) throws(TooLarge) -> Fraction {
    guard exponent.magnitude < 128 else { throw TooLarge() }
    var result = Fraction.one
    for _ in 0..<exponent.magnitude { result = try product(result, x) }
    return exponent < 0 ? try inverse(result) : result
  }

  func inverse(_ x: Fraction) throws(TooLarge) -> Fraction {
    guard !x.numerator.isZero else { throw TooLarge() }
    return x.numerator.isNegative
      ? Fraction(x.denominator.opposite, over: x.numerator.opposite)
      : Fraction(x.denominator, over: x.numerator)
  }

  /// Without common factors, the denominator's leading coefficient positive.
  func cancelled(_ x: Fraction) throws(TooLarge) -> Fraction {
    if x.denominator.isOne { return x }
    let common = try ring.commonDivisor(x.numerator, x.denominator)
    guard common.indeterminates.allSatisfy({ !stepping.contains($0) }) else { throw TooLarge() }
    guard let top = try ring.quotient(x.numerator, common),
      let bottom = try ring.quotient(x.denominator, common)
    else { throw TooLarge() }
    return bottom.isNegative
      ? Fraction(top.opposite, over: bottom.opposite) : Fraction(top, over: bottom)
  }

  /// With the relations applied, and cancelled.
  func reduced(_ x: Fraction) throws(TooLarge) -> Fraction {
    let (top, bottom) = (try reduced(x.numerator), try reduced(x.denominator))
    guard !bottom.numerator.isZero else { throw TooLarge() }
    return try cancelled(
      Fraction(
        try ring.product(top.numerator, bottom.denominator),
        over: try ring.product(bottom.numerator, top.denominator)))
  }

  /// A polynomial with the relations applied; the denominator is what they bring.
  func reduced(_ x: Polynomial) throws(TooLarge) -> Fraction {
    var result = Fraction(try reducedSigns(x))
    for place in relations.indices.reversed() {
      guard let relation = relations[place] else { continue }
      let degree = result.numerator.degree(in: place)
      if degree < relation.degree { continue }
      result = try reduced(result, place, relation, most: degree / relation.degree)
    }
    return result
  }

  private func reduced(
    _ x: Fraction, _ place: Int, _ relation: Relation, most: Int
  ) throws(TooLarge) -> Fraction {
    var powers = [Polynomial.one]
    var divisors = [Polynomial.one]
    for index in 0..<most {
      powers.append(try ring.product(powers[index], relation.value.numerator))
      divisors.append(try ring.product(divisors[index], relation.value.denominator))
    }
    var sum = Polynomial.zero
    for (exponent, coefficient) in x.numerator.coefficients(in: place).enumerated()
    where !coefficient.isZero {
      let (whole, rest) = exponent.quotientAndRemainder(dividingBy: relation.degree)
      let value = try ring.product(powers[whole], divisors[most - whole])
      let left = try coefficient.shifted(by: Polynomial.Exponents(rest) << (8 * place))
      sum = try sum + ring.product(left, value)
    }
    let bottom = try ring.product(x.denominator, divisors[most])
    // What the relation's value holds may have come back.
    return Fraction(sum, over: bottom)
  }

  private func reducedSigns(_ x: Polynomial) throws(TooLarge) -> Polynomial {
    var result = x
    for relation in signs where result.degree(in: relation.sign) > 0 {
      var sum = Polynomial.zero
      for term in result.terms {
        sum = try sum + reduced(term, relation)
      }
      result = sum
    }
    return result
  }

  private func reduced(
    _ term: Polynomial.Term, _ relation: SignRelation
  ) throws(TooLarge) -> Polynomial {
    let sign = Polynomial.exponent(term.exponents, of: relation.sign)
    let magnitude = Polynomial.exponent(term.exponents, of: relation.magnitude)
    let both = min(sign, magnitude)
    var exponents =
      term.exponents - Polynomial.Exponents(both) << (8 * relation.sign)
      - Polynomial.Exponents(both) << (8 * relation.magnitude)
    if let variable = relation.variable {
      let more = min(sign - both, Polynomial.exponent(exponents, of: variable))
      exponents =
        exponents - Polynomial.Exponents(more) << (8 * relation.sign)
        - Polynomial.Exponents(more) << (8 * variable)
        + Polynomial.Exponents(more) << (8 * relation.magnitude)
    }
    return try ring.product(
      Polynomial(terms: [Polynomial.Term(exponents: exponents, coefficient: term.coefficient)]),
      try ring.power(relation.argument, both))
  }

  // MARK: Roots below

  /// The fraction with no root in its denominator, as far as square and cube roots go; nil where there
  /// is none, or where the denominator would be 0 at more places than before.
  func rationalized(_ x: Fraction) throws(TooLarge) -> Fraction? {
    var result = x
    var isChanged = false
    for place in relations.indices.reversed() {
      guard let relation = relations[place], relation.isRoot, relation.degree < 4 else { continue }
      let parts = result.denominator.coefficients(in: place)
      guard parts.count > 1, parts.count <= relation.degree else { continue }
      let factor =
        relation.degree == 2
        ? try conjugate(parts, place) : try cubicConjugate(parts, place, relation)
      guard let factor, !factor.isZero else { return nil }
      result = try reduced(
        Fraction(
          try ring.product(result.numerator, factor),
          over: try ring.product(result.denominator, factor)))
      isChanged = true
    }
    guard isChanged, try isNoNarrower(result.denominator, than: x.denominator) else { return nil }
    return result
  }

  /// a - b r for a + b r.
  private func conjugate(_ parts: [Polynomial], _ place: Int) throws(TooLarge) -> Polynomial {
    let shifted = try parts[1].shifted(by: 1 << Polynomial.Exponents(8 * place))
    return try parts[0] - shifted
  }

  /// a² - b c u + (c² u - a b) r + (b² - a c) r² for a + b r + c r², where r³ = u.
  private func cubicConjugate(
    _ parts: [Polynomial], _ place: Int, _ relation: Relation
  ) throws(TooLarge) -> Polynomial? {
    guard relation.value.denominator.isOne else { return nil }
    let u = relation.value.numerator
    let (a, b, c) = (parts[0], parts[1], parts.count > 2 ? parts[2] : .zero)
    let first = try ring.product(a, a) - ring.product(ring.product(b, c), u)
    let second = try ring.product(ring.product(c, c), u) - ring.product(a, b)
    let third = try ring.product(b, b) - ring.product(a, c)
    return try first + second.shifted(by: 1 << Polynomial.Exponents(8 * place))
      + third.shifted(by: 2 << Polynomial.Exponents(8 * place))
  }

  /// Whether each factor of a denominator divides another denominator, so that it is 0 nowhere else.
  private func isNoNarrower(
    _ denominator: Polynomial, than other: Polynomial
  ) throws(TooLarge) -> Bool {
    let factors = try PolynomialFactors(denominator, in: ring)
    return try factors.factors.allSatisfy { factor throws(TooLarge) in
      if isPositive(factor.base) { return true }
      let (whole, rest) = (try reduced(factor.base), try reduced(other))
      return try ring.quotient(rest.numerator, whole.numerator) != nil
    } && (0..<count).allSatisfy { place in
      Polynomial.exponent(factors.powers, of: place) == 0
        || other.terms.allSatisfy { Polynomial.exponent($0.exponents, of: place) > 0 }
        || isBase(place, of: other)
    }
  }

  /// Whether an indeterminate is what a root is of that divides a polynomial.
  private func isBase(_ place: Int, of other: Polynomial) -> Bool {
    relations.indices.contains { root in
      guard let relation = relations[root], relation.isRoot else { return false }
      return relation.value.numerator.indeterminates == [place]
        && relation.value.numerator.terms.count == 1
        && other.terms.allSatisfy { Polynomial.exponent($0.exponents, of: root) > 0 }
    }
  }

  /// Whether all terms are even powers with positive coefficients, one of them a number.
  private func isPositive(_ x: Polynomial) -> Bool {
    x.terms.last?.exponents == 0
      && x.terms.allSatisfy { term in
        term.coefficient > 0
          && (0..<count).allSatisfy { Polynomial.exponent(term.exponents, of: $0) % 2 == 0 }
      }
  }
}
