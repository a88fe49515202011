// How rules run on numbers of the Levi-Civita field: choices by leading terms, the rest by Taylor series.

extension LeviCivita {
  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita {
    if x.isUnknown { return .unknown }
    if let value = x.plain { return LeviCivita(Rule.value(value)) }
    switch Rule.self {
    case is Negation.Type: return x.mapped(shift: 0) { -$0 }
    case is AbsoluteValue.Type:
      return x.sign.map { sign in x.mapped(shift: 0) { sign * $0 } } ?? .unknown
    case is Relu.Type: return x.sign.map { $0 > 0 ? x : 0 } ?? .unknown
    case is SquareRoot.Type where x[0] == 0 || x.order < 0: return x.power(0.5)
    case is CubeRoot.Type where x[0] == 0 || x.order < 0: return cubeRoot(x)
    case is Sinc.Type where x[0] == 0: return apply(Sine.self, x) / x
    case is Exponential.Type where x.order < 0 && x.sign == -1:
      return LeviCivita([], limit: range)
    case is NaturalLogarithm.Type where x.order != 0 && x.sign == 1,
      is Logarithm2.Type where x.order != 0 && x.sign == 1,
      is Logarithm10.Type where x.order != 0 && x.sign == 1:
      return .belowEveryPower
    default: break
    }
    if let flat = rule as? any FlatUnaryOperation.Type { return step(flat, x) }
    if let operation = rule as? any UnaryOperation.Type, operation.kink(x[0]) != nil {
      return .unknown
    }
    return composed(rule, x)
  }

  /// The Taylor series of an analytic function at the finite part of its argument, in what is
  /// infinitesimal in it.
  private static func composed<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita {
    guard x.order >= 0, x.limit > 0 else { return .unknown }
    let line = Taylor.line(x[0], slope: 1, order: order)
    let series = Taylor.apply(rule, line)
    let step = sum(x, LeviCivita(x[0]), sign: -1)
    var value = LeviCivita(series[order])
    for k in (0..<order).reversed() { value = sum(product(value, step), LeviCivita(series[k])) }
    guard !value.isUnknown else { return .unknown }
    return LeviCivita(value.terms, limit: min(value.limit, (order + 1) * step.order))
  }

  static func apply<Rule: BinaryRule>(
    _ rule: Rule.Type, _ x: LeviCivita, _ y: LeviCivita
  ) -> LeviCivita {
    switch Rule.self {
    case is Addition.Type: return sum(x, y)
    case is Subtraction.Type: return sum(x, y, sign: -1)
    case is Multiplication.Type: return product(x, y)
    case is Division.Type: return quotient(x, y)
    case is Conjunction.Type: return LeviCivita(Conjunction.value(x.truth, y.truth))
    case is Disjunction.Type: return LeviCivita(Disjunction.value(x.truth, y.truth))
    default: break
    }
    if x.isUnknown || y.isUnknown { return .unknown }
    if let comparison = rule as? any Comparison.Type {
      guard let sign = sum(x, y, sign: -1).sign else { return .unknown }
      return LeviCivita(comparison.relation.holds(sign, 0) ? 1 : 0)
    }
    if let first = x.plain, let second = y.plain { return LeviCivita(Rule.value(first, second)) }
    switch Rule.self {
    case is Power.Type where x.isZero && y[0] > 0: return 0
    case is Power.Type where x[0] < 0 && x.order == 0 && y.isWholeAsFarAsKnown:
      let power = x.power(y[0])
      return LeviCivita(power.terms, limit: min(power.limit, y.limit))
    case is Power.Type where x[0] == 0 || x.order < 0:
      return y.plain.map { x.power($0) } ?? .unknown
    case is Hypotenuse.Type where x[0] == 0 && y[0] == 0 || min(x.order, y.order) < 0:
      return sum(product(x, x), product(y, y)).power(0.5)
    case is Remainder.Type: return remainder(x, y)
    default: break
    }
    if let operation = rule as? any BinaryOperation.Type, operation.kink(x[0], y[0]) != nil {
      return .unknown
    }
    return regular([x, y]) { Taylor.apply(rule, $0[0], $0[1]) }
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [LeviCivita]) -> LeviCivita {
    switch Rule.self {
    case is Conditional.Type:
      return xs[0].truth.isNaN ? .unknown : xs[0].truth != 0 ? xs[1] : xs[2]
    case is Maximum.Type: return extreme(xs, wins: 1)
    case is Minimum.Type: return extreme(xs, wins: -1)
    case is Clamp.Type:
      guard let width = sum(xs[2], xs[1], sign: -1).sign, width >= 0 else { return .unknown }
      return extreme([extreme([xs[0], xs[1]], wins: 1), xs[2]], wins: -1)
    default: break
    }
    if xs.contains(where: \.isUnknown) { return .unknown }
    let plain = xs.compactMap(\.plain)
    if plain.count == xs.count { return LeviCivita(Rule.value(plain)) }
    if let operation = rule as? any VariadicOperation.Type, operation.kink(xs.map { $0[0] }) != nil
    {
      return .unknown
    }
    return regular(xs) { Taylor.apply(rule, $0) }
  }

