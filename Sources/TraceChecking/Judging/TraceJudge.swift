// Holds a trace table against the computation: what is wrong in itself, and what only follows.
import Calculus
import Checking
import Language
import Syntax

/// Judges the rows of a table, each by the truth and by what was written before it.
package struct TraceJudge {
  let expression: Expression
  let computation: Computation
  let rows: [ClaimedRow]
  let runs: [TangentRun]
  let precision: TablePrecision
  let unread: [SourceRange]
  let tolerance: Double
  let active: [Int]
  /// The point of the table, and others at which formulas are compared.
  let points: [[Double]]
  let outputName: String

  var table: StepTable
  var stepRuns: [StepRun] = []
  var results: [RowResult] = []
  /// What each step carries on.
  var primals: [Carried] = []
  /// Steps of whose truth nothing is known: a wrong formula is above them.
  var unknown: Set<Int> = []

  /// - Parameters:
  ///   - source: the table.
  ///   - point: values for all of the expression's variables.
  ///   - output: what `trace` calls the result.
  ///   - active: the variables that derivatives are taken in; all if nil.
  ///   - seed: draws the other points.
  package init(
    _ source: SourceText, of expression: Expression, at point: Point, output: String,
    active: [String]?, tolerance: Double, seed: UInt64
  ) throws(Problem) {
    let computation = try Computation(expression, at: point)
    let inputs = StepTable.inputs(computation)
    let standard = StepTable.standardNames(computation.tape)
    let reader = try ClaimedRowReader(source, output: output) {
      inputs[$0] != nil || standard[$0] != nil || $0 == output
    }
    self.expression = expression
    self.computation = computation
    self.tolerance = tolerance
    outputName = output
    rows = reader.rows
    runs = reader.runs
    precision = reader.precision
    unread = reader.unread.map(\.range)
    self.active = computation.variables.indices.filter {
      active?.contains(computation.variables[$0]) ?? true
    }
    table = try StepTable(
      rows, in: source, computation, output: output, at: point.values, precision)
    guard reader.rows.contains(where: { $0.value != nil }) else {
      throw Problem(.traceEmpty, in: source, at: nil)
    }
    points = [point.values] + Self.nearbyPoints(point.values, seed)
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

  package mutating func outcome() throws(Problem) -> TraceOutcome {
    let firstAdjoint = rows.indices.first { rows[$0].kind == .adjoint } ?? .max
    var output = try table.output(seenFrom: firstAdjoint)
    try resolveAll()
    run()
    let asWritten = self
    let blamed = try judgeFormulas(&output)
    let adjointOrder = try judgeValues(output.step)
    try excuse(asWritten, output.step, blamed)
    let missing = missing(output)
    return TraceOutcome(rows: results, first: first(adjointOrder), missing: missing, unread: unread)
  }

  /// Puts in the steps that derivatives' rows name, before anything is computed.
  private mutating func resolveAll() throws(Problem) {
    for row in rows.indices where rows[row].kind != .primal {
      guard table.step(of: rows[row].base, in: row) != nil else {
        throw Problem(
          .traceName(rows[row].base), in: table.source, at: rows[row].name.range)
      }
      for name in try table.formula(of: row)?.references ?? [] {
        _ = table.step(of: name.base, in: row)
      }
    }
    try table.updateOrder()
  }

  /// Judges the values of all rows.
  ///
  /// - Returns: the adjoints' rows in the order of the sweep.
  private mutating func judgeValues(_ output: Int) throws(Problem) -> [Int] {
    judgePrimals(output)
    try judgeTangents(output)
    return try judgeAdjoints(output)
  }

  /// Derivatives that are right for the formulas as they were written are wrong only because of these.
  private mutating func excuse(
    _ asWritten: TraceJudge, _ output: Int, _ blamed: [Int]
  ) throws(Problem) {
    guard let root = blamed.min(), unknown.isEmpty else { return }
    var asWritten = asWritten
    _ = try asWritten.judgeValues(output)
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
  }

  func step(of row: Int) -> Int? { table.stepOfRow[row] }

  func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(39) + "…"
  }

  // MARK: Values of the primal trace

  private mutating func judgePrimals(_ output: Int) {
    let values = stepRuns[0].values
    let live = liveSteps(output)
    primals = values.map { Carried(value: $0, halfUnit: 0, root: nil) }
    for step in table.order {
      guard let function = table.steps[step].function else {
        judgeVariable(step)
        continue
      }
      let recomputed = Recomputation(function.arguments.map { primals[$0] }, of: function.tape)
      let isUnknown = unknown.contains(step)
      let truth: Double? = isUnknown ? (step == output ? trueResult : nil) : values[step]
      guard let row = table.steps[step].row else {
        primals[step] = recomputed.carried
        continue
      }
      primals[step] = judge(
        row, truth, recomputed, mayBeUndefined: !live[step] && trueResult.isFinite)
      diagnose(
        row, function.formula, function.arguments.map { (table.steps[$0].base, values[$0]) })
    }
  }

  private mutating func judgeVariable(_ variable: Int) {
    let value = points[0][variable]
    for row in table.rowsOfVariable[variable] ?? [] {
      primals[variable] = judge(row, value, Recomputation([]) { _ in value })
      let identity = StepFunction(identityOf: variable).formula
      diagnose(row, identity, [(table.steps[variable].base, value)])
    }
  }

  private var trueResult: Double { computation.tape.value(at: points[0]) }

  /// The steps that the result's value comes from: a branch that is not taken may be undefined.
  private func liveSteps(_ output: Int) -> [Bool] {
    var live = Array(repeating: false, count: table.steps.count)
    live[output] = true
    for step in table.order.reversed() where live[step] {
      guard let function = table.steps[step].function else { continue }
      let values = function.arguments.map { stepRuns[0].values[$0] }
      for argument in function.tape.liveVariables(at: values) {
        live[function.arguments[argument]] = true
      }
    }
    return live
  }

  // MARK: One value

  /// Judges the value of a row and gives what it carries on.
  ///
  /// - Parameters:
  ///   - truth: what it should be; nil if that is not known.
  ///   - mayBeUndefined: whether NaN is right where the truth is.
  mutating func judge(
    _ row: Int, _ truth: Double?, _ recomputed: Recomputation?, mayBeUndefined: Bool = false
  ) -> Carried {
    results[row].truth = truth
    guard let claim = rows[row].value else {
      var carried = recomputed?.carried ?? Carried(value: truth ?? .nan, halfUnit: 0, root: nil)
      if results[row].verdict == .wrong { carried.root = row }
      return carried
    }
    let halfUnit = claim.halfUnit(in: precision)
    var carried = Carried(value: claim.value, halfUnit: halfUnit, root: nil, truth: truth)
    if results[row].verdict == .wrong {
      carried.root = row
    } else if isRight(claim.value, truth, halfUnit, mayBeUndefined)
      || recomputed?.isSound(claim.value, within: halfUnit, tolerance: tolerance) == true
    {
      results[row].verdict = .right
    } else if let recomputed, recomputed.allows(claim.value, within: halfUnit, tolerance: tolerance)
    {
      results[row].verdict = recomputed.root.map { .follows(row: $0) } ?? .right
      carried.root = recomputed.root
    } else {
      results[row].verdict = .wrong
      carried.root = row
    }
    if results[row].verdict == .right, let truth, truth.isFinite {
      // Whoever goes on from here has the number as it was written, or with more digits: the true ones, or those that
      // the rows above come to.
      let others = [truth, recomputed?.value ?? truth].filter(\.isFinite)
      let distance = others.map { (claim.value - $0).magnitude }.max() ?? 0
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

  private mutating func missing(_ output: (step: Int, row: Int?)) -> [String] {
    var missing: [String] = []
    let primals = table.primalSteps
    let hasResult = primals.contains { rows[$0.row].value != nil && same($0.step, output.step) }
    if !primals.isEmpty, !hasResult { missing.append(outputName) }
    return missing + missingTangents(output.step) + missingAdjoints()
  }
}

extension Tape {
  /// The variables that the value comes from; of a branch only the one that is taken.
  fileprivate func liveVariables(at point: [Double]) -> [Int] {
    let values = slotValues(at: point)
    var live = Array(repeating: false, count: count)
    live[output] = true
    for slot in (0..<count).reversed() where live[slot] {
      let operands = operands(of: slot)
      if operation(in: slot) == .select, operands.count == 3, !values[operands[0]].isNaN {
        live[operands[0]] = true
        live[operands[values[operands[0]] != 0 ? 1 : 2]] = true
      } else {
        for operand in operands { live[operand] = true }
      }
    }
    return (0..<variableCount).filter { live[$0] }
  }
}
