// Wrong rules and wrong flows in words.
import Calculus
import Language
import Syntax

extension RuleMistakes {
  func wording(_ rule: WrongRule, _ slot: Slot, _ argument: Int) -> Mistake {
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
      return Mistake(
        .exponent, "power rule: the factor in front is missing in the derivative of \(whole)")
    case .exponentNotLowered:
      return Mistake(
        .exponent, "power rule: the exponent is not lowered in the derivative of \(whole)")
    case .exponentLoweredTwice:
      return Mistake(
        .exponent, "power rule: the exponent is lowered by 2 in the derivative of \(whole)")
    case .exponentFactorLowered:
      return Mistake(
        .exponent, "power rule: the factor in front is lowered too in the derivative of \(whole)")
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
    case .powerRuleForExponential, .powerRuleWithoutInner:
      return Mistake(
        .exponentialRule, "\(whole) is an exponential function; the power rule is not for it")
    case .logarithmOfExponent:
      return Mistake(
        .logarithmBase, "the logarithm of the exponent is taken for that of the base in \(whole)")
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
    case .quotientNotDivided:
      return Mistake(
        .quotientRule, "quotient rule: not divided by the square of \(denominator(slot))")
    case .reciprocalOfDerivative:
      return Mistake(
        .quotientRule,
        "\(whole): the reciprocal of \(denominator(slot))' is not the derivative of the reciprocal")
    case .productOfDerivatives:
      return Mistake(
        .productRule, "\(whole): the derivatives are multiplied; that is not the product rule")
    case .derivativesAdded:
      return Mistake(
        .productRule, "\(whole): the derivatives are added; that is not the product rule")
    case .derivativeAtValue, .argumentForValue:
      let (there, here) = rule == .derivativeAtValue ? (whole, part) : (part, whole)
      return Mistake(
        .chainPath, "the derivative of \(whole) is taken with \(there) where \(here) belongs")
    case .derivativeAtVariable:
      return Mistake(
        .chainPath,
        "the derivative of \(whole) is taken at \(target.text(target.variable)) where \(part) belongs"
      )
    case .argumentDifferentiated, .valueAtDerivative, .innerDerivativeAsArgument:
      return Mistake(
        .innerDerivative,
        "the argument of \(whole) is differentiated in place; its derivative is a factor")
    case .outerDerivativeForgotten:
      return Mistake(
        .chainPath, "the derivative of \(whole) is missing: only that of \(part) is there")
    case .constantKept:
      return Mistake(.extraTerm, "the constant \(part) is kept; its derivative is 0")
    case .termKept: return Mistake(.notDifferentiated, "the term \(part) is not differentiated")
    case .ruleOfAtan, .ruleOfAsin, .ruleOfAsinh, .ruleOfAsec, .ruleOfTan, .ruleOfSec:
      return Mistake(
        .otherRule, "the rule of \(rule.neighbour ?? "") is taken for \(whole)")
    }
  }

  private func denominator(_ slot: Slot) -> String { target.text(tape.operands(of: slot)[1]) }

  func wording(_ factor: KnownFactor, _ user: Slot, _ operand: Slot) -> Mistake {
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
