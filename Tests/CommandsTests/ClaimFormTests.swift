// Claims in the notations that people and programs write, and what no notation makes pass.
import Testing

@testable import Commands

@Suite struct ClaimFormTests {
  @Test(arguments: [
    ("exp(3*x)", "--gradient", "g'(x) = 3*exp(3*x)"), ("exp(3*x)", "--gradient", "y′: 3*exp(3*x)"),
    ("exp(3*x)", "--gradient", "dz/dx = 3*exp(3*x)"),
    ("exp(3*x)", "--hessian", "f''(x) = 9*exp(3*x)"),
    ("u*v^3", "--gradient", "∂f/∂v = 3*u*v^2; ∂f/∂u = v^3"),
    ("u*v^3", "--gradient", "f_u = v^3, f_v = 3*u*v^2"),
    ("u*v^3", "--gradient", "fu: v^3, fv: 3*u*v^2"),
    ("u*v^3", "--gradient", "∇f = [v^3, 3*u*v^2]"), ("u*v^3", "--gradient", "(v^3, 3*u*v^2)"),
    ("u*v^3", "--gradient", "{\"v\": \"3*u*v^2\", \"u\": \"v^3\"}"),
    ("u*v^3", "--hessian", "[[0, 3*v^2], [3*v^2, 6*u*v]]"),
    ("u*v^3", "--hessian", "f_uv = 3*v^2, ∂²f/∂v² = 6*u*v, d^2f/du^2 = 0"),
    ("[u+v, u*v]", "--gradient", "[1, 1; v, u]"),
    ("p = u+v; q = u*v; [p, q]", "--gradient", "dq/du = v"),
  ])
  func formulas(expression: String, option: String, claim: String) {
    let run = ProgramRun(["check", expression, option, claim])
    #expect(run.status == 0 && run.output.contains("agree"), "\(claim): \(run.output)\(run.error)")
  }

  @Test(arguments: [
    "[8. 12.]", "tensor([ 8., 12.])", "array([8., 12.])", "8 12", "(8.0e+00, 1.2e+01)",
    "du=8, dv=12",
    "grad u: 8\ngrad v: 12", "d/du   8\nd/dv  12\n",
    "{\"value\": 8, \"gradient\": {\"u\": 8, \"v\": 12}}",
  ])
  func numbers(claim: String) {
    func run(_ claim: String) -> ProgramRun {
      ProgramRun(["check", "u*v^3", "--at", "u=1,v=2", "--gradient", claim])
    }
    #expect(run(claim).status == 0, "\(run(claim).output)\(run(claim).error)")
    let wrong = claim.replacing("12", with: "13").replacing("1.2e", with: "1.3e")
    #expect(run(wrong).status == 1, "\(wrong): \(run(wrong).output)\(run(wrong).error)")
  }

  @Test func listsFollowTheOrderOfWrt() {
    let words = ["check", "u*v^3", "--at", "u=1,v=2", "--wrt", "v,u", "--gradient"]
    #expect(ProgramRun(words + ["[12, 8]"]).status == 0)
    #expect(ProgramRun(words + ["[8, 12]"]).status == 1)
  }

  /// What may be about something else than the result is refused.
  @Test(arguments: [
    ("w = u^2; sin(w)", "dw/du = 2*u"), ("u*v", "dv/du = v"), ("u*v", "[v]"), ("u*v", "f' = v"),
    ("u*v", "[v, u, 1]"), ("u*v", "∇f = [v, u], q"),
  ])
  func unclear(expression: String, claim: String) {
    #expect(ProgramRun(["check", expression, "--gradient", claim]).status == 2)
  }

  @Test(arguments: [
    ("abs(t)", "17", 1), ("abs(t)", "-1.5", 1), ("abs(t)", "0", 0), ("abs(t)", "1", 0),
    ("max(t, 3*t)", "2", 0), ("max(t, 3*t)", "0.5", 1), ("max(t, 3*t)", "3.5", 1),
  ])
  func kinks(expression: String, claim: String, status: Int32) {
    let run = ProgramRun(["check", expression, "--at", "t=0", "--gradient", "t: \(claim)"])
    #expect(run.status == status, "\(run.output)\(run.error)")
  }

  @Test func powerRuleOfAVariableExponent() {
    let run = ProgramRun(["check", "t^t", "--gradient", "t*t^(t-1)"])
    #expect(run.status == 1 && run.output.contains("power rule where"), "\(run.output)")
  }

  @Test func noFactorOfManyDigits() {
    let run = ProgramRun(["check", "e^3+x", "--gradient", "3*e^2+1"])
    #expect(run.status == 1 && !run.output.contains("constant factor"), "\(run.output)")
  }
}
