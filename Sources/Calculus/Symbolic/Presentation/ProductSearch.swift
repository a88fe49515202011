// What algebra makes of a formula that no rewriting finds: terms that cancel, a sum that is a product.
//
// Both are guessed from values modulo a prime and then shown by algebra.

/// Looks for short formulas that a node of a normal graph equals.
struct ProductSearch {
  private let graph: NormalGraph
  private let monomials: Monomials

  private static let termLimit = 12
  private static let baseLimit = 9
  private static let nodeLimit = 1200

  init(_ graph: NormalGraph) {
    self.graph = graph
    monomials = Monomials(graph)
  }

  // MARK: Terms that cancel

  /// A sum without terms that together are 0; nil where there are none.
  func withoutVanishingTerms(_ sum: NodeIndex) -> NodeIndex? {
    let terms = graph.terms(sum)
    guard (2...Self.termLimit).contains(terms.count), isSearched(terms),
      let (values, field) = ResidueModels(graph, terms)?.sample()
    else { return nil }
    // Of each set of terms the sum; of those that are 0 the largest set.
    var sums = [UInt64(0)]
    for value in values { sums += sums.map { field.sum($0, value) } }
    let candidates = sums.indices.dropFirst().filter { sums[$0] == 0 }.sorted {
      $0.nonzeroBitCount > $1.nonzeroBitCount
    }
    for candidate in candidates.prefix(3) {
      let isIn = { (index: Int) in candidate >> index & 1 == 1 }
      let vanishing = graph.sum(terms.indices.filter(isIn).map { terms[$0] })
      guard graph.isZeroByAlgebra(vanishing) else { continue }
      let rest = graph.sum(terms.indices.filter { !isIn($0) }.map { terms[$0] })
      graph.note(.cancelledTerms, before: sum, after: rest)
      return rest
    }
    return nil
  }

  /// Whether formulas are short, and algebra speaks of all their values: of what jumps, such as a sign,
  /// it does not know the value at the jump.
  private func isSearched(_ nodes: [NodeIndex]) -> Bool {
    let uses = graph.uses(from: nodes)
    let needed = uses.indices.filter { uses[$0] > 0 }
    return needed.count <= Self.nodeLimit && !needed.contains { graph.jumps(NodeIndex($0)) }
  }

  // MARK: Products

  /// A base that powers are tried of, and what may be tried without a loss of values.
  private struct Base {
    let node: NodeIndex
    /// Whether a term is undefined where the base is 0, or is negative.
    var isInverse = false
    var isRoot = false

    /// The exponents that are tried, in halves, from the lowest on.
    var exponents: [Int] {
      (-10...12).filter {
        $0 != 0 && (isInverse || $0 > 0) && (isRoot || $0.isMultiple(of: 2))
      }
    }
  }

  /// The product of powers of parts of a node that it equals, of those with the fewest bases the first
  /// that is found; nil where none is.
  func product(_ node: NodeIndex) -> NodeIndex? {
    let bases = bases(of: node)
    guard !bases.isEmpty, isSearched([node] + bases.map(\.node)),
      let (values, field) = ResidueModels(graph, [node] + bases.map(\.node))?.sample()
    else { return nil }
    guard let target = values.first, target != 0 else { return nil }
    let powers = zip(bases, values.dropFirst()).map { Self.powers(of: $0, $1, field) }
    for factors in Self.matches(target, powers, field) {
      var monomial = Monomial(factors.coefficient)
      for (index, halves) in factors.exponents {
        guard let exponent = Rational.quotient(Rational(halves), Rational(2)) else { continue }
        _ = monomial.multiply(Factor(bases[index].node, exponent)) { _ in false }
      }
      let product = monomials.node(monomial)
      let difference = graph.sum([node, graph.product(Rational(-1), [product])])
      if graph.isZeroByAlgebra(difference) {
        graph.note(.products, before: node, after: product)
        return product
      }
    }
    return nil
  }

  /// An exponent in halves, and the power with the opposite exponent modulo the prime.
  private typealias Power = (halves: Int, value: UInt64)

  private static func powers(of base: Base, _ value: UInt64, _ field: ResidueField) -> [Power] {
    guard value != 0, let inverse = field.inverse(value) else { return [] }
    let isPositive = field.isPositive(value)
    let root = isPositive ? field.root(value, order: 2) : nil
    return base.exponents.compactMap { halves in
      if halves.isMultiple(of: 2) {
        let power = field.power(halves > 0 ? inverse : value, UInt64(halves.magnitude) / 2)
        return (halves, power)
      }
      guard let root, let power = field.power(root, -halves) else { return nil }
      return (halves, power)
    }
  }

  private typealias Match = (coefficient: Rational, exponents: [(Int, Int)])

