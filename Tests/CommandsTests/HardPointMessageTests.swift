// What is told about derivatives at kinks, removable points and ends of the domain.
import Foundation
import Testing

@testable import Commands

@Suite struct HardPointMessageTests {
  @Test(arguments: [
    ("x*abs(x)", "x=0", "d²/dx² does not exist: it is -2 on the left and 2 on the right"),
    ("5*relu(x - 1)^2", "x=1", "d²/dx² does not exist: it is 0 on the left and 10 on the right"),
    (
      "if(abs(x) < 2, x^2/2, 2*abs(x) - 2)", "x=-2",
      "d²/dx² does not exist: it is 0 on the left and 1 on the right"
    ),
    (
      "y + relu(x)^1.5", "x=0,y=3",
      "d²/dx² does not exist: it is 0 on the left and inf on the right"
    ),
    ("cbrt(x^4)", "x=0", "d²/dx² does not exist as a number: it is inf"),
    (
      "relu(x)*y", "x=0,y=0", "d²/dxdy does not exist: it is infinite, or not the same on all sides"
    ),
  ])
  func bothSecondDerivativesAreTold(expression: String, point: String, message: String) {
    let run = ProgramRun(["eval", expression, "--at", point, "--hessian"])
    #expect(run.status == 1 && run.error.contains("error: \(message)\n"), "\(run.error)")
  }

  @Test(arguments: [
    ("if(x == 0, 0, x*ln(x))", "d/dx does not exist as a number: it is -inf"),
    ("if(x != 0, 2*x*ln(abs(x)), 0)", "d/dx does not exist as a number: it is -inf"),
    ("if(x == 0, 1, abs(x)^x)", "d/dx does not exist as a number: it is -inf"),
    ("xlogy(x, x)", "d/dx does not exist as a number: it is -inf"),
    ("sqrt(x^2)", "d/dx does not exist: it is -1 on the left and 1 on the right"),
    (
      "if(x == 0, 0, x*sin(1/x))",
      "d/dx is not known: 0 == 0 is where '==' jumps, and what lies on its sides is no power series"
    ),
    (
      "x + besselj(x, 2)",
      "d/dx is not known: there is no rule for the derivative of 'besselj' in its order"
    ),
  ])
  func whatABranchHidesIsTold(expression: String, message: String) throws {
    for mode in ["forward", "reverse", "symbolic", "numerical", "all"] {
      let run = ProgramRun(["eval", expression, "--at", "x=0", "--mode", mode])
      #expect(run.status == 1 && run.error.contains("error: \(message)\n"), "\(run.error)")
    }
  }

  /// No engine shows a number where the derivative does not exist.
  @Test(arguments: [
    "if(x == 0, 0, x*ln(abs(x)))", "sqrt(x^2)", "if(x == 0, 0, x*sin(1/x))", "sqrt(x)",
  ])
  func noNumberStandsBesideAnError(expression: String) {
    let run = ProgramRun(["eval", expression, "--at", "x=0", "--mode", "all", "--format", "csv"])
    let cells = run.output.split(separator: "\n").dropFirst().compactMap {
      Double($0.split(separator: ",")[3])
    }
    #expect(cells.count == 4 && cells.allSatisfy { !$0.isFinite }, "\(run.output)")
  }

  @Test(arguments: [
    ("if(x > 0, x*ln(x), 0)", "d/dx is 0 on the left and -inf on the right; 0 is used"),
    (
      "if(x == 0, 0, 1/x)",
      "the value is -inf on the left and inf on the right, d/dx is -inf on the left and -inf on the right"
    ),
    ("if(x <= 0, 2*x, 1/ln(abs(x)/2))", "d/dx is 2 on the left and -inf on the right"),
  ])
  func sidesThatAreNoPowersAreTold(expression: String, sides: String) {
    let run = ProgramRun(["eval", expression, "--at", "x=0"])
    #expect(run.status == 0 && run.error.contains(sides), "\(run.error)")
  }

