// Doubles with an exponent of their own: for products of derivatives that leave a double's range.

/// significand · 2^exponent, with the rounding of a double; it overflows and underflows where the
/// exponent's magnitude is over 2^40 only.
///
/// In 1/exp(x) at 400 the adjoint of exp(x) is e^-800, which no double holds, and the derivative is
/// e^-400, which one does. Where a run on doubles loses a number in this way, it is run on these.
/// An operation whose value may leave the range where its arguments do not says so beside its rule;
/// every other one is that of doubles.
struct Scaled: Scalar, Equatable {
  /// Of magnitude 1 up to 2, or 0, infinite or NaN.
  let significand: Double
  let exponent: Int

  init(_ significand: Double, exponent: Int) {
    if significand == 0 || !significand.isFinite {
      (self.significand, self.exponent) = (significand, 0)
    } else {
      let sum = exponent + Int(significand.exponent)
      if sum.magnitude <= Self.exponentLimit {
        self.significand = Double(
          sign: significand.sign, exponent: 0, significand: significand.significand)
        self.exponent = sum
      } else {
        let end = sum > 0 ? Double.infinity : 0
        (self.significand, self.exponent) = (significand.sign == .minus ? -end : end, 0)
      }
    }
  }

  /// Beyond it a number is infinite, or 0. An iteration that diverges doubles the exponent with
  /// every pass; the exponent of a product or a power of two numbers within the limit is an `Int`
  /// still.
  private static let exponentLimit: UInt = 1 << 40

  init(_ value: Double) { self.init(value, exponent: 0) }
  init(integerLiteral value: Double.IntegerLiteralType) { self.init(Double(value)) }
  init(floatLiteral value: Double) { self.init(value) }

  /// Rounded to a double; beyond its range infinite or 0.
  var value: Double {
    // In two steps, since one factor may be beyond the range that the product is in.
    let clamped = Swift.max(-2200, Swift.min(2200, exponent))
    let half = clamped / 2
    return significand * Self.power(half) * Self.power(clamped - half)
  }

  static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// Whether a double holds it exactly.
  var fits: Bool {
    if (-1022...1023).contains(exponent) { return true }
    return exponent >= -1074 && exponent < 0 && Scaled(value) == self
  }

  func constant(_ value: Double) -> Scaled { Scaled(value) }
  var number: Double? { value }
  var isZero: Bool { significand == 0 }
  var isNaN: Bool { significand.isNaN }
  var isOrdinary: Bool { significand != 0 && significand.isFinite }

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Scaled) -> Scaled { Rule.scaled(x) }

  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Scaled, _ y: Scaled) -> Scaled {
    Rule.scaled(x, y)
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Scaled]) -> Scaled {
    Rule.scaled(xs)
  }

  /// Decided by the numbers themselves, which a double might hold as equal.
  static func holds(_ x: Scaled, _ relation: Relation, _ y: Scaled) -> Bool? {
    relation.holds(order(x, y), 0)
  }

  /// -1, 0 or 1 as x is less than, equal to or greater than y; NaN where either is.
  static func order(_ x: Scaled, _ y: Scaled) -> Double {
    let difference = sum(x, y.opposite).significand
    if difference.isNaN { return x.significand == y.significand ? 0 : .nan }
    return difference < 0 ? -1 : difference > 0 ? 1 : 0
  }

  /// Itself, unless it is 0, infinite or NaN: then what the kernel says, which knows its limits.
  func ifOrdinary(else value: Double) -> Scaled { isOrdinary ? self : Scaled(value) }

  // MARK: Arithmetic

  static func sum(_ x: Scaled, _ y: Scaled) -> Scaled {
    if x.isZero, !y.isZero { return y }
    if x.isZero || !y.significand.isFinite { return Scaled(x.significand + y.significand) }
    if y.isZero || !x.significand.isFinite { return x }
    let (large, small) = x.exponent >= y.exponent ? (x, y) : (y, x)
    let gap = large.exponent - small.exponent
    if gap > 200 { return large }
    return Scaled(
      large.significand + small.significand * power(-gap), exponent: large.exponent)
  }

  static func product(_ x: Scaled, _ y: Scaled) -> Scaled {
    Scaled(x.significand * y.significand, exponent: x.exponent + y.exponent)
  }

  static func quotient(_ x: Scaled, _ y: Scaled) -> Scaled {
    Scaled(x.significand / y.significand, exponent: x.exponent - y.exponent)
  }

  var opposite: Scaled { Scaled(-significand, exponent: exponent) }
}
