// Bounds for rounding errors: they hold, and they are not much too wide.

import Testing

@testable import Calculus

@Suite struct RunningErrorTests {
  /// (1 + x) - 1, which keeps only some of x's digits.
  private func cancelling() -> Tape {
    let graph = Graph()
    let one = graph.constant(1)
    let sum = graph.binary(.add, one, graph.variable(0))
    return Tape(graph, output: graph.binary(.subtract, sum, one), isActive: [true])
  }

  @Test(arguments: [1e-3, 1.1e-7, 3.3e-12, 1e-15])
  func cancellationIsCovered(x: Double) {
    let run = RunningError(cancelling(), at: [x])
    #expect((run.value - x).magnitude <= run.error)
    #expect(run.error < 1e-14)
  }

  @Test func whatIsExactHasAlmostNoError() {
    let graph = Graph()
    let product = graph.binary(.multiply, graph.variable(0), graph.variable(0))
    let run = RunningError(Tape(graph, output: product, isActive: [true]), at: [3])
    #expect(run.value == 9 && run.error <= 9 * 0x1p-50)
  }

  /// A whole part is known as far as its argument's error leads over no step.
  @Test func stepsWithinTheErrorCount() {
    let graph = Graph()
    let tenth = graph.binary(.multiply, graph.variable(0), graph.constant(0.1))
    let tape = Tape(graph, output: graph.unary(.floor, tenth), isActive: [true])
    #expect(RunningError(tape, at: [30]).error >= 1)
    #expect(RunningError(tape, at: [35]).error < 1e-14)
    #expect(RunningError(tape, at: [1e200]).error > 1e180)
  }

  /// x*y - x*y has the derivative y - y: both terms may be off.
  @Test func sweepsThatCancelAreNotSureOfThemselves() {
    let graph = Graph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let sine = graph.unary(.sin, x)
    let difference = graph.binary(
      .subtract, graph.binary(.multiply, sine, y), graph.binary(.multiply, y, sine))
    let errors = Tape(graph, output: difference, isActive: [true, true]).sweepErrors(at: [1, 1e10])
    #expect(errors[0] > 1e-7 && errors[0] < 1e-3)
    #expect(errors[1] < 1e-13)
  }

  @Test func formulasAreEqualOrNot() throws {
    let graph = Graph()
    let x = graph.variable(0)
    let square = graph.binary(.power, graph.binary(.add, x, graph.constant(1)), graph.constant(2))
    let formulas = try graph.derivatives(of: [square], along: [[0]], form: .simplified)
    let two = graph.constant(2)
    let claim = graph.binary(.add, graph.binary(.multiply, x, two), two)
    #expect(formulas.isEqual(0, to: claim, of: graph))
    #expect(!formulas.isEqual(0, to: graph.binary(.multiply, x, two), of: graph))
  }
}
