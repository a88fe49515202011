// The rows of reverse mode: adjoints, or what one use after the other adds to them.
import Calculus
import Checking
import Language
import Syntax

/// What the rows of one adjoint have come to.
struct AdjointSum {
  /// At each point.
  var truths: [Double]
  var carried: Carried
}

/// What a row does: which uses it takes in, and how.
struct AdjointReading {
  var uses: [AdjointSweep.Use] = []
  /// Whether it goes on from the row before it of the same adjoint.
  var continues = false
  /// Whether it is the whole adjoint at once.
  var isWhole = false
  /// From its own formula, if that is right.
  var recomputed: Recomputation?
  var fitting: (formula: ClaimedFormula, reading: [DerivativeQuantity])?
}

extension TraceJudge {
  /// Judges the adjoints' rows.
  ///
  /// - Returns: the rows in the order of the sweep: the table may be read upward.
  mutating func judgeAdjoints() throws(Problem) -> [Int] {
    let adjointRows = rows.indices.filter { rows[$0].kind == .adjoint }
    guard !adjointRows.isEmpty else { return [] }
    let sorted = isUpward(adjointRows) ? adjointRows.reversed() : adjointRows
    let rowsOfStep = rowsOfStep(sorted)
    for step in table.order.reversed() {
      let own = rowsOfStep[step] ?? []
      // What has two names has its adjoint under each of them.
      let names = Set(own.map { rows[$0].base })
      let areValues = own.allSatisfy { table.formulas[$0].allSatisfy(\.references.isEmpty) }
      guard names.count > 1, areValues else {
        try judge(step, own)
        continue
      }
      for name in names.sorted() { try judge(step, own.filter { rows[$0].base == name }) }
    }
    return sorted
  }

  private mutating func rowsOfStep(_ rows: [Int]) -> [Int: [Int]] {
    var rowsOfStep: [Int: [Int]] = [:]
    for row in rows {
      if let step = table.step(of: self.rows[row].base, in: row) {
        rowsOfStep[step, default: []].append(row)
      }
    }
    return rowsOfStep
  }

  /// Whether adjoints are used in rows above those that define them, as the survey prints them.
  private mutating func isUpward(_ adjointRows: [Int]) -> Bool {
    let rowsOfStep = rowsOfStep(adjointRows)
    var score = 0
    for row in adjointRows {
      for name in table.formulas[row].flatMap(\.references) where name.mark == .adjoint {
        guard let step = table.step(of: name.base, in: row) else { continue }
        let others = (rowsOfStep[step] ?? []).filter { $0 != row }
        guard let nearest = others.first else { continue }
        score += others.contains { $0 < row } ? 1 : nearest > row ? -1 : 0
      }
    }
    return score < 0
  }

  // MARK: The rows of one adjoint

  private mutating func judge(_ step: Int, _ own: [Int]) throws(Problem) {
    var remaining = sweep.edges(to: step)
    let full = sweep.adjoints[0][step]
    var sum: AdjointSum?
    if own.isEmpty {
      sweep.carried[step] =
        step == output
        ? Carried(value: 1, halfUnit: 0, root: nil)
        : recomputation(remaining, after: nil).carried
      return
    }
    for (place, row) in own.enumerated() {
      let isLast = place == own.count - 1
      let reading = try read(row, step, remaining, isOnly: own.count == 1, isLast, sum)
      if step == output {
        let one = judge(row, full, Recomputation([]) { _ in 1 })
        sum = AdjointSum(truths: sweep.adjoints.map { $0[step] }, carried: one)
        continue
      }
      remaining.removeAll { use in reading.uses.contains { $0.id == use.id } }
      sum = judge(row, step, reading, remaining, isLast, sum)
    }
    sweep.carried[step] = sum?.carried ?? Carried(value: full, halfUnit: 0, root: nil)
  }

  private mutating func judge(
    _ row: Int, _ step: Int, _ reading: AdjointReading, _ remaining: [AdjointSweep.Use],
    _ isLast: Bool, _ sum: AdjointSum?
  ) -> AdjointSum {
    let full = sweep.adjoints[0][step]
    let before = reading.continues ? sum : nil
    var truths = stepRuns.indices.map { point in
      reading.isWhole
        ? sweep.adjoints[point][step]
        : (before?.truths[point] ?? 0)
          + reading.uses.reduce(0) { $0 + sweep.contribution($1, point) }
    }
    let contribution = reading.uses.reduce(0) { $0 + sweep.contribution($1, 0) }
    var isPartial = false
    if isLast, !reading.isWhole {
      isPartial = !isRight(
        truths[0], full, 1e-9 * full.magnitude + 1e-12 * (1 + contribution.magnitude))
      truths = sweep.adjoints.map { $0[step] }
    } else if !isLast, !reading.isWhole, let sum, !reading.continues,
      let claim = rows[row].value,
      !isRight(claim.value, truths[0], claim.halfUnit(in: precision)),
      isRight(claim.value, sum.truths[0] + contribution, claim.halfUnit(in: precision))
    {
      // A contribution by itself, added silently to what is there.
      truths = zip(truths, sum.truths).map { $0 + $1 }
    }
    let recomputed =
      isPartial ? nil : reading.recomputed ?? recomputation(reading.uses, after: before?.carried)
    judgePartial(row, reading.uses)
    let known: Double? =
      unknown.isEmpty || !unknown.contains(output) ? truths[0] : nil
    let increment = rows[row].added == nil ? nil : contribution
    let carried = judge(row, known, recomputed, increment: increment)
    // A formula that is not all of it, though its number is.
    let isCut =
      rows[row].added == nil && reading.fitting != nil && !reading.continues
    if isPartial, isCut || results[row].verdict == .wrong || rows[row].value == nil {
      if results[row].remark == nil, unknown.isEmpty {
        let overwrites = sum != nil && !reading.continues
        blame(row, incompleteness(remaining, overwrites: overwrites), .contribution)
      }
    } else if let fitting = reading.fitting, rows[row].added == nil {
      let values = fitting.reading.map { quantity in
        quantity == .adjoint(step) ? sum?.truths[0] ?? 0 : truth(quantity, 0)
      }
      diagnose(row, fitting.formula, values)
    }
    return AdjointSum(truths: truths, carried: carried)
  }

  // MARK: The local partial

  private mutating func judgePartial(_ row: Int, _ uses: [AdjointSweep.Use]) {
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

  func wrongContribution(
    _ uses: [AdjointSweep.Use], _ step: Int, hasNames: Bool
  ) -> String {
    guard let use = uses.first else {
      return hasNames
        ? "\(table.steps[step].base) is no argument of what this takes the adjoint from"
        : "this is not the adjoint of \(table.steps[step].base)"
    }
    return "this is not what \(defining(use.user)) gives"
  }

  private func incompleteness(_ remaining: [AdjointSweep.Use], overwrites: Bool) -> String {
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
    let adjointRows = rows.indices.filter { rows[$0].kind == .adjoint && isClaimed($0) }
    guard !adjointRows.isEmpty else { return [] }
    let covered = Set(
      adjointRows.compactMap { table.step(of: rows[$0].base, in: $0).flatMap { input($0) } })
    return active.filter { !covered.contains($0) && computation.tape.nodes[$0] != nil }
      .map(derivativeName)
  }
}
