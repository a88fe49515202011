// Every rewrite of the presentation has an example that it is applied in, and changes no value.

import Testing

@testable import Calculus
@testable import Language

@Suite("Rewrites of the presentation")
struct PresentationRewriteTests {
  struct Example: CustomTestStringConvertible {
    let name: String
    let formula: String
    var testDescription: String { formula }
  }

  /// What each rewrite is applied in; for identities of squares their left side.
  static let examples: [Example] =
    [
      (.commonFactors, "x*y + x"), (.commonFactors, "sqrt(x)*y^2 - 3*sqrt(x)*y"),
      (.gatheredTerms, "x*ln(x) + ln(x) + x"), (.oneDenominator, "1/x + 1/y"),
      (.oneDenominator, "x/(x - 1) - (x + 1)/(x - 1)^2"), (.oneDenominator, "1/sqrt(x) + sqrt(x)"),
      (.expansion, "x*(y + 1) - x*y"), (.expansion, "(x - 1)^3 - x^3"), (.likeBases, "x^2/x"),
      (.likeBases, "x*sin(x)/x + y"), (.vanishing, "0*ln(x) + y"),
      (.signs, "x^2*sign(x)*y"), (.signs, "abs(x - y)*sign(x - y)"),
      (.powersOfRoots, "sqrt(x)^2 + y"), (.powersOfRoots, "y/sqrt(x)^3*x"),
      (.cubeRoots, "cbrt(x)^4*y"), (.cubeRoots, "x^2*y/cbrt(x)^2"),
      (.cubeRoots, "cbrt(x)^2*y/x"), (.powersOfPowers, "(x^(1/3))^2*y"),
      (.takenExponents, "x^(y - 1)*x"),
      (.joinedExponents, "x^y/x"), (.numbersOutOfRoots, "sqrt(3)*sqrt(6)*x"),
      (.numbersOutOfRoots, "sqrt(x^2/9 + 1)*y"), (.spelling, "sin(x)/cos(x)^2"),
      (.spelling, "cosh(x)/sinh(x)"), (.doubleArgument, "4*sin(x)*cos(x)"),
      (.doubleArgument, "sinh(x)^2*cosh(x)^2"), (.doubleArgument, "1/(sin(x)*cos(x))"),
      (.reciprocalExponential, "y*exp(-x)/(1 + exp(-x))"),
      (.reciprocalExponential, "exp(x*y)/(3 - 2*exp(x*y))"),
      (.rootsAbove, "x/(y^2*sqrt(x/y))"), (.rootsAbove, "x*y/(3*x*y)^(1/3)"),
      (.oneExponential, "exp(x)*exp(y)*x"), (.oneExponential, "exp(2*x)/exp(y)^3"),
      (.commonDivisors, "(x^2 + 4*x + 4)/(x^2 - 4)"),
      (.commonDivisors, "(x^2 - 1)/(x^2 - 3*x + 2)*y"),
      (.expansion, "(1/x^2 + 1)*(x - 1/x)"),
      (.oneDenominator, "x - 2*x/(x^2 + 1) + 2*x^3/(x^2 + 1)^2"),
      (.joinedDivisors, "y/((1 + x)*(1 - x))"),
      (.joinedDivisors, "1/((2*x + 1)^2*(2*x - 1)^2)"), (.sineAndCosine, "tan(x) - sin(x)*y"),
      (.cancelledTerms, "sin(x)^4 - cos(x)^4 - 2*sin(x)^2 + 1 + y*exp(x)*ln(x)^2"),
      (.products, "x^2 + x*y + y^2/4"),
    ].map { (rewrite: PresentationRewrite, formula) in
      Example(name: rewrite.rawValue, formula: formula)
    }
    + SquareIdentity.all.map { identity in
      let left = String(identity.name.prefix { $0 != "=" })
      return Example(
        name: identity.name, formula: left.split(separator: "(x)").joined(separator: "(ln(x))"))
    }

  @Test func everyRewriteHasAnExample() {
    let names = Set(Self.examples.map(\.name))
    #expect(names == Set(PresentationRewrite.names))
  }

  /// At random points, at both zeros, at both infinities, and at the edges of the functions' domains:
  /// no value is lost, and none is another. What had none at a single point has the limit.
  @Test(arguments: examples)
  func noRewriteChangesAValue(example: Example) throws {
    let function = try Derived(example.formula).function
    let graph = NormalGraph()
    var importer = FormulaImporter(function.graph, outputs: [function.output], into: graph)
    let root = importer.run()[Int(function.output)]
    graph.openAll()
    graph.appliedRewrites = []
    var presentation = Presentation(graph, Set(PresentationKind.allCases))
    _ = presentation.shortest(root)
    let applied = Array(graph.appliedRewrites ?? [])
    #expect(applied.contains { $0.name == example.name }, "\(applied.map(\.name))")
    var writer = FormulaWriter(graph)
    let formulas = writer.written(applied.flatMap { [$0.before, $0.after] })
    let isActive = function.variables.map { _ in true }
    let tapes = formulas.roots.map { Tape(formulas.graph, output: $0, isActive: isActive) }
    let printer = FormulaPrinter(formulas.graph, style: .plain) { function.variables[$0] }
    for (index, rewrite) in applied.enumerated() {
      let texts = formulas.roots[2 * index...2 * index + 1].map { printer.text($0) }
      for point in Self.points(function.variables.count) {
        let fault = Self.fault(
          tapes[2 * index], tapes[2 * index + 1], at: point,
          isOnTheWay: rewrite.name == PresentationRewrite.takenExponents.rawValue)
        #expect(fault == nil, "\(rewrite.name): \(texts[0]) = \(texts[1]) at \(point)")
      }
    }
  }

  /// Every mark in each coordinate, and points without any.
  private static func points(_ count: Int) -> [[Double]] {
    let marks: [Double] = [0, -0.0, 1, -1, 2, -2, .pi / 2, 1e-3, .infinity, -.infinity]
    var random = SplitMix64(state: 17)
    let plain = (0..<8).map { _ in (0..<count).map { _ in random.value(in: -3...3) } }
    return plain
      + (0..<count).flatMap { coordinate in
        marks.map { mark in
          var point = (0..<count).map { _ in random.value(in: 0.2...3) }
          point[coordinate] = mark
          return point
        }
      }
  }

  /// What is wrong with a rewrite at a point; nil where nothing is.
  ///
  /// - Parameter isOnTheWay: whether the result is never shown as it is.
  private static func fault(
    _ before: Tape, _ after: Tape, at point: [Double], isOnTheWay: Bool
  ) -> String? {
    let (x, y) = (Judged(before, at: point), Judged(after, at: point))
    let isFinite = point.allSatisfy(\.isFinite)
    guard x.value.isFinite, x.error.isFinite else {
      guard isFinite, y.value.isFinite else { return nil }
      let sides = [-1e-6, 1e-6].map { step in Judged(before, at: point.map { $0 + step }) }
      guard sides.allSatisfy(\.value.isFinite) else { return nil }
      // Beside a pole, terms that cancel leave their rounding.
      let isLimit = sides.allSatisfy {
        ($0.value - y.value).magnitude <= 1e-4 * (1 + $0.value.magnitude) + $0.error
      }
      return isLimit ? nil : "no limit"
    }
    // Rational functions have limits at infinity that no floating-point number sees.
    // What comes out of an exponent goes into one again.
    guard y.value.isFinite else { return isFinite && !isOnTheWay ? "lost" : nil }
    guard y.error.isFinite else { return nil }
    return (x.value - y.value).magnitude <= 8 * (x.error + y.error) ? nil : "another value"
  }
}
