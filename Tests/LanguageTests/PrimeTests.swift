// Primes behind a function's name: every engine's numbers, and what is said of those that mean nothing.

import Calculus
import Language
import Syntax
import Testing

@Suite("f'(x) inside an expression")
struct PrimeTests {
  /// What primes mean, in terms of `diff` or without a derivative at all.
  @Test(arguments: [
    ("sin'(2*x)", "cos(2*x)"), ("sin''(x*y)", "-sin(x*y)"), ("exp''''(x)", "exp(x)"),
    ("sin'(sin'(x))", "cos(cos(x))"), ("sin''(exp'(x^2) + sin'(y))", "-sin(exp(x^2) + cos(y))"),
    ("diff(x*sin'(x+y), y)", "-x*sin(x + y)"), ("diff(sin'(y*x), x, 2)", "-y^2*cos(x*y)"),
    ("ln''(x^2)", "-1/x^4"), ("log'(x)", "1/x"), ("arctan'(x)", "1/(1 + x^2)"),
    ("tanh'''(x)", "diff(tanh(x), x, 3)"), ("sum(i, 1, 3, sin'(i*x))", "cos(x)+cos(2*x)+cos(3*x)"),
    ("3sin'(x)", "3*cos(x)"), ("abs'(x - 2*y)", "sign(x - 2*y)"), ("sqrt'(x)", "0.5/sqrt(x)"),
    ("sin‴(x)", "-cos(x)"), ("sin⁗(x) + sin’(x) + sin´(x)", "sin(x) + 2*cos(x)"),
    ("sin″(x) + sin\"(x) + sin”(x) + sin′′(x)", "-4*sin(x)"), ("sin '(x)", "cos(x)"),
    ("stop_gradient'(x)", "0"), ("factorial'(x)", "diff(gamma(x + 1), x)"),
  ])
  func everyEngineAgrees(text: String, meaning: String) throws {
    let point = Point(names: ["x", "y"], values: [0.7, -0.4])
    let (primed, plain) = (try results(text, at: point), try results(meaning, at: point))
    for (result, expected) in zip(primed, plain) {
      #expect((result - expected).magnitude <= 1e-13 * max(1, expected.magnitude))
    }
  }

  /// Value, gradient by reverse, forward and symbolic mode, and second derivatives.
  private func results(_ text: String, at point: Point) throws -> [Double] {
    let computation = try Computation(Expression(SourceText("\(text) + 0*x*y")), at: point)
    let tape = computation.tape
    let formulas = try computation.formulas(at: point)
    return [tape.value(at: point.values)] + tape.reverseGradient(at: point.values).partials
      + tape.forwardGradient(at: point.values).partials + formulas.partials(at: point.values)
      + tape.hessian(at: point.values).flatMap { $0 }
  }

  private static let primes101 = String(repeating: "'", count: 101)
  private static let primes280000 = String(repeating: "⁗", count: 70_000)

  @Test(arguments: [
    (
      "max'(x, x)",
      "primes need a function of one argument, which 'max' is not; write 'diff(max(…), x)' @ max'"
    ),
    (
      "1 + atan2''(x, q)",
      "primes need a function of one argument, which 'atan2' is not; "
        + "write 'diff(atan2(…), x)' @ atan2''"
    ),
    (
      "sum'(i, 1, 3, x)",
      "primes need a function of one argument, which 'sum' is not; write 'diff(sum(…), x)' @ sum'"
    ),
    (
      "diff'(x, x)",
      "primes need a function of one argument, which 'diff' is not; write 'diff(diff(…), x)' @ diff'"
    ),
    ("sin'(x, x)", "'sin'' is called with 2 arguments in place of sin'(x) @ sin'"),
    ("x + sin'", "'sin'' is a function and needs its arguments; write 'sin'(…)' @ sin'"),
    ("sin'x", "'sin'' needs parentheses around its argument; write 'sin'(x)' @ sin'"),
    ("f'(x)", "'f' is not a function; for a derivative write 'diff(x^2, x)' or 'sin'(x)' @ f'"),
    ("sim''(x)", "'sim' is not a function; did you mean 'sin'? @ sim''"),
    ("x'(x)", "'x' is not a function; for a derivative write 'diff(x^2, x)' or 'sin'(x)' @ x'"),
    ("sin\(primes101)(x)", "a function takes at most 100 primes @ sin\(primes101)"),
    ("sin\(primes280000)(x)", "a function takes at most 100 primes @ sin\(primes280000)"),
  ])
  func errors(text: String, message: String) { #expect(complaint(text, at: "x=1") == message) }

  @Test func aVariableIsNoFunction() {
    #expect(
      complaint("y'(x)", at: "x=1,y=2")
        == "'y' is not a function; for a derivative write 'diff(x^2, x)' or 'sin'(x)' @ y'")
  }

  @Test func primesInAPoint() throws {
    #expect(try value("x", at: "x=sin'(0)") == 1)
    #expect(
      complaint("x", at: "x=max'(1)")
        == "primes need a function of one argument, which 'max' is not; "
        + "write 'diff(max(…), x)' @ max'")
  }

  @Test func aHundredPrimesAreAnswered() throws {
    let primes = String(repeating: "'", count: 100)
    #expect(try value("sin\(primes)(x)", at: "x=2") == value("sin(x)", at: "x=2"))
  }

  /// One operation for each call, however deep: nothing is copied twice.
  @Test func deepNestsStayLinear() throws {
    let depth = 20_000
    let text =
      String(repeating: "sin'(", count: depth) + "x" + String(repeating: ")", count: depth)
    let run = try Run(text, at: "x=1")
    #expect(run.tape.instructionCount == depth)
    #expect((run.value - 0.7390851332151607).magnitude < 1e-15)
  }
}
