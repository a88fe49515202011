// Derivatives whose factors leave the range of a double though they themselves do not.
import Testing

@testable import Calculus

@Suite struct RangeTests {
  /// f(u(x)) for two operations.
  private func composition(_ outer: [Operation], _ inner: Operation) -> Tape {
    let graph = Graph()
    var node = graph.unary(inner, graph.variable(0))
    for operation in outer {
      node =
        operation == .divide
        ? graph.binary(.divide, graph.constant(1), node) : graph.unary(operation, node)
    }
    return Tape(graph, output: node, isActive: [true])
  }

  /// Value, first and second derivative to 16 digits, from the closed forms e^-x, 2e^-x, x.
  @Test(arguments: [
    ([Operation.divide], Operation.exp, 400.0, -1.9151695967140057e-174, 1.9151695967140057e-174),
    ([.divide], .cosh, 400, -3.8303391934280114e-174, 3.8303391934280114e-174),
    ([.atan], .exp, 400, 1.9151695967140057e-174, -1.9151695967140057e-174),
    ([.ln], .exp, 400, 1, 0),
    ([.ln], .gamma, 150, 5.007298257075679, 0.006688938271171452),
  ])
  func rescued(
    _ outer: [Operation], _ inner: Operation, _ x: Double, _ first: Double, _ second: Double
  ) {
    let tape = composition(outer, inner)
    #expect(ulps(tape.reverseGradient(at: [x]).partials[0], first) <= 4)
    #expect(ulps(tape.forwardGradient(at: [x]).partials[0], first) <= 4)
    let error: Double = tape.hessian(at: [x])[0][0] - second
    #expect(error.magnitude <= 1e-14 * second.magnitude)
    #expect(tape.adjointTrace(at: [x]).last.map { ulps($0.value, first) <= 4 } == true)
  }

  @Test func scaledNumbersRoundAsDoublesDo() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<10_000 {
      let x = Double.random(in: -1e9...1e9, using: &generator)
      let y = Double.random(in: -1...1, using: &generator)
      #expect((Scaled(x) + Scaled(y)).value == x.advanced(by: y))
      #expect((Scaled(x) * Scaled(y)).value == Multiplication.value(x, y))
      #expect((Scaled(x) / Scaled(y)).value == Division.value(x, y))
      #expect((Scaled(x) - Scaled(y)).value == Subtraction.value(x, y))
    }
  }

  @Test func scaledNumbersHaveNoEnd() {
    let tiny = Scaled(1e-300)
    let product = tiny * tiny * tiny
    #expect(product.value == 0 && !product.isZero)
    #expect(ulps((product / tiny / tiny).value, 1e-300) <= 2)
    let huge = Scaled(1e300) * Scaled(1e300)
    #expect(huge.value == .infinity && huge.isOrdinary)
    #expect(((huge + Scaled(1)) / Scaled(1e300)).value == 1e300)
    #expect((Scaled(1) / Scaled(0)).value == .infinity)
    #expect((Scaled(0) * Scaled(.infinity)).isNaN)
    #expect((Scaled(.infinity) - Scaled(.infinity)).isNaN)
    #expect((Scaled(2) + Scaled(-.infinity)).value == -.infinity)
    #expect(Scaled(-0.0).value.sign == .minus)
    #expect(Scaled(0x1p-1074).value == 0x1p-1074)
  }
}
