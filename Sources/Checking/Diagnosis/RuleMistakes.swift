// Mistakes in differentiating one operation of the function: the gradient is linear in each.
import Calculus
import Language
import Syntax

/// Looks for one operation whose rule was got wrong.
struct RuleMistakes {
  let target: Target
  let evidence: Evidence
  /// One for each point of the evidence.
  let flows: [Flow]
  /// The edges from users to each slot.
  private let uses: [[(user: Slot, position: Int)]]

  init(_ target: Target, _ evidence: Evidence) {
    let tape = target.tape
    self.target = target
    self.evidence = evidence
    flows = evidence.points.map { tape.flow(at: $0, along: tape.unit(target.variable)) }
    var uses = Array(repeating: [(user: Slot, position: Int)](), count: tape.count)
    for user in target.operations {
      for (position, operand) in tape.operands(of: user).enumerated() {
        uses[operand].append((user, position))
      }
    }
    self.uses = uses
  }

  var tape: Tape { target.tape }

  // MARK: The rule of an operation

  /// A mistake in the rule of one operation, wherever it is used or in one of its uses.
  func wrongRule() -> Mistake? {
    for slot in target.operations.reversed() {
      guard let operation = tape.operation(in: slot) else { continue }
      let mistakes = LocalRule.mistakes(in: operation, arity: tape.operands(of: slot).count)
        .filter { isPossible($0.rule, in: slot, $0.argument) }
      guard !mistakes.isEmpty, flows.contains(where: { $0.tangents[slot] != 0 }) else { continue }
      for weight in weights(of: slot) {
        for (rule, argument) in mistakes {
          let isExplained = evidence.isExplained { index in
            let local = LocalRule(tape, slot, flows[index])
            let difference = local.tangent(rule, in: argument) - local.tangent
            return evidence.truths[index] + weight(index) * difference
          }
          if isExplained { return wording(rule, slot, argument) }
        }
      }
    }
    return nil
  }

  /// The adjoints that an operation may have been given: all of its own, or what one use gives.
  private func weights(of slot: Slot) -> [(Int) -> Double] {
    let whole: (Int) -> Double = { flows[$0].adjoints[slot] }
    guard uses[slot].count > 1 else { return [whole] }
    return [whole]
      + uses[slot].map { use in
        { index in
          let partials = tape.localPartials(of: use.user, values: flows[index].values)
          return flows[index].adjoints[use.user] * partials[use.position]
        }
      }
  }

  func isPossible(_ rule: WrongRule, in slot: Slot, _ argument: Int) -> Bool {
    let operands = tape.operands(of: slot)
    let isConstant = operands.map { operand in flows.allSatisfy { $0.tangents[operand] == 0 } }
    switch rule {
    case .constantKept: return isConstant[argument]
    case .derivativeAtValue: return !isConstant[argument]
    case .innerDerivativeForgotten, .innerDerivativeTwice, .argumentDifferentiated,
      .valueAtDerivative, .innerDerivativeAsArgument, .derivativeAtVariable,
      .powerRuleWithoutInner:
      return tape.operation(in: operands[argument]) != nil && !isConstant[argument]
    case .quotientOfDerivatives, .productOfDerivatives, .derivativesAdded, .quotientAdded,
      .quotientDenominatorForgotten:
      return !isConstant[0] && !isConstant[1]
    case .reciprocalOfDerivative: return isConstant[0] && !isConstant[1]
    // 1 in place of the derivative of the whole is another story.
    case .outerDerivativeForgotten:
      return !isConstant[argument]
        && (slot != tape.output || tape.operation(in: operands[argument]) != nil)
    case .quotientTermsExchanged, .quotientNotSquared, .quotientNotDivided: return !isConstant[1]
    default: return !isConstant[argument]
    }
  }

  // MARK: The flow through an edge

  /// A part of the derivative that is missing, doubled, of the wrong sign, or off by a factor.
  ///
  /// - Parameter factors: the factors that it may be off by.
  func wrongFlow(_ factors: [KnownFactor]) -> Mistake? {
    for user in target.operations.reversed() {
      for (position, operand) in tape.operands(of: user).enumerated() {
        let flow = flows.map { flow in
          let partials = tape.localPartials(of: user, values: flow.values)
          let tangent = flow.tangents[operand]
          return tangent == 0 ? 0 : flow.adjoints[user] * partials[position] * tangent
        }
        guard let factor = factor(of: flow, among: factors) else { continue }
        return wording(factor, user, operand)
      }
    }
    return nil
  }

  /// The number that a part of the derivative was multiplied by, if one explains everything.
  private func factor(of flow: [Double], among known: [KnownFactor]) -> KnownFactor? {
    guard let first = flow.first, first != 0, first.isFinite else { return nil }
    let ratio = (evidence.claims[0] - evidence.truths[0]) / first + 1
    return known.first { factor in
      ((factor.value - ratio) * first).magnitude <= 2 * evidence.slack[0]
        && evidence.isExplained {
          evidence.truths[$0] + (factor.value - 1) * flow[$0]
        }
    }
  }
}
