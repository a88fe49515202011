// Normal form: what every node of a normal graph is, so that equal things are equal nodes.
//
// A number is a whole constant or a quotient of two. A term is a number, a body, or number * body;
// a body is a factor or body * factor, the factors in order; a factor is a base or base ^ number; a
// sum is term + … + term in order, its number last. Nothing else is built of `+ - * /` and signs.

/// A graph whose nodes are in normal form at birth.
final class NormalGraph: Graph {
  /// The facts about the nodes, as far as they were asked for.
  @exclusivity(unchecked) var factTable: [Facts] = []
  /// The order in which the user, or an earlier formula, wrote the terms of sums (as bodies) and
  /// the factors of products (as bases).
  var displayOrder: [NodeIndex: [NodeIndex]] = [:]
  /// Whether numbers are written as decimals, as the user's are.
  var usesDecimals = false
  /// Whether the formulas are for people, who read `sign(x)` where the rules of differentiation choose
  /// between cases. Not before: what is multiplied by a sign has a value where that is 0.
  var isForPeople = false
  /// Whether numbers were added with rounding: then nothing is shown by algebra.
  var hasRoundedSums = false
  /// The names of the rules that have rewritten functions; nil if they are not recorded.
  var firedRules: [String]?
  /// Where rewrites of the presentation were applied; nil if they are not recorded.
  var appliedRewrites: Set<AppliedRewrite>?
  /// The sums that the user squared, by the opposite that products know them as.
  var squaredSums: [NodeIndex: NodeIndex] = [:]
  /// The common number that was taken out of each sum.
  var contents: [NodeIndex: (content: Rational, primitive: NodeIndex)] = [:]

  override func normalized(
    _ operation: Operation, _ xs: @autoclosure () -> [NodeIndex]
  ) -> NodeIndex? {
    normal(operation, xs())
  }

  override func isOpen(_ node: NodeIndex) -> Bool { !facts(node).isOpaque }
}

extension NormalGraph {
  /// The normal form of an operation on normal nodes.
  func normal(_ operation: Operation, _ arguments: [NodeIndex]) -> NodeIndex {
    let xs = arguments.map(normalConstant)
    switch operation {
    case .add: return sum(xs)
    case .subtract: return sum([xs[0], product(Rational(-1), [xs[1]])])
    case .negate: return product(Rational(-1), xs)
    case .multiply: return product(.one, xs)
    case .divide: return quotient(xs[0], xs[1])
    case .power: return power(xs[0], xs[1])
    default:
      return FunctionRewrite.result(self, operation, xs) ?? plain(operation, xs)
    }
  }

  /// A decimal constant as the exact fraction of its decimal text.
  private func normalConstant(_ node: NodeIndex) -> NodeIndex {
    guard case .constant(let value)? = self[leaf: node], value != value.rounded(),
      let number = Rational(value)
    else { return node }
    return numberNode(number)
  }

  // MARK: Taking apart

  /// A term's coefficient and body; no body for a number.
  func coefficientAndBody(_ node: NodeIndex) -> (Rational, NodeIndex?) {
    if let value = number(node) { return (value, nil) }
    if !facts(node).isOpaque, case .binary(.multiply, let x, let y) = self[node],
      let value = number(x)
    {
      return (value, y)
    }
    return (.one, node)
  }

  /// The factors of a body, in order.
  func factors(_ body: NodeIndex) -> [Factor] {
    var factors: [Factor] = []
    _ = hasFactor(body) {
      factors.append($0)
      return false
    }
    factors.reverse()
    return factors
  }

  /// Whether a factor of a body is such a one; from the last factor on.
  func hasFactor(_ body: NodeIndex, where holds: (Factor) -> Bool) -> Bool {
    var rest = body
    while case .binary(.multiply, let x, let y) = self[rest], !facts(rest).isOpaque {
      if holds(factor(y)) { return true }
      rest = x
    }
    return holds(factor(rest))
  }

  /// The terms of a sum; the node itself where it is no sum, or one with more than `limit` terms.
  func terms(_ node: NodeIndex, limit: Int = 256) -> [NodeIndex] {
    if facts(node).isOpaque { return [node] }
    let terms = operands(.add, of: node, limit: limit + 1)
    return terms.count > limit + 1 ? [node] : terms
  }

