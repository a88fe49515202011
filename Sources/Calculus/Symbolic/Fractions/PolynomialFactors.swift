// Polynomials as products: numbers, powers of indeterminates, and factors that occur several times.

/// A polynomial as a number times powers.
struct PolynomialFactors {
  var coefficient: Int128
  var powers: Polynomial.Exponents
  /// Sums, none of them twice.
  var factors: [(base: Polynomial, exponent: Int)]

  /// Factors of a polynomial that is not 0: those that are given, multiple ones, and linear ones.
  init(
    _ whole: Polynomial, known: [Polynomial] = [], in ring: PolynomialRing
  ) throws(TooLarge) {
    coefficient = whole.isNegative ? -whole.numberContent : whole.numberContent
    powers = whole.powerContent
    factors = []
    var rest = whole.dividedByPowers(powers).divided(by: coefficient)
    for factor in known where rest.terms.count > 1 && factor.terms.count > 1 {
      while let quotient = try ring.quotient(rest, factor) {
        append(factor, 1)
        rest = quotient
      }
    }
    if rest.isNegative { (rest, coefficient) = (rest.opposite, -coefficient) }
    for (base, exponent) in try Self.multiple(rest, ring) {
      for part in try Self.linear(base, ring) { append(part, exponent) }
    }
  }

  private mutating func append(_ base: Polynomial, _ exponent: Int) {
    if base.number != nil { return }
    if let index = factors.firstIndex(where: { $0.base == base }) {
      factors[index].exponent += exponent
    } else {
      factors.append((base, exponent))
    }
  }

  /// A polynomial as powers of factors without multiple ones of their own (Yun 1976).
  private static func multiple(
    _ whole: Polynomial, _ ring: PolynomialRing
  ) throws(TooLarge) -> [(base: Polynomial, exponent: Int)] {
    var result: [(base: Polynomial, exponent: Int)] = []
    var rest = whole
    while rest.number == nil {
      let main = rest.indeterminates.min { rest.degree(in: $0) < rest.degree(in: $1) } ?? 0
      let content = try ring.content(rest, in: main)
      guard let own = try ring.quotient(rest, content) else { throw TooLarge() }
      result += try multiple(own, in: main, ring)
      rest = content
    }
    return result
  }

  private static func multiple(
    _ whole: Polynomial, in main: Int, _ ring: PolynomialRing
  ) throws(TooLarge) -> [(base: Polynomial, exponent: Int)] {
    let slope = try whole.derivative(in: main)
    let common = try ring.commonDivisor(whole, slope)
    if common.number != nil { return [(whole, 1)] }
    guard var left = try ring.quotient(whole, common), let first = try ring.quotient(slope, common)
    else { throw TooLarge() }
    var rest = try first - (try left.derivative(in: main))
    var result: [(base: Polynomial, exponent: Int)] = []
    var exponent = 1
    while left.number == nil {
      let factor = try ring.commonDivisor(left, rest)
      if factor.number == nil { result.append((factor, exponent)) }
      guard let nextLeft = try ring.quotient(left, factor),
        let next = try ring.quotient(rest, factor)
      else { throw TooLarge() }
      left = nextLeft
      rest = try next - (try left.derivative(in: main))
      exponent += 1
    }
    return result
  }

  /// The factors a*x + b of a polynomial in one indeterminate, and what is left.
  private static func linear(
    _ whole: Polynomial, _ ring: PolynomialRing
  ) throws(TooLarge) -> [Polynomial] {
    let indeterminates = whole.indeterminates
    guard indeterminates.count == 1, let lead = whole.terms.first, let last = whole.terms.last
    else { return [whole] }
    var rest = whole
    var result: [Polynomial] = []
    for a in divisors(lead.coefficient) {
      for b in divisors(last.coefficient).flatMap({ [$0, -$0] })
      where rest.degree(in: indeterminates[0]) > 1 && Polynomial.commonDivisor(a, b) == 1 {
        let factor = try Polynomial(indeterminate: indeterminates[0]).scaled(by: a) + Polynomial(b)
        if let quotient = try ring.quotient(rest, factor) {
          result.append(factor)
          rest = quotient
        }
      }
    }
    return result + [rest]
  }

  private static func divisors(_ number: Int128) -> [Int128] {
    let size = number.magnitude
    guard size <= 400 else { return [1] }
    return (1...Int(size)).filter { Int(size) % $0 == 0 }.map { Int128($0) }
  }
}
