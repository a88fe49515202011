// Exact numbers of formulas: fractions whose numerator and denominator a double holds exactly.

/// A fraction in lowest terms with a positive denominator, both at most 2⁵³.
///
/// Every operation is exact or nil: what would not fit is left as it stands in the formula.
struct Rational: Hashable, Sendable {
  let numerator: Int
  let denominator: Int

  static let zero = Rational(0)
  static let one = Rational(1)
  private static let limit = 1 << 53

  init(_ whole: Int) {
    numerator = whole
    denominator = 1
  }

  private init?(_ numerator: Int, over denominator: Int) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    let sign = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / Int(divisor)
    self.denominator = sign * denominator / Int(divisor)
    guard self.numerator.magnitude <= Self.limit, self.denominator <= Self.limit else {
      return nil
    }
  }

  /// The number that the shortest decimal text of a double says: 1/10 for 0.1.
  ///
  /// nil for what is no such fraction: infinities, π, e, τ, a negative zero, and numbers of more
  /// digits than fit.
  init?(_ value: Double) {
    guard value.isFinite, value != .pi, value != 2 * .pi, value != 2.718281828459045,
      value != 0 || value.sign == .plus
    else { return nil }
    if let whole = Int(exactly: value) {
      guard whole.magnitude <= Self.limit else { return nil }
      self.init(whole)
      return
    }
    guard let decimal = Self.decimal(value.description) else { return nil }
    self = decimal
  }

  private static func decimal(_ text: String) -> Rational? {
    var digits = 0
    var fraction = 0
    var isBehindPoint = false
    var exponent = 0
    for (offset, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-"): continue
      case UInt8(ascii: "."): isBehindPoint = true
      case UInt8(ascii: "e"):
        exponent = Int(text.dropFirst(offset + 1)) ?? 0
      default:
        if exponent != 0 { continue }
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        if isBehindPoint { fraction += 1 }
      }
      if exponent != 0 { break }
    }
    let shift = exponent - fraction
    guard shift >= -18, shift <= 0 else { return nil }
    let power = (0..<(-shift)).reduce(1) { product, _ in product * 10 }
    return Rational(text.first == "-" ? -digits : digits, over: power)
  }

  /// The double beside it.
  var value: Double { Double(numerator) / Double(denominator) }
  var isWhole: Bool { denominator == 1 }
  var isNegative: Bool { numerator < 0 }
  var opposite: Rational { Rational(-numerator, over: denominator) ?? self }
  var magnitude: Rational { isNegative ? opposite : self }

  static func sum(_ x: Rational, _ y: Rational) -> Rational? {
    let (a, aOverflows) = x.numerator.multipliedReportingOverflow(by: y.denominator)
    let (b, bOverflows) = y.numerator.multipliedReportingOverflow(by: x.denominator)
    let (top, overflows) = a.addingReportingOverflow(b)
    let (bottom, bottomOverflows) = x.denominator.multipliedReportingOverflow(by: y.denominator)
    if aOverflows || bOverflows || overflows || bottomOverflows { return nil }
    return Rational(top, over: bottom)
  }

  static func product(_ x: Rational, _ y: Rational) -> Rational? {
    // Crosswise in lowest terms first, so that only what cannot be helped overflows.
    guard let left = Rational(x.numerator, over: y.denominator),
      let right = Rational(y.numerator, over: x.denominator)
    else { return nil }
    let (top, overflows) = left.numerator.multipliedReportingOverflow(by: right.numerator)
    let (bottom, alsoOverflows) = left.denominator.multipliedReportingOverflow(
      by: right.denominator)
    return overflows || alsoOverflows ? nil : Rational(top, over: bottom)
  }

  static func quotient(_ x: Rational, _ y: Rational) -> Rational? {
    Rational(y.denominator, over: y.numerator).flatMap { product(x, $0) }
  }

  func raised(to exponent: Int) -> Rational? {
    if magnitude == .one { return exponent.isMultiple(of: 2) ? .one : self }
    if self == .zero { return exponent > 0 ? .zero : nil }
    guard exponent.magnitude <= 64 else { return nil }
    var result = Rational.one
    for _ in 0..<exponent.magnitude {
      guard let next = Rational.product(result, self) else { return nil }
      result = next
    }
    return exponent < 0 ? Rational.quotient(.one, result) : result
  }

  static func < (x: Rational, y: Rational) -> Bool {
    x.numerator.multipliedFullWidth(by: y.denominator)
      < y.numerator.multipliedFullWidth(by: x.denominator)
  }

  /// The largest fraction that divides both into whole numbers.
  static func content(_ x: Rational, _ y: Rational) -> Rational? {
    let top = commonDivisor(x.numerator.magnitude, y.numerator.magnitude)
    let divisor = commonDivisor(x.denominator.magnitude, y.denominator.magnitude)
    let (bottom, overflows) = (x.denominator / Int(divisor)).multipliedReportingOverflow(
      by: y.denominator)
    return overflows ? nil : Rational(Int(top), over: bottom)
  }

  private static func commonDivisor(_ x: UInt, _ y: UInt) -> UInt {
    var (x, y) = (x, y)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }
}
