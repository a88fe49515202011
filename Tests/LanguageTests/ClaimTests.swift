// Claims: how a text is taken apart, and what is said of one that cannot be.

@testable import Checking
import Syntax
import Testing

@testable import Language

@Suite struct ClaimTests {
  private func claims(
    _ text: String, of expression: String = "x*y", order: Int = 1, outputs: [String]? = nil
  ) throws -> [Claim] {
    let subject = try Subject(Expression(SourceText(expression)))
    return try ClaimReader.claims(
      SourceText(text, name: "--gradient"), order: order, outputNames: outputs, for: subject)
  }

  @Test(arguments: [
    "x: 2*y, y: max(x, y)", "x: 2*y\ny: max(x, y)\n", " x : 2*y ;y: max(x, y)",
    "# a: comment\nx: 2*y # b: c\n\ny: max(x,\n  y)",
  ])
  func entries(text: String) throws {
    let claims = try claims(text)
    #expect(claims.map(\.key.path) == [[0], [1]])
    #expect(claims[0].text == "2*y" && claims[1].text.hasPrefix("max(x,"))
  }

  @Test func keysOfSeveralNames() throws {
    let second = try claims("x,x: y, x , y: max(x, 1), y,y: 2", order: 2)
    #expect(second.map(\.key.path) == [[0, 0], [0, 1], [1, 1]])
    #expect(second.map(\.text) == ["y", "max(x, 1)", "2"])
    let jacobian = try claims("f1,x: y, f2,y: x", of: "[x*y, x/y]", outputs: ["f1", "f2"])
    #expect(jacobian.map(\.key.output) == [0, 1] && jacobian.map(\.key.path) == [[0], [1]])
  }

  @Test func aSingleDerivativeNeedsNoName() throws {
    #expect(try claims("2*x", of: "x^2")[0].key.path == [0])
    #expect(try claims("2", of: "x^2", order: 2)[0].key.path == [0, 0])
  }

  @Test(arguments: [
    ("2*x", "not clear which derivative"), ("z: 1", "'z' is not in the expression"),
    ("x: 1, x: 2", "'x' is given twice"), ("x:", "nothing stands behind 'x:'"),
    ("x: , y: 1", "nothing stands behind 'x:'"), ("x: z", "'z' is not in the expression"),
    ("2 + x: 1", "not clear which derivative"), ("x: 1 +", "operand is missing"),
    ("x: sin", "needs its"),
    (":", "does not name one derivative"), ("x: [1, 2]", "not a list"), ("", "not clear"),
    ("x,y: 1", "not clear"),
  ])
  func mistakes(text: String, message: String) {
    #expect(complaint { _ = try claims(text) }.contains(message))
  }

  @Test(
    arguments: [
      ("1.5", 0.05), ("-0.25", 0.005), ("3", nil), ("1.5e3", 50), ("-1.50e-3", 5e-6), ("x", nil),
      ("1/2", nil),
    ] as [(String, Double?)])
  func decimals(text: String, halfUnit: Double?) throws {
    let claim = try claims("x: \(text)")[0]
    #expect(claim.halfUnit.map { ($0 * 1e6).rounded() } == halfUnit.map { ($0 * 1e6).rounded() })
  }
}
