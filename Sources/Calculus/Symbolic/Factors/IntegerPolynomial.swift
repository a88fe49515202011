// Polynomials in several indeterminates with whole coefficients, and exact division.

/// A polynomial; no coefficient in it is 0.
struct IntegerPolynomial {
  /// The exponents of the indeterminates.
  typealias Exponents = [Int]

  private(set) var coefficients: [Exponents: Int]

  init(_ coefficients: [Exponents: Int]) { self.coefficients = coefficients.filter { $1 != 0 } }

  var isConstant: Bool { coefficients.keys.allSatisfy { $0.allSatisfy { $0 == 0 } } }

  /// By indeterminate, the highest exponent.
  var degrees: [Int] {
    coefficients.keys.reduce(into: []) { degrees, exponents in
      degrees = degrees.isEmpty ? exponents : zip(degrees, exponents).map(max)
    }
  }

  /// The degree that all terms have together, if they have the same.
  var commonDegree: Int? {
    let degrees = Set(coefficients.keys.map { $0.reduce(0, +) })
    return degrees.count == 1 ? degrees.first : nil
  }

  private var leading: (exponents: Exponents, coefficient: Int)? {
    coefficients.max { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
  }

  /// The polynomial whose coefficients have no divisor in common, the leading one positive.
  var primitive: IntegerPolynomial {
    let divisor = coefficients.values.reduce(0 as UInt) { common, value in
      common == 0 ? value.magnitude : Rational.commonDivisor(common, value.magnitude)
    }
    guard let leading, divisor > 0, let size = Int(exactly: divisor) else { return self }
    let number = leading.coefficient < 0 ? -size : size
    return IntegerPolynomial(coefficients.mapValues { $0 / number })
  }

  /// nil where the quotient is none with whole coefficients that a word holds.
  func divided(by divisor: IntegerPolynomial) -> IntegerPolynomial? {
    guard let first = divisor.leading else { return nil }
    let room = zip(degrees, divisor.degrees).map { $0 - $1 }
    var rest = self
    var quotient: [Exponents: Int] = [:]
    while let next = rest.leading {
      let exponents = zip(next.exponents, first.exponents).map { $0 - $1 }
      guard zip(exponents, room).allSatisfy({ $0 >= 0 && $0 <= $1 }),
        next.coefficient % first.coefficient == 0
      else { return nil }
      let factor = next.coefficient / first.coefficient
      quotient[exponents] = factor
      guard rest.subtract(factor, exponents, times: divisor) else { return nil }
    }
    return IntegerPolynomial(quotient)
  }

  /// Takes a term times a polynomial off; false where a number does not fit.
  private mutating func subtract(
    _ factor: Int, _ exponents: Exponents, times other: IntegerPolynomial
  ) -> Bool {
    for (place, coefficient) in other.coefficients {
      let key = zip(place, exponents).map { $0 + $1 }
      let (product, overflows) = coefficient.multipliedReportingOverflow(by: factor)
      let (value, exceeds) = (coefficients[key] ?? 0).subtractingReportingOverflow(product)
      if overflows || exceeds || value == .min { return false }
      coefficients[key] = value == 0 ? nil : value
    }
    return true
  }

  /// The polynomial with the last indeterminate set to 1.
  var withoutLast: IntegerPolynomial {
    coefficients.reduce(into: IntegerPolynomial([:])) {
      $0.coefficients[Array($1.key.dropLast()), default: 0] += $1.value
    }
  }

  /// The polynomial with powers of one more indeterminate, so that all terms have the same degree.
  var homogeneous: IntegerPolynomial {
    let degree = coefficients.keys.map { $0.reduce(0, +) }.max() ?? 0
    return IntegerPolynomial(
      Dictionary(
        coefficients.map { ($0 + [degree - $0.reduce(0, +)], $1) }, uniquingKeysWith: { $1 }))
  }
}
