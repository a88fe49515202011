// Notes on functions whose form depends on the values of variables.
import Calculus
import Language
import Syntax

extension Subject {
  /// That the number of terms of sums, or the branches of programs, depend on variables.
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
  /// How many different paths the program takes at the points: results hold for these only.
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
