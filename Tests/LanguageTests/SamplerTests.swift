// Random points: of the domain, the same for the same seed, readable.

@testable import Checking
import Syntax
import Testing

@testable import Language

@Suite struct SamplerTests {
  private func points(
    _ text: String, _ count: Int = 20, ranges: [String: ClosedRange<Double>] = [:],
    seed: UInt64 = 1
  ) throws -> [[Double]] {
    let subject = try Subject(Expression(SourceText(text)))
    var sampler = Sampler(subject, ranges: ranges, seed: seed)
    return sampler.points(count)
  }

  @Test(arguments: [
    "x", "ln(x)", "sqrt(-x)", "acosh(x)", "asin(x)*acosh(y)", "ln(x - 100)", "atanh(x)*ln(-y)",
    "sqrt(1 - x^2 - y^2)", "ln(ln(x))", "gamma(x)", "1/(x - y)", "if(x > 5, ln(x - 5), nan)",
  ])
  func domainsAreFound(text: String) throws {
    #expect(try points(text).count == 20)
  }

  @Test func noDomainNoPoints() throws {
    #expect(try points("ln(-1 - x^2)").isEmpty)
    #expect(try points("sqrt(x) + sqrt(-1 - x)").isEmpty)
  }

  @Test func seedsDecide() throws {
    #expect(try points("x*y") == points("x*y"))
    #expect(try points("x*y") != points("x*y", seed: 2))
  }

  @Test func rangesHold() throws {
    for point in try points("x*y", 100, ranges: ["y": 2...2.5]) {
      #expect((2...2.5).contains(point[1]))
    }
    #expect(try points("ln(x)", ranges: ["x": -2 ... -1]).isEmpty)
    #expect(try points("x", 5, ranges: ["x": 1...1.0000001]).allSatisfy { $0[0] >= 1 })
  }

  @Test(arguments: [
    (0.123456, 0.123), (-123456.0, -123000.0), (0, 0), (2.996, 3), (0.00098765, 0.000988),
  ])
  func numbersAreReadable(value: Double, rounded: Double) {
    #expect(Sampler.rounded(value) == rounded)
  }
}

@Suite struct RoundedNumberTests {
  @Test(arguments: [
    .leastNonzeroMagnitude, -.leastNormalMagnitude / 7, 1e-300, 3.14159, -271828.0, 1e308, 0.0,
    .infinity,
  ])
  func endsForEveryNumber(value: Double) {
    let rounded = Sampler.rounded(value)
    #expect(rounded == value || (rounded / value - 1).magnitude < 0.01)
  }
}
