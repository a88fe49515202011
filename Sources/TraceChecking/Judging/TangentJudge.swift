// The rows of forward mode: for each run of the table its seeds, and the tangent of each step.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  /// The true tangents of each run, from its seeds.
  mutating func computeTangents() {
    let own = rows.indices.filter { rows[$0].kind == .tangent }
    for (place, run) in Set(own.map { rows[$0].run }).sorted().enumerated() {
      let rowsOfRun = own.filter { rows[$0].run == run }
      let seeds = seeds(of: run, rowsOfRun, place)
      tellBareSeeds(rowsOfRun)
      seedsOfRun[run] = seeds
      // At every point the seeds of the run: whoever has 1 may leave it out.
      tangents[run] = stepRuns.map { $0.tangents(table.order, seeds: seeds) }
    }
  }

  /// Rows that say what the seeds are are right whatever they say; without a tangent that comes of them they may be
  /// meant for something else.
  private mutating func tellBareSeeds(_ own: [Int]) {
    let areSeeds = own.allSatisfy { row in
      table.step(of: rows[row].base, in: row).flatMap { input($0) } != nil
    }
    let other = own.first { row in
      rows[row].value.map { $0.value != 0 && $0.value != 1 } ?? false
    }
    guard areSeeds, let other, !unread.contains(where: { $0.range == rows[other].name.range })
    else {
      return
    }
    unread.append(UnreadPlace(range: rows[other].name.range))
  }

  mutating func judgeTangents() throws(Problem) {
    let own = rows.indices.filter { rows[$0].kind == .tangent }
    for run in Set(own.map { rows[$0].run }).sorted() {
      var rowsOfStep: [Int: [Int]] = [:]
      for row in own where rows[row].run == run {
        if let step = table.step(of: rows[row].base, in: row) {
          rowsOfStep[step, default: []].append(row)
        }
      }
      for step in table.order {
        let canonical = recomputation(of: step, run)
        let quantity = DerivativeQuantity.tangent(run: run, step)
        if let canonical { carriedDerivatives[quantity] = canonical.carried }
        for row in rowsOfStep[step] ?? [] {
          carriedDerivatives[quantity] = try judgeTangent(row, step, run, canonical)
        }
      }
    }
  }

  private mutating func judgeTangent(
    _ row: Int, _ step: Int, _ run: Int, _ canonical: Recomputation?
  ) throws(Problem) -> Carried {
    var recomputed = canonical
    var fitting: (formula: ClaimedFormula, reading: [DerivativeQuantity])?
    for formula in try formulas(of: row) {
      // A formula that has no value here, though the tangent has: `0 × ln 0`.
      let hasValue = formula.readings.contains { reading in
        formula.formula.value(reading.map { truth($0, 0) }).isFinite
      }
      guard hasValue else { continue }
      let reading = formula.reading(
        giving: { point in truth(.tangent(run: run, step), point) }, at: comparedPoints([step]),
        { quantity, point in truth(quantity, point) })
      if let reading {
        fitting = (formula.formula, reading)
      } else if !formula.formula.references.isEmpty, !unknown.contains(step) {
        let byNumbers = tangentByNumbers(formula, row, step, run)
        let isOpen = formula.readings.contains { followsFromNumbers(formula.formula, $0, row) }
        if byNumbers == nil, !isOpen { blame(row, "this is not the tangent of \(defining(step))") }
        if let byNumbers { recomputed = byNumbers }
      }
    }
    if let fitting, !unknown.contains(step),
      hasWrongFactor(fitting.formula, fitting.reading, step, run)
    {
      blame(row, "this is not the tangent of \(defining(step))")
    }
    if let fitting { recomputed = recomputation(fitting.formula, fitting.reading) }
    let isKnown = !unknown.contains(step) && !genericRuns.contains(run)
    let known = isKnown ? tangents[run]?[0][step] : nil
    let carried = judge(row, known, recomputed)
    if let fitting { diagnose(row, fitting.formula, fitting.reading.map { truth($0, 0) }) }
    return carried
  }

  private func tangentByNumbers(
    _ formula: DerivativeFormula, _ row: Int, _ step: Int, _ run: Int
  ) -> Recomputation? {
    formula.readings.lazy.compactMap { reading in
      recomputationByNumbers(
        formula.formula, reading, row, giving: { truth(.tangent(run: run, step), $0) },
        at: comparedPoints([step]), { truth($0, $1) })
    }.first
  }

  /// Whether a tangent that is 0 here stands with another factor than the step's partial: 0 times it is right.
  private func hasWrongFactor(
    _ formula: ClaimedFormula, _ reading: [DerivativeQuantity], _ step: Int, _ run: Int
  ) -> Bool {
    let values = reading.map { truth($0, 0) }
    let value = formula.value(values)
    return reading.indices.contains { index in
      guard case .tangent(run, let argument) = reading[index], values[index] == 0 else {
        return false
      }
      let partials = stepRuns[0].edges[step].filter { $0.argument == argument }.map(\.partial)
      let partial = partials.reduce(0, +)
      var moved = values
      moved[index] = 1
      let factor = formula.value(moved) - value
      guard !partials.isEmpty, partial.isFinite, factor.isFinite else { return false }
      return !isRight(factor, partial, 1e-9 * (1 + value.magnitude))
    }
  }

  /// The tangent of a step from those of its arguments, as the table has them; nil for a variable.
  private mutating func recomputation(of step: Int, _ run: Int) -> Recomputation? {
    guard let function = table.steps[step].function else { return nil }
    let count = function.arguments.count
    let places = Dictionary(
      function.arguments.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let own = function.arguments.map { carried(.tangent(run: run, $0)) }
    let terms = stepRuns[0].edges[step].map {
      flow($0.partial, carried(.tangent(run: run, $0.argument)).value)
    }
    return Recomputation(
      function.arguments.map { primals[$0] } + own + [primals[step]], noise: roundingNoise(terms)
    ) { values in
      function.edges(at: Array(values.prefix(count)), result: values[2 * count]).reduce(0) {
        sum, edge in
        sum + (places[edge.argument].map { flow(edge.partial, values[count + $0]) } ?? 0)
      }
    }
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
        let value = rows[row].value?.value ?? constant(row), value.isFinite
      else { continue }
      seeds[input] = value
    }
    if seeds.contains(where: { $0 != 0 }) { return seeds }
    if own.allSatisfy({ rows[$0].numbers.isEmpty }),
      own.contains(where: { !namedSeeds($0).isEmpty })
    {
      genericRuns.insert(run)
      return genericSeeds(own)
    }
    if !active.isEmpty {
      let names = active.map { computation.variables[$0] }
      let first = min(place, active.count - 1)
      let order = [first] + active.indices.filter { $0 != first }
      let way =
        active.count > 1
        ? readings.way(
          "the run \(place + 1) of tangents", order.map { "the one with respect to \(names[$0])" })
        : 0
      seeds[active[order[way]]] = 1
    }
    return seeds
  }

  /// The variables whose tangents a row's formulas have in them.
  private mutating func namedSeeds(_ row: Int) -> [Int] {
    var named: [Int] = []
    for name in table.formulas[row].flatMap(\.references) where name.mark == .tangent {
      if let step = table.step(of: name.base, in: row), let input = input(step) {
        named.append(input)
      }
    }
    return named
  }

  /// Some seed for each variable whose tangent formulas without any number name: they have to hold for all.
  private mutating func genericSeeds(_ own: [Int]) -> [Double] {
    var seeds = Array(repeating: 0.0, count: table.inputCount)
    for input in own.flatMap({ namedSeeds($0) }) {
      seeds[input] = 1 + Double(input) * 0.618_033_988_749_894_9
    }
    return seeds
  }

  /// The value of a formula without names.
  private func constant(_ row: Int) -> Double? {
    table.formulas[row].first { $0.references.isEmpty }?.value([])
  }

  mutating func input(_ base: String) -> Int? {
    table.input(named: base) ?? table.step(of: base, in: .max).flatMap { input($0) }
  }

  /// The variable that a step is, under whatever name.
  func input(_ step: Int) -> Int? {
    let root = root(step)
    return root < table.inputCount ? root : nil
  }

  /// Derivatives of the result that forward mode would have, and the table has not.
  mutating func missingTangents() -> [String] {
    let tangentRows = rows.indices.filter { rows[$0].kind == .tangent }
    var missing: [String] = []
    var covered: Set<Int> = []
    for run in Set(tangentRows.map { rows[$0].run }).sorted() {
      let moving = seedsOfRun[run]?.indices.filter { seedsOfRun[run]?[$0] != 0 } ?? []
      let hasResult = tangentRows.contains { row in
        guard rows[row].run == run, isClaimed(row) else { return false }
        if table.isOutputName(rows[row].base) { return true }
        return table.step(of: rows[row].base, in: row).map { same($0, output) } ?? false
      }
      covered.formUnion(moving)
      if !hasResult { missing += moving.map(derivativeName) }
    }
    if !covered.isEmpty { missing += active.filter { !covered.contains($0) }.map(derivativeName) }
    return missing
  }

  /// Whether a row says anything that was judged.
  func isClaimed(_ row: Int) -> Bool {
    rows[row].value != nil || table.formulas[row].contains { !$0.references.isEmpty }
  }

  /// Whether two steps are one quantity under two names, or in two tables.
  func same(_ one: Int, _ other: Int) -> Bool {
    one == other || table.steps[root(one)].base == table.steps[root(other)].base
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
