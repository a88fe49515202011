// How people differentiate one operation wrongly, in numbers: the tangent that each mistake gives.
import Calculus
import Language
import Syntax

/// A mistake in differentiating one operation.
package enum WrongRule: String, Sendable, CaseIterable {
  /// f'(u) in place of f'(u) u'
  case innerDerivativeForgotten, innerDerivativeTwice
  /// f(u) u' in place of f'(u) u'
  case notDifferentiated
  /// n u^n, n u^(n-2)
  case exponentNotLowered, exponentLoweredTwice
  /// u^(n-1), (n-1) u^(n-1)
  case exponentFactorForgotten, exponentFactorLowered
  case rootFactorForgotten
  /// 1/u for log10 u, and the logarithm of the base on the wrong side
  case logarithmOfBaseForgotten, logarithmOfBaseExchanged
  /// u a^(u-1) u' for a^u, and without u'; ln u a^u in place of ln a a^u
  case powerRuleForExponential, powerRuleWithoutInner, logarithmOfExponent
  case degrees, degreesExchanged
  case squareForgotten, rootForgotten
  case quotientTermsExchanged, quotientNotSquared, quotientAdded, quotientOfDerivatives
  case quotientDenominatorForgotten
  /// The numerator of the rule alone, and c/w' for c/w
  case quotientNotDivided, reciprocalOfDerivative
  case productOfDerivatives, derivativesAdded
  /// f'(f(u)) in place of f'(u), and the rule of tanh, sigmoid and their like with u where f(u)
  /// belongs
  case derivativeAtValue, argumentForValue
  /// f'(x) u' in place of f'(u) u'
  case derivativeAtVariable
  /// f'(u'), f(u') and f'(u') u' in place of f'(u) u', and u' alone
  case argumentDifferentiated, valueAtDerivative, innerDerivativeAsArgument
  case outerDerivativeForgotten
  /// u + c gives u' + c, and u + w gives u' + w
  case constantKept, termKept
  /// The rule of a function with a name or a graph like it
  case ruleOfAtan, ruleOfAsin, ruleOfAsinh, ruleOfAsec, ruleOfTan, ruleOfSec

  /// The function whose rule was taken by mistake.
  var neighbour: String? {
    switch self {
    case .ruleOfAtan: "atan"
    case .ruleOfAsin: "asin"
    case .ruleOfAsinh: "asinh"
    case .ruleOfAsec: "asec"
    case .ruleOfTan: "tan"
    case .ruleOfSec: "sec"
    default: nil
    }
  }
}

