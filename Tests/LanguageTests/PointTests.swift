// Points, ranges, directions and lists of names, as the command line gives them.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct PointTests {
  private func points(_ text: String) throws -> [Point] {
    try PointReader.points(SourceText(text, name: "--at"))
  }

  @Test(
    arguments: [
      ("x=2,x2=5", [2, 5]), (" x = 2 , y = -1 ", [2, -1]), ("x=pi/4", [0.7853981633974483]),
      ("x=2^3^2,y=-2^2", [512, -4]), ("x=sum(i,1,3,i)", [6]), ("x=max(1,2),y=(3)", [2, 3]),
      ("x=inf", [.infinity]), ("x=nan", [.nan]), ("x=e", [2.718281828459045]), ("x=1_0", [10]),
      ("e=1,x=e", [1, 2.718281828459045]), ("x=−3", [-3]), ("θ=1,x₁=2", [1, 2]),
    ] as [(String, [Double])])
  func values(text: String, expected: [Double]) throws {
    let points = try points(text)
    #expect(points.count == 1 && same(points[0].values, expected))
  }

  @Test func namesKeepTheirOrder() throws {
    let point = try points("b=1,a=2")[0]
    #expect(point.names == ["b", "a"])
    #expect(point.value(of: "a") == 2 && point.value(of: "c") == nil)
  }

  @Test(
    arguments: [
      ("0:1:0.1", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
      ("0:0.7:0.1", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
      ("1:0:-0.25", [1, 0.75, 0.5, 0.25, 0]),
      ("0:1:0.4", [0, 0.4, 0.8]), ("1:1:1", [1]), ("1:1:0", [1]), ("-1:1:1", [-1, 0, 1]),
      ("0:pi:pi/2", [0, 1.5707963267948966, 3.141592653589793]), ("0:0.5:1", [0]),
      ("1e300:3e300:1e300", [1e300, 2e300, 3e300]),
      ("0:3e-300:1e-300", [0, 1e-300, 2e-300, 3e-300]),
      ("1:2:1/2", [1, 1.5, 2]), ("0.1:0.3:0.1", [0.1, 0.2, 0.3]),
      ("-1e308:1e308:1e308", [-1e308, 0, 1e308]),
    ] as [(String, [Double])])
  func ranges(text: String, expected: [Double]) throws {
    #expect(try points("x=" + text).map { $0.values[0] } == expected)
  }

  @Test func rangesMakeAGridWithTheLastOneFastest() throws {
    let grid = try points("x=0:1:1,c=7,y=10:30:10").map(\.values)
    #expect(
      grid == [[0, 7, 10], [0, 7, 20], [0, 7, 30], [1, 7, 10], [1, 7, 20], [1, 7, 30]])
  }

  @Test func aMillionPointsAreTheMost() throws {
    #expect(try points("x=1:1000000:1").count == 1_000_000)
    #expect(
      complaint { _ = try points("x=0:1000000:1") }
        == "the range of 'x' has more than 1,000,000 points; take a larger step @ x")
    #expect(
      complaint { _ = try points("x=0:1e300:1e-300") }.contains("more than 1,000,000 points"))
    #expect(
      complaint { _ = try points("x=1:1001:1,y=1:1000:1") }
        == "the ranges make more than 1,000,000 points @ ")
  }

  @Test(
    arguments: [
      ("x=1,x=2", "'x' is given twice @ x"), ("x=1,y=2,x=0:1:1", "'x' is given twice @ x"),
      ("x=1:0:1", "the range of 'x' has no points: its step leads away @ x"),
      ("x=0:1:-1", "the range of 'x' has no points: its step leads away @ x"),
      ("x=y+1", "the value of 'x' must be a number, but 'y' is a name @ y"),
      ("x=1,y=2*x", "the value of 'y' must be a number, but 'x' is a name @ x"),
      ("x=ln(-1)", "the value of 'x' is not defined @ ln(-1)"),
      ("x=sin", "'sin' is a function and needs its arguments; write 'sin(…)' @ sin"),
      ("x=sine(1)", "'sine' is not a function; did you mean 'sin'? @ sine"),
      ("x", "'x' is given no value; write 'x=1' @ x"),
      ("x=", "the value of 'x' is missing; write 'x=1' @ x"),
      ("x=1,", "nothing follows the last comma; remove it @ ,"),
      ("", "the list of values is empty; write 'x=1,y=2' @ "),
      ("x=0:1", "the range has no step; add the step, as in '0:1:0.1' @ 0:1"),
      ("x=1:2:3:4", "a range has three parts, start:stop:step @ :"),
    ])
  func refusals(text: String, expected: String) {
    #expect(complaint { _ = try points(text) } == expected)
  }

  /// The words may change; that a range must have ends, and a step, may not.
  @Test(arguments: ["x=0:nan:1", "x=0:inf:1", "x=nan:1:1", "x=0:1:0", "x=0:1:nan", "x=0:1:inf"])
  func rangesWithoutEnds(text: String) {
    let complaint = complaint { _ = try points(text) }
    #expect(complaint.contains("the range of 'x'") && complaint.hasSuffix("@ x"))
  }

  @Test(
    arguments: [
      ("x=1,y=2", [1, 2]), ("y=-1", [-1]), ("x=0,y=1/2", [0, 0.5]), ("x=pi", [3.141592653589793]),
    ] as [(String, [Double])])
  func directions(text: String, expected: [Double]) throws {
    #expect(try PointReader.direction(SourceText(text)).values == expected)
  }

  @Test(
    arguments: [
      ("x=0,y=0", "the direction is 0 in every variable @ x=0,y=0"),
      ("x=1:2:1", "a range is not accepted here; write one value @ :"),
      ("x=1,x=1", "'x' is given twice @ x"), ("x=y", "but 'y' is a name @ y"),
    ])
  func directionsRefused(text: String, expected: String) {
    #expect(complaint { _ = try PointReader.direction(SourceText(text)) }.hasSuffix(expected))
  }

  /// A direction is a vector of numbers: along an infinite or undefined one nothing can be asked.
  @Test(arguments: ["x=inf", "x=1,y=nan", "x=-inf"])
  func directionsThatAreNoVectors(text: String) {
    #expect(throws: Problem.self) { _ = try PointReader.direction(SourceText(text)) }
  }

  @Test func listsOfNames() throws {
    let known = ["x", "y", "alpha"]
    #expect(try PointReader.names(SourceText("alpha, x"), among: known) == ["alpha", "x"])
    for (text, expected) in [
      ("x,x", "'x' is given twice @ x"), ("z", "'z' is not in the expression @ z"),
      ("x,alpa", "'alpa' is not in the expression; did you mean 'alpha'? @ alpa"),
      ("", "the list of names is empty; write 'x,y' @ "),
    ] {
      #expect(complaint { _ = try PointReader.names(SourceText(text), among: known) } == expected)
    }
  }

  @Test func numbersAsExpressions() throws {
    #expect(try PointReader.number(SourceText("2^-10"), for: "--step") == 1 / 1024)
    #expect(
      complaint { _ = try PointReader.number(SourceText("h"), for: "--step") }.hasSuffix("@ h"))
  }
}
