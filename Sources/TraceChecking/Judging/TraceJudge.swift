// Holds a trace table against the computation: what is wrong in itself, and what only follows.
import Calculus
import Checking
import Language
import Syntax

/// Judges the rows of a table, each by the truth and by what was written before it.
struct TraceJudge {
  let expression: Expression
  let computation: Computation
  var rows: [ClaimedRow]
  let runs: [TangentRun]
  let precision: TablePrecision
  let tolerance: Double
  let active: [Int]
  /// The point of the table, and others at which formulas are compared.
  let points: [[Double]]
  let outputName: String

  var readings: Readings
  var unread: [UnreadPlace]
  /// Whether columns are there for values.
  let hasPlaces: Bool
  var table: StepTable
  var output = 0
  var stepRuns: [StepRun] = []
  var results: [RowResult] = []
  /// What each step carries on, and each derivative that rows tell.
  var primals: [Carried] = []
  var carriedDerivatives: [DerivativeQuantity: Carried] = [:]
  /// The true tangents of each run at each point, and its seeds.
  var tangents: [Int: [[Double]]] = [:]
  var seedsOfRun: [Int: [Double]] = [:]
  /// Runs that hold for all seeds: nothing says which they are.
  var genericRuns: Set<Int> = []
  var sweep: AdjointSweep
  /// Steps of whose truth nothing is known: a wrong formula is above them.
  var unknown: Set<Int> = []

  init(_ request: TraceRequest, _ readings: inout Readings) throws(Problem) {
    let computation = request.computation
    let inputs = computation.variables.map(NameScanner.canonical)
    let known = Set(inputs + ["y", "f", "return", request.output])
    var reader = try RowReader(request.source, inputs: inputs, &readings) {
      known.contains($0) || Numbering.isPossible($0, computation.tape)
    }
    expression = request.expression
    self.computation = computation
    tolerance = request.tolerance
    outputName = request.output
    points =
      [request.point.values] + Self.nearbyPoints(request.point.values, UInt64(request.seed))
    var table = try StepTable(reader, computation, output: request.output, at: points, &readings)
    var unread = reader.unread.map { UnreadPlace(range: $0.range) }
    if !table.strangers.isEmpty {
      // Nobody knows what they are, nor their derivatives.
      let strangers = Dictionary(
        table.strangers.map { (reader.rows[$0].base, reader.rows[$0].name) },
        uniquingKeysWith: { first, _ in first })
      unread += strangers.values.map { UnreadPlace(range: $0.range, name: $0.text) }
      unread.sort { $0.range.start < $1.range.start }
      reader.rows.removeAll { strangers[$0.base] != nil }
      table = try StepTable(reader, computation, output: request.output, at: points, &readings)
    }
    self.table = table
    self.unread = unread
    hasPlaces = reader.hasPlaces
    rows = reader.rows
    runs = reader.runs
    precision = reader.precision
    active = computation.variables.indices.filter {
      request.active?.contains(computation.variables[$0]) ?? true
    }
    guard rows.contains(where: { !$0.numbers.isEmpty || !$0.formulas.isEmpty }) else {
      let first = unread.first { $0.name != nil }
      throw Problem(
        first?.name.map { .traceWithoutFormula($0) } ?? .traceEmpty, in: request.source,
        at: first?.range)
    }
    self.readings = readings
    sweep = AdjointSweep()
    results = rows.map { RowResult(row: $0, verdict: .empty, truth: nil) }
  }

  /// Random points nearby, where formulas that agree at the one point may differ: near enough for
  /// every branch to be the same.
  private static func nearbyPoints(_ point: [Double], _ seed: UInt64) -> [[Double]] {
    var random = SplitMix64(state: seed)
    return (0..<4).map { _ in
      point.map { value in
        let shift = random.value(in: 0.001...0.01) * (random.next() % 2 == 0 ? 1 : -1)
        return value == 0 ? shift : value * (1 + shift)
      }
    }
  }

  mutating func outcome() throws(Problem) -> TraceOutcome {
    run()
    try findOutput()
    table.result = output
    try resolveAll()
    run()
    for row in rows.indices where rows[row].kind == .partial { try resolvePartial(row) }
    let asWritten = self
    let blamed = try judgeFormulas()
    let adjointOrder = try judgeValues()
    try excuse(asWritten, blamed)
    tellStrangers()
    for row in rows.indices { results[row].row = rows[row] }
    return TraceOutcome(
      rows: results, first: first(adjointOrder), missing: missing(), absent: absent(),
      unread: unread, isBlank: isBlank, readings: readings.told)
  }

