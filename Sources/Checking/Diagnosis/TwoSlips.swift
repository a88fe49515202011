// Two mistakes in differentiating a function that together explain a claim, each of them a usual
// one.
import Calculus
import Language
import Syntax

/// Looks for two operations whose rules were got wrong.
struct TwoSlips {
  private let rules: RuleMistakes
  private let edges: [[[Double]]]

  /// Functions with more operations, and more slips, are not searched.
  private static let mostOperations = 24
  private static let mostSlips = 140

  private enum Slip {
    case rule(Slot, WrongRule, Int)
    /// What flows through an edge has another sign, or is left out.
    case edge(Slot, position: Int, KnownFactor)

    var slot: Slot {
      switch self {
      case .rule(let slot, _, _), .edge(let slot, _, _): slot
      }
    }
  }

  init(_ rules: RuleMistakes) {
    self.rules = rules
    let isSearched = rules.tape.instructionCount <= Self.mostOperations
    edges =
      isSearched
      ? rules.flows.map { flow in
        (0..<rules.tape.count).map {
          rules.tape.operation(in: $0) == nil
            ? [] : rules.tape.localPartials(of: $0, values: flow.values)
        }
      } : []
  }

  private var tape: Tape { rules.tape }

  func mistake() -> Mistake? {
    guard rules.evidence.count > 3, !edges.isEmpty else { return nil }
    let slips = slips
    guard slips.count <= Self.mostSlips else { return nil }
    for (index, one) in slips.enumerated() {
      for other in slips[(index + 1)...] {
        let isExplained = rules.evidence.isExplained { tangent(one, other, at: $0) }
        if isExplained {
          return Mistake(.twoSlips, "two slips: \(message(one)); \(message(other))")
        }
      }
    }
    return nil
  }

  private var slips: [Slip] {
    let moving = rules.target.operations.filter { slot in
      rules.flows.contains { $0.tangents[slot] != 0 }
    }
    return moving.reversed().flatMap { slot -> [Slip] in
      let operands = tape.operands(of: slot)
      let mistakes = LocalRule.mistakes(in: tape.operation(in: slot) ?? .add, arity: operands.count)
        .filter { Self.isUsual($0.rule) && rules.isPossible($0.rule, in: slot, $0.argument) }
      let flows = operands.indices.filter { position in
        rules.flows.contains { $0.tangents[operands[position]] != 0 }
      }.flatMap { position in
        KnownFactor.plain.filter { $0.value < 1 }.map { Slip.edge(slot, position: position, $0) }
      }
      return mistakes.map { .rule(slot, $0.rule, $0.argument) } + flows
    }
  }

  private static func isUsual(_ rule: WrongRule) -> Bool {
    switch rule {
    case .innerDerivativeForgotten, .notDifferentiated, .exponentNotLowered,
      .exponentFactorForgotten, .productOfDerivatives, .quotientTermsExchanged,
      .quotientNotSquared, .argumentDifferentiated, .outerDerivativeForgotten, .termKept,
      .constantKept, .argumentForValue, .squareForgotten:
      true
    default: false
    }
  }

  /// The derivative that both slips together give.
  private func tangent(_ one: Slip, _ other: Slip, at index: Int) -> Double {
    let flow = rules.flows[index]
    var tangents = flow.tangents
    for slot in rules.target.operations where slot >= min(one.slot, other.slot) {
      let operands = tape.operands(of: slot)
      var scales = Array(repeating: 1.0, count: operands.count)
      var rule: (WrongRule, Int)?
      for slip in [one, other] where slip.slot == slot {
        switch slip {
        case .rule(_, let wrong, let argument): rule = (wrong, argument)
        case .edge(_, let position, let factor): scales[position] *= factor.value
        }
      }
      let own = Flow(
        values: flow.values,
        tangents: scaled(tangents, operands, scales), adjoints: flow.adjoints)
      if let (wrong, argument) = rule {
        tangents[slot] = LocalRule(tape, slot, own).tangent(wrong, in: argument)
      } else {
        tangents[slot] = zip(operands, edges[index][slot]).enumerated().reduce(0) { sum, edge in
          let tangent = tangents[edge.element.0] * scales[edge.offset]
          return tangent == 0 ? sum : sum + edge.element.1 * tangent
        }
      }
    }
    return tangents[tape.output]
  }

  private func scaled(_ tangents: [Double], _ operands: [Slot], _ scales: [Double]) -> [Double] {
    guard scales.contains(where: { $0 != 1 }) else { return tangents }
    var tangents = tangents
    for (operand, scale) in zip(operands, scales) { tangents[operand] *= scale }
    return tangents
  }

  private func message(_ slip: Slip) -> String {
    switch slip {
    case .rule(let slot, let rule, let argument): rules.wording(rule, slot, argument).message
    case .edge(let user, let position, let factor):
      rules.wording(factor, user, tape.operands(of: user)[position]).message
    }
  }
}
