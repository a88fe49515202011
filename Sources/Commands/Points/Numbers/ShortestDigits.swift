// The shortest decimal digits that read back as the same double.

/// Digits and a power of ten, by Schubfach (R. Giulietti, The Schubfach way to render doubles, 2020): of
/// the shortest digits in the interval that rounds to the double, the nearest to it.
struct ShortestDigits {
  /// Without zeros at its end, but for 0 itself.
  var digits: UInt64
  var exponent: Int

  /// - Parameter value: a finite number other than 0, whose sign does not count.
  @inline(__always)
  init(_ value: Double, _ powers: PowersOfTen) {
    let fraction = value.significandBitPattern
    let isSubnormal = value.exponentBitPattern == 0
    let significand = isSubnormal ? fraction : fraction | 1 << 52
    let exponent = isSubnormal ? -1074 : Int(value.exponentBitPattern) - 1075
    if exponent <= 0, exponent > -53, significand.trailingZeroBitCount >= -exponent {
      digits = significand >> UInt64(-exponent)
      self.exponent = 0
    } else {
      let isLowerCloser = fraction == 0 && value.exponentBitPattern > 1
      (digits, self.exponent) = Self.shortest(significand, exponent, isLowerCloser, powers)
    }
    while digits % 10 == 0 {
      digits /= 10
      self.exponent += 1
    }
  }

  /// - Parameter isLowerCloser: whether the next double below is nearer than the one above.
  @inline(__always)
  private static func shortest(
    _ significand: UInt64, _ exponent: Int, _ isLowerCloser: Bool, _ powers: PowersOfTen
  ) -> (UInt64, Int) {
    let k = (exponent * 1_262_611 - (isLowerCloser ? 524_031 : 0)) >> 22
    let shift = UInt64(exponent + PowersOfTen.binaryExponent(-k) + 1)
    var power = powers.significand(-k)
    if !(0...55).contains(-k) {
      // Rounded up, as the method has it.
      power.low &+= 1
      if power.low == 0 { power.high &+= 1 }
    }
    // Four times the double and the ends of its interval, on the scale of the digits.
    let value = roundedToOdd(power, (4 * significand) << shift)
    let lower = roundedToOdd(power, (4 * significand - (isLowerCloser ? 1 : 2)) << shift)
    let upper = roundedToOdd(power, (4 * significand + 2) << shift)
    // The ends belong to it where the significand is even.
    let isOpen = significand & 1
    let (low, high) = (lower + isOpen, upper - isOpen)
    let whole = value / 4
    if whole >= 10 {
      let tens = whole / 10
      let isBelowInside = low <= 40 * tens
      let isAboveInside = 40 * tens + 40 <= high
      if isBelowInside != isAboveInside { return (tens + (isAboveInside ? 1 : 0), k + 1) }
    }
    let isBelowInside = low <= 4 * whole
    let isAboveInside = 4 * whole + 4 <= high
    if isBelowInside != isAboveInside { return (whole + (isAboveInside ? 1 : 0), k) }
    let middle = 4 * whole + 2
    let roundsUp = value > middle || (value == middle && whole & 1 == 1)
    return (whole + (roundsUp ? 1 : 0), k)
  }

  /// The upper word of a product with 128 bits, its last bit set where something is left below.
  @inline(__always)
  private static func roundedToOdd(
    _ power: (high: UInt64, low: UInt64), _ factor: UInt64
  ) -> UInt64 {
    let below = power.low.multipliedFullWidth(by: factor).high
    let product = power.high.multipliedFullWidth(by: factor)
    let (rest, carries) = product.low.addingReportingOverflow(below)
    return (product.high &+ (carries ? 1 : 0)) | (rest > 1 ? 1 : 0)
  }
}
