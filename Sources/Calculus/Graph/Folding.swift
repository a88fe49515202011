// What a term folds as it is made: neutral and absorbing elements, signs, quotients of quotients.

/// What the terms of a graph fold as they are made.
enum Folding: Sendable {
  /// What a derivation simplifies without showing a step: neutral and absorbing elements, signs,
  /// quotients.
  case trace
  /// Nothing but 0 and 1.
  case raw
}

extension Term {
  static func fold(_ operation: Operation, _ x: Term) -> Term? {
    if x.home?.folding == .raw { return nil }
    guard operation == .negate else { return nil }
    if let value = x.constantValue { return x.constant(-value) }
    return x.argument(of: .negate)
  }

  static func fold(_ operation: Operation, _ x: Term, _ y: Term) -> Term? {
    if (x.home ?? y.home)?.folding == .raw { return foldRaw(operation, x, y) }
    return switch operation {
    case .add: foldSum(x, y)
    case .subtract: foldDifference(x, y)
    case .multiply: foldProduct(x, y)
    case .divide: foldQuotient(x, y)
    case .power: foldPower(x, y)
    default: nil
    }
  }

  /// 0 + a, a - 0, 0 - a, 0*a, 1*a, a/1, a^1, a^0, and the exponents of the power rule.
  private static func foldRaw(_ operation: Operation, _ x: Term, _ y: Term) -> Term? {
    switch operation {
    case .add: return x.isZero ? y : y.isZero ? x : nil
    case .subtract:
      if y.isZero { return x }
      if x.isZero { return -y }
      // The exponent y - 1 of the power rule is always written as one number.
      return constants(x, y).map { x.constant(difference($0, $1)) } ?? foldFraction(x, minus: y)
    case .multiply:
      if x.isZero || y.isZero { return x.constant(0) }
      if x.constantValue == 1 { return y }
      if x.constantValue == -1 { return -y }
      if y.constantValue == -1 { return -x }
      return y.constantValue == 1 ? x : nil
    case .divide: return y.constantValue == 1 ? x : nil
    case .power: return foldPower(x, y)
    default: return nil
    }
  }

  private static func foldSum(_ x: Term, _ y: Term) -> Term? {
    if x.isZero { return y }
    if y.isZero { return x }
    if let (a, b) = constants(x, y) { return x.constant(a + b) }
    return y.argument(of: .negate).map { x - $0 }
  }

  private static func foldDifference(_ x: Term, _ y: Term) -> Term? {
    if y.isZero { return x }
    if x.isZero { return -y }
    if let (a, b) = constants(x, y) { return x.constant(difference(a, b)) }
    return y.argument(of: .negate).map { x + $0 } ?? foldFraction(x, minus: y)
  }

  /// The difference of two numbers as they are written: 1.1 - 1 is 0.1.
  private static func difference(_ a: Double, _ b: Double) -> Double {
    guard let x = Rational(a), let y = Rational(b), let exact = Rational.exactSum(x, y.opposite)
    else { return a - b }
    return exact.value
  }

  /// 1/3 - 1 as -2/3.
  private static func foldFraction(_ x: Term, minus y: Term) -> Term? {
    guard let (a, b) = x.arguments(of: .divide), let (top, bottom) = constants(a, b),
      let whole = y.constantValue,
      [top, bottom, whole].allSatisfy({ $0 == $0.rounded() && $0.magnitude < 1e6 }), bottom != 0
    else { return nil }
    return Term.unfolded(.divide, x.constant(top - whole * bottom), b)
  }

  private static func foldProduct(_ x: Term, _ y: Term) -> Term? {
    if x.isZero || y.isZero { return x.constant(0) }
    if x.constantValue == 1 { return y }
    if y.constantValue == 1 { return x }
    if x.constantValue == -1 { return -y }
    if y.constantValue == -1 { return -x }
    if let (a, b) = constants(x, y), a == 0 || b == 0 || (a * b).isNormal {
      return x.constant(a * b)
    }
    if let x = x.argument(of: .negate) { return -(x * y) }
    if let y = y.argument(of: .negate) { return -(x * y) }
    if let (a, b) = y.arguments(of: .divide) { return x * a / b }
    if let (a, b) = y.arguments(of: .multiply) { return x * a * b }
    return nil
  }

  private static func foldQuotient(_ x: Term, _ y: Term) -> Term? {
    if x.isZero, !y.isZero { return x }
    if y.constantValue == 1 { return x }
    if let x = x.argument(of: .negate) { return -(x / y) }
    if let y = y.argument(of: .negate) { return -(x / y) }
    if let (a, b) = x.arguments(of: .divide) { return a / (b * y) }
    return nil
  }

  private static func foldPower(_ x: Term, _ y: Term) -> Term? {
    if y.constantValue == 1 { return x }
    if y.constantValue == 0 { return x.constant(1) }
    return nil
  }

  private static func constants(_ x: Term, _ y: Term) -> (Double, Double)? {
    guard let a = x.constantValue, let b = y.constantValue else { return nil }
    return (a, b)
  }

  private func argument(of operation: Operation) -> Term? {
    guard let parts, parts.operation == operation else { return nil }
    return parts.arguments.first
  }

  private func arguments(of operation: Operation) -> (Term, Term)? {
    guard let parts, parts.operation == operation, parts.arguments.count == 2 else { return nil }
    return (parts.arguments[0], parts.arguments[1])
  }
}
