// The edges of powers, and zeros by structure against infinities: forward and reverse mode alike.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct EdgeTests {
  /// Among arguments that are not numbers none is the largest.
  @Test(arguments: ["logsumexp(ln(x), 2)", "logsumexp(2, x, nan)", "diff(logsumexp(ln(x), x), x)"])
  func logsumexpOfNaN(text: String) throws {
    let run = try Run(text, at: "x=-1")
    #expect(run.value.isNaN && same(run.reverse, [.nan]) && same(run.forward, [.nan]))
  }

  /// LANGUAGE.md §6: at x = 0 and y > 0, x^y is 0; in y 0; in x 0, 1 or inf as y is >, = or < 1.
  @Test(
    arguments: [
      ("x^y", "x=0,y=2", 0, [0, 0]), ("x^y", "x=0,y=1", 0, [1, 0]),
      ("x^y", "x=0,y=0.5", 0, [.infinity, 0]), ("x^y", "x=0,y=1.5", 0, [0, 0]),
      ("x^y", "x=0,y=0", 1, [0, -.infinity]), ("x^y", "x=0,y=-1", .infinity, nil),
      ("x^y", "x=-2,y=3", -8, [12, .nan]), ("x^y", "x=-8,y=1/3", .nan, nil),
      ("x^y", "x=1,y=5", 1, [5, 0]), ("x^y", "x=2,y=0", 1, [0, 0.6931471805599453]),
      ("x^0", "x=0", 1, [0]), ("x^1", "x=0", 0, [1]), ("x^2", "x=0", 0, [0]),
      ("x^3", "x=-2", -8, [12]),
      ("x^-1", "x=-2", -0.5, [-0.25]), ("x^0", "x=-3", 1, [0]), ("x^1.5", "x=0", 0, [0]),
      ("x^x", "x=1", 1, [1]), ("0^y", "y=2", 0, [0]), ("1^y", "y=7", 1, [0]),
      ("(-2)^3+0*x", "x=1", -8, [0]), ("(-2)^y", "y=2", 4, [.nan]),
      ("x^101", "x=-1", -1, [101]), ("x^(2/2)", "x=-3", -3, [1]),
    ] as [(String, String, Double, [Double]?)])
  func powers(text: String, point: String, expected: Double, gradient: [Double]?) throws {
    let run = try Run(text, at: point)
    #expect(same(run.value, expected))
    #expect(run.aboutValue.isEmpty == expected.isFinite)
    guard let gradient else { return }
    #expect(same(run.reverse, gradient), "\(run.reverse)")
    #expect(same(run.forward, gradient), "\(run.forward)")
    let symbolic = try run.symbolic
    #expect(same(symbolic, gradient), "\(symbolic)")
  }

  /// A factor that is 0 because nothing flows stays 0 against inf and NaN.
  @Test(
    arguments: [
      // A seed of 0: y's derivative does not meet x's infinite slope.
      ("sqrt(x)+y^2", "x=0,y=3", [.infinity, 6]), ("sqrt(x)*y", "x=0,y=3", [.infinity, 0]),
      ("cbrt(x)+asin(y)", "x=1,y=1", [1 / 3.0, .infinity]),
      // A branch that is not taken.
      ("if(y > 0, y, sqrt(x))", "x=0,y=3", [0, 1]), ("if(x > 0, sqrt(x), 2)+y", "x=0,y=3", [0, 1]),
      ("if(x > 0, 1/x, x)+y", "x=0,y=1", [1, 1]), ("max(y, sqrt(x))", "x=0,y=3", [0, 1]),
      ("min(y, sqrt(x)+9)", "x=0,y=3", [0, 1]), ("clamp(sqrt(x), 1, 2)*y", "x=0,y=3", [0, 1]),
      ("min(0, x)^(1/3)", "x=1", [0]), ("ln(if(x > 1, x, 2))", "x=0", [0]),
      ("1/if(x > 1, x, 2) + sqrt(if(x > 1, x, y))", "x=0,y=4", [0, 0.25]),
      ("logsumexp(3*y*x^3, if(1 > x, 0, x)^(1/3))", "x=0,y=1", [0, 0]),
      // A value or a partial on the way is beyond the range: no engine loses the derivative to it.
      ("csch(y)^x + 0*y", "x=0,y=1e-200", [460.51701859880916, 0]),
      ("min(x^(1/3), atan2(0.5+y, x^3))", "x=1e200,y=1", [0, 0]),
      ("relu(-1-sqrt(x))+y", "x=0,y=3", [0, 1]), ("sqrt(relu(x))+y", "x=-1,y=3", [0, 1]),
      // Operations that cut the flow.
      ("stop_gradient(sqrt(x))*y", "x=0,y=3", [0, 0]),
      ("sqrt(stop_gradient(x))+y", "x=0,y=3", [0, 1]),
      ("floor(sqrt(x)+0.5)+y", "x=0,y=3", [0, 1]), ("sqrt(floor(x))+y", "x=0.5,y=3", [0, 1]),
      ("(sqrt(x) > 1)*y", "x=0,y=3", [0, 0]), ("sqrt(step(x))+y", "x=-1,y=3", [0, 1]),
    ] as [(String, String, [Double])])
  func structuralZeros(text: String, point: String, expected: [Double]) throws {
    let run = try Run(text, at: point)
    #expect(run.value.isFinite)
    #expect(same(run.reverse, expected), "\(run.reverse)")
    #expect(same(run.forward, expected), "\(run.forward)")
    let symbolic = try run.symbolic
    #expect(same(symbolic, expected), "\(symbolic)")
  }

  @Test func aDirectionThatLeavesAVariableAlone() throws {
    let run = try Run("sqrt(x)+y^2", at: "x=0,y=3")
    #expect(run.tape.forwardDerivative(at: run.point, along: [0, 1]).partials == [6])
    #expect(run.tape.reverseDerivative(at: run.point, along: [0, 1]).partials == [6])
    #expect(run.tape.forwardDerivative(at: run.point, along: [1, 1]).partials == [.infinity])
    #expect(run.tape.reverseDerivative(at: run.point, along: [1, 1]).partials == [.infinity])
  }

  @Test func variablesThatAreConstants() throws {
    let expression = try Expression(SourceText("sqrt(x)*y"))
    let point = Point(names: ["x", "y"], values: [0, 3])
    let computation = try Computation(expression, at: point, withRespectTo: ["y"])
    #expect(computation.tape.reverseGradient(at: [0, 3]).partials == [0, 0])
    #expect(computation.tape.forwardGradient(at: [0, 3]).partials == [0, 0])
    let other = try Computation(expression, at: point, withRespectTo: ["x"])
    #expect(other.tape.reverseGradient(at: [0, 3]).partials == [.infinity, 0])
  }
}
