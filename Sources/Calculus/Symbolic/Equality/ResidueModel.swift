// A formula's value modulo a prime, where functions have random values that obey their identities.
//
// After Martin (1971), Gonnet (1984) and Schwartz (1980): two formulas that algebra makes equal
// have equal values in every such model; others have different ones, but for one model in about
// 10^15.

/// Values of the nodes of a lowered graph at a random point of one field.
///
/// A node without a value (the root or logarithm of what is negative here) is nil.
struct ResidueModel {
  let graph: NormalGraph
  let field: ResidueField
  let seed: UInt64
  /// A multiple of the denominators of all numbers in the graph.
  let scale: Int
  /// By node, its value among the real numbers; nan where variables are in it.
  let reals: [Double]
  private var values: [UInt64?] = []
  /// The numbers whose signs were asked for by a function such as abs, not by a root.
  private(set) var signs: Set<UInt64> = []
  /// Whether something is negative in this model that never is among real numbers.
  private(set) var isImpossible = false
  private var circles: [NodeIndex: Circle] = [:]

  /// A point of the unit circle.
  private typealias Circle = (cosine: UInt64, sine: UInt64)

  /// What a random value stands for; each kind has values of its own.
  private enum Kind: UInt64 {
    case variable, constant, exponential, logarithm, circle, power, function
  }

  init(_ graph: NormalGraph, _ field: ResidueField, seed: UInt64, scale: Int, reals: [Double]) {
    (self.graph, self.field, self.seed, self.scale, self.reals) =
      (graph, field, seed, scale, reals)
  }

  /// The values of some nodes, given which nodes they need; nil where one has none.
  mutating func values(of roots: [NodeIndex], _ isNeeded: [Bool]) -> [UInt64]? {
    values = Array(repeating: nil, count: isNeeded.count)
    for node in isNeeded.indices where isNeeded[node] {
      values[node] = evaluated(NodeIndex(node))
      if isImpossible { return nil }
    }
    let results = roots.compactMap { value($0) }
    return results.count == roots.count ? results : nil
  }

  private func random(_ kind: Kind, _ keys: UInt64...) -> UInt64 {
    var hash = seed &+ kind.rawValue &* 0x9E37_79B9_7F4A_7C15
    for key in keys + [0] {
      hash = (hash ^ key) &* 0xBF58_476D_1CE4_E5B9
      hash = (hash ^ hash >> 31) &* 0x94D0_49BB_1331_11EB
      hash ^= hash >> 29
    }
    return hash % (field.prime - 2) + 1
  }

  /// The same value for a number and its opposite.
  private func size(_ x: UInt64) -> UInt64 { min(x, field.opposite(x)) }

  private func product(_ x: UInt64?, _ y: UInt64?) -> UInt64? {
    if let x, let y { field.product(x, y) } else { nil }
  }

  private func value(_ node: NodeIndex) -> UInt64? { values[Int(node)] }

  // MARK: Nodes

  private mutating func evaluated(_ node: NodeIndex) -> UInt64? {
    if let number = graph.number(node) { return field.residue(number) }
    switch graph[node] {
    case .variable(let index):
      let value = random(.variable, UInt64(index))
      let isNonnegative = graph.assumedFacts(of: index).isNonnegative
      return isNonnegative && !field.isPositive(value) ? field.opposite(value) : value
    case .constant(let constant): return self.constant(constant)
    case .binary(.add, let x, let y):
      if let x = value(x), let y = value(y) { return field.sum(x, y) }
      return nil
    case .binary(.multiply, let x, let y): return product(value(x), value(y))
    case .binary(.divide, let x, let y):
      return product(value(x), value(y).flatMap { field.inverse($0) })
    case .binary(.power, let base, let exponent): return power(base, exponent)
    case .unary(let operation, let x): return function(operation, x)
    case .binary(let operation, let x, let y): return other(operation, [x, y])
    case .variadic(let operation, let xs): return other(operation, xs)
    }
  }

  private func constant(_ constant: Double) -> UInt64? {
    let size: UInt64? =
      switch constant.magnitude {
      case .pi: random(.constant, 1)
      case 2 * .pi: product(2, random(.constant, 1))
      case 2.718281828459045: exponential(of: 1, .one)
      default: field.residue(constant.magnitude)
      }
    return constant < 0 ? size.map { field.opposite($0) } : size
  }

