// The budget of derivatives: what grows from order to order is refused, what grows with the input never.
import Testing

@testable import Calculus

@Suite struct BudgetTests {
  private func product(_ graph: Graph) -> NodeIndex {
    let x = graph.variable(0)
    return graph.binary(
      .multiply, graph.unary(.exp, graph.unary(.sin, x)), graph.unary(.tan, x))
  }

  @Test(arguments: FormulaForm.allCases) func highOrdersAreRefused(_ form: FormulaForm) {
    let graph = Graph()
    let output = product(graph)
    #expect(throws: FormError.tooManyNodes(limit: 5000)) {
      try graph.derivatives(
        of: [output], along: [Array(repeating: 0, count: 60)], form: form,
        budget: Budget(limit: 5000))
    }
  }

  @Test func lowOrdersAreNot() throws {
    let graph = Graph()
    let output = product(graph)
    for order in 0...6 {
      let path = Array(repeating: 0, count: order)
      let formulas = try graph.derivatives(
        of: [output], along: [path], form: .simplified, budget: Budget(limit: 20_000))
      let usual = try graph.derivatives(of: [output], along: [path], form: .simplified)
      #expect(formulas.graph.count == usual.graph.count)
    }
  }

  /// A sum of n terms in n variables, each with its derivative.
  @Test(arguments: [100, 1000, 10_000]) func nodesGrowWithTheInput(_ count: Int) {
    let graph = Graph()
    let terms = (0..<count).map { graph.unary(.sin, graph.variable($0)) }
    let sum = terms.dropFirst().reduce(terms[0]) { graph.binary(.add, $0, $1) }
    let differentiator = SymbolicDifferentiator(
      graph, outputs: [sum], form: .simplified, budget: Budget(limit: .max))
    _ = differentiator.derivatives(along: (0..<count).map { [$0] })
    #expect(differentiator.graph.budget.used <= 8 * count)
    #expect(differentiator.graph.budget.used >= count)
  }

  @Test func aLargeFormulaHasALargeBudget() {
    #expect(Budget.ofDerivatives(of: 1_000_000, derivatives: 1).limit >= 64_000_000)
    #expect(Budget.ofDerivatives(of: .max / 2, derivatives: .max).limit == .max)
    let usual = Budget.ofDerivatives(of: 10, derivatives: 1).limit
    #expect(Budget.ofDerivatives(of: 10, derivatives: 1, effort: 3).limit == 3 * usual)
  }
}