  /// Small fractions times products of powers that have the value, those of fewer bases first.
  private static func matches(
    _ target: UInt64, _ powers: [[Power]], _ field: ResidueField
  ) -> [Match] {
    var matches: [Match] = []
    let check = { (value: UInt64, exponents: [(Int, Int)]) in
      guard matches.count < 4, let coefficient = fractions[value] else { return }
      matches.append((coefficient, exponents))
    }
    check(target, [])
    // Each base that is added divides by one of its powers.
    var partial: [(value: UInt64, exponents: [(Int, Int)])] = [(target, [])]
    for size in 1...3 {
      var next: [(value: UInt64, exponents: [(Int, Int)])] = []
      for (value, exponents) in partial {
        let start = exponents.last.map { $0.0 + 1 } ?? 0
        for index in powers.indices.dropFirst(start) {
          for power in powers[index] where size < 3 || power.halves.magnitude <= 4 {
            let rest = field.product(value, power.value)
            let chosen = exponents + [(index, power.halves)]
            check(rest, chosen)
            if size < 3, size == 1 || power.halves.magnitude <= 4 { next.append((rest, chosen)) }
          }
        }
      }
      if !matches.isEmpty { break }
      partial = size == 2 ? next.filter { $0.exponents.allSatisfy { $0.1.magnitude <= 4 } } : next
    }
    return matches
  }

  /// Fractions of small numbers by their values in the first field.
  private static let fractions: [UInt64: Rational] = {
    let field = ResidueField.all[0]
    var fractions: [UInt64: Rational] = [:]
    for denominator in 1...64 {
      guard let inverse = field.inverse(field.residue(denominator)) else { continue }
      for numerator in 1...64 {
        guard let fraction = Rational.quotient(Rational(numerator), Rational(denominator)),
          fraction.denominator == denominator
        else { continue }
        let value = field.product(field.residue(numerator), inverse)
        fractions[value] = fraction
        fractions[field.opposite(value)] = fraction.opposite
      }
    }
    return fractions
  }()

  // MARK: Bases

  /// The bases of the factors of terms, those of sums among them, and the roots of these sums.
  private func bases(of node: NodeIndex) -> [Base] {
    var bases: [Base] = []
    func add(_ base: Base) {
      if let index = bases.firstIndex(where: { $0.node == base.node }) {
        bases[index].isInverse = bases[index].isInverse || base.isInverse
        bases[index].isRoot = bases[index].isRoot || base.isRoot
      } else if graph.number(base.node) == nil {
        bases.append(base)
      }
    }
    for term in graph.terms(node) {
      for factor in graph.coefficientAndFactors(term).1 {
        add(base(factor))
        guard graph.isSum(factor.base) else { continue }
        for part in graph.terms(factor.base).flatMap({ graph.coefficientAndFactors($0).1 }) {
          var inner = base(part)
          inner.isInverse = inner.isInverse || graph.facts(part.base).isPositive
          add(inner)
        }
      }
    }
    let sums = bases.filter { graph.isSum($0.node) }
    for sum in sums + (graph.isSum(node) ? [Base(node: node)] : []) {
      for root in pairs(in: sum.node) { add(Base(node: root, isInverse: sum.isInverse)) }
    }
    return Array(bases.prefix(Self.baseLimit))
  }

  /// A factor's base; a root's is what is under it.
  private func base(_ factor: Factor) -> Base {
    let isInverse = factor.exponent.isNegative || graph.facts(factor.base).isPositive
    if case .unary(.sqrt, let x) = graph[factor.base] {
      return Base(node: x, isInverse: isInverse, isRoot: true)
    }
    return Base(node: factor.base, isInverse: isInverse, isRoot: !factor.exponent.isWhole)
  }

  /// For a sum of squares or cubes of two things and others, sum and difference of the two.
  private func pairs(in sum: NodeIndex) -> [NodeIndex] {
    let terms = graph.terms(sum)
    guard (2...6).contains(terms.count) else { return [] }
    for order in [2, 3] {
      let roots = terms.compactMap { root(of: $0, order) }
      guard roots.count == 2 else { continue }
      return [1, -1].map { graph.sum([roots[0], graph.product(Rational($0), [roots[1]])]) }
    }
    return []
  }

  private func root(of term: NodeIndex, _ order: Int) -> NodeIndex? {
    let (coefficient, factors) =
      graph.number(term).map { ($0, []) } ?? graph.coefficientAndFactors(term)
    let size = coefficient.magnitude
    guard size.isExact, let numerator = Self.root(size.numerator, order),
      let denominator = Self.root(size.denominator, order),
      let size = Rational.quotient(Rational(numerator), Rational(denominator)),
      let fraction = Rational.quotient(.one, Rational(order))
    else { return nil }
    let nodes = factors.compactMap { root(of: $0, fraction) }
    guard nodes.count == factors.count else { return nil }
    return graph.product(coefficient.isNegative && order == 3 ? size.opposite : size, nodes)
  }

  /// A power, or an exponential, whose exponent the order divides.
  private func root(of factor: Factor, _ fraction: Rational) -> NodeIndex? {
    if let exponent = Rational.exactProduct(factor.exponent, fraction), exponent.isWhole {
      return graph.power(factor.base, graph.numberNode(exponent))
    }
    guard factor.exponent == .one else { return nil }
    switch graph[factor.base] {
    case .unary(.exp, let x): return graph.normal(.exp, [graph.product(fraction, [x])])
    case .binary(.power, let base, let x) where graph.facts(base).isPositive:
      return graph.normal(.power, [base, graph.product(fraction, [x])])
    default: return nil
    }
  }

  private static func root(_ value: Int, _ order: Int) -> Int? {
    (1...1000).first { candidate in
      (0..<order).reduce(1) { product, _ in product * candidate } == value
    }
  }
}
