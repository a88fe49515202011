// Numbers modulo a prime in which signs and real roots follow the rules that they follow among real
// numbers.

/// The whole numbers modulo a prime p, where squares stand for positive numbers.
///
/// p ≡ 3 mod 4, so of x and -x one is a square, signs multiply, and of the two roots of a square
/// one is a square itself: √(xy) = √x √y and √(x²) = |x| hold as they do for real numbers. p ≢ 1
/// mod 3, 5, 7, so roots of these orders are unique, and all whole numbers to 100 are squares.
struct ResidueField {
  let prime: UInt64

  /// Several, so that an identity that holds by chance in one field fails in another.
  static let all: [ResidueField] = [
    2_107_118_040_391_861_199, 1_742_677_478_421_047_159, 2_068_856_492_351_617_799,
    1_520_784_155_725_197_359, 1_290_668_836_405_822_319, 1_763_778_143_106_354_119,
    1_637_151_890_771_795_999, 1_217_435_664_017_762_279,
  ].map { ResidueField(prime: $0) }

  func sum(_ x: UInt64, _ y: UInt64) -> UInt64 {
    let sum = x + y
    return sum >= prime ? sum - prime : sum
  }

  func opposite(_ x: UInt64) -> UInt64 { x == 0 ? 0 : prime - x }

  func difference(_ x: UInt64, _ y: UInt64) -> UInt64 { sum(x, opposite(y)) }

  func product(_ x: UInt64, _ y: UInt64) -> UInt64 {
    prime.dividingFullWidth(x.multipliedFullWidth(by: y)).remainder
  }

  /// nil for 0.
  func inverse(_ x: UInt64) -> UInt64? { x == 0 ? nil : power(x, prime - 2) }

  func power(_ x: UInt64, _ exponent: UInt64) -> UInt64 {
    var (result, square, rest) = (UInt64(1), x, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      rest >>= 1
    }
    return result
  }

  /// nil for a negative power of 0.
  func power(_ x: UInt64, _ exponent: Int) -> UInt64? {
    let power = power(x, UInt64(exponent.magnitude))
    return exponent < 0 ? inverse(power) : power
  }

  func residue(_ whole: Int) -> UInt64 {
    let size = UInt64(whole.magnitude) % prime
    return whole < 0 ? opposite(size) : size
  }

  /// A finite double; nil for any other.
  func residue(_ value: Double) -> UInt64? {
    guard value.isFinite else { return nil }
    guard value != 0 else { return 0 }
    // The significand times 2^shift is a whole number.
    let shift = 52
    let whole = Int(value.significand * 0x1p52)
    guard let scale = power(2, Int(value.exponent) - shift) else { return nil }
    let size = product(residue(whole), scale)
    return value < 0 ? opposite(size) : size
  }

  /// nil for what is no exact fraction and no finite double.
  func residue(_ value: Rational) -> UInt64? {
    guard value.isExact else { return residue(value.value) }
    return inverse(residue(value.denominator)).map { product(residue(value.numerator), $0) }
  }

  /// Whether it stands for a positive number.
  func isPositive(_ x: UInt64) -> Bool { power(x, (prime - 1) / 2) == 1 }

  /// The positive root of a positive number; nil for an order that has no unique root in this
  /// field.
  func root(_ x: UInt64, order: Int) -> UInt64? {
    var (result, rest) = (x, order)
    while rest.isMultiple(of: 2) {
      result = power(result, (prime + 1) / 4)
      rest /= 2
    }
    return oddRoot(result, order: rest)
  }

  /// The root of an odd order, which has the sign of the number.
  func oddRoot(_ x: UInt64, order: Int) -> UInt64? {
    let cycle = prime - 1
    guard order < 100 else { return nil }
    // The inverse of the order is (k (p - 1) + 1)/order for a small k.
    for k in 0..<UInt64(order) {
      let remainder = (k * (cycle % UInt64(order)) + 1) % UInt64(order)
      guard remainder == 0 else { continue }
      let (high, low) = cycle.multipliedFullWidth(by: k)
      let (sum, carries) = low.addingReportingOverflow(1)
      return power(x, UInt64(order).dividingFullWidth((high + (carries ? 1 : 0), sum)).quotient)
    }
    return nil
  }
}
