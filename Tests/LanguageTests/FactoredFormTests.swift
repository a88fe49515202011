// Formulas as products: what factors are found, that no value changes, and that efforts are bounded.

import Syntax
import Testing

@testable import Calculus
@testable import Language

@Suite("Factored formulas")
struct FactoredFormTests {
  @Test(arguments: [
    ("x^2 - 1", "(x + 1)*(x - 1)"), ("x^2 - 5*x + 6", "(x - 2)*(x - 3)"),
    ("x^4 + 4", "(x^2 + 2*x + 2)*(x^2 - 2*x + 2)"), ("x^2 - 2", "x^2 - 2"),
    ("x^5 - 3*x^4 + 3*x^3 - x^2", "x^2*(x - 1)^3"), ("6*x^2 + 5*x - 6", "(3*x - 2)*(2*x + 3)"),
    ("x^2/4 - y^2/9", "(3*x + 2*y)*(3*x - 2*y)/36"), ("a*c + a*d + b*c + b*d", "(a + b)*(c + d)"),
    ("x^3 + y^3", "(x + y)*(x^2 - x*y + y^2)"),
    ("a^3 + b^3 + c^3 - 3*a*b*c", "(a + b + c)*(a^2 - a*b - a*c + b^2 - b*c + c^2)"),
    ("1/(x - 1) - 1/(x + 1)", "2/((x + 1)*(x - 1))"),
    ("(x^2 - 1)/(x^2 + 2*x + 1)", "(x - 1)/(x + 1)"),
    ("1/(x^2 - 1) + 1/(x - 1)", "(x + 2)/((x + 1)*(x - 1))"), ("1/(1/x + 1/y)", "x*y/(x + y)"),
    ("sin(x)^2 - y^2", "(y + sin(x))*(sin(x) - y)"),
    ("x + 2*sqrt(x) + 1", "(sqrt(x) + 1)^2"),
    ("x*ln(x)^2 - x", "x*(ln(x) + 1)*(ln(x) - 1)"), ("x - x^2", "x*(1 - x)"),
    ("x*exp(x) + x^2*exp(x)", "x*exp(x)*(x + 1)"), ("0.5*x^2 - 0.5", "0.5*(x + 1)*(x - 1)"),
    ("(x + y + 1)^2 - (x - y)^2", "(2*x + 1)*(2*y + 1)"),
    (
      "x^6 - 1",
      "(x + 1)*(x - 1)*(x^2 + x + 1)*(x^2 - x + 1)"
    ),
  ])
  func aSumIsAProduct(sum: String, product: String) throws {
    #expect(try Self.factored(sum).texts[0] == product)
  }

  private static let functions = [
    "x^2 - 1", "x^4 - y^4", "(x + 1)/(x - 1) + x", "1/(x + 1/(x + 1))",
    "x^3*exp(-2*x) - x*exp(-2*x)",
    "sqrt(x)*x - sqrt(x)", "abs(x)*x - x^2", "(x^2 - 1)*abs(x - 1)/(x - 1)", "0.3*x^2 - 1.2*y^2",
    "x^2*y/(x*y + y^2) - y", "if(x > y, x^2 - y^2, x - y)", "max(x, y)^2 - 1", "x^12 - 1",
    "ln(x)^2 - y^2",
    "(x + y)^4 - 16*(x - y)^4", "floor(x)*x - x", "tan(x)^2 - sec(x)", "x^(1/3) - x^(2/3)",
  ]

  @Test(arguments: functions)
  func aProductHasTheValueOfTheSum(function: String) throws {
    let factored = try Self.factored(function)
    let (before, after) = (try Derived(function).tape(), factored.tape())
    var random = SplitMix64(state: 7)
    for _ in 0..<40 {
      let point = factored.function.variables.map { _ in random.value(in: -2...3) }
      let (x, y) = (before.value(at: point), after.value(at: point))
      guard x.isFinite else { continue }
      #expect((x - y).magnitude <= 1e-11 * max(1, x.magnitude), "\(factored.texts[0]) at \(point)")
    }
    #expect(try Self.factored(factored.texts[0]).texts == factored.texts)
  }

  /// Products of random polynomials are found again, and what is found multiplies to what was given.
  @Test func randomProductsAreTakenApart() throws {
    var random = SplitMix64(state: 3)
    for _ in 0..<20 {
      let factors = (0..<3).map { _ in
        "("
          + (0...2).map { "\(Int(random.value(in: -5...5)))*x^\($0)*y^\($0 % 2)" }.joined(
            separator: " + ")
          + ")"
      }
      let expression = try Derived(factors.joined(separator: "*"), form: .expanded).texts[0]
      let factored = try Self.factored(expression)
      let whole = Formulas(graph: factored.formulas.graph, roots: factored.formulas.roots)
      let function = try Function(Expression(SourceText(expression)))
      #expect(whole.isEqual(0, to: function.output, of: function.graph), "\(factored.texts[0])")
      if case .binary(.add, _, _) = whole.graph[whole.roots[0]] {
        Issue.record("\(factors) gave \(factored.texts[0])")
      }
    }
  }

  @Test(arguments: ["(x + y + z + 1)^30 + 1", "x^1000 - 1", "(x^7 - y^5 + z)^9 - 3*(x + z^9)^8"])
  func whatTakesTooMuchStays(function: String) throws {
    let steps = try Self.factored(function)
    #expect(try steps.texts == Derived(function).presented.texts)
  }

  private static func factored(_ text: String) throws -> Derived {
    let derived = try Derived(text)
    return Derived(function: derived.function, formulas: derived.formulas.factored())
  }
}
