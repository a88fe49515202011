// Trigonometric and hyperbolic functions of one argument as products of powers, in the shortest of their forms.

/// sine and cosine with their quotients and reciprocals, circular or hyperbolic.
struct FunctionFamily {
  let sin, cos, tan, cot, sec, csc: Operation
  /// c in cosine² + c sine² = 1.
  let sign: Int

  static let all = [
    FunctionFamily(
      sin: .sin, cos: .cos, tan: .tan, cot: .cot, sec: .sec, csc: .csc,
      sign: 1),
    FunctionFamily(
      sin: .sinh, cos: .cosh, tan: .tanh, cot: .coth, sec: .sech,
      csc: .csch, sign: -1),
  ]

  /// The exponents that a function has in a product of powers of sine and cosine.
  func exponents(of operation: Operation) -> (sine: Int, cosine: Int)? {
    switch operation {
    case sin: (1, 0)
    case cos: (0, 1)
    case tan: (1, -1)
    case cot: (-1, 1)
    case sec: (0, -1)
    case csc: (-1, 0)
    default: nil
    }
  }

  /// The products that sine^p cosine^q can be written as.
  func spellings(_ p: Int, _ q: Int) -> [[(operation: Operation, exponent: Int)]] {
    let direct = [(sin, p), (cos, q)]
    let reciprocal = [
      p < 0 ? (csc, -p) : (sin, p), q < 0 ? (sec, -q) : (cos, q),
    ]
    let rest = p + q
    let cosines = rest < 0 ? (sec, -rest) : (cos, rest)
    let sines = rest < 0 ? (csc, -rest) : (sin, rest)
    var quotients: [[(Operation, Int)]] = []
    if p > 0 { quotients += [[(tan, p), cosines]] }
    if p < 0 { quotients += [[(cot, -p), cosines]] }
    if q > 0 { quotients += [[(cot, q), sines]] }
    if q < 0 { quotients += [[(tan, -q), sines]] }
    return ([direct, reciprocal] + quotients).map { $0.filter { $0.1 != 0 } }
  }
}

/// The powers of the functions of one argument in a product, as sine^p cosine^q.
struct FunctionPowers {
  let family: FunctionFamily
  let argument: NodeIndex
  var sineExponent = 0
  var cosineExponent = 0
}

extension Monomials {
  /// The largest exponent that is looked at.
  private static let exponentLimit = 64

  /// The powers of families of functions in a product, and the factors that are none.
  func functionPowers(_ monomial: Monomial) -> (powers: [FunctionPowers], others: [Factor]) {
    var powers: [FunctionPowers] = []
    var others: [Factor] = []
    for factor in monomial.factors {
      guard case .unary(let operation, let argument) = graph[factor.base],
        factor.exponent.isWhole, factor.exponent.magnitude < Rational(Self.exponentLimit),
        let (family, own) = Self.family(of: operation)
      else {
        others.append(factor)
        continue
      }
      let exponent = factor.exponent.numerator
      var index = powers.firstIndex {
        $0.argument == argument && $0.family.sin == family.sin
      }
      if index == nil {
        index = powers.count
        powers.append(FunctionPowers(family: family, argument: argument))
      }
      powers[index ?? 0].sineExponent += own.sine * exponent
      powers[index ?? 0].cosineExponent += own.cosine * exponent
    }
    return (powers, others)
  }

  private static func family(
    of operation: Operation
  ) -> (FunctionFamily, (sine: Int, cosine: Int))? {
    for family in FunctionFamily.all {
      if let exponents = family.exponents(of: operation) { return (family, exponents) }
    }
    return nil
  }

  /// The same product with powers of sine and cosine in place of their quotients and reciprocals.
  mutating func inSineAndCosine(_ monomial: Monomial) -> Monomial? {
    let (powers, others) = functionPowers(monomial)
    let factors = powers.flatMap { powers in
      self.factors(
        [(powers.family.sin, powers.sineExponent), (powers.family.cos, powers.cosineExponent)],
        of: powers.argument)
    }
    let result = product(Monomial(monomial.coefficient), others + factors)
    if let result {
      graph.note(.sineAndCosine, before: node(monomial), after: node(result))
    }
    return result
  }

  /// The shortest way to write a product with the functions in it, the given one if none is shorter.
  mutating func shortestSpelling(_ monomial: Monomial) -> NodeIndex {
    var best = node(monomial)
    let (powers, others) = functionPowers(monomial)
    guard !powers.isEmpty, powers.count <= 4 else { return best }
    let given = best
    var chosen = Monomial(monomial.coefficient)
    for factor in others where !chosen.multiply(factor, canFill: { _ in false }) { return best }
    for powers in powers {
      var shortest: Monomial?
      for (coefficient, factors) in spellings(powers) {
        guard let number = Rational.product(chosen.coefficient, coefficient) else { continue }
        var start = chosen
        start.coefficient = number
        guard let candidate = product(start, factors) else { continue }
        if shortest.map({ operations(candidate) < operations($0) }) ?? true { shortest = candidate }
      }
      guard let shortest else { return best }
      chosen = shortest
    }
    let other = node(chosen)
    let isDoubled = powers.contains { $0.sineExponent == $0.cosineExponent && $0.sineExponent != 0 }
    graph.note(isDoubled ? .doubleArgument : .spelling, before: given, after: other)
    if costs.cost(of: other).signed < costs.cost(of: best).signed { best = other }
    return best
  }

  private mutating func operations(_ monomial: Monomial) -> Int {
    costs.cost(of: node(monomial)).signed
  }

  private func spellings(_ powers: FunctionPowers) -> [(Rational, [Factor])] {
    var spellings = powers.family.spellings(powers.sineExponent, powers.cosineExponent).map {
      (Rational.one, factors($0, of: powers.argument))
    }
    // sin(u) cos(u) is sin(2u)/2, and 1/(sin(u) cos(u)) is 2 csc(2u).
    let exponent = powers.sineExponent
    if exponent == powers.cosineExponent, exponent != 0,
      let half = Rational.quotient(.one, Rational(2)), let coefficient = half.raised(to: exponent)
    {
      let double = graph.product(Rational(2), [powers.argument])
      let operation = exponent > 0 ? powers.family.sin : powers.family.csc
      spellings.append(
        (coefficient, factors([(operation, abs(exponent))], of: double)))
    }
    return spellings
  }

  private func factors(
    _ functions: [(operation: Operation, exponent: Int)], of argument: NodeIndex
  ) -> [Factor] {
    functions.filter { $0.exponent != 0 }.map {
      Factor(graph.normal($0.operation, [argument]), Rational($0.exponent))
    }
  }
}
