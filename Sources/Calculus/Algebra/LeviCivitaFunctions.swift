// How rules run on numbers of the Levi-Civita field: choices by leading terms, the rest by Taylor
// series.

extension LeviCivita {
  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita {
    if x.isUnknown { return x }
    if let value = x.plain { return finite(Rule.value(value)) }
    let value =
      special(rule, x) ?? (x.order < 0 || x.limit <= 0 ? atInfinity(rule, x) : nil)
      ?? regular(rule, x)
    if value.isUnknown, x.order >= 0, x.limit > 0, Rule.value(x[0]).isNaN { return .outside }
    return value.roughened(x.isRough)
  }

  /// A double as a series: an infinite one is unknown, and NaN is outside of the domain.
  private static func finite(_ value: Double) -> LeviCivita {
    value.isFinite ? LeviCivita(value) : value.isNaN ? .outside : .unknown
  }

  /// Functions at arguments where they are not analytic; nil for any other rule or argument.
  private static func special<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita? {
    switch Rule.self {
    case is Negation.Type: x.mapped(shift: 0) { -$0 }
    case is AbsoluteValue.Type:
      // Where the sign is not known, |x| and relu(x) have the same bound as x.
      x.sign.map { sign in x.mapped(shift: 0) { sign * $0 } } ?? x
    case is Relu.Type: x.sign.map { $0 > 0 ? x : 0 } ?? x
    case is SquareRoot.Type where x[0] == 0 || x.order < 0: x.power(0.5)
    case is CubeRoot.Type where x[0] == 0 || x.order < 0: cubeRoot(x)
    case is Sinc.Type where x.order < 0: apply(Sine.self, x) / x
    case is Sinc.Type where x[0] == 0 && x.limit > 0: sineQuotient(x)
    case is NaturalLogarithm.Type where x.order != 0: logarithm(x)
    case is Logarithm2.Type where x.order != 0: logarithm(x).mapped(shift: 0) { $0 / Libm.log(2) }
    case is Logarithm10.Type where x.order != 0:
      logarithm(x).mapped(shift: 0) { $0 / Libm.log(10) }
    case is Logarithm1Plus.Type where x[0] == -1 || x.order < 0: logarithm(sum(x, 1))
    default: atBranchPoint(rule, x) ?? atPole(rule, x)
    }
  }

  private static func regular<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita {
    if let flat = rule as? any FlatUnaryOperation.Type { return step(flat, x) }
    if let operation = rule as? any UnaryOperation.Type, operation.kink(x[0]) != nil {
      return .unknown
    }
    return composed(rule, x)
  }

  // MARK: Logarithms, and what lies at infinity

  /// ln(c t^q (1 + u)) = ln c - q L + ln(1 + u); for a logarithm of L itself only a bound.
  private static func logarithm(_ x: LeviCivita) -> LeviCivita {
    guard let sign = x.sign else { return x.isOutside ? .outside : .unknown }
    guard sign > 0, let lead = x.terms.first else { return .outside }
    // Exponents of powers of t are multiples of 100 units; any other has a power of L in it.
    guard lead.exponent % 100 == 0 else {
      return lead.exponent.magnitude < 50 * logarithm
        ? LeviCivita([], limit: -1) : .unknown
    }
    let power = Double(lead.exponent) / Double(unit)
    let rest = apply(NaturalLogarithm.self, x.mapped(shift: -lead.exponent) { $0 })
    return sum(LeviCivita([Term(exponent: -logarithm, coefficient: -power)], limit: exact), rest)
  }

  /// exp(a L + r) = t^-a exp(r); what falls faster than every power of t is smaller than the range.
  private static func exponential(_ x: LeviCivita) -> LeviCivita? {
    guard let lead = x.terms.first, x.order < 0 else { return nil }
    if lead.exponent < -logarithm {
      return lead.coefficient < 0 ? LeviCivita([], limit: range) : nil
    }
    guard lead.exponent == -logarithm else { return nil }
    let order = -lead.coefficient * Double(unit)
    guard order.magnitude < 0x1p39 else { return nil }
    guard order == order.rounded() else {
      // t^-a is no whole number of units: only a bound is known.
      return LeviCivita([], limit: Int(order.rounded(.down)))
    }
    let rest = LeviCivita(Array(x.terms.dropFirst()), limit: x.limit)
    return apply(Exponential.self, rest).mapped(shift: Int(order)) { $0 }
  }

