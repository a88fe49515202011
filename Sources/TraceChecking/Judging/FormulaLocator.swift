// Which primal row has the wrong formula, where the result is not the expression.
import Calculus
import Checking
import Language
import Syntax

/// Compares the steps of a table with the slots of the expression, at several points.
struct FormulaLocator {
  let table: StepTable
  /// The runs of the table's steps, the first at the point of the table.
  let runs: [StepRun]
  /// The values of the expression's slots at the same points, and how well the result is known.
  private let slotValues: [[Double]]
  private let slotErrors: [Double]

  /// How many evaluations of steps the search for a correction may take.
  private static let budget = 3_000_000
  private static let matchBudget = 50_000_000
  /// Of more candidates none are taken two at a time.
  private static let mostPaired = 6
  private static let mostChoices = 100

  init(_ table: StepTable, _ runs: [StepRun], at points: [[Double]]) {
    self.table = table
    self.runs = runs
    slotValues = points.map { table.tape.slotValues(at: $0) }
    slotErrors = points.map { 16 * RunningError(table.tape, at: $0).error }
  }

  private func isSame(_ value: Double, _ slot: Slot, _ point: Int) -> Bool {
    let other = slotValues[point][slot]
    if value == other || value.isNaN && other.isNaN { return true }
    // A way to write it that has no value at a random point says nothing.
    if point > 0, !value.isFinite || !other.isFinite { return true }
    let error = slot == table.tape.output && slotErrors[point].isFinite ? slotErrors[point] : 0
    return (value - other).magnitude <= 1e-8 * max(value.magnitude, other.magnitude) + error
  }

  func isSlot(_ step: Int, _ slot: Slot) -> Bool {
    runs.indices.allSatisfy { isSame(runs[$0].values[step], slot, $0) }
  }

  /// The slot that each step is, if it is one; nil where there are too many to compare.
  func matches() -> [Int: Slot]? {
    guard table.steps.count * table.tape.count <= Self.matchBudget else { return nil }
    var matches: [Int: Slot] = [:]
    for step in table.steps.indices {
      matches[step] =
        step < table.inputCount
        ? step : (0..<table.tape.count).first { isSlot(step, $0) }
    }
    return matches
  }

  /// A step's formula put right.
  struct Correction {
    let step: Int
    let slot: Slot
    let function: StepFunction
  }

  /// The fewest steps, no parts of the expression, that make the result right once they are: one, two,
  /// or the result itself. None if there are no such steps.
  func corrections(of output: Int, _ matches: [Int: Slot]) -> [Correction] {
    let users = table.steps.users
    var budget = Self.budget
    let candidates = table.order.filter { step in
      matches[step] == nil && table.steps[step].row != nil && step != output
        && affected(by: [step], users).contains(output)
    }
    let pairs =
      candidates.count > Self.mostPaired || table.tape.count > Self.mostChoices
      ? []
      : candidates.indices.flatMap { first in
        candidates[(first + 1)...].map { [candidates[first], $0] }
      }
    for steps in candidates.map({ [$0] }) + pairs + [[output]] {
      let affected = self.affected(by: steps, users)
      let likely = steps.map(likelySlots)
      for places in choices(steps.count) {
        budget -= (affected.count + 1) * runs.count
        if budget < 0 { return [] }
        let slots = zip(likely, places).map { $0[$1] }
        let forced = Dictionary(uniqueKeysWithValues: zip(steps, slots))
        guard makesRight(output, forced, affected) else { continue }
        return zip(steps, slots).map { step, slot in
          let function = corrected(slot, matches, except: Set(affected + steps))
          return Correction(step: step, slot: slot, function: function)
        }
      }
    }
    return []
  }

  /// Places in the lists of likely slots, one for each of one or two steps, the likeliest first.
  private func choices(_ count: Int) -> [[Int]] {
    let slots = 0..<table.tape.count
    guard count == 2 else { return slots.map { [$0] } }
    return slots.flatMap { first in slots.map { [first, $0] } }.sorted {
      $0[0] + $0[1] < $1[0] + $1[1]
    }
  }

  /// All slots, those with the operation of a step first.
  private func likelySlots(_ step: Int) -> [Slot] {
    let tape = table.steps[step].function?.tape
    let operation = tape.flatMap { $0.operation(in: $0.output) }
    let slots = Array(0..<table.tape.count)
    return slots.filter { table.tape.operation(in: $0) == operation }
      + slots.filter { table.tape.operation(in: $0) != operation }
  }

  private func makesRight(_ output: Int, _ forced: [Int: Slot], _ affected: [Int]) -> Bool {
    runs.indices.allSatisfy { point in
      var values = runs[point].values
      for (step, slot) in forced { values[step] = slotValues[point][slot] }
      for index in affected where forced[index] == nil {
        if let function = table.steps[index].function { values[index] = function.value(values) }
      }
      return isSame(values[output], table.tape.output, point)
    }
  }

  /// The result from what the table has rows for.
  func result(_ matches: [Int: Slot], except output: Int) -> StepFunction {
    let rows = matches.filter { table.steps[$0.key].row != nil || $0.key < table.inputCount }
    let users = affected(by: [output], table.steps.users)
    return corrected(table.tape.output, rows, except: Set(users + [output]))
  }

  /// The slot's operation on what the table has of its operands.
  private func corrected(_ slot: Slot, _ matches: [Int: Slot], except: Set<Int>) -> StepFunction {
    if slot < table.inputCount { return StepFunction(identityOf: slot) }
    var steps: [Slot: Int] = [:]
    for step in table.order where !except.contains(step) {
      if let match = matches[step] { steps[match] = step }
    }
    return table.function(of: slot) { $0 < table.inputCount ? steps[$0] ?? $0 : steps[$0] }
  }

  /// The steps that depend on others, in their order.
  private func affected(by steps: [Int], _ users: [[Int]]) -> [Int] {
    var isAffected = Array(repeating: false, count: users.count)
    for step in steps { isAffected[step] = true }
    for index in table.order where isAffected[index] {
      for user in users[index] { isAffected[user] = true }
    }
    return table.order.filter { isAffected[$0] && !steps.contains($0) }
  }

  /// The steps that are no part of the expression though all that they are made of are.
  func strangers(_ matches: [Int: Slot]) -> [Int] {
    table.order.filter { step in
      matches[step] == nil && table.steps[step].row != nil
        && (table.steps[step].function?.arguments ?? []).allSatisfy { matches[$0] != nil }
    }
  }
}
