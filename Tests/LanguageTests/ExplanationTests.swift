// Where a NaN or an infinity was born, the way it took, and slopes that are no numbers.

import Calculus
import Testing

@testable import Language

@Suite struct ExplanationTests {
  /// Text, point, each birth as `kind: message @ place`, and the first one's trail.
  static let births: [(String, String, [String], String)] = [
    (
      "2*ln(-1)+x", "x=1",
      ["undefined: ln(-1) is not defined; 'ln' needs an argument > 0 @ ln(-1)"],
      "ln(-1) = nan → 2*ln(-1) = nan → 2*ln(-1)+x = nan"
    ),
    (
      "1+exp(ln(x)*2)", "x=-1",
      ["undefined: ln(-1) is not defined; 'ln' needs an argument > 0 @ ln(x)"],
      "x = -1 → ln(x) = nan → ln(x)*2 = nan → exp(ln(x)*2) = nan → 1+exp(ln(x)*2) = nan"
    ),
    // One birth under several users is told once.
    (
      "ln(x)*ln(x)+cos(ln(x))", "x=-2",
      ["undefined: ln(-2) is not defined; 'ln' needs an argument > 0 @ ln(x)"],
      "x = -2 → ln(x) = nan → cos(ln(x)) = nan → ln(x)*ln(x)+cos(ln(x)) = nan"
    ),
    // Two births are both told, in the order of the computation.
    (
      "sqrt(x)+asin(y)", "x=-1,y=2",
      [
        "undefined: sqrt(-1) is not defined; 'sqrt' needs an argument >= 0 @ sqrt(x)",
        "undefined: asin(2) is not defined; 'asin' needs an argument from -1 to 1 @ asin(y)",
      ],
      "x = -1 → sqrt(x) = nan → sqrt(x)+asin(y) = nan"
    ),
    (
      "exp(1000*x)", "x=1",
      ["overflow: exp(1000) overflows: it is beyond the largest double, 1.8e308 @ exp(1000*x)"],
      "1000*x = 1000 → exp(1000*x) = inf"
    ),
    // inf - inf for plain doubles; beyond them it is what it is.
    (
      "exp(x)-exp(x+1)", "x=1000",
      [
        "overflow: exp(1000) overflows: it is beyond the largest double, 1.8e308 @ exp(x)",
        "overflow: exp(1001) overflows: it is beyond the largest double, 1.8e308 @ exp(x+1)",
      ],
      "x = 1000 → exp(x) = inf → exp(x)-exp(x+1) = -inf"
    ),
    (
      "y*exp(x)", "x=1000,y=1",
      ["overflow: exp(1000) overflows: it is beyond the largest double, 1.8e308 @ exp(x)"],
      "x = 1000 → exp(x) = inf → y*exp(x) = inf"
    ),
    (
      "2*(1/x)", "x=0", ["infinite: 1/0 is infinite; '/' needs a divisor other than 0 @ 1/x"],
      "x = 0 → 1/x = inf → 2*(1/x) = inf"
    ),
    (
      "x/y+1", "x=0,y=0", ["undefined: 0/0 is not defined; '/' needs a divisor other than 0 @ x/y"],
      "x = 0, y = 0 → x/y = nan → x/y+1 = nan"
    ),
    (
      "ln(x)", "x=0", ["infinite: ln(0) is infinite; 'ln' needs an argument > 0 @ ln(x)"],
      "x = 0 → ln(x) = -inf"
    ),
    ("x+1", "x=nan", ["given: x is nan @ x"], "x = nan → x+1 = nan"),
    ("x+1", "x=inf", ["given: x is inf @ x"], "x = inf → x+1 = inf"),
    ("sin(x*nan)", "x=1", ["given: 'nan' is given @ nan"], "x*nan = nan → sin(x*nan) = nan"),
    (
      "x*1e200*1e200", "x=1",
      [
        "overflow: 1e+200*1e+200 overflows: it is beyond the largest double, 1.8e308 "
          + "@ x*1e200*1e200"
      ],
      "x*1e200 = 1e+200 → x*1e200*1e200 = inf"
    ),
    (
      "if(x > 0, ln(-x), 7)", "x=1",
      ["undefined: ln(-1) is not defined; 'ln' needs an argument > 0 @ ln(-x)"],
      "-x = -1 → ln(-x) = nan → if(x > 0, ln(-x), 7) = nan"
    ),
    (
      "x > 0 or ln(x) > 1", "x=-1",
      ["undefined: ln(-1) is not defined; 'ln' needs an argument > 0 @ ln(x)"],
      "x = -1 → ln(x) = nan → ln(x) > 1 = nan → x > 0 or ln(x) > 1 = nan"
    ),
  ]

