// Derivatives at kinks and removable points are the limits that they are, by every engine.
import Calculus
import Testing

@testable import Language

@Suite struct NeighbourhoodTests {
  /// Expressions at an x with their true first and second derivatives; NaN where the sides of the
  /// second one differ.
  static let points: [(String, Double, Double, Double)] = [
    ("cbrt(x^3)", 0, 1, 0), ("cos(abs(x)/2)", 0, 0, -0.25),
    ("if(x == 0, 1, (exp(x) - 1)/x)", 0, 0.5, 1.0 / 3), ("if(x == 3, 27, x^3)", 3, 27, 18),
    ("max(2*x^2, x^4)", 0, 0, 4), ("sqrt(9*x^4)", 0, 0, 6), ("3*x*abs(x)", 0, 0, .nan),
    ("min(0, x - 1)^2", 1, 0, .nan), ("if(x != 2, (x^3 - 8)/(x - 2), 12)", 2, 6, 2),
    ("x*cbrt(x)", 0, 0, .infinity), ("abs(sin(3*x))^2", 0, 0, 18),
    ("(1 + 2*abs(x))*exp(-2*abs(x))", 0, 0, -4),
    // One side alone has no second derivative.
    ("relu(x)^1.5", 0, 0, .nan), ("abs(x)^1.25", 0, 0, .infinity),
    ("cbrt(sin(x)^4)", 0, 0, .infinity), ("sinc(x*cbrt(x))", 0, 0, 0),
    // At an end of the domain there is one side only.
    ("x*sqrt(x)", 0, 0, .infinity), ("cos(sqrt(x))", 0, -0.5, 1.0 / 12),
    ("2*(x - 3)*sqrt(3 - x)", 3, 0, -.infinity), ("max(x + x^2, x^2.5)", 0, 1, 2),
    ("if(x == 0, 0, x^3*ln(x))", 0, 0, 0), ("if(x == 0, 0, x^4*ln(x^2) + x)", 0, 1, 0),
    ("sqrt(x)^4", 0, 0, 2), ("sqrt(x)^2", 0, 1, 0), ("0*sqrt(x)", 0, 0, 0),
    ("relu(x - 1 + 0*sqrt(x - 1))", 1, 1, 0),
  ]

  @Test(arguments: points)
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

  /// The mixed derivative at the origin; NaN where it depends on the side or on the order.
  static let mixed: [(String, Double)] = [
    ("if(hypot(x, y) == 0, 0, x*y*(x^2 - y^2)/(x^2 + y^2))", .nan),
    ("sinh(relu(min(x^2, y)))", .nan),
    ("relu(x)*y + x*y", .nan), ("sigmoid(x*y*(1 + abs(x)))", 0.25), ("abs(x)*abs(y) + 3*x*y", .nan),
    ("hypot(x, y)^4 + cbrt(x^3)*sin(y)", 1.0), ("cbrt(x)*y^2", .nan),
    ("if(x == y, x^2, x*(2*y - x))", 2),
  ]

  @Test(arguments: mixed)
  func mixedDerivativesAreThoseOfAllQuadrants(_ text: String, _ expected: Double) throws {
    let run = try Run(text, at: "x=0,y=0")
    let found = run.tape.hessian(at: run.point)[0][1]
    #expect(expected.isNaN ? found.isNaN : (found - expected).magnitude <= 1e-12)
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

  /// A slope beyond the range of a double is not lost.
  @Test(arguments: [
    ("(x*1e300)*(y*1e300)", [Double.infinity, 0.0]),
    ("1/(x + y)", [-Double.infinity, -Double.infinity]),
    ("1/(y + x + 0*abs(x))", [-Double.infinity, -Double.infinity]),
  ])
  func slopesBeyondTheRange(_ text: String, _ gradient: [Double]) throws {
    let run = try Run(text, at: "x=0,y=1e-155")
    #expect(run.reverse == gradient && run.forward == gradient)
  }

  /// A side on which the value is not a number at all has no slope, and is asked for it all the same.
  @Test func anExtremeOfNoNumberHasNoSlope() throws {
    let run = try Run(
      "min(if(abs(x) >= erf(sin(x)), x^(1/3), x*ln(tan(x))), tanh(abs(sin(x))))", at: "x=0")
    #expect(run.tape.sides(at: run.point, along: [1]).left.slope.isFinite == false)
  }
}