  /// Puts in the steps that derivatives' rows name, before anything is computed.
  private mutating func resolveAll() throws(Problem) {
    for row in rows.indices where rows[row].kind != .primal {
      guard table.step(of: rows[row].base, in: row) != nil else {
        throw Problem(.traceName(rows[row].base), in: table.source, at: rows[row].name.range)
      }
      if let name = rows[row].over { _ = table.step(of: name, in: row) }
      for name in table.formulas[row].flatMap(\.references) {
        _ = table.step(of: name.base, in: row)
        if let over = name.over { _ = table.step(of: over, in: row) }
      }
    }
    try table.updateOrder()
  }

  /// What a quotient's row is: ∂y/∂v of the result is an adjoint, ∂v/∂x1 a tangent.
  private mutating func resolvePartial(_ row: Int) throws(Problem) {
    guard let name = rows[row].over, !rows[row].isLocal else { return }
    if same(over(name, in: row), output) { rows[row].kind = .adjoint }
  }

  /// Judges the values of all rows.
  ///
  /// - Returns: the adjoints' rows in the order of the sweep.
  private mutating func judgeValues() throws(Problem) -> [Int] {
    judgePrimals()
    computeTangents()
    sweep = AdjointSweep(table, stepRuns, output: output)
    try judgePartials()
    try judgeTangents()
    return try judgeAdjoints()
  }

  /// Rows of the primal trace that nothing comes from and that are no part of the expression are not judged.
  private mutating func tellStrangers() {
    var leads = Array(repeating: false, count: table.steps.count)
    leads[output] = true
    for row in rows.indices where rows[row].kind != .primal {
      for name in table.formulas[row].flatMap(\.references) {
        if let step = table.step(of: name.base, in: row) { leads[step] = true }
      }
      if let step = table.step(of: rows[row].base, in: row) { leads[step] = true }
    }
    for step in table.order.reversed() where leads[step] {
      for argument in table.steps[step].function?.arguments ?? [] { leads[argument] = true }
    }
    let locator = locator
    for row in rows.indices where rows[row].kind == .primal && isClaimed(row) {
      guard let step = table.stepOfRow[row], !leads[step], step >= table.inputCount,
        !(0..<table.tape.count).contains(where: { locator.isSlot(step, $0) })
      else { continue }
      if results[row].verdict == .right { results[row].verdict = .unjudged }
      unread.append(
        UnreadPlace(range: rows[row].name.range, name: rows[row].name.text, leads: false))
    }
  }

  /// Whether nothing but the variables' values is filled in, where there is a place for more.
  private var isBlank: Bool {
    let filled = rows.indices.filter { row in
      let isGiven =
        rows[row].kind == .primal && table.stepOfRow[row].map { input($0) } ?? nil != nil
      return !isGiven && (!rows[row].numbers.isEmpty || rows[row].partial != nil)
    }
    let hasFormulas = rows.indices.contains { row in
      table.formulas[row].contains { !$0.references.isEmpty }
    }
    return filled.isEmpty && (hasPlaces || !hasFormulas)
  }

  /// Derivatives that are right for the formulas as they were written are wrong only because of these.
  private mutating func excuse(
    _ asWritten: TraceJudge, _ blamed: [Int]
  ) throws(Problem) {
    guard let root = blamed.min(), unknown.isEmpty else { return }
    var asWritten = asWritten
    _ = try asWritten.judgeValues()
    for row in rows.indices where rows[row].kind != .primal && results[row].verdict == .wrong {
      switch asWritten.results[row].verdict {
      case .right: results[row].verdict = .follows(row: root)
      case .follows(let other): results[row].verdict = .follows(row: other)
      default: continue
      }
      results[row].remark = nil
      results[row].mistake = nil
    }
    for row in rows.indices {
      while case .follows(let other) = results[row].verdict,
        case .follows(let next) = results[other].verdict, next != other
      {
        results[row].verdict = .follows(row: next)
      }
    }
  }