  private mutating func function(_ operation: Operation, _ x: NodeIndex) -> UInt64? {
    guard let value = value(x) else { return nil }
    switch operation {
    case .exp: return exponential(x)
    case .ln: return isPositive(x) == true ? logarithm(x) : nil
    case .sin: return circle(x)?.sine
    case .cos: return circle(x)?.cosine
    case .abs, .sign:
      signs.insert(size(value))
      guard let isPositive = isPositive(x) else { return value == 0 ? 0 : nil }
      if operation == .sign { return isPositive ? 1 : field.opposite(1) }
      return isPositive ? value : field.opposite(value)
    case .cbrt: return field.oddRoot(value, order: 3)
    case .not: return value == 0 ? 1 : 0
    case .asin, .atan, .erf, .erfinv:
      let result = random(.function, UInt64(operation.rawValue), size(value))
      return value == size(value) ? result : field.opposite(result)
    default: return random(.function, UInt64(operation.rawValue), value)
    }
  }

  private func other(_ operation: Operation, _ xs: [NodeIndex]) -> UInt64? {
    if operation == .select {
      return value(xs[0]).flatMap { value($0 == 0 ? xs[2] : xs[1]) }
    }
    var arguments: [UInt64] = []
    for x in xs {
      guard let value = value(x) else { return nil }
      arguments.append(value)
    }
    switch operation {
    case .equal: return arguments[0] == arguments[1] ? 1 : 0
    case .notEqual: return arguments[0] == arguments[1] ? 0 : 1
    case .and: return arguments.contains(0) ? 0 : 1
    case .or: return arguments.allSatisfy { $0 == 0 } ? 0 : 1
    default:
      return arguments.reduce(random(.function, UInt64(operation.rawValue))) {
        random(.function, $0, $1)
      }
    }
  }

  /// nil for 0. A number, or what is never negative, must have its real sign; otherwise the model
  /// is impossible.
  private mutating func isPositive(_ node: NodeIndex) -> Bool? {
    guard let value = value(node), value != 0 else { return nil }
    let isPositive = field.isPositive(value)
    let real = reals[Int(node)]
    if real.isNaN ? graph.facts(node).isNonnegative && !isPositive : (real > 0) != isPositive {
      isImpossible = true
    }
    return isPositive
  }

  // MARK: Exponentials and powers

  /// e to a multiple of the exponent that has this value.
  private func exponential(of body: UInt64, _ coefficient: Rational) -> UInt64? {
    raised(random(.exponential, body), coefficient)
  }

  /// A positive number to a fractional power: `generator` stands for its root of order `scale`, so
  /// the power is a whole one.
  private func raised(_ generator: UInt64, _ exponent: Rational) -> UInt64? {
    guard let power = scaled(exponent) else { return nil }
    return field.power(field.product(generator, generator), power)
  }

  /// scale times the exponent, a whole number.
  private func scaled(_ exponent: Rational) -> Int? {
    guard exponent.isExact, scale.isMultiple(of: exponent.denominator) else { return nil }
    let (power, overflows) = exponent.numerator.multipliedReportingOverflow(
      by: scale / exponent.denominator)
    return overflows || power == .min ? nil : power
  }

  /// e^(a + b) = e^a e^b, e^(y ln x) = x^y.
  private mutating func exponential(_ exponent: NodeIndex) -> UInt64? {
    var result: UInt64? = 1
    for term in graph.terms(exponent) {
      let (coefficient, body) = graph.coefficientAndBody(term)
      let factor: UInt64?
      if let body, let (base, rest) = logarithmicFactor(body) {
        factor =
          rest.isEmpty
          ? numericPower(base, coefficient)
          : symbolicPower(base, restValue(rest), coefficient)
      } else {
        let known = body.map { value($0) } ?? 1
        factor = known.flatMap { exponential(of: $0, coefficient) }
      }
      result = product(result, factor)
    }
    return result
  }

  /// The argument of a logarithm among the factors, and the other factors.
  private func logarithmicFactor(_ body: NodeIndex) -> (base: NodeIndex, rest: [Factor])? {
    var factors = graph.factors(body)
    for (index, factor) in factors.enumerated() where factor.exponent == .one {
      guard case .unary(.ln, let base) = graph[factor.base] else { continue }
      factors.remove(at: index)
      return (base, factors)
    }
    return nil
  }

  private func restValue(_ factors: [Factor]) -> UInt64? {
    factors.reduce(UInt64?.some(1)) { result, factor in
      guard factor.exponent.isWhole, let value = value(factor.base) else { return nil }
      return product(result, field.power(value, factor.exponent.numerator))
    }
  }

