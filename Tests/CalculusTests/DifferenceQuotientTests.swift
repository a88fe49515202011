// Numerical differentiation: orders, steps, what it costs, and staying inside the domain.
import Testing

@testable import Calculus

@Suite struct DifferenceQuotientTests {
  private func differentiator(_ operation: Operation, at x: Double) -> NumericalDifferentiator {
    NumericalDifferentiator(tape(of: operation, arguments: 1), at: [x])
  }

  @Test(arguments: [
    (DifferenceFormula.forward, 1, 1), (.backward, 1, 1), (.central, 2, 2),
    (.forwardThreePoint, 2, 2), (.backwardThreePoint, 2, 2),
  ])
  func errorFallsWithTheOrder(_ formula: DifferenceFormula, _ order: Int, _ evaluations: Int) {
    let differentiator = differentiator(.exp, at: 0.5)
    let exact = Libm.exp(0.5)
    func error(_ step: Double) -> Double {
      let quotient = differentiator.quotient(along: [1], size: 1, formula, step: step)
      #expect(quotient.evaluations == evaluations)
      #expect(quotient.step == step)
      return (quotient.value - exact).magnitude
    }
    // Halving the step twice divides the error by 2^(2 order).
    let ratio: Double = error(0x1p-6) / error(0x1p-8)
    let expected: Double = order == 1 ? 4 : 16
    #expect((ratio / expected - 1).magnitude < 0.1)
  }

  @Test func defaultStepsFollowOrderAndSize() {
    let central = differentiator(.exp, at: 3).quotient(along: [1], size: 3, .central)
    #expect((central.step / (3 * 6.055454452393343e-06) - 1).magnitude < 1e-12)
    let forward = differentiator(.exp, at: 3).quotient(along: [1], size: 3, .forward)
    #expect(forward.step == 3 * 0x1p-26)
    let atZero = differentiator(.exp, at: 0).quotient(along: [1], size: 0, .central)
    #expect(atZero.step == 6.055454452393343e-06)
  }

  @Test(arguments: [(Operation.sqrt, 1e-30), (.ln, 1e-9), (.asin, 0.999999999), (.acosh, 1.0001)])
  func goodBesideTheEdgeOfTheDomain(_ operation: Operation, _ x: Double) {
    let tape = tape(of: operation, arguments: 1)
    let exact = tape.reverseGradient(at: [x]).partials[0]
    let quotient = differentiator(operation, at: x).quotient(along: [1], size: x, .central)
    #expect((quotient.value / exact - 1).magnitude < 1e-2)
  }

  @Test func oneSidedAtTheEdgeOfTheDomain() {
    // x sqrt(x) has the one-sided derivative 0 at 0, and no value to the left.
    let graph = Graph()
    let x = graph.variable(0)
    let tape = Tape(
      graph, output: graph.binary(.multiply, x, graph.unary(.sqrt, x)), isActive: [true])
    let quotient = NumericalDifferentiator(tape, at: [0]).quotient(along: [1], size: 0, .central)
    #expect(quotient.formula == .forwardThreePoint)
    #expect(quotient.value.magnitude < 1e-2)
    let backward = NumericalDifferentiator(tape, at: [0]).quotient(along: [1], size: 0, .backward)
    #expect(backward.formula == .forward)
  }

  @Test func smallVariablesInLargeFunctions() {
    // In 1 + x at 1e-10 a step in proportion to x drowns in the rounding of the sum.
    let graph = Graph()
    let x = graph.variable(0)
    let tape = Tape(graph, output: graph.binary(.add, x, graph.constant(1)), isActive: [true])
    let quotient = NumericalDifferentiator(tape, at: [1e-10])
      .quotient(along: [1], size: 1e-10, .central)
    #expect((quotient.value - 1).magnitude < 1e-9)
  }

  @Test(arguments: [Operation.sin, .exp, .atan, .tanh, .erf, .gamma, .sinc])
  func errorEstimatesHold(_ operation: Operation) {
    for x in [0.3, 1.1, 2.7] {
      let exact = tape(of: operation, arguments: 1).reverseGradient(at: [x]).partials[0]
      for formula in [DifferenceFormula.forward, .backward, .central] {
        let quotient = differentiator(operation, at: x)
          .quotient(along: [1], size: x, formula, estimatesError: true)
        let error = (quotient.value - exact).magnitude
        #expect(error <= 2 * (quotient.errorEstimate ?? 0), "\(x) \(formula)")
        #expect((quotient.errorEstimate ?? 1) < 1e-5 * (1 + exact.magnitude))
      }
    }
  }
}
