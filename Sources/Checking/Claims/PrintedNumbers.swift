// Numbers as a program printed them, with how many digits of them there are.
import Calculus
import Language
import Syntax

/// A column of numbers.
struct PrintedNumbers {
  let values: [Double]
  /// How many variables the points have that the numbers are about.
  let variableCount: Int
  /// The significant digits that the program prints.
  let digits: Int
  /// For each value, how far rounding to these digits may have moved it; 0 where that is no matter.
  private let halfUnits: [Double]

  /// As many digits lose less than any tolerance sees.
  private static let fullDigits = 15

  /// - Parameter texts: the numbers as they were printed, each of which reads as a number.
  init(_ values: [Double], _ texts: [String], variableCount: Int) {
    let shapes = texts.map(Shape.init)
    let digits = shapes.map(\.digits).max() ?? 0
    // As `%f` prints: the same number of decimals everywhere, zeros and all.
    let isFixed = Set(shapes.map(\.decimals)).count == 1 && shapes.allSatisfy { !$0.hasExponent }
    self.values = values
    self.variableCount = variableCount
    self.digits = digits
    halfUnits = zip(values, shapes).map { value, shape in
      guard digits < Self.fullDigits, value.isFinite else { return 0 }
      let hasPlaces = isFixed && shape.decimals > 0
      // No number but 0 has 0 for its significant digits.
      guard hasPlaces || value != 0 else { return 0 }
      let lastPlace =
        hasPlaces
        ? -shape.decimals : Self.exponent(of: value) - digits + 1
      return 0.5 * Operation.power.value([10, Double(lastPlace)])
    }
  }

  func halfUnit(_ place: Int) -> Double { halfUnits[place] }

  private static func exponent(of value: Double) -> Int {
    Int(Operation.log10.value([value.magnitude]).rounded(.down))
  }

  /// How a number is written.
  private struct Shape {
    var digits = 0
    var decimals = 0
    var hasExponent = false

    init(_ text: String) {
      var isBehindPoint = false
      for byte in text.utf8 {
        switch Unicode.Scalar(byte) {
        case ".": isBehindPoint = true
        case "0"..."9":
          if digits > 0 || byte != UInt8(ascii: "0") { digits += 1 }
          if isBehindPoint { decimals += 1 }
        case "+", "-": break
        default:
          hasExponent = true
          return
        }
      }
    }
  }
}
