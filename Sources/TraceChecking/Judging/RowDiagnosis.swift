// What probably went wrong in a row: one slip that turns its formula's value into what was written.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  mutating func diagnose(_ row: Int, _ formula: ClaimedFormula, _ values: [Double]) {
    diagnose(row, formula.formula, Array(zip(formula.references.map(\.shown), values)))
  }

  /// Looks for the slip behind a wrong value.
  ///
  /// - Parameters:
  ///   - formula: what the row computes.
  ///   - arguments: what it computes it from, with the true values.
  mutating func diagnose(
    _ row: Int, _ formula: Formulas, _ arguments: [(name: String, value: Double)]
  ) {
    guard results[row].verdict == .wrong, results[row].remark == nil,
      let claim = results[row].claimed ?? rows[row].value, claim.value.isFinite,
      let truth = results[row].truth,
      truth.isFinite
    else { return }
    let halfUnit = claim.halfUnit(in: precision)
    guard halfUnit <= 0.01 * claim.value.magnitude else { return }
    if (claim.value + truth).magnitude <= halfUnit * (1 + 1e-9) + 1e-9 * truth.magnitude {
      results[row].mistake = Mistake(.sign, "wrong sign")
    } else if isCutOff(claim, truth, halfUnit) {
      results[row].mistake = Mistake(.number, "cut off where it should be rounded")
    } else {
      results[row].mistake = slip(in: formula, arguments, claim.value, truth, halfUnit)
    }
  }

  private func isCutOff(_ claim: ClaimedNumber, _ truth: Double, _ halfUnit: Double) -> Bool {
    let rest = truth.magnitude - claim.value.magnitude
    return claim.halfUnit != nil && claim.value.sign == truth.sign && rest > 0
      && rest < 2 * halfUnit
  }

  private func slip(
    in formula: Formulas, _ arguments: [(name: String, value: Double)], _ claim: Double,
    _ truth: Double, _ halfUnit: Double
  ) -> Mistake? {
    FormulaSlips.slip(
      in: formula, of: arguments.map(\.name), at: arguments.map(\.value), claim: claim,
      truth: truth, halfUnit: halfUnit)
  }
}
