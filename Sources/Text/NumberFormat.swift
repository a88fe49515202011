// How a double is written: every digit that matters, or rounded for people.

/// The way numbers are written in one report.
package struct NumberFormat: Equatable, Sendable {
  /// Significant digits, or `nil` for the shortest text that reads back to the same double.
  package let digits: Int?

  /// The numbers of digits that make sense: 17 always tell two doubles apart.
  package static let allowedDigits = 1...17

  /// The shortest text that reads back to the same double.
  package static let shortest = NumberFormat()

  /// - Parameter digits: one of `allowedDigits`, or `nil` for the shortest text that reads back.
  package init(digits: Int? = nil) {
    precondition(digits.map(Self.allowedDigits.contains) ?? true, "digits out of range")
    self.digits = digits
  }

  /// `value` in this format: `2`, `-0`, `0.1`, `1e+16`, `inf`, `-inf`, `nan`.
  package func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    if let digits { return roundedText(value, digits: digits) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
  /// A whole number, of more digits than a double may have, in this format.
  package func text(whole number: String) -> String {
    guard let digits, number.utf8.count > digits, let value = Double(number), value.isFinite
    else { return number }
    return text(value)
  }
}
