// Numbers as people write them into a table, with the precision that their digits claim.
import Calculus
import Checking
import Language
import Syntax

/// A value that is claimed.
package struct ClaimedNumber: Sendable {
  package let value: Double
  /// Half a unit of the last digit that was written; nil for a whole number, 0 for an exact one.
  let halfUnit: Double?
  /// How many digits there are without the zeros in front, and how many behind the point.
  let digits: Int
  /// The zeros that a whole number ends in: 1680 may be 1677.3 with three digits.
  let finalZeros: Int
  let decimals: Int
  package let place: PlacedText

  /// How far the number may be from the one that it stands for.
  ///
  /// A whole number claims as many digits as the table has, two at least: 12 does not stand for 11.652 where other
  /// numbers have three digits. The zeros at its end count only where no number has decimals. 0 claims as many
  /// decimals, three at least.
  func halfUnit(in precision: TablePrecision) -> Double {
    if let halfUnit { return halfUnit }
    guard value != 0 else { return 0.5 * powerOfTen(-max(precision.decimals, 3)) }
    let own = precision.decimals > 0 ? digits - finalZeros : digits
    return 0.5 * powerOfTen(whole(of: value) - max(precision.digits, own))
  }

  /// How many digits there are before the point.
  private func whole(of value: Double) -> Int {
    var (count, unit) = (0, Double(1))
    while value.magnitude >= unit, count < 310 { (count, unit) = (count + 1, unit * 10) }
    return count
  }

  /// Reads a number: a decimal, or an expression of numbers and constants such as 1/2 or π/2.
  ///
  /// - Parameter isName: whether a name means something else than a constant.
  /// - Returns: nil where the text is no number.
  init?(_ text: PlacedText, isName: (String) -> Bool) {
    let bare = Self.bare(text)
    guard !bare.isEmpty else { return nil }
    if let decimal = Decimal(bare.bytes) ?? Decimal(withComma: bare.bytes) {
      self.init(decimal, exponent: 0, value: decimal.value, bare)
      return
    }
    guard Self.hasOnlyConstants(bare.bytes, isName), let value = Self.value(of: bare.text) else {
      return nil
    }
    if let (mantissa, exponent) = Self.scientific(bare.bytes) {
      self.init(mantissa, exponent: exponent, value: value, bare)
    } else {
      self.init(exact: value, bare)
    }
  }

  private init(exact value: Double, _ place: PlacedText) {
    self.value = value
    (halfUnit, digits, finalZeros, decimals, self.place) = (0, 0, 0, 0, place)
  }

  private init(_ decimal: Decimal, exponent: Int, value: Double, _ place: PlacedText) {
    let last = decimal.decimals - decimal.exponent - exponent
    self.value = value
    self.place = place
    digits = decimal.digits
    finalZeros = decimal.isWhole ? decimal.finalZeros : 0
    decimals = max(0, last)
    halfUnit = decimal.isWhole && exponent == 0 ? nil : 0.5 * powerOfTen(-last)
  }

  private static func value(of text: String) -> Double? {
    text == "nan" ? .nan : try? PointReader.number(SourceText(text), for: "value")
  }

  /// Without a sign of equality in front, and dots behind.
  private static func bare(_ text: PlacedText) -> PlacedText {
    var text = text.trimmed
    for sign in ["=", "≈", "≅", "≃", "≐"] where text.hasPrefix(sign) {
      text = text[sign.utf8.count..<text.count].trimmed
    }
    for dots in ["…", "..."] where text.hasSuffix(dots) {
      text = text[0..<text.count - dots.utf8.count].trimmed
    }
    return text
  }

  /// Whether all names are those of constants, or of functions of numbers; there must be a digit,
  /// a constant or infinity.
  private static func hasOnlyConstants(_ bytes: [UInt8], _ isName: (String) -> Bool) -> Bool {
    let scanner = NameScanner(bytes: bytes) { _ in false }
    var index = 0
    while index < bytes.count {
      guard let (scalar, length) = scanner.scalar(at: index) else { return false }
      if let (name, end) = scanner.name(at: index) {
        guard name.mark == nil, !isName(name.base), Catalogue.constant(name.base) != nil else {
          return false
        }
        index = end
      } else {
        if scalar == "," { return false }
        index += length
        // The e of 1e-5 is no name.
        if scalar.properties.numericType != nil, index < bytes.count, bytes[index] | 0x20 == 0x65,
          index + 1 < bytes.count, "+-0123456789".utf8.contains(bytes[index + 1])
        {
          index += 2
        }
      }
    }
    return true
  }

  /// `1.2×10^-3` or `1.2·10⁻³`
  private static func scientific(_ bytes: [UInt8]) -> (Decimal, exponent: Int)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let sign = text.firstIndex(where: { "×·⋅*".contains($0) }) else { return nil }
    let mantissa = text[..<sign].filter { $0 != " " }
    let power = text[text.index(after: sign)...].filter { $0 != " " }
    guard power.hasPrefix("10"), let decimal = Decimal(Array(mantissa.utf8)) else { return nil }
    let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let exponent = power.dropFirst(2).drop { $0 == "^" || $0 == "(" || $0 == "*" }
      .filter { $0 != ")" }
      .map { sign -> String in
        if let digit = superscripts.firstIndex(of: sign) { return String(digit) }
        return sign == "⁻" || sign == "−" ? "-" : String(sign)
      }
    // As with the exponent of a decimal; beyond, the number counts as exact.
    guard let power = Int(exponent.joined()), power.magnitude < 10_000 else { return nil }
    return (decimal, power)
  }
}

