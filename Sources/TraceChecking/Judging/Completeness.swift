// What a table does not claim of all that forward or reverse mode has.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  /// What is missing of each requirement, in the notation of the messages.
  mutating func absent() -> [TraceRequirement: [String]] {
    let forward = absentTangents()
    let reverse = absentAdjoints()
    var complete: [String] = []
    let hasValue = rows.indices.contains { row in
      rows[row].kind == .primal && isClaimed(row)
        && table.stepOfRow[row].map { same($0, output) } == true
    }
    if !hasValue { complete.append(outputName) }
    let isReverse =
      rows.contains { $0.kind == .adjoint } && reverse.count <= forward.count
    complete += isReverse ? reverse : forward
    complete += bareRows(isReverse ? .adjoint : .tangent)
    return [.forward: forward, .reverse: reverse, .complete: complete]
  }

  private mutating func absentTangents() -> [String] {
    var covered: Set<Int> = []
    for row in rows.indices where rows[row].kind == .tangent && isClaimed(row) {
      let run = rows[row].run
      let moving = seedsOfRun[run]?.indices.filter { seedsOfRun[run]?[$0] != 0 } ?? []
      guard let step = table.step(of: rows[row].base, in: row), same(step, output),
        moving.count == 1 || genericRuns.contains(run)
      else { continue }
      covered.formUnion(moving)
    }
    // ∂y/∂x of the result says as much.
    for row in rows.indices where rows[row].kind == .adjoint && rows[row].over != nil {
      if let step = table.step(of: rows[row].base, in: row), let input = input(step) {
        covered.insert(input)
      }
    }
    return active.filter { !covered.contains($0) && computation.tape.nodes[$0] != nil }
      .map(derivativeName)
  }

  private mutating func absentAdjoints() -> [String] {
    let own = rows.indices.filter { rows[$0].kind == .adjoint && isClaimed($0) }
    let covered = Set(
      own.compactMap { table.step(of: rows[$0].base, in: $0).flatMap { input($0) } })
    return active.filter { !covered.contains($0) && computation.tape.nodes[$0] != nil }
      .map(derivativeName)
  }

  /// The rows of the primal trace that have no derivative.
  private mutating func bareRows(_ kind: QuantityKind) -> [String] {
    var covered: Set<Int> = []
    for row in rows.indices where rows[row].kind == kind && isClaimed(row) {
      if let step = table.step(of: rows[row].base, in: row) { covered.insert(step) }
    }
    let mark = kind == .adjoint ? "~" : "'"
    return rows.indices.filter { row in
      guard rows[row].kind == .primal, let step = table.stepOfRow[row], step >= table.inputCount,
        table.steps[step].function?.isIdentity == false
      else { return false }
      return !covered.contains { same($0, step) }
    }.map { rows[$0].base + mark }
  }
}
