// `eval` and `diff` of lists of outputs: every mode and format, what is refused, and long lists.

import Testing

@testable import Commands

@Suite("Lists of outputs on the command line")
struct OutputListCommandTests {
  private static let list = "[x*y, sin(x+y), 3]"
  private static let point = ["--at", "x=2,y=3"]

  @Test(arguments: ["forward", "reverse", "symbolic", "numerical"])
  func valueAndJacobian(mode: String) throws {
    let run = ProgramRun(["eval", Self.list, "--mode", mode, "--format", "json"] + Self.point)
    #expect(run.status == 0)
    let json = try run.json()
    #expect(
      json["value"].elements.map(\.number)
        == [6, -0.9589242746631385, 3])
    let expected: [[Double]] = [
      [3, 2], [0.28366218546322625, 0.28366218546322625], [0, 0],
    ]
    for (row, partials) in expected.enumerated() {
      let gradient = json["jacobian"].elements[row]
      let found = [gradient["x"].number, gradient["y"].number]
      for (a, b) in zip(found, partials) {
        #expect(((a ?? .nan) - b).magnitude <= (mode == "numerical" ? 1e-9 : 0))
      }
    }
    let sweeps = ["forward": 2.0, "reverse": 3]
    #expect(json["sweeps"].number == sweeps[mode])
    if mode == "numerical" { #expect(json["evaluations"].number == 5) }
  }

  @Test func everyModeIsSetSideBySide() {
    let run = ProgramRun(["eval", "[x, x^2]", "--at", "x=3", "--mode", "all"])
    #expect(run.status == 0)
    for line in ["f1", "f2", "df1/dx", "df2/dx", "against reverse"] {
      #expect(run.output.contains("\n\(line) "))
    }
    #expect(run.output.contains("1 sweep  2 sweeps  1 operation  2+1 evaluations"))
  }

