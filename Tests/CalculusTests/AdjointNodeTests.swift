// The adjoints of a graph as nodes of the graph: the values of the sweep on numbers, and their shape.
import Testing

@testable import Calculus

@Suite struct AdjointNodeTests {
  /// The gradient by the nodes that reverse mode adds to a graph.
  static func gradient(_ graph: Graph, _ tape: Tape, at point: [Double]) -> [Double] {
    let (whole, adjoints) = graph.withAdjoints(of: tape)
    let roots = (0..<tape.variableCount).map { adjoints[$0] ?? whole.constant(0) }
    let formulas = Tape(whole, outputs: roots, isActive: tape.isActive + [false])
    let values = formulas.formulaValues(at: point + [1])
    return formulas.outputs.map { values[$0] }
  }

  private static func graph(of operation: Operation, count: Int) -> (Graph, Tape) {
    let graph = Graph()
    let node = graph.plain(operation, (0..<count).map { graph.variable($0) })
    return (graph, Tape(graph, output: node, isActive: Array(repeating: true, count: count)))
  }

  // What kernels are for, their formulas lose: those of beta and lbeta have a difference of two
  // digammas.
  @Test(arguments: Operation.language)
  func everyRuleGivesItsNumbers(_ operation: Operation) {
    for point in RuleTests.points(for: operation) {
      let (graph, tape) = Self.graph(of: operation, count: point.count)
      let expected = tape.reverseGradient(at: point).partials
      let partials = Self.gradient(graph, tape, at: point)
      for (partial, expected) in zip(partials, expected) {
        let limit: Double = operation == .lbeta || operation == .beta ? 64 : 8
        #expect(ulps(partial, expected) <= limit, "\(operation) at \(point)")
      }
    }
  }

  @Test func theyAreAttachedToTheGraphTheyAreOf() {
    let graph = Graph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let output = graph.binary(.multiply, graph.unary(.sin, x), y)
    let tape = Tape(graph, output: output, isActive: [true, true])
    let count = graph.count
    let (whole, adjoints) = graph.withAdjoints(of: tape)
    #expect(graph.count == count)
    #expect((0..<count).allSatisfy { whole[UInt32($0)] == graph[UInt32($0)] })
    let printer = FormulaPrinter(whole, style: .plain) { ["x", "y", "s"][$0] }
    #expect(
      adjoints.compactMap { $0 }.map { printer.text($0) }
        == ["s*y*cos(x)", "s*sin(x)", "s*y", "s"])
  }

  @Test func withoutASeedItIsOne() {
    let graph = NormalGraph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let output = graph.normal(.multiply, [graph.normal(.power, [x, graph.constant(2)]), y])
    let tape = Tape(graph, output: output, isActive: [true, true])
    let adjoints = graph.appendAdjoints(of: tape)
    let printer = FormulaPrinter(graph, style: .plain) { ["x", "y"][$0] }
    #expect(adjoints.prefix(2).map { $0.map(printer.text) } == ["2*(x*y)", "x^2"])
  }

  @Test func nothingFlowsToWhatIsConstant() {
    let graph = Graph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let output = graph.binary(.add, graph.unary(.floor, x), graph.binary(.multiply, y, y))
    let tape = Tape(graph, output: output, isActive: [true, false])
    let (_, adjoints) = graph.withAdjoints(of: tape)
    #expect(adjoints.prefix(2).allSatisfy { $0 == nil })
  }

  @Test func aTapeOfSeveralOutputs() {
    let graph = Graph()
    let x = graph.variable(0)
    let roots = [graph.unary(.cos, x), x, graph.constant(3), graph.unary(.cos, x)]
    let tape = Tape(graph, outputs: roots, isActive: [true])
    let values = tape.slotValues(at: [0])
    #expect(tape.outputs.map { values[$0] } == [1, 0, 3, 1])
    #expect(tape.instructionCount == 1)
  }

  @Test func aLongProductAndALongSumHaveAdjointsInProportion() {
    let graph = Graph()
    let variables = (0..<20_000).map { graph.variable($0) }
    for operation in [Operation.multiply, .add] {
      let output = variables.dropFirst().reduce(variables[0]) { graph.binary(operation, $0, $1) }
      let active = variables.map { _ in true }
      let tape = Tape(graph, output: output, isActive: active)
      let (whole, _) = graph.withAdjoints(of: tape)
      #expect(whole.count < 20 * variables.count)
    }
  }
}
