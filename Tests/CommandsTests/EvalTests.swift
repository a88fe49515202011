// `eval` of the running example in every mode and format, compared with what is known of it.

import Testing

@testable import Commands

@Suite struct EvalTests {
  @Test(arguments: ["", "--mode forward", "--mode=reverse"])
  func valueAndGradient(mode: String) {
    let run = ProgramRun("eval", example, "--at x1=2,x2=5 " + mode)
    #expect(
      run.output
        == joined("value  11.652071455223084", "d/dx1   5.5", "d/dx2   1.7163378145367738"))
    #expect(run.status == 0 && run.error == "")
  }

  @Test(
    arguments: [
      (
        "markdown",
        joined(
          "| quantity | value |", "| :--- | ---: |", "| value | 11.652071455223084 |",
          "| d/dx1 | 5.5 |", "| d/dx2 | 1.7163378145367738 |")
      ),
      ("csv", joined("x1,x2,value,d/dx1,d/dx2", "2,5,11.652071455223084,5.5,1.7163378145367738")),
    ])
  func formats(format: String, expected: String) {
    #expect(ProgramRun("eval", example, "--at x1=2,x2=5 --format \(format)").output == expected)
  }

  @Test func latex() {
    let tabular = joined(
      "\\begin{tabular}{lr}", "\\hline", "quantity & value \\\\", "\\hline",
      "value & $11.652071455223084$ \\\\", "d/dx1 & $5.5$ \\\\",
      "d/dx2 & $1.7163378145367738$ \\\\", "\\hline", "\\end{tabular}")
    let run = ProgramRun("eval", example, "--at x1=2,x2=5 --format latex")
    #expect(run.output.contains(tabular.dropLast()) && run.status == 0)
  }

  @Test func json() throws {
    let run = ProgramRun("eval", example, "--at x1=2,x2=5 --format json --hessian")
    let json = try run.json()
    #expect(
      json.keys
        .isSuperset(of: ["expression", "mode", "point", "value", "gradient", "hessian", "notes"]))
    #expect(json["expression"].string == example && json["mode"].string == "reverse")
    #expect(json["point"]["x1"].number == 2 && json["point"]["x2"].number == 5)
    #expect(json["value"].number == 11.652071455223084 && json["gradient"].count == 2)
    #expect(json["gradient"]["x1"].number == 5.5)
    #expect(json["gradient"]["x2"].number == 1.7163378145367738)
    #expect(json["hessian"]["x1"]["x1"].number == -0.25 && json["hessian"]["x1"]["x2"].number == 1)
    #expect(json["hessian"]["x2"]["x2"].number == -0.9589242746631385)
    #expect(json["notes"].elements.isEmpty)
    #expect(run.output.hasSuffix("}\n") && !run.output.hasSuffix("\n\n"))
  }

  @Test func allEnginesSideBySide() throws {
    let run = ProgramRun("eval", example, "--at x1=2,x2=5 --mode all")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let words = lines.map { $0.split(separator: " ").map(String.init) }
    #expect(words[0] == ["quantity", "forward", "reverse", "symbolic", "numerical"])
    #expect(words[2] == ["value"] + Array(repeating: "11.652071455223084", count: 4))
    #expect(words[3].prefix(4) == ["d/dx1", "5.5", "5.5", "5.5"])
    #expect(abs(try #require(Double(words[3][4])) - 5.5) < 1e-9)
    #expect(
      Array(words[4].prefix(4))
        == ["d/dx2"] + Array(repeating: "1.7163378145367738", count: 3))
    let costs = ["2", "sweeps", "1", "sweep", "4", "operations", "4+1", "evaluations"]
    #expect(words[5] == ["cost"] + costs)
    #expect(words.contains(["forward", "0", "0"]))
    #expect(words.contains(["numerical", "4.11e-11", "2.39e-11", "d/dx2"]))
    #expect(words.contains(["d/dx1", "central", "7.62939453125e-06", "2"]))
    #expect(words.contains(["d/dx2", "central", "1.52587890625e-05", "2"]))
  }

  @Test func allEnginesInJSON() throws {
    let json = try ProgramRun("eval", example, "--at x1=2,x2=5 --mode all --format json").json()
    #expect(json["modes"].keys == ["forward", "reverse", "symbolic", "numerical"])
    #expect(!json["mode"].exists && !json["value"].exists && !json["gradient"].exists)
    for (mode, digits) in [
      ("forward", 1e-15), ("reverse", 1e-15), ("symbolic", 1e-15), ("numerical", 1e-9),
    ] {
      let result = json["modes"][mode]
      #expect(result["value"].number == 11.652071455223084)
      #expect(abs((result["gradient"]["x2"].number ?? .nan) - 1.7163378145367738) < digits)
    }
    #expect(json["modes"]["numerical"]["evaluations"].number == 5)
    #expect(json["modes"]["forward"]["sweeps"].number == 2)
    #expect(json["modes"]["symbolic"]["operations"].number == 4)
  }

  @Test(
    arguments: [
      ("forward", 0.1, 2, (12.1 - 10) / 0.1), ("backward", 0.1, 2, (10 - 8.1) / 0.1),
      ("central", 0.1, 3, (12.1 - 8.1) / 0.2),
    ])
  func differenceFormulas(formula: String, step: Double, evaluations: Int, expected: Double) throws
  {
    let options = "--at x=1 --mode numerical --step \(step) --difference \(formula) --format json"
    let json = try ProgramRun("eval", "10x^2", options).json()
    #expect(abs((json["gradient"]["x"].number ?? .nan) - expected) < 1e-12)
    #expect(json["differences"][0]["formula"].string == formula)
    #expect(json["differences"][0]["step"].number == step)
    #expect(json["evaluations"].number == Double(evaluations))
  }

  /// Where the central formula would leave the domain, a one-sided one takes its place.
  @Test func numericalModeStaysInTheDomain() throws {
    let json = try ProgramRun("eval", "x^1.5", "--at x=0 --mode numerical --format json").json()
    #expect(json["differences"][0]["formula"].string == "3-point forward")
    #expect(abs(json["gradient"]["x"].number ?? .nan) < 0.02)
    let text = ProgramRun("eval", "x*sqrt(1-x)", "--at x=1 --mode numerical").output
    #expect(text.contains("3-point backward"))
  }

  @Test(
    arguments: [
      ("--wrt x2", joined("value  11.652071455223084", "d/dx2   1.7163378145367738")),
      ("--wrt x1", joined("value  11.652071455223084", "d/dx1   5.5")),
      ("--digits 3", joined("value  11.7", "d/dx1   5.5", "d/dx2   1.72")),
      (
        "--direction x1=1,x2=2",
        joined(
          "value       11.652071455223084",
          "derivative   8.932675629073547")
      ),
      (
        "--direction x2=-1",
        joined(
          "value       11.652071455223084",
          "derivative  -1.7163378145367738")
      ),
      (
        "--mode forward --direction x1=1,x2=2",
        joined(
          "value       11.652071455223084",
          "derivative   8.932675629073547")
      ),
      (
        "--wrt x1 --hessian",
        joined(
          "value  11.652071455223084", "d/dx1   5.5", "",
          "second derivatives", "", "       x1", "──  ─────", "x1  -0.25")
      ),
    ])
  func choices(options: String, expected: String) {
    #expect(ProgramRun("eval", example, "--at x1=2,x2=5 " + options).output == expected)
  }

  @Test func directionsAgreeInAllModes() throws {
    let json = try ProgramRun(
      "eval", example, "--at x1=2,x2=5 --direction x1=1,x2=2 --mode all --format json"
    ).json()
    #expect(json["direction"]["x1"].number == 1 && json["direction"]["x2"].number == 2)
    for mode in ["forward", "reverse", "numerical"] {
      let derivative = json["modes"][mode]["derivative"].number ?? .nan
      #expect(abs(derivative - (5.5 + 2 * 1.7163378145367738)) < 1e-9)
      #expect(!json["modes"][mode]["gradient"].exists)
    }
  }

  @Test func theHessianIsATable() {
    #expect(
      ProgramRun("eval", "x*y^2", "--at x=2,y=3 --hessian").output
        == joined(
          "value  18", "d/dx    9", "d/dy   12", "", "second derivatives", "", "   x  y", "─  ─  ─",
          "x  0  6", "y  6  4"))
    let csv = ProgramRun("eval", "x*y^2", "--at x=2,y=3 --hessian --format csv").output
    #expect(csv == joined("x,y,value,d/dx,d/dy,d²/dx²,d²/dxdy,d²/dy²", "2,3,18,9,12,0,6,4"))
  }

  @Test func anExpressionWithoutVariables() throws {
    #expect(ProgramRun("eval", "2+3").output == "value  5\n")
    let json = try ProgramRun("eval", "2+3", "--format json").json()
    #expect(json["value"].number == 5 && json["point"].keys.isEmpty && json["gradient"].exists)
  }

  @Test func aQuotientOf0IsNoDerivative() {
    let run = ProgramRun("eval", "erf(x)", "--at x=9 --mode numerical")
    #expect(run.status == 0 && run.output.contains("d/dx                    0  central"))
    #expect(
      run.error
        == "note: d/dx: the difference quotient is 0, since no digit of the values differs\n")
    #expect(ProgramRun("eval", "cos(x)", "--at x=0 --mode numerical").error == "")
  }

  /// The function is linear, and its higher derivatives are rounding.
  @Test func noStepGoesBeyond0WithoutNeed() {
    let run = ProgramRun(
      "eval", "sqrt(a^2 + (a*(c/6.43e14))^2)*ln(1+(c/6.43e14))",
      "--at a=1.648e-21,c=6.43e14 --mode numerical")
    #expect(run.output.contains("d/da      0.98025814346854"))
  }
}
