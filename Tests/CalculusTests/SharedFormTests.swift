// The shared form: never more operations than a few sweeps, and the same values as the derivatives.

import Testing

@testable import Calculus

@Suite struct SharedFormTests {
  /// x₀·x₁·…, and its gradient in the shared form.
  private static func productGradient(_ count: Int) throws -> Formulas {
    let graph = Graph()
    let product = (1..<count).reduce(graph.variable(0)) {
      graph.binary(.multiply, $0, graph.variable($1))
    }
    return try graph.sharedDerivatives(
      of: product, along: (0..<count).map { [$0] }, variableCount: count)
  }

  @Test(arguments: [2, 3, 4, 8, 32, 100])
  func theGradientOfAProductTakesThreeMultiplicationsAVariable(_ count: Int) throws {
    #expect(try Self.productGradient(count).operationCount <= max(0, 3 * count - 6))
  }

  @Test func theGradientOfAProductIsRight() throws {
    let point = (0..<12).map { 0.5 + Double($0) / 7 }
    let formulas = try Self.productGradient(12)
    let whole = point.reduce(1, *)
    for (index, root) in formulas.roots.enumerated() {
      let value = Tape(formulas.graph, output: root, isActive: point.map { _ in true })
        .value(at: point)
      #expect(abs(value - whole / point[index]) <= 1e-14 * abs(value))
    }
  }

  @Test func partsOfSumsAreComputedOnce() {
    let graph = Graph()
    let (a, b, c, d) = (
      graph.variable(0), graph.variable(1), graph.variable(2), graph.variable(3)
    )
    // a - b + c and d - a + b have a - b in common, of either sign.
    let first = graph.binary(.add, graph.binary(.subtract, a, b), c)
    let second = graph.binary(.add, graph.binary(.subtract, d, a), b)
    let shared = Formulas(graph: graph, roots: [first, second]).sharingParts()
    #expect(shared.operationCount == 3)
    let point = [2.0, 3, 5, 7]
    let values = shared.roots.map {
      Tape(shared.graph, output: $0, isActive: point.map { _ in true }).value(at: point)
    }
    #expect(values == [4, 8])
  }

  @Test func whatHasNothingInCommonStaysAsItIs() {
    let graph = Graph()
    let sum = graph.binary(.add, graph.variable(0), graph.variable(1))
    let shared = Formulas(graph: graph, roots: [sum]).sharingParts()
    #expect(shared.graph === graph && shared.roots == [sum])
  }
}