  /// Marks a large node that is used in several places, so that it is not copied into each of them.
  func protect(_ node: NodeIndex) {
    let (_, body) = coefficientAndBody(node)
    guard terms(node).count > 3 || factors(body ?? node).count > 3 else { return }
    factTable[Int(node)].isOpaque = true
  }

  /// Allows all chains to be taken apart again.
  func openAll() {
    for node in factTable.indices { factTable[node].isOpaque = false }
  }

  // MARK: Sums

  /// The sum of normal nodes.
  func sum(_ nodes: [NodeIndex]) -> NodeIndex {
    var sum = SumBuilder(self)
    for node in nodes { terms(node).forEach { sum.add($0) } }
    return sum.node()
  }

  // MARK: Products

  /// A number times normal nodes.
  func product(_ coefficient: Rational, _ nodes: [NodeIndex]) -> NodeIndex {
    var product = ProductBuilder(self, coefficient)
    for node in nodes { product.multiply(node) }
    return product.node()
  }

  private func quotient(_ x: NodeIndex, _ y: NodeIndex) -> NodeIndex {
    // A division by the number 0 stays as it stands.
    if number(y) == .zero { return plain(.divide, [x, y]) }
    return product(.one, [x, power(y, numberNode(Rational(-1)))])
  }

  // MARK: Powers

  func power(_ base: NodeIndex, _ exponent: NodeIndex) -> NodeIndex {
    guard let value = exactNumber(exponent) else {
      if exactNumber(base) == .zero, facts(exponent).isPositive, facts(exponent).isTotal {
        return numberNode(.zero)
      }
      return powerOfPower(base, exponent) ?? plain(.power, [base, exponent])
    }
    if value == .one { return base }
    if let result = powerOfPower(base, exponent) { return result }
    if value == .zero, facts(base).isTotal { return numberNode(.one) }
    if let number = number(base) {
      if number == .zero, value.isWhole, value.isNegative {
        return plain(.divide, [numberNode(.one), base])
      }
      if value.isWhole, let result = number.raised(to: value.numerator) {
        return numberNode(result)
      }
      return plain(.power, [base, exponent])
    }
    guard value.isWhole, value != .zero else { return plain(.power, [base, exponent]) }
    return wholePower(base, value)
  }

  /// (x^p)^q is x^(p*q) for a variable that is positive by assumption, and ((-1)^n)^2 is 1.
  private func powerOfPower(_ power: NodeIndex, _ exponent: NodeIndex) -> NodeIndex? {
    guard case .binary(.power, let base, let inner) = self[power] else { return nil }
    if number(base) == Rational(-1), facts(inner).isWhole, let value = exactNumber(exponent),
      value.isWhole, value.numerator.isMultiple(of: 2)
    {
      return numberNode(.one)
    }
    guard case .variable = self[base], facts(base).isPositive else { return nil }
    return self.power(base, product(.one, [inner, exponent]))
  }

  /// The factors of a power of a term; a sum is a factor.
  private func wholePower(_ base: NodeIndex, _ exponent: Rational) -> NodeIndex {
    if facts(base).isOpaque || isSum(base) {
      var product = ProductBuilder(self, .one)
      product.multiply(Factor(base, exponent))
      return product.node()
    }
    if case .unary(.abs, let x) = self[base], exponent.numerator % 2 == 0 {
      return power(x, numberNode(exponent))
    }
    let (coefficient, body) = coefficientAndBody(base)
    // If the power of the coefficient overflows, the whole stays a power: the factors' own powers
    // might overflow where that of the product does not.
    guard let scaled = coefficient.raised(to: exponent.numerator), let body,
      exponent.magnitude < Rational(65) || factors(body).count == 1
    else {
      return plain(.power, [base, numberNode(exponent)])
    }
    var product = ProductBuilder(self, scaled)
    for factor in factors(body) { product.multiply(raised(factor, to: exponent)) }
    return product.node()
  }

  /// (b^p)^n is b^(p n) where that changes no value: of whole powers always, also 1/(1/b) is b.
  private func raised(_ factor: Factor, to exponent: Rational) -> Factor {
    let keepsDomain =
      factor.exponent == .one || facts(factor.base).isPositive || factor.exponent.isWhole
    guard keepsDomain, let whole = Rational.exactProduct(factor.exponent, exponent) else {
      return Factor(plain(.power, [factor.base, numberNode(factor.exponent)]), exponent)
    }
    return Factor(factor.base, whole)
  }
}
