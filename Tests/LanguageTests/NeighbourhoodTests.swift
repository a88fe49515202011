// Derivatives at kinks and removable points are the limits that they are, by every engine.
import Calculus
import Testing

@testable import Language

@Suite struct NeighbourhoodTests {
  /// True first and second derivatives in x; NaN where the sides of the second one differ.
  @Test(arguments: [
    ("cbrt(x^3)", 0, 1, 0), ("cos(abs(x)/2)", 0, 0, -0.25),
    ("if(x == 0, 1, (exp(x) - 1)/x)", 0, 0.5, 1.0 / 3), ("if(x == 3, 27, x^3)", 3, 27, 18),
    ("max(2*x^2, x^4)", 0, 0, 4), ("sqrt(9*x^4)", 0, 0, 6), ("3*x*abs(x)", 0, 0, .nan),
    ("min(0, x - 1)^2", 1, 0, .nan), ("if(x != 2, (x^3 - 8)/(x - 2), 12)", 2, 6, 2),
    ("x*cbrt(x)", 0, 0, .infinity), ("abs(sin(3*x))^2", 0, 0, 18),
    ("(1 + 2*abs(x))*exp(-2*abs(x))", 0, 0, -4),
  ])
  func bothSidesDecide(_ text: String, _ x: Double, _ first: Double, _ second: Double) throws {
    let run = try Run(text, at: "x=\(x)")
    #expect((run.reverse[0] - first).magnitude <= 1e-13 * max(first.magnitude, 1))
    #expect(run.forward == run.reverse)
    let found = run.tape.hessian(at: run.point)[0][0]
    #expect(
      second.isNaN
        ? found.isNaN
        : found == second || (found - second).magnitude <= 1e-12 * max(second.magnitude, 1))
  }

  @Test func mixedDerivativesArePolarised() throws {
    let run = try Run("exp(-3*hypot(x, y)^2) + x*y", at: "x=0,y=0")
    #expect(run.tape.hessian(at: run.point) == [[-6, 1], [1, -6]])
    let cone = try Run("x*hypot(x, y)", at: "x=0,y=0")
    #expect(cone.tape.hessian(at: cone.point)[0][0].isNaN)
  }

  @Test(arguments: [
    ("relu(1e-6 - abs(x))", 1e-6, -1.0, 0.0), ("if(x > 0, sqrt(x), 0)", 0, 0, .infinity),
    ("abs(x)*exp(-(x/1e-9)^2)", 0, -1, 1),
  ])
  func sidesAreExact(_ text: String, _ x: Double, _ left: Double, _ right: Double) throws {
    let run = try Run(text, at: "x=\(x)")
    let sides = run.tape.sides(at: run.point, along: [1])
    #expect(sides.left.slope == left && sides.right.slope == right)
  }
}
