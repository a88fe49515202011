// What a row of an adjoint takes in: one use of the quantity, several, or the whole adjoint.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  mutating func read(
    _ row: Int, _ step: Int, _ remaining: [AdjointSweep.Use], isOnly: Bool, _ isLast: Bool,
    _ sum: AdjointSum?
  ) throws(Problem) -> AdjointReading {
    let formulas = try formulas(of: row).filter { !$0.formula.references.isEmpty }
    guard !formulas.isEmpty, step != output || formulas.count > 1 else {
      return unwritten(row, remaining, isOnly: isOnly, isLast, sum)
    }
    let named = Set(formulas.flatMap { $0.readings.flatMap { $0.flatMap(users) } })
    let continues = rows[row].added != nil || named.contains(step)
    let shared = remaining.filter { named.contains($0.user) }
    let points = comparedPoints((shared.isEmpty ? remaining : shared).map(\.user))
    let candidates = candidates(shared, remaining, step, continues)
    for candidate in candidates {
      let fits = formulas.map { fit($0, row, candidate, step, points, sum) }
      guard !fits.contains(where: { $0 == nil }), let last = fits.last, let reading = last,
        let formula = formulas.last?.formula
      else { continue }
      var found = candidate
      let before = rows[row].added == nil ? nil : sum?.carried ?? .zero
      let carriedBefore = sweep.carried[step]
      sweep.carried[step] = sum?.carried ?? .zero
      found.recomputed = recomputation(
        formula, reading, before: before, factor: rows[row].added ?? 1)
      sweep.carried[step] = carriedBefore
      found.fitting = (formula, reading)
      return found
    }
    let hasValue = formulas.contains { formula in
      formula.readings.contains { reading in
        formula.formula.value(reading.map { truth($0, 0) }).isFinite
      }
    }
    let carriedBefore = sweep.carried[step]
    sweep.carried[step] = sum?.carried ?? .zero
    defer { sweep.carried[step] = carriedBefore }
    for candidate in candidates {
      let found = formulas.map { fitByNumbers($0, row, candidate, step, points, sum) }
      guard !found.contains(where: { $0 == nil }), let last = found.last else { continue }
      var reading = candidate
      reading.recomputed = last
      return reading
    }
    let isOpen = formulas.contains { formula in
      formula.readings.contains {
        followsFromNumbers(formula.formula, $0, row, change(of: row, sum))
      }
    }
    if !isOpen, unknown.isEmpty, hasValue {
      blame(row, wrongContribution(shared, step, hasNames: !named.isEmpty))
    }
    if shared.isEmpty { return unwritten(row, remaining, isOnly: isOnly, isLast, sum) }
    return AdjointReading(uses: firstUses(shared, row), continues: continues)
  }

  /// The steps whose adjoints a quantity has.
  private func users(_ quantity: DerivativeQuantity) -> [Int] {
    switch quantity {
    case .adjoint(let step), .local(let step, _), .edge(let step, _), .total(let step, _): [step]
    default: []
    }
  }

  /// One use for each user: the one whose partial the row has.
  private func firstUses(_ shared: [AdjointSweep.Use], _ row: Int) -> [AdjointSweep.Use] {
    Set(shared.map(\.user)).sorted(by: >).compactMap { user in
      let uses = shared.filter { $0.user == user }
      return uses.first { use in
        rows[row].partial.map { isRight($0.value, use.partials[0], $0.halfUnit(in: precision)) }
          ?? true
      } ?? uses.first
    }
  }

  /// What a formula can be: the uses that it names, one of them, the whole adjoint.
  private func candidates(
    _ shared: [AdjointSweep.Use], _ remaining: [AdjointSweep.Use], _ step: Int, _ continues: Bool
  ) -> [AdjointReading] {
    var sets: [[AdjointSweep.Use]] = []
    if !shared.isEmpty {
      let users = Set(shared.map(\.user)).sorted(by: >)
      sets.append(users.compactMap { user in shared.first { $0.user == user } })
      if sets[0].count < shared.count { sets.append(shared) }
      if users.count == 1 { sets += shared.dropFirst().map { [$0] } }
    } else {
      sets += remaining.prefix(Self.mostCompared).map { [$0] }
    }
    if !sets.contains(where: { $0.count == remaining.count }) { sets.append(remaining) }
    var candidates = sets.map { AdjointReading(uses: $0, continues: continues) }
    if !continues {
      candidates.append(AdjointReading(uses: remaining, isWhole: true))
    }
    return candidates
  }

  /// The reading in which a formula is a candidate at all points.
  private func fit(
    _ formula: DerivativeFormula, _ row: Int, _ candidate: AdjointReading, _ step: Int,
    _ points: [Int], _ sum: AdjointSum?
  ) -> [DerivativeQuantity]? {
    formula.reading(
      giving: { truth(of: candidate, step, $0, sum) }, at: points,
      { truth($0, of: candidate, step, $1, sum) }, change(of: row, sum))
  }

  /// What a formula comes to that is a candidate if its numbers stand for names.
  private func fitByNumbers(
    _ formula: DerivativeFormula, _ row: Int, _ candidate: AdjointReading, _ step: Int,
    _ points: [Int], _ sum: AdjointSum?
  ) -> Recomputation? {
    formula.readings.lazy.compactMap { reading in
      recomputationByNumbers(
        formula.formula, reading, row, giving: { truth(of: candidate, step, $0, sum) },
        at: points, { truth($0, of: candidate, step, $1, sum) }, change(of: row, sum))
    }.first
  }

  /// What a candidate is at a point.
  private func truth(
    of candidate: AdjointReading, _ step: Int, _ point: Int, _ sum: AdjointSum?
  ) -> Double {
    if candidate.isWhole { return sweep.adjoints[point][step] }
    let before = candidate.continues ? sum?.truths[point] ?? 0 : 0
    return candidate.uses.reduce(before) { $0 + sweep.contribution($1, point) }
  }

  /// What a quantity is at a point; the adjoint of the row itself is what it has come to above.
  private func truth(
    _ quantity: DerivativeQuantity, of candidate: AdjointReading, _ step: Int, _ point: Int,
    _ sum: AdjointSum?
  ) -> Double {
    quantity == .adjoint(step) && candidate.continues
      ? sum?.truths[point] ?? 0 : truth(quantity, point)
  }

  /// What `v += …` makes of a formula's value at a point.
  private func change(of row: Int, _ sum: AdjointSum?) -> (Int, Double) -> Double {
    let added = rows[row].added
    return { point, value in
      added.map { factor in (sum?.truths[point] ?? 0) + factor * value } ?? value
    }
  }

  /// A row without a formula: the whole adjoint, or the next contribution.
  private func unwritten(
    _ row: Int, _ remaining: [AdjointSweep.Use], isOnly: Bool, _ isLast: Bool, _ sum: AdjointSum?
  ) -> AdjointReading {
    if isOnly || isLast || remaining.isEmpty {
      return AdjointReading(
        uses: remaining, continues: !isOnly && sum != nil, isWhole: isOnly || isLast)
    }
    guard let claim = rows[row].value else {
      return AdjointReading(uses: [remaining[0]], continues: true)
    }
    let halfUnit = claim.halfUnit(in: precision)
    func isMeant(_ uses: [AdjointSweep.Use]) -> Bool {
      let next = uses.reduce(sum?.truths[0] ?? 0) { $0 + sweep.contribution($1, 0) }
      return isRight(claim.value, next, halfUnit)
        || recomputation(uses, after: sum?.carried)
          .allows(claim.value, within: halfUnit, tolerance: tolerance)
    }
    let near = remaining.prefix(Self.mostCompared)
    let fitting =
      near.lazy.map { [$0] }.first(where: isMeant)
      // All uses that one user makes: `x + x`.
      ?? near.lazy.map { use in near.filter { $0.user == use.user } }.first(where: isMeant)
    return AdjointReading(uses: fitting ?? [remaining[0]], continues: sum != nil)
  }

  /// How many uses are compared with a row that does not say which it means.
  private static let mostCompared = 100

  /// What uses come to by the values of the table, after what is there already.
  func recomputation(
    _ uses: [AdjointSweep.Use], after before: Carried?
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
}