  private mutating func power(_ base: NodeIndex, _ exponent: NodeIndex) -> UInt64? {
    if let number = graph.exactNumber(exponent) { return numericPower(base, number) }
    if case .constant(2.718281828459045) = graph[base] { return exponential(exponent) }
    var result: UInt64? = 1
    for term in graph.terms(exponent) {
      let (coefficient, body) = graph.coefficientAndBody(term)
      let factor =
        body.map { symbolicPower(base, value($0), coefficient) }
        ?? numericPower(base, coefficient)
      result = product(result, factor)
    }
    return result
  }

  private mutating func numericPower(_ base: NodeIndex, _ exponent: Rational) -> UInt64? {
    guard exponent.isExact, let value = value(base) else { return nil }
    if exponent.isWhole { return field.power(value, exponent.numerator) }
    if value == 0 { return exponent.isNegative ? nil : 0 }
    guard isPositive(base) == true else { return nil }
    return field.root(value, order: exponent.denominator).flatMap {
      field.power($0, exponent.numerator)
    }
  }

  /// base^(coefficient · exponent): a product's powers are those of its factors.
  private mutating func symbolicPower(
    _ base: NodeIndex, _ exponent: UInt64?, _ coefficient: Rational
  ) -> UInt64? {
    guard let exponent, isPositive(base) == true else { return nil }
    var result: UInt64? = 1
    for part in multiplicativeParts(base) {
      let total = Rational.exactProduct(part.exponent, coefficient)
      let factor = total.flatMap { raised(random(.power, part.size, exponent), $0) }
      result = product(result, factor)
    }
    return result
  }

  // MARK: Logarithms

  /// A factor of a number: its size and exponent.
  private typealias Part = (size: UInt64, exponent: Rational)

  /// The prime factors of the number in a product, and its factors.
  private func multiplicativeParts(_ node: NodeIndex) -> [Part] {
    let (coefficient, body) = graph.coefficientAndBody(node)
    return (body.map { graph.factors($0) } ?? []).reduce(into: numberParts(coefficient)) {
      result, factor in
      for part in parts(of: factor.base) {
        guard let exponent = Rational.exactProduct(part.exponent, factor.exponent) else { continue }
        result.append((part.size, exponent))
      }
    }
  }

  /// A number by its prime factors, a sum by the number that its terms have in common and the rest.
  private func parts(of base: NodeIndex) -> [Part] {
    if let number = graph.number(base) { return numberParts(number) }
    guard let value = value(base) else { return [] }
    guard graph.isSum(base), let content = graph.contentAndPrimitive(base)?.content.magnitude,
      let scale = field.residue(content).flatMap({ field.inverse($0) })
    else { return [(size(value), .one)] }
    return numberParts(content) + [(size(field.product(value, scale)), .one)]
  }

  private func numberParts(_ number: Rational) -> [Part] {
    guard number.isExact else {
      return field.residue(number).map { [(size($0), .one)] } ?? []
    }
    return Self.primes(of: number.numerator.magnitude).map { ($0, .one) }
      + Self.primes(of: number.denominator.magnitude).map { ($0, Rational(-1)) }
  }

  /// The prime factors below 1000, and what is left.
  private static func primes(of number: UInt) -> [UInt64] {
    var (rest, primes, divisor) = (number, [UInt64](), UInt(2))
    while divisor * divisor <= rest, divisor < 1000 {
      while rest.isMultiple(of: divisor), rest > 0 {
        primes.append(UInt64(divisor))
        rest /= divisor
      }
      divisor += 1
    }
    return rest > 1 ? primes + [UInt64(rest)] : primes
  }

  /// ln|x|: of a product the sum, of a power the multiple, of e^x the exponent.
  private func logarithm(_ node: NodeIndex) -> UInt64? {
    let (coefficient, body) = graph.coefficientAndBody(node)
    var sum = sum(of: numberParts(coefficient))
    for factor in body.map({ graph.factors($0) }) ?? [] {
      add(logarithm(base: factor.base), factor.exponent, to: &sum)
    }
    return sum
  }

  private func add(_ logarithm: UInt64?, _ exponent: Rational, to sum: inout UInt64?) {
    guard let known = sum, let term = product(logarithm, field.residue(exponent)) else {
      sum = nil
      return
    }
    sum = field.sum(known, term)
  }

