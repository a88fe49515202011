// A formula that a table has for an adjoint, held against the uses of the quantity.
import Calculus
import Checking
import Language
import Syntax

/// A formula for an adjoint, which is linear in other adjoints.
struct AdjointFormula {
  let formula: ClaimedFormula
  let arguments: [(step: Int, isAdjoint: Bool)]
  let adds: Bool
  private let step: Int
  private let points: Range<Int>
  private let sweep: AdjointSweep

  init(
    _ formula: ClaimedFormula, _ row: Int, _ step: Int, adds: Bool, _ points: Range<Int>,
    _ table: inout StepTable, _ sweep: AdjointSweep
  ) {
    self.points = points
    self.formula = formula
    self.step = step
    self.adds = adds
    self.sweep = sweep
    var arguments: [(step: Int, isAdjoint: Bool)] = []
    for name in formula.references {
      arguments.append((table.step(of: name.base, in: row) ?? step, name.mark == .adjoint))
    }
    self.arguments = arguments
  }

  /// Whether it has the adjoint itself, as it was before.
  var isSelf: Bool { adds || arguments.contains { $0.isAdjoint && $0.step == step } }

  /// Whether it has a value here; `0 × ln 0` has none, though the adjoint has.
  var hasValue: Bool { formula.value(values(0) { sweep.adjoints[0][$0] }).isFinite }

  /// The values of its arguments where the table is right.
  func trueValues(before: Double) -> [Double] {
    values(0) { $0 == step ? before : sweep.adjoints[0][$0] }
  }

  private func values(_ point: Int, _ adjoint: (Int) -> Double) -> [Double] {
    arguments.map { $0.isAdjoint ? adjoint($0.step) : sweep.runs[point].values[$0.step] }
  }

  /// The uses that the formula takes in, each with the right partial; nil if one is wrong.
  func uses(among remaining: [AdjointSweep.Use]) -> [AdjointSweep.Use]? {
    var taken: [AdjointSweep.Use] = []
    let adjoints = Set(arguments.filter(\.isAdjoint).map(\.step))
    for user in adjoints.sorted(by: >) {
      if user == step {
        guard hasCoefficient(1, of: user) else { return nil }
        continue
      }
      let candidates = remaining.filter { $0.user == user }
      if let one = candidates.first(where: { use in
        hasCoefficients(use.partials, of: user)
      }) {
        taken.append(one)
      } else if candidates.count > 1,
        hasCoefficients(
          points.map { point in candidates.reduce(0) { $0 + $1.partials[point] } },
          of: user)
      {
        taken += candidates
      } else {
        return nil
      }
    }
    // Nothing stands beside the adjoints.
    let isPure = points.allSatisfy { point in
      formula.gives(0, at: values(point) { _ in 0 }, isChosen: false)
    }
    return isPure ? taken : nil
  }

  private func hasCoefficient(_ value: Double, of user: Int) -> Bool {
    hasCoefficients(sweep.runs.map { _ in value }, of: user)
  }

  private func hasCoefficients(_ partials: [Double], of user: Int) -> Bool {
    points.allSatisfy { point in
      formula.gives(
        partials[point], at: values(point) { $0 == user ? 1 : 0 }, isChosen: point == 0)
    }
  }

  /// Whether it is the whole adjoint, by whatever way.
  var isWhole: Bool {
    !isSelf
      && points.allSatisfy { point in
        formula.gives(
          sweep.adjoints[point][step], at: values(point) { sweep.adjoints[point][$0] },
          isChosen: point == 0)
      }
  }
}
