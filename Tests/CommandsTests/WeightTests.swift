// Several outputs: their product with weights, and their second derivatives.
import Testing

@testable import Commands

@Suite struct WeightTests {
  private static let outputs = ["x*y + sin(x)", "x^2/y", "exp(x*y)"]
  private static let weights = [1, -2, 0.5]
  private static let list = "[" + outputs.joined(separator: ", ") + "]"

  private func json(_ expression: String, _ options: String) throws -> JSONValue {
    let run = ProgramRun("eval", expression, "--at x=0.3,y=2 --format json " + options)
    #expect(run.status == 0, "\(run.error)")
    return try run.json()
  }

  /// The weighted sum of a number in each output's own answer.
  private func sum(_ options: String, _ read: (JSONValue) -> Double?) throws -> Double {
    try zip(Self.outputs, Self.weights).reduce(0) { sum, output in
      sum + output.1 * (read(try json(output.0, options)) ?? .nan)
    }
  }

  @Test func weightsAreAVectorJacobianProduct() throws {
    let product = try json(Self.list, "--weights f1=1,f2=-2,f3=0.5")
    for name in ["x", "y"] {
      let expected = try sum("") { $0["gradient"][name].number }
      let found = try #require(product["gradient"][name].number)
      #expect((found - expected).magnitude < 1e-13)
    }
    #expect(product["sweeps"].number == 1 && product["weights"]["f2"].number == -2)
    let curved = try json(Self.list, "--weights f1=1,f2=-2,f3=0.5 --hessian")
    let expected = try sum("--hessian") { $0["hessian"]["x"]["y"].number }
    #expect((try #require(curved["hessian"]["x"]["y"].number) - expected).magnitude < 1e-12)
  }

  /// A weight of 0 is structure: what it stands before is not even evaluated.
  @Test func whatHasNoWeightDoesNotCount() {
    let run = ProgramRun("eval", "[x^2, ln(y)]", "--at x=3,y=-1 --weights f1=2")
    #expect(run.output == "value  18\nd/dx   12\nd/dy    0\n" && run.status == 0)
  }

  @Test func weightsWorkInEveryCommandThatTakesThem() {
    let trace = ProgramRun("trace", "[x*y, x+y]", "--at x=2,y=3 --weights f2=1 --format csv")
    #expect(trace.status == 0 && trace.output.contains("x,1") || trace.output.contains(",1"))
    let points = ProgramRun(
      ["eval", "[x*y, x+y]", "--points", "-", "--weights", "f1=1,f2=-1"],
      input: Array("x,y\n2,3\n".utf8))
    #expect(points.output == "x,y,value,d/dx,d/dy\n2,3,1,2,1\n")
    let defined = ProgramRun(
      "eval", "g(t) = t^2; [g(x), g(2*x) # twice\n]", "--at x=1 --weights f2=1")
    #expect(defined.output == "value  4\nd/dx   8\n", "\(defined.error)")
  }

  @Test(arguments: [
    ("x*y", "f1=1", "needs a list"), ("[x, y]", "f3=1", "no output is called 'f3'"),
    ("[x, y]", "f1=0", "every weight is 0"), ("[x, y]", "f1=inf", "is not finite"),
    ("[x, y]", "f1=1,f1=2", "twice"), ("[x, y]", "1", "is not a name"),
  ])
  func otherWeightsAreRefused(expression: String, weights: String, message: String) {
    let run = ProgramRun(["eval", expression, "--at", "x=2,y=3", "--weights", weights])
    #expect(run.status == 2 && run.error.contains(message), "\(run.error)")
  }

  // MARK: Second derivatives

  @Test func aListHasAMatrixForEachOutput() throws {
    let list = try json(Self.list, "--hessian")
    for (index, output) in Self.outputs.enumerated() {
      let alone = try json(output, "--hessian")
      for (row, column) in [("x", "x"), ("x", "y"), ("y", "x"), ("y", "y")] {
        #expect(
          list["hessian"][index][row][column].number == alone["hessian"][row][column].number)
      }
    }
    let csv = ProgramRun("eval", "[x^2, x*y]", "--at x=3,y=2 --hessian --format csv")
    #expect(
      csv.output.split(separator: "\n").last?.hasSuffix(",2,0,0,0,1,0") ?? false, "\(csv.output)")
    let points = ProgramRun(
      ["eval", "[x^2, x*y]", "--points", "-", "--hessian"], input: Array("x,y\n3,2\n".utf8))
    #expect(points.output == csv.output)
  }

  @Test(arguments: ["x^3*y + sin(x*y)", "abs(x)*y^2 + max(x, y)^2", "hypot(x, y)"])
  func alongADirectionTheHessianIsAProduct(expression: String) throws {
    let product = try json(expression, "--hessian --direction x=2,y=-1")
    let whole = try json(expression, "--hessian")
    for name in ["x", "y"] {
      let expected =
        2 * (whole["hessian"][name]["x"].number ?? .nan)
        - (whole["hessian"][name]["y"].number ?? .nan)
      let found = try #require(product["hessianProduct"][name].number)
      #expect((found - expected).magnitude < 1e-12)
    }
    let one = try json(expression, "--hessian --direction x=1")
    #expect(one["hessianProduct"]["y"].number == whole["hessian"]["x"]["y"].number)
  }

  @Test func productsStandInEveryForm() {
    let options = "--at x=3,y=2 --hessian --direction x=1"
    let text = ProgramRun("eval", "x^2*y", options)
    #expect(
      text.output
        == joined(
          "value       18", "derivative  12", "", "second derivatives times direction",
          "", "   product", "─  ───────", "x        4", "y        6"), "\(text.output)")
    let csv = ProgramRun("eval", "x^2*y", options + " --format csv")
    #expect(
      csv.output
        == "x,y,value,derivative,d/dx of derivative,d/dy of derivative\n3,2,18,12,4,6\n")
    let points = ProgramRun(
      ["eval", "x^2*y", "--points", "-", "--hessian", "--direction", "x=1"],
      input: Array("x,y\n3,2\n".utf8))
    #expect(points.output == csv.output)
    let data = ProgramRun(
      ["eval", "a^2*b*t", "--data", "-", "--reduce", "sum", "--at", "a=3,b=2", "--hessian"]
        + ["--direction", "a=1"], input: Array("t\n1\n2\n".utf8))
    #expect(data.output.hasSuffix("a       12\nb       18\n"), "\(data.output)\(data.error)")
    let missing = ProgramRun("eval", "sqrt(x)*y", "--at x=0,y=1 --hessian --direction x=1")
    #expect(missing.status == 1)
  }
}
