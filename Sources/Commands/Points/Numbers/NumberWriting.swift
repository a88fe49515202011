// Numbers as the shortest text that reads back as the same double.

extension ByteSink {
  /// Adds a number as `shortest` has it: plain up to 2^53 and down to 0.0001, otherwise with an exponent.
  mutating func append(_ number: Double, _ powers: PowersOfTen) {
    guard number.isFinite else { return append(number.description) }
    if number.sign == .minus { append(UInt8(ascii: "-")) }
    guard number != 0 else { return append(UInt8(ascii: "0")) }
    let shortest = ShortestDigits(number, powers)
    let count = powers.digitCount(shortest.digits)
    let point = count + shortest.exponent
    if point < -3 || number.magnitude > 0x1p53 {
      appendScientific(shortest.digits, count, exponent: point - 1, powers)
    } else {
      appendPlain(shortest.digits, count, point: point, powers)
    }
  }

  /// - Parameter point: how many digits stand before the point; zeros fill up what there is not.
  @inline(__always)
  private mutating func appendPlain(
    _ digits: UInt64, _ count: Int, point: Int, _ powers: PowersOfTen
  ) {
    if point <= 0 {
      append(0, digits: 1)
      append(UInt8(ascii: "."))
      append(0, digits: -point)
      append(digits, digits: count)
    } else if point >= count {
      append(digits, digits: count)
      append(0, digits: point - count)
    } else {
      let unit = powers.whole(count - point)
      append(digits / unit, digits: point)
      append(UInt8(ascii: "."))
      append(digits % unit, digits: count - point)
    }
  }

  private mutating func appendScientific(
    _ digits: UInt64, _ count: Int, exponent: Int, _ powers: PowersOfTen
  ) {
    appendPlain(digits, count, point: 1, powers)
    append(UInt8(ascii: "e"))
    append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    append(UInt64(exponent.magnitude), digits: exponent.magnitude >= 100 ? 3 : 2)
  }
}

/// The shortest text that reads back as `number`.
func shortestBytes(_ number: Double) -> [UInt8] {
  var text = ByteSink(capacity: 64)
  text.append(number, .all)
  return text.bytes
}

extension PowersOfTen {
  /// How many decimal digits a number other than 0 has.
  @inline(__always)
  fileprivate func digitCount(_ number: UInt64) -> Int {
    // The logarithm to base 2, times log10(2) a little rounded down.
    let estimate = ((64 - number.leadingZeroBitCount) * 1_233) >> 12
    return number >= whole(estimate) ? estimate + 1 : estimate
  }
}
