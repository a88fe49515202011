// Truncated Taylor series: the higher derivatives that the theory of difference quotients speaks
// of.

/// c₀ + c₁ t + … + cₙ tⁿ, or a constant, whose further coefficients are all 0.
struct Taylor: Scalar {
  private let coefficients: [Double]

  init(_ coefficients: [Double]) { self.coefficients = coefficients }
  init(integerLiteral value: Double.IntegerLiteralType) { self.init([Double(value)]) }
  init(floatLiteral value: Double) { self.init([value]) }

  /// value + slope · t, to the order n.
  static func line(_ value: Double, slope: Double, order: Int) -> Taylor {
    slope == 0 || order == 0
      ? Taylor([value])
      : Taylor([value, slope] + Array(repeating: 0, count: order - 1))
  }

  /// cₖ
  subscript(_ k: Int) -> Double { k < coefficients.count ? coefficients[k] : 0 }

  private var isConstant: Bool { coefficients.count == 1 }
  private var order: Int { coefficients.count - 1 }
  private var shortened: Taylor { isConstant ? self : Taylor(coefficients.dropLast()) }

  func constant(_ value: Double) -> Taylor { Taylor([value]) }
  var number: Double? { coefficients[0] }
  var isZero: Bool { coefficients.allSatisfy { $0 == 0 } }
  var isNaN: Bool { coefficients.contains { $0.isNaN } }
  var isOrdinary: Bool { coefficients.allSatisfy(\.isOrdinary) }

  // y' = Σ ∂y/∂xₖ xₖ', with the partials as series of one order less: the coefficients of y follow
  // from those of its derivative. Sums and products, which that is made of, are written out.

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Taylor) -> Taylor {
    let value = Rule.value(x[0])
    if x.isConstant { return Taylor([value]) }
    if Rule.self == Negation.self { return Taylor(x.coefficients.map { -$0 }) }
    let lower = x.shortened
    return integral(value, [(Rule.partial(lower, apply(rule, lower)), x)])
  }

  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Taylor, _ y: Taylor) -> Taylor {
    if let result = arithmetic(rule, x, y) { return result }
    let value = Rule.value(x[0], y[0])
    if x.isConstant, y.isConstant { return Taylor([value]) }
    let (a, b) = (x.shortened, y.shortened)
    let lower = apply(rule, a, b)
    var parts: [(Taylor, Taylor)] = []
    if !x.isConstant { parts.append((Rule.partialX(a, b, lower), x)) }
    if !y.isConstant { parts.append((Rule.partialY(a, b, lower), y)) }
    return integral(value, parts)
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Taylor]) -> Taylor {
    let value = Rule.value(xs.map { $0[0] })
    if xs.allSatisfy(\.isConstant) { return Taylor([value]) }
    let lower = xs.map(\.shortened)
    let partials = Rule.partials(lower, apply(rule, lower))
    return integral(value, Array(zip(partials, xs)).filter { !$0.1.isConstant })
  }

  /// value + ∫ Σ slope · x'
  private static func integral(_ value: Double, _ parts: [(slope: Taylor, x: Taylor)]) -> Taylor {
    let order = parts.map(\.x.order).min() ?? 0
    var coefficients = [value]
    for k in 1...Swift.max(order, 1) {
      var sum = 0.0
      for (slope, x) in parts {
        for j in 1...k { sum += slope[k - j] * Double(j) * x[j] }
      }
      coefficients.append(sum / Double(k))
    }
    return Taylor(coefficients)
  }

  private static func arithmetic<Rule: BinaryRule>(
    _ rule: Rule.Type, _ x: Taylor, _ y: Taylor
  ) -> Taylor? {
    let order =
      x.isConstant ? y.order : y.isConstant ? x.order : Swift.min(x.order, y.order)
    if Rule.self == Addition.self { return Taylor((0...order).map { x[$0] + y[$0] }) }
    if Rule.self == Subtraction.self { return Taylor((0...order).map { x[$0] - y[$0] }) }
    if Rule.self == Multiplication.self {
      return Taylor((0...order).map { k in (0...k).reduce(0) { $0 + x[$1] * y[k - $1] } })
    }
    if Rule.self == Division.self {
      var quotient: [Double] = []
      for k in 0...order {
        let known = quotient.indices.reduce(x[k]) { $0 - quotient[$1] * y[k - $1] }
        quotient.append(known / y[0])
      }
      return Taylor(quotient)
    }
    return nil
  }
}

extension Tape {
  /// The coefficients of f(x + t d) in t up to an order: f, f', f''/2, …
  func taylorCoefficients(at point: [Double], along direction: [Double], order: Int) -> [Double] {
    let lines = zip(point, direction).map { Taylor.line($0, slope: $1, order: order) }
    let series = values(at: lines)[output]
    return (0...order).map { series[$0] }
  }
}
