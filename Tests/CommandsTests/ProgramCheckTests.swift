// `check` and `sweep` of programs whose path depends on a variable.
import Testing

@testable import Commands

@Suite struct ProgramCheckTests {
  private static let branch = "f(x) = { if x > 1 { x^2 } else { 3*x } }; f"
  /// The same function on both sides of 1, and the same slope there.
  private static let smooth = "f(x) = { if x > 1 { x^2 } else { 2*x - 1 } }; f"
  private static let root =
    "r(a) = { x = a; while abs(x^2 - a) > 1e-14*a { x = (x + a/x)/2 }; x }; r(b)"

  private func check(_ expression: String, _ words: String...) -> ProgramRun {
    ProgramRun(["check", expression] + words)
  }

  @Test(arguments: [
    (branch, "", 0, "agree"), (branch, "--at x=0.5 --at x=2", 0, "agree"),
    (branch, "--at x=1", 0, "kink"), (branch, "--at x=0.5:2:0.5", 0, "kink"),
    (smooth, "--at x=1", 0, "agree"), (smooth, "--range x=0:2", 0, "agree"),
    (root, "", 0, "agree"), (root, "--at b=2 --at b=900", 0, "agree"),
    ("f(x) = { if x == 1 { 1 } else { x^2 } }; f", "--at x=1", 0, "agree"),
    ("f(x) = { if x < 0 { ln(x) } else { x } }; f", "--at x=-1", 1, "outside"),
    ("f(x) = { if ln(x) < 0 { x } else { x^2 } }; f", "--at x=-1", 1, "outside"),
    ("f(x, y) = { if x > y { x - y } else { y - x } }; f", "--at x=2,y=2", 0, "kink"),
    ("f(x, y) = { if x > y { x - y } else { y - x } }; f", "--at x=2,y=1", 0, "agree"),
    ("f(n) = if(n <= 1, 1, n*f(n - 1)); f(n)", "", 0, "agree"),
    ("sum(k, 1, n, x^k)", "--at n=2,x=3 --at n=5,x=0.5", 0, "agree"),
    ("sum(k, 1, n, x^k)", "", 0, "agree"),
    ("f(x) = { for i in 1..n { x = x*x + 1 }; x }; f(t)", "--range n=0:4", 0, "agree"),
    ("f(x) = { while x > 0 { x = x + 1 }; x }; f", "--samples 3 --max-steps 1000", 0, "agree"),
    ("f(x) = { if x > 1 { x^2 } else { 3*x } }; [f(x), f(2*x)*y]", "", 0, "agree"),
  ])
  func votes(expression: String, options: String, status: Int32, verdict: String) {
    let run = ProgramRun("check", expression, options)
    let last = run.output.split(separator: "\n").last ?? ""
    #expect(run.status == status && last.hasPrefix(verdict), "\(run.output)\(run.error)")
  }

  /// Formulas are held against the derivative of the way that each point leads along.
  @Test(arguments: [
    (branch, "if(x > 1, 2*x, 3)", "", 0, "at 20 points"), (branch, "2*x", "", 1, "counterexample"),
    (branch, "3", "", 1, "counterexample"), (branch, "if(x > 1, 3*x, 3)", "", 1, "probably:"),
    (branch, "3", "--at x=0.5 --at x=-2", 0, "at 2 points"), (branch, "3", "--at x=2", 1, "true"),
    (branch, "7", "--at x=1", 1, "disagree"), (branch, "2.5", "--at x=1", 0, "kink"),
    (smooth, "2", "--at x=1", 0, "at 1 point"),
    (smooth, "3", "--at x=1", 1, "disagree"), (root, "1/(2*sqrt(b))", "", 0, "at 20 points"),
    (root, "1/sqrt(b)", "", 1, "counterexample"),
  ])
  func claims(
    expression: String, claim: String, options: String, status: Int32, words: String
  ) {
    let run = ProgramRun(
      ["check", expression, "--gradient", claim] + options.split(separator: " ").map(String.init))
    #expect(run.status == status && run.output.contains(words), "\(run.output)\(run.error)")
    #expect(!run.output.contains("by algebra"))
  }

  @Test func secondDerivativesOnABoundary() {
    #expect(check(Self.smooth, "--at", "x=1", "--hessian", "x,x: 2").output.contains("outside"))
    #expect(check(Self.smooth, "--at", "x=3", "--hessian", "x,x: 2").status == 0)
    #expect(check(Self.smooth, "--at", "x=-3", "--hessian", "x,x: 2").status == 1)
  }

  @Test(arguments: [
    ("--at x=2", "the check is of the way it goes at this point"),
    ("--at x=2 --at x=3", "all 2 points go the same way"),
    ("--at x=2 --at x=0", "the 2 points go 2 ways, each checked along its own"),
    ("", "the 20 points go 2 ways, each checked along its own"),
  ])
  func oneNoteTellsOfTheWays(options: String, words: String) throws {
    let run = ProgramRun("check", Self.branch, options)
    #expect(run.error.contains("which way this 'if' goes depends on 'x'; " + words), "\(run.error)")
    #expect(run.error.split(separator: "\n").count == 3)
    let json = try ProgramRun("check", Self.branch, options + " --format json").json()
    #expect(json["notes"].count == 1 && json["notes"][0]["kind"].string == "path")
  }

  @Test func aBoundaryIsExplained() throws {
    let json = try ProgramRun("check", Self.branch, "--at x=1 --format json").json()
    #expect(json["verdict"].string == "kink")
    #expect(json["notes"][1]["kind"].string == "boundary")
  }

  @Test func aLoopIsNoSum() {
    let run = ProgramRun("check", "f(x) = { for i in 1..n { x = x^2 }; x }; f(x)", "--at n=2,x=3")
    #expect(run.status == 0 && run.error.contains("'n' decides how many terms a sum has or how"))
  }

  @Test func whatHasNoEndIsRefused() {
    let endless = "f(x) = { while x > 0 { x = x + 1 }; x }; f"
    let run = ProgramRun("check", endless, "--at x=1 --max-steps 1000")
    #expect(run.status == 2 && run.error.contains("more than 1,000 operations"), "\(run.error)")
    let drawn = ProgramRun("check", endless, "--range x=1:2 --max-steps 1000")
    #expect(drawn.status == 2 && drawn.error.contains("at every random point"), "\(drawn.error)")
  }

  /// Within a step of the branch the quotient is of both ways.
  @Test func sweepRunsTheProgramAtEveryStep() throws {
    let run = ProgramRun("sweep", Self.branch, "--at x=1.01 --format json")
    let json = try run.json()
    #expect(run.status == 0 && json["notes"][0]["kind"].string == "path-changes")
    #expect((json["series"][1]["errors"][160].number ?? 0) > 1)
    let far = try ProgramRun("sweep", Self.branch, "--at x=3 --format json").json()
    #expect(far["notes"].count == 0)
  }
}
