// Products in normal form: like factors are one power, numbers one coefficient in front.

struct ProductBuilder {
  private let graph: NormalGraph
  private var coefficient: Rational
  private var factors: [Factor] = []

  /// The longest product that is flattened into another.
  private static let flatteningLimit = 32

  init(_ graph: NormalGraph, _ coefficient: Rational) {
    self.graph = graph
    self.coefficient = coefficient
  }

  mutating func multiply(_ node: NodeIndex) {
    let (number, body) = graph.coefficientAndBody(node)
    if let product = Rational.product(coefficient, number) {
      coefficient = product
    } else {
      // The product of the numbers is no exact fraction: this one stays a factor of its own.
      add(Factor(graph.numberNode(number)))
    }
    guard let body else { return }
    // The sums among the factors of a product have been taken apart when it was made.
    if graph.isSum(body) { return multiply(Factor(body)) }
    let factors = graph.factors(body)
    if factors.count > Self.flatteningLimit {
      // Copying a long product into product after product would make their sizes quadratic.
      graph.factTable[Int(body)].isOpaque = true
      add(Factor(body))
    } else {
      factors.forEach { add($0) }
    }
  }

  /// Takes the common number and the sign out of a small sum, so that 4 - 8*x and 1 - 2*x are like
  /// factors.
  mutating func multiply(_ factor: Factor) {
    guard graph.isSum(factor.base), !graph.facts(factor.base).isOpaque, factor.exponent.isWhole,
      let (content, primitive) = graph.contentAndPrimitive(factor.base),
      let power = content.raised(to: factor.exponent.numerator),
      let product = Rational.product(coefficient, power)
    else { return add(factor) }
    coefficient = product
    add(Factor(primitive, factor.exponent))
  }

  private mutating func add(_ factor: Factor) { factors.append(factor) }

  mutating func node() -> NodeIndex {
    let factors = merged()
    if coefficient == .zero, factors.allSatisfy({ graph.isTotal($0) }) {
      return graph.numberNode(.zero)
    }
    guard !factors.isEmpty else { return graph.numberNode(coefficient) }
    if factors.count == 1, factors[0].exponent == .one, coefficient != .one,
      graph.isSum(factors[0].base), !graph.facts(factors[0].base).isOpaque
    {
      let terms = graph.terms(factors[0].base, limit: 16)
      if terms.count > 1 {
        let sum = graph.sum(terms.map { graph.product(coefficient, [$0]) })
        // The bodies of its terms are those that they were.
        if let order = graph.displayOrder[factors[0].base], graph.displayOrder[sum] == nil {
          graph.displayOrder[sum] = order
        }
        return sum
      }
    }
    let body = graph.bodyOfSorted(factors)
    return coefficient == .one ? body : graph.scaled(body, by: coefficient)
  }

  /// The factors in order, like ones as one.
  private mutating func merged() -> [Factor] {
    graph.sort(&factors)
    var merged: [Factor] = []
    var start = 0
    while start < factors.count {
      let base = factors[start].base
      var end = start + 1
      while end < factors.count, factors[end].base == base { end += 1 }
      if end - start == 1, factors[start].exponent != .zero {
        merged.append(factors[start])
      } else {
        merged += self.merged(base, factors[start..<end].map(\.exponent))
      }
      start = end
    }
    return merged
  }

  /// Like factors: b^p * b^q = b^(p + q), unless that would make the result defined at more points.
  private func merged(_ base: NodeIndex, _ all: [Rational]) -> [Factor] {
    let facts = graph.facts(base)
    if all.allSatisfy({ $0 == .zero }) { return facts.isTotal ? [] : [Factor(base, .zero)] }
    if all.count == 1 { return [Factor(base, all[0])] }
    if facts.isPositive, facts.isTotal {
      var total = Rational.zero
      var loose: [Factor] = []
      for exponent in all {
        if let sum = Rational.exactSum(total, exponent) {
          total = sum
        } else {
          loose.append(Factor(base, exponent))
        }
      }
      return total == .zero ? loose : [Factor(base, total)] + loose
    }
    var (above, below) = (0, 0)
    var roots: [Rational] = []
    for exponent in all {
      if !exponent.isWhole {
        roots.append(exponent)
      } else if exponent.isNegative {
        below -= exponent.numerator
      } else {
        above += exponent.numerator
      }
    }
    guard max(above, below) <= 1 << 53 else { return all.map { Factor(base, $0) } }
    let whole =
      below == 0
      ? [above] : above == 0 ? [-below] : below > above ? [above - below] : [above - below + 1, -1]
    return whole.filter { $0 != 0 }.map { Factor(base, Rational($0)) }
      + Self.mergedRoots(roots).map { Factor(base, $0) }
  }

