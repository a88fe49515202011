// The formulas of the primal trace: where the result is not the expression, which of them is to blame.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  /// Blames wrong formulas, and puts right those for which there is one way to do so.
  ///
  /// - Returns: the rows that were put right.
  mutating func judgeFormulas(_ output: inout (step: Int, row: Int?)) throws(Problem) -> [Int] {
    let primals = table.primalSteps
    var blamed: [Int] = []
    // A table for each seed has a result each.
    for (row, step) in primals where table.isOutputName(rows[row].base) {
      if !locator.isSlot(step, table.tape.output) { blamed += try blame(behind: step) }
    }
    guard output.row == nil, let last = primals.last else { return blamed }
    let locator = locator
    if let found = primals.last(where: { locator.isSlot($0.step, table.tape.output) }) {
      output = (found.step, found.row)
    } else if let matches = locator.matches() {
      if primals.contains(where: { matches[$0.step] == nil }), isComplete(last.step) {
        output = (last.step, last.row)
        blamed += try blame(behind: output.step)
      } else if output.step >= table.inputCount {
        // The row that the table leaves out: the result of what it has.
        try table.correct(output.step, to: locator.result(matches, except: output.step))
        run()
      }
    }
    return blamed
  }

  private var locator: FormulaLocator { FormulaLocator(table, stepRuns, at: points) }

  /// Whether all rows and all of the expression's variables lead to a step, so that it is meant to be
  /// the result though nothing says so.
  private func isComplete(_ last: Int) -> Bool {
    var leads = Array(repeating: false, count: table.steps.count)
    leads[last] = true
    for step in table.order.reversed() where leads[step] {
      for argument in table.steps[step].function?.arguments ?? [] { leads[argument] = true }
    }
    return table.primalSteps.allSatisfy { leads[$0.step] }
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
      blame(row, "it should be \(computation.text(of: correction.slot))")
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
