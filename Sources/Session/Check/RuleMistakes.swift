// Mistakes in differentiating one operation of the function: the gradient is linear in each.

import Calculus

/// Looks for one operation whose rule was got wrong.
struct RuleMistakes {
  private let target: Target
  private let evidence: Evidence
  /// One for each point of the evidence.
  private let flows: [Flow]
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

  private var tape: Tape { target.tape }

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

  private func isPossible(_ rule: WrongRule, in slot: Slot, _ argument: Int) -> Bool {
    let operands = tape.operands(of: slot)
    let isConstant = operands.map { operand in flows.allSatisfy { $0.tangents[operand] == 0 } }
    switch rule {
    case .innerDerivativeForgotten, .innerDerivativeTwice:
      return tape.operation(in: operands[argument]) != nil && !isConstant[argument]
    case .quotientOfDerivatives, .productOfDerivatives, .quotientAdded,
      .quotientDenominatorForgotten:
      return !isConstant[0] && !isConstant[1]
    case .quotientTermsExchanged, .quotientNotSquared: return !isConstant[1]
    default: return !isConstant[argument]
    }
  }

  // MARK: The flow through an edge

  /// A part of the derivative that is missing, doubled, of the wrong sign, or off by a factor.
  func wrongFlow() -> Mistake? {
    for user in target.operations.reversed() {
      for (position, operand) in tape.operands(of: user).enumerated() {
        let flow = flows.map { flow in
          let partials = tape.localPartials(of: user, values: flow.values)
          let tangent = flow.tangents[operand]
          return tangent == 0 ? 0 : flow.adjoints[user] * partials[position] * tangent
        }
        guard let factor = factor(of: flow) else { continue }
        return wording(factor, user, operand)
      }
    }
    return nil
  }

  /// The number that a part of the derivative was multiplied by, if one explains everything.
  private func factor(of flow: [Double]) -> KnownFactor? {
    guard let first = flow.first, first != 0, first.isFinite else { return nil }
    let ratio = (evidence.claims[0] - evidence.truths[0]) / first + 1
    let known = evidence.count == 1 ? KnownFactor.plain : KnownFactor.plain + KnownFactor.others
    return known.first { factor in
      ((factor.value - ratio) * first).magnitude <= 2 * evidence.slack[0]
        && evidence.isExplained {
          evidence.truths[$0] + (factor.value - 1) * flow[$0]
        }
    }
  }
}

/// A factor that people put in or leave out.
struct KnownFactor {
  let value: Double
  let text: String

  static let plain = [
    KnownFactor(value: 0, text: "0"), KnownFactor(value: -1, text: "-1"),
    KnownFactor(value: 2, text: "2"),
  ]

  static let others =
    [0.5, 3, 1 / 3.0, 4, 0.25, -2, -0.5, 1.5, 2 / 3.0].map { KnownFactor($0) } + [
      KnownFactor(value: .pi / 180, text: "pi/180"), KnownFactor(value: 180 / .pi, text: "180/pi"),
      KnownFactor(value: 2.302585092994046, text: "ln(10)"),
      KnownFactor(value: 1 / 2.302585092994046, text: "1/ln(10)"),
      KnownFactor(value: 0.6931471805599453, text: "ln(2)"),
      KnownFactor(value: 1 / 0.6931471805599453, text: "1/ln(2)"),
      KnownFactor(value: .pi, text: "pi"), KnownFactor(value: 2 * .pi, text: "2*pi"),
    ]

  private init(value: Double, text: String) {
    self.value = value
    self.text = text
  }

  /// A small fraction.
  init(_ value: Double) { self.init(value: value, text: Self.shortestFraction(value)) }

  var isAngle: Bool { text.contains("180") }
  var isLogarithm: Bool { text.contains("ln") }

  private static func shortestFraction(_ value: Double) -> String {
    for denominator in 1...4 {
      let numerator = value * Double(denominator)
      if (numerator - numerator.rounded()).magnitude < 1e-12 {
        return denominator == 1
          ? shortest(numerator.rounded()) : "\(shortest(numerator.rounded()))/\(denominator)"
      }
    }
    return shortest(value)
  }
}

// MARK: - In words

