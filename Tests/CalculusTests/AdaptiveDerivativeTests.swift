// The adaptive derivative: right within its own estimate, at edges, kinks and every scale.
import Testing

@testable import Calculus

@Suite struct AdaptiveDerivativeTests {
  private func derivative(
    _ operation: Operation, at x: Double
  ) -> (found: AdaptiveDerivative, exact: Double) {
    let tape = tape(of: operation, arguments: 1)
    let found = NumericalDifferentiator(tape, at: [x]).adaptiveDerivative(along: [1], size: x)
    return (found, tape.reverseGradient(at: [x]).partials[0])
  }

  /// a · f(b x)
  private func scaled(
    _ operation: Operation, outer: Double = 1, inner: Double, plus offset: Double = 0, at x: Double
  ) -> (found: AdaptiveDerivative, exact: Double) {
    let graph = Graph()
    let argument = graph.binary(.multiply, graph.variable(0), graph.constant(inner))
    let value = graph.binary(
      .multiply, graph.unary(operation, argument), graph.constant(outer))
    let output = graph.binary(.add, value, graph.constant(offset))
    let tape = Tape(graph, output: output, isActive: [true])
    let found = NumericalDifferentiator(tape, at: [x]).adaptiveDerivative(along: [1], size: x)
    return (found, tape.reverseGradient(at: [x]).partials[0])
  }

  private static let smooth = Operation.language.filter {
    $0.shape == .unary
      && ![.abs, .sign, .step, .relu, .floor, .ceil, .round, .trunc, .not, .stopGradient]
        .contains($0)
  }

  /// Within the estimate, nearly to the last digit, at the price of a few evaluations.
  @Test(arguments: smooth)
  func goodAtOrdinaryPoints(operation: Operation) {
    for x in [-2.3, -0.7, 0.3, 0.45, 0.8, 1.7, 6.1] {
      let (found, exact) = derivative(operation, at: x)
      // A slope of 1e-16 beside a value of 1 is another matter.
      guard exact.isFinite, found.value.isFinite, exact.magnitude > 1e-8 else { continue }
      let error = (found.value - exact).magnitude
      #expect(error <= found.errorEstimate, "at \(x): \(found.value) for \(exact)")
      #expect(error <= 1e-10 * (1 + exact.magnitude), "at \(x): \(found.value) for \(exact)")
      #expect(found.errorEstimate <= 1e-8 * (1 + exact.magnitude), "\(found.errorEstimate)")
      #expect(found.evaluations <= 40 && !found.isKink, "at \(x): \(found.evaluations)")
    }
  }

  @Test(arguments: [
    (Operation.ln, 1e-300), (.ln, 1e300), (.sqrt, 1e-200), (.sqrt, 1e200), (.exp, 1e-300),
    (.sin, 1e-250), (.sin, 1e10), (.exp, 700), (.exp, -700), (.ln, 1e-10), (.atan, 1e100),
    (.tanh, 18), (.cbrt, -1e-90), (.tan, 1.5707), (.gamma, 170), (.lgamma, 1e10),
    (.asin, 0.999999999), (.acosh, 1.0000001), (.ln, 1), (.sin, 0), (.cos, 0), (.exp, 0),
  ])
  func goodAtHugeAndTinyPointsAndEdges(operation: Operation, x: Double) {
    let (found, exact) = derivative(operation, at: x)
    let error = (found.value - exact).magnitude
    #expect(error <= found.errorEstimate + 4 * exact.ulp)
    #expect(error <= 1e-8 * exact.magnitude + 1e-15, "\(found.value) for \(exact)")
  }

  /// Functions that vary over 1e-200 or 1e200, at 0 too, where x itself tells no scale.
  @Test(arguments: [
    (Operation.sin, 1e200, 0.0), (.exp, 1e200, 0), (.tanh, 1e-200, 0), (.exp, 1e-200, 0),
    (.sin, 1e5, 0), (.sin, 1e200, 1e-200), (.exp, 1e-200, 1e200), (.exp, 1e200, 1e-210),
    (.sin, 1e6, 1), (.tanh, 1e5, 0),
  ])
  func findsTheScale(operation: Operation, inner: Double, x: Double) {
    let (found, exact) = scaled(operation, inner: inner, at: x)
    #expect((found.value / exact - 1).magnitude < 1e-7, "\(found.value) for \(exact)")
    #expect((found.value - exact).magnitude <= found.errorEstimate + 4 * exact.ulp)
    #expect(found.evaluations < 1000)
  }

  @Test func valuesOfEverySize() {
    for outer in [1e-300, 1e-200, 1e200, 1e300] {
      let (found, exact) = scaled(.sin, outer: outer, inner: 1, at: 0.7)
      #expect((found.value / exact - 1).magnitude < 1e-11 && found.evaluations < 40)
    }
    // Beside 1e8 nothing of the sine's last digits is left, and the estimate knows it.
    let (found, exact) = scaled(.sin, inner: 1, plus: 1e8, at: 0.7)
    let error = (found.value - exact).magnitude
    #expect(error < 1e-6 && error <= found.errorEstimate && found.errorEstimate > 1e-10)
  }

  @Test func cornersAreTold() throws {
    for (operation, sides) in [(Operation.abs, (-1.0, 1.0)), (.relu, (0, 1))] {
      let (found, _) = derivative(operation, at: 0)
      #expect(found.isKink && found.evaluations < 20)
      let (left, right) = (try #require(found.left), try #require(found.right))
      #expect((left.value - sides.0).magnitude <= left.errorEstimate)
      #expect((right.value - sides.1).magnitude <= right.errorEstimate)
      #expect(found.value == (sides.0 + sides.1) / 2)
      #expect(found.errorEstimate >= (sides.1 - sides.0) / 2)
    }
    // A corner nearby is none here.
    #expect(!derivative(.abs, at: 1e-3).found.isKink)
    #expect(derivative(.abs, at: 1e-3).found.value == 1)
  }

  @Test(arguments: [
    (Operation.floor, 3.0), (.floor, 0), (.sign, 0), (.round, 0.5), (.cbrt, 0), (.asin, 1),
    (.sqrt, 0), (.acosh, 1),
  ])
  func jumpsAndInfiniteSlopesDoNotSettle(operation: Operation, x: Double) {
    let (found, _) = derivative(operation, at: x)
    #expect(found.errorEstimate > 1e6 || found.isKink, "\(found)")
    #expect(found.errorEstimate > 0.1)
  }

  /// x^1.5 exists to the right of 0 only, and its slope there is 0.
  @Test func oneSidedAtTheEdge() {
    let graph = Graph()
    let output = graph.binary(.power, graph.variable(0), graph.constant(1.5))
    let tape = Tape(graph, output: output, isActive: [true])
    let found = NumericalDifferentiator(tape, at: [0]).adaptiveDerivative(along: [1], size: 0)
    #expect(found.left == nil && found.right != nil)
    #expect(found.value.magnitude < 1e-5 && found.value.magnitude <= 4 * found.errorEstimate)
  }

  @Test func alongADirection() {
    let tape = tape(of: .multiply, arguments: 2)
    let found = NumericalDifferentiator(tape, at: [3, 4])
      .adaptiveDerivative(along: [1, 0.3], size: 4)
    #expect((found.value - 5.2 + 0.3).magnitude < 1e-11)
  }

  @Test func whereThereIsNoValue() {
    let (found, _) = derivative(.ln, at: -1)
    #expect(found.value.isNaN && found.errorEstimate == .infinity && found.evaluations == 0)
  }
}
