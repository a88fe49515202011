// `simplify`: an expression in simplified form, and whether two expressions are equal.
import Testing

@testable import Commands

@Suite struct SimplifyCommandTests {
  @Test("Functions that differ where a condition holds are not equal")
  func differentOnEqualities() {
    let run = ProgramRun(["simplify", "if(x==0,2,sin(x)/x)", "--equal", "sinc(x)"])
    #expect(run.status == 1 && run.output == "different at x = 0: 2 and 1\n")
    #expect(ProgramRun(["simplify", "if(x==0,1,0)", "--equal", "0"]).status == 1)
    #expect(ProgramRun(["simplify", "if(x==0,1,sin(x)/x)", "--equal", "sinc(x)"]).status == 0)
  }

  @Test("Functions that differ at the edge of a condition, or where one jumps, are not equal")
  func differentAtEdges() {
    for (first, second) in [
      ("if(x >= 1, 1, 0)", "if(x > 1, 1, 0)"), ("sign(x - 1)^2", "1"),
      ("step(x - 1) + step(1 - x)", "1"),
    ] {
      let run = ProgramRun(["simplify", first, "--equal", second])
      #expect(run.status == 1 && run.output.hasPrefix("different at x = 1: "), "\(run.output)")
    }
    #expect(ProgramRun(["simplify", "x*sign(x)", "--equal", "abs(x)"]).status == 0)
  }

  /// What algebra shows off a jump only is not used.
  @Test(arguments: [
    "sign(x)^2*y + y", "if(x >= 0, 1, 0) - step(x)", "step(x) + step(-x)",
    "if(x == y, 1, 0)/(if(x == y, 1, 0) + if(y == x, 1, 0))",
  ])
  func whatJumpsKeepsItsValues(expression: String) {
    #expect(ProgramRun("simplify", expression, "").output == expression + "\n")
  }

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
    ("sin(2*x)", "2*sin(x)*cos(x)"), ("exp(x)*exp(y)", "exp(x + y)"),
    ("cosh(x)^2 - sinh(x)^2 - 1", "0"),
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