/// One operation of a run, as a rule of differentiation sees it.
package struct LocalRule: Sendable {
  let operation: Operation
  let arguments: [Double]
  /// The arguments' tangents.
  let tangents: [Double]
  let value: Double
  let partials: [Double]
  /// The value of the variable that the derivative is taken in.
  let variable: Double

  /// What the operation in a slot has at hand: its arguments' values and tangents from `flow`.
  package init(_ tape: Tape, _ slot: Slot, _ flow: Flow) {
    let operands = tape.operands(of: slot)
    operation = tape.operation(in: slot) ?? .add
    arguments = operands.map { flow.values[$0] }
    tangents = operands.map { flow.tangents[$0] }
    value = flow.values[slot]
    partials = tape.localPartials(of: slot, values: flow.values)
    let moving = (0..<tape.variableCount).first { flow.tangents[$0] != 0 }
    variable = moving.map { flow.values[$0] } ?? .nan
  }

  /// The tangent by the right rule.
  package var tangent: Double {
    zip(partials, tangents).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
  }

  /// The mistakes that are possible in differentiating an operation, each with the argument that it
  /// concerns.
  package static func mistakes(
    in operation: Operation, arity: Int
  ) -> [(rule: WrongRule, argument: Int)] {
    var mistakes: [(WrongRule, Int)] = WrongRule.ofWhole(operation).map { ($0, 0) }
    if WrongRule.hasInnerDerivative(operation) {
      mistakes += (0..<arity).flatMap {
        [(.innerDerivativeForgotten, $0), (.innerDerivativeTwice, $0)]
      }
    }
    if operation == .power {
      mistakes += [
        (.logarithmOfBaseForgotten, 1), (.powerRuleForExponential, 1), (.powerRuleWithoutInner, 1),
        (.logarithmOfExponent, 1), (.valueAtDerivative, 0), (.innerDerivativeAsArgument, 0),
      ]
    }
    if operation.shape == .unary, WrongRule.hasInnerDerivative(operation) {
      mistakes += [
        (.notDifferentiated, 0), (.outerDerivativeForgotten, 0), (.argumentDifferentiated, 0),
        (.valueAtDerivative, 0), (.innerDerivativeAsArgument, 0), (.derivativeAtValue, 0),
        (.derivativeAtVariable, 0),
      ]
    }
    if operation == .add || operation == .subtract {
      mistakes += (0..<arity).flatMap { [(.constantKept, $0), (.termKept, $0)] }
    }
    return mistakes.map { (rule: $0.0, argument: $0.1) }
  }

  /// The tangent that a mistake gives.
  package func tangent(_ mistake: WrongRule, in argument: Int) -> Double {
    let (p, t) = (partials[argument], tangents[argument])
    /// The right tangent with another tangent of the argument.
    func with(_ flow: Double) -> Double { tangent - (t == 0 ? 0 : p * t) + flow }
    let (u, w) = (arguments[0], arguments.count > 1 ? arguments[1] : .nan)
    switch mistake {
    case .innerDerivativeForgotten: return with(p)
    case .innerDerivativeTwice: return with(p * t * t)
    case .notDifferentiated: return with(value * t)
    case .exponentNotLowered: return with(w * value * t)
    case .exponentLoweredTwice: return with(w * Operation.power.value([u, w - 2]) * t)
    case .exponentFactorForgotten: return with(Operation.power.value([u, w - 1]) * t)
    case .exponentFactorLowered:
      return with((w - 1) * Operation.power.value([u, w - 1]) * t)
    case .rootFactorForgotten: return with(p * t * (operation == .cbrt ? 3 : 2))
    case .logarithmOfBaseForgotten: return scaledByBase(p, t, isExchanged: false, with)
    case .logarithmOfBaseExchanged: return scaledByBase(p, t, isExchanged: true, with)
    case .powerRuleForExponential: return with(powerRuleOfExponential * t)
    case .powerRuleWithoutInner: return with(powerRuleOfExponential)
    case .logarithmOfExponent: return with(value * Operation.ln.value([w]) * t)
    case .degrees: return with(p * t * (.pi / 180))
    case .degreesExchanged: return with(p * t * (180 / .pi))
    case .squareForgotten: return with(withoutSquare * t)
    case .rootForgotten: return with((p < 0 ? -p * p : p * p) * t)
    case .quotientTermsExchanged: return -tangent
    case .quotientNotSquared: return tangent * w
    case .quotientAdded: return partials[0] * tangents[0] - partials[1] * tangents[1]
    case .quotientOfDerivatives: return tangents[0] / tangents[1]
    case .quotientDenominatorForgotten:
      return tangents[0] / (w * w) + partials[1] * tangents[1]
    case .quotientNotDivided: return tangent * w * w
    case .reciprocalOfDerivative: return u / tangents[1]
    case .productOfDerivatives: return tangents[0] * tangents[1]
    case .derivativesAdded: return tangents[0] + tangents[1]
    case .derivativeAtValue: return with(partial(at: value) * t)
    case .argumentForValue: return with(partialOfArgument * t)
    case .derivativeAtVariable: return with(partial(at: variable) * t)
    case .argumentDifferentiated: return with(partial(at: t))
    case .valueAtDerivative: return with(operation.value([t] + arguments.dropFirst()))
    case .innerDerivativeAsArgument:
      guard operation == .power else { return with(partial(at: t) * t) }
      return with(w * Operation.power.value([t, w - 1]))
    case .outerDerivativeForgotten: return with(t)
    case .constantKept: return tangent + p * arguments[argument]
    case .termKept: return with(p * arguments[argument])
    case .ruleOfAtan, .ruleOfAsin, .ruleOfAsinh, .ruleOfAsec, .ruleOfTan, .ruleOfSec:
      return with(neighbourPartial(mistake) * t)
    }
  }

  /// u a^(u-1) for a^u.
  private var powerRuleOfExponential: Double {
    let base =
      operation == .exp ? 2.718281828459045 : operation == .exp2 ? 2 : arguments[0]
    let exponent = operation == .power && arguments.count > 1 ? arguments[1] : arguments[0]
    return exponent * Operation.power.value([base, exponent - 1])
  }

  /// The operation's own derivative at another argument.
  private func partial(at argument: Double) -> Double {
    let graph = Graph()
    let root = graph.unary(operation, graph.variable(0))
    let tape = Tape(graph, output: root, isActive: [true])
    return tape.reverseGradient(at: [argument]).partials[0]
  }

  private func neighbourPartial(_ rule: WrongRule) -> Double {
    let u = arguments[0]
    let root = { (value: Double) in Operation.sqrt.value([value]) }
    switch rule {
    case .ruleOfAtan: return 1 / (1 + u * u)
    case .ruleOfAsin: return 1 / root(1 - u * u)
    case .ruleOfAsinh: return 1 / root(1 + u * u)
    case .ruleOfAsec: return 1 / (u * root(u * u - 1))
    case .ruleOfTan: return 1 + Operation.tan.value([u]) * Operation.tan.value([u])
    default: return Operation.tan.value([u]) / Operation.cos.value([u])
    }
  }

  private func scaledByBase(
    _ p: Double, _ t: Double, isExchanged: Bool, _ with: (Double) -> Double
  ) -> Double {
    let base: Double =
      switch operation {
      case .log10: 10
      case .log2, .exp2: 2
      case .power: arguments[0]
      default: arguments.count > 1 ? arguments[1] : .nan
      }
    let logarithm = Operation.ln.value([base])
    let isExponential = operation == .exp2 || operation == .power
    let factor = isExponential ? 1 / logarithm : logarithm
    return with(p * t * (isExchanged ? factor * factor : factor))
  }

  /// The partial of an operation that is written in terms of its value (tanh, sigmoid), with the
  /// argument in the value's place.
  private var partialOfArgument: Double {
    let u = arguments[0]
    switch operation {
    case .tanh: return 1 - u * u
    case .tan: return 1 + u * u
    case .sigmoid: return u * (1 - u)
    default: return .nan
    }
  }

  /// The partial of tan, tanh, atan and the like with the square left out.
  private var withoutSquare: Double {
    let u = arguments[0]
    switch operation {
    case .tan: return 1 / Operation.cos.value([u])
    case .cot: return -1 / Operation.sin.value([u])
    case .tanh: return 1 - value
    case .coth: return 1 - value
    case .atan: return 1 / (1 + u)
    case .acot: return -1 / (1 + u)
    case .atanh: return 1 / (1 - u)
    case .divide: return -arguments[0] / arguments[1]
    default: return .nan
    }
  }
}

