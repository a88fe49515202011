// The rows of reverse mode: adjoints, or what one use after the other adds to them.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  /// Judges the adjoints' rows.
  ///
  /// - Returns: the rows in the order of the sweep: the table may be read upward.
  mutating func judgeAdjoints(_ output: Int) throws(Problem) -> [Int] {
    let adjointRows = rows.indices.filter { rows[$0].kind == .adjoint }
    guard !adjointRows.isEmpty else { return [] }
    let sorted = try isUpward(adjointRows) ? adjointRows.reversed() : adjointRows
    var rowsOfStep: [Int: [Int]] = [:]
    for row in sorted {
      if let step = table.step(of: rows[row].base, in: row) {
        rowsOfStep[step, default: []].append(row)
      }
    }
    var sweep = AdjointSweep(table, stepRuns, output: output)
    for step in table.order.reversed() {
      try judge(step, rowsOfStep[step] ?? [], &sweep)
    }
    return sorted
  }

  /// Whether adjoints are used in rows above those that define them, as the survey prints them.
  private mutating func isUpward(_ adjointRows: [Int]) throws(Problem) -> Bool {
    var rowsOfStep: [Int: [Int]] = [:]
    for row in adjointRows {
      if let step = table.step(of: rows[row].base, in: row) {
        rowsOfStep[step, default: []].append(row)
      }
    }
    var score = 0
    for row in adjointRows {
      for name in try table.formula(of: row)?.references ?? [] where name.mark == .adjoint {
        guard let step = table.step(of: name.base, in: row) else { continue }
        let others = (rowsOfStep[step] ?? []).filter { $0 != row }
        guard let nearest = others.first else { continue }
        score += others.contains { $0 < row } ? 1 : nearest > row ? -1 : 0
      }
    }
    return score < 0
  }

  // MARK: The rows of one adjoint

  private mutating func judge(
    _ step: Int, _ own: [Int], _ sweep: inout AdjointSweep
  ) throws(Problem) {
    var remaining = sweep.edges(to: step)
    let full = sweep.adjoints[0][step]
    var sum: (truth: Double, carried: Carried)?
    if own.isEmpty {
      sweep.carried[step] =
        step == sweep.output
        ? Carried(value: 1, halfUnit: 0, root: nil)
        : recomputation(remaining, sweep, after: nil).carried
      return
    }
    for (place, row) in own.enumerated() {
      let isLast = place == own.count - 1
      if step == sweep.output {
        let one = Recomputation([]) { _ in 1 }
        sum = (1, judge(row, full, one))
        continue
      }
      let reading = try read(row, step, remaining, isOnly: own.count == 1, isLast, sum, sweep)
      remaining.removeAll { edge in reading.edges.contains { $0.id == edge.id } }
      let before = reading.continues ? sum : nil
      let contribution = reading.edges.reduce(0) { $0 + sweep.contribution($1, 0) }
      var truth = reading.isWhole ? full : (before?.truth ?? 0) + contribution
      var isPartial = false
      if isLast, !reading.isWhole {
        isPartial = !isRight(
          truth, full, 1e-9 * full.magnitude + 1e-12 * (1 + contribution.magnitude))
        truth = full
      } else if !isLast, !reading.isWhole, let sum, !reading.continues {
        // A contribution by itself, or added silently to what is there.
        let silent = sum.truth + contribution
        if let claim = rows[row].value,
          !isRight(claim.value, truth, claim.halfUnit(in: precision)),
          isRight(claim.value, silent, claim.halfUnit(in: precision))
        {
          truth = silent
        }
      }
      let recomputed =
        isPartial
        ? nil
        : reading.recomputed ?? recomputation(reading.edges, sweep, after: before?.carried)
      judgePartial(row, reading.edges, sweep)
      let known: Double? = unknown.isEmpty || sweep.isIndependent(step, of: unknown) ? truth : nil
      let carried = judge(row, known, recomputed)
      if isPartial, results[row].verdict == .wrong {
        let message = incompleteness(
          remaining, sweep, overwrites: sum != nil && !reading.continues)
        if results[row].remark == nil { blame(row, message, .contribution) }
      } else if let fit = reading.fit, !fit.adds {
        diagnose(row, fit.formula, fit.trueValues(before: sum?.truth ?? 0))
      }
      sum = (truth, carried)
    }
    sweep.carried[step] = sum?.carried ?? Carried(value: full, halfUnit: 0, root: nil)
  }

  /// What a row does: which uses it takes in, and how.
  private struct Reading {
    var edges: [AdjointSweep.Use] = []
    /// Whether it goes on from the row before it of the same adjoint.
    var continues = false
    /// Whether it is the whole adjoint at once.
    var isWhole = false
    /// From its own formula, if that is right.
    var recomputed: Recomputation?
    var fit: AdjointFormula?
  }

  private mutating func read(
    _ row: Int, _ step: Int, _ remaining: [AdjointSweep.Use], isOnly: Bool, _ isLast: Bool,
    _ sum: (truth: Double, carried: Carried)?, _ sweep: AdjointSweep
  ) throws(Problem) -> Reading {
    let formula = try table.formula(of: row)
    var others: [Int] = []
    var isSelf = rows[row].adds
    for name in formula?.references ?? [] {
      guard name.mark != .tangent, let argument = table.step(of: name.base, in: row) else {
        throw Problem(
          .traceName(name.shown), in: table.source, at: rows[row].formulas.last?.range)
      }
      guard name.mark == .adjoint else { continue }
      if argument == step { isSelf = true } else { others.append(argument) }
    }
    guard let formula, !others.isEmpty else {
      return unwritten(row, remaining, isOnly: isOnly, isLast, sum, sweep)
    }
    let shared = remaining.filter { others.contains($0.user) }
    if !formula.isGeneral {
      let fit = AdjointFormula(
        formula, row, step, adds: rows[row].adds, comparedPoints(shared), &table, sweep)
      if var reading = reading(fit, step, remaining, sum, sweep) {
        reading.fit = fit
        return reading
      }
      if !formula.hasDecimals, unknown.isEmpty, fit.hasValue {
        blame(row, wrongContribution(shared, step))
      }
    }
    var edges: [AdjointSweep.Use] = []
    for user in Set(others).sorted(by: >) {
      let uses = shared.filter { $0.user == user }
      let fitting = uses.first { use in
        rows[row].partial.map { isRight($0.value, use.partials[0], $0.halfUnit(in: precision)) }
          ?? true
      }
      if let use = fitting ?? uses.first { edges.append(use) }
    }
    return Reading(edges: edges, continues: isSelf)
  }

  /// The points at which a formula is compared: not beside a kink of what it is about.
  private func comparedPoints(_ uses: [AdjointSweep.Use]) -> Range<Int> {
    uses.contains { hasKink($0.user) } ? 0..<1 : stepRuns.indices
  }

  /// A right formula's reading; nil for a wrong one.
  private func reading(
    _ fit: AdjointFormula, _ step: Int, _ remaining: [AdjointSweep.Use],
    _ sum: (truth: Double, carried: Carried)?, _ sweep: AdjointSweep
  ) -> Reading? {
    let carried = fit.arguments.map { argument -> Carried in
      guard argument.isAdjoint else { return primals[argument.step] }
      if argument.step == step { return sum?.carried ?? Carried(value: 0, halfUnit: 0, root: nil) }
      return sweep.carried[argument.step]
    }
    let before = fit.adds ? sum?.carried : nil
    let arguments = carried + (before.map { [$0] } ?? [])
    let count = carried.count
    let error = RunningError(fit.formula.tape, at: carried.map(\.value)).error
    let recomputed = Recomputation(arguments, noise: error) { values in
      fit.formula.value(Array(values.prefix(count))) + (before == nil ? 0 : values[count])
    }
    if let edges = fit.uses(among: remaining) {
      return Reading(edges: edges, continues: fit.isSelf, recomputed: recomputed)
    }
    if fit.isWhole {
      return Reading(edges: remaining, isWhole: true, recomputed: recomputed)
    }
    return nil
  }

  /// A row without a formula: the whole adjoint, or the next contribution.
  private func unwritten(
    _ row: Int, _ remaining: [AdjointSweep.Use], isOnly: Bool, _ isLast: Bool,
    _ sum: (truth: Double, carried: Carried)?, _ sweep: AdjointSweep
  ) -> Reading {
    if isOnly || isLast || remaining.isEmpty {
      return Reading(edges: remaining, continues: !isOnly && sum != nil, isWhole: isOnly || isLast)
    }
    guard let claim = rows[row].value else {
      return Reading(edges: [remaining[0]], continues: true)
    }
    let halfUnit = claim.halfUnit(in: precision)
    func isMeant(_ uses: [AdjointSweep.Use]) -> Bool {
      let next = uses.reduce(sum?.truth ?? 0) { $0 + sweep.contribution($1, 0) }
      return isRight(claim.value, next, halfUnit)
        || recomputation(uses, sweep, after: sum?.carried)
          .allows(claim.value, within: halfUnit, tolerance: tolerance)
    }
    let near = remaining.prefix(Self.mostCompared)
    let fitting =
      near.lazy.map { [$0] }.first(where: isMeant)
      // All uses that one user makes: `x + x`.
      ?? near.lazy.map { use in near.filter { $0.user == use.user } }.first(where: isMeant)
    return Reading(edges: fitting ?? [remaining[0]], continues: sum != nil)
  }

  /// How many uses are compared with a row that does not say which it means.
  private static let mostCompared = 100

  /// What uses come to by the values of the table, after what is there already.
  private func recomputation(
    _ uses: [AdjointSweep.Use], _ sweep: AdjointSweep, after before: Carried?
  ) -> Recomputation {
    var arguments = before.map { [$0] } ?? []
    var parts: [(function: StepFunction, use: AdjointSweep.Use, start: Int)] = []
    for use in uses {
      guard let function = table.steps[use.user].function else { continue }
      parts.append((function, use, arguments.count))
      arguments += function.arguments.map { primals[$0] }
      arguments += [primals[use.user], sweep.carried[use.user]]
    }
    let terms = uses.map { sweep.contribution($0, 0) } + (before.map { [$0.value] } ?? [])
    return Recomputation(arguments, noise: roundingNoise(terms)) { values in
      parts.reduce(before == nil ? 0 : values[0]) { sum, part in
        let end = part.start + part.function.arguments.count
        let edges = part.function.edges(
          at: Array(values[part.start..<end]), result: values[end])
        return sum + flow(edges[part.use.position].partial, values[end + 1])
      }
    }
  }

  // MARK: The local partial

  private mutating func judgePartial(
    _ row: Int, _ uses: [AdjointSweep.Use], _ sweep: AdjointSweep
  ) {
    guard let claim = rows[row].partial, let use = uses.first, results[row].verdict != .wrong,
      let function = table.steps[use.user].function, unknown.isEmpty
    else { return }
    let truth = uses.filter { $0.user == use.user }.reduce(0) { $0 + $1.partials[0] }
    let halfUnit = claim.halfUnit(in: precision)
    if isRight(claim.value, truth, halfUnit) { return }
    let arguments = (function.arguments + [use.user]).map { primals[$0] }
    let recomputed = Recomputation(arguments) { values in
      function.edges(at: values.dropLast(), result: values.last)[use.position].partial
    }
    if recomputed.allows(claim.value, within: halfUnit, tolerance: tolerance) {
      if let root = recomputed.root { results[row].verdict = .follows(row: root) }
      return
    }
    blame(row, "the local partial is wrong", .localPartial)
    results[row].partial = truth
  }

  // MARK: Words

  private func wrongContribution(_ uses: [AdjointSweep.Use], _ step: Int) -> String {
    guard let use = uses.first else {
      return "\(table.steps[step].base) is no argument of what this takes the adjoint from"
    }
    return "this is not what \(defining(use.user)) gives"
  }

  private func incompleteness(
    _ remaining: [AdjointSweep.Use], _ sweep: AdjointSweep, overwrites: Bool
  ) -> String {
    if overwrites { return "what the rows before it gave has to be added" }
    let users = remaining.filter { sweep.contribution($0, 0) != 0 }.map {
      table.steps[$0.user].base
    }
    return users.isEmpty
      ? "contributions are missing"
      : "the contribution of \(users.joined(separator: ", ")) is missing"
  }

  /// Variables whose derivative reverse mode would have, and the table has not.
  mutating func missingAdjoints() -> [String] {
    let adjointRows = rows.indices.filter { rows[$0].kind == .adjoint && rows[$0].value != nil }
    guard !adjointRows.isEmpty else { return [] }
    let covered = Set(
      adjointRows.compactMap { table.step(of: rows[$0].base, in: $0).flatMap { input($0) } })
    return active.filter { !covered.contains($0) && computation.tape.nodes[$0] != nil }
      .map(derivativeName)
  }
}
