// Numbers of a table from their bytes.

/// The number that a field is: decimal digits with point and exponent, spaces around it allowed.
///
/// - Returns: nil for everything else, and for what no double is near to.
func decimalNumber(_ field: Span<UInt8>) -> Double? {
  var place = 0
  if let value = DecimalReader.number(field, at: &place, .all), place == field.count {
    return value
  }
  let text = (0..<field.count).map { field[$0] }
  let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
  guard let first = text.firstIndex(where: { !isSpace($0) }),
    let last = text.lastIndex(where: { !isSpace($0) }),
    // What else `Double` reads, hexadecimal numbers and names, is no number of a table.
    text[first...last].allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
    let value = Double(String(decoding: text[first...last], as: UTF8.self)), value.isFinite
  else { return nil }
  return value
}

/// Reads numbers of up to 19 digits without a string.
enum DecimalReader {
  /// Reads a number with the spaces around it, and goes to the byte behind.
  ///
  /// - Returns: nil for what is no number, and for one that takes more than this to round correctly.
  @inline(__always)
  static func number(_ text: Span<UInt8>, at place: inout Int, _ powers: PowersOfTen) -> Double? {
    skipSpaces(text, &place)
    guard place < text.count else { return nil }
    let isNegative = text[place] == UInt8(ascii: "-")
    if isNegative || text[place] == UInt8(ascii: "+") { place += 1 }
    let start = place
    var digits: UInt64 = 0
    skipZeros(text, &place)
    let firstDigit = place
    readDigits(text, &place, &digits)
    var digitCount = place - firstDigit
    var exponent = 0
    var hasDigit = place > start
    if place < text.count, text[place] == UInt8(ascii: ".") {
      place += 1
      let fraction = place
      if digits == 0 { skipZeros(text, &place) }
      let first = place
      readDigits(text, &place, &digits)
      digitCount += place - first
      exponent = fraction - place
      hasDigit = hasDigit || place > fraction
    }
    // More digits than these might be more than a `UInt64` holds.
    guard hasDigit, digitCount <= 19 else { return nil }
    if place < text.count, text[place] | 0x20 == UInt8(ascii: "e") {
      guard let power = wholeNumber(text, &place) else { return nil }
      exponent += power
    }
    skipSpaces(text, &place)
    guard let size = value(digits, exponent, powers) else { return nil }
    return isNegative ? -size : size
  }

  @inline(__always)
  private static func skipSpaces(_ text: Span<UInt8>, _ place: inout Int) {
    while place < text.count, text[place] == 0x20 { place += 1 }
  }

  @inline(__always)
  private static func skipZeros(_ text: Span<UInt8>, _ place: inout Int) {
    while place < text.count, text[place] == 0x30 { place += 1 }
  }

  /// Adds the digits that follow to those before; what is too large is nonsense.
  @inline(__always)
  private static func readDigits(
    _ text: Span<UInt8>, _ place: inout Int, _ digits: inout UInt64
  ) {
    while place + 8 <= text.count {
      let eight = text.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      guard let number = eightDigits(UInt64(littleEndian: eight)) else { break }
      digits = digits &* 100_000_000 &+ number
      place += 8
    }
    while place < text.count {
      let digit = text[place] &- 0x30
      guard digit < 10 else { return }
      digits = digits &* 10 &+ UInt64(digit)
      place += 1
    }
  }

  /// The number that eight digits are, the first in the lowest byte: pairs, fours, and both of them.
  @inline(__always)
  private static func eightDigits(_ bytes: UInt64) -> UInt64? {
    let digits = bytes ^ 0x3030_3030_3030_3030
    guard (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else {
      return nil
    }
    let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
  }

  /// A whole number of up to four digits behind an `e`, with or without a sign.
  private static func wholeNumber(_ text: Span<UInt8>, _ place: inout Int) -> Int? {
    place += 1
    guard place < text.count else { return nil }
    let isNegative = text[place] == UInt8(ascii: "-")
    if isNegative || text[place] == UInt8(ascii: "+") { place += 1 }
    let start = place
    var size: UInt64 = 0
    readDigits(text, &place, &size)
    guard (1...4).contains(place - start) else { return nil }
    return isNegative ? -Int(size) : Int(size)
  }

  /// Digits times a power of ten, correctly rounded: by one operation on doubles where both are exact
  /// (W. D. Clinger, 1990), otherwise by 128 bits of the power (D. Lemire, Number parsing at a gigabyte
  /// per second, 2021).
  ///
  /// - Returns: nil in the rare case that these do not settle, and at the ends of the range.
  @inline(__always)
  static func value(_ digits: UInt64, _ exponent: Int, _ powers: PowersOfTen) -> Double? {
    if digits == 0 { return 0 }
    if exponent == 0, digits <= 1 << 53 { return Double(digits) }
    guard (-300...300).contains(exponent) else { return nil }
    let shift = digits.leadingZeroBitCount
    let factor = digits << UInt64(shift)
    let power = powers.significand(exponent)
    let product = power.high.multipliedFullWidth(by: factor)
    let below = power.low.multipliedFullWidth(by: factor).high
    let (middle, carries) = product.low.addingReportingOverflow(below)
    let high = product.high &+ (carries ? 1 : 0)
    // What the power has lost might carry.
    guard middle != .max else { return nil }
    let dropped = 10 + (high >> 63)
    var significand = high >> dropped
    let rest = high & (1 << dropped - 1)
    let half: UInt64 = 1 << (dropped - 1)
    // A tie, or a little more.
    if rest == half, middle == 0 { return nil }
    if rest >= half { significand += 1 }
    let binary = Int(dropped) + PowersOfTen.binaryExponent(exponent) - shift + 1
    guard (1...2045).contains(binary + 1075) else { return nil }
    return Double(bitPattern: UInt64(binary + 1074) << 52 &+ significand)
  }
}
