// Watching a name: every assignment to it as it happens, with its value, tangents and adjoint.
import Calculus
import Syntax

/// An assignment to a watched name in a run at a point.
package struct WatchedAssignment: Sendable {
  /// The name that was assigned to.
  package let name: String
  /// How often the name was assigned, this time included.
  package let occurrence: Int
  /// Where, in words: `line 3, column 4`.
  package let place: String
  /// The value that it got.
  package let value: Double
  /// Its derivative along each direction.
  package let tangents: [Double]
  /// The result's derivative in it: what a small change of this value, here, would do.
  package let adjoint: Double
}

extension Expression {
  /// The names of a list, which definitions or bodies must give values to.
  package func watched(_ source: SourceText) throws(Problem) -> [String] {
    try requireOneOutput()
    do {
      return try PointReader.names(source, among: intermediates)
    } catch {
      guard case .notInExpression(let name, nil) = error.kind else { throw error }
      throw Problem(.neverAssigned(name), in: source, at: error.range)
    }
  }
}

extension Expression {
  /// The same error for a name of `--wrt`, if it is no variable but could be watched.
  package func explaining(_ problem: Problem) -> Problem {
    guard case .notInExpression(let name, _) = problem.kind, intermediates.contains(name) else {
      return problem
    }
    return Problem(.intermediate(name), in: problem.source, at: problem.range)
  }
}

/// A run in which assignments are watched.
package struct Watch: Sendable {
  /// In the order in which they were made.
  package let assignments: [WatchedAssignment]

  /// Runs an expression that is no list.
  ///
  /// - Parameters:
  ///   - names: what to watch.
  ///   - directions: the directions of the tangents, each with a number for every variable of the
  ///     point.
  package init(
    _ names: [String], in expression: Expression, at point: Point, along directions: [[Double]]
  ) throws(Problem) {
    try expression.requireOneOutput()
    var elaborator = Elaborator(
      expression, variables: point.names, point: point.values,
      observing: Observation(watched: names))
    let elaboration = try elaborator.elaborate()
    let probeCount =
      elaboration.assignments.compactMap(\.probe).max().map { $0 + 1 - point.names.count } ?? 0
    let zeros = Array(repeating: Elaborator.probeValue, count: probeCount)
    let nodes = elaboration.assignments.map(\.node)
    // Assignments that the result does not need are computed too: they have values and tangents.
    let tape = Tape(
      elaboration.graph, outputs: [elaboration.output] + nodes,
      isActive: Array(repeating: true, count: point.names.count + probeCount))
    let place = point.values + zeros
    let values = tape.slotValues(at: place)
    // Where there is no value there is no derivative, whatever the rules gave.
    let adjoints =
      values[tape.output].isNaN
      ? zeros.map { _ in .nan }
      : Array(
        tape.reverseGradient(at: place).partials.suffix(probeCount))
    let tangents = directions.map { tape.slotTangents(at: place, seeds: $0 + zeros) }
    assignments = elaboration.assignments.enumerated().map { index, assignment in
      let slot = tape.outputs[index + 1]
      let value = values[slot]
      return WatchedAssignment(
        name: expression.tree.name(of: assignment.symbol), occurrence: assignment.occurrence + 1,
        place: expression.source.place(of: assignment.range), value: value,
        tangents: tangents.map { value.isNaN ? .nan : $0[slot] },
        adjoint: assignment.probe.map { adjoints[$0 - point.names.count] } ?? .nan)
    }
  }
}
