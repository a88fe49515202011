// Products, quotients and common divisors of polynomials, with a count of what they took.

/// Works on polynomials within an effort that is counted in products of terms.
final class PolynomialRing {
  private(set) var effort: Int

  /// A prime below 2³¹ for questions that a look modulo a prime answers.
  private static let prime: UInt64 = 2_147_483_647

  init(effort: Int) { self.effort = effort }

  func spend(_ count: Int) throws(TooLarge) {
    effort -= count
    if effort < 0 { throw TooLarge() }
  }

  func product(_ x: Polynomial, _ y: Polynomial) throws(TooLarge) -> Polynomial {
    if x.isOne { return y }
    if y.isOne { return x }
    let (short, long) = x.terms.count < y.terms.count ? (x, y) : (y, x)
    try spend(short.terms.count * long.terms.count + 1)
    // Halves first, so that sorted lists of like lengths are merged.
    var sums: [Polynomial] = []
    for term in short.terms {
      sums.append(
        try Polynomial.zero.adding(long, times: term.coefficient, shifted: term.exponents))
    }
    while sums.count > 1 {
      var halves: [Polynomial] = []
      for index in stride(from: 0, to: sums.count, by: 2) {
        halves.append(index + 1 < sums.count ? try sums[index] + sums[index + 1] : sums[index])
      }
      sums = halves
    }
    return sums.first ?? .zero
  }

  func power(_ base: Polynomial, _ exponent: Int) throws(TooLarge) -> Polynomial {
    guard exponent < 128 else { throw TooLarge() }
    var result = Polynomial.one
    for _ in 0..<exponent { result = try product(result, base) }
    return result
  }

  /// The quotient where the division leaves no rest; otherwise nil.
  func quotient(_ x: Polynomial, _ y: Polynomial) throws(TooLarge) -> Polynomial? {
    guard let lead = y.terms.first else { return nil }
    if y.isOne { return x }
    var rest = x
    var quotient: [Polynomial.Term] = []
    while let term = rest.terms.first {
      guard Polynomial.divides(lead.exponents, term.exponents),
        term.coefficient % lead.coefficient == 0
      else { return nil }
      let exponents = term.exponents - lead.exponents
      let coefficient = term.coefficient / lead.coefficient
      quotient.append(Polynomial.Term(exponents: exponents, coefficient: coefficient))
      try spend(y.terms.count + rest.terms.count / 4 + 1)
      rest = try rest.adding(y, times: -coefficient, shifted: exponents)
    }
    return Polynomial(terms: quotient)
  }

  // MARK: Common divisors

  /// The greatest common divisor, its leading coefficient positive.
  func commonDivisor(_ x: Polynomial, _ y: Polynomial) throws(TooLarge) -> Polynomial {
    if x.isZero { return y.isNegative ? y.opposite : y }
    if y.isZero { return x.isNegative ? x.opposite : x }
    let number = Polynomial.commonDivisor(x.numberContent, y.numberContent)
    let powers = (x.powerContent, y.powerContent)
    let front = try Polynomial(number).shifted(by: Polynomial.common(powers.0, powers.1))
    let divisor = try primitiveDivisor(
      x.dividedByPowers(powers.0).divided(by: x.numberContent),
      y.dividedByPowers(powers.1).divided(by: y.numberContent))
    let whole = try product(front, divisor)
    return whole.isNegative ? whole.opposite : whole
  }

  /// The common divisor of polynomials whose terms have nothing in common.
  private func primitiveDivisor(
    _ x: Polynomial, _ y: Polynomial
  ) throws(TooLarge) -> Polynomial {
    if x.number != nil || y.number != nil { return .one }
    if x == y { return x }
    let (first, second) = (x.indeterminates, y.indeterminates)
    if let alone = first.first(where: { !second.contains($0) }) {
      return try commonDivisor(try content(x, in: alone), y)
    }
    if let alone = second.first(where: { !first.contains($0) }) {
      return try commonDivisor(x, try content(y, in: alone))
    }
    let degrees = first.map { max(x.degree(in: $0), y.degree(in: $0)) }
    let main = zip(first, degrees).min { $0.1 < $1.1 }?.0 ?? 0
    let contents = (try content(x, in: main), try content(y, in: main))
    let common = try commonDivisor(contents.0, contents.1)
    guard let a = try quotient(x, contents.0), let b = try quotient(y, contents.1) else {
      return common
    }
    return try product(common, try divisorByRemainders(a, b, in: main))
  }