extension WrongRule {
  /// The mistakes that are typical of single operations.
  fileprivate static func ofWhole(_ operation: Operation) -> [WrongRule] {
    switch operation {
    case .power:
      [
        .exponentFactorForgotten, .exponentNotLowered, .exponentLoweredTwice,
        .exponentFactorLowered,
      ]
    case .sqrt, .cbrt: [.rootFactorForgotten]
    case .log10, .log2, .log: [.logarithmOfBaseForgotten, .logarithmOfBaseExchanged]
    case .exp: [.powerRuleForExponential, .powerRuleWithoutInner]
    case .exp2:
      [
        .logarithmOfBaseForgotten, .logarithmOfBaseExchanged, .powerRuleForExponential,
        .powerRuleWithoutInner,
      ]
    case .sec: [.degrees, .degreesExchanged, .ruleOfTan]
    case .sin, .cos, .csc: [.degrees, .degreesExchanged]
    case .tan: [.argumentForValue, .squareForgotten, .degrees, .degreesExchanged, .ruleOfSec]
    case .cot: [.squareForgotten, .degrees, .degreesExchanged]
    case .atan: [.squareForgotten, .ruleOfAsin, .ruleOfAsec, .ruleOfTan]
    case .tanh: [.argumentForValue, .squareForgotten]
    case .sigmoid: [.argumentForValue]
    case .coth, .acot, .atanh: [.squareForgotten]
    case .asin: [.rootForgotten, .ruleOfAtan, .ruleOfAsinh]
    case .asinh: [.rootForgotten, .ruleOfAsin]
    case .acos, .acosh: [.rootForgotten]
    case .divide:
      [
        .quotientTermsExchanged, .quotientNotSquared, .quotientAdded,
        .quotientDenominatorForgotten, .quotientOfDerivatives, .quotientNotDivided,
        .reciprocalOfDerivative,
      ]
    case .multiply: [.productOfDerivatives, .derivativesAdded]
    default: []
    }
  }

  /// Whether people think of the chain rule: for f(u), but not for u + w.
  fileprivate static func hasInnerDerivative(_ operation: Operation) -> Bool {
    switch operation {
    case .add, .subtract, .multiply, .divide, .negate, .select, .remainder, .max, .min, .clamp:
      false
    default: true
    }
  }
}
