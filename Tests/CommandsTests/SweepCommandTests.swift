// `sweep`: Figure 3 in every format, and what it cannot be asked.
import Testing

@testable import Commands

@Suite struct SweepCommandTests {
  private static let figure3 = "64x*(1-x)*(1-2x)^2*(1-8x+8x^2)^2"

  @Test func figure3InJSON() throws {
    let json = try ProgramRun("sweep", Self.figure3, "--at x=0.2 --format json").json()
    #expect(
      json.keys == [
        "expression", "point", "wrt", "value", "derivative", "steps", "series", "notes",
      ])
    #expect(json["derivative"].number == 9.066086400000001)
    #expect(json["steps"].count == 161 && json["steps"][0].number == 1e-17)
    let series = json["series"].elements
    #expect(series.map(\.["formula"].string) == ["forward", "central", "richardson", "complex"])
    #expect(series.map(\.["evaluations"].number) == [1, 2, 6, 1])
    for (index, order) in [1.0, 2, 6].enumerated() {
      let slopes = series[index]["slopes"]
      #expect(abs((slopes["truncation"].number ?? 0) / order - 1) < 0.1)
      #expect(abs((slopes["rounding"].number ?? 0) + 1) < 0.1)
      #expect(series[index]["errors"].count == 161)
    }
    #expect((1e-9...1e-7).contains(series[0]["best"]["step"].number ?? 0))
    #expect((1e-7...1e-5).contains(series[1]["best"]["step"].number ?? 0))
    #expect((1e-9...1e-7).contains(series[0]["expected"]["step"].number ?? 0))
    #expect((1e-7...1e-5).contains(series[1]["expected"]["step"].number ?? 0))
    #expect(json["notes"].elements.isEmpty)
  }

  @Test func figure3InText() {
    let run = ProgramRun("sweep", Self.figure3, "--at x=0.2")
    #expect(run.status == 0 && run.error.isEmpty)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "Error of d/dx of \(Self.figure3) at x = 0.2")
    #expect(lines.contains { $0.contains("10⁻¹⁵         10⁻¹²") || $0.contains("10⁻¹⁵") })
    let words = lines.map { $0.split(separator: " ").map(String.init) }
    #expect(words.contains(["d/dx", "9.066086400000001"]))
    // As Python has it, in three digits.
    #expect(words.contains { $0.prefix(3) == ["1e-08", "3.31e-07", "4.5e-09"] })
    #expect(words.filter { $0.first?.hasPrefix("1e-") == true }.count >= 13)
    #expect(words.contains { $0.first == "complex" && $0.contains("≤") })
  }

  /// The last line is Python's arithmetic.
  @Test func csvHasEveryStep() {
    let run = ProgramRun(
      "sweep", "x^3", "--at x=1 --difference forward,central --per-decade 5 --format csv")
    let lines = run.output.split(separator: "\n")
    #expect(lines[0] == "step,forward,central" && lines.count == 1 + 81)
    #expect(lines[81] == "0.1,0.31000000000000405,0.010000000000001563")
  }

  @Test(arguments: ["markdown", "latex", "svg"])
  func otherFormats(format: String) {
    let run = ProgramRun("sweep", "x*exp(y)", "--at x=1,y=2 --wrt y --format \(format)")
    let marks = ["markdown": "| forward |", "latex": "\\begin{tabular}", "svg": "<svg "]
    #expect(run.status == 0 && run.output.contains(marks[format] ?? ""))
  }

  @Test func asciiWhereTheLocaleIs() {
    let run = ProgramRun("sweep", "sin(x)", "--at x=1", environment: ["LANG": "C"])
    #expect(run.output.utf8.allSatisfy { $0 < 128 } && run.output.contains("<= "))
  }

  @Test func alongADirection() throws {
    let run = ProgramRun("sweep", "x^2*y", "--at x=1,y=2 --direction x=1,y=3 --format json")
    let json = try run.json()
    #expect(json["direction"]["y"].number == 3 && json["derivative"].number == 7)
    #expect(json["series"].count == 4)
  }

  /// What the complex step cannot take is left out, unless it was asked for.
  @Test func withoutTheComplexStep() throws {
    let run = ProgramRun("sweep", "abs(x)*exp(x)", "--at x=1 --per-decade 1")
    #expect(run.status == 0 && !run.output.contains("complex"))
    #expect(
      run.error
        == joined(
          "note: the complex step cannot take 'abs', which is not analytic; it is left out",
          "  abs(x)*exp(x)", "  ^~~~~~"))
    let asked = ProgramRun("sweep", "1+erf(x)", "--at x=1 --difference complex")
    #expect(asked.status == 2 && asked.output.isEmpty)
    #expect(asked.error.contains("cannot take 'erf', which has no complex values here"))
    let json = try ProgramRun("sweep", "abs(x)", "--at x=1 --format json").json()
    #expect(json["notes"][0]["kind"].string == "step" && json["notes"].count == 1)
  }

  @Test(arguments: [
    ("sqrt(x)", "x=0", "infinite slope"), ("ln(x)", "x=-1", "ln(-1) is not defined"),
    ("1/x", "x=0", "1/0 is infinite"), ("x", "x=inf", "inf"), ("x^2", "x=1e200", "overflows"),
  ])
  func withoutADerivative(expression: String, point: String, reason: String) throws {
    let run = ProgramRun("sweep", expression, "--at \(point)")
    #expect(run.status == 1 && run.output.isEmpty && run.error.contains(reason))
    let json = ProgramRun("sweep", expression, "--at \(point) --format json")
    #expect(json.status == 1)
    #expect(try json.json()["derivative"].exists)
  }

  /// Kinks, sides without values, huge arguments, constants: something sensible for each.
  @Test(arguments: [
    ("abs(x)", "x=0"), ("floor(x)", "x=3"), ("x^2.5", "x=0"), ("ln(x)", "x=1e-20"),
    ("sin(x)", "x=1e22"), ("exp(x)", "x=700"), ("x^2", "x=0"), ("3+0*x", "x=1"), ("x", "x=1e300"),
    ("exp(1e200*x)", "x=0"), ("x/1e300", "x=1"), ("max(x,1)", "x=1"), ("gamma(x)", "x=5"),
    ("if(x>0, ln(x), 0)", "x=1e-5"), ("1e300*x^2", "x=1e4"),
  ])
  func awkwardFunctions(expression: String, point: String) throws {
    for format in ["text", "json", "svg", "csv"] {
      let run = ProgramRun("sweep", expression, "--at \(point) --per-decade 3 --format \(format)")
      #expect(run.status == 0 && !run.output.isEmpty, "\(run.error)")
      if format == "json" { _ = try run.json() }
    }
  }

  @Test func aSideWithoutValues() throws {
    let json = try ProgramRun("sweep", "x^2.5", "--at x=0 --format json").json()
    #expect(json["series"][0]["best"]["step"].number != nil)
    #expect(!(json["series"][1]["best"].exists && json["series"][1]["best"] != .null))
    let kink = ProgramRun("sweep", "abs(x)", "--at x=0 --per-decade 1")
    #expect(kink.status == 0 && kink.error.contains("warning: abs(0) has a kink"))
  }

  @Test(arguments: [
    ("x*y --at x=1,y=2", "there are several variables: 'x', 'y'"),
    ("x --at x=1:3:1", "'sweep' is about one point, and --at gives 3"),
    ("2 ", "the expression has no variable"),
    ("[x,2x] --at x=1", "one expression is needed here, not a list of outputs"),
    ("x --at x=1 --step 1e-3", "--step needs two numbers, such as 1e-12:1e-2"),
    ("x --at x=1 --step 1e-3:1e-5", "from the smaller to the larger step"),
    ("x --at x=1 --step 0:1", "--step must be greater than 0, not 0"),
    ("x --at x=1 --step 1:inf", "--step must be greater than 0, not inf"),
    ("x --at x=1 --step 2:3 --per-decade 1", "--step has no step in it"),
    ("x --at x=1 --per-decade 0", "--per-decade"),
    ("x --at x=1 --difference forward,forward", "--difference has 'forward' twice"),
    ("x --at x=1 --difference ridders", "--difference takes forward, backward, central"),
    ("x --at x=1 --difference adaptive", "not 'adaptive'"),
    ("x*y --at x=1,y=2 --wrt x,y", "several variables"),
  ])
  func whatCannotBeAsked(line: String, message: String) {
    let run = ProgramRun(["sweep"] + line.split(separator: " ").map(String.init))
    #expect(run.status == 2 && run.output.isEmpty && run.error.contains(message), "\(run.error)")
  }
}