  mutating func run() {
    stepRuns = points.map { StepRun(table.steps, table.order, at: $0) }
    primals = stepRuns[0].values.map { Carried(value: $0, halfUnit: 0, root: nil) }
  }

  func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(39) + "…"
  }

  // MARK: One value

  /// Judges the values of a row and gives what it carries on.
  ///
  /// - Parameters:
  ///   - truth: what it should be; nil if that is not known.
  ///   - increment: what else a number of the row may be: what is added, not what it comes to.
  ///   - mayBeUndefined: whether NaN is right where the truth is.
  mutating func judge(
    _ row: Int, _ truth: Double?, _ recomputed: Recomputation?, increment: Double? = nil,
    mayBeUndefined: Bool = false
  ) -> Carried {
    results[row].truth = truth
    guard let last = rows[row].numbers.last else {
      var carried = recomputed?.carried ?? Carried(value: truth ?? .nan, halfUnit: 0, root: nil)
      if results[row].verdict == .wrong { carried.root = row }
      if results[row].verdict == .empty, isClaimed(row) { results[row].verdict = .right }
      return carried
    }
    let isBlamed = results[row].verdict == .wrong
    var carried = Carried(value: last.value, halfUnit: 0, root: nil, truth: truth)
    for number in rows[row].numbers {
      let halfUnit = number.halfUnit(in: precision)
      if isRight(number.value, truth, halfUnit, mayBeUndefined)
        || isRight(number.value, increment, halfUnit)
        || recomputed?.isSound(number.value, within: halfUnit, tolerance: tolerance) == true
      {
        if results[row].verdict == .empty { results[row].verdict = .right }
      } else if let recomputed,
        recomputed.allows(number.value, within: halfUnit, tolerance: tolerance)
      {
        if results[row].verdict != .wrong {
          results[row].verdict = recomputed.root.map { .follows(row: $0) } ?? .right
          carried.root = recomputed.root
        }
      } else if results[row].claimed == nil || !isBlamed && results[row].verdict != .wrong {
        results[row].verdict = .wrong
        results[row].claimed = number
      }
    }
    if results[row].verdict == .wrong { carried.root = row }
    if isRight(last.value, increment, 0), !isRight(last.value, truth, 0), let truth {
      carried.value = truth
    }
    carried.halfUnit = last.halfUnit(in: precision)
    if results[row].verdict == .right, let truth, truth.isFinite {
      // Whoever goes on from here has the number as it was written, or with more digits: the true ones, or those that
      // the rows above come to.
      let others = [truth, recomputed?.value ?? truth].filter(\.isFinite)
      let distance = others.map { (carried.value - $0).magnitude }.max() ?? 0
      carried.halfUnit = min(carried.halfUnit, 1.1 * distance)
    }
    return carried
  }

  func isRight(
    _ value: Double, _ truth: Double?, _ halfUnit: Double, _ mayBeUndefined: Bool = false
  ) -> Bool {
    guard let truth else { return false }
    if value.isNaN || truth.isNaN { return mayBeUndefined && value.isNaN && truth.isNaN }
    if value == truth { return true }
    let slack =
      halfUnit * (1 + 1e-9) + tolerance * max(value.magnitude, truth.magnitude)
      + .leastNormalMagnitude
    return (value - truth).magnitude <= slack && value.isFinite
  }

  // MARK: All rows

  /// The wrong row that comes first, in the order in which the table is computed.
  private func first(_ adjointOrder: [Int]) -> Int? {
    let wrong = results.indices.filter { results[$0].verdict == .wrong }
    let rank = Dictionary(uniqueKeysWithValues: adjointOrder.enumerated().map { ($1, $0) })
    return wrong.first { rows[$0].kind != .adjoint || rank.isEmpty }
      ?? wrong.min { rank[$0] ?? 0 < rank[$1] ?? 0 }
  }

  private mutating func missing() -> [String] {
    var missing: [String] = []
    let primals = rows.indices.filter { rows[$0].kind == .primal }
    let hasResult = primals.contains {
      isClaimed($0) && (table.stepOfRow[$0].map { same($0, output) } ?? false)
    }
    if !primals.isEmpty, !hasResult { missing.append(outputName) }
    for name in missingTangents() + missingAdjoints() where !missing.contains(name) {
      missing.append(name)
    }
    return missing
  }
}
