// Series of functions at their branch points and poles, by identities with functions that are
// regular there.

extension LeviCivita {
  /// Inverse functions at points where their slope or they themselves are infinite; nil for any
  /// other rule or argument.
  static func atBranchPoint<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita? {
    switch (Rule.self, x[0]) {
    case (is ArcCosine.Type, 1), (is ArcCosine.Type, -1): arcCosine(x)
    case (is ArcSine.Type, 1), (is ArcSine.Type, -1):
      sum(LeviCivita(.pi / 2), arcCosine(x), sign: -1)
    case (is ArcSecant.Type, 1), (is ArcSecant.Type, -1): arcCosine(1 / x)
    case (is ArcCosecant.Type, 1), (is ArcCosecant.Type, -1):
      sum(LeviCivita(.pi / 2), arcCosine(1 / x), sign: -1)
    case (is AreaCosine.Type, 1): areaCosine(x)
    case (is AreaSecant.Type, 1): areaCosine(1 / x)
    case (is AreaSecant.Type, 0): apply(NaturalLogarithm.self, (1 + root(1 - x * x)) / x)
    case (is AreaCosecant.Type, 0): apply(AreaSine.self, 1 / x)
    case (is AreaTangent.Type, 1), (is AreaTangent.Type, -1): halfLogarithm(1 + x, 1 - x)
    case (is AreaCotangent.Type, 1): halfLogarithm(x + 1, x - 1)
    case (is AreaCotangent.Type, -1): halfLogarithm(-x - 1, 1 - x)
    case (is Logit.Type, 0), (is Logit.Type, 1):
      apply(NaturalLogarithm.self, x) - apply(NaturalLogarithm.self, 1 - x)
    default: nil
    }
  }

  /// Quotients whose divisor vanishes, and the gamma function and its logarithmic derivatives at
  /// their poles; nil for any other rule or argument.
  static func atPole<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita? {
    switch Rule.self {
    case is Cotangent.Type where x[0] == 0: apply(Cosine.self, x) / apply(Sine.self, x)
    case is Cosecant.Type where x[0] == 0: 1 / apply(Sine.self, x)
    case is HyperbolicCotangent.Type where x[0] == 0:
      apply(HyperbolicCosine.self, x) / apply(HyperbolicSine.self, x)
    case is HyperbolicCosecant.Type where x[0] == 0: 1 / apply(HyperbolicSine.self, x)
    case is Factorial.Type where x[0] < 0: gammaAtPole(Gamma.self, x + 1)
    case is Gamma.Type, is LogGamma.Type, is Digamma.Type: gammaAtPole(rule, x)
    default: nil
    }
  }

  private static func root(_ x: LeviCivita) -> LeviCivita { apply(SquareRoot.self, x) }

  /// (ln x - ln y)/2
  private static func halfLogarithm(_ x: LeviCivita, _ y: LeviCivita) -> LeviCivita {
    (apply(NaturalLogarithm.self, x) - apply(NaturalLogarithm.self, y)) / 2
  }

  /// acos x = 2 asin √((1 - x)/2) beside 1, and π - acos(-x) beside -1.
  private static func arcCosine(_ x: LeviCivita) -> LeviCivita {
    if x[0] < 0 { return LeviCivita(.pi) - arcCosine(-x) }
    let half = (1 - x) / 2
    guard let sign = half.sign else { return .unknown }
    if sign < 0 { return .outside }
    return 2 * apply(ArcSine.self, root(half))
  }

  /// acosh x = 2 asinh √((x - 1)/2)
  private static func areaCosine(_ x: LeviCivita) -> LeviCivita {
    let half = (x - 1) / 2
    guard let sign = half.sign else { return .unknown }
    if sign < 0 { return .outside }
    return 2 * apply(AreaSine.self, root(half))
  }

  /// asinh x and acosh x at an infinite x: ±ln(|x| + √(x² ± 1)).
  static func areaAtInfinity<Rule: UnaryRule>(_ rule: Rule.Type, _ x: LeviCivita) -> LeviCivita {
    let isSine = Rule.self is AreaSine.Type
    guard let sign = x.sign else { return .unknown }
    if !isSine, sign < 0 { return .outside }
    let size = x.mapped(shift: 0) { sign * $0 }
    let logarithm = apply(NaturalLogarithm.self, size + root(x * x + (isSine ? 1 : -1)))
    return logarithm.mapped(shift: 0) { sign * $0 }
  }

  /// How far from 0 the poles are that are looked at.
  private static let lastPole = 20.0

  /// Γ(x) = Γ(x + n + 1) / (x (x + 1) … (x + n)) near -n, and what follows from it for ln |Γ| and
  /// ψ.
  private static func gammaAtPole<Rule: UnaryRule>(
    _ rule: Rule.Type, _ x: LeviCivita
  ) -> LeviCivita? {
    // Without a known value it cannot be said which pole is near.
    guard x.limit > 0, x[0] <= 0, x[0] == x[0].rounded(), x[0] >= -lastPole, x.order >= 0
    else { return nil }
    let factors = (0...Int(-x[0])).map { x + LeviCivita(Double($0)) }
    let start = apply(rule, x + LeviCivita(1 - x[0]))
    return factors.reduce(start) { value, factor in
      switch Rule.self {
      case is Gamma.Type: value / factor
      case is LogGamma.Type:
        value - apply(NaturalLogarithm.self, apply(AbsoluteValue.self, factor))
      default: value - 1 / factor
      }
    }
  }

  /// atan2(y, x) where both vanish, are infinite, or the angle is that of the negative x axis.
  static func angle(_ y: LeviCivita, _ x: LeviCivita) -> LeviCivita {
    if x.isZero, y.isZero { return 0 }
    if !x.isZero, y.isZero || x.order <= y.order {
      let angle = apply(ArcTangent.self, y / x)
      guard let sign = x.sign else { return .unknown }
      if sign > 0 { return angle }
      return y.sign.map { angle + LeviCivita($0 < 0 ? -.pi : .pi) } ?? .unknown
    }
    guard let sign = y.sign else { return .unknown }
    return LeviCivita(sign * .pi / 2) - apply(ArcTangent.self, x / y)
  }
}