@Suite struct NumericalMethodTests {
  @Test(arguments: [
    ("forward", 3, 1e-7), ("backward", 3, 1e-7), ("central", 5, 1e-10), ("five-point", 9, 1e-12),
    ("richardson", 13, 1e-12), ("complex", 3, 1e-15),
  ])
  func formulasAndTheirCosts(formula: String, evaluations: Int, tolerance: Double) throws {
    let options = "--at x1=2,x2=5 --mode numerical --difference \(formula)"
    let json = try ProgramRun("eval", example, options + " --format json").json()
    #expect(json["evaluations"].number == Double(evaluations))
    #expect(abs((json["gradient"]["x1"].number ?? 0) - 5.5) < tolerance * 10)
    #expect(abs((json["gradient"]["x2"].number ?? 0) - 1.7163378145367738) < tolerance * 10)
    let text = ProgramRun("eval", example, options).output
    #expect(text.contains("\(evaluations - 1)+1 evaluations"))
  }

  @Test func theAdaptiveFormulaSaysHowGoodItIs() throws {
    let options = "--at x1=2,x2=5 --mode all --difference adaptive"
    let json = try ProgramRun("eval", example, options + " --format json").json()
    let numerical = json["modes"]["numerical"]
    let error = try #require(numerical["differences"][0]["error"].number)
    #expect(error > 0 && error < 1e-9)
    #expect(abs((numerical["gradient"]["x1"].number ?? 0) - 5.5) <= error)
    #expect(ProgramRun("eval", example, options).output.contains("error estimate"))
    let csv = ProgramRun("eval", "x^2", "--at x=1:2:1 --mode numerical --difference adaptive")
    #expect(csv.output.contains("d/dx error"))
  }

