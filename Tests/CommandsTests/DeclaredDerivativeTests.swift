// Derivatives that a user declares: every engine uses them, and check judges them.

import Testing

@testable import Commands

@Suite struct DeclaredDerivativeTests {
  private func gradient(
    _ expression: String, _ point: String, _ mode: String, _ name: String
  ) throws -> Double? {
    try ProgramRun("eval", expression, "--at \(point) --mode \(mode) --format json")
      .json()["gradient"][name].number
  }

  @Test(arguments: ["forward", "reverse", "symbolic"])
  func enginesUseThem(mode: String) throws {
    let wrong = "f(x) = x^2; derivative f(x) = 3*x; "
    #expect(try gradient(wrong + "f(2*a)", "a=1", mode, "a") == 12)
    #expect(try gradient(wrong + "f'(a)", "a=2", mode, "a") == 3)
    #expect(try gradient(wrong + "diff(f(a), a)*a", "a=2", mode, "a") == 12)
    #expect(try gradient(wrong + "f", "x=2", mode, "x") == 6)
    let two = "g(x, y) = x^2*y; derivative g(u, w) = [5*w, u]; g(a, b)*a"
    #expect(try gradient(two, "a=2,b=3", mode, "a") == 42)
    #expect(try gradient(two, "a=2,b=3", mode, "b") == 4)
  }

  @Test func numericalModeSeesTheBody() throws {
    let slope = try gradient("f(x) = x^2; derivative f(x) = 3*x; f(a)", "a=1", "numerical", "a")
    #expect(try (#require(slope) - 2).magnitude < 1e-6)
  }

  @Test func higherDerivativesAreThoseOfTheFormulas() throws {
    let text = "f(x) = x^2; derivative f(x) = x^3; f(a)"
    let run = try ProgramRun("eval", text, "--at a=2 --hessian --format json").json()
    #expect(run["gradient"]["a"].number == 8)
    #expect(run["hessian"]["a"]["a"].number == 12)
    #expect(ProgramRun("diff", text).output == "a^3\n")
    #expect(ProgramRun("diff", text, "--order 3").output == "6*a\n")
    #expect(
      ProgramRun("diff", "f(x) = x^2; derivative f(x) = 3*x; sin(f(a))").output
        == "3*a*cos(a^2)\n")
  }

  @Test func aDerivativeMayCallItsFunction() throws {
    let text = "ex(x) = exp(x); derivative ex(x) = ex(x); ex(2*a)"
    #expect(try gradient(text, "a=0", "reverse", "a") == 2)
    let run = try ProgramRun("eval", text, "--at a=0 --hessian --format json").json()
    #expect(run["hessian"]["a"]["a"].number == 4)
  }

  @Test func checkJudgesThem() {
    let right = "root(a) = { x = a; while abs(x^2 - a) > 1e-14*a { x = (x + a/x)/2 }; x }; "
    let declared = right + "derivative root(a) = 1/(2*root(a)); root"
    #expect(ProgramRun("check", declared, "--at a=2").status == 0)
    let wrong = right + "derivative root(a) = 1/root(a); root"
    #expect(ProgramRun("check", wrong, "--at a=2").status == 1)
  }

  /// A formula that nothing asks for may be undefined.
  @Test(
    arguments: [
      ("p(a, 2)", "a=0", ""), ("p(a, b)", "a=0,b=2 --wrt a", ""),
      ("p(a, b)", "a=-1,b=2 --wrt a", ""),
      ("p(a, b)", "a=-1,b=2", "d/db does not exist as a number: ln(-1) is not defined"),
      ("p(a, b)*3", "a=-1,b=2", "a = -1 → ln(x) = nan → x^n*ln(x) = nan → p(a, b) = 1"),
    ])
  func formulasThatAreNotDefined(call: String, options: String, error: String) {
    let text = "p(x, n) = x^n; derivative p(x, n) = [n*x^(n - 1), x^n*ln(x)]; " + call
    let run = ProgramRun("eval", text, "--at " + options)
    #expect(run.status == (error.isEmpty ? 0 : 1))
    #expect(error.isEmpty ? run.error.isEmpty : run.error.contains(error), "\(run.error)")
  }

  @Test func aFormulaWithAPole() {
    let run = ProgramRun("eval", "f(x) = x^2; derivative f(x) = 1/x; f(a)", "--at a=0")
    #expect(run.status == 1 && run.error.contains("d/da does not exist as a number: 1/0 is"))
    let value = ProgramRun("eval", "f(x) = ln(x); derivative f(x) = 1 + x*ln(x); f(a)", "--at a=-1")
    #expect(value.error.contains("a = -1 → ln(x) = nan → f(a) = nan"), "\(value.error)")
  }

  @Test func theirNamesAreTheExpressions() throws {
    let text = "f(x) = x; derivative f(x) = b*x; f(a)"
    #expect(ProgramRun("eval", text, "--at a=3").error.contains("no value is given for 'b'"))
    #expect(try gradient(text, "a=3,b=2", "reverse", "a") == 6)
  }

  @Test(
    arguments: [
      ("derivative f(x) = 2*x; 3", "'f' is not a function that has been defined"),
      ("derivative sin(x) = 3; sin(3)", "'sin' is not a function that has been defined"),
      ("f(x) = x; derivative f(x); f(2)", "a declared derivative needs its formula"),
      ("f(x) = x; derivative f = 3; f(2)", "needs parameters"),
      ("f(x) = x; derivative f(x, y) = 3; f(2)", "'f' has 1 parameter"),
      ("f(x) = x; derivative f(x) = [1, 2]; f(2)", "needs 1 formula"),
      ("f(x, y) = x; derivative f(x, y) = 3; f(2, 3)", "needs 2 formulas"),
      ("f(x) = x; derivative f(x) = { 1 }; f(2)", "a derivative is a formula"),
      ("f(x) = x; derivative f(x) = 1; derivative f(x) = 2; f(2)", "already defined"),
    ])
  func errors(text: String, message: String) {
    let run = ProgramRun("eval", text)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test func theWordIsFreeForNames() {
    #expect(ProgramRun("eval", "derivative = 3; derivative*2").output == "value  6\n")
  }
}
