// Derivations step by step: every line is right by itself, and names the rule that it is.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct DerivationTests {
  @Test func everyStepIsTheDerivativeOfWhatItIsAppliedTo() throws {
    var count = 0
    for text in SymbolicAgreementTests.calls {
      let function = try Function(Expression(SourceText(text)), first: ["x", "y", "z"])
      let isActive = function.variables.map { _ in true }
      for variable in function.variables.indices {
        let derivation = function.graph.derivation(of: function.output, in: variable)
        for place in SymbolicAgreementTests.places.prefix(3) {
          let point = Array(place.prefix(isActive.count))
          for step in derivation.steps {
            let subject = Tape(derivation.graph, output: step.node, isActive: isActive)
            let expected = subject.reverseGradient(at: point).partials[variable]
            let result = Tape(derivation.graph, output: step.result, isActive: isActive)
            let judged = Judged(result, at: point)
            guard expected.isFinite, judged.value.isFinite else { continue }
            let slack: Double =
              1e-12 * Swift.max(1, expected.magnitude)
              + (judged.error.isFinite ? 4 * judged.error : 0)
            #expect(
              (judged.value - expected).magnitude <= slack, "\(text) \(step.rule) at \(point)")
            count += 1
          }
        }
      }
    }
    #expect(count > 1500)
  }

  /// A step before the rules are applied to its parts, with the derivatives of the parts put in.
  @Test func everyRuleAloneGivesTheSameDerivative() throws {
    var count = 0
    for text in ["x^2*sin(3*x)", "(x+1)/(x-1)", "exp(-x^2/2)", "x^sin(x)", "ln(sin(x))*2^(x^2)"] {
      let function = try Function(Expression(SourceText(text)))
      let derivation = function.graph.derivation(of: function.output, in: 0)
      let width = 1 + (derivation.symbols.keys.max() ?? 0)
      func derivative(_ node: NodeIndex, _ x: Double) -> Double {
        Tape(derivation.graph, output: node, isActive: [true]).reverseGradient(at: [x]).partials[0]
      }
      for x in [0.7, 1.9] {
        var point = Array(repeating: x, count: width)
        for (index, part) in derivation.symbols { point[index] = derivative(part, x) }
        for step in derivation.steps {
          let pending = Tape(
            derivation.graph, output: step.pending, isActive: point.map { _ in false })
          let expected = derivative(step.node, x)
          #expect(abs(pending.value(at: point) - expected) <= 1e-13 * max(1, abs(expected)))
          count += step.pending == step.result ? 0 : 1
        }
      }
    }
    #expect(count > 15)
  }

  @Test func aStepIsAnEquationInWhichInnerDerivativesAreStillToCome() throws {
    #expect(
      try Self.listing("x^2*sin(3*x)").lines.map(\.equation) == [
        "(x^2*sin(3*x))' = (x^2)'*sin(3*x) + x^2*(sin(3*x))'", "(x^2)' = 2*x",
        "(sin(3*x))' = cos(3*x)*(3*x)'", "(3*x)' = 3",
      ])
  }

  private static func listing(_ text: String, in variable: String = "x") throws -> DerivationListing
  {
    let function = try Function(Expression(SourceText(text)), first: [variable])
    return DerivationListing(
      function.graph.derivation(of: function.output, in: 0), style: .plain,
      isTaken: function.variables.contains
    ) { function.variables[$0] }
  }

  @Test(arguments: [
    ("x", [DerivationRule.variable]), ("3*pi", [.constant]), ("x+2", [.sum]),
    ("2-x", [.difference]),
    ("-x", [.sign]), ("x*y", [.constantFactor]), ("x/3", [.constantFactor]), ("3/x", [.quotient]),
    ("x*sin(x)", [.product, .function(.sin)]), ("x^3", [.power]), ("2^x", [.exponential]),
    ("x^x", [.generalPower]), ("sqrt(x)", [.function(.sqrt)]),
    ("sin(x^2)", [.function(.sin), .power]), ("if(x > 0, x, 0)", [.function(.select)]),
  ])
  func rules(_ text: String, _ rules: [DerivationRule]) throws {
    #expect(try Self.listing(text).lines.map(\.rule) == rules)
  }

  @Test func theChainRuleIsToldWhereThereIsAnInnerDerivative() throws {
    let lines = try Self.listing("sin(x) + sin(x^2) + (x+1)^2").lines
    #expect(lines.filter(\.isChained).map(\.subject) == ["sin(x^2)", "(x + 1)^2"])
    #expect(lines.filter(\.isChained).map(\.result) == ["cos(x^2)*(2*x)", "2*(x + 1)"])
  }

  @Test func whatIsLongGetsANameOnce() throws {
    let terms = (1...30).map { "\($0)*x^\($0)" }.joined(separator: " + ")
    let listing = try Self.listing("u1*sin(\(terms))")
    // The variable has the name already.
    let named = listing.lines.filter { $0.subject.hasPrefix("u2 = ") }
    #expect(named.count == 1)
    #expect(named.allSatisfy { $0.result.hasPrefix("u2' = ") })
    #expect(listing.function.hasPrefix("u1*sin(u"))
    #expect(listing.lines.allSatisfy { $0.subject.count < 400 && $0.result.count < 800 })
  }

  @Test func longDerivationsTakeLinearSpace() throws {
    func length(_ depth: Int) throws -> Int {
      let nested = (0..<depth).reduce("x") { text, _ in "sin(\(text))*x" }
      return try Self.listing(nested).lines.reduce(0) { $0 + $1.subject.count + $1.result.count }
    }
    let (short, long) = (try length(200), try length(2000))
    #expect(long < 12 * short)
  }
}
