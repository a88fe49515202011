// Sums and products: counters and their scope, nested ones, bounds, and those that are too long.

import Syntax
import Testing

@testable import Language

@Suite struct SumTests {
  @Test(
    arguments: [
      ("sum(i, 1, 4, i*x)", 30, 10), ("prod(i, 1, 4, x)", 81, 108),
      ("sum(i, -2, 2, i^2*x)", 30, 10),
      ("sum(i, 2, 2, x^i)", 9, 6), ("prod(k, 1, 5, k)*x", 360, 120), ("sum(i, 1, 3, i)*x", 18, 6),
      ("x^2 - sum(i, 1, 2, i*x)/3", 6, 5), ("sum(i, 0, 2, x^i)", 13, 7),
      ("sum(i, 3, 1, x)", 0, 0), ("prod(i, 3, 1, x)", 1, 0), ("x + sum(i, 1, 0, ln(-x))", 3, 1),
      ("sum(i, 1, 3, if(i == 2, x^2, 0))", 9, 6), ("sum(i, 1+1, 2*2-1, i*x)", 15, 5),
    ] as [(String, Double, Double)])
  func valuesAndSlopes(text: String, expected: Double, slope: Double) throws {
    let run = try Run(text, at: "x=3")
    #expect(run.value == expected)
    #expect(run.reverse == [slope] && run.forward == [slope])
  }

  /// What stands at the head of a body makes no difference: Σᵢ Σⱼ and Σᵢ 1·Σⱼ are the same.
  @Test(
    arguments: [
      ("sum(i, 1, 3, sum(j, 1, 2, j*x))", 27), ("sum(i, 1, 3, 1*sum(j, 1, 2, j*x))", 27),
      ("sum(i, 1, 3, sum(j, 1, i, j*x))", 30), ("sum(i, 1, 3, 1*sum(j, 1, i, j*x))", 30),
      ("sum(i, 1, 3, sum(j, 1, 2, j)*x)", 27), ("sum(i, 1, 2, prod(j, i, 3, j))*x", 36),
      ("prod(i, 1, 3, sum(j, 1, i, x))", 162),
      ("prod(i, 1, 2, sum(j, 1, 2, prod(k, 1, i, x)))", 108),
      ("sum(i, 1, 2, x*sum(j, 1, 2, x*sum(k, 1, 2, i*j*k)))", 243),
      ("sum(i, 1, 2, sum(j, 1, 2, sum(k, 1, 2, i*j*k*x)))", 81),
      ("sum(i, 1, 2, sum(j, 5, 1, x) + sum(j, 1, 1, x))", 6),
      ("sum(i, 1, 100, sum(j, 1, 100, x))", 30000), ("sum(i, 1, sum(j, 1, 3, 1), i*x)", 18),
      ("sum(i, sum(j, 1, 1, 1), 3, i*x)", 18), ("sum(i, 1, 2, i*x) + sum(i, 1, 3, i*x)", 27),
    ] as [(String, Double)])
  func nested(text: String, expected: Double) throws {
    let run = try Run(text, at: "x=3")
    #expect(run.value == expected)
    #expect(run.forward == run.reverse)
  }

  @Test(
    arguments: [
      ("sum(i, 1, 2, i) + i", "i=10", 13), ("i + sum(i, 1, i, i)", "i=3", 9),
      ("sum(e, 1, 3, e)*x", "x=1", 6), ("e*sum(e, 1, 2, e)", "", 3 * 2.718281828459045),
      ("sum(x, 1, 3, x) + x", "x=10", 16), ("sum(i, 1, 3, sum(i, 1, 2, i)*x)", "x=1", 9),
      ("sum(i, 1, 3, x*sum(i, 1, 2, i))", "x=1", 9), ("sum(i, 1, 2, i + sum(i, i, 3, i))", "", 14),
      ("sum(i, 1, 3, x + 0*sum(i, 1, 2, i) + i)", "x=1", 9),
      ("sum(sin, 1, 3, sin(0*sin) + sin)", "", 6),
    ] as [(String, String, Double)])
  func counters(text: String, point: String, expected: Double) throws {
    #expect(try value(text, at: point) == expected)
  }

  @Test func boundsAreReadAtThePoint() throws {
    let run = try Run("sum(i, 1, n, i*x) + n", at: "n=3,x=2")
    #expect(run.value == 15 && run.reverse == [1, 6] && run.forward == [1, 6])
    #expect(run.computation.countingVariables == [0])
    #expect(try value("sum(i, n, 2*n, i)", at: "n=2") == 9)
    #expect(try Run("sum(i, 1, 3, i*x)", at: "x=2").computation.countingVariables.isEmpty)
    #expect(complaint("sum(i, 1, n, x)", at: "n=2.5,x=1").contains("whole numbers, not 2.5 @ n"))
  }

