// The formulas of the primal trace: where the result is not the expression, which of them is to blame.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  /// Finds the row with the result: the one that is the expression, the one that is called so, or the last.
  mutating func findOutput() throws(Problem) {
    let primalRows = rows.indices.filter { rows[$0].kind == .primal }
    let firstAdjoint = rows.indices.first { rows[$0].kind == .adjoint } ?? .max
    let candidates =
      primalRows.filter { $0 < firstAdjoint } + primalRows.filter { $0 > firstAdjoint }
    let locator = locator
    let ordered = Array(
      candidates.prefix { $0 < firstAdjoint }.reversed()
        + candidates.drop { $0 < firstAdjoint }.reversed())
    let isExpression = ordered.filter { row in
      table.stepOfRow[row].map { locator.isSlot($0, table.tape.output) } ?? false
    }
    let named = ordered.filter(isNamedResult)
    let result = named.first(where: isExpression.contains) ?? isExpression.first ?? named.first
    if let step = result.flatMap({ table.stepOfRow[$0] }) {
      output = step
    } else if let last = primalRows.last.flatMap({ table.stepOfRow[$0] }),
      isComplete(last, primalRows), let matches = locator.matches(),
      primalRows.contains(where: { row in table.stepOfRow[row].map { matches[$0] == nil } ?? false }
      )
    {
      output = last
    } else {
      output = try table.implicitOutput()
      run()
    }
  }

  /// Whether a row is called like the result, and is none that others are computed from: that one is the author's own.
  private func isNamedResult(_ row: Int) -> Bool {
    guard table.isOutputName(rows[row].base), let step = table.stepOfRow[row] else { return false }
    return !table.steps.contains {
      $0.row != nil && $0.function?.arguments.contains(step) == true
    }
  }

  /// Blames wrong formulas, and puts right those for which there is one way to do so.
  ///
  /// - Returns: the rows that were put right.
  mutating func judgeFormulas() throws(Problem) -> [Int] {
    let primalRows = rows.indices.filter { rows[$0].kind == .primal }
    var blamed: [Int] = []
    let locator = locator
    // A table for each seed has a result each.
    let results = primalRows.filter { isNamedResult($0) || table.stepOfRow[$0] == output }
    for row in results {
      guard let step = table.stepOfRow[row] else { continue }
      if !locator.isSlot(step, table.tape.output) { blamed += try blame(behind: step) }
    }
    if table.steps[output].row == nil, !primalRows.isEmpty, output >= table.inputCount,
      let matches = locator.matches()
    {
      // The row that the table leaves out: the result of what it has.
      try table.correct(output, to: locator.result(matches, except: output))
      run()
    }
    return blamed
  }

  var locator: FormulaLocator { FormulaLocator(table, stepRuns, at: points) }

  /// Whether all rows and all of the expression's variables lead to a step, so that it is meant to be
  /// the result though nothing says so.
  private func isComplete(_ last: Int, _ primalRows: [Int]) -> Bool {
    var leads = Array(repeating: false, count: table.steps.count)
    leads[last] = true
    for step in table.order.reversed() where leads[step] {
      for argument in table.steps[step].function?.arguments ?? [] { leads[argument] = true }
    }
    return primalRows.allSatisfy { table.stepOfRow[$0].map { leads[$0] } ?? true }
      && (0..<table.inputCount).allSatisfy { leads[$0] || table.tape.nodes[$0] == nil }
  }

  /// Blames the rows that keep a step from being the expression.
  private mutating func blame(behind result: Int) throws(Problem) -> [Int] {
    let locator = locator
    let matches = locator.matches() ?? [:]
    let corrections = matches.isEmpty ? [] : locator.corrections(of: result, matches)
    var blamed: [Int] = []
    for correction in corrections {
      guard let row = table.steps[correction.step].row else { continue }
      let slotValues = points.map { table.tape.slotValues(at: $0)[correction.slot] }
      if table.formula(of: row).map({ standsByNumbers($0, row) { slotValues[$0] } }) != true {
        blame(row, "it should be \(computation.text(of: correction.slot))")
      }
      try table.correct(correction.step, to: correction.function)
      blamed.append(row)
    }
    guard corrections.isEmpty else {
      run()
      return blamed
    }
    let strangers = locator.strangers(matches)
    for step in strangers.isEmpty ? [result] : strangers {
      guard let row = table.steps[step].row else { continue }
      blame(row, "this is no part of \(shortened(expression.text))")
      unknown.insert(step)
    }
    for step in table.order {
      let arguments = table.steps[step].function?.arguments ?? []
      if arguments.contains(where: unknown.contains) { unknown.insert(step) }
    }
    return []
  }

  mutating func blame(_ row: Int, _ message: String, _ kind: RowResult.Remark.Kind = .formula) {
    results[row].verdict = .wrong
    results[row].remark = RowResult.Remark(kind: kind, message: message)
  }
}