extension RuleMistakes {
  private func wording(_ rule: WrongRule, _ slot: Slot, _ argument: Int) -> Mistake {
    let (whole, part) = (target.text(slot), target.text(tape.operands(of: slot)[argument]))
    switch rule {
    case .innerDerivativeForgotten:
      return Mistake(
        .innerDerivative,
        "forgot the inner derivative of \(whole): the factor "
          + "d(\(part))/d\(target.text(target.variable)) is missing")
    case .innerDerivativeTwice:
      return Mistake(
        .innerDerivativeTwice, "the inner derivative of \(whole) is there twice")
    case .notDifferentiated: return Mistake(.notDifferentiated, "\(whole) is not differentiated")
    case .exponentFactorForgotten:
      return Mistake(.exponent, "power rule: the factor in front is missing in \(whole)'")
    case .exponentNotLowered:
      return Mistake(.exponent, "power rule: the exponent is not lowered in \(whole)'")
    case .exponentLoweredTwice:
      return Mistake(.exponent, "power rule: the exponent is lowered by 2 in \(whole)'")
    case .exponentFactorLowered:
      return Mistake(.exponent, "power rule: the factor in front is lowered too in \(whole)'")
    case .rootFactorForgotten:
      let factor = tape.operation(in: slot) == .cbrt ? "1/3" : "1/2"
      return Mistake(.rootFactor, "the factor \(factor) of the derivative of \(whole) is missing")
    case .logarithmOfBaseForgotten:
      return Mistake(
        .logarithmBase, "the logarithm of the base is missing in the derivative of \(whole)")
    case .logarithmOfBaseExchanged:
      return Mistake(
        .logarithmBase,
        "the logarithm of the base is multiplied where it divides, or the other way round, in the "
          + "derivative of \(whole)")
    case .powerRuleForExponential:
      return Mistake(
        .exponentialRule, "\(whole) is an exponential function; the power rule is not for it")
    case .degrees, .degreesExchanged:
      return Mistake(.degrees, "degrees for radians in \(whole)")
    case .squareForgotten:
      return Mistake(.exponent, "a square is missing in the derivative of \(whole)")
    case .rootForgotten:
      return Mistake(.exponent, "the root is missing in the derivative of \(whole)")
    case .quotientTermsExchanged:
      return Mistake(
        .quotientRule, "quotient rule with its terms exchanged, or a wrong sign, in \(whole)")
    case .quotientNotSquared:
      return Mistake(.quotientRule, "quotient rule without the square of \(denominator(slot))")
    case .quotientAdded:
      return Mistake(.quotientRule, "quotient rule with + in place of - in \(whole)")
    case .quotientOfDerivatives:
      return Mistake(
        .quotientRule, "\(whole): the derivatives are divided; that is not the quotient rule")
    case .quotientDenominatorForgotten:
      return Mistake(
        .quotientRule,
        "quotient rule: the derivative above is not multiplied by \(denominator(slot))")
    case .productOfDerivatives:
      return Mistake(
        .productRule, "\(whole): the derivatives are multiplied; that is not the product rule")
    }
  }

  private func denominator(_ slot: Slot) -> String { target.text(tape.operands(of: slot)[1]) }

  private func wording(_ factor: KnownFactor, _ user: Slot, _ operand: Slot) -> Mistake {
    let (whole, part) = (target.text(user), target.text(operand))
    let operation = tape.operation(in: user) ?? .add
    let isTerm = [.add, .subtract, .negate].contains(operation)
    switch factor.value {
    case 0:
      if isTerm { return Mistake(.missingTerm, "missing term: the derivative of \(part)") }
      if operation == .multiply {
        return Mistake(
          .missingTerm, "missing term of the product rule in \(whole): that with \(part)'")
      }
      if operation == .divide {
        return Mistake(
          .missingTerm, "missing term of the quotient rule in \(whole): that with \(part)'")
      }
      return Mistake(
        .chainPath, "a path of the chain rule is left out: that through \(part) in \(whole)")
    case -1:
      if isTerm {
        return Mistake(.termSign, "wrong sign: the term that \(part) gives")
      }
      return Mistake(
        .termSign,
        operation.shape == .unary
          ? "wrong sign: the derivative of \(whole)"
          : "wrong sign: the term of \(whole) with \(part)'")
    case 2:
      return Mistake(.extraTerm, "the term that \(part) gives in \(whole) is there twice")
    default:
      let kind: Mistake.Kind =
        factor.isAngle ? .degrees : factor.isLogarithm ? .logarithmBase : .constantFactor
      let start = factor.isAngle ? "degrees for radians: " : ""
      return Mistake(
        kind, "\(start)the part that \(part) gives in \(whole) has the factor \(factor.text)")
    }
  }
}
