// The irreducible factors of a polynomial over the rational numbers, by way of those modulo a large prime.
//
// After Zassenhaus (1969), several indeterminates as powers of one after Kronecker (1882). A factor is
// one only if it divides; what is missed where numbers or efforts grow too large stays unfactored.

struct PolynomialFactors {
  /// Irreducible factors as far as they were found, with how often each is in the product.
  private(set) var factors: [(polynomial: IntegerPolynomial, power: Int)] = []
  /// The number in front.
  private(set) var coefficient = 1

  /// The highest degree of a polynomial in one indeterminate that is factored, the most factors modulo
  /// the prime, and how many products of these are tried.
  private static let degreeLimit = 40
  private static let partLimit = 14
  private static let trialLimit = 3000

  private var rest: IntegerPolynomial
  /// What each indeterminate is a power of the one that stands for all.
  private let weights: [Int]
  private let radices: [Int]
  private var ring = ResiduePolynomials(ResidueField.all[0])
  private var trials = 0

  /// - Parameter polynomial: not 0, and no indeterminate divides it.
  init(_ polynomial: IntegerPolynomial) {
    radices = polynomial.degrees.map { $0 + 1 }
    var weights: [Int] = []
    var size = 1
    for radix in radices {
      weights.append(size)
      size = min(size * min(radix, 1000), 1_000_000)
    }
    self.weights = weights
    rest = polynomial
    if radices.count > 1, polynomial.commonDegree != nil {
      // All terms have one degree: so have those of the factors.
      let inner = PolynomialFactors(polynomial.withoutLast)
      coefficient = inner.coefficient
      factors = inner.factors.map { ($0.polynomial.homogeneous, $0.power) }
      return
    }
    if size <= Self.degreeLimit + 1 { search() }
    finish()
  }

  /// What is left is a factor, or a number.
  private mutating func finish() {
    if !rest.isConstant {
      let primitive = rest.primitive
      if let number = rest.divided(by: primitive) {
        factors.append((primitive, 1))
        rest = number
      }
    }
    coefficient = rest.coefficients.values.first ?? 1
  }

  private mutating func search() {
    let image = image(of: rest)
    guard image.last != 0 else { return }
    let shift = image.firstIndex { $0 != 0 } ?? 0
    var parts = ring.irreducibleFactors(of: Array(image.dropFirst(shift)))
    guard parts.count <= Self.partLimit else { return }
    var size = 1
    while size <= parts.count, trials < Self.trialLimit {
      if let used = factor(among: parts, size, shift) {
        for index in used.reversed() { parts.remove(at: index) }
      } else {
        // A factor of more than half of the parts leaves one of less than half.
        size = size < parts.count / 2 ? size + 1 : size < parts.count ? parts.count : size + 1
      }
    }
  }

  /// Takes out a factor that is a product of so many parts; the indices of these, in order.
  private mutating func factor(
    among parts: [ResiduePolynomials.Polynomial], _ size: Int, _ shift: Int
  ) -> [Int]? {
    var chosen = Array(0..<size)
    while trials < Self.trialLimit {
      let product = chosen.reduce([1]) { ring.product($0, parts[$1]) }
      for shift in 0...shift {
        trials += 1
        let shifted = Array(repeating: UInt64(0), count: shift) + product
        if takeOut(lifted(shifted)) { return chosen }
      }
      guard let place = chosen.indices.last(where: { chosen[$0] < parts.count - size + $0 }) else {
        return nil
      }
      chosen[place] += 1
      for next in chosen.indices.dropFirst(place + 1) { chosen[next] = chosen[next - 1] + 1 }
    }
    return nil
  }

  /// Divides by a polynomial as often as it goes.
  private mutating func takeOut(_ factor: IntegerPolynomial) -> Bool {
    guard !factor.isConstant else { return false }
    var power = 0
    while !rest.isConstant, let quotient = rest.divided(by: factor) {
      rest = quotient
      power += 1
    }
    if power > 0 { factors.append((factor, power)) }
    return power > 0
  }

  // MARK: One indeterminate, modulo the prime

  private func image(of polynomial: IntegerPolynomial) -> ResiduePolynomials.Polynomial {
    var image: [UInt64] = []
    for (exponents, coefficient) in polynomial.coefficients {
      let degree = zip(exponents, weights).reduce(0) { $0 + $1.0 * $1.1 }
      image += Array(repeating: 0, count: max(0, degree + 1 - image.count))
      image[degree] = ring.field.residue(coefficient)
    }
    return image
  }

  /// The polynomial with small coefficients that a multiple of a monic one comes from.
  private func lifted(_ part: ResiduePolynomials.Polynomial) -> IntegerPolynomial {
    let leading = image(of: rest).last ?? 1
    var coefficients: [IntegerPolynomial.Exponents: Int] = [:]
    for (degree, coefficient) in part.enumerated() {
      let value = ring.field.product(leading, coefficient)
      let isNegative = value > ring.field.prime / 2
      let size = Int(isNegative ? ring.field.opposite(value) : value)
      let exponents = zip(weights, radices).map { degree / $0 % $1 }
      coefficients[exponents] = isNegative ? -size : size
    }
    return IntegerPolynomial(coefficients).primitive
  }
}
