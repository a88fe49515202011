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
  /// The rule for the operation at `node`.
  package let rule: DerivationRule
  /// Whether an argument is more than the variable: the chain rule's inner derivative is a factor.
  package let isChained: Bool
  /// What the rule is applied to.
  package let node: NodeIndex
  /// Its derivative.
  package let result: NodeIndex
  /// Its derivative before the rules are applied to its parts: with a symbol, a variable beyond
  /// those of the function, for the derivative of each part that has rules to come.
  package let pending: NodeIndex
}

/// The derivative of a formula in one variable, step by step.
package struct Derivation {
  /// The graph of the function and of what the rules give, with only 0 and 1 folded.
  package let graph: Graph
  /// The root of the function that is differentiated.
  package let function: NodeIndex
  /// From the outermost operation inwards.
  package let steps: [DerivationStep]
  /// The derivative as the rules give it, not yet simplified.
  package let result: NodeIndex
  /// For each variable that is the symbol of a derivative, what it is the derivative of.
  package let symbols: [Int: NodeIndex]
  /// The result in simplified form.
  package let simplified: Formulas
}

extension Graph {
  /// Differentiates an output and records every step.
  package func derivation(of output: NodeIndex, in variable: Int) -> Derivation {
    let differentiator = SymbolicDifferentiator(self, outputs: [output], form: .raw)
    let (function, steps, result, symbols) = differentiator.steps(in: variable)
    let simplifier = SymbolicDifferentiator(self, outputs: [output], form: .simplified)
    return Derivation(
      graph: differentiator.graph, function: function, steps: steps, result: result,
      symbols: symbols,
      simplified: simplifier.simplified(simplifier.derivatives(along: [[variable]])))
  }
}

extension SymbolicDifferentiator {
  /// The first output in this graph, the steps of its derivation, and its derivative.
  func steps(
    in variable: Int
  ) -> (
    function: NodeIndex, steps: [DerivationStep], result: NodeIndex,
    symbols: [Int: NodeIndex]
  ) {
    var places: [UInt32] = []
    let function = imported[Int(outputs[0])]
    let sweep = DerivativeSweep(
      graph, [function], form, hasQuotientRule: true, places: &places)
    var pending = PendingDerivatives(graph, function, sweep.rules)
    var isVarying: Set<NodeIndex> = []
    var steps: [DerivationStep] = []
    let result = sweep.derivatives(in: variable) { node, parts, tangent in
      isVarying.insert(node)
      if node != function, graph.isSymbol(node) || graph.isCondition(node) { return }
      let result = tangent ?? graph.constant(0)
      steps.append(
        DerivationStep(
          rule: rule(node, parts, isVarying), isChained: isChained(node, parts, isVarying),
          node: node, result: result,
          pending: pending.derivative(of: node, parts, isVarying) ?? result))
    }[0]
    if steps.isEmpty {
      steps = [
        DerivationStep(
          rule: .constant, isChained: false, node: function, result: result, pending: result)
      ]
    }
    return (function, steps, result, pending.symbols)
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

  /// Sums, products and quotients have rules of their own for their parts, so no chain rule is
  /// shown.
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

/// One rule applied, and no further: the derivatives of the parts are symbols.
private struct PendingDerivatives {
  private let graph: Graph
  private let rules: DerivativeRules
  private var symbolOfPart: [NodeIndex: NodeIndex] = [:]
  /// Variables beyond those of the function are free to stand for derivatives.
  private var nextVariable: Int
  private(set) var symbols: [Int: NodeIndex] = [:]

  init(_ graph: Graph, _ function: NodeIndex, _ rules: DerivativeRules) {
    self.graph = graph
    self.rules = rules
    nextVariable = 0
    for node in 0...function {
      if case .variable(let index)? = graph[leaf: node] {
        nextVariable = max(nextVariable, index + 1)
      }
    }
  }

  /// The derivative of a node by its own rule alone; nil where no part is left to differentiate.
  mutating func derivative(
    of node: NodeIndex, _ parts: ArraySlice<NodeIndex>, _ isVarying: Set<NodeIndex>
  ) -> NodeIndex? {
    var tangents: [DerivativeRules.PartTangent] = []
    var isPending = false
    for (position, part) in parts.enumerated() where isVarying.contains(part) {
      if graph.isCondition(part) { continue }
      if graph.isSymbol(part) {
        tangents.append((position, Term(graph, graph.constant(1))))
      } else {
        isPending = true
        tangents.append((position, Term(graph, symbol(of: part))))
      }
    }
    guard isPending else { return nil }
    let partials = rules.partials(of: node, parts)
    return rules.tangent(of: node, parts, tangents) { partials }?.index(in: graph)
  }

  private mutating func symbol(of part: NodeIndex) -> NodeIndex {
    if let known = symbolOfPart[part] { return known }
    let symbol = graph.variable(nextVariable)
    symbols[nextVariable] = part
    nextVariable += 1
    symbolOfPart[part] = symbol
    return symbol
  }
}

extension Graph {
  /// Whether a node is a truth value: its derivative is 0 without a rule.
  fileprivate func isCondition(_ node: NodeIndex) -> Bool {
    switch operation(of: node)?.about.notation {
    case .infix(let precedence), .prefix(let precedence): precedence <= .comparison
    default: false
    }
  }
}