  @Test(arguments: [
    ("sqrt(x^2)", "x > 0", "x"), ("sqrt(x^2)", "x >= 0", "x"), ("abs(x*y)/x", "0 < x", "abs(y)"),
    ("ln(x^3)", "x>0", "3*ln(x)"), ("sign(x) + exp(ln(x))", "x > 0", "1 + x"),
    ("cos(pi*n)", "n integer", "(-1)^n"), ("sin(2*pi*n)*x", "n integer", "0"),
    ("floor(n + 2)", "n integer", "n + 2"), ("abs(x*y)", "x, y > 0", "x*y"),
    ("abs(x*y*z)", "x positive and y >= 0", "x*y*abs(z)"), ("abs(x)", "x > 2.5", "x"),
    ("(x^a)^(1/a)", "x > 0", "x"), ("sqrt(x^2*y^2)", "x > 0, y >= 0", "x*y"),
  ])
  func assumptionsAreUsed(expression: String, facts: String, formula: String) {
    let run = ProgramRun(["simplify", expression, "--assume", facts])
    #expect(run.output == formula + "\n" && run.status == 0, "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    ("x < 0", "no fact that --assume knows\n  x < 0\n  ^~~~~"), ("x > -1", "no fact"),
    ("x > 0, z > 0", "'z' is not in the expression"), ("", "no fact"), ("x >", "no fact"),
    ("x > 0, y", "no fact that --assume knows\n  x > 0, y\n         ^"), ("x odd", "no fact"),
  ])
  func aWrongAssumptionIsRefused(facts: String, message: String) {
    let run = ProgramRun(["simplify", "x", "--assume", facts])
    #expect(run.error.contains(message) && run.status == 2, "\(run.error)")
  }

  /// What a refusal of a doubtful name offers can be typed.
  @Test(arguments: [
    (["x2 + x"], ["--wrt", "x2"], "x2 + x"), (["hello"], ["--wrt", "hello"], "hello"),
    (["x2*x"], ["--wrt", "x2", "--equal", "x*x2"], "equal by algebra"),
    (["2*x2*x/x"], ["-w", "x2", "--assume", "x > 0"], "2*x2"),
  ])
  func namesThatAreMeant(words: [String], options: [String], expected: String) {
    let refused = ProgramRun(["simplify"] + words)
    #expect(refused.status == 2 && refused.error.contains("name it in --wrt"), "\(refused.error)")
    let run = ProgramRun(["simplify"] + words + options)
    #expect(run.status == 0 && run.output == expected + "\n", "\(run.output)\(run.error)")
  }

  @Test func assumptionsHoldForComparisons() {
    let run = ProgramRun(["simplify", "sqrt(x*y)", "--equal", "sqrt(x)*sqrt(y)"])
    #expect(run.output.hasPrefix("different"), "\(run.output)")
    let facts = [("sqrt(x*y)", "sqrt(x)*sqrt(y)", "x, y > 0"), ("cos(pi*n)^2", "1", "n integer")]
    for (first, second, fact) in facts {
      let run = ProgramRun(["simplify", first, "--equal", second, "--assume", fact])
      #expect(run.output == "equal by algebra\n", "\(run.output)\(run.error)")
    }
    let other = ProgramRun(["simplify", "1", "--equal", "abs(x)/x", "--assume", "x > 0"])
    #expect(other.output == "equal by algebra\n", "\(other.output)\(other.error)")
  }

  @Test(arguments: [
    ("x^4 - y^4", "(x + y)*(x^2 + y^2)*(x - y)"), ("x^2 - 2*x + 1 - y^2", ""),
  ])
  func productsAreShown(expression: String, formula: String) {
    let run = ProgramRun(["simplify", expression, "--form", "factored"])
    #expect(formula.isEmpty || run.output == formula + "\n", "\(run.output)")
    let steps = ProgramRun(["simplify", expression, "--form", "factored", "--steps"])
    #expect(steps.output.hasSuffix("  factored\n= " + run.output), "\(steps.output)")
  }

  @Test func stepsNameEachRewrite() {
    let run = ProgramRun(["simplify", "sqrt(x^2) + 1/(x-1) - 1/(x+1)", "--steps"])
    #expect(
      run.output == """
        sqrt(x^2) + 1/(x - 1) - 1/(x + 1)
          like terms and factors collected; sqrt(x^2) = abs(x)
        = abs(x) + 1/(x - 1) - 1/(x + 1)

        """, "\(run.output)")
    let other = ProgramRun(["simplify", "1/(x-1) - 1/(x+1)", "--steps"])
    #expect(other.output.contains("  over one denominator\n"), "\(other.output)")
    #expect(other.output.hasSuffix("\n= " + ProgramRun("simplify", "1/(x-1) - 1/(x+1)", "").output))
  }

  /// A rule stands before those that its result is simplified by.
  @Test func rulesStandInTheOrderOfTheirUse() {
    let run = ProgramRun(["simplify", "sqrt(9*(sin(x)^2 + cos(x)^2)*y^2)", "--steps"])
    #expect(run.output.contains("sin(x)^2 + cos(x)^2 = 1; roots of squares"), "\(run.output)")
  }

  @Test func whatIsMultipliedOutHasNoNumberInFront() {
    let run = ProgramRun(["simplify", "2*(x+1)^2", "--form", "expanded", "--steps"])
    #expect(run.output.hasSuffix("  multiplied out, in rising powers\n= 2 + 4*x + 2*x^2\n"))
  }

  @Test func remediesNameNoOptionThatThereIsNot() {
    #expect(ProgramRun(["simplify", "xy"]).error.hasSuffix("name it in --wrt\n"))
    #expect(ProgramRun(["diff", "xy"]).error.hasSuffix("name it in --wrt or --at\n"))
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
