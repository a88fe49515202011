// `simplify`: an expression in simplified form, and whether two expressions are equal.
import Testing

@testable import Commands

@Suite struct SimplifyCommandTests {
  @Test(arguments: [
    ("x*x + 2*x*x", "", "3*x^2"), ("x*x^2/x^5", "", "1/x^2"),
    ("(x+1)^3", "--form expanded", "1 + 3*x + 3*x^2 + x^3"), ("2+3", "", "5"),
  ])
  func theForms(expression: String, options: String, formula: String) {
    let run = ProgramRun("simplify", expression, options)
    #expect(run.output == formula + "\n" && run.status == 0)
    let again = ProgramRun("simplify", formula, options)
    #expect(again.output == run.output)
  }

  @Test(arguments: [
    ("(x+y)^2", "x^2 + 2*x*y + y^2"), ("a/b + b/a", "(a^2 + b^2)/(a*b)"), ("x + y", "y + x"),
  ])
  func equalByAlgebra(first: String, second: String) {
    let run = ProgramRun(["simplify", first, "--equal", second])
    #expect(run.output == "equal by algebra\n" && run.status == 0)
  }

  @Test(arguments: [
    ("sin(2*x)", "2*sin(x)*cos(x)"), ("exp(x)*exp(y)", "exp(x + y)"),
    ("1/sin(pi*x)", "1/sin(pi*(x + 2))"), ("cosh(x)^2 - sinh(x)^2 - 1", "0"),
    ("exp(-500*x^2)*exp(500*x^2)", "exp(500*x^2 - 500*x^2) + 0*x"),
  ])
  func equalAtPoints(first: String, second: String) {
    let run = ProgramRun(["simplify", first, "--equal", second])
    #expect(run.output.hasPrefix("equal ") && run.status == 0, "\(run.output)")
  }

  @Test(arguments: [
    ("x", "y"), ("sin(x)", "sin(x) + 1e-9"), ("ln(x^2)", "2*ln(x)"), ("2", "3"),
    ("sqrt(x^2)", "x"), ("6e-34*x", "5e-34*x"), ("sqrt(x - 100)", "sqrt(x - 100) + 1/x"),
  ])
  func different(first: String, second: String) {
    let run = ProgramRun(["simplify", first, "--equal", second])
    #expect(run.output.hasPrefix("different") && run.status == 1, "\(run.output)")
  }

  @Test func nothingThatIsDefinedNowhereIsEqual() {
    let run = ProgramRun(["simplify", "ln(-x^2)", "--equal", "ln(-x^2)*2"])
    #expect(run.output.hasPrefix("undecided") && run.status == 1, "\(run.output)")
  }

  @Test(arguments: [("ln(e^2.5)", "2.5"), ("sqrt(2)*sqrt(3)", "sqrt(6)")])
  func equalNumbers(first: String, second: String) {
    let run = ProgramRun(["simplify", first, "--equal", second])
    #expect(run.output.hasPrefix("equal ") && run.status == 0, "\(run.output)")
  }
}
