// The values of the primal trace, each by its formula and by what was written before it.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  mutating func judgePrimals() {
    let values = stepRuns[0].values
    let live = liveSteps(output)
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
      judgeOtherFormulas(row, step)
      primals[step] = judge(
        row, truth, recomputed, mayBeUndefined: !live[step] && trueResult.isFinite)
      diagnose(
        row, function.formula, function.arguments.map { (table.steps[$0].base, values[$0]) })
    }
  }

  /// Several formulas of one row have to be the same.
  private mutating func judgeOtherFormulas(_ row: Int, _ step: Int) {
    for formula in table.formulas[row]
    where formula.isPrimal && !formula.references.isEmpty && !unknown.contains(step)
      && results[row].verdict != .wrong
    {
      let arguments = formula.references.map { table.step(of: $0.base, in: row) ?? step }
      let isRight = comparedPoints([step]).allSatisfy { point in
        formula.gives(
          stepRuns[point].values[step], at: arguments.map { stepRuns[point].values[$0] },
          isChosen: point == 0)
      }
      let truths = stepRuns.map { $0.values[step] }
      let stands = isRight || standsByNumbers(formula, row) { truths[$0] }
      if !stands { blame(row, "'\(shortened(formula.text.text))' is something else") }
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
