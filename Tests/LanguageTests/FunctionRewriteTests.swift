// Every rule that rewrites a function has an example, and changes no value.

import Testing

@testable import Calculus
@testable import Language

@Suite("Rules of functions")
struct FunctionRewriteTests {
  private static let examples = [
    "exp(0*x + 0) + x", "sin(-x)", "cos(-2*x)", "ln(exp(x))", "ln(e^x)", "exp(ln(exp(x) + 1))",
    "ln(e)*x", "sqrt(x^2)", "sqrt(x^4) + sqrt(y^6)", "sqrt(9*x)", "sqrt(x/4)",
    "besselj(-1, x)", "besselj(-2, x) - bessely(-3, x)", "besseli(-3, x)", "x + sqrt(4)",
    "abs(x^2)", "abs(-3*x)",
    "sign(cosh(x))",
    "ln((x^2 + 1)^3)", "abs(x^2*y)", "sqrt(x^2*y^4)", "sin(2*pi*floor(x))", "cos(5*pi)*x",
    "floor(7) + x", "if(x > 0, 1, 0)",
    "if(1, x, y)", "if(x, y, y)", "cos(x - pi/2)", "sin(x + 3*pi/2)", "cos(y + 2*pi)",
    "max(x, x, x) + min(y, y)", "if(x > x, 1, y)", "if(x == x, y, 1)",
    "if(x > 0 and x < 1, x, if(x == 0 or x == 1, x/2, 0))", "if(x > y, 2*x, if(x == y, x, 0))",
    "if(x < 3, 1, if(x == 3, 1/2, 0))",
  ]

  @Test func everyRuleHasAnExample() throws {
    var fired: Set<String> = []
    for example in Self.examples {
      let function = try Derived(example).function
      let graph = NormalGraph()
      graph.firedRules = []
      graph.isForPeople = true
      var importer = FormulaImporter(function.graph, outputs: [function.output], into: graph)
      _ = importer.run()
      fired.formUnion(graph.firedRules ?? [])
    }
    let names = Set(FunctionRewrite.all.map(\.name))
    #expect(names.subtracting(fired).isEmpty, "\(names.subtracting(fired))")
  }

  /// At random points, at both zeros, at both infinities, and at the edges of the functions' domains.
  @Test(arguments: examples)
  func noRuleChangesAValue(example: String) throws {
    let derived = try Derived(example)
    let function = derived.function
    let isActive = function.variables.map { _ in true }
    let before = Tape(function.graph, output: function.output, isActive: isActive)
    let after = derived.tape()
    var random = SplitMix64(state: 11)
    let marks: [Double] = [0, -0.0, 1, -1, 2, -2, .infinity, -.infinity]
    for round in 0..<40 {
      let point = function.variables.map { _ in
        round < marks.count ? marks[round] : random.value(in: -4...4)
      }
      let (x, y) = (before.value(at: point), after.value(at: point))
      guard x.isFinite else { continue }
      #expect((x - y).magnitude <= 1e-12 * max(1, x.magnitude), "\(point): \(x), \(y)")
    }
  }
}
