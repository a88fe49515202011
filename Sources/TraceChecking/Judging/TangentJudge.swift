// The rows of forward mode: for each run of the table its seeds, and the tangent of each step.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  mutating func judgeTangents(_ output: Int) throws(Problem) {
    let tangentRows = rows.indices.filter { rows[$0].kind == .tangent }
    guard !tangentRows.isEmpty else { return }
    for (place, run) in Set(tangentRows.map { rows[$0].run }).sorted().enumerated() {
      let own = tangentRows.filter { rows[$0].run == run }
      let seeds = seeds(of: run, own, place)
      // At every point the seeds of the run: whoever has 1 may leave it out.
      try judge(run: own, stepRuns.map { $0.tangents(table.order, seeds: seeds) })
    }
  }

  private mutating func judge(
    run own: [Int], _ trueTangents: [[Double]]
  ) throws(Problem) {
    let truths = trueTangents[0]
    var tangents = truths.map { Carried(value: $0, halfUnit: 0, root: nil) }
    var rowsOfStep: [Int: [Int]] = [:]
    for row in own {
      if let step = table.step(of: rows[row].base, in: row) {
        rowsOfStep[step, default: []].append(row)
      }
    }
    for step in table.order {
      let canonical = recomputation(of: step, tangents)
      if let canonical { tangents[step] = canonical.carried }
      for row in rowsOfStep[step] ?? [] {
        let formula = try usableFormula(of: row, step, trueTangents)
        let recomputed =
          formula.map { formula in
            Recomputation(
              formula.arguments.map { $0.isTangent ? tangents[$0.step] : primals[$0.step] },
              of: formula.formula.tape)
          } ?? canonical
        let truth = unknown.contains(step) ? nil : truths[step]
        tangents[step] = judge(row, truth, recomputed)
        if let formula {
          diagnose(
            row, formula.formula,
            formula.arguments.map { $0.isTangent ? truths[$0.step] : stepRuns[0].values[$0.step] })
        }
      }
    }
  }

  /// The tangent of a step from those of its arguments, as the table has them; nil for a variable.
  private func recomputation(of step: Int, _ tangents: [Carried]) -> Recomputation? {
    guard let function = table.steps[step].function else { return nil }
    let count = function.arguments.count
    let places = Dictionary(
      function.arguments.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let terms = stepRuns[0].edges[step].map { flow($0.partial, tangents[$0.argument].value) }
    return Recomputation(
      function.arguments.map { primals[$0] } + function.arguments.map { tangents[$0] }
        + [primals[step]],
      noise: roundingNoise(terms)
    ) { values in
      function.edges(at: Array(values.prefix(count)), result: values[2 * count]).reduce(0) {
        sum, edge in
        sum + (places[edge.argument].map { flow(edge.partial, values[count + $0]) } ?? 0)
      }
    }
  }

  // MARK: Formulas

  struct UsableFormula {
    let formula: ClaimedFormula
    let arguments: [(step: Int, isTangent: Bool)]
  }

  /// A row's formula, if it can be computed with; one that is wrong is blamed.
  private mutating func usableFormula(
    of row: Int, _ step: Int, _ tangents: [[Double]]
  ) throws(Problem) -> UsableFormula? {
    guard let formula = try table.formula(of: row), !formula.isGeneral else { return nil }
    var arguments: [(step: Int, isTangent: Bool)] = []
    for name in formula.references {
      guard name.mark != .adjoint, let argument = table.step(of: name.base, in: row) else {
        throw Problem(
          .traceName(name.shown), in: table.source, at: rows[row].formulas.last?.range)
      }
      arguments.append((argument, name.mark == .tangent))
    }
    func values(_ point: Int) -> [Double] {
      arguments.map { $0.isTangent ? tangents[point][$0.step] : stepRuns[point].values[$0.step] }
    }
    // A formula that has no value here, though the tangent has: `0 × ln 0`.
    guard formula.value(values(0)).isFinite else { return nil }
    let isTangent = stepRuns.indices.allSatisfy { point in
      point > 0 && hasKink(step)
        || formula.gives(tangents[point][step], at: values(point), isChosen: point == 0)
    }
    if isTangent { return UsableFormula(formula: formula, arguments: arguments) }
    // Numbers in place of names: only the value can be judged.
    if formula.references.isEmpty || formula.hasDecimals { return nil }
    let known = unknown.contains(step)
    if !known { blame(row, "this is not the tangent of \(defining(step))") }
    return nil
  }

  /// Whether a step's rule is another one beside the point.
  func hasKink(_ step: Int) -> Bool {
    guard let function = table.steps[step].function else { return false }
    let arguments = function.arguments.map { stepRuns[0].values[$0] }
    return !function.tape.kinks(function.tape.slotValues(at: arguments)).isEmpty
  }

  /// A step with its formula, as the table has it.
  func defining(_ step: Int) -> String {
    guard let row = table.steps[step].row else { return table.steps[step].base }
    return shortened(rows[row].text)
  }

  // MARK: Seeds

  /// The seeds that a title names, those that the variables' own rows have, or one after the other.
  private mutating func seeds(of run: Int, _ own: [Int], _ place: Int) -> [Double] {
    var seeds = Array(repeating: 0.0, count: table.inputCount)
    let named = runs[run].seeds.compactMap { seed in
      input(seed.base).map { ($0, seed.value) }
    }
    if !named.isEmpty {
      for (input, value) in named { seeds[input] = value }
      return seeds
    }
    for row in own {
      guard let step = table.step(of: rows[row].base, in: row), let input = input(step),
        let value = rows[row].value?.value, value.isFinite
      else { continue }
      seeds[input] = value
    }
    if seeds.contains(where: { $0 != 0 }) { return seeds }
    if !active.isEmpty { seeds[active[min(place, active.count - 1)]] = 1 }
    return seeds
  }

  private mutating func input(_ base: String) -> Int? {
    table.input(named: base) ?? table.step(of: base, in: .max).flatMap { input($0) }
  }

  /// The variable that a step is, under whatever name.
  func input(_ step: Int) -> Int? {
    var step = step
    for _ in table.steps {
      guard let function = table.steps[step].function else { return step }
      guard function.isIdentity else { return nil }
      step = function.arguments[function.tape.output]
    }
    return nil
  }

  /// Derivatives of the result that forward mode would have, and the table has not.
  mutating func missingTangents(_ output: Int) -> [String] {
    let tangentRows = rows.indices.filter { rows[$0].kind == .tangent }
    var missing: [String] = []
    var covered: Set<Int> = []
    for (place, run) in Set(tangentRows.map { rows[$0].run }).sorted().enumerated() {
      let own = tangentRows.filter { rows[$0].run == run }
      let seeds = seeds(of: run, own, place)
      let moving = seeds.indices.filter { seeds[$0] != 0 }
      let hasResult = own.contains {
        guard rows[$0].value != nil else { return false }
        if table.isOutputName(rows[$0].base) { return true }
        return table.step(of: rows[$0].base, in: $0).map { same($0, output) } ?? false
      }
      covered.formUnion(moving)
      if !hasResult { missing += moving.map(derivativeName) }
    }
    if !covered.isEmpty { missing += active.filter { !covered.contains($0) }.map(derivativeName) }
    return missing
  }

  /// Whether two steps are one quantity under two names, or in two tables.
  func same(_ one: Int, _ other: Int) -> Bool {
    table.steps[root(one)].base == table.steps[root(other)].base
  }

  private func root(_ step: Int) -> Int {
    var step = step
    for _ in table.steps {
      guard let function = table.steps[step].function, function.isIdentity else { return step }
      step = function.arguments[function.tape.output]
    }
    return step
  }

  func derivativeName(_ input: Int) -> String {
    "d\(outputName)/d\(computation.variables[input])"
  }
}

extension ClaimedFormula {
  /// Whether a formula has a value, as far as rounding lets it.
  ///
  /// - Parameter isChosen: whether it must have a value here; at random points it may have none.
  func gives(_ value: Double, at arguments: [Double], isChosen: Bool) -> Bool {
    let run = RunningError(tape, at: arguments)
    if run.value == value { return true }
    guard run.value.isFinite, value.isFinite else {
      return !isChosen || run.value.isNaN && !value.isFinite
    }
    let error = run.error.isFinite ? 16 * run.error : 0
    return (run.value - value).magnitude
      <= 1e-8 * max(run.value.magnitude, value.magnitude) + error + .leastNormalMagnitude
  }
}
