// Numbers as text: every double comes back, and rounding starts from the exact value.
@testable import Text
import Testing

@testable import Reporting

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (2.0, "2"), (-0.0, "-0"), (0.0, "0"), (0.1, "0.1"), (1e16, "1e+16"), (1e15, "1000000000000000"),
    (1e-5, "1e-05"), (.leastNonzeroMagnitude, "5e-324"),
    (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
    (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (-.nan, "nan"),
  ])
  func shortest(value: Double, expected: String) {
    #expect(NumberFormat.shortest.text(value) == expected)
  }

  @Test(arguments: [
    (0.15, 1, "0.1"), (0.25, 1, "0.2"), (0.35, 1, "0.3"), (9.995e22, 3, "1e+23"),
    (1e-300 / 1e10, 3, "1e-310"), (.leastNonzeroMagnitude, 5, "4.9407e-324"),
    (1e23, 17, "9.9999999999999992e+22"),
    (0.1, 17, "0.10000000000000001"), (2, 6, "2"), (-0.0, 3, "-0"), (99.99, 3, "100"),
    (1234567, 3, "1.23e+06"), (.infinity, 3, "inf"), (-.infinity, 3, "-inf"), (-.nan, 3, "nan"),
    (1.0000001, 4, "1"), (-1.7976931348623157e308, 17, "-1.7976931348623157e+308"),
  ])
  func rounded(value: Double, digits: Int, expected: String) {
    #expect(NumberFormat(digits: digits).text(value) == expected)
  }

  @Test func randomDoublesComeBack() {
    var generator = SplitMix(state: 1)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      for format in [NumberFormat.shortest, NumberFormat(digits: 17)] {
        #expect(Double(format.text(value))?.bitPattern == value.bitPattern)
      }
    }
  }
}

@Suite struct TextStyleTests {
  @Test func sequencesOnlyWhereEnabled() {
    #expect(TextStyle.plain.red("x") == "x")
    let style = TextStyle(isEnabled: true)
    #expect(style.red("x") == "\u{1B}[31mx\u{1B}[0m")
    #expect(style.red("") == "")
  }
}

/// A seeded generator, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
