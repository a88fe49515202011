// Programs at points where a condition turns over: what both sides agree on is the derivative.
import Testing

@testable import Commands

@Suite struct TurnTests {
  private static let definitions = """
    f(x) = { if x == 1 { return 1 }; x^2 }
    s(x) = { if x == 0 { return 1 }; sin(x)/x }
    g(x) = { if x == 0 { y = 1 } else { y = sin(x)/x }; y }
    q(x) = { if x { return x^2 + 1 }; 1 }
    m(x, y) = { if x == y { return x }; (x-y)/ln(x/y) }
    n(a) = { x = a; old = 0; while x != old { old = x; x = (x + a/x)/2 }; x }
    k(x) = { if x > 0 { return x }; -x }
    r(x) = { if x > 0 { return x^2 }; 0 }
    u(x) = { if x == 0 { return 0 }; x*ln(abs(x)) }
    w(x) = { if floor(x) > 0 { y = 1 } else { y = x }; y }

    """

  /// Without the words after the program's own: a fresh line of options.
  private func run(_ command: String, _ expression: String, _ options: String) -> ProgramRun {
    let program = Self.definitions.split(separator: "\n").joined(separator: "; ")
    return ProgramRun(command, program + "; " + expression, options)
  }

  @Test(
    arguments: [
      ("f(x)", "x=1", 2.0, 2.0), ("s(x)", "x=0", 0, -1.0 / 3), ("g(x)", "x=0", 0, -1.0 / 3),
      ("q(x)", "x=0", 0, 2), ("n(x)", "x=2", 0.25 * 2.0.squareRoot(), -0.0625 * 2.0.squareRoot()),
    ] as [(String, String, Double, Double)])
  func derivativesAtAnEquality(expression: String, point: String, first: Double, second: Double)
    throws
  {
    for mode in ["forward", "reverse", "symbolic"] {
      let json = try run(
        "eval", expression, "--at \(point) --mode \(mode) --hessian --format json"
      ).json()
      let slope = try #require(json["gradient"]["x"].number)
      let curvature = try #require(json["hessian"]["x"]["x"].number)
      #expect((slope - first).magnitude < 1e-12 && (curvature - second).magnitude < 1e-12)
    }
    let check = run("check", expression, "--at \(point)")
    #expect(check.status == 0 && check.output.contains("\nagree"), "\(check.output)")
  }

  @Test func partialsOfTheLogarithmicMean() throws {
    let json = try run("eval", "m(x, y)", "--at x=2,y=2 --hessian --format json").json()
    #expect(json["gradient"]["x"].number == 0.5 && json["gradient"]["y"].number == 0.5)
    let mixed = try #require(json["hessian"]["x"]["y"].number)
    #expect((mixed - 1.0 / 12).magnitude < 1e-12)
  }

  @Test(
    arguments: [
      ("k(x)", "x=0", 0, "d/dx is -1 on the left and 1 on the right"),
      ("w(x)", "x=1", 0, "d/dx is 1 on the left and 0 on the right"),
      ("u(x)", "x=0", 1, "d/dx is not known"),
      ("f(x)", "x=1", 0, "d/dx is 2 on both sides; the point alone would say 0"),
    ] as [(String, String, Int32, String)])
  func whatIsTold(expression: String, point: String, status: Int32, words: String) {
    let run = run("eval", expression, "--at \(point)")
    #expect(run.status == status && run.error.contains(words), "\(run.output)\(run.error)")
  }

  @Test func secondDerivativesThatDiffer() {
    let run = run("eval", "r(x)", "--at x=0 --hessian")
    #expect(run.status == 1 && run.error.contains("it is 0 on the left and 2 on the right"))
  }
}