  @Test(arguments: births.indices)
  func birthsAndTrails(index: Int) throws {
    let (text, point, expected, trail) = Self.births[index]
    let run = try Run(text, at: point)
    #expect(!run.value.isFinite)
    #expect(run.aboutValue.map(summary) == expected)
    #expect(run.aboutValue.first?.trailLine(arrow: "→") == trail)
    #expect(run.aboutValue.allSatisfy { $0.isError })
  }

  @Test func onlyTheFirstFourBirthsAreTold() throws {
    let text = (1...9).map { "ln(-x-\($0))" }.joined(separator: "+")
    let explanations = try Run(text, at: "x=1").aboutValue
    #expect(
      explanations.map { summary($0).suffix(9) } == (1...4).map { "@ ln(-x-\($0))".suffix(9) })
  }

  @Test func aLongTrailIsShortened() throws {
    let text = String(repeating: "-(", count: 100) + "ln(x)" + String(repeating: ")", count: 100)
    let trail = try #require(Run(text, at: "x=-1").aboutValue[0].trailLine(arrow: "->"))
    #expect(trail.hasPrefix("x = -1 -> ln(x) = nan -> -(ln(x)) = nan -> "))
    #expect(trail.contains("-> … 95 more … ->"))
  }

  /// What is not evaluated into the answer is not told of, and its derivative is 0.
  @Test(
    arguments: [
      ("if(x > 0, ln(x), 0)", 0, 0), ("if(x < 0, x^2, sqrt(x))", 1, -2),
      ("x < 0 or ln(x) > 1", 1, 0), ("x > 0 and ln(x) > 1", 0, 0),
      ("if(x < 0 or 1/0 > 1, 2*x, nan)", -2, 2), ("if(x > 0, if(ln(x) > 0, 1/0, 2), x)", -1, 1),
      ("if(x > 0 and ln(x) > 0, 1, x)", -1, 1), ("if(1, x, nan)", -1, 1),
      ("x^2 + if(x < 0, 3*x, exp(1000))", -2, 1),
    ] as [(String, Double, Double)])
  func branchesNotTaken(text: String, expected: Double, slope: Double) throws {
    let run = try Run(text, at: "x=-1")
    #expect(run.value == expected)
    #expect(run.forward == [slope] && run.reverse == [slope])
    #expect(run.aboutValue.isEmpty && run.aboutDerivatives.isEmpty && run.aboutKinks.isEmpty)
  }

  @Test(
    arguments: [
      ("sqrt(x)", "x=0", .infinity, "infinite-slope", "sqrt(0) has an infinite slope @ sqrt(x)"),
      ("cbrt(x)", "x=0", .infinity, "infinite-slope", "cbrt(0) has an infinite slope @ cbrt(x)"),
      ("asin(x)", "x=1", .infinity, "infinite-slope", "asin(1) has an infinite slope @ asin(x)"),
      ("acos(x)", "x=-1", -.infinity, "infinite-slope", "acos(-1) has an infinite slope @ acos(x)"),
      ("acosh(x)", "x=1", .infinity, "infinite-slope", "acosh(1) has an infinite slope @ acosh(x)"),
      (
        "2-sqrt(x-1)", "x=1", -.infinity, "infinite-slope",
        "sqrt(0) has an infinite slope @ sqrt(x-1)"
      ),
      ("x^0.5", "x=0", .infinity, "infinite-slope", "0^0.5 has an infinite slope @ x^0.5"),
    ] as [(String, String, Double, String, String)])
  func infiniteSlopes(
    text: String, point: String, slope: Double, kind: String, expected: String
  ) throws {
    let run = try Run(text, at: point)
    #expect(run.value.isFinite && same(run.reverse, [slope]) && same(run.forward, [slope]))
    let told = run.aboutDerivatives.map(summary)
    #expect(told == ["\(kind): d/dx does not exist as a number: \(expected)"])
  }

  @Test func aSlopeThatOverflowsOnTheWay() throws {
    let steep = try Run("(x*1e200)^2", at: "x=1e-300")
    #expect(steep.reverse == [steep.forward[0]] && abs(steep.reverse[0] / 2e100 - 1) < 1e-15)
    #expect(steep.aboutDerivatives.isEmpty)
    let overflowing = try Run("(x*1e300)*(y*1e300)", at: "x=0,y=1e-100")
    #expect(overflowing.value == 0 && overflowing.reverse[0] == .infinity)
    #expect(overflowing.aboutDerivatives.map(\.kind) == [.slopeOverflow])
  }
}