  @Test(arguments: [
    ("--step 1e-17", "error: d/dx has no quotient: the step 1e-17 is lost beside the point", 1),
    (
      "--step 1e308",
      "error: d/dx has no quotient: not every value at the step 1e+308 is a finite number", 1
    ),
    (
      "--step 1.5e-16",
      "warning: d/dx: x + h is rounded, and the step is 2.220446049250313e-16, not 1.5e-16", 0
    ),
  ])
  func stepsThatFail(option: String, message: String, status: Int32) {
    let run = ProgramRun("eval", "x^2", "--at x=1 --mode numerical \(option)")
    #expect(run.status == status && run.error == message + "\n")
    #expect(run.output.contains("nan") == (status == 1))
  }

  @Test func jumpsDoNotSettle() {
    let run = ProgramRun("eval", "floor(x)", "--at x=3 --mode numerical --difference adaptive")
    #expect(run.error.contains("the difference quotients do not settle at any step"))
  }

  @Test(arguments: [
    ("abs(x)", "cannot take 'abs', which is not analytic"),
    ("max(x,2)", "cannot take 'max', which is not analytic"),
    ("if(x>0,x,2)", "cannot take '>', which is not analytic"),
    ("gamma(x)", "cannot take 'gamma', which has no complex values here"),
  ])
  func theComplexStepIsRefused(expression: String, message: String) {
    let run = ProgramRun("eval", expression, "--at x=1 --mode numerical --difference complex")
    #expect(run.status == 2 && run.output.isEmpty && run.error.contains(message))
  }

  @Test func theComplexStepTakesConstantsOfAnyKind() {
    let line = "--at x=1,y=-2 --wrt x --mode numerical --difference complex"
    #expect(ProgramRun("eval", "abs(y)*x + gamma(3)", line).status == 0)
  }

  @Test func theAdaptiveFormulaTakesNoStep() {
    let run = ProgramRun(
      "eval", "x", "--at x=1 --mode numerical --difference adaptive --step 1e-3")
    #expect(run.status == 2)
    #expect(run.error.contains("--step and --difference adaptive exclude each other"))
  }
}
