// Numbers as people write them into a table, with the precision that their digits claim.
import Calculus
import Checking
import Language
import Syntax

/// A value that is claimed.
package struct ClaimedNumber: Sendable {
  /// The number as it was read.
  package let value: Double
  /// Half a unit of the last digit that was written; nil for a whole number, 0 for an exact one.
  let halfUnit: Double?
  /// How many digits there are without the zeros in front, and how many behind the point.
  let digits: Int
  /// The zeros that a whole number ends in: 1680 may be 1677.3 with three digits.
  let finalZeros: Int
  let decimals: Int
  /// Its text, with its place in the file.
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

  /// Reads a number: a decimal, or an expression of numbers and constants such as 1/2 or 0.693 + 10.
  ///
  /// - Parameter scanner: finds the names of quantities in a text; an expression with one is no number.
  /// - Returns: nil where the text is no number.
  init?(_ text: PlacedText, in source: SourceText, _ scanner: (PlacedText) -> NameScanner) {
    let bare = Self.bare(text)
    guard !bare.isEmpty else { return nil }
    if let decimal = Decimal(bare.bytes) ?? Decimal(withComma: bare.bytes) {
      self.init(decimal, value: decimal.value, bare)
    } else if bare.text == "nan" {
      self.init(value: .nan, halfUnit: 0, bare)
    } else if let value = Self.value(of: bare, source, scanner) {
      self.init(value: value, halfUnit: Self.halfUnit(of: bare, value, source, scanner), bare)
    } else {
      return nil
    }
  }

  private init(value: Double, halfUnit: Double, _ place: PlacedText) {
    self.value = value
    self.halfUnit = halfUnit
    (digits, finalZeros, decimals, self.place) = (0, 0, 0, place)
  }

  private init(_ decimal: Decimal, value: Double, _ place: PlacedText) {
    let last = decimal.decimals - decimal.exponent
    self.value = value
    self.place = place
    digits = decimal.digits
    finalZeros = decimal.isWhole ? decimal.finalZeros : 0
    decimals = max(0, last)
    halfUnit = decimal.isWhole ? nil : 0.5 * powerOfTen(-last)
  }

  /// Without a sign of equality in front and dots behind.
  private static func bare(_ text: PlacedText) -> PlacedText {
    var text = text.trimmed
    for sign in ["=", "≈", "≅", "≃", "≐"] where text.hasPrefix(sign) {
      text = text.from(sign.utf8.count).trimmed
    }
    // A full stop behind `1.65`.
    if text.hasSuffix("."), text.bytes.count(where: { $0 == UInt8(ascii: ".") }) == 2 {
      text = text[0..<text.count - 1]
    }
    for dots in ["…", "...", "\\ldots", "\\dots"] where text.hasSuffix(dots) {
      text = text[0..<text.count - dots.utf8.count].trimmed
    }
    return text
  }

  /// The value of an expression that no quantity is in; nil if one is, or if it is none.
  private static func value(
    of text: PlacedText, _ source: SourceText, _ scanner: (PlacedText) -> NameScanner
  ) -> Double? {
    let saysNumber = text.bytes.contains { (0x30...0x39).contains($0) }
    // A name is quickly told from a number.
    let isName =
      text.bytes.first.map { ($0 | 0x20) >= 0x61 && $0 < 0x80 } == true
      && text.bytes.allSatisfy { (0x30...0x39).contains($0) || ($0 | 0x20) >= 0x61 && $0 < 0x80 }
    guard text.count <= sizeLimit, !text.bytes.contains(where: { ":=".utf8.contains($0) }),
      saysNumber && !isName || Catalogue.constant(signless(text.text)) != nil,
      let formula = try? ClaimedFormula(text, in: source, scanner), formula.references.isEmpty
    else { return nil }
    return formula.value([])
  }

  private static func signless(_ text: String) -> String {
    let name = text.drop { "+-−\\".contains($0) }
    return ["π": "pi", "∞": "inf", "infty": "inf"][String(name)] ?? String(name)
  }

  /// Longer texts are formulas.
  private static let sizeLimit = 400

  /// How far the last digits of the decimals in an expression may move it.
  private static func halfUnit(
    of text: PlacedText, _ value: Double, _ source: SourceText,
    _ scanner: (PlacedText) -> NameScanner
  ) -> Double {
    var (sum, index) = (0.0, 0)
    while index < text.count {
      let end = text.bytes[index...].firstIndex { !"0123456789.".utf8.contains($0) } ?? text.count
      guard end > index else {
        index += 1
        continue
      }
      if let decimal = Decimal(Array(text.bytes[index..<end])), !decimal.isWhole {
        var moved = text[0..<index]
        let unit = 0.5 * powerOfTen(-decimal.decimals)
        moved.append("\(decimal.value + unit)", from: text.places[index])
        moved.append(text.from(end))
        if let other = Self.value(of: moved, source, scanner), other.isFinite {
          sum += (other - value).magnitude
        }
      }
      index = end
    }
    return sum
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
    // Libraries print `1.` for 1.
    isWhole = decimals == 0 && !hasExponent
  }
}

private func powerOfTen(_ exponent: Int) -> Double {
  Operation.power.value([10, Double(exponent)])
}