  @Test func aSlopeThatADoubleDoesNotHoldIsTold() {
    let run = ProgramRun(["eval", "x^-3", "--at", "x=1e-80"])
    #expect(
      run.status == 1
        && run.error.contains("the slope of 1e-80^-3 is -3.0e320, beyond the largest double"))
  }

  @Test(arguments: [
    ("lgamma(a) + lgamma(b) - lgamma(a + b)", "a=1e20,b=3", true),
    ("sqrt(a)^2 - 2", "a=2", true), ("a^3 - 2*a^2 + a", "a=1", false),
    ("a - sin(a)", "a=1e-3", false), ("a/4 + b/4 - 1", "a=1,b=3", false),
  ])
  func digitsThatCancelAreTold(expression: String, point: String, isTold: Bool) {
    let run = ProgramRun(["eval", expression, "--at", point])
    #expect(run.status == 0 && run.error.contains("cancel here") == isTold, "\(run.error)")
    #expect(run.error.contains("'lbeta'") == expression.contains("lgamma"))
  }

  /// What happens in many passes is told once, with the first pass and how many there are.
  @Test(arguments: [
    (
      "sum(i, 1, 50, ln(x - i))",
      "ln(-0.5) is not defined; 'ln' needs an argument > 0; and 46 more here",
      "in pass 4 of the 'sum' at column 1, i = 4"
    ),
    (
      "f(x) = { s = 0; for k in 3..20 { s = s + sqrt(x - k) }; s }; f(x)",
      "sqrt(-0.5) is not defined; 'sqrt' needs an argument >= 0; and 16 more here",
      "in pass 2 of the 'for' at column 21, k = 4"
    ),
  ])
  func theSameInALoopIsToldOnce(expression: String, message: String, place: String) {
    let run = ProgramRun(["eval", expression, "--at", "x=3.5"])
    let errors = run.error.split(separator: "\n").filter { $0.hasPrefix("error: ") }
    #expect(errors == ["error: \(message)"])
    #expect(run.error.contains("  \(place)\n"), "\(run.error)")
  }

  /// Numerical mode finds a step where a plain double overflows on the way.
  @Test func numericalModeBehindAnOverflow() throws {
    let run = ProgramRun(
      ["eval", "exp(x)/(exp(x) + exp(y))", "--at", "x=1000,y=999", "--mode", "numerical"]
        + ["--format", "json"])
    let text = try #require(run.output.components(separatedBy: "\"gradient\": {\"x\": ").last)
    let slope = try #require(Double(text.prefix { $0 != "," }))
    #expect((slope - 0.19661193324148185).magnitude < 1e-9)
  }

  /// Steps and graphs have the derivatives that `diff` and `eval` show.
  @Test func everyCommandLooksBesideAnEquality() {
    let steps = ProgramRun(["diff", "if(x == 1, 1, x^2)", "--steps"]).output
    #expect(steps.contains("df/dx = 2*x") && !steps.contains("if(x == 1, 0"), "\(steps)")
    let sinc = ProgramRun(["diff", "if(x != 0, sin(x)/x, 1)", "--steps"]).output
    #expect(sinc.contains("with the equality  ") && sinc.contains("df/dx = if(x == 0, 0, "))
    for kind in ["--derivative", "--gradient"] {
      let graph = ProgramRun(["graph", "if(x == 1, 1, x^2)", kind, "--at", "x=1"]).output
      let last = graph.split(separator: "\n").last { $0.contains("dy/dx = ") } ?? ""
      #expect(last.hasSuffix(" 2"), "\(graph)")
    }
    #expect(ProgramRun(["diff", "x == y"]).output == "x: 0\ny: 0\n")
  }

  @Test func everyMissingSecondDerivativeIsTold() {
    let run = ProgramRun(["eval", "x*abs(x) + 3*y*abs(y)", "--at", "x=0,y=0", "--hessian"])
    #expect(run.error.contains("d²/dx² does not") && run.error.contains("d²/dy² does not"))
    let formula = ProgramRun(["diff", "u*abs(u)", "--order", "2", "--at", "u=0"])
    #expect(formula.status == 1 && formula.error.contains("-2 on the left and 2 on the right"))
  }

  @Test(arguments: [
    ("if(x == 2, 4, x^2)", "x=2", "d/dx is 4 on both sides; the point alone would say 0"),
    ("if(x != 0, sin(3*x)/x, 3) + x", "x=0", ""), ("abs(x)^3", "x=0", ""),
  ])
  func aBranchThatHoldsAtOnePointIsTold(expression: String, point: String, note: String) {
    let run = ProgramRun(["eval", expression, "--at", point])
    #expect(run.status == 0)
    #expect(
      note.isEmpty ? run.error.isEmpty : run.error.contains("note: \(note)\n"), "\(run.error)")
  }

  @Test(arguments: [
    (
      "max(if(expm1(x) != 0, cos(x) - 1, x), ln(1 + x)/(x - 1))",
      "is -1 on the left and 0 on the right"
    )
  ])
  func aKinkBesideThePointIsTold(expression: String, sides: String) {
    let run = ProgramRun(["eval", expression, "--at", "x=0"])
    #expect(run.error.contains("warning: ") && run.error.contains(sides), "\(run.error)")
  }
}