  /// The value where the argument is infinite, or where only a bound of it is known; nil where
  /// nothing can be said.
  private static func atInfinity<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita?
  {
    switch Rule.self {
    case is Sine.Type, is Cosine.Type: return .bounded
    case is Exponential.Type: return exponential(x)
    default: break
    }
    guard let sign = x.sign, x.order < 0 else {
      let isBounded = Rule.self is HyperbolicTangent.Type || Rule.self is ArcTangent.Type
      return isBounded ? .bounded : nil
    }
    switch Rule.self {
    case is ArcTangent.Type:
      return sum(LeviCivita(sign * .pi / 2), apply(rule, 1 / x), sign: -1)
    case is HyperbolicTangent.Type, is ErrorFunction.Type: return level(sign, x)
    case is Sigmoid.Type, is NormalDistribution.Type: return level(sign > 0 ? 1 : 0, x)
    case is ErrorFunctionComplement.Type: return level(1 - sign, x)
    case is AreaSine.Type, is AreaCosine.Type: return areaAtInfinity(rule, x)
    case is NormalDensity.Type, is HyperbolicSecant.Type: return level(0, x)
    case is Softplus.Type: return sum(level(0, x), sign > 0 ? x : 0)
    default: return nil
    }
  }

  /// A function that approaches its limit exponentially, as tanh does, at an infinite argument: the
  /// limit to all orders where the argument grows like a power of t, unknown where it grows like L.
  private static func level(_ value: Double, _ x: LeviCivita) -> LeviCivita {
    guard x.order < -logarithm else { return .unknown }
    return LeviCivita([Term(exponent: 0, coefficient: value)], limit: range)
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
    if x.isUnknown || y.isUnknown { return .unknown(of: [x, y]) }
    if let comparison = rule as? any Comparison.Type {
      guard let sign = sum(x, y, sign: -1).sign else { return .unknown }
      return LeviCivita(comparison.relation.holds(sign, 0) ? 1 : 0)
    }
    if let first = x.plain, let second = y.plain { return finite(Rule.value(first, second)) }
    if let value = special(rule, x, y) { return value }
    if let operation = rule as? any BinaryOperation.Type, operation.kink(x[0], y[0]) != nil {
      return .unknown
    }
    let value = regular([x, y]) { Taylor.apply(rule, $0[0], $0[1]) }
    let isNear = min(x.order, y.order) >= 0 && min(x.limit, y.limit) > 0
    if value.isUnknown, isNear, Rule.value(x[0], y[0]).isNaN { return .outside }
    return value.roughened(x.isRough || y.isRough)
  }

  /// Functions of two arguments where they are not analytic or their Taylor series would end too
  /// soon; nil for any other rule or arguments.
  private static func special<Rule: BinaryRule>(
    _ rule: Rule.Type, _ x: LeviCivita, _ y: LeviCivita
  ) -> LeviCivita? {
    let isFine = hasFineExponents([x, y])
    switch Rule.self {
    case is Power.Type where x.isZero:
      // 0^0 is 1, also where base and exponent are 0 on the whole side.
      let power: LeviCivita? = y.sign.flatMap { $0 < 0 ? nil : $0 == 0 ? 1 : 0 }
      return power ?? .unknown
    case is Power.Type
    where x[0] < 0 && x.order == 0 && y.isWholeAsFarAsKnown
      && SpecialFunction.power(x[0], y[0]).isNormal:
      let power = x.power(y[0])
      return LeviCivita(power.terms, limit: min(power.limit, y.limit))
    case is Power.Type where x[0] == 0 || x.order < 0:
      return y.plain.map { x.power($0) } ?? power(x, y)
    case is XLogY.Type where y.order != 0: return product(x, logarithm(y))
    case is Hypotenuse.Type
    where x[0] == 0 && y[0] == 0 || min(x.order, y.order) < 0 || isFine:
      return sum(product(x, x), product(y, y)).power(0.5)
    case is Remainder.Type: return remainder(x, y)
    case is ArcTangent2.Type
    where ArcTangent2.kink(x[0], y[0]) != nil || min(x.order, y.order) < 0 || isFine:
      return angle(x, y)
    case is Power.Type where isFine && x[0] > 0:
      return y.plain.map { x.power($0) }
        ?? apply(Exponential.self, product(y, apply(NaturalLogarithm.self, x)))
    case is LogarithmToBase.Type where x.order != 0 || y.order != 0 || y[0] == 1:
      return apply(NaturalLogarithm.self, x) / apply(NaturalLogarithm.self, y)
    default: return nil
    }
  }