  @Test func alongADirection() throws {
    let words = ["eval", "[x*y, x+y]", "--direction", "x=1,y=2"] + Self.point
    #expect(
      try ProgramRun(words + ["--format", "json"]).json()["derivative"].elements.map(\.number) == [
        7, 3,
      ])
    let table = """
          value  derivative
      --  -----  ----------
      f1      6           7
      f2      5           3

      """
    #expect(ProgramRun(words, environment: ["LC_ALL": "C"]).output == table)
  }

  @Test func aTableOfPointsHasAColumnForEach() {
    let run = ProgramRun(["eval", "[x*y, x+y]", "--at", "x=1:2:1,y=3", "--format", "csv"])
    #expect(
      run.output == """
        x,y,f1,f2,df1/dx,df1/dy,df2/dx,df2/dy
        1,3,3,4,3,1,1,1
        2,3,6,5,3,2,1,1

        """)
  }

  @Test(arguments: [
    ["eval"], ["diff"], ["eval", "--mode", "all"], ["eval", "--mode", "symbolic"],
  ])
  func failuresAreThoseOfTheirOutputs(command: [String]) {
    let run = ProgramRun(command + ["[x, sqrt(x), abs(x), ln(x - 1)]", "--at", "x=0"])
    #expect(run.status == 1)
    #expect(run.error.contains("error: df2/dx does not exist as a number: sqrt(0)"))
    #expect(run.error.contains("warning: abs(0) has a kink: df3/dx is -1 on the left"))
    #expect(run.error.contains("error: ln(-1) is not defined"))
    #expect(run.error.contains("\n" + String(repeating: " ", count: 23) + "^~~~~~~~~\n"))
    #expect(!run.error.contains("df1"))
  }

  @Test func notesAreToldOnce() throws {
    let words = ["eval", "[e, sum(i,1,n,e), sum(i,1,n,2)]", "--at", "e=1,n=2", "--format", "json"]
    let notes = try ProgramRun(words).json()["notes"].elements
    #expect(notes.map { $0["kind"].string } == ["constant-taken", "counting-variable"])
  }

  @Test(arguments: [
    (["diff", "--hessian"], "--hessian takes one expression, not a list of outputs"),
    (["trace"], "one expression is needed here, not a list of outputs"),
    (["swell"], "one expression is needed here, not a list of outputs"),
  ])
  func refusals(command: [String], message: String) {
    let point = command[0] == "swell" ? [] : ["--at", "x=1"]
    let run = ProgramRun(command + ["[x, x^2]"] + point)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.contains(message))
  }

  @Test(arguments: [
    (["[x*y, x+y]"], "f1,x: y\nf1,y: x\nf2,x: 1\nf2,y: 1\n"), (["[x^2]"], "f1,x: 2*x\n"),
    (["[x^3, x*y]", "--order", "2"], "f1,x,x: 6*x\nf1,y,y: 0\nf2,x,x: 0\nf2,y,y: 0\n"),
    (["[x^3*y, x]", "--wrt", "x,y", "--mixed"], "f1,x,y: 3*x^2\nf2,x,y: 0\n"),
    (
      ["[exp(x*y), x*exp(x*y)]", "--form", "shared", "--wrt", "y"],
      "t1 = exp(x*y)\nf1,y: x*t1\nf2,y: x^2*t1\n"
    ),
    (["[f1*f2, 2*f1]", "--wrt", "f1"], "y1,f1: f2\ny2,f1: 2\n"),
    (
      ["[x1*x2, 3*x2]", "--format", "unicode"],
      "∂f₁/∂x₁ = x₂\n∂f₁/∂x₂ = x₁\n∂f₂/∂x₁ = 0\n∂f₂/∂x₂ = 3\n"
    ),
    (
      ["[x1*x2, 3*x2]", "--format", "latex"],
      "\\frac{\\partial f}{\\partial (x_{1}, x_{2})} = \\left( \\begin{array}{cc}\n"
        + "x_{2} & x_{1} \\\\\n0 & 3\n\\end{array} \\right)\n"
    ),
    (
      ["[x*y, x]", "--format", "markdown"],
      "| output | d/dx | d/dy |\n| :--- | :--- | :--- |\n| f1 | y | x |\n| f2 | 1 | 0 |\n"
    ),
  ])
  func formulas(words: [String], output: String) {
    let run = ProgramRun(["diff"] + words)
    #expect(run.status == 0)
    #expect(run.output == output)
  }

  @Test func formulasWithValues() throws {
    let json = try ProgramRun(["diff", "[x*y, x]", "--format", "json"] + Self.point).json()
    #expect(json["jacobian"].elements.map { $0["y"].string } == ["x", "0"])
    #expect(json["jacobian"].elements.map { $0["x"].string } == ["y", "1"])
    let values = json["points"].elements[0]["jacobian"].elements
    #expect(values.map { $0["y"].number } == [2, 0])
    #expect(
      ProgramRun(["diff", "[x*y, x]"] + Self.point).output.hasSuffix(
        "f1     3     2\nf2     1     0\n"))
  }

  /// Every output costs what it costs alone. With `AUTODIFF_MONSTERS` so many that a quadratic way would
  /// take minutes.
  @Test(arguments: [
    ["eval", "-", "--at", "x=2,y=3"], ["eval", "-", "--at", "x=2,y=3", "--mode", "all"],
    ["diff", "-"],
    ["diff", "-", "--form", "shared", "--at", "x=2,y=3", "--format", "json"],
  ])
  func thousandsOfOutputs(words: [String]) {
    let count = max(1_000, setting("AUTODIFF_MONSTERS", default: 0))
    let outputs = (1...count).map { "x^2*y + \($0)*sin(y/\($0))" }
    let input = Array("[\(outputs.joined(separator: ",\n"))]".utf8)
    let run = ProgramRun(words, input: input)
    #expect(run.status == 0)
    #expect(run.output.contains("f\(count)") || words.contains("json"))
  }

  @Test func tooManyDerivativesAreRefused() {
    let outputs = Array(repeating: "x", count: 1001).joined(separator: ",")
    let run = ProgramRun(["eval", "[\(outputs)]", "--at", "x=1:1000:1"])
    #expect(run.status == 2)
    #expect(run.error.contains("the outputs have more than 1,000,000 derivatives together"))
  }
}
