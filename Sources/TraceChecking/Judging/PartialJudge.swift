// The rows with local partial derivatives: how a step changes with one of its arguments.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  mutating func judgePartials() throws(Problem) {
    for row in rows.indices where rows[row].kind == .partial {
      let meanings = meanings(of: row)
      let formulas = try formulas(of: row)
      let points = comparedPoints(
        meanings.compactMap { if case .local(let step, _) = $0 { step } else { nil } })
      func fits(_ meaning: DerivativeQuantity) -> Bool {
        formulas.allSatisfy { formula in
          formula.reading(
            giving: { truth(meaning, $0) }, at: points, { truth($0, $1) }) != nil
        }
      }
      let fitting = meanings.filter(fits)
      let right = fitting.first { meaning in
        rows[row].numbers.allSatisfy {
          isRight($0.value, truth(meaning, 0), $0.halfUnit(in: precision))
        }
      }
      guard let meaning = right ?? fitting.first ?? meanings.first else { continue }
      if fitting.isEmpty, unknown.isEmpty {
        blame(row, "this is not the partial derivative", .localPartial)
      }
      carriedDerivatives[meaning] = judge(
        row, unknown.isEmpty ? truth(meaning, 0) : nil, recomputation(meaning, formulas))
    }
  }

  /// What a row with a partial can be about.
  private mutating func meanings(of row: Int) -> [DerivativeQuantity] {
    guard let step = table.step(of: rows[row].base, in: row) else { return [] }
    if let name = rows[row].over {
      let over = over(name, in: row)
      let isArgument = table.steps[over].function?.arguments.contains(step) == true
      let locals: [DerivativeQuantity] = isArgument ? [.local(of: over, step)] : []
      return rows[row].isLocal && isArgument ? locals : locals + [.total(of: over, step)]
    }
    let arguments = table.steps[step].function?.arguments ?? []
    return arguments.isEmpty
      ? [.local(of: step, step)] : arguments.map { .local(of: step, $0) }
  }

  private mutating func recomputation(
    _ meaning: DerivativeQuantity, _ formulas: [DerivativeFormula]
  ) -> Recomputation? {
    for formula in formulas where !formula.formula.references.isEmpty {
      return recomputation(formula.formula, formula.readings[0])
    }
    guard case .local(let over, let step) = meaning, over != step,
      let function = table.steps[over].function
    else { return nil }
    return Recomputation((function.arguments + [over]).map { primals[$0] }) { values in
      function.edges(at: values.dropLast(), result: values.last).reduce(0) {
        $1.argument == step ? $0 + $1.partial : $0
      }
    }
  }
}