  /// x^y = exp(y ln x) where both move.
  private static func power(_ x: LeviCivita, _ y: LeviCivita) -> LeviCivita {
    if x.sign == -1, y.isWholeAsFarAsKnown { return .unknown }
    return apply(Exponential.self, product(y, logarithm(x)))
  }

  /// sin(x)/x for a small x: Σ (-1)ᵏ x²ᵏ/(2k + 1)!
  private static func sineQuotient(_ x: LeviCivita) -> LeviCivita {
    let square = product(x, x)
    let last = 8
    var value: LeviCivita = 1
    for k in (1...last).reversed() {
      let part = product(square, value).mapped(shift: 0) { $0 / Double(2 * k * (2 * k + 1)) }
      value = sum(1, part, sign: -1)
    }
    return LeviCivita(value.terms, limit: min(value.limit, 2 * (last + 1) * x.order))
      .roughened(x.isRough)
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [LeviCivita]) -> LeviCivita {
    switch Rule.self {
    case is Conditional.Type:
      return xs[0].truth.isNaN ? .unknown(of: [xs[0]]) : xs[0].truth != 0 ? xs[1] : xs[2]
    case is Maximum.Type: return extreme(xs, wins: 1)
    case is Minimum.Type: return extreme(xs, wins: -1)
    case is Clamp.Type:
      guard let width = sum(xs[2], xs[1], sign: -1).sign, width >= 0 else { return .unknown }
      return extreme([extreme([xs[0], xs[1]], wins: 1), xs[2]], wins: -1)
    default: break
    }
    if xs.contains(where: \.isUnknown) { return .unknown(of: xs) }
    let plain = xs.compactMap(\.plain)
    if plain.count == xs.count { return finite(Rule.value(plain)) }
    if let operation = rule as? any VariadicOperation.Type, operation.kink(xs.map { $0[0] }) != nil
    {
      return .unknown
    }
    return regular(xs) { Taylor.apply(rule, $0) }.roughened(xs.contains(where: \.isRough))
  }

  /// Whether the exponents have so small a common divisor, as those with powers of L do, that a
  /// Taylor series in that power of t would end too soon.
  private static func hasFineExponents(_ xs: [LeviCivita]) -> Bool {
    let unit = xs.flatMap { $0.terms.map(\.exponent) }.reduce(0, divisor)
    return unit > 0 && (order + 1) * unit <= 2 * Self.unit
  }

  /// Whether all that is known of it is a whole number: with any further term, a power of a
  /// negative base would not be defined on this side.
  private var isWholeAsFarAsKnown: Bool {
    limit > Self.unit && self[0] == self[0].rounded() && terms.allSatisfy { $0.exponent == 0 }
  }

  /// 1 where it is not 0, 0 where it is; NaN where that is not known.
  private var truth: Double { sign.map(\.magnitude) ?? .nan }

  private static func cubeRoot(_ x: LeviCivita) -> LeviCivita {
    guard let sign = x.sign, x.order % 3 == 0 else { return .unknown }
    let order = x.order / 3
    // 1/3 is no double, so the order is divided by 3 apart from the root.
    let shifted = x.mapped(shift: -x.order) { sign * $0 }
    return apply(CubeRoot.self, shifted).mapped(shift: order) { sign * $0 }
  }

  private static func step(_ operation: any FlatUnaryOperation.Type, _ x: LeviCivita) -> LeviCivita
  {
    if x.order < 0 {
      switch operation.operation {
      case .sign, .step: return LeviCivita(operation.value(x.sign ?? .nan))
      case .floor, .ceil, .round, .trunc: return sum(x, .bounded)
      default: return .unknown
      }
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
      if difference.isUnknown { return difference }
      if let sign = difference.sign {
        if sign == wins { best = x }
      } else {
        // They agree in all terms that are known.
        best = LeviCivita(best.terms, limit: min(best.limit, x.limit))
          .roughened(x.isRough || best.isRough)
      }
    }
    return best
  }

  /// A coefficient of a special function costs 3 times as much as the one before, or more.
  private static let order = 5

  /// An analytic function of several arguments at a finite point: its Taylor series in the power of
  /// t that all exponents are multiples of.
  private static func regular(_ xs: [LeviCivita], _ body: ([Taylor]) -> Taylor) -> LeviCivita {
    let exponents = xs.flatMap { $0.terms.map(\.exponent) }
    guard xs.allSatisfy({ $0.order >= 0 && $0.limit > 0 }) else { return .unknown }
    let unit = exponents.reduce(0, divisor)
    guard unit > 0 else {
      // Without an expansion, only the values are known.
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
