// The graph and the tape: sharing, order, depth, and what the sweeps make of them.
import Testing

@testable import Calculus

@Suite struct GraphTests {
  @Test func equalNodesAreOneNode() {
    let graph = Graph()
    let x = graph.variable(0)
    let first = graph.unary(.sin, x)
    #expect(graph.unary(.sin, graph.variable(0)) == first)
    #expect(graph.unary(.cos, x) != first)
    #expect(graph.binary(.subtract, x, first) != graph.binary(.subtract, first, x))
    #expect(graph.variadic(.max, [x, first, x]) == graph.variadic(.max, [x, first, x]))
    #expect(graph.variadic(.max, [x, first]) != graph.variadic(.max, [x, first, x]))
    #expect(graph[graph.variadic(.min, [first, x])] == .variadic(.min, [first, x]))
  }

  @Test func constantsAreTheirBits() {
    let graph = Graph()
    #expect(graph.constant(0) != graph.constant(-0.0))
    #expect(graph.constant(.nan) == graph.constant(.nan))
    #expect(graph.constant(0.1) != graph.constant(0.1.nextUp))
    #expect(graph[graph.constant(-2.5e-300)] == .constant(-2.5e-300))
  }

  @Test func growthKeepsEveryNode() {
    let graph = Graph()
    let nodes = (0..<5000).map { graph.constant(Double($0)) }
    let sums = nodes.map { graph.variadic(.max, [$0, nodes[0]]) }
    #expect(Set(nodes + sums).count == 10000)
    #expect(nodes == (0..<5000).map { graph.constant(Double($0)) })
    #expect(sums == nodes.map { graph.variadic(.max, [$0, nodes[0]]) })
  }

  /// ln(x1)+x1*x2-sin(x2): the survey's order is ln, product, sine, sum, difference.
  @Test func tapesGoLevelByLevel() {
    let graph = Graph()
    let (x1, x2) = (graph.variable(0), graph.variable(1))
    let sum = graph.binary(.add, graph.unary(.ln, x1), graph.binary(.multiply, x1, x2))
    let output = graph.binary(.subtract, sum, graph.unary(.sin, x2))
    let tape = Tape(graph, output: output, isActive: [true, true])
    #expect(
      (2..<tape.count).map { tape.operation(in: $0) } == [.ln, .multiply, .sin, .add, .subtract])
    #expect(tape.operands(of: 6) == [5, 4])
    let gradient = tape.reverseGradient(at: [2, 5])
    #expect(gradient.value == 11.652071455223084)
    #expect(gradient.partials == [5.5, 1.7163378145367738])
    #expect(tape.forwardGradient(at: [2, 5]).partials == gradient.partials)
  }

  @Test func whatTheOutputDoesNotNeedIsNotRecorded() {
    let graph = Graph()
    let x = graph.variable(0)
    _ = graph.unary(.exp, x)
    let tape = Tape(graph, output: graph.unary(.sin, x), isActive: [true, true])
    #expect(tape.instructionCount == 1)
    #expect(tape.nodes[1] == nil)
    #expect(tape.reverseGradient(at: [1, 9]).partials[1] == 0)
  }

  /// x used along two paths is swept once, after both its users: a diamond is not counted twice.
  @Test func diamonds() {
    let graph = Graph()
    var node = graph.variable(0)
    for _ in 0..<60 { node = graph.binary(.add, node, node) }
    let tape = Tape(graph, output: node, isActive: [true])
    #expect(tape.instructionCount == 60)
    #expect(tape.reverseGradient(at: [1]).partials == [0x1p60])
    #expect(tape.forwardGradient(at: [1]).partials == [0x1p60])
  }

  @Test func depthIsNoMatter() {
    let graph = Graph()
    var node = graph.variable(0)
    for _ in 0..<50_000 { node = graph.unary(.sin, node) }
    let tape = Tape(graph, output: node, isActive: [true])
    let reverse = tape.reverseGradient(at: [1])
    #expect(reverse.value > 0 && reverse.value < 0.01)
    #expect(ulps(reverse.partials[0], tape.forwardGradient(at: [1]).partials[0]) < 1e6)
    let text = FormulaPrinter(graph, style: .plain) { _ in "x" }.text(node)
    #expect(
      text.hasPrefix("sin(sin(") && text.hasSuffix("x" + String(repeating: ")", count: 50_000)))
  }

  @Test func inactiveVariablesAreConstants() {
    let graph = Graph()
    let (x, n) = (graph.variable(0), graph.variable(1))
    // (-2)^n has no derivative in n; nobody asks for one.
    let tape = Tape(graph, output: graph.binary(.power, x, n), isActive: [true, false])
    #expect(tape.reverseGradient(at: [-2, 3]).partials == [12, 0])
    #expect(tape.forwardGradient(at: [-2, 3]).partials == [12, 0])
    #expect(tape.hessian(at: [-2, 3]) == [[-12, 0], [0, 0]])
  }

  /// A factor that is 0 by structure contributes 0 against infinity; a number that is 0 does not.
  @Test func structuralZeros() {
    let graph = Graph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let root = graph.unary(.sqrt, y)
    let one = graph.constant(1)
    func gradient(_ output: NodeIndex, _ point: [Double]) -> [Double] {
      let tape = Tape(graph, output: output, isActive: [true, true])
      let reverse = tape.reverseGradient(at: point).partials
      let forward = tape.forwardGradient(at: point).partials
      #expect(zip(reverse, forward).allSatisfy { ulps($0, $1) == 0 })
      return reverse
    }
    let product = graph.binary(.multiply, graph.binary(.subtract, x, one), root)
    // Along y the product is 0, whatever the slope of the root at the end of its domain.
    #expect(gradient(product, [1, 0]) == [0, 0])
    let positive = graph.binary(.greater, x, one)
    #expect(gradient(graph.variadic(.select, [positive, root, x]), [1, 0]) == [1, 0])
    #expect(gradient(graph.variadic(.max, [root, x]), [1, 0]) == [1, 0])
    #expect(gradient(graph.unary(.floor, root), [1, 0]) == [0, 0])
    #expect(gradient(graph.binary(.add, x, graph.unary(.stopGradient, root)), [1, 0]) == [1, 0])
    #expect(gradient(graph.unary(.relu, graph.unary(.negate, root)), [1, 0]) == [0, 0])
    #expect(gradient(graph.unary(.sign, graph.unary(.cbrt, x)), [0, 0]) == [0, 0])
  }
}
