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

  /// Ties of what is equal all around, in other words.
  @Test(
    arguments: [
      ("max(sqrt(min(1, x)), sqrt(x*x*1))", "x=1", 1), ("min(x*x, max(x, x^2))", "x=1", 2),
    ] as [(String, String, Double)])
  func ties(expression: String, point: String, right: Double) {
    // One side is told at least, and never a mean of what are the same.
    let run = ProgramRun("eval", expression, "--at \(point)")
    #expect(
      run.error.contains("\(Int(right)) on the right")
        || run.output.contains("d/dx   \(Int(right))"))
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
      ("u(x)", "x=0", 1, "d/dx does not exist as a number: it is -inf"),
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

  /// Derivatives inside expressions are limits, too: value and slope of each at a point.
  @Test(
    arguments: [
      ("s''(x)", "x=0", -1.0 / 3, 0), ("s'(x)", "x=0", 0, -1.0 / 3), ("f'(x)", "x=1", 2, 2),
      ("f'(1) + x", "x=1", 3, 1), ("diff(f(x), x)", "x=1", 2, 2), ("d(x)", "x=1", 2, 4),
      ("diff(if(x==0,1,sin(x)/x), x, 2)", "x=0", -1.0 / 3, 0),
      ("diff(diff(if(x==0,1,sin(x)/x), x), x)", "x=0", -1.0 / 3, 0),
      ("diff(if(x==1,1,x^2), x)", "x=1", 2, 2), ("p(x)", "x=2", 8, 8),
      ("diff(if(abs(x)==1,1,x^2), x)", "x=1", 2, 2), ("t(x)", "x=0", 0, -1.0 / 3),
      ("diff(if(abs(x)==x,x^2,0), x)", "x=1", 2, 2), ("diff(max(x,2*x,3*x), x, 2)", "x=1", 0, 0),
    ] as [(String, String, Double, Double)])
  func derivativesInside(expression: String, point: String, value: Double, slope: Double) throws {
    let more =
      "d(y) = { z = diff(f(y), y); z*y }; p(y) = { z = diff(if(y == 2, 4, y^2), y); z*y }; "
      + "t(y) = diff(if(y == 0, 1, sin(y)/y), y); "
    for mode in ["forward", "reverse", "symbolic"] {
      let json = try run(
        "eval", more + expression, "--at \(point) --mode \(mode) --format json"
      ).json()
      let found = try #require(json["value"].number)
      let derivative = try #require(json["gradient"]["x"].number)
      #expect((found - value).magnitude < 1e-12 && (derivative - slope).magnitude < 1e-12)
    }
  }

  @Test(arguments: ["j'(x)", "diff(if(x==0,0,x*sin(1/x)), x)", "diff(if(x==0,0,abs(x)), x)"])
  func derivativesInsideThatAreNotKnown(expression: String) {
    let run = run("eval", "j(x) = { if x == 0 { return 5 }; x }; " + expression, "--at x=0")
    #expect(run.status == 1 && run.error.contains("is not known here"), "\(run.error)")
  }

  @Test(
    arguments: [
      ("if(x==0,1,sin(x)/x)", 3, "0"), ("if(x==0,1,sin(x)/x)", 4, "0.2"), ("s(x)", 4, "0.2"),
      ("x^3*abs(x)", 3, "0"), ("abs(x)^3*x", 3, "0"),
    ] as [(String, Int, String)])
  func highDerivativesAtAPoint(expression: String, order: Int, value: String) throws {
    let json = try run("diff", expression, "--wrt x --order \(order) --at x=0 --format json").json()
    let found = try #require(json["points"][0]["derivative"].number)
    #expect((found - (Double(value) ?? .nan)).magnitude < 1e-12)
  }

  /// What is printed is right at the point, too, or says nan there.
  @Test(
    arguments: [
      ("if(x==1,1,x^2)", "", "2*x"),
      ("if(x==0,1,sin(x)/x)", "", "if(x == 0, 0, (x*cos(x) - sin(x))/x^2)"),
      ("if(x != 0 and x != 1, x^2, x)", "", "2*x"),
      ("if(x==0,0,abs(x))", "", "if(x == 0, nan, sign(x))"),
      ("if(x==2, y^2, y^3)", "--wrt y", "if(x == 2, 2*y, 3*y^2)"),
    ] as [(String, String, String)])
  func formulas(expression: String, options: String, formula: String) {
    let run = ProgramRun("diff", expression, options)
    #expect(run.status == 0 && run.output == formula + "\n", "\(run.output)")
  }

  /// The ends of a bisection are moved by its conditions: its slope is not that along the way.
  @Test(arguments: ["a", "2"])
  func bisection(end: String) {
    let text =
      "f(a) = { lo = 0; hi = \(end); for i in 1..60 { m = (lo+hi)/2; "
      + "if m*m > a { hi = m } else { lo = m } }; (lo+hi)/2 }; f(a)"
    let words = "the program run again beside the point says 0.35355"
    #expect(ProgramRun("eval", text, "--at a=2").error.contains(words))
    let votes = ProgramRun("check", text, "--at a=2")
    #expect(votes.status == 1 && votes.error.contains(words), "\(votes.output)")
    let right = ProgramRun(["check", text, "--at", "a=2", "--gradient", "a: 1/(2*sqrt(a))"])
    #expect(right.status == 0 && right.output.contains("\nagree"), "\(right.output)")
    let wrong = ProgramRun(["check", text, "--at", "a=2", "--gradient", "a: 1/sqrt(a)"])
    #expect(wrong.status == 1, "\(wrong.output)")
  }

  /// A program whose way does not move its result is not accused.
  @Test func newtonAndSeriesAreNotAccused() {
    for text in [
      "r(a) = { x = a; while abs(x^2 - a) > 1e-14*a { x = (x + a/x)/2 }; x }; r(a)",
      "r(a) = { s = a/2; o = s; k = 1; while abs(s) > 1e-10 { s = s*a/(k+1); o = o + s; k = k + 1 }; o }; r(a)",
      "r(a) = { while a > 1 { a = a/2 }; a^2 }; r(a)",
    ] {
      #expect(ProgramRun("check", text, "--at a=2.5").status == 0)
      #expect(!ProgramRun("eval", text, "--at a=2.5").error.contains("run again"))
    }
  }
}