  private func logarithm(base: NodeIndex) -> UInt64? {
    switch graph[base] {
    case .unary(.exp, let x): return value(x)
    case .constant(2.718281828459045): return 1
    case .unary(.abs, let x): return value(x).flatMap { logarithm(of: $0) }
    case .binary(.power, let x, let exponent):
      if case .constant(2.718281828459045) = graph[x] { return value(exponent) }
      return product(sum(of: multiplicativeParts(x)), value(exponent))
    default: return sum(of: parts(of: base))
    }
  }

  private func sum(of parts: [Part]) -> UInt64? {
    var sum: UInt64? = 0
    for part in parts { add(logarithm(of: part.size), part.exponent, to: &sum) }
    return sum
  }

  /// ln|x| of a number that is no product: ln|1/x| = -ln|x|.
  private func logarithm(of value: UInt64) -> UInt64? {
    guard let inverse = field.inverse(value) else { return nil }
    if size(value) == 1 { return 0 }
    let isInverse = size(inverse) < size(value)
    let result = random(.logarithm, isInverse ? size(inverse) : size(value))
    return isInverse ? field.opposite(result) : result
  }

  // MARK: Angles

  /// Cosine and sine of a node: the terms of a sum turn one after the other.
  private mutating func circle(_ angle: NodeIndex) -> Circle? {
    if let known = circles[angle] { return known }
    var result: Circle = (1, 0)
    for term in graph.terms(angle) {
      let (coefficient, body) = graph.coefficientAndBody(term)
      guard let turn = turn(coefficient, body) else { return nil }
      result = turned(result, turn)
    }
    circles[angle] = result
    return result
  }

  private func turned(_ x: Circle, _ y: Circle) -> Circle {
    (
      field.difference(field.product(x.cosine, y.cosine), field.product(x.sine, y.sine)),
      field.sum(field.product(x.cosine, y.sine), field.product(x.sine, y.cosine))
    )
  }

  private func power(_ x: Circle, _ exponent: Int) -> Circle {
    var (result, square, rest): (Circle, Circle, UInt) = ((1, 0), x, exponent.magnitude)
    if exponent < 0 { square.sine = field.opposite(square.sine) }
    while rest > 0 {
      if rest & 1 == 1 { result = turned(result, square) }
      square = turned(square, square)
      rest >>= 1
    }
    return result
  }

  private mutating func turn(_ coefficient: Rational, _ body: NodeIndex?) -> Circle? {
    if let body, coefficient.isWhole, let circle = inverse(body) {
      return power(circle, coefficient.numerator)
    }
    if let body, case .constant(.pi) = graph[body], coefficient.isExact,
      12.isMultiple(of: coefficient.denominator)
    {
      return twelfth.map {
        power(
          $0, coefficient.numerator % (2 * coefficient.denominator) * (12 / coefficient.denominator)
        )
      }
    }
    guard let known = body.map({ value($0) }) ?? 1, let exponent = scaled(coefficient) else {
      return nil
    }
    // (1 - t², 2 t)/(1 + t²)
    let t = random(.circle, size(known))
    let square = field.product(t, t)
    guard let inverse = field.inverse(field.sum(1, square)) else { return nil }
    let circle: Circle = (
      field.product(field.difference(1, square), inverse),
      field.product(field.sum(t, t), inverse)
    )
    return power(circle, known == size(known) ? exponent : -exponent)
  }

  /// The angle π/12 = π/3 - π/4.
  private var twelfth: Circle? {
    guard let half = field.inverse(2), let two = field.root(2, order: 2),
      let three = field.root(3, order: 2)
    else { return nil }
    let third: Circle = (half, field.product(three, half))
    let side = field.product(two, half)
    return turned(third, (side, field.opposite(side)))
  }

  /// The angle that an inverse function gives.
  private mutating func inverse(_ body: NodeIndex) -> Circle? {
    guard case .unary(let operation, let x) = graph[body], let value = value(x) else { return nil }
    let square = field.product(value, value)
    // The other side of a right triangle whose hypotenuse is 1, or its hypotenuse.
    let rest = operation == .asin ? field.difference(1, square) : field.sum(1, square)
    guard operation == .asin || operation == .atan else { return nil }
    guard field.isPositive(rest), let root = field.root(rest, order: 2) else {
      isImpossible = true
      return nil
    }
    if operation == .asin { return (root, value) }
    return field.inverse(root).map { ($0, field.product(value, $0)) }
  }
}
