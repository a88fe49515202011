// Other forms of a sum: over one denominator, with what its terms have in common in front, expanded.

struct SumForms {
  var monomials: Monomials
  var graph: NormalGraph { monomials.graph }

  /// How many terms a sum has at most that is worked on, and how often terms are multiplied out.
  private static let termLimit = 32
  private static let expansionLimit = 400
  /// How many nodes there are at most when another form is made.
  private static let nodeLimit = 60_000

  private let kinds: Set<PresentationKind>

  init(_ graph: NormalGraph, _ kinds: Set<PresentationKind>) {
    monomials = Monomials(graph)
    self.kinds = kinds
  }

  mutating func operations(_ node: NodeIndex) -> Int { monomials.costs.cost(of: node).signed }

  /// The one that has the fewest operations, the first of several.
  mutating func shortest(_ nodes: [NodeIndex]) -> NodeIndex {
    var best = nodes[0]
    for node in nodes.dropFirst() where operations(node) < operations(best) { best = node }
    return best
  }

  /// A product with like bases as one power; nil where that would fill a hole that must stay.
  mutating func merged(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node) else { return nil }
    let isZero = monomials.isZero(monomial)
    let merged = isZero ? graph.constant(0) : monomials.node(monomial)
    graph.note(isZero ? .vanishing : .likeBases, before: node, after: merged)
    return merged
  }

  /// A product with the numbers under its square roots as one root, if there is something to gain.
  mutating func withNumbersOutOfRoots(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node), !monomials.isZero(monomial) else { return nil }
    guard let cleared = monomials.withNumbersOutOfRoots(monomial) else { return nil }
    let result = monomials.node(cleared)
    graph.note(.numbersOutOfRoots, before: node, after: result)
    return result
  }

  /// A product in the shortest spelling of the functions in it; nil as in `merged`.
  mutating func spelt(_ node: NodeIndex) -> NodeIndex? {
    guard let monomial = monomials.monomial(node), !monomials.isZero(monomial) else { return nil }
    return monomials.shortestSpelling(monomial)
  }

  /// Forms of a sum, and those of them that are one fraction.
  mutating func forms(of sum: NodeIndex) -> (all: [NodeIndex], joined: [NodeIndex]) {
    guard graph.count < Self.nodeLimit, let terms = monomials(of: sum) else { return ([], []) }
    let isWritten = graph.displayOrder[sum] != nil
    let merged = graph.sum(terms.map { monomials.node($0) })
    var (all, joined) = ([merged], [NodeIndex]())
    if kinds.contains(.factors) {
      all += factored(terms, joins: false, isWritten) + [collected(merged)].compactMap { $0 }
    }
    if kinds.contains(.denominators) { joined = factored(terms, joins: true, isWritten) }
    if kinds.contains(.expansion), let expanded = expanded(merged),
      let terms = monomials(of: expanded)
    {
      all += [expanded] + factored(terms, joins: false)
      joined += factored(terms, joins: true)
    }
    guard kinds.contains(.functions) else { return (all + joined, joined) }
    for form in monomials.functionForms(terms) {
      all.append(form)
      guard graph.count < Self.nodeLimit, let terms = monomials(of: form) else { continue }
      all += factored(terms, joins: false)
      joined += factored(terms, joins: true)
    }
    return (all + joined, joined)
  }

  /// A sum in which only those terms are joined that are divided by the same.
  mutating func partlyJoined(_ sum: NodeIndex) -> [NodeIndex] {
    guard kinds.contains(.denominators), let terms = monomials(of: sum),
      (3...Self.joinedLimit).contains(terms.count)
    else { return [] }
    var divisors: [NodeIndex] = []
    for factor in terms.flatMap(\.factors) where factor.exponent.isNegative {
      if !divisors.contains(factor.base) { divisors.append(factor.base) }
    }
    return divisors.prefix(Self.divisorLimit).compactMap { divisor in
      let isDivided = { (term: Monomial) in term.exponent(of: divisor).isNegative }
      let divided = terms.filter(isDivided).map { monomials.node($0) }
      guard (2..<terms.count).contains(divided.count) else { return nil }
      let part = graph.sum(divided)
      let joined = shortest([part] + forms(of: part).joined)
      let others = terms.filter { !isDivided($0) }.map { monomials.node($0) }
      return joined == part ? nil : graph.sum(others + [joined])
    }
  }

  /// Whether all terms of a sum are divided by something that is the same.
  mutating func haveDivisorInCommon(_ sum: NodeIndex) -> Bool {
    guard graph.isSum(sum), let terms = monomials(of: sum) else { return false }
    return terms[0].factors.contains { factor in
      terms.allSatisfy { $0.exponent(of: factor.base).isNegative }
    }
  }

  /// How many terms a sum has at most of which some are joined, and how many divisors are tried.
  private static let joinedLimit = 8
  private static let divisorLimit = 4

  /// The terms of a sum; 0 times what has a limit everywhere is none.
  private mutating func monomials(of sum: NodeIndex) -> [Monomial]? {
    let terms = graph.orderedTerms(sum, limit: Self.termLimit)
    guard terms.count > 1 || !graph.isSum(sum) else { return nil }
    var result: [Monomial] = []
    for term in terms {
      guard let monomial = monomials.monomial(term) else { return nil }
      if !monomials.isZero(monomial) { result.append(monomial) }
    }
    return result
  }

  // MARK: Fractions

  /// A sum as a monomial times a sum without denominators, multiplied out; nil where that takes too
  /// much, or a hole must stay.
  mutating func fraction(_ sum: NodeIndex) -> (front: Monomial, terms: [Monomial])? {
    var front = Monomial()
    var rest = sum
    for _ in 0..<4 {
      if let expanded = expanded(rest) { rest = expanded }
      guard graph.count < Self.nodeLimit, let terms = monomials(of: rest) else { return nil }
      guard terms.count > 1 else { return terms.first.map { (front, [$0]) } }
      let common = common(terms, joins: true)
      if common.isEmpty { return (front, terms) }
      var left: [NodeIndex] = []
      for term in terms {
        guard let quotient = term.left(behind: common) else { return nil }
        left.append(monomials.node(quotient))
      }
      guard let product = monomials.product(front, common) else { return nil }
      (front, rest) = (product, graph.sum(left))
    }
    return nil
  }

  // MARK: Common factors

  /// What terms have in common, times what is left; what is left also expanded.
  ///
  /// - Parameters:
  ///   - joins: whether denominators of single terms are common, too.
  ///   - isWritten: whether the terms are in the order in which they were written.
  private mutating func factored(
    _ terms: [Monomial], joins: Bool, _ isWritten: Bool = false
  ) -> [NodeIndex] {
    guard terms.count > 1 else { return terms.map { monomials.node($0) } }
    guard let content = content(terms) else { return [] }
    let common = common(terms, joins: joins)
    if common.isEmpty && content == .one { return [] }
    var rest: [NodeIndex] = []
    for term in terms {
      guard let coefficient = Rational.quotient(term.coefficient, content) else { return [] }
      var left = term
      left.coefficient = coefficient
      guard let behind = left.left(behind: common), let quotient = monomials.product(behind, [])
      else { return [] }
      rest.append(monomials.node(quotient))
    }
    // Terms without other factors in common are still the ones that were written.
    let sum = graph.sum(rest, isWritten: isWritten && common.isEmpty)
    var front = Monomial(content)
    for factor in common where !front.multiply(factor, canFill: { _ in false }) { return [] }
    let whole = expanded(sum)
    let forms = [sum, whole, collected(whole ?? sum)].compactMap { $0 }
    let results = forms.compactMap { product(front, $0) }
    let rule = joins ? PresentationRewrite.oneDenominator : .commonFactors
    for result in results {
      graph.note(rule, before: graph.sum(terms.map { monomials.node($0) }), after: result)
    }
    return results
  }

  /// A sum with its terms gathered by the functions in them: (x + 1)*ln(x) + x; nil where each has its
  /// own.
  private mutating func collected(_ sum: NodeIndex) -> NodeIndex? {
    guard graph.isSum(sum), let terms = monomials(of: sum) else { return nil }
    var groups: [(functions: [NodeIndex: Rational], terms: [Monomial])] = []
    for term in terms {
      let functions = term.factors.filter { !isPolynomial($0) }
      let key = Dictionary(functions.map { ($0.base, $0.exponent) }) { first, _ in first }
      if let index = groups.firstIndex(where: { $0.functions == key }) {
        groups[index].terms.append(term)
      } else {
        groups.append((key, [term]))
      }
    }
    guard groups.count > 1, groups.count < terms.count else { return nil }
    let parts = groups.map { group -> NodeIndex in
      let plain = graph.sum(group.terms.map { monomials.node($0) })
      guard group.terms.count > 1,
        let common = content(group.terms).map({ _ in
          self.common(group.terms, joins: false)
        }), !common.isEmpty, let gathered = taken(common, outOf: group.terms)
      else { return plain }
      return shortest([plain, gathered])
    }
    let result = graph.sum(parts)
    graph.note(.gatheredTerms, before: sum, after: result)
    return result
  }

  private func isPolynomial(_ factor: Factor) -> Bool {
    if case .variable? = graph[leaf: factor.base] { factor.exponent.isWhole } else { false }
  }

  /// Common factors times what is left of the terms.
  private mutating func taken(_ common: [Factor], outOf terms: [Monomial]) -> NodeIndex? {
    var rest: [NodeIndex] = []
    for term in terms {
      guard let left = term.left(behind: common) else { return nil }
      rest.append(monomials.node(left))
    }
    var front = Monomial(.one)
    for factor in common where !front.multiply(factor, canFill: { _ in false }) { return nil }
    return product(front, graph.sum(rest))
  }

  /// A monomial times a sum, of which the number is taken out that its terms have in common.
  private mutating func product(_ front: Monomial, _ sum: NodeIndex) -> NodeIndex? {
    guard graph.isSum(sum), let (content, primitive) = graph.contentAndPrimitive(sum),
      let coefficient = Rational.product(front.coefficient, content)
    else {
      guard let other = monomials.monomial(sum),
        let coefficient = Rational.product(front.coefficient, other.coefficient)
      else { return nil }
      var product = front
      product.coefficient = coefficient
      return monomials.product(product, other.factors).map { monomials.node($0) }
    }
    var product = front
    product.coefficient = coefficient
    return monomials.product(product, [Factor(primitive)]).map { monomials.node($0) }
  }

  private func content(_ terms: [Monomial]) -> Rational? {
    var content = terms[0].coefficient.magnitude
    for term in terms.dropFirst() {
      guard let common = Rational.content(content, term.coefficient) else { return nil }
      content = common
    }
    guard content.isExact else { return nil }
    return graph.shownContent(content, of: terms.filter { !$0.factors.isEmpty }.map(\.coefficient))
  }

  private func common(_ terms: [Monomial], joins: Bool) -> [Factor] {
    var common: [Factor] = []
    for factor in terms.flatMap(\.factors) where !common.contains(where: { $0.base == factor.base })
    {
      let exponents = terms.map { $0.exponent(of: factor.base) }
      let lowest = exponents.dropFirst().reduce(exponents[0]) { $1 < $0 ? $1 : $0 }
      let isCommon = !lowest.isNegative || exponents.allSatisfy { $0 == lowest }
      if lowest != .zero, joins || isCommon { common.append(Factor(factor.base, lowest)) }
    }
    return common
  }

  // MARK: Expansion

  /// A sum with the sums among its terms' factors multiplied out; nil where there are none, or too many.
  mutating func expanded(_ sum: NodeIndex) -> NodeIndex? {
    guard graph.count < Self.nodeLimit else { return nil }
    var pending = graph.terms(sum, limit: Self.termLimit)
    var result: [NodeIndex] = []
    var effort = 0
    while let term = pending.popLast() {
      guard let monomial = monomials.monomial(term) else { return nil }
      let isSum = { (factor: Factor) in
        graph.isSum(factor.base) && factor.exponent.isWhole && !factor.exponent.isNegative
      }
      guard let factor = monomial.factors.first(where: isSum) else {
        result.append(monomials.node(monomial))
        continue
      }
      let parts = graph.terms(factor.base, limit: Self.termLimit)
      effort += parts.count
      guard parts.count > 1, effort <= Self.expansionLimit else { return nil }
      guard let rest = monomials.product(monomial, [Factor(factor.base, Rational(-1))]) else {
        return nil
      }
      for part in parts {
        guard let other = monomials.monomial(part),
          let coefficient = Rational.product(rest.coefficient, other.coefficient)
        else { return nil }
        var product = rest
        product.coefficient = coefficient
        guard let whole = monomials.product(product, other.factors) else { return nil }
        pending.append(monomials.node(whole))
      }
    }
    guard effort > 0 else { return nil }
    let expanded = graph.sum(result)
    graph.note(.expansion, before: sum, after: expanded)
    return expanded
  }
}
