// What is told about derivatives at kinks, removable points and ends of the domain.
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
    "if(x == 0, 0, x*ln(x))", "if(x != 0, 2*x*ln(abs(x)), 0)", "if(x == 0, 1, abs(x)^x)",
  ])
  func whatABranchHidesIsNotKnown(expression: String) throws {
    for mode in ["forward", "reverse", "symbolic"] {
      let run = ProgramRun(["eval", expression, "--at", "x=0", "--mode", mode])
      #expect(run.status == 1 && run.error.contains("error: d/dx is not known: "), "\(run.error)")
    }
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
