// Formulas that have numbers in the place of names: `0.54 * 0.5 + 1` for `ā*y + f̄`.
import Calculus
import Checking
import Language
import Syntax

extension TraceJudge {
  /// What a formula that is not the truth at every point comes to by its numbers, if these stand for quantities with
  /// which it is, or if it is right as far as its decimals say.
  ///
  /// - Parameters:
  ///   - reading: what its names stand for.
  ///   - truth: what it should be at each point.
  ///   - points: the points that count, the chosen one first.
  ///   - value: what a quantity is at a point.
  ///   - change: what becomes of the formula's value: `v -= …`.
  func recomputationByNumbers(
    _ formula: ClaimedFormula, _ reading: [DerivativeQuantity], _ row: Int,
    giving truth: (Int) -> Double, at points: [Int], _ value: (DerivativeQuantity, Int) -> Double,
    _ change: (Int, Double) -> Double = { $1 }
  ) -> Recomputation? {
    guard let numbered = formula.withNumbers else { return nil }
    let own = recomputation(numbered, reading, change)
    let choices = numbered.numbers.map { candidates($0, row) }
    let standsForNames = combinations(choices).contains { chosen in
      points.allSatisfy { point in
        let arguments =
          reading.map { value($0, point) }
          + zip(chosen, numbered.numbers).map { $0.map { value($0, point) } ?? $1.value }
        let result = change(point, numbered.tape.value(at: arguments))
        let target = truth(point)
        return isRight(result, target, 1e-8 * max(1e-4, target.magnitude))
          || point > 0 && !(result.isFinite && target.isFinite)
      }
    }
    if standsForNames { return own }
    let hasDecimals = numbered.numbers.contains { $0.halfUnit != nil }
    return hasDecimals && own.allows(truth(0), within: 0, tolerance: tolerance) ? own : nil
  }

  /// Whether a formula of the primal trace is the truth once its numbers are the quantities that they stand for.
  mutating func standsByNumbers(
    _ formula: ClaimedFormula, _ row: Int, giving truth: (Int) -> Double
  ) -> Bool {
    guard formula.isPrimal else { return false }
    let arguments = formula.references.map { table.step(of: $0.base, in: row) ?? output }
    return recomputationByNumbers(
      formula, arguments.map { .primal($0) }, row, giving: truth, at: Array(points.indices),
      { self.truth($0, $1) }) != nil
  }

  /// Whether a number of a row is what its own formula comes to, whose decimals may be those of a mistake above.
  func followsFromNumbers(
    _ formula: ClaimedFormula, _ reading: [DerivativeQuantity], _ row: Int,
    _ change: @escaping (Int, Double) -> Double = { $1 }
  ) -> Bool {
    guard let claim = rows[row].value, let numbered = formula.withNumbers,
      numbered.numbers.contains(where: { $0.halfUnit != nil })
    else { return false }
    let unchanged = { (_: Int, value: Double) in value }
    return [change, unchanged].contains { change in
      recomputation(numbered, reading, change)
        .allows(claim.value, within: claim.halfUnit(in: precision), tolerance: tolerance)
    }
  }

  private func recomputation(
    _ formula: NumberedFormula, _ reading: [DerivativeQuantity], _ change: (Int, Double) -> Double
  ) -> Recomputation {
    let arguments =
      reading.map { carried($0) }
      + formula.numbers.map {
        Carried(value: $0.value, halfUnit: $0.halfUnit ?? 0, root: nil)
      }
    return Recomputation(arguments) { change(0, formula.tape.value(at: $0)) }
  }

  /// The number itself, and the quantities that have its value as far as its digits say.
  private func candidates(_ number: ClaimedNumber, _ row: Int) -> [DerivativeQuantity?] {
    var quantities = table.steps.indices.map { DerivativeQuantity.primal($0) }
    if rows[row].kind == .tangent {
      quantities += table.steps.indices.map { .tangent(run: rows[row].run, $0) }
    } else if rows[row].kind == .adjoint {
      quantities += table.steps.indices.map { .adjoint($0) }
    }
    if rows[row].kind != .primal {
      quantities += table.steps.indices.flatMap { step in
        (table.steps[step].function?.arguments ?? []).map { .local(of: step, $0) }
      }
    }
    let halfUnit = (number.halfUnit ?? 0) + 1e-12 * number.value.magnitude
    let fitting = quantities.lazy.filter { quantity in
      [self.truth(quantity, 0), self.carried(quantity).value].contains {
        ($0 - number.value).magnitude <= halfUnit
      }
    }
    return [nil] + fitting.prefix(Self.mostCandidates).map { .some($0) }
  }

  /// How many quantities one number may stand for, and how many ways there may be for all.
  private static let mostCandidates = 8
  private static let mostCombinations = 2_000

  /// Each choice of one for every number; where there are too many ways, the later numbers stay numbers.
  private func combinations(_ choices: [[DerivativeQuantity?]]) -> [[DerivativeQuantity?]] {
    choices.reduce([[]]) { ways, choice in
      let isFew = ways.count * choice.count <= Self.mostCombinations
      return ways.flatMap { way in (isFew ? choice : [nil]).map { way + [$0] } }
    }
  }
}
