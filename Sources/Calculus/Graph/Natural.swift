// Natural numbers of any size, as far as counting needs them: sums, quotients by an Int, digits.

/// A natural number without a limit.
package struct Natural: Equatable, Sendable {
  /// The lowest 64 bits, apart from the others so that a small number needs no memory of its own.
  private var low: UInt64
  /// The other limbs, lowest first, the last one not 0.
  private var high: [UInt64] = []

  /// A number of one limb.
  package init(_ value: UInt64) { low = value }

  /// Adds limb by limb, with carries; y's limbs beyond x's make x longer.
  package static func += (x: inout Natural, y: Natural) {
    var carry: Bool
    (x.low, carry) = x.low.addingReportingOverflow(y.low)
    guard carry || !y.high.isEmpty else { return }
    if x.high.count < y.high.count {
      x.high += Array(repeating: 0, count: y.high.count - x.high.count)
    }
    var position = 0
    while carry || position < y.high.count {
      if position == x.high.count { x.high.append(0) }
      let addend = position < y.high.count ? y.high[position] : 0
      let (sum, first) = x.high[position].addingReportingOverflow(addend)
      let (whole, second) = sum.addingReportingOverflow(carry ? 1 : 0)
      x.high[position] = whole
      carry = first || second
      position += 1
    }
  }

  /// The exact sum.
  package static func + (x: Natural, y: Natural) -> Natural {
    var sum = x
    sum += y
    return sum
  }

  /// The number as a word, if it is small enough.
  package var word: Int? { high.isEmpty ? Int(exactly: low) : nil }

  /// The whole quotient and the remainder.
  package func divided(by divisor: UInt64) -> (quotient: Natural, remainder: UInt64) {
    var result = self
    var remainder: UInt64 = 0
    for position in result.high.indices.reversed() {
      (result.high[position], remainder) = divisor.dividingFullWidth(
        (remainder, result.high[position]))
    }
    (result.low, remainder) = divisor.dividingFullWidth((remainder, result.low))
    while result.high.last == 0 { result.high.removeLast() }
    return (result, remainder)
  }

  // MARK: Text

  /// All digits.
  package var digits: String {
    let groupSize = 19
    let base: UInt64 = 10_000_000_000_000_000_000
    var groups: [String] = []
    var rest = self
    while !rest.high.isEmpty {
      let (quotient, remainder) = rest.divided(by: base)
      let group = String(remainder)
      groups.append(String(repeating: "0", count: groupSize - group.count) + group)
      rest = quotient
    }
    let top = rest.low >= base ? rest.divided(by: base) : nil
    if let top {
      let group = String(top.remainder)
      groups.append(String(repeating: "0", count: groupSize - group.count) + group)
    }
    return String(top?.quotient.low ?? rest.low) + groups.reversed().joined()
  }

  /// All digits where there are at most 30, otherwise `roundedText`.
  package var shortText: String {
    let digits = self.digits
    return digits.utf8.count <= 30 ? digits : roundedText
  }

  /// The nearest number of four digits and a power of ten, halves to even: `1.234e+301`.
  package var roundedText: String {
    let digits = self.digits.utf8.map { Int($0 - UInt8(ascii: "0")) }
    guard digits.count > 4 else { return self.digits }
    var number = digits[..<4].reduce(0) { 10 * $0 + $1 }
    var exponent = digits.count - 1
    let isTie = digits[4] == 5 && digits[5...].allSatisfy { $0 == 0 }
    if digits[4] >= 5, !(isTie && number.isMultiple(of: 2)) { number += 1 }
    if number == 10_000 { (number, exponent) = (1000, exponent + 1) }
    let text = String(number)
    return "\(text.prefix(1)).\(text.dropFirst())e+\(exponent < 10 ? "0" : "")\(exponent)"
  }
}
