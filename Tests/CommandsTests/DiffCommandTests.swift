// `diff`: which derivatives, in which form and format, and what is refused.
import Foundation
import Testing

@testable import Commands

@Suite struct DiffCommandTests {
  @Test(arguments: [
    (example, "", "x1: 1/x1 + x2\nx2: x1 - cos(x2)\n"),
    (example, "--wrt x2", "x1 - cos(x2)\n"),
    (example, "--wrt x2,x1", "x2: x1 - cos(x2)\nx1: 1/x1 + x2\n"),
    ("x^2", "", "2*x\n"), ("x^2", "--order 2", "2\n"), ("x^2", "--order 3", "0\n"),
    ("x^2*y", "--order 2", "x,x: 2*y\ny,y: 0\n"),
    ("x^2*y", "--wrt x,x,y --mixed", "2\n"), ("x^2*y", "--wrt y,x --mixed", "2*x\n"),
    ("x^2*y", "--hessian", "x,x: 2*y\nx,y: 2*x\ny,y: 0\n"),
    ("x^2", "--hessian", "2\n"), ("e*x", "--wrt e", "x\n"), ("gamma*x", "--wrt x", "gamma\n"),
    ("abs(x)", "", "sign(x)\n"), ("sum(k, 1, 3, x^k)", "", "1 + 2*x + 3*x^2\n"),
  ])
  func formulas(expression: String, options: String, output: String) {
    let run = ProgramRun("diff", expression, options)
    // The order of a sum's terms is the core's own affair.
    let isSum = expression.hasPrefix("sum")
    #expect(run.status == 0 && (isSum ? run.output.count == output.count : run.output == output))
  }

  /// Every line behind its key, read back by `eval`, is the derivative that reverse mode has.
  @Test(arguments: ["raw", "simplified"])
  func formulasReadBack(form: String) throws {
    let text = "exp(-(x1-x2)^2/(2*x1^2))/sqrt(2*pi)*sigmoid(x1*x2) + if(x1 > 0, x1^x2, 0)"
    let expected = try ProgramRun("eval", text, "--at x1=2,x2=5 --format json").json()["gradient"]
    for name in ["x1", "x2"] {
      let formula = ProgramRun("diff", text, "--wrt \(name) --form \(form)").output
      let value = try ProgramRun("eval", formula, "--at x1=2,x2=5 --format json").json()["value"]
      let (a, b) = (value.number ?? .nan, expected[name].number ?? .nan)
      #expect((a - b).magnitude <= 1e-14 * b.magnitude, "\(formula)")
    }
  }

  @Test(arguments: [
    ("x^2", "--at x=3", "2*x\n\nd/dx  6\n"),
    (
      example, "--at x1=2,x2=5 --digits 4",
      "x1: 1/x1 + x2\nx2: x1 - cos(x2)\n\nd/dx1  5.5\nd/dx2  1.716\n"
    ),
    ("x^2", "--at x=0:1:0.5", "2*x\n\n  x  d/dx\n───  ────\n0       0\n0.5     1\n1       2\n"),
    ("x^2*y", "--wrt x,y --mixed --at x=2,y=1", "2*x\n\nd^2/dx dy  4\n"),
  ])
  func values(expression: String, options: String, output: String) {
    let run = ProgramRun("diff", expression, options)
    #expect(run.status == 0 && run.output == output && run.error == "")
  }

  /// Every formula in sin and cos cancels there.
  @Test(arguments: [
    ("0", "6", "sinc''''''(x)\n\nd^6/dx^6  -0.14285714285714285\n"),
    ("1e-3", "8", "sinc''''''''(x)\n\nd^8/dx^8  0.11111106565656886\n"),
  ])
  func highDerivativesOfSincBeside0(point: String, order: String, output: String) {
    let run = ProgramRun("diff", "sinc(x)", "--order \(order) --at x=\(point)")
    #expect(run.status == 0 && run.output == output)
  }

