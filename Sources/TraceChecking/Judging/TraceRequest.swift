// What a trace table is held against, and the reading of it that makes most rows right.
import Calculus
import Checking
import Language
import Syntax

/// A table, and what it should be the trace of.
package struct TraceRequest {
  let source: SourceText
  let expression: Expression
  let computation: Computation
  let point: Point
  /// What `trace` calls the result.
  let output: String
  /// The variables that derivatives are taken in; all if nil.
  let active: [String]?
  let tolerance: Double
  /// Draws the other points.
  let seed: Int

  package init(
    _ source: SourceText, of expression: Expression, at point: Point, output: String,
    active: [String]?, tolerance: Double, seed: Int
  ) throws(Problem) {
    self.source = source
    self.expression = expression
    computation = try Computation(expression, at: point)
    self.point = point
    self.output = output
    self.active = active
    self.tolerance = tolerance
    self.seed = seed
  }

  /// How many readings are tried, and of how many rows at most.
  private static let mostTries = 60
  private static let mostRows = 500

  /// The outcome of the likeliest reading if it leaves nothing to wish for, or of the best one.
  package func outcome() throws(Problem) -> TraceOutcome {
    var best = attempt([:])
    var tried: Set<String> = []
    var tries = 0
    let lines = source.bytes.count { $0 == 0x0A }
    while !best.isPerfect, lines <= Self.mostRows,
      let fork = best.readings.forks.first(where: { !tried.contains($0.key) })
    {
      tried.insert(fork.key)
      for way in fork.ways.indices.dropFirst() where tries < Self.mostTries {
        tries += 1
        var taken = best.readings.taken
        taken[fork.key] = way
        let other = attempt(taken)
        if other.score > best.score { best = other }
      }
    }
    let outcome = try best.result.get()
    if best.readings.forks.contains(where: { $0.key == Numbering.fork }) {
      let inputs = Set(computation.variables.map(NameScanner.canonical))
      let guessed = outcome.rows.filter { Self.isGuessed($0) && !inputs.contains($0.row.base) }
      if let name = guessed.first?.row.name, guessed.count > 1 {
        throw Problem(.traceWithoutFormula(name.text), in: source, at: name.range)
      }
    }
    return outcome
  }

  /// Whether a wrong value is known to be one only by the number of its row, which may mean something else.
  private static func isGuessed(_ result: RowResult) -> Bool {
    let row = result.row
    return result.verdict == .wrong && row.kind == .primal && row.formulas.isEmpty
      && Numbering.parts(row.base)?.number ?? 0 > 0
  }

  private struct Attempt {
    let result: Result<TraceOutcome, Problem>
    let readings: Readings

    var isPerfect: Bool {
      guard case .success(let outcome) = result else { return false }
      return outcome.passes && outcome.unread.isEmpty
    }

    /// Rows that are right, less those that are wrong or that this reading knows no quantity for.
    var score: Int {
      guard case .success(let outcome) = result else { return .min }
      let strangers = outcome.unread.count { $0.name != nil }
      return outcome.count { $0 == .right } - 2 * outcome.count { $0 == .wrong }
        - outcome.unread.count - strangers
    }
  }

  private func attempt(_ taken: [String: Int]) -> Attempt {
    var readings = Readings()
    readings.taken = taken
    do {
      var judge = try TraceJudge(self, &readings)
      defer { readings = judge.readings }
      return Attempt(result: .success(try judge.outcome()), readings: judge.readings)
    } catch {
      return Attempt(result: .failure(error), readings: readings)
    }
  }
}