/// What the numbers of a table have in common.
struct TablePrecision {
  private(set) var digits = 2
  private(set) var decimals = 0

  mutating func include(_ number: ClaimedNumber) {
    digits = max(digits, number.digits - number.finalZeros)
    decimals = max(decimals, number.decimals)
  }
}

/// A decimal as it was written: `-0.959`, `1e-05`, `−12`.
private struct Decimal {
  let value: Double
  private(set) var digits = 0
  private(set) var finalZeros = 0
  private(set) var decimals = 0
  private(set) var exponent = 0
  let isWhole: Bool

  /// `0,693`
  init?(withComma bytes: [UInt8]) {
    guard bytes.contains(UInt8(ascii: ",")), !bytes.contains(UInt8(ascii: ".")) else { return nil }
    self.init(bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 })
  }

  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var text = ""
    for sign in ["-", "+", "−", "–"] where rest.starts(with: sign.utf8) {
      rest = rest.dropFirst(sign.utf8.count).drop { $0 == 0x20 }
      text = sign == "+" ? "" : "-"
      break
    }
    var (hasDigits, hasPoint, leads) = (false, false, true)
    while let byte = rest.first {
      if (0x30...0x39).contains(byte) {
        hasDigits = true
        if byte != 0x30 { leads = false }
        if !leads { digits += 1 }
        finalZeros = byte == 0x30 && !leads ? finalZeros + 1 : 0
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      text.unicodeScalars.append(Unicode.Scalar(byte))
      rest = rest.dropFirst()
    }
    guard hasDigits else { return nil }
    if text.last == "." { text += "0" }
    var hasExponent = false
    if let e = rest.first, e | 0x20 == UInt8(ascii: "e") {
      let tail = String(decoding: rest.dropFirst(), as: UTF8.self).replacing("−", with: "-")
      guard let power = Int(tail), power.magnitude < 10_000 else { return nil }
      exponent = power
      hasExponent = true
      text += "e\(power)"
      rest = []
    }
    guard rest.isEmpty, let value = Double(text), value.isFinite else { return nil }
    self.value = value
    isWhole = !hasPoint && !hasExponent
  }
}

private func powerOfTen(_ exponent: Int) -> Double {
  Operation.power.value([10, Double(exponent)])
}
