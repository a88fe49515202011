// Numbers, factors, and chains of sums and products, as nodes of a graph.

/// A base with a numeric exponent.
struct Factor {
  let base: NodeIndex
  let exponent: Rational

  init(_ base: NodeIndex, _ exponent: Rational = .one) {
    self.base = base
    self.exponent = exponent
  }
}

extension Graph {
  /// The node of an operation as it stands.
  func plain(_ operation: Operation, _ xs: [NodeIndex]) -> NodeIndex {
    switch operation.shape {
    case .unary: unary(operation, xs[0])
    case .binary: binary(operation, xs[0], xs[1])
    case .variadic: variadic(operation, xs)
    }
  }

  /// The fraction that a node is; nil for any other node.
  func number(_ node: NodeIndex) -> Rational? {
    if case .constant(let value)? = self[leaf: node] { return Rational(constant: value) }
    guard case .binary(.divide, let x, let y) = self[node],
      case .constant(let top)? = self[leaf: x], case .constant(let bottom)? = self[leaf: y],
      let numerator = Rational(top), let denominator = Rational(bottom)
    else { return nil }
    return Rational.quotient(numerator, denominator)
  }

  /// The same, if it is exact: what exponents are.
  func exactNumber(_ node: NodeIndex) -> Rational? {
    number(node).flatMap { $0.isExact ? $0 : nil }
  }

  func numberNode(_ value: Rational) -> NodeIndex {
    guard value.isExact else { return constant(value.value) }
    let top = constant(Double(value.numerator))
    return value.isWhole ? top : binary(.divide, top, constant(Double(value.denominator)))
  }

  /// The base and exponent of a power with a number for exponent; of any other node, itself and 1.
  func factor(_ node: NodeIndex) -> Factor {
    if case .binary(.power, let base, let exponent) = self[node],
      let value = exactNumber(exponent)
    {
      return Factor(base, value)
    }
    return Factor(node)
  }

  /// The operands of `a ∘ b ∘ c`, from left to right; the node itself where it is none.
  ///
  /// - Parameters:
  ///   - limit: how many are taken off at most; the rest is the first operand.
  ///   - isOpen: whether a chain inside of the node is taken apart; by default as the graph says.
  func operands(
    _ operation: Operation, of node: NodeIndex, limit: Int = .max,
    isOpen: ((NodeIndex) -> Bool)? = nil
  ) -> [NodeIndex] {
    var operands: [NodeIndex] = []
    var rest = node
    while operands.count < limit, case .binary(operation, let x, let y) = self[rest],
      rest == node || (isOpen?(rest) ?? self.isOpen(rest))
    {
      operands.append(y)
      rest = x
    }
    operands.append(rest)
    operands.reverse()
    return operands
  }

  func isSum(_ node: NodeIndex) -> Bool {
    if case .binary(.add, _, _) = self[node] { true } else { false }
  }
}
