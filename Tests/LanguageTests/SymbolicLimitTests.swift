// Formulas at their limits: high orders against series, and expressions of great size.

import Calculus
import Syntax
import Testing

@testable import Language

/// The first coefficients of a power series.
private struct Series {
  var terms: [Double]
  static let count = 11

  init(_ terms: [Double]) {
    self.terms = (0..<Self.count).map { $0 < terms.count ? terms[$0] : 0 }
  }

  static func * (x: Series, y: Series) -> Series {
    Series((0..<count).map { n in (0...n).reduce(0) { $0 + x.terms[$1] * y.terms[n - $1] } })
  }

  /// 1 divided by a series.
  var inverse: Series {
    var result = [1 / terms[0]]
    for n in 1..<Self.count {
      result.append(-(1...n).reduce(0) { $0 + terms[$1] * result[n - $1] } / terms[0])
    }
    return Series(result)
  }

  /// exp of a series without a constant term: n e_n = Σ k s_k e_(n-k).
  var exponential: Series {
    var result = [1.0]
    for n in 1..<Self.count {
      result.append((1...n).reduce(0) { $0 + Double($1) * terms[$1] * result[n - $1] } / Double(n))
    }
    return Series(result)
  }

  /// A sine or cosine from its first two terms: s'' = -s.
  static func wave(_ first: Double, _ second: Double) -> Series {
    var terms = [first, second]
    for n in 2..<count { terms.append(-terms[n - 2] / Double(n * (n - 1))) }
    return Series(terms)
  }
}

@Suite struct SymbolicLimitTests {
  @Test func tenthDerivativesAreTaylorCoefficients() throws {
    let (sine, cosine) = (Series.wave(0, 1), Series.wave(1, 0))
    let expected: [(String, Series)] = [
      ("exp(sin(x))", sine.exponential), ("tan(x)", sine * cosine.inverse),
      ("1/(1+x^2)", Series([1, 0, 1]).inverse),
    ]
    let factorials = (0..<Series.count).map { n in (0..<n).reduce(1.0) { $0 * Double($1 + 1) } }
    for (text, series) in expected {
      for form in [FormulaForm.raw, .simplified] {
        for order in [9, 10] {
          let path = Array(repeating: 0, count: order)
          let derived = try Derived(text, along: [path], form: form)
          let number = series.terms[order] * factorials[order]
          let value = derived.tape().value(at: [0])
          #expect((value - number).magnitude <= 1e-10 * (1 + number.magnitude), "\(text) \(form)")
        }
      }
    }
  }

  private func derivative(_ text: String, at x: Double) throws -> [Double] {
    try [FormulaForm.raw, .simplified].map { form in
      try Derived(text, along: [[0]], form: form).tape().value(at: [x])
    }
  }

  /// Coefficients that no longer fit are rounded, and like terms are still one.
  @Test func highOrdersStaySmallAndRight() throws {
    // The n-th derivative of 1/(1 + x²) is (-1)ⁿ n! sin((n + 1) acot x) / (1 + x²)^((n + 1)/2).
    let derived = try Derived(
      "1/(1+x^2)", along: [20, 30, 40].map { Array(repeating: 0, count: $0) })
    for (position, order) in [20.0, 30, 40].enumerated() {
      let size = derived.formulas.graph.dagSize(of: [derived.formulas.roots[position]])
      #expect(size < 300)
      let expected: Double =
        Operation.factorial.value([order])
        * Operation.sin.value([(order + 1) * Operation.acot.value([3])])
        / Operation.power.value([10, (order + 1) / 2])
      let value = derived.tape(position).value(at: [3])
      #expect((value - expected).magnitude <= 1e-3 * expected.magnitude, "\(value) \(expected)")
    }
    let exponential = try Derived("exp(sin(x))", along: [Array(repeating: 0, count: 40)])
    #expect(exponential.formulas.graph.dagSize(of: exponential.formulas.roots) < 1500)
  }

  @Test func greatExpressionsAreNoTrouble() throws {
    let count = 500
    let nest = String(repeating: "sin(", count: count) + "x" + String(repeating: ")", count: count)
    #expect(try derivative(nest, at: 0) == [1, 1])
    let product = Array(repeating: "x", count: 2_000).joined(separator: "*")
    #expect(try derivative(product, at: 1) == [2_000, 2_000])
    let sum = (1...2_000).map { "x*\($0)" }.joined(separator: " + ")
    #expect(try derivative(sum, at: 1) == [2_001_000, 2_001_000])
    let tower = Array(repeating: "x", count: 20).joined(separator: "^")
    #expect(try derivative(tower, at: 1) == [1, 1])
    let factors = (1...40).map { "(sin(x)+\($0)/1000)" }.joined(separator: "*")
    #expect(try derivative(factors, at: 2).allSatisfy(\.isFinite))
  }

  @Test(arguments: [
    "x*(0/0)", "x*(1/0)", "x*inf", "x*nan", "9007199254740993*x", "x*1e-300",
    "x^1e9", "x^-1e18", "(x+1)^64", "(x+1)^65", "(2*x)^1000", "(x*y)^1000", "x^1e300", "5e-324*x",
    "9007199254740991*x*9007199254740991*y*9007199254740991",
    "x^9007199254740992*x^9007199254740992",
    "x/9007199254740991/9007199254740991", "x^(1/9007199254740991)*x^(1/9007199254740990)",
    "exp(x)^(1/9007199254740991)*exp(x)^(1/9007199254740990)", "(1/3)^40*x",
    "-9223372036854775808*x",
  ])
  func extremeNumbersAreNoTrouble(_ text: String) throws {
    for form in FormulaForm.allCases {
      for point in [[1.0, 1], [-1, 0.5], [0, 0], [0.999, 1.001]] {
        guard let derived = try? Derived(text, along: [[], [0]], form: form) else { continue }
        let point = Array(point.prefix(derived.function.variables.count))
        let tape = Tape(
          derived.function.graph, output: derived.function.output,
          isActive: point.map { _ in true })
        let reverse = tape.reverseGradient(at: point)
        guard reverse.value.isFinite else { continue }
        for (position, expected) in [reverse.value, reverse.partials[0]].enumerated()
        where expected.isFinite {
          let value = try derived.readBack(position).value(at: point)
          #expect(
            (value - expected).magnitude <= 1e-12 * expected.magnitude,
            "\(form) \(position) at \(point): \(value), not \(expected)")
        }
      }
    }
  }
}