  /// Roots merge only while a root is left: x^(1/2) * x^(1/2) is undefined for x < 0, and x is not.
  private static func mergedRoots(_ roots: [Rational]) -> [Rational] {
    [false, true].flatMap { isNegative -> [Rational] in
      let roots = roots.filter { $0.isNegative == isNegative }
      var sum = Rational.zero
      for root in roots {
        guard let next = Rational.exactSum(sum, root) else { return roots }
        sum = next
      }
      guard sum.isWhole, sum != .zero else { return roots.isEmpty ? [] : [sum] }
      let half = Rational.quotient(.one, Rational(isNegative ? -2 : 2)) ?? sum
      guard let rest = Rational.exactSum(sum, half.opposite) else { return roots }
      return [rest, half]
    }
  }
}

extension NormalGraph {
  /// Brings factors into the order of products.
  func sort(_ factors: inout [Factor]) {
    // Most products are short and nearly sorted: an insertion sort.
    for end in factors.indices.dropFirst() {
      let facts = facts(factors[end].base)
      guard Facts.precedes(facts, self.facts(factors[end - 1].base)) else { continue }
      guard end < 8 else {
        let facts = factors.map { self.facts($0.base) }
        factors = factors.indices.sorted { Facts.precedes(facts[$0], facts[$1]) }
          .map { factors[$0] }
        return
      }
      let factor = factors.remove(at: end)
      var place = end - 1
      while place > 0, Facts.precedes(facts, self.facts(factors[place - 1].base)) { place -= 1 }
      factors.insert(factor, at: place)
    }
  }

  /// Factors multiplied.
  func body(_ factors: [Factor]) -> NodeIndex {
    var factors = factors
    sort(&factors)
    return bodyOfSorted(factors)
  }

  func bodyOfSorted(_ factors: [Factor]) -> NodeIndex {
    var body: NodeIndex?
    for factor in factors {
      let node =
        factor.exponent == .one
        ? factor.base : binary(.power, factor.base, numberNode(factor.exponent))
      body = body.map { binary(.multiply, $0, node) } ?? node
    }
    return body ?? numberNode(.one)
  }

  func scaled(_ body: NodeIndex, by coefficient: Rational) -> NodeIndex {
    binary(.multiply, numberNode(coefficient), body)
  }

  func isTotal(_ factor: Factor) -> Bool {
    let base = facts(factor.base)
    return base.isTotal && (base.isPositive || !factor.exponent.isNegative)
      && (base.isNonnegative || factor.exponent.isWhole)
  }

  /// A small sum as a number times a sum whose terms have no number in common; nil for a large one.
  ///
  /// Of a sum and its opposite, the one that was there first is the factor.
  func contentAndPrimitive(_ sum: NodeIndex) -> (content: Rational, primitive: NodeIndex)? {
    if let known = contents[sum] { return known }
    let terms = terms(sum, limit: 4)
    guard terms.count > 1, let common = content(of: terms) else { return nil }
    let coefficients = terms.compactMap { term in
      let (coefficient, body) = coefficientAndBody(term)
      return body.map { _ in coefficient }
    }
    let content = shownContent(common, of: coefficients)
    guard let inverse = Rational.quotient(.one, content)
    else { return nil }
    let primitive =
      content == .one ? sum : self.sum(terms.map { product(inverse, [$0]) })
    let opposite = self.sum(self.terms(primitive).map { product(Rational(-1), [$0]) })
    let result =
      opposite < primitive ? (content.opposite, opposite) : (content, primitive)
    contents[sum] = result
    if let order = displayOrder[sum] {
      for node in [primitive, opposite] where displayOrder[node] == nil {
        displayOrder[node] = order
      }
    }
    return result
  }

  /// The number that is taken out of a sum: of decimals one that leaves decimals, and only if more
  /// terms than before are without a number then.
  ///
  /// - Parameters:
  ///   - content: the largest number that leaves whole numbers.
  ///   - coefficients: those of the terms with variables.
  func shownContent(_ content: Rational, of coefficients: [Rational]) -> Rational {
    guard usesDecimals, !content.isWhole else { return content }
    let sizes = coefficients.map(\.magnitude)
    let count = { (size: Rational) in sizes.lazy.filter { $0 == size }.count }
    guard let most = sizes.max(by: { count($0) < count($1) }), count(most) > count(.one) else {
      return .one
    }
    let isDecimal = { (size: Rational) in
      guard let ratio = Rational.quotient(size, most), ratio.isExact else { return false }
      return Rational(constant: ratio.value) == ratio
    }
    return sizes.allSatisfy(isDecimal) ? most : .one
  }

  /// The positive number that all terms have in common.
  private func content(of terms: [NodeIndex]) -> Rational? {
    var content: Rational?
    for term in terms {
      let coefficient = coefficientAndBody(term).0
      if coefficient == .zero { return nil }
      guard let known = content else {
        content = coefficient.magnitude
        continue
      }
      guard let common = Rational.content(known, coefficient) else { return nil }
      content = common
    }
    return content
  }
}