  /// Euclid's algorithm with primitive remainders.
  private func divisorByRemainders(
    _ x: Polynomial, _ y: Polynomial, in main: Int
  ) throws(TooLarge) -> Polynomial {
    let degree = try degreeOfDivisor(x, y, in: main)
    if degree == 0 { return .one }
    var (a, b) = x.degree(in: main) < y.degree(in: main) ? (y, x) : (x, y)
    while !b.isZero {
      if b.degree(in: main) == 0 { return .one }
      if b.degree(in: main) == degree, try quotient(a, b) != nil { break }
      let rest = try pseudoRemainder(a, b, in: main)
      a = b
      b = rest.isZero ? rest : try primitive(rest, in: main)
    }
    let divisor = b.isZero ? a : b
    return divisor.isNegative ? divisor.opposite : divisor
  }

  private func primitive(_ x: Polynomial, in main: Int) throws(TooLarge) -> Polynomial {
    let plain = x.divided(by: x.numberContent)
    return try quotient(plain, try content(plain, in: main)) ?? plain
  }

  private func pseudoRemainder(
    _ x: Polynomial, _ y: Polynomial, in main: Int
  ) throws(TooLarge) -> Polynomial {
    let coefficients = y.coefficients(in: main)
    let lead = coefficients[coefficients.count - 1]
    var rest = x
    while !rest.isZero, rest.degree(in: main) >= coefficients.count - 1 {
      let own = rest.coefficients(in: main)
      let shift = Polynomial.Exponents(own.count - coefficients.count) << (8 * main)
      let common = try commonDivisor(own[own.count - 1], lead)
      guard let factor = try quotient(own[own.count - 1], common),
        let scale = try quotient(lead, common)
      else { throw TooLarge() }
      rest = try product(scale, rest) - product(try factor.shifted(by: shift), y)
    }
    return rest
  }

  /// The common divisor of the coefficients of an indeterminate's powers.
  func content(_ x: Polynomial, in main: Int) throws(TooLarge) -> Polynomial {
    var content = Polynomial.zero
    for coefficient in x.coefficients(in: main).sorted(by: { $0.terms.count < $1.terms.count })
    where !coefficient.isZero {
      content = try commonDivisor(content, coefficient)
      if content.isOne { break }
    }
    return content
  }

  // MARK: Modulo a prime

  /// A bound on the degree of the common divisor: that of the images at one point modulo a prime.
  private func degreeOfDivisor(
    _ x: Polynomial, _ y: Polynomial, in main: Int
  ) throws(TooLarge) -> Int {
    try spend(x.terms.count + y.terms.count)
    var (a, b) = (image(x, in: main), image(y, in: main))
    let bound = min(x.degree(in: main), y.degree(in: main))
    // A leading coefficient that vanishes there says nothing.
    guard a.last != 0, b.last != 0 else { return bound }
    while !b.isEmpty {
      while a.count >= b.count {
        let factor = Self.product(a[a.count - 1], Self.inverse(b[b.count - 1]))
        let offset = a.count - b.count
        for index in b.indices {
          a[offset + index] =
            (a[offset + index] + Self.prime - Self.product(factor, b[index])) % Self.prime
        }
        while a.last == 0 { a.removeLast() }
      }
      (a, b) = (b, a)
    }
    return min(bound, a.count - 1)
  }

  /// The coefficients of the powers of an indeterminate, at fixed values of the others.
  private func image(_ x: Polynomial, in main: Int) -> [UInt64] {
    var image = Array(repeating: UInt64(0), count: x.degree(in: main) + 1)
    for term in x.terms {
      let rest = term.coefficient % Int128(Self.prime)
      var value = UInt64(rest < 0 ? rest + Int128(Self.prime) : rest)
      for place in 0..<Polynomial.indeterminateLimit where place != main {
        for _ in 0..<Polynomial.exponent(term.exponents, of: place) {
          value = Self.product(value, 1_000_003 + 7_919 * UInt64(place * place + 3 * place))
        }
      }
      let exponent = Polynomial.exponent(term.exponents, of: main)
      image[exponent] = (image[exponent] + value) % Self.prime
    }
    return image
  }

  private static func product(_ x: UInt64, _ y: UInt64) -> UInt64 { x * y % prime }

  private static func inverse(_ x: UInt64) -> UInt64 {
    var (result, base, exponent) = (UInt64(1), x, prime - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = product(result, base) }
      base = product(base, base)
      exponent >>= 1
    }
    return result
  }
}
