// What is to be said of functions that a variable decides the form of.
import Calculus
import Language
import Syntax

extension Subject {
  /// That variables decide how many terms sums have, and which way programs go.
  ///
  /// - Parameter points: where the subject is judged.
  package func aboutWays(at points: [[Double]]) -> [Explanation] {
    guard isBoundToPoint else { return [] }
    var counting: Set<Int> = []
    var signatures: Set<UInt64> = []
    var decision: ExecutedPath.Decision?
    for point in points {
      guard let way = at(point) else { continue }
      signatures.insert(way.outputs.signature)
      counting.formUnion(way.countingVariables)
      decision = decision ?? way.outputs.lazy.compactMap(\.computation.path.firstOpen).first
    }
    let notes: [Explanation] = counting.filter { isActive[$0] }.sorted()
      .map { .countingVariable(variables[$0]) }
    guard let decision else { return notes }
    return notes + [.ways(signatures.count, at: points.count, decision, self)]
  }
}

extension Explanation {
  /// How many of a program's ways the points lead along: what is shown is shown of these.
  fileprivate static func ways(
    _ count: Int, at points: Int, _ decision: ExecutedPath.Decision, _ subject: Subject
  ) -> Explanation {
    let names = quoted(decision.variables.sorted().map { subject.variables[$0] })
    let ways =
      points == 1
      ? "the check is of the way it goes at this point"
      : count == 1
        ? "all \(points) points go the same way"
        : "the \(points) points go \(count) ways, each checked along its own"
    return about(
      .path, .note,
      "which way this '\(decision.keyword.rawValue)' goes depends on \(names); \(ways)",
      decision, subject.expression)
  }
}
