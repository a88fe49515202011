// What the indeterminates of a formula's fraction stand for.

/// A part of a formula that its fraction takes as an indeterminate.
enum Kernel: Hashable {
  /// A node of the graph as it stands.
  case plain(NodeIndex)
  /// base^(1/index), for a base of which no number can be taken out.
  case root(base: NodeIndex, index: Int)
  /// base^(unit * exponent), the exponent no number; exp(u) has the base e.
  case power(base: NodeIndex, exponent: NodeIndex, unit: Rational)
  case sine(Angle), cosine(Angle)
  case hyperbolicSine(Angle), hyperbolicCosine(Angle)
}

/// A number times a node.
struct Angle: Hashable {
  let unit: Rational
  let body: NodeIndex
}

extension Graph {
  static let e = 2.718281828459045

  /// An angle, or an exponent, as a number times a body; nil for a number.
  func angle(_ node: NodeIndex) -> Angle? {
    if isSum(node), let (content, primitive) = contentAndPrimitive(node) {
      return content.isExact ? Angle(unit: content, body: primitive) : nil
    }
    let (coefficient, body) = coefficientAndBody(node)
    guard let body, coefficient.isExact, coefficient != .zero else { return nil }
    return Angle(unit: coefficient, body: body)
  }

  func node(_ angle: Angle) -> NodeIndex { product(angle.unit, [angle.body]) }

  /// base^exponent as powers of units and a number: base^(a t + b s + 2).
  func powerParts(_ exponent: NodeIndex) -> (angles: [Angle], number: Rational)? {
    var angles: [Angle] = []
    var number = Rational.zero
    for term in terms(exponent) {
      if let value = self.number(term) {
        guard value.isExact, let sum = Rational.exactSum(number, value) else { return nil }
        number = sum
      } else {
        let (coefficient, body) = coefficientAndBody(term)
        guard let body, coefficient.isExact, coefficient != .zero else { return nil }
        angles.append(Angle(unit: coefficient, body: body))
      }
    }
    return (angles, number)
  }

  /// A root, or another broken power, as powers of what no number and no positive factor can be taken
  /// out of.
  func rootParts(_ node: NodeIndex, _ exponent: Rational) -> [Factor] {
    if let value = number(node) { return numberRoots(value, exponent) }
    if isSum(node) {
      guard let (content, _) = contentAndPrimitive(node), content.magnitude != .one,
        let inverse = Rational.quotient(.one, content.magnitude)
      else { return [Factor(node, exponent)] }
      let rest = sum(terms(node).map { product(inverse, [$0]) })
      return numberRoots(content.magnitude, exponent) + [Factor(rest, exponent)]
    }
    let (coefficient, factors) = coefficientAndFactors(node)
    var parts = numberRoots(coefficient.magnitude, exponent)
    var rest: [Factor] = []
    for factor in factors {
      let isPositive =
        facts(factor.base).isPositive || (constantValue(factor.base) ?? 0) > 0
      if isPositive, let whole = Rational.exactProduct(factor.exponent, exponent) {
        parts.append(Factor(factor.base, whole))
      } else {
        rest.append(factor)
      }
    }
    if !rest.isEmpty || coefficient.isNegative {
      let sign = coefficient.isNegative ? Rational(-1) : .one
      let base = product(sign, rest.map { power($0.base, numberNode($0.exponent)) })
      parts.append(Factor(base, exponent))
    }
    return parts
  }

  /// A positive number's root as powers of primes; a negative number's stays whole.
  private func numberRoots(_ value: Rational, _ exponent: Rational) -> [Factor] {
    if value == .one { return [] }
    guard value.isExact, !value.isNegative, value != .zero else {
      return [Factor(numberNode(value), exponent)]
    }
    return Self.primePowers(value.numerator).map { Factor(numberNode(Rational($0)), $1, exponent) }
      + Self.primePowers(value.denominator).map {
        Factor(numberNode(Rational($0)), -$1, exponent)
      }
  }

  /// The primes in a number with their exponents; what has no small ones is taken for a prime.
  private static func primePowers(_ number: Int) -> [(Int, Int)] {
    var (rest, prime) = (number, 2)
    var powers: [(Int, Int)] = []
    while prime < 1000, prime * prime <= rest {
      var count = 0
      while rest % prime == 0 { (rest, count) = (rest / prime, count + 1) }
      if count > 0 { powers.append((prime, count)) }
      prime += 1
    }
    return rest > 1 ? powers + [(rest, 1)] : powers
  }

  /// The value of a small formula of numbers; nil for any other.
  func constantValue(_ node: NodeIndex) -> Double? {
    guard facts(node).variable == .max, facts(node).height < 12 else { return nil }
    switch self[node] {
    case .constant(let value): return value
    case .variable: return nil
    case .unary(.sqrt, let x): return constantValue(x)?.squareRoot()
    case .unary: return nil
    case .binary(let operation, let x, let y):
      guard let a = constantValue(x), let b = constantValue(y) else { return nil }
      switch operation {
      case .add: return a + b
      case .multiply: return a * b
      case .divide: return a / b
      case .power: return Power.value(a, b)
      default: return nil
      }
    case .variadic: return nil
    }
  }
}

extension Factor {
  fileprivate init(_ base: NodeIndex, _ count: Int, _ exponent: Rational) {
    self.init(base, Rational.exactProduct(Rational(count), exponent) ?? .one)
  }
}
