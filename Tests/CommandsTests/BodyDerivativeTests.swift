// diff(…) inside bodies in braces: what was made of a name before is differentiated in it, too.

import Testing

@testable import Commands

@Suite struct BodyDerivativeTests {
  @Test(
    arguments: [
      ("f(x) = { y = x; diff(y^2, x) }; f(a)", 4.0, 2.0),
      ("f(x) = { y = 3*x; z = y^2*x; diff(z, y) }; f(a)", 24, 24),
      ("f(x) = { y = 3*x; z = y^2*x; d = diff(z, x); diff(d, x) }; f(a)", 108, 54),
      // The same argument twice is two parameters.
      ("f(x, y) = { z = x*y; diff(z, x) }; f(a, a)", 2, 1),
      ("f(x) = { for i in 1..3 { x = x^2 }; diff(x, x) }; f(a)", 1, 0),
      ("f(x) = { s = 0; for i in 1..3 { s = s + x^i }; diff(s, x) }; f(a)", 17, 14),
      ("f(x) = { y = sin(x); diff(y*x, x) }; f(a)", 0.077_003_753_731_396_9, -2.650_888_526_745_65),
      ("g(x) = { y = x^3; diff(y, x) }; f(x) = { z = g(x); diff(z, x) }; f(a)", 12, 6),
      ("f(x) = { if x > 1 { return diff(x^3, x) }; y = x; diff(y*x, x, 2) }; f(a)", 12, 12),
    ])
  func theyAreDifferentiated(text: String, value: Double, slope: Double) throws {
    for mode in ["forward", "reverse", "symbolic"] {
      let run = try ProgramRun("eval", text, "--at a=2 --format json --mode \(mode)").json()
      let found: Double = try #require(run["value"].number)
      let derivative: Double = try #require(run["gradient"]["a"].number)
      #expect((found - value).magnitude < 1e-12 * Swift.max(1, value.magnitude))
      #expect((derivative - slope).magnitude < 1e-12 * Swift.max(1, slope.magnitude))
    }
  }

  /// Which way the body of g goes depends on no variable of the expression: nothing is to be told.
  @Test func aWayThatDependsOnANumberIsNoneToTell() {
    let text = "g(y) = { if y > 2 { return y^2 }; y }; g'(3) + x"
    let run = ProgramRun("eval", text, "--at x=1 --mode all")
    #expect(run.error == "")
    let kink = ProgramRun("eval", "g(y) = { if y > 3 { return y^2 }; y }; g'(3) + x", "--at x=1")
    #expect(kink.error.contains("this condition changes at the point itself"))
  }

  @Test func checkTellsThatADefinitionHidesAConstant() {
    let run = ProgramRun("check", "e = 2; x^e", "--at x=3")
    #expect(run.error.contains("'e' is defined here"))
  }

  /// Numerical mode runs each output of a list by itself.
  @Test func outputsOfAListAreRunAgain() throws {
    let text = "f(x, n) = { while x > n { x = x/2 }; x }; [f(x, 1), f(x, 4)*x]"
    let run = try ProgramRun("eval", text, "--at x=9 --mode numerical --format json").json()
    let slopes = run["jacobian"].elements.compactMap { $0["x"].number }
    #expect(slopes.count == 2)
    #expect((slopes[0] - 0.0625).magnitude < 1e-6 && (slopes[1] - 4.5).magnitude < 1e-6)
  }
}
