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

  /// What the orders to come take at least is known from the last one.
  @Test func highOrdersAreRefusedEarly() {
    let graph = Graph()
    let x = graph.variable(0)
    let output = graph.binary(.power, x, graph.binary(.power, x, x))
    for form in [FormulaForm.raw, .simplified] {
      let differentiator = SymbolicDifferentiator(
        graph, outputs: [output], form: form, budget: Budget(limit: 2_000_000))
      _ = differentiator.derivatives(along: [Array(repeating: 0, count: 100)])
      #expect(differentiator.graph.budget.isSpent)
      #expect(differentiator.graph.count < 100_000)
    }
  }

  /// Each order is differentiated once, however many of them are asked for.
  @Test func ordersOneAfterTheOtherTakeNoMoreThanTheLast() {
    let used = [[[0, 0, 0, 0]], (1...4).map { Array(repeating: 0, count: $0) }].map { paths in
      let graph = Graph()
      let differentiator = SymbolicDifferentiator(
        graph, outputs: [product(graph)], form: .simplified)
      _ = differentiator.derivatives(along: paths)
      return differentiator.graph.budget.used
    }
    #expect(used[0] == used[1])
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