  /// Whether no term but a whole number is known: what else an exponent could be has no power of a
  /// negative base on either side.
  private var isWholeAsFarAsKnown: Bool {
    limit > Self.unit && self[0] == self[0].rounded() && terms.allSatisfy { $0.exponent == 0 }
  }

  /// 1 where it is not 0, 0 where it is; NaN where that is not known.
  private var truth: Double { sign.map(\.magnitude) ?? .nan }

  private static func cubeRoot(_ x: LeviCivita) -> LeviCivita {
    guard let sign = x.sign, x.order % 3 == 0 else { return .unknown }
    let order = x.order / 3
    // An exponent of a third is no double: the order is taken apart from the root.
    let shifted = x.mapped(shift: -x.order) { sign * $0 }
    return apply(CubeRoot.self, shifted).mapped(shift: order) { sign * $0 }
  }

  private static func step(_ operation: any FlatUnaryOperation.Type, _ x: LeviCivita) -> LeviCivita
  {
    if x.order < 0 {
      let isSign = operation.operation == .sign || operation.operation == .step
      return isSign ? LeviCivita(operation.value(x.sign ?? .nan)) : .unknown
    }
    guard x.limit > 0, let sign = sum(x, LeviCivita(x[0]), sign: -1).sign else { return .unknown }
    return LeviCivita(operation.limit(x[0], toward: sign))
  }

  /// x - q y, with the whole quotient q on this side.
  private static func remainder(_ x: LeviCivita, _ y: LeviCivita) -> LeviCivita {
    guard x.order >= 0, y[0] != 0, y.order >= 0 else { return .unknown }
    let quotient = SpecialFunction.floorQuotient(x[0], y[0])
    let rest = sum(x, product(LeviCivita(quotient), y), sign: -1)
    guard Remainder.value(x[0], y[0]) == 0 else { return rest }
    guard let sign = rest.sign, let divisor = y.sign else { return .unknown }
    return sign * divisor < 0 ? sum(rest, y) : rest
  }

  private static func extreme(_ xs: [LeviCivita], wins: Double) -> LeviCivita {
    var best = xs[0]
    for x in xs.dropFirst() {
      let difference = sum(x, best, sign: -1)
      if difference.isUnknown { return .unknown }
      if let sign = difference.sign {
        if sign == wins { best = x }
      } else {
        // They agree as far as they are known.
        best = LeviCivita(best.terms, limit: min(best.limit, x.limit))
      }
    }
    return best
  }

  /// The price of a coefficient of a special function grows with its order by a factor of 3 or more.
  private static let order = 5

  /// An analytic function of several arguments at a finite point: its Taylor series in the power of t
  /// that all exponents are multiples of.
  private static func regular(_ xs: [LeviCivita], _ body: ([Taylor]) -> Taylor) -> LeviCivita {
    let exponents = xs.flatMap { $0.terms.map(\.exponent) }
    guard xs.allSatisfy({ $0.order >= 0 && $0.limit > 0 }) else { return .unknown }
    let unit = exponents.reduce(0, divisor)
    guard unit > 0 else {
      // Values alone are known.
      let value = body(xs.map { Taylor([$0[0]]) })[0]
      return LeviCivita(
        [Term(exponent: 0, coefficient: value)], limit: xs.map(\.limit).min() ?? exact)
    }
    let series = body(
      xs.map { x in
        x.plain.map { Taylor([$0]) } ?? Taylor((0...order).map { x[$0 * unit] })
      })
    let limit = min((order + 1) * unit, xs.map(\.limit).min() ?? exact)
    let terms = (0...order).map { Term(exponent: $0 * unit, coefficient: series[$0]) }
    return terms.allSatisfy(\.coefficient.isFinite) ? LeviCivita(terms, limit: limit) : .unknown
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
