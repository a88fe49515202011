// `check --implicit`: what an equation defines, and derivatives through unknown functions.
import Testing

@testable import Commands

@Suite struct DependentTests {
  private func check(_ expression: String, _ names: String, _ words: String...) -> ProgramRun {
    ProgramRun(["check", expression, "--implicit", names] + words)
  }

  @Test(arguments: [
    ("x^2 + x*y + y^3 = 0", "y' = -(2*x + y)/(x + 3*y^2)", 0),
    ("x^2 + x*y + y^3 = 0", "dy/dx = -(2*x + y)/(3*y^2)", 1),
    ("2*x*y + y^2 = x + y", "(1 - 2*y)/(2*x + 2*y - 1)", 0),
    ("2*x*y + y^2 = x + y", "1/(-2 - 2*y + 1)", 1),
    ("sin(x*y) = x", "y'(x) = 1/(x*cos(x*y)) - y/x", 0),
    ("x^2 + y^2 = 25", #"\frac{dy}{dx} = -\frac{x}{y}"#, 0),
    ("x^2 + y(x)^2 = 25", "y'(x) = -x/y(x)", 0),
    // The bracket of a fraction is kept, and no digits are lost in points of steep curves.
    (#"\frac{y}{x+1} = 1"#, "y/x", 1), (#"\frac{y}{x+1} = 1"#, "y/(x+1)", 0),
    ("e^y = x", "1/x", 0), ("y^3 = x", "1/(3*y^2)", 0), ("tanh(y) = x", "1/(1 - x^2)", 0),
    // Signs of equality as programs and LaTeX write them.
    ("x^2 + y^2 == 25", "-x/y", 0), ("x^2 + y^2 == 25", "x/y", 1), ("e^y &= x", "1/x", 0),
  ])
  func firstDerivatives(equation: String, claim: String, status: Int32) {
    let run = check(equation, "y(x)", "--gradient", claim)
    #expect(run.status == status, "\(run.output)\(run.error)")
    #expect(run.output.contains("dy/dx"))
  }

  /// What is right on the curve only.
  @Test func theCurveIsUsed() {
    let words = ["--range", "x=0:4,y=1:6", "--gradient"]
    let run = ProgramRun(
      ["check", "x^2 + y^2 = 25", "--implicit", "y(x)"] + words + ["-x/sqrt(25 - x^2)"])
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(check("x^2 + y^2 = 25", "y(x)", "--hessian", "y'' = -25/y^3").status == 0)
    #expect(check("x^2 + y^2 = 25", "y(x)", "--hessian", "y'' = -(1 + y'^2)/y").status == 0)
    #expect(check("x^2 + y^2 = 25", "y(x)", "--hessian", "y'' = 25/y^3").status == 1)
  }

  @Test func atAPointOfTheCurve() {
    let equation = "x^2 + y^2 = 25"
    #expect(check(equation, "y(x)", "--at", "x=3,y=4", "--gradient", "-0.75").status == 0)
    #expect(check(equation, "y(x)", "--at", "x=3,y=4", "--gradient", "0.75").status == 1)
    let off = check(equation, "y(x)", "--at", "x=3,y=5", "--gradient", "-0.75")
    #expect(off.status == 2 && off.error.contains("does not hold at x = 3, y = 5"))
  }

  @Test func surfaces() {
    let claim = "∂z/∂x = -x/z, ∂z/∂y = -y/z"
    #expect(check("x^2 + y^2 + z^2 = 9", "z(x, y)", "--gradient", claim).status == 0)
    let wrong = check("x^2 + y^2 + z^2 = 9", "z(x, y)", "--gradient", "z_x = -x/z, z_y = y/z")
    #expect(wrong.status == 1 && wrong.output.contains("disagree: dz/dy"), "\(wrong.output)")
  }

  /// `dy/dx1` begins like `dy/dx`.
  @Test func variablesThatBeginAlike() {
    let right = "dy/dx = -y/x, dy/dx1 = 1/x"
    #expect(check("x*y = x1", "y(x, x1)", "--gradient", right).status == 0)
    #expect(check("x*y = x1", "y(x, x1)", "--gradient", "dy/dx1 = -y/x, dy/dx = 1/x").status == 1)
  }

  @Test func claimsInAFile() {
    let words = ["check", "x*y = 1", "--implicit", "y(x)", "--gradient", "@-"]
    #expect(ProgramRun(words, input: Array("-y/x".utf8)).status == 0)
    #expect(ProgramRun(words, input: Array("y/x".utf8)).status == 1)
  }

  /// What says nothing about a claim of an implicit function is refused, and not passed over.
  @Test(arguments: [
    ["--against", "cat"], ["--trace", "-"], ["--answers", "a"], ["--wrt", "x"], ["--key", "k"],
    ["--require", "forward"], ["--time-limit", "3"],
  ])
  func whatDoesNotGoTogether(words: [String]) {
    let all = ["check", "x*y = 1", "--implicit", "y(x)", "--gradient", "-y/x"]
    #expect(ProgramRun(all).status == 0)
    #expect(ProgramRun(all + words).status == 2, "\(ProgramRun(all + words).output)")
    #expect(ProgramRun(["check", "x^2", "--require", "forward"]).status == 2)
  }

  @Test(arguments: [
    ("r(t)*cos(theta(t))", "r'(t)*cos(theta(t)) - r(t)*theta'(t)*sin(theta(t))", 0),
    ("r(t)*cos(theta(t))", "r'*cos(theta) + r*theta'*sin(theta)", 1),
    ("r(t)*cos(theta(t))", "dr/dt*cos(theta) - r*dtheta/dt*sin(theta)", 0),
    ("r'(t)^2/2 + t*r(t)", "r'*r'' + r + t*r'", 0), ("r'(t)^2/2 + t*r(t)", "r'*r'' + t*r'", 1),
  ])
  func functionsOfTime(expression: String, claim: String, status: Int32) {
    let run = check(expression, "r(t), theta(t)", "--gradient", claim)
    #expect(run.status == status && run.output.contains("d/dt"), "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    (["check", "x^2 + y^2 = 1", "--gradient", "-x/y"], "--implicit 'y(x)'"),
    (["check", "x*y = 1", "--implicit", "y", "--gradient", "1"], "write it as 'y(x)'"),
    (["check", "x*y = 1", "--implicit", "y(x)"], "--gradient gives it"),
    (["check", "x*y = 1", "--implicit", "y(x)", "--gradient", ""], "--gradient needs a value"),
    (
      ["check", "x*y = 1", "--implicit", "y(x)", "--gradient", "-y/x", "--hessian", "1"],
      "takes one claim"
    ), (["check", " = 1", "--implicit", "y(x)", "--gradient", "1"], "a single '='"),
    (["check", "x*y = ", "--implicit", "y(x)", "--gradient", "1"], "a single '='"),
    (["check", "x*y = 1", "--implicit", "y(x), z(x)", "--gradient", "1"], "one function"),
    (["check", "x*y*z = 1", "--implicit", "z(x, y)", "--gradient", "1"], "dz/dx = FORMULA"),
    (
      ["check", "x*y = 1", "--implicit", "y(x)", "--gradient", "q"], "'q' is not in the expression"
    ),
  ])
  func mistakes(words: [String], error: String) {
    let run = ProgramRun(words)
    #expect(run.status == 2 && run.error.contains(error), "\(run.error)")
  }
}
