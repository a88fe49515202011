// Numerical differentiation: orders, steps, what it costs, and staying inside the domain.
import Testing

@testable import Calculus

@Suite struct DifferenceQuotientTests {
  private func differentiator(_ operation: Operation, at x: Double) -> NumericalDifferentiator {
    NumericalDifferentiator(tape(of: operation, arguments: 1), at: [x])
  }

  /// Σ w oᵏ over a formula's places: 0, then 1, then 0 up to the order.
  @Test(arguments: DifferenceFormula.all.filter { $0 != .adaptive })
  func theDeclaredOrderIsThatOfTheWeights(formula: DifferenceFormula) {
    #expect(formula.moment(0).magnitude < 1e-15)
    #expect((formula.moment(1) - 1).magnitude < 1e-15)
    for k in stride(from: 2, through: formula.order, by: 1) {
      #expect(formula.moment(k).magnitude < 1e-15)
    }
    #expect(formula.moment(formula.order + 1).magnitude > 0.01)
  }

  @Test func whatAFormulaCosts() {
    let costs = DifferenceFormula.choices.map(\.evaluations)
    #expect(costs == [1, 1, 2, 4, 6, nil, 1])
    #expect(DifferenceFormula.named("five-point") == .fivePoint)
    #expect(DifferenceFormula.named("six-point") == nil)
  }

  /// x + h is rounded: with the step that was asked for, the quotient of 3x would be off by 1e-7.
  @Test(arguments: DifferenceFormula.all.filter { $0 != .adaptive }, [0.2, -0.2, 1, 1e5])
  func theStepIsTheOneTaken(formula: DifferenceFormula, x: Double) {
    let graph = Graph()
    let variable = graph.variable(0)
    let tape = Tape(
      graph, output: graph.binary(.multiply, variable, graph.constant(4)), isActive: [true])
    let quotient = NumericalDifferentiator(tape, at: [x])
      .quotient(along: [1], size: x, formula, step: 1e-9 * x.magnitude)
    #expect((quotient.value - 4).magnitude < 1e-14, "\(formula.name)")
    #expect(quotient.step == 1e-9 * x.magnitude)
  }

  @Test func aStepThatIsLostOrTooLarge() {
    let lost = differentiator(.sqrt, at: 1).quotient(along: [1], size: 1, .central, step: 1e-17)
    #expect(lost.stepTaken == 0 && lost.value.isNaN && lost.evaluations == 0)
    let rounded = differentiator(.sqrt, at: 1)
      .quotient(along: [1], size: 1, .forward, step: 1.5e-16)
    #expect(rounded.stepTaken == 0x1p-52 && rounded.step == 1.5e-16)
    let large = differentiator(.sinh, at: 1).quotient(along: [1], size: 1, .central, step: 1e308)
    #expect(!large.value.isFinite)
  }

  @Test(arguments: [
    (DifferenceFormula.forward, 1, 1), (.backward, 1, 1), (.central, 2, 2),
    (.forwardThreePoint, 2, 2), (.backwardThreePoint, 2, 2), (.fivePoint, 4, 4),
    (.complexStep, 2, 1),
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
    let expected: Double = Libm.exp2(2 * Double(order))
    #expect((ratio / expected - 1).magnitude < 0.1)
  }

  @Test func defaultStepsFollowOrderAndSize() {
    let central = differentiator(.exp, at: 3).quotient(along: [1], size: 3, .central)
    // (2⁻⁵³/2)^(1/3) = 3.8e-6 and (2 · 2⁻⁵³)^(1/2) = 1.5e-8, times 3, to the nearest power of two.
    #expect(central.step == 0x1p-16)
    let forward = differentiator(.exp, at: 3).quotient(along: [1], size: 3, .forward)
    #expect(forward.step == 0x1p-24)
    let atZero = differentiator(.exp, at: 0).quotient(along: [1], size: 0, .central)
    #expect(atZero.step == 0x1p-18)
    let complex = differentiator(.exp, at: 1e-300).quotient(along: [1], size: 1e-300, .complexStep)
    #expect(complex.step >= .leastNormalMagnitude && complex.step < 1e-307)
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
