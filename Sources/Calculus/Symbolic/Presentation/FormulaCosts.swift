// How long the formula is that a node of a normal graph is written as, counted in operations.

/// Counts what `FormulaWriter` writes; a fraction is one number, also as a factor (`3*x/4`).
struct FormulaCosts {
  struct Cost {
    /// The operations of the formula without its sign.
    let operations: Int
    let isNegative: Bool
    /// Whether it is made of functions that are analytic where they are defined: where such a
    /// formula is 0 on an interval, it is 0 everywhere.
    let isAnalytic: Bool
    /// Whether it is a sum with terms of both signs, which takes a sign without an operation.
    var hasBothSigns = false
    /// Whether it is a sum whose terms all have a sign, which a product takes out.
    var isOpposite = false

    var signed: Int { operations + (isNegative ? 1 : 0) }
  }

  private let graph: NormalGraph
  private var costs: [Cost] = []

  init(_ graph: NormalGraph) { self.graph = graph }

  mutating func cost(of node: NodeIndex) -> Cost {
    while costs.count <= Int(node) { costs.append(find(NodeIndex(costs.count))) }
    return costs[Int(node)]
  }

  private func find(_ node: NodeIndex) -> Cost {
    if let value = graph.number(node) {
      return Cost(operations: 0, isNegative: value.isNegative, isAnalytic: true)
    }
    switch graph[node] {
    case .variable: return Cost(operations: 0, isNegative: false, isAnalytic: true)
    case .constant(let value):
      return Cost(operations: 0, isNegative: value.sign == .minus, isAnalytic: value.isFinite)
    case .binary(.add, _, _): return sum(graph.operands(.add, of: node))
    case .binary(.multiply, _, _): return term(node)
    case .binary(.power, _, let exponent) where graph.exactNumber(exponent) != nil:
      return term(node)
    case .unary(let operation, let x): return call(operation, [x])
    case .binary(let operation, let x, let y): return call(operation, [x, y])
    case .variadic(let operation, let xs): return call(operation, xs)
    }
  }

  private func sum(_ terms: [NodeIndex]) -> Cost {
    let parts = terms.map { costs[Int($0)] }
    let isNegative = parts.allSatisfy(\.isNegative)
    let operations = parts.reduce(terms.count - 1) { Self.sum($0, $1.operations) }
    return Cost(
      operations: isNegative ? Self.sum(operations, 1) : operations, isNegative: false,
      isAnalytic: parts.allSatisfy(\.isAnalytic),
      hasBothSigns: !isNegative && parts.contains(where: \.isNegative), isOpposite: isNegative)
  }

  private func term(_ node: NodeIndex) -> Cost {
    let (coefficient, factors) = graph.coefficientAndFactors(node)
    var isNegative = coefficient.isNegative
    var (above, below) = (0, 0)
    if coefficient.magnitude != .one { above += 1 }
    var operations = 0
    var isAnalytic = true
    for factor in factors {
      let base = costs[Int(factor.base)]
      let takesSign = (base.isNegative || base.isOpposite) && factor.exponent.isWhole
      if takesSign, factor.exponent.numerator % 2 != 0 { isNegative.toggle() }
      let sign = base.isOpposite && takesSign ? -1 : takesSign ? 0 : base.signed - base.operations
      operations = Self.sum(operations, base.operations + sign)
      if factor.exponent.magnitude != .one { operations = Self.sum(operations, 1) }
      if factor.exponent.isNegative { below += 1 } else { above += 1 }
      isAnalytic = isAnalytic && base.isAnalytic
    }
    let takesSign = factors.contains {
      $0.exponent.isWhole && $0.exponent.numerator % 2 != 0 && costs[Int($0.base)].hasBothSigns
    }
    if takesSign { isNegative = false }
    let between = max(above - 1, 0) + below
    return Cost(
      operations: Self.sum(operations, between), isNegative: isNegative, isAnalytic: isAnalytic)
  }

  private func call(_ operation: Operation, _ arguments: [NodeIndex]) -> Cost {
    let parts = arguments.map { costs[Int($0)] }
    return Cost(
      operations: parts.reduce(1) { Self.sum($0, $1.signed) }, isNegative: false,
      isAnalytic: Self.analytic.contains(operation) && parts.allSatisfy(\.isAnalytic))
  }

  /// A formula of many shared parts may have more operations than a number holds.
  private static func sum(_ x: Int, _ y: Int) -> Int { min(x + y, 1 << 40) }

  private static let analytic: Set<Operation> = [
    .power, .divide, .sqrt, .exp, .exp2, .ln, .log2, .log10, .sin, .cos, .tan, .cot, .sec, .csc,
    .asin, .acos, .atan, .sinh, .cosh, .tanh, .sech, .coth, .csch, .asinh, .acosh, .atanh, .sigmoid,
    .softplus,
    .erf,
  ]
}

extension NormalGraph {
  /// The number and the factors of a product, or of a power, as they are written.
  func coefficientAndFactors(_ node: NodeIndex) -> (Rational, [Factor]) {
    var (coefficient, body) = (Rational.one, node)
    if case .binary(.multiply, let x, let y) = self[node], let value = number(x) {
      (coefficient, body) = (value, y)
    }
    return (coefficient, operands(.multiply, of: body).map(factor))
  }
}
