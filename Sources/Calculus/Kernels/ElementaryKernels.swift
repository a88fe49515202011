// Small functions that want more care than their one-line definitions: exp(−x²), logarithms to
// any base, floored division.

extension SpecialFunction {
  /// exp(−x²) for any x, the rounding error of x² being carried along: it would cost x² units in
  /// the last place. 1 at 0, 0 at ±inf.
  static func gaussian(_ x: Double) -> Double {
    if x.magnitude > 30 { return 0 }
    let square = DoubleDouble.product(x, x)
    let value = Libm.exp(-square.high)
    return value.addingProduct(value, -square.low)
  }

  /// The logarithm of x to the given base, as a quotient of logarithms in double-double: exact
  /// where x is an exact power, and accurate with x or the base beside 1.
  ///
  /// NaN for x < 0 or a base that is negative, 0, 1 or +inf; at x = 0 or +inf the infinity of the
  /// sign that the base gives it.
  static func logarithm(_ x: Double, base: Double) -> Double {
    guard x >= 0, base > 0, base != 1, base.isFinite else { return .nan }
    if x == 1 { return 0 }
    if x == 0 { return base > 1 ? -.infinity : .infinity }
    if x == .infinity { return base > 1 ? .infinity : -.infinity }
    return (DoubleDouble.log(DoubleDouble(x)) / DoubleDouble.log(DoubleDouble(base))).high
  }

  /// a − b⌊a/b⌋ as Python's `%` has it: the sign is that of b, also that of a zero. Exact by `fmod`
  /// but for one rounding where the signs of a and b differ.
  ///
  /// With b = ±inf it is a if a is 0 or has b's sign, else b; NaN for b = 0 or infinite a.
  static func remainder(_ a: Double, _ b: Double) -> Double {
    let rest = Libm.fmod(a, b)
    if rest == 0 { return b.sign == .minus ? -0.0 : 0.0 }
    return (rest < 0) == (b < 0) ? rest : rest + b
  }

  /// ⌊a/b⌋ of the exact quotient, rounded to a double once: `remainder` belongs to it. NaN for b =
  /// 0, infinite a or NaN; with b = ±inf it is −1 where the signs differ, else 0.
  static func floorQuotient(_ a: Double, _ b: Double) -> Double {
    let rest = Libm.fmod(a, b)
    if rest.isNaN { return .nan }
    let adjustment: Double = rest != 0 && (rest < 0) != (b < 0) ? -1 : 0
    if b.isInfinite { return adjustment == 0 ? 0 * a / b : -1 }
    // a − rest is a whole multiple of b; its quotient is whole in exact arithmetic.
    let quotient = wholeQuotient(DoubleDouble.sum(a, -rest), b)
    guard quotient.high.isFinite, quotient.low.isFinite else { return a / b }
    if quotient.high == 0, adjustment == 0 { return a.sign == b.sign ? 0.0 : -0.0 }
    return (quotient + adjustment).high
  }

  private static func wholeQuotient(_ a: DoubleDouble, _ b: Double) -> DoubleDouble {
    let quotient = a / b
    let high = quotient.high.rounded()
    return .normalized(high, ((quotient.high - high) + quotient.low).rounded())
  }
}
