// Polynomials in up to 16 indeterminates with whole coefficients, made for work that is bounded.

/// Work was refused: it would take too long, or it needs numbers that do not fit.
struct TooLarge: Error {}

/// A polynomial as its terms, the highest first: lexicographically, the last indeterminate counts
/// most.
struct Polynomial: Hashable, Sendable {
  /// The exponents of a product of powers, 8 bits each of which the top one is 0: products are sums.
  typealias Exponents = UInt128

  struct Term: Hashable, Sendable {
    let exponents: Exponents
    let coefficient: Int128
  }

  let terms: [Term]

  static let indeterminateLimit = 16
  private static let guards = UInt128(0x8080_8080_8080_8080) << 64 | 0x8080_8080_8080_8080
  static let zero = Polynomial(terms: [])
  static let one = Polynomial(1)

  init(terms: [Term]) { self.terms = terms }

  init(_ number: Int128) {
    terms = number == 0 ? [] : [Term(exponents: 0, coefficient: number)]
  }

  /// A power of an indeterminate.
  init(indeterminate: Int, exponent: Int = 1) throws(TooLarge) {
    guard exponent < 128 else { throw TooLarge() }
    terms = [Term(exponents: Exponents(exponent) << (8 * indeterminate), coefficient: 1)]
  }

  var isZero: Bool { terms.isEmpty }
  /// The number that it is; nil if it has an indeterminate.
  var number: Int128? {
    terms.isEmpty ? 0 : terms[0].exponents == 0 ? terms[0].coefficient : nil
  }
  var isOne: Bool { number == 1 }
  var isNegative: Bool { (terms.first?.coefficient ?? 0) < 0 }
  var opposite: Polynomial {
    Polynomial(terms: terms.map { Term(exponents: $0.exponents, coefficient: -$0.coefficient) })
  }

  static func exponent(_ exponents: Exponents, of indeterminate: Int) -> Int {
    Int(truncatingIfNeeded: exponents >> (8 * indeterminate)) & 127
  }

  func degree(in indeterminate: Int) -> Int {
    terms.reduce(0) { max($0, Self.exponent($1.exponents, of: indeterminate)) }
  }

  /// The indeterminates in it, in rising order.
  var indeterminates: [Int] {
    let all = terms.reduce(0) { $0 | $1.exponents }
    return (0..<Self.indeterminateLimit).filter { Self.exponent(all, of: $0) != 0 }
  }

  // MARK: Arithmetic

  static func + (x: Polynomial, y: Polynomial) throws(TooLarge) -> Polynomial {
    try x.adding(y, times: 1, shifted: 0)
  }

  static func - (x: Polynomial, y: Polynomial) throws(TooLarge) -> Polynomial {
    try x.adding(y, times: -1, shifted: 0)
  }

  /// The sum with another polynomial times a number and a product of powers.
  func adding(
    _ other: Polynomial, times factor: Int128, shifted shift: Exponents
  ) throws(TooLarge) -> Polynomial {
    var sum: [Term] = []
    sum.reserveCapacity(terms.count + other.terms.count)
    var place = 0
    for term in other.terms {
      let product = try Self.product(term, factor, shift)
      while place < terms.count, terms[place].exponents > product.exponents {
        sum.append(terms[place])
        place += 1
      }
      guard place < terms.count, terms[place].exponents == product.exponents else {
        sum.append(product)
        continue
      }
      let (total, overflows) = terms[place].coefficient.addingReportingOverflow(
        product.coefficient)
      if overflows { throw TooLarge() }
      if total != 0 { sum.append(Term(exponents: product.exponents, coefficient: total)) }
      place += 1
    }
    sum += terms[place...]
    return Polynomial(terms: sum)
  }

  private static func product(
    _ term: Term, _ factor: Int128, _ shift: Exponents
  ) throws(TooLarge) -> Term {
    let (coefficient, overflows) = term.coefficient.multipliedReportingOverflow(by: factor)
    let exponents = term.exponents &+ shift
    // Room for a sum and a sign is left.
    guard !overflows, coefficient.magnitude >> 126 == 0, exponents & guards == 0 else {
      throw TooLarge()
    }
    return Term(exponents: exponents, coefficient: coefficient)
  }

  func scaled(by number: Int128) throws(TooLarge) -> Polynomial {
    try Polynomial.zero.adding(self, times: number, shifted: 0)
  }

  func shifted(by exponents: Exponents) throws(TooLarge) -> Polynomial {
    try Polynomial.zero.adding(self, times: 1, shifted: exponents)
  }

  /// The polynomial divided by a number that divides all coefficients.
  func divided(by number: Int128) -> Polynomial {
    number == 1
      ? self
      : Polynomial(
        terms: terms.map {
          Term(exponents: $0.exponents, coefficient: $0.coefficient / number)
        })
  }

  // MARK: What the terms have in common

  /// The largest number that divides all coefficients; 0 for nothing.
  var numberContent: Int128 {
    var content: Int128 = 0
    for term in terms where content != 1 {
      content = Self.commonDivisor(content, term.coefficient)
    }
    return content
  }

  static func commonDivisor(_ x: Int128, _ y: Int128) -> Int128 {
    var (x, y) = (x < 0 ? -x : x, y < 0 ? -y : y)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }

  /// The highest powers that divide all terms.
  var powerContent: Exponents {
    guard let first = terms.first else { return 0 }
    return terms.dropFirst().reduce(first.exponents) { Self.common($0, $1.exponents) }
  }

  static func common(_ x: Exponents, _ y: Exponents) -> Exponents {
    if x == 0 || y == 0 { return 0 }
    var common: Exponents = 0
    for place in 0..<indeterminateLimit {
      common |= Exponents(min(exponent(x, of: place), exponent(y, of: place))) << (8 * place)
    }
    return common
  }

  /// The polynomial divided by powers that divide all terms.
  func dividedByPowers(_ exponents: Exponents) -> Polynomial {
    exponents == 0
      ? self
      : Polynomial(
        terms: terms.map {
          Term(exponents: $0.exponents - exponents, coefficient: $0.coefficient)
        })
  }

  static func divides(_ x: Exponents, _ y: Exponents) -> Bool {
    ((y | guards) - x) & guards == guards
  }

  /// The coefficients of the powers of an indeterminate, from the 0th.
  func coefficients(in indeterminate: Int) -> [Polynomial] {
    var coefficients: [[Term]] = Array(repeating: [], count: degree(in: indeterminate) + 1)
    let mask = ~(Exponents(255) << (8 * indeterminate))
    for term in terms {
      let exponent = Self.exponent(term.exponents, of: indeterminate)
      coefficients[exponent].append(
        Term(exponents: term.exponents & mask, coefficient: term.coefficient))
    }
    return coefficients.map(Polynomial.init(terms:))
  }

  /// The derivative in an indeterminate.
  func derivative(in indeterminate: Int) throws(TooLarge) -> Polynomial {
    var result: [Term] = []
    for term in terms {
      let exponent = Self.exponent(term.exponents, of: indeterminate)
      guard exponent > 0 else { continue }
      let (coefficient, overflows) = term.coefficient.multipliedReportingOverflow(
        by: Int128(exponent))
      if overflows { throw TooLarge() }
      result.append(
        Term(
          exponents: term.exponents - Exponents(1) << (8 * indeterminate),
          coefficient: coefficient))
    }
    return Polynomial(terms: result)
  }
}
