// `check`: votes, claims, formats, exit statuses, and what is refused.
@testable import CommandLine
import Testing

@testable import Commands

@Suite struct CheckCommandTests {
  private func check(
    _ expression: String, _ words: String..., environment: [String: String] = [:]
  ) -> ProgramRun {
    ProgramRun(["check", expression] + words, environment: environment)
  }

  @Test(arguments: [
    (example, "", 0, "agree"), (example, "--at x1=2,x2=5", 0, "agree"),
    ("abs(x)", "--at x=0", 0, "kink"), ("abs(x)", "", 0, "agree"),
    ("sqrt(x)", "--at x=-1", 1, "outside the domain"), ("1/x", "--at x=0", 1, "outside"),
    ("sqrt(x)", "--at x=0", 1, "outside the domain"), ("ln(x)", "--at x=-1:1:1", 1, "outside"),
    ("max(x, y)", "--at x=1,y=1", 0, "kink"), ("stop_gradient(x)*x", "", 0, "agree"),
    ("floor(x)*x", "", 0, "agree"), ("[x*y, x/y]", "", 0, "agree"),
    ("e*x", "--at e=2,x=1", 0, "agree"), ("x^2*y", "--wrt x", 0, "agree"),
    ("sum(k, 1, n, x^k)", "--at x=2,n=3 --wrt x", 0, "agree"),
    ("ln(x)", "--range x=100:200", 0, "agree"),
    // All partial derivatives, and an infinite slope along every other direction.
    ("cbrt(x*y)", "--at x=0,y=0", 0, "kink"),
    ("sqrt(acos(1 - (x + 2 + y + 2)^2)*log1p(x + 2))", "--at x=-2,y=-2", 1, "ill-conditioned"),
    ("(y*x)^0.1", "--at x=0,y=0", 0, "kink"),
    // What is left of terms that cancel on the way is rounding, and accuses nobody.
    ("abs(1e200/(x/(x*1e200))^1e-3)", "--at x=1.66", 1, "ill-conditioned"),
    ("abs(abs(sin(y)) - abs(x*y))^0.1*x", "--at x=0,y=0", 0, "agree"),
    // What varies on a scale far from the size of its variable.
    ("sinc(a + 4)*a", "--at a=5.359e10", 0, "agree"),
    ("a/(a*pi - sin(a))", "--at a=-9.994e25", 0, "agree"),
    ("(3 - a + sqrt(a))*(299792458*b^3)", "--at a=4.077e-29,b=-2.875e-14", 0, "agree"),
    ("sin(sqrt((1e-9*(x - 3))^2)*(x - 3))", "--at x=3", 1, "ill-conditioned"),
    ("((sqrt(acos(1 - ((0.5 - y)*(x + 1))^2))*(x^2 - 1)))^1.25", "--at x=-1,y=0.5", 0, "agree"),
  ])
  func votes(expression: String, options: String, status: Int32, verdict: String) {
    let run = ProgramRun("check", expression, options)
    let last = run.output.split(separator: "\n").last ?? ""
    #expect(run.status == status && last.hasPrefix(verdict), "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    ("x1: 1/x1 + x2, x2: x1 - cos(x2)", 0, "by algebra"),
    ("x1: 1/x1 + x2\nx2: x1 - cos(x2)\n", 0, "by algebra"),
    ("x1: 1/x1 + x2, x2: x1 - sin(pi/2 - x2)", 0, "by algebra"),
    ("x1: 1/x1 + x2 + atan(x1) + atan(1/x1) - pi/2, x2: x1 - cos(x2)", 0, "at 20 points"),
    ("x1: 1/x1 + x2, x2: x1 + cos(x2)", 1, "wrong sign: the term that sin(x2) gives"),
    ("x1: x1 - cos(x2), x2: 1/x1 + x2", 1, "d/dx1 and d/dx2 are swapped"),
    ("x2: x1", 1, "missing term: the derivative of sin(x2)"),
  ])
  func claims(claim: String, status: Int32, words: String) {
    let run = check(example, "--gradient", claim)
    #expect(run.status == status && run.output.contains(words), "\(run.output)\(run.error)")
  }

  @Test(
    "What a claim says where a condition holds is judged, too",
    arguments: [
      ("if(x==0,0,x^2*sin(1/x))", "if(x==0,_,2*x*sin(1/x)-cos(1/x))", "0"),
      ("if(x==1,1,sin(x-1)/(x-1))", "if(x==1,_,cos(x-1)/(x-1)-sin(x-1)/(x-1)^2)", "0"),
      ("x^2", "if(2*x==3,_,2*x)", "3"), ("x^2", "if(x != -1, 2*x, _)", "-2"),
      (
        "if(x==0 and y==0, 0, x*y^3/(x^2+y^2))",
        "x: if(x==0 and y==0,_,y^3*(y^2-x^2)/(x^2+y^2)^2)", "0"
      ),
      ("if(x==y, x, (x^2-y^2)/(x-y)/2)", "x: if(x==y,_,1/2)", "1/2"),
    ])
  func conditions(expression: String, claim: String, value: String) {
    let right = check(expression, "--gradient", claim.replacing("_", with: value))
    #expect(right.status == 0, "\(right.output)\(right.error)")
    let wrong = check(expression, "--gradient", claim.replacing("_", with: "7"))
    #expect(wrong.status == 1 && wrong.output.contains("the claim is 7"), "\(wrong.output)")
    #expect(check("x^2", "--gradient", "if(x==1,7,2*x)", "--range", "x=2:3").status == 0)
    // At a kink, what lies between the one-sided derivatives passes, as at a point of --at.
    #expect(check("abs(x)", "--gradient", "if(x==0,1/2,sign(x))").status == 0)
    #expect(check("abs(x)", "--gradient", "if(x==0,5,sign(x))").status == 1)
    // At the edge of a condition and where a sign jumps, too.
    #expect(check("x", "--gradient", "sign(x)^2").status == 1)
    #expect(check("x", "--gradient", "if(x >= 2, 1, 0) + if(x <= 2, 1, 0)").status == 1)
    #expect(check("relu(x)", "--gradient", "if(x >= 0, 1, 0)").status == 0)
    #expect(check("x*abs(x)", "--gradient", "2*x*sign(x)").status == 0)
  }

  @Test("Names of variables side by side are a product where nothing is called so")
  func productsOfVariables() {
    for claim in ["2xy, x^2", "x: 2xy; y: x²", "[2yx, x^2]"] {
      #expect(check("x^2*y", "--gradient", claim).status == 0)
    }
    #expect(check("x1*x2", "--gradient", "x1: x2, x2: x1x2").status == 1)
    let other = check("x^2*y", "--gradient", "x: 2/xy, y: x^2")
    #expect(other.status == 2 && other.error.contains("did you mean 'x*y'"), "\(other.error)")
    #expect(check("x^2", "2x").error.contains("--gradient '2x'"))
  }

  @Test(arguments: [
    ("x1: 5.5, x2: 1.716", 0), ("x1: 5.5, x2: 1.7163378", 0), ("x1: 5.5, x2: 1.7162", 1),
    ("x1: 5, x2: 1.72", 1), ("x2: 1.7", 0), ("x2: 2 - cos(5)", 0), ("x1: 1/x1 + 5", 0),
    ("x1: 1/x1 + 6", 1),
  ])
  func numbers(claim: String, status: Int32) {
    let run = check(example, "--at", "x1=2,x2=5", "--gradient", claim)
    #expect(run.status == status, "\(run.output)\(run.error)")
  }

  @Test func numbersAreDiagnosedToo() {
    let run = check(example, "--at", "x1=2,x2=5", "--gradient", "x1: 5.5, x2: 2.284")
    #expect(run.output.contains("wrong sign: the term that sin(x2) gives"), "\(run.output)")
  }

  @Test func tolerance() {
    let words = ["--gradient", "0.33*x"]
    #expect(ProgramRun(["check", "x^2/6"] + words).status == 1)
    #expect(ProgramRun(["check", "x^2/6"] + words + ["--tolerance", "0.02"]).status == 0)
  }

  @Test func whatDiffPrintsIsAClaim() {
    for (text, option) in [
      (example, ""), ("x^3*sin(y)", "--hessian"), ("[x*y, x/y]", ""), ("x^x", ""),
      ("atan2(y, x)", "--hessian"),
    ] {
      let printed = ProgramRun("diff", text, option).output
      let run = check(text, option.isEmpty ? "--gradient" : "--hessian", printed)
      #expect(run.status == 0 && run.output.contains("by algebra"), "\(run.output)\(run.error)")
    }
  }

  @Test func kinksAreNoFailures() {
    let run = check("abs(x)", "--at", "x=-1:1:1", "--gradient", "x/abs(x)")
    #expect(run.status == 0 && run.error.contains("kink"), "\(run.output)\(run.error)")
    #expect(check("x", "--at", "x=0", "--gradient", "x/x").status == 1)
  }

  @Test func theSmallestCounterexampleIsTold() {
    let run = check("x*y^2", "--gradient", "x: y^3")
    #expect(
      run.output.contains("at x = 1, y = 2 the claim is 8, the derivative 4"), "\(run.output)")
    let inRange = check("x*y^2", "--gradient", "x: y^3", "--range", "y=4:5")
    #expect(inRange.output.contains("at x = 1, y = 4 "), "\(inRange.output)")
  }

  @Test func ofManyVariablesThoseThatMatterAreShown() {
    let sum = (1...9).map { "x\($0)*sin(x\($0))" }.joined(separator: "+")
    let run = check(sum, "--gradient", "x8: sin(x8) + x9*cos(x8)")
    #expect(run.output.contains("at x8 = 2, x9 = 1, … the claim is"), "\(run.output)")
    #expect(run.output.contains("probably: x9 stands where x8 belongs"))
  }

  @Test func whatIsNotClaimedIsNoted() {
    let run = check("x*y", "--gradient", "x: y")
    #expect(run.status == 0 && run.error == "note: nothing is claimed of d/dy\n")
    #expect(check("x*y", "--gradient", "x: y", "--wrt", "x").error == "")
    #expect(check("x*y", "--hessian", "x,y: 1").error == "")
  }

  @Test func claimsFromFiles() {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, files: ["grad.txt": "# mine\nx: 2*x\n"])
    #expect(Program.run(["check", "x^2", "--gradient", "@grad.txt"], terminal) == 0)
    #expect(check("x^2", "--gradient", "@none").status == 2)
  }

  @Test func json() throws {
    let good = try check("x*y", "--format", "json").json()
    #expect(good["verdict"].string == "agree" && good["votes"].elements.count == 3)
    #expect(good["votes"].elements[0]["wrt"].elements[0].string == "x")
    let bad = try check("x*y", "--gradient", "x: -y", "--format", "json").json()
    let claim = bad["claims"].elements[0]
    #expect(bad["verdict"].string == "disagree" && claim["evidence"].string == "counterexample")
    #expect(claim["point"]["x"].number == 1 && claim["claimed"].number == -1)
    #expect(
      claim["diagnosis"]["kind"].string == "term-sign"
        || claim["diagnosis"]["kind"].string == "sign")
  }

  @Test func markdown() {
    let run = check("x*y", "--gradient", "x: -y", "--format", "markdown")
    #expect(run.output.hasPrefix("| derivative | claim |") && run.output.contains("**disagree**"))
  }

  @Test func digitsAndASCII() {
    let run = check("ln(x)", "--at", "x=3", "--digits", "3")
    #expect(run.output.contains(" 0.333 "))
    let ascii = check("ln(x)", environment: ["LANG": "C"])
    #expect(ascii.output.utf8.allSatisfy { $0 < 128 })
  }

  @Test(arguments: [
    (["x", "--samples", "0"], "from 1 to 10000"),
    (["x", "--seed", "-1"], "not '-1'"), (["x", "--range", "z=0:1"], "'z' is not in"),
    (["x", "--range", "x=1:0"], "to a larger one"),
    (["x", "--range", "x=0:1:2"], "start:stop:step"),
    (["x", "--range", "x"], "x"),
    (["x", "--at", "x=1", "--samples", "3"], "--samples is for random"),
    (["x", "--tolerance", "2"], "less than 1"), (["x*y", "--gradient", "y"], "not clear which"),
    (["x", "--gradient", "2*z"], "'z' is not in the expression"),
    (["ln(-1-x^2)"], "no point was found"),
    (["[x, y]", "--hessian", "x,x: 1"], "takes one expression"),
    (["x", "--gradient", "1 +"], "operand is missing"),
    (["[x, y]", "--gradient", "g,x: 1"], "no output of the list"),
    (["sum(k, 1, n + pi, x)"], "depend on 'n'; a point"),
    (["x", "--format", "csv"], "--format csv is for hand-ins"),
  ])
  func mistakes(words: [String], error: String) {
    let run = ProgramRun(["check"] + words)
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
    #expect(run.errorIsClean)
  }

  /// Engines know derivatives that no double shows the values of.
  @Test func underflowIsNoDisagreement() {
    let run = ProgramRun("check", "gamma(pi)/z^729", "--at z=2.71")
    #expect(run.status == 0, "\(run.output)")
  }

  /// Where two neighbouring doubles have values that have nothing to do with each other, difference
  /// quotients refute nothing.
  @Test func noiseIsNoDisagreement() {
    let run = ProgramRun("check", "sec((z^z)^2)", "--at z=53.6")
    #expect(run.output.contains("ill-conditioned") && !run.output.contains("disagree"))
  }

  /// The bound for the rounding error itself leaves a double's range here: nothing is known of the
  /// derivatives, and no engine is accused.
  @Test(arguments: [
    "sin(sign(x*1e200) + (0.5 + x)*1e200)", "sin(x - 1e200)*exp(expm1(2*x))",
    "sigmoid(cos(2e200*cbrt(1e-3*x))/1e200)",
  ])
  func whatHasNoDigitsLeftAccusesNobody(formula: String) {
    let run = ProgramRun(["check", formula])
    #expect(run.error == "" && !run.output.contains("disagree"), "\(run.output)\(run.error)")
  }

  /// The exponent is constant without being a number: the base may be negative.
  @Test(arguments: [
    "(y - 1)^(1^x)", "(y - 1)^(2 + 0^x)", "(y - 1)^(3*1^x)", "(y - 1)^atan2(0, 1 + x)",
  ])
  func constantExponentsOfNegativeBasesAgree(formula: String) {
    let run = ProgramRun(["check", formula, "--at", "y=0.5,x=2"])
    #expect(run.status == 0, "\(run.output)")
  }

  /// The work grows with variables times operations: it is refused before it is begun, with what to type.
  @Test func aCheckOfVeryManyVariablesIsRefused() {
    let formula = (0..<2_100).map { "x\($0)^2" }.joined(separator: "+")
    let refused = ProgramRun(["check", formula])
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(refused.error.contains("with --wrt") && refused.error.contains("--max-steps"))
    #expect(ProgramRun(["check", formula, "--wrt", "x1,x2", "--samples", "2"]).status == 0)
  }
}