  @Test func thereIsNoDerivativeInAnOrder() throws {
    let run = ProgramRun("diff", "besselj(n, x)", "")
    #expect(
      run.status == 1 && run.error.contains("no rule for the derivative of 'besselj' in its order"))
    #expect(run.output.hasPrefix("n: nan\nx: (besselj(n - 1, x) - besselj(n + 1, x))/2"))
    let json = ProgramRun("diff", "besselj(n, x)", "--wrt n --format json")
    #expect(json.status == 1 && json.output.contains("undefined-slope") && json.error == "")
    // A nan that the user wrote is no news.
    #expect(ProgramRun("diff", "nan*x", "").status == 0)
  }

  @Test func noFormulaBeginsWithTwoSigns() {
    let raw = ProgramRun("diff", "-(-sin(x))", "--form raw").output
    #expect(raw == "-(-cos(x))\n")
    let run = ProgramRun(["eval", String(raw.dropLast()), "--at", "x=0", "--format", "csv"])
    #expect(run.output == "x,value,d/dx\n0,1,0\n", "\(run.error)")
  }

  @Test func theFormulaOfARemainderReadsBack() throws {
    let formula = ProgramRun("diff", "y%x", "--wrt x").output
    #expect(formula == "(y%x - y)/x\n")
    let run = try ProgramRun("eval", formula, "--at x=0.1,y=10 --format json").json()
    let value = try #require(run["value"].number)
    #expect((value + 99).magnitude < 1e-12)
  }

  @Test(arguments: [
    ("x^(y^2)", "∂f/∂y = 2·y·ln(x)·x^(y²)"),
    ("cos(x)*sin(x*y)*x", "∂f/∂x = x·y·cos(x)·cos(x·y) − x·sin(x)·sin(x·y) + cos(x)·sin(x·y)"),
    ("-x*cos(y)", "∂f/∂x = −cos y"),
  ])
  func unicodeIsUnambiguous(expression: String, line: String) {
    let output = ProgramRun("diff", expression, "--format unicode").output
    #expect(output.split(separator: "\n").contains { $0 == line }, "\(output)")
  }

  @Test func latexAmongTablesIsDisplayed() {
    let formula = #"\[\n\frac{df}{dx} = 2 x\n\]\n"#.replacing("\\n", with: "\n")
    #expect(ProgramRun("diff", "x^2", "--format latex --at x=1").output.hasPrefix(formula))
    #expect(ProgramRun("diff", "x^2", "--format latex --steps").output.hasSuffix(formula))
    #expect(ProgramRun("diff", "x^2", "--format latex").output == #"\frac{df}{dx} = 2 x"# + "\n")
  }

  @Test func whatIsTooLongIsRefusedUnlessItIsShared() {
    let nested = String(repeating: "sin(", count: 8000) + "x" + String(repeating: ")", count: 8000)
    let long = ProgramRun(["diff", "-"], input: Array(nested.utf8))
    #expect(long.status == 2 && long.output == "" && long.error.contains("--form shared"))
    let shared = ProgramRun(["diff", "-", "--form", "shared"], input: Array(nested.utf8))
    #expect(shared.status == 0 && shared.output.utf8.count < 1_000_000)
  }

  @Test func aFormulaThatIsNotDefinedIsTold() {
    let run = ProgramRun("diff", "x^y", "--wrt y --at x=0,y=2")
    #expect(run.status == 0 && run.output.hasSuffix("d/dy  0\n"))
    #expect(run.error.contains("note: the formula of d/dy is not defined here"))
  }

  @Test func stepsComeBeforeTheFormula() throws {
    let run = ProgramRun("diff", "x^2*sin(3*x)", "--steps")
    #expect(run.status == 0)
    for line in [
      "product rule, (u*v)' = u'*v + u*v'  (x^2*sin(3*x))' = (x^2)'*sin(3*x) + x^2*(sin(3*x))'",
      "chain rule, (sin(u))' = cos(u)*u'   (sin(3*x))' = cos(3*x)*(3*x)'",
      "common factors in front             df/dx = x*(3*x*cos(3*x) + 2*sin(3*x))",
    ] {
      #expect(run.output.contains(line), "\(run.output)")
    }
    let plain = ProgramRun("diff", "x^2*sin(3*x)", "").output
    #expect(run.output.hasSuffix("\n\n" + plain))
    for format in ["unicode", "markdown", "latex"] {
      let run = ProgramRun("diff", "x^2*sin(3*x)", "--steps --format \(format)")
      #expect(run.status == 0 && run.output.contains("product rule") && run.error == "")
    }
  }

  /// A fraction stays one, each line is named by what was done, and none is longer than the first.
  @Test(arguments: [
    (
      "(x^2+1)/(x-1)",
      [
        "put together", "(2*x*(x - 1) - (x^2 + 1))/(x - 1)^2",
        "like terms and factors collected", "(2*x*(x - 1) - x^2 - 1)/(x - 1)^2",
        "multiplied out, like terms collected", "(x^2 - 2*x - 1)/(x - 1)^2",
      ]
    ),
    (
      "sin(x)/x",
      [
        "put together", "(cos(x)*x - sin(x))/x^2",
        "like terms and factors collected", "(x*cos(x) - sin(x))/x^2",
      ]
    ),
    (
      "tan(2*x)",
      [
        "put together", "(1 + tan(2*x)^2)*2", "like terms and factors collected",
        "2 + 2*tan(2*x)^2", "identities of functions", "2*sec(2*x)^2",
      ]
    ),
  ])
  func stepsEndAsInATextbook(expression: String, endings: [String]) {
    let output = ProgramRun("diff", expression, "--steps").output
    let lines = output.split(separator: "\n").filter { $0.contains("df/dx = ") }
    let parts = lines.flatMap { line in
      line.components(separatedBy: "df/dx = ").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(parts == endings)
  }

  @Test func thePageOfADerivationFolds() throws {
    let run = ProgramRun("diff", "if(x < y, x^2, y)", "--wrt x,y --steps --format html")
    #expect(run.status == 0 && run.output.hasPrefix("<!DOCTYPE html>"))
    #expect(run.output.components(separatedBy: "<details open>\n<summary>∂/∂").count == 3)
    #expect(run.output.contains("<td>∂/∂x</td><td>if(x &lt; y, 2·x, 0)</td>"), "\(run.output)")
    let plain = ProgramRun("diff", "[x, x*y]", "--at x=1,y=2 --format html").output
    #expect(!plain.contains("<details") && plain.contains("<td class=\"number\">2</td>"))
  }

  @Test func stepsOfHigherOrdersBeginWithTheSimplifiedDerivative() throws {
    let json = try ProgramRun("diff", "x^2*y", "--hessian --steps --format json").json()
    let paths = json["steps"].elements.map { $0["wrt"].elements.map(\.string) }
    #expect(paths == [["x"], ["x", "x"], ["x", "y"], ["y"], ["y", "y"]])
    #expect(
      json["steps"].elements.map { $0["simplified"].string } == ["2*x*y", "2*y", "2*x", "x^2", "0"])
    #expect(json["steps"].elements[1]["lines"].elements[0]["of"].string == "2*x*y")
  }

  @Test func stepsOfAListNameTheirOutput() throws {
    let json = try ProgramRun("diff", "[x^2, 3]", "--steps --format json").json()
    #expect(json["steps"].elements.map { $0["output"].string } == ["f1", "f2"])
    #expect(json["steps"].elements[1]["lines"].elements[0]["rule"].string == "constant")
  }

  @Test(arguments: [
    ("1/x", "--at x=0", "1/0 is infinite"), ("ln(x)", "--at x=-1", "ln(-1) is not defined"),
    ("sqrt(x)", "--at x=0", "sqrt(0) has an infinite slope"),
    ("sqrt(x)", "--at x=0 --order 2", "d^2/dx^2 does not exist as a number"),
    ("ln(x)", "--at x=-1:1:2", "at x = -1: ln(-1)"),
  ])
  func derivativesThatDoNotExist(expression: String, options: String, error: String) {
    let run = ProgramRun("diff", expression, options)
    #expect(run.status == 1 && run.error.contains(error) && !run.output.isEmpty, "\(run.error)")
    let json = ProgramRun("diff", expression, options + " --format json")
    #expect(json.status == 1 && json.error == "" && json.output.contains("\"severity\": \"error\""))
  }

  @Test(arguments: [
    ("x1*y", "--wrt x2", "'x2' is not in the expression"),
    ("z = x*y; z^2", "--wrt z", "'z' is no variable, but stands for an expression"),
    ("f(x, n) = { for i in 1..n { x = x^2 }; x }; f", "", "the bounds of 'for' depend on 'n'; a"),
    ("x1*y", "--wrt x2", "did you mean 'x1'?"), ("x", "--wrt x,x", "'x' is given twice"),
    ("x", "--order 0", "from 1 to 100, not '0'"), ("x", "--order 101", "from 1 to 100"),
    ("x", "--order -1", "not '-1'"), ("x", "--order two", "not 'two'"),
    ("x", "--order 2 --hessian", "--order and --hessian exclude each other"),
    ("x", "--mixed", "--mixed needs --wrt"),
    ("x*y", "--at x=1", "no value is given for 'y'"), ("x", "--at x=1,z=2", "'z' is not in"),
    ("sine(x)", "", "did you mean 'sin'?"),
    ("sum(k, 1, n, x)", "", "depend on 'n'; a point"),
    ("(1+x)^70", "--form expanded", "take --form simplified or --form shared"),
    ("x", "--form short", "--form takes raw, simplified, factored, expanded, shared"),
    ("x", "--format csv", "--format takes text, unicode, markdown, latex, json, html"),
  ])
  func mistakes(expression: String, options: String, error: String) {
    let run = ProgramRun("diff", expression, options)
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
    #expect(run.errorIsClean)
  }

  // MARK: Formats

  @Test(arguments: [
    (example, "--format unicode", "∂f/∂x₁ = 1 / x₁ + x₂\n∂f/∂x₂ = x₁ − cos x₂\n"),
    ("x*y*f", "--wrt f --format unicode", "∂w/∂f = x·y\n"),
    ("2*x^3", "--order 2 --format unicode", "d²f/dx² = 12·x\n"),
    ("x1*x₁", "--wrt x1 --format unicode", "∂f/∂x1 = x₁\n"),
    (
      example, "--wrt x1 --format latex",
      "\\frac{\\partial f}{\\partial x_{1}} = \\frac{1}{x_{1}} + x_{2}\n"
    ),
    ("x^3", "--format latex", "\\frac{df}{dx} = 3 x^{2}\n"),
    (
      "rate*time^2", "--wrt rate,time --mixed --format latex",
      "\\frac{\\partial^{2} f}{\\partial \\mathrm{rate} \\, \\partial \\mathrm{time}}"
        + " = 2 \\mathrm{time}\n"
    ),
    (
      "x^2", "--format markdown",
      "| derivative | formula |\n| :--- | :--- |\n| d/dx | 2\\*x |\n"
    ),
  ])
  func formats(expression: String, options: String, output: String) {
    let run = ProgramRun("diff", expression, options)
    // Words side by side need a space that LaTeX does not drop.
    #expect(
      run.output == output
        || run.output == output.replacingOccurrences(of: "2 \\mathrm", with: "2 \\, \\mathrm"))
  }

  @Test func json() throws {
    let one = try ProgramRun("diff", "x^2", "--format json").json()
    #expect(one["expression"].string == "x^2" && one["derivative"].string == "2*x")
    #expect(one["wrt"].elements.compactMap(\.string) == ["x"])
    let many = try ProgramRun("diff", example, "--format json --at x1=2,x2=5").json()
    #expect(many["gradient"]["x1"].string == "1/x1 + x2")
    #expect(many["points"].elements[0]["gradient"]["x1"].number == 5.5)
    let hessian = try ProgramRun("diff", "x^2*y", "--hessian --format json").json()["hessian"]
    #expect(hessian["x"]["y"].string == "2*x" && hessian["y"]["x"].string == "2*x")
    let order = try ProgramRun("diff", "x^2*y", "--order 2 --format json").json()
    #expect(order["order"].number == 2 && order["derivatives"]["x"].string == "2*y")
  }

  /// The definitions of the shared form, put in one after the other, give the derivative.
  @Test func sharedFormulasReadBack() throws {
    let text = "sin(t1*x)*exp(sin(t1*x))"
    let run = ProgramRun("diff", text, "--wrt x --form shared")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.count > 1 && !run.output.contains("t1 ="))
    let whole = lines.dropLast().reversed().reduce(lines[lines.count - 1]) { whole, line in
      let parts = line.components(separatedBy: " = ")
      return whole.replacingOccurrences(of: parts[0], with: "(\(parts[1]))")
    }
    let value = try ProgramRun("eval", whole, "--at x=0.3,t1=2 --format json").json()["value"]
      .number
    let expected = try ProgramRun("eval", text, "--at x=0.3,t1=2 --wrt x --format json")
      .json()["gradient"]["x"].number
    #expect(((value ?? .nan) - (expected ?? 0)).magnitude < 1e-12)
  }

  @Test func constantsThatAreTakenAreNoted() {
    let run = ProgramRun("diff", "e*x", "--wrt e,x")
    #expect(run.output == "e: x\nx: e\n" && run.error.contains("your variable here"))
  }

  @Test func theValueIsListedToo() {
    let shared = ProgramRun([
      "diff", "exp(x*y)", "--hessian", "--with-value", "--form", "shared",
    ])
    #expect(
      shared.output.contains("\nf: ") && shared.output.contains("\nx: ")
        && shared.output.contains("\nx,y: "), "\(shared.output)")
    let plain = ProgramRun(["diff", "x^2", "--with-value"])
    #expect(plain.output == "f: x^2\nx: 2*x\n")
    let json = ProgramRun(["diff", "x^2", "--with-value", "--format", "json", "--at", "x=3"])
    #expect(
      json.output.contains("\"function\": \"x^2\"") && json.output.contains("\"function\": 9"))
    let list = ProgramRun(["diff", "[x, y]", "--with-value"])
    #expect(list.status == 2 && list.error.contains("not a list"))
  }

  @Test func quotientsAreSharedToo() {
    let run = ProgramRun(["diff", "m*sqrt(x^2 + y^2 + z^2)", "--form", "shared"])
    #expect(run.output.contains("t2 = m/t1\n"), "\(run.output)")
  }

  @Test func assumptionsHoldForDerivatives() {
    #expect(ProgramRun(["diff", "sqrt(x^2)", "--assume", "x > 0"]).output == "1\n")
    let run = ProgramRun(["diff", "x", "--assume", "x > 0", "--at", "x=1"])
    #expect(run.status == 2 && run.error.contains("exclude each other"))
  }
}
