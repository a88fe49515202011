// A sum of many terms sin(3*x1)*x2: from text to gradient, time per term against the number of
// terms.
import Calculus
import Language
import Syntax

enum SumBenchmark {
  static func run() throws {
    print("sum of N terms sin(3*xi)*xj over 10 variables, from text to gradient; ns per term")
    row(["terms", "parse", "to tape", "gradient", "all", "per op"].map(cell))
    for count in [1_000, 10_000, 100_000, 1_000_000] {
      let times = try measure(termCount: count, runs: count > 100_000 ? 3 : 10)
      let perTerm = times.map { $0 / Double(count) * 1e9 }
      let whole = perTerm.reduce(0, +)
      // A term is 3*x, sin, a product and a sum.
      row([cell("\(count)")] + (perTerm + [whole, whole / 4]).map(cell))
    }
  }

  /// Seconds for parsing, for graph and tape, and for a reverse gradient.
  private static func measure(termCount: Int, runs: Int) throws -> [Double] {
    let text = (0..<termCount).map { "sin(3*x\($0 % 10 + 1))*x\($0 * 7 % 10 + 1)" }
      .joined(separator: " + ")
    let source = SourceText(text)
    let point = Point(
      names: (1...10).map { "x\($0)" }, values: (1...10).map { Double($0) / 8 })
    let expression = try Expression(source)
    let computation = try Computation(expression, at: point)
    var sink = 0.0
    let parse = try bestTime(of: runs) { sink += Double(try Expression(source).tree.nodes.count) }
    let compile = try bestTime(of: runs) {
      sink += Double(try Computation(expression, at: point).tape.count)
    }
    let gradient = bestTime(of: runs) {
      sink += computation.tape.reverseGradient(at: point.values).value
    }
    precondition(!sink.isNaN)
    return [parse, compile, gradient]
  }
}
