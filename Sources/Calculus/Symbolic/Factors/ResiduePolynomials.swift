// Polynomials in one indeterminate modulo a prime, and their irreducible factors.

/// The polynomials over a field, each the list of its coefficients, the constant one first, with no
/// zeros at the end.
struct ResiduePolynomials {
  typealias Polynomial = [UInt64]

  let field: ResidueField
  private var randomState: UInt64 = 1

  init(_ field: ResidueField) { self.field = field }

  // MARK: Arithmetic

  func product(_ x: Polynomial, _ y: Polynomial) -> Polynomial {
    guard !x.isEmpty, !y.isEmpty else { return [] }
    var result = Polynomial(repeating: 0, count: x.count + y.count - 1)
    for (i, a) in x.enumerated() where a != 0 {
      for (j, b) in y.enumerated() {
        result[i + j] = field.sum(result[i + j], field.product(a, b))
      }
    }
    return result
  }

  /// - Precondition: the divisor is monic.
  func divided(
    _ x: Polynomial, by divisor: Polynomial
  ) -> (quotient: Polynomial, remainder: Polynomial) {
    guard x.count >= divisor.count else { return ([], x) }
    var rest = x
    var quotient = Polynomial(repeating: 0, count: x.count - divisor.count + 1)
    for shift in quotient.indices.reversed() {
      let factor = rest[shift + divisor.count - 1]
      quotient[shift] = factor
      guard factor != 0 else { continue }
      for (index, coefficient) in divisor.enumerated() {
        rest[shift + index] = field.difference(
          rest[shift + index], field.product(factor, coefficient))
      }
    }
    return (quotient, Self.trimmed(Array(rest.prefix(divisor.count - 1))))
  }

  private static func trimmed(_ x: Polynomial) -> Polynomial {
    Array(x.prefix((x.lastIndex { $0 != 0 } ?? -1) + 1))
  }

  /// The polynomial with the leading coefficient 1; nothing for 0.
  func monic(_ x: Polynomial) -> Polynomial {
    guard let last = x.last, let inverse = field.inverse(last) else { return [] }
    return x.map { field.product($0, inverse) }
  }

  private func difference(_ x: Polynomial, _ y: Polynomial) -> Polynomial {
    var result = x + Polynomial(repeating: 0, count: max(0, y.count - x.count))
    for (index, value) in y.enumerated() {
      result[index] = field.difference(result[index], value)
    }
    return Self.trimmed(result)
  }

  private func commonDivisor(_ x: Polynomial, _ y: Polynomial) -> Polynomial {
    var (x, y) = (monic(x), monic(y))
    while !y.isEmpty { (x, y) = (y, monic(divided(x, by: y).remainder)) }
    return x
  }

  private func power(_ x: Polynomial, _ exponent: UInt64, mod divisor: Polynomial) -> Polynomial {
    var (result, square, rest): (Polynomial, Polynomial, UInt64) = ([1], x, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = divided(product(result, square), by: divisor).remainder }
      square = divided(product(square, square), by: divisor).remainder
      rest >>= 1
    }
    return result
  }

  // MARK: Factors

  /// The different irreducible factors of a polynomial, each monic, after Cantor and Zassenhaus (1981).
  mutating func irreducibleFactors(of polynomial: Polynomial) -> [Polynomial] {
    let derivative = Self.trimmed(
      polynomial.indices.dropFirst().map { field.product(polynomial[$0], UInt64($0)) })
    let monic = monic(polynomial)
    var rest = divided(monic, by: commonDivisor(monic, derivative)).quotient
    var factors: [Polynomial] = []
    // x^(p^d) - x is the product of all irreducible polynomials whose degree divides d.
    var (degree, frobenius): (Int, Polynomial) = (0, [0, 1])
    while rest.count > 2 * (degree + 1) {
      degree += 1
      frobenius = power(frobenius, field.prime, mod: rest)
      let common = commonDivisor(difference(frobenius, [0, 1]), rest)
      guard common.count > 1 else { continue }
      factors += split(common, degree)
      rest = divided(rest, by: common).quotient
      frobenius = divided(frobenius, by: rest).remainder
    }
    return rest.count > 1 ? factors + [rest] : factors
  }

  /// The factors of a product of different irreducible polynomials of one degree.
  private mutating func split(_ product: Polynomial, _ degree: Int) -> [Polynomial] {
    var (pending, factors): ([Polynomial], [Polynomial]) = ([product], [])
    while let polynomial = pending.popLast() {
      guard polynomial.count > degree + 1, let part = part(of: polynomial, degree) else {
        factors.append(polynomial)
        continue
      }
      pending += [part, divided(polynomial, by: part).quotient]
    }
    return factors
  }

  /// A proper factor; each attempt finds one with a probability of about a half.
  private mutating func part(of polynomial: Polynomial, _ degree: Int) -> Polynomial? {
    for _ in 0..<64 {
      var conjugate = polynomial.dropLast().map { _ in random() }
      var norm = conjugate
      for _ in 1..<degree {
        conjugate = power(conjugate, field.prime, mod: polynomial)
        norm = divided(self.product(norm, conjugate), by: polynomial).remainder
      }
      let sign = power(norm, (field.prime - 1) / 2, mod: polynomial)
      let common = commonDivisor(difference(sign, [1]), polynomial)
      if common.count > 1, common.count < polynomial.count { return common }
    }
    return nil
  }

  private mutating func random() -> UInt64 {
    randomState = randomState &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (randomState >> 2) % field.prime
  }
}
