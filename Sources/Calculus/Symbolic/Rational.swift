// Numbers of formulas: fractions whose numerator and denominator a double holds exactly, or
// doubles.

/// A fraction in lowest terms with a positive denominator, both at most 2⁵³; a number that is no
/// such fraction is held as the nearest double.
///
/// An operation is nil where its result is no finite number.
struct Rational: Hashable, Sendable {
  /// 0, as the denominator, of a number that was rounded.
  let numerator: Int
  let denominator: Int
  /// The number where it is no exact fraction.
  private let rounded: Double

  static let zero = Rational(0)
  static let one = Rational(1)
  private static let limit = 1 << 53

  init(_ whole: Int) {
    numerator = whole
    denominator = 1
    rounded = 0
  }

  /// A double that is no fraction of this kind; nil if it is not finite.
  private init?(rounded: Double) {
    guard rounded.isFinite else { return nil }
    numerator = 0
    denominator = rounded == 0 ? 1 : 0
    self.rounded = rounded == 0 ? 0 : rounded
  }

  /// A constant of a formula: exact if it can be, nil for infinities, π, e, τ, and a negative zero.
  init?(constant value: Double) {
    guard Self.isPlain(value) else { return nil }
    guard let number = Rational(value) ?? Rational(rounded: value) else { return nil }
    self = number
  }

  private init?(_ numerator: Int, over denominator: Int) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    let sign = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / Int(divisor)
    self.denominator = sign * denominator / Int(divisor)
    rounded = 0
    guard self.numerator.magnitude <= Self.limit, self.denominator <= Self.limit else {
      return nil
    }
  }

  /// The number that the shortest decimal text of a double says: 1/10 for 0.1.
  ///
  /// nil for what is no such fraction: infinities, π, e, τ, a negative zero, and numbers of more
  /// digits than fit.
  init?(_ value: Double) {
    guard Self.isPlain(value) else { return nil }
    // A double beyond that is a whole number of too many digits.
    guard value.magnitude <= Double(Self.limit) else { return nil }
    if let whole = Int(exactly: value) {
      self.init(whole)
      return
    }
    guard let decimal = Self.decimal(value.description) else { return nil }
    self = decimal
  }

  private static func isPlain(_ value: Double) -> Bool {
    value.isFinite && ![.pi, 2 * .pi, 2.718281828459045].contains(value.magnitude)
      && (value != 0 || value.sign == .plus)
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

  /// The nearest double.
  var value: Double { isExact ? Double(numerator) / Double(denominator) : rounded }
  var isExact: Bool { denominator != 0 }
  /// Whether it is an exact whole number.
  var isWhole: Bool { denominator == 1 }
  var isNegative: Bool { isExact ? numerator < 0 : rounded < 0 }
  var opposite: Rational {
    (isExact ? Rational(-numerator, over: denominator) : Rational(rounded: -rounded)) ?? self
  }
  var magnitude: Rational { isNegative ? opposite : self }

  static func sum(_ x: Rational, _ y: Rational) -> Rational? {
    if let sum = exactSum(x, y) { return sum }
    let sum = x.value + y.value
    // Where rounded numbers cancel, the difference is their rounding error.
    let noise = 8 * 0x1p-53 * max(x.value.magnitude, y.value.magnitude)
    if !(x.isExact && y.isExact), sum.magnitude <= noise { return .zero }
    return Rational(rounded: sum)
  }

  /// Whether doubles round the sum (Knuth's TwoSum), which is no exact fraction.
  static func isRoundedSum(_ x: Rational, _ y: Rational) -> Bool {
    let sum = x.value + y.value
    let part = sum - x.value
    return (x.value - (sum - part)) + (y.value - part) != 0
  }

  static func product(_ x: Rational, _ y: Rational) -> Rational? {
    if let product = exactProduct(x, y) { return product }
    let product = x.value * y.value
    return product == 0 ? nil : Rational(rounded: product)
  }

  static func quotient(_ x: Rational, _ y: Rational) -> Rational? {
    if y == .zero { return nil }
    if y.isExact, let inverse = Rational(y.denominator, over: y.numerator) {
      return product(x, inverse)
    }
    return Rational(rounded: x.value / y.value)
  }

  /// The sum where it is an exact fraction: that of exponents must be.
  static func exactSum(_ x: Rational, _ y: Rational) -> Rational? {
    guard x.isExact, y.isExact else { return nil }
    let (a, aOverflows) = x.numerator.multipliedReportingOverflow(by: y.denominator)
    let (b, bOverflows) = y.numerator.multipliedReportingOverflow(by: x.denominator)
    let (top, overflows) = a.addingReportingOverflow(b)
    let (bottom, bottomOverflows) = x.denominator.multipliedReportingOverflow(by: y.denominator)
    if aOverflows || bOverflows || overflows || bottomOverflows { return nil }
    return Rational(top, over: bottom)
  }

  /// The product, likewise.
  static func exactProduct(_ x: Rational, _ y: Rational) -> Rational? {
    guard x.isExact, y.isExact else { return nil }
    // Common factors are removed crosswise first, so that only results that are too large
    // themselves overflow.
    guard let left = Rational(x.numerator, over: y.denominator),
      let right = Rational(y.numerator, over: x.denominator)
    else { return nil }
    let (top, overflows) = left.numerator.multipliedReportingOverflow(by: right.numerator)
    let (bottom, alsoOverflows) = left.denominator.multipliedReportingOverflow(
      by: right.denominator)
    return overflows || alsoOverflows ? nil : Rational(top, over: bottom)
  }

  /// A power where it is an exact fraction; 3^40 stays as it stands.
  func raised(to exponent: Int) -> Rational? {
    if magnitude == .one { return exponent.isMultiple(of: 2) ? .one : self }
    if self == .zero { return exponent > 0 ? .zero : nil }
    guard exponent.magnitude <= 64 else { return nil }
    var result = Rational.one
    for _ in 0..<exponent.magnitude {
      guard let next = Rational.exactProduct(result, self) else { return nil }
      result = next
    }
    return exponent < 0 ? Rational.quotient(.one, result) : result
  }

  static func < (x: Rational, y: Rational) -> Bool {
    guard x.isExact, y.isExact else { return x.value < y.value }
    return x.numerator.multipliedFullWidth(by: y.denominator)
      < y.numerator.multipliedFullWidth(by: x.denominator)
  }

  /// The largest fraction that divides both into whole numbers.
  static func content(_ x: Rational, _ y: Rational) -> Rational? {
    guard x.isExact, y.isExact else { return nil }
    let top = commonDivisor(x.numerator.magnitude, y.numerator.magnitude)
    let divisor = commonDivisor(x.denominator.magnitude, y.denominator.magnitude)
    let (bottom, overflows) = (x.denominator / Int(divisor)).multipliedReportingOverflow(
      by: y.denominator)
    return overflows ? nil : Rational(Int(top), over: bottom)
  }

  /// The greatest common divisor, and 1 for two zeros.
  static func commonDivisor(_ x: UInt, _ y: UInt) -> UInt {
    var (x, y) = (x, y)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }
}
