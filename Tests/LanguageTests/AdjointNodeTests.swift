// The gradient by nodes attached to the graph, against the reverse sweep, where branches are cut.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct AdjointNodeAgreementTests {
  /// - Parameter strictly: whether a formula must have a value wherever the sweep has; powers of 0,
  ///   for one, have a logarithm in their formula.
  private func compare(_ text: String, at point: [Double], strictly: Bool) throws -> Bool {
    let names = ["x", "y", "z"]
    let function = try Function(Expression(SourceText(text)), first: names)
    let place = function.variables.map { point[names.firstIndex(of: $0) ?? 0] }
    let tape = Tape(function.graph, output: function.output, isActive: place.map { _ in true })
    guard tape.value(at: place).isFinite else { return false }
    let (graph, adjoints) = function.graph.withAdjoints(of: tape)
    let roots = place.indices.map { adjoints[$0] ?? graph.constant(0) }
    guard !roots.isEmpty else { return false }
    let nodes = Tape(graph, outputs: roots, isActive: tape.isActive + [false])
    let values = nodes.formulaValues(at: place + [1])
    for (slot, expected) in zip(nodes.outputs, tape.slotAdjoints(at: place)) {
      // Rules round a little differently on terms, where they write a quotient.
      guard strictly || (values[slot].isFinite && expected.isFinite) else { continue }
      let slack = 1e-9 * expected.magnitude + 1e-12
      let agrees = same(values[slot], expected) || (values[slot] - expected).magnitude <= slack
      #expect(agrees, "\(text) at \(point): \(values[slot]), not \(expected)")
    }
    return true
  }

  @Test(arguments: [
    "if(x > 0, ln(x), 0)", "if(x > 0, sqrt(x) + ln(x), x)", "if(x > 0, ln(x), 0) + 2*ln(x + 1)",
    "if(x > 0, ln(x), 0) + if(x > 1, 2*ln(x), x)", "if(x > 0, if(y > 0, ln(x)*sqrt(y), 1), y)",
    "max(ln(x + 1), 1)*2", "max(0, sqrt(x))", "min(x, sqrt(x), 3)", "max(x, y)", "max(x, x)",
    "relu(x)*sqrt(relu(x))", "sqrt(relu(x - 3))", "ln(relu(x) + 1)", "clamp(x, 0, 1)",
    "clamp(sqrt(x), 1, 2)", "if(x, y, z)", "if(not x, 1/x, 1/(x + 2))", "if(x > 0, 1/x, 0)*0",
    "if(x == 0, 0, 1/x)", "if(x > 0, ln(if(x > 1, x - 1, x)), 0)", "abs(x)*x", "floor(x)/3 + x",
    "stop_gradient(x)*x", "x^0 + x^1", "sum(i, 1, 3, if(x > i, ln(x - i), 0))",
  ])
  func branchesThatAreNotTaken(text: String) throws {
    for point in [[0.0, 0, 0], [-1, 2, 3], [1, 0, 2], [2.5, -1, 0.5], [0, 1, 1]] {
      _ = try compare(text, at: point, strictly: true)
    }
  }

  @Test func randomExpressions() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 7_041_999))
    var compared = 0
    for index in 0..<3000 {
      let text = generator.expression(depth: 1 + index % 5)
      if try compare(text, at: generator.point(), strictly: false) { compared += 1 }
    }
    #expect(compared > 1000)
  }
}
