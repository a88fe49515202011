// The ways to a gradient as work that can be done again and again, and what each of them takes.
import CommandLine
import Calculus
import Language

/// One way to a value or to derivatives, with what it takes.
struct BenchRow {
  let name: String
  let effort: Effort
  /// The median of the times of one run, in seconds; nil where none was measured.
  var seconds: Double?
  /// Time in units of the function's: the median, and what a quarter of the runs lies below and above.
  var ratio: Double?
  var low: Double?
  var high: Double?
}

/// A function at a point, with all ways to its derivatives.
struct BenchSubject {
  private struct Way {
    let name: String
    let effort: Effort
    /// Does it once; gives a number that depends on it, so that it is done.
    let body: () -> Double
  }

  /// About how many operations are measured together, so that the clock does not count.
  private static let portion = 20_000

  /// How many operations a way may take; those that take more are left out.
  private static let limit = 20_000_000

  private let ways: [Way]
  /// The ways that would take too long.
  let omitted: [String]

  /// Nil where the expression has no value at the point.
  init?(_ calculation: Calculation) throws {
    try calculation.expression.requireOneOutput()
    guard calculation.points.count == 1 else {
      throw Failure.option(
        "'bench' is about one point, and --at gives \(calculation.points.count)", remedy: nil)
    }
    let point = calculation.points[0]
    guard !point.names.isEmpty else {
      throw Failure.option("the expression has no variable", remedy: nil)
    }
    let isActive = point.names.map { calculation.active?.contains($0) ?? true }
    let made = try Computation.outputsWithGraphs(
      of: calculation.expression, over: point.names, at: point.values, isActive: isActive)
    let tape = made[0].computation.tape
    guard tape.value(at: point.values).isFinite else { return nil }
    let shared = SharedGradient(made[0].graph, output: made[0].root, isActive: isActive)
    let all = Self.ways(tape, shared, at: point.values)
    let isOmitted = { (way: Way) in way.name != "f" && way.effort.operations > Self.limit }
    ways = all.filter { !isOmitted($0) }
    omitted = all.filter(isOmitted).map(\.name)
  }

  private static func ways(
    _ tape: Tape, _ shared: SharedGradient?, at point: [Double]
  ) -> [Way] {
    let active = point.indices.filter { tape.isActive[$0] }
    let symbolic = shared.map { shared in
      Way(name: "symbolic", effort: shared.effort) { shared.partials(at: point)[0] }
    }
    return [
      Way(name: "f", effort: tape.valueEffort) { tape.value(at: point) },
      Way(name: "numerical", effort: tape.differenceEffort) {
        let differentiator = NumericalDifferentiator(tape, at: point)
        return active.reduce(0) { sum, variable in
          sum
            + differentiator.quotient(
              along: tape.unit(variable), size: point[variable], .forward
            ).value
        }
      },
      Way(name: "forward", effort: tape.forwardEffort) { tape.forwardGradient(at: point).value },
      Way(name: "reverse", effort: tape.reverseEffort) { tape.reverseGradient(at: point).value },
    ] + [symbolic].compactMap { $0 } + [
      Way(name: "second derivatives", effort: tape.hessianEffort) {
        tape.hessian(at: point)[0][0]
      }
    ]
  }

  /// What each way takes, without a look at the clock.
  var counts: [BenchRow] { ways.map { BenchRow(name: $0.name, effort: $0.effort) } }

  /// The same with times: in each run everything once after the other, after one run that does not count.
  func measure(_ runs: Int, _ terminal: Terminal) -> [BenchRow] {
    var times: [[Double]] = ways.map { _ in [] }
    var sink = 0.0
    var progress = ProgressLine(terminal)
    for run in 0...runs {
      progress.show { _ in "run \(run) of \(runs)" }
      for (index, way) in ways.enumerated() {
        let passes = max(1, Self.portion / max(1, way.effort.operations))
        let start = terminal.seconds
        for _ in 0..<passes { sink += way.body() }
        let seconds = (terminal.seconds - start) / Double(passes)
        if run > 0 { times[index].append(seconds) }
      }
    }
    progress.clear()
    // What nobody reads might not be computed.
    withExtendedLifetime(sink) {}
    return zip(counts, times).map { row, seconds in
      var row = row
      let ratios = zip(seconds, times[0]).map { $0 / $1 }.sorted()
      row.seconds = Self.quantile(seconds.sorted(), 0.5)
      row.ratio = Self.quantile(ratios, 0.5)
      row.low = Self.quantile(ratios, 0.25)
      row.high = Self.quantile(ratios, 0.75)
      return row
    }
  }

  /// What a part of sorted numbers lies below.
  private static func quantile(_ sorted: [Double], _ part: Double) -> Double {
    sorted[Int((Double(sorted.count - 1) * part).rounded())]
  }
}