  @Test(
    arguments: [
      ("sum(i, 1, 2.5, x)", "the bounds of 'sum' must be whole numbers, not 2.5 @ 2.5"),
      ("prod(i, 1/2, 2, x)", "the bounds of 'prod' must be whole numbers, not 0.5 @ 1/2"),
      ("sum(i, 1, nan, x)", "the bounds of 'sum' must be whole numbers, not nan @ nan"),
      ("sum(i, 1, inf, x)", "the bounds of 'sum' must be whole numbers, not inf @ inf"),
      (
        "sum(i, 1, 1e9, x)",
        "this takes more than 10,000,000 operations; --max-steps allows more @ sum"
      ),
      (
        "sum(i, 1, 1e300, x)",
        "this takes more than 10,000,000 operations; --max-steps allows more @ sum"
      ),
      (
        "sum(i, -1e18, 9e18, x)",
        "this takes more than 10,000,000 operations; --max-steps allows more @ sum"
      ),
      (
        "sum(i, 2^60, 2^60 + 5000, x)",
        "'sum' counts up to 2^53 only; doubles leave out numbers beyond @ 2^60"
      ),
      ("sum(1, 1, 3, x)", "'sum' needs a name to count with; write 'sum(i, 1, 10, …)' @ 1"),
      ("sum(x+1, 1, 3, x)", "'sum' needs a name to count with; write 'sum(i, 1, 10, …)' @ x+1"),
      ("sum(i, i, 3, x)", "no value is given for 'i'; add 'i=…' to --at @ i"),
      ("sum(i, 1, 3, j*x)", "no value is given for 'j'; add 'j=…' to --at @ j"),
    ])
  func refusals(text: String, expected: String) {
    #expect(complaint(text, at: "x=1") == expected)
  }

  /// Bounds that swap where the difference overflows an Int are refused, not trapped on.
  /// A long sum of numbers takes no nodes, as many steps as before, and has the same digits.
  @Test(arguments: [
    "sum(i, 1, 20000, 1/i^2)", "x*sum(i, 1, 20000, f(i)/c)", "sum(j, 1, 2, sum(i, 1, 20000, j/i))",
  ])
  func numbersAreAddedInALoop(_ text: String) throws {
    let run = try long(text)
    let single = (1...20000).reduce(0.0) { $0 + 1 / (Double($1) * Double($1)) }
    let harmonic = (1...20000).reduce(0.0) { $0 + 1 / Double($1) }
    let double = (1...20000).reduce(0.0) { $0 + 2 / Double($1) }
    #expect(run.value == (text.contains("j") ? harmonic + double : single))
    #expect(run.tape.instructionCount <= 1)
    let (few, more) = (try long(text, 10), try long(text, 11))
    let cost = more.computation.operationCount - few.computation.operationCount
    // What a definition takes is not counted with its terms.
    let count = few.computation.operationCount + 19990 * cost
    #expect((count - 1...count).contains(run.computation.operationCount))
  }

  private func long(_ text: String, _ count: Int = 20000) throws -> Run {
    let sum = text.split(separator: "20000").joined(separator: String(count))
    return try Run("f(k) = 1/k^2; c = 1; " + sum, at: text.hasPrefix("x") ? "x=1" : "")
  }

  @Test func whatIsNoSumOfNumbersIsWrittenOut() throws {
    #expect(try Run("sum(i, 1, 20000, x/i^0)", at: "x=2").reverse == [20000])
    #expect(try Run("sum(i, 1, 20000, if(i > 19999, x, 0))", at: "x=2").reverse == [1])
    #expect(try value("prod(i, 1, 20000, i)", at: "") == .infinity)
    #expect(try value("sum(i, -10000, 10000, 1/i)", at: "").isFinite == false)
    #expect(complaint("c = sum(i, 1, 20000, c/i); c", at: "").contains("by itself"))
  }

  @Test(arguments: ["sum(i, -9e18, 9e18, x)", "sum(i, -9e18, 9223372036854774784, i*x)"])
  func theWidestRangesAreRefused(text: String) {
    #expect(complaint(text, at: "x=1").contains("this takes more than"))
  }

  // MARK: Long sums of variables

  private func computations(
    _ text: String, at point: String
  ) throws -> (loop: Computation, whole: Computation, point: [Double]) {
    let expression = try Expression(SourceText(text))
    let point = try PointReader.points(SourceText(point))[0]
    let made = try [true, false].map {
      try Computation.outputs(of: expression, at: point, loopsSums: $0)[0]
    }
    return (made[0], made[1], point.values)
  }

  /// One operation, and the numbers of the terms written out.
  @Test(arguments: [
    ("sum(i, 1, 11000, sin(x*i)/i^2)", "x=0.7"),
    ("y*sqrt(sum(i, 2, 11000, (x - i)^2*y))", "x=0.7, y=2"),
    ("f(a, k) = a/(k + x); sum(j, 0, n + 11000, f(y, j) + exp(-x))", "n=3, x=0.7, y=2"),
    ("sum(k, 1, 2, sum(i, 1, 11000, x*k/(i + y)))", "x=0.7, y=2"),
  ])
  func longSumsAreLoops(text: String, point: String) throws {
    let (loop, whole, numbers) = try computations(text, at: point)
    #expect(loop.tape.count < 60)
    #expect(whole.tape.count > 10_000)
    #expect(loop.operationCount >= whole.operationCount / 2)
    #expect(loop.countingVariables == whole.countingVariables)
    let (found, expected) = (
      loop.tape.reverseGradient(at: numbers), whole.tape.reverseGradient(at: numbers)
    )
    #expect(found.value == expected.value)
    for (partial, other) in zip(found.partials, expected.partials) {
      #expect((partial - other).magnitude <= 1e-11 * other.magnitude)
    }
  }

  /// Where a term has a kink, is undefined or leaves the range, and where the counter decides.
  @Test(arguments: [
    "sum(i, 1, 11000, abs(x - i))", "sum(i, 1, 11000, ln(x - i))", "sum(i, 1, 11000, x^i)",
    "sum(i, 1, 11000, if(i > 3, x, 0))", "prod(i, 1, 11000, 1 + x/i^2)",
    "sum(i, 1, 11000, max(x, i))",
  ])
  func otherLongSumsAreWrittenOut(text: String) throws {
    let (loop, whole, _) = try computations(text, at: "x=3")
    #expect(loop.tape.count == whole.tape.count)
  }
}
