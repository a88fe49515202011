// Powers of ten to 128 bits, by which decimal digits become doubles and doubles become digits.

/// 10^k as a whole number of 128 bits, the highest one set, times a power of two.
struct PowersOfTen: Sendable {
  /// Those that there are.
  static let exponents = -342...342
  /// Made once, by whole numbers, and kept for good.
  static let all = PowersOfTen()

  /// High and low words, one pair for each power, rounded down.
  private let words: ConstantTable<UInt64>

  /// The exponent of the lowest bit is 127 below this one: the whole part of log2(10^k).
  @inline(__always)
  static func binaryExponent(_ k: Int) -> Int { (k * 1_741_647) >> 19 }

  /// The 128 bits of 10^k, rounded down; they are exact from 10^0 to 10^55.
  @inline(__always)
  func significand(_ k: Int) -> (high: UInt64, low: UInt64) {
    let place = 2 * (k - Self.exponents.lowerBound)
    return (words[place], words[place + 1])
  }

  /// 10^k as a whole number, for k from 0 to 19.
  @inline(__always)
  func whole(_ k: Int) -> UInt64 {
    significand(k).high >> UInt64(63 - Self.binaryExponent(k))
  }

  private init() {
    // 5^k, and 2^n/5^k, have the bits of 10^k and 10^-k.
    var power = LongNumber(1, room: 13)
    var inverse = LongNumber(1, room: 20)
    inverse.shift(words: 19)
    var pairs = [power.leadingBits]
    for _ in 1...Self.exponents.upperBound {
      power.multiply(by: 5)
      // The whole part of a whole part's fifth is that of the whole quotient.
      inverse.divide(by: 5)
      pairs.append(power.leadingBits)
      pairs.insert(inverse.leadingBits, at: 0)
    }
    words = ConstantTable(pairs.flatMap { [$0.high, $0.low] })
  }
}

/// A whole number of many words, the lowest first.
private struct LongNumber {
  private var words: [UInt64]

  init(_ value: UInt64, room: Int) {
    words = Array(repeating: 0, count: room)
    words[0] = value
  }

  mutating func shift(words count: Int) {
    words = Array(repeating: 0, count: count) + words.dropLast(count)
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in words.indices {
      let product = words[index].multipliedFullWidth(by: factor)
      let (low, overflows) = product.low.addingReportingOverflow(carry)
      words[index] = low
      carry = product.high + (overflows ? 1 : 0)
    }
  }

  mutating func divide(by divisor: UInt64) {
    var rest: UInt64 = 0
    for index in words.indices.reversed() {
      (words[index], rest) = divisor.dividingFullWidth((rest, words[index]))
    }
  }

  /// The highest 128 bits from the first that is set.
  var leadingBits: (high: UInt64, low: UInt64) {
    guard let top = words.lastIndex(where: { $0 != 0 }) else { return (0, 0) }
    let word = { (index: Int) in index >= 0 ? words[index] : 0 }
    let shift = UInt64(words[top].leadingZeroBitCount)
    let bits = { (index: Int) in
      word(index) << shift | (shift == 0 ? 0 : word(index - 1) >> (64 - shift))
    }
    return (bits(top), bits(top - 1))
  }
}
