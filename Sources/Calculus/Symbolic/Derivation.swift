// A derivation: what the differentiator does, rule by rule, in the order it does it.

/// The rule that gives the derivative of one operation.
package enum DerivationRule: Sendable, Equatable {
  /// What does not depend on the variable.
  case constant
  /// The variable itself.
  case variable
  case sum, difference, sign, product, quotient
  /// A factor, or a divisor, that does not depend on the variable.
  case constantFactor
  /// A base with an exponent that does not depend on the variable.
  case power
  /// An exponent over a base that does not depend on the variable.
  case exponential
  /// Base and exponent both depend on the variable.
  case generalPower
  /// The derivative of an elementary function.
  case function(Operation)
}

/// One line of a derivation.
package struct DerivationStep: Sendable {
  package let rule: DerivationRule
  /// Whether an argument is more than the variable: the chain rule's inner derivative is a factor.
  package let isChained: Bool
  /// What the rule is applied to.
  package let node: NodeIndex
  /// Its derivative.
  package let result: NodeIndex
}

/// The derivative of a formula in one variable, step by step.
package struct Derivation {
  /// The graph of the function and of what the rules give, with only 0 and 1 folded.
  package let graph: Graph
  package let function: NodeIndex
  package let steps: [DerivationStep]
  package let result: NodeIndex
  /// The result in simplified form.
  package let simplified: Formulas
}

extension Graph {
  /// Differentiates an output and tells every step.
  package func derivation(of output: NodeIndex, in variable: Int) -> Derivation {
    let differentiator = SymbolicDifferentiator(self, outputs: [output], form: .raw)
    let (function, steps, result) = differentiator.steps(in: variable)
    let simplifier = SymbolicDifferentiator(self, outputs: [output], form: .simplified)
    return Derivation(
      graph: differentiator.graph, function: function, steps: steps, result: result,
      simplified: simplifier.simplified(simplifier.derivatives(along: [[variable]])))
  }
}

extension SymbolicDifferentiator {
  /// The first output in this graph, the steps of its derivation, and its derivative.
  func steps(
    in variable: Int
  ) -> (function: NodeIndex, steps: [DerivationStep], result: NodeIndex) {
    var places: [UInt32] = []
    let function = imported[Int(outputs[0])]
    let sweep = DerivativeSweep(
      graph, [function], form, hasQuotientRule: true, places: &places)
    var isVarying: Set<NodeIndex> = []
    var steps: [DerivationStep] = []
    let result = sweep.derivatives(in: variable) { node, parts, tangent in
      isVarying.insert(node)
      if node != function, graph.isSymbol(node) || graph.isCondition(node) { return }
      steps.append(
        DerivationStep(
          rule: rule(node, parts, isVarying), isChained: isChained(node, parts, isVarying),
          node: node, result: tangent ?? graph.constant(0)))
    }[0]
    if steps.isEmpty {
      steps = [
        DerivationStep(rule: .constant, isChained: false, node: function, result: result)
      ]
    }
    return (function, steps, result)
  }

  private func rule(
    _ node: NodeIndex, _ parts: ArraySlice<NodeIndex>, _ isVarying: Set<NodeIndex>
  ) -> DerivationRule {
    let varying = parts.indices.filter { isVarying.contains(parts[$0]) }
    switch graph[node] {
    case .variable: return .variable
    case .constant: return .constant
    case .unary(.negate, _): return .sign
    case .binary(.add, _, _): return .sum
    case .binary(.subtract, _, _): return .difference
    case .binary(.multiply, _, _): return varying.count == 1 ? .constantFactor : .product
    case .binary(.divide, _, _): return varying == [parts.startIndex] ? .constantFactor : .quotient
    case .binary(.power, _, _):
      return varying.count == 2
        ? .generalPower : varying == [parts.startIndex] ? .power : .exponential
    case .unary(let operation, _), .binary(let operation, _, _), .variadic(let operation, _):
      return .function(operation)
    }
  }

  /// Sums, products and quotients have rules of their own for what they are made of.
  private func isChained(
    _ node: NodeIndex, _ parts: ArraySlice<NodeIndex>, _ isVarying: Set<NodeIndex>
  ) -> Bool {
    switch graph[node] {
    case .unary(.negate, _), .binary(.add, _, _), .binary(.subtract, _, _),
      .binary(.multiply, _, _), .binary(.divide, _, _):
      false
    default: parts.contains { isVarying.contains($0) && !graph.isSymbol($0) }
    }
  }
}

extension Graph {
  /// Whether a node says only whether something holds: its derivative is 0 without a rule.
  fileprivate func isCondition(_ node: NodeIndex) -> Bool {
    switch operation(of: node)?.about.notation {
    case .infix(let precedence), .prefix(let precedence): precedence <= .comparison
    default: false
    }
  }
}
