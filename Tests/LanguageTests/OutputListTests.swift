// Lists of outputs: each is what it would be alone, over the variables of all.

import Calculus
import Language
import Syntax
import Testing

@Suite("Outputs of a list")
struct OutputListTests {
  private static let outputs = [
    "x*y + 0*z", "sin'(x*z) + y", "sum(i, 1, 4, i*x^i) - sum(i, 1, 2, y)", "3",
    "diff(x*exp(x*y), y)", "max(x, y, z)", "if(x > y, x, y)*z", "exp(x*y)",
  ]
  private static let list = "[\(outputs.joined(separator: ", "))]"
  private static let point = Point(names: ["y", "z", "x"], values: [0.3, 2, -0.7])

  @Test func eachOutputIsWhatItIsAlone() throws {
    let expression = try Expression(SourceText(Self.list))
    let together = try Computation.outputs(of: expression, at: Self.point, keepsGraphs: true)
    #expect(together.count == Self.outputs.count)
    let formulas = together.compactMap(\.formulas)
    for (index, text) in Self.outputs.enumerated() {
      let alone = try Computation(Expression(SourceText(text)), at: Self.point)
      #expect(together[index].tape.instructionCount == alone.tape.instructionCount)
      let values = Self.point.values
      let (a, b) = (
        together[index].tape.reverseGradient(at: values), alone.tape.reverseGradient(at: values)
      )
      #expect(a.value == b.value && a.partials == b.partials)
      let single = try alone.formulas(at: Self.point)
      #expect(formulas[index].partials(at: values) == single.partials(at: values))
      #expect(
        together[index].text(of: together[index].tape.output) == alone.text(of: alone.tape.output))
    }
  }

  @Test func functionsShareTheirVariables() throws {
    let functions = try Function.outputs(of: Expression(SourceText("[b, a*b, c]")))
    #expect(functions.map(\.variables) == Array(repeating: ["b", "a", "c"], count: 3))
  }

  @Test func theNamesOfAllOutputsNeedValues() {
    #expect(
      complaint { _ = try check("[x, q]", "x=1") }
        == "no value is given for 'q'; add 'q=…' to --at @ q")
    #expect(complaint { _ = try check("[x, y]", "x=1,y=2") } == "no error")
  }

  private func check(_ text: String, _ at: String) throws {
    let source = SourceText(at, name: "--at")
    let point = try PointReader.points(source)[0]
    _ = try Computation.check(point, from: source, for: Expression(SourceText(text)))
  }

  @Test func whatNeedsOneExpressionRefusesAList() throws {
    let expression = try Expression(SourceText(" [x] # one"))
    let message =
      "one expression is needed here, not a list of outputs; give the outputs one at a time @ [x]"
    #expect(complaint { _ = try Function(expression) } == message)
    #expect(
      complaint { _ = try Computation(expression, at: Point(names: ["x"], values: [1])) }
        == message)
  }

  /// Formulas of several graphs, joined, are the same formulas, and share what is equal.
  @Test func joinedFormulas() throws {
    let functions = try Function.outputs(
      of: Expression(SourceText("[exp(x*y), x*exp(x*y), tanh(x)]")))
    let parts = try functions.map {
      try $0.graph.derivatives(of: [$0.output], along: [[0], [1]], form: .simplified)
    }
    let joined = Formulas(joining: parts)
    let text = { (formulas: Formulas) in
      let printer = FormulaPrinter(formulas.graph, style: .plain) { ["x", "y"][$0] }
      return formulas.roots.map { printer.text($0) }
    }
    #expect(text(joined) == parts.flatMap(text))
    let size = joined.graph.dagSize(of: joined.roots)
    #expect(size < parts.reduce(0) { $0 + $1.graph.dagSize(of: $1.roots) })
  }
}
