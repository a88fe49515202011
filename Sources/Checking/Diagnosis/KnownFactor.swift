// The numbers that people put into a derivative, or leave out: fractions, angles, logarithms.
import Calculus
import Language
import Syntax

/// A factor that people put in or leave out.
struct KnownFactor {
  let value: Double
  let text: String

  static let plain = [
    KnownFactor(value: 0, text: "0"), KnownFactor(value: -1, text: "-1"),
    KnownFactor(value: 2, text: "2"),
  ]

  static let others =
    [0.5, 3, 1 / 3.0, 4, 0.25, -2, -0.5, 1.5, 2 / 3.0].map { KnownFactor($0) } + [
      KnownFactor(value: .pi / 180, text: "pi/180"), KnownFactor(value: 180 / .pi, text: "180/pi"),
      KnownFactor(value: 2.302585092994046, text: "ln(10)"),
      KnownFactor(value: 1 / 2.302585092994046, text: "1/ln(10)"),
      KnownFactor(value: 0.6931471805599453, text: "ln(2)"),
      KnownFactor(value: 1 / 0.6931471805599453, text: "1/ln(2)"),
      KnownFactor(value: .pi, text: "pi"), KnownFactor(value: 2 * .pi, text: "2*pi"),
    ]

  private init(value: Double, text: String) {
    self.value = value
    self.text = text
  }

  /// A small fraction.
  init(_ value: Double) { self.init(value: value, text: Self.shortestFraction(value)) }

  var isAngle: Bool { text.contains("180") }
  var isLogarithm: Bool { text.contains("ln") }

  private static func shortestFraction(_ value: Double) -> String {
    for denominator in 1...4 {
      let numerator = value * Double(denominator)
      if (numerator - numerator.rounded()).magnitude < 1e-12 {
        return denominator == 1
          ? shortest(numerator.rounded()) : "\(shortest(numerator.rounded()))/\(denominator)"
      }
    }
    return shortest(value)
  }
}
