// Every function at hard points: value, first and second derivatives against 60-digit references.
import Testing

@testable import Calculus

/// One row of the reference table.
struct HardPoint: CustomTestStringConvertible {
  let line: String
  let operation: Operation
  let arguments: [Double]
  let value: Double
  /// nil where the operation has no such derivative.
  let first: [Double?]
  let second: [[Double?]]

  var testDescription: String { line }

  init?(_ line: Substring) {
    let fields = line.split(separator: " ")
    // name x value d1 d2, or name x y value dx dy dxx dxy dyy
    let count = fields.count == 5 ? 1 : 2
    guard fields.count == 5 || fields.count == 9,
      let operation = CalculusTests.operation(String(fields[0]), arguments: count)
    else { return nil }
    self.line = String(line)
    self.operation = operation
    let numbers = fields.dropFirst().map { Double(String($0)) }
    arguments = numbers.prefix(count).compactMap { $0 }
    value = numbers[count] ?? .nan
    if count == 1 {
      first = [numbers[2]]
      second = [[numbers[3]]]
    } else {
      first = [numbers[3], numbers[4]]
      second = [[numbers[5], numbers[6]], [numbers[6], numbers[7]]]
    }
  }

  /// What the engines make of the row.
  var errors: HardPointErrors { Self.errors(line) { HardPointErrors(self) } }

  private static let errors = Memo<String, HardPointErrors>()

  static let all: [HardPoint] = HardPoints.table.split(separator: "\n").compactMap { HardPoint($0) }
  static let names = Set(HardPoints.table.split(separator: "\n").map { $0.prefix { $0 != " " } })
}

/// The errors of a row's value, of its first or of its second derivatives.
struct QuantityError {
  /// In units in the last place and absolutely, one for each number.
  private(set) var errors: [(ulps: Double, absolute: Double)] = []

  var ulps: Double { errors.map(\.ulps).max() ?? 0 }

  mutating func include(_ x: Double, _ expected: Double) {
    let absolute = x == expected ? 0 : (x - expected).magnitude
    // What underflow has taken from the factors of a subnormal result is lost.
    let isTiny = expected.magnitude < .leastNormalMagnitude && absolute < 64 * 0x1p-1074
    errors.append((isTiny ? 0 : CalculusTests.ulps(x, expected), absolute))
  }

  /// Whether each number is within `tolerance` units or within the absolute error `allowed`.
  func isWithin(_ tolerance: Double, or allowed: Double) -> Bool {
    errors.allSatisfy { $0.ulps <= tolerance || $0.absolute <= allowed }
  }
}

/// The errors of one row: reverse, forward and symbolic mode for the first derivatives, forward over
/// reverse and symbolic mode for the second.
struct HardPointErrors {
  var value = QuantityError()
  var first = QuantityError()
  var second = QuantityError()

  init(_ point: HardPoint) {
    let count = point.arguments.count
    let fixed = Set(point.first.indices.filter { point.first[$0] == nil })
    let tape = tape(of: point.operation, arguments: count, fixed: fixed)
    let reverse = tape.reverseGradient(at: point.arguments)
    let forward = tape.forwardGradient(at: point.arguments)
    let hessian = tape.hessian(at: point.arguments)
    value.include(reverse.value, point.value)
    let formulas = symbolicDerivatives(of: point.operation, at: point.arguments)
    for k in 0..<count {
      guard let expected = point.first[k] else { continue }
      first.include(reverse.partials[k], expected)
      first.include(forward.partials[k], expected)
      first.include(formulas[k], expected)
      for m in 0..<count {
        guard let expected = point.second[k][m] else { continue }
        second.include(hessian[k][m], expected)
        second.include(formulas[count + k * count + m], expected)
      }
    }
  }
}

/// Rows where a quantity is allowed more than the tolerance, each with the absolute error that it is
/// allowed instead.
///
/// Beside a zero that no double hits, the result is all rounding error of the terms that cancel
/// there: its condition number is what is large, not the error.
private let besideZeros: [String: Double] = [
  "first factorial 0.46163214496836236": 1e-15,
  "value logsumexp -0.6931471805599453 -0.6931471805599453": 1e-15,
  "value logsumexp -1 -0.4586751453870819": 1e-15,
  "value logsumexp -1e-18 -41.44653167389282": 1e-30,
  "value logsumexp -0.7 -0.68": 1e-15,
  "second sech 0.881373587019543": 1e-15,
  "second power 0.5 1.4426950408889634": 1e-15,
  "second log 3 0.1353352832366127": 1e-14,
  "second power 0.36787944117144233 1": 1e-15,
  "first besselj 1 1.841183781340659": 1e-15,
  "value besselj 1.5 4.493409457909064": 1e-31,
  "second power 0.9999999999 10000000000": 1e-5,
  "second power 1.0000000001 -10000000000": 1e-5,
]

/// Rows that are wrong by more, and why that is let be.
private let knownShortfalls: [String: String] = [
  "power 5e-324 1e-20": "x^y / x underflows for a subnormal base",
  "power 5e-324 1e-10": "likewise",
  "power 1.00001 70000000": "y x^(y-1) overflows, and the mixed derivative is built on it",
  "log 2 1e-300": "an infinite second derivative comes out as inf - inf",
  "log 1e300 1e-300": "likewise",
  "log 1e-300 1e-300": "likewise",
  "sin 5.319372648326541e255": "libm's argument reduction: 8 ulp in cos, 14 in tan",
  "cos 5.319372648326541e255": "likewise",
  "tan 5.319372648326541e255": "likewise",
  "cot 5.319372648326541e255": "likewise",
  "sec 5.319372648326541e255": "likewise",
  "csc 5.319372648326541e255": "likewise",
]

@Suite struct HardPointTests {
  /// Units in the last place. The worst are second derivatives of Bessel functions.
  static let tolerance = (value: 4.0, first: 16.0, second: 17.0)

  @Test func everyRowIsRead() {
    #expect(HardPoint.all.count == HardPoints.table.split(separator: "\n").count)
    #expect(HardPoint.all.count > 2000)
  }

  @Test(arguments: HardPoint.names.sorted())
  func valueAndDerivatives(_ name: Substring) {
    for point in HardPoint.all where point.line.hasPrefix(name + " ") {
      let prefix = point.line.split(separator: " ").prefix(1 + point.arguments.count)
        .joined(separator: " ")
      if knownShortfalls[prefix] != nil { continue }
      let errors = point.errors
      expect(errors.value, Self.tolerance.value, "value \(prefix)")
      // Of a value that is infinite or has lost its digits to underflow, the rules that build on
      // the value can make nothing better.
      guard point.value.isNormal || point.value == 0 else { continue }
      expect(errors.first, Self.tolerance.first, "first \(prefix)")
      expect(errors.second, Self.tolerance.second, "second \(prefix)")
    }
  }

  private func expect(_ error: QuantityError, _ tolerance: Double, _ row: String) {
    let isWithin = error.isWithin(tolerance, or: besideZeros[row] ?? -1)
    #expect(isWithin, "\(row): \(error.ulps) ulp")
  }

  /// A table of what misses the tolerance of a unit or so shows where accuracy is lost.
  @Test func nearlyAllAreRightToAFewUnits() {
    let ordinary = HardPoint.all.filter { $0.value.isNormal || $0.value == 0 }
    let errors = ordinary.map(\.errors)
    let good = errors.count { $0.value.ulps <= 4 && $0.first.ulps <= 4 && $0.second.ulps <= 4 }
    #expect(Double(good) >= 0.97 * Double(ordinary.count))
  }
}
