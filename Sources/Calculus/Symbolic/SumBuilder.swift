// Sums in normal form: like terms are one term, the squares of sine and cosine are 1.

struct SumBuilder {
  private let graph: NormalGraph
  private var constant = Rational.zero
  private var bodies: [NodeIndex] = []
  private var coefficients: [NodeIndex: Rational] = [:]
  /// Terms whose coefficients do not fit into one.
  private var loose: [NodeIndex] = []

  init(_ graph: NormalGraph) { self.graph = graph }

  /// The sum of two numbers, noted where it was rounded.
  private func sum(_ x: Rational, _ y: Rational) -> Rational? {
    let sum = Rational.sum(x, y)
    if sum?.isExact == false, Rational.isRoundedSum(x, y) { graph.hasRoundedSums = true }
    return sum
  }

  /// Like terms: a*x + b*x = (a + b)*x.
  mutating func add(_ term: NodeIndex) {
    let (coefficient, body) = graph.coefficientAndBody(term)
    guard let body else {
      if let sum = sum(constant, coefficient) {
        constant = sum
      } else {
        loose.append(term)
      }
      return
    }
    if let known = coefficients[body] {
      guard let sum = sum(known, coefficient) else {
        loose.append(term)
        return
      }
      coefficients[body] = sum
    } else {
      coefficients[body] = coefficient
      bodies.append(body)
    }
  }

  mutating func node() -> NodeIndex {
    addSquares()
    fillHoles()
    var entries: [Entry] = []
    for body in bodies {
      // A body that cancelled and then came again is listed twice.
      guard let coefficient = coefficients.removeValue(forKey: body) else { continue }
      // A term that cancels would make the sum defined at more points, so 0 times its body stays.
      if coefficient == .zero, graph.facts(body).isTotal { continue }
      let node = coefficient == .one ? body : graph.scaled(body, by: coefficient)
      entries.append(Entry(node, body, graph))
    }
    entries.sort(by: Entry.precedes)
    var nodes = entries.map(\.node) + loose
    if constant != .zero || nodes.isEmpty { nodes.append(graph.numberNode(constant)) }
    return nodes.dropFirst().reduce(nodes[0]) { graph.binary(.add, $0, $1) }
  }

  /// a*sin(u)^2 + a*cos(u)^2 = a, where u is defined everywhere; repeated on the results.
  private mutating func addSquares() {
    var position = 0
    while position < bodies.count {
      let body = bodies[position]
      position += 1
      guard let coefficient = coefficients[body], coefficient != .zero,
        graph.hasFactor(body, where: { $0.exponent == Rational(2) })
      else { continue }
      let factors = graph.factors(body)
      for (index, factor) in factors.enumerated() where factor.exponent == Rational(2) {
        guard let complement = complement(of: factor.base) else { continue }
        var others = factors
        others.remove(at: index)
        let partner = graph.body(others + [Factor(complement, Rational(2))])
        guard coefficients[partner] == coefficient else { continue }
        graph.firedRules?.append("sin(x)^2 + cos(x)^2 = 1")
        coefficients[body] = nil
        coefficients[partner] = nil
        add(graph.product(coefficient, others.isEmpty ? [] : [graph.body(others)]))
        break
      }
    }
  }

  /// x/x + ln(x) = 1 + ln(x): x/x may become 1 since another term is undefined at 0 as well.
  private mutating func fillHoles() {
    let holes = bodies.filter { body in
      coefficients[body].map { $0 == .zero || hole(in: body) != nil } ?? false
    }
    guard !holes.isEmpty else { return }
    /// By base, the terms that are not defined where the base is 0; two are enough.
    var guards: [NodeIndex: [NodeIndex]] = [:]
    for body in bodies where coefficients[body] != nil {
      for base in excludedZeros(of: body) where guards[base, default: []].count < 2 {
        guards[base, default: []].append(body)
      }
    }
    for body in holes {
      guard let coefficient = coefficients[body] else { continue }
      let present = coefficients
      let isGuarded = { (base: NodeIndex) in
        guards[base]?.contains { $0 != body && present[$0] != nil } ?? false
      }
      if coefficient == .zero {
        let isCovered = graph.factors(body).allSatisfy { factor in
          graph.isTotal(factor)
            || (graph.facts(factor.base).isTotal && factor.exponent.isWhole
              && isGuarded(factor.base))
        }
        if isCovered { coefficients[body] = nil }
      } else if let base = hole(in: body), isGuarded(base) {
        coefficients[body] = nil
        add(filled(body, coefficient, base))
      }
    }
  }

  /// A term in which the powers of a base are merged, although that defines it at the base's zero.
  private func filled(
    _ body: NodeIndex, _ coefficient: Rational, _ base: NodeIndex
  ) -> NodeIndex {
    var total = Rational.zero
    var factors: [Factor] = []
    for factor in graph.factors(body) {
      if factor.base == base, let sum = Rational.exactSum(total, factor.exponent) {
        total = sum
      } else {
        factors.append(factor)
      }
    }
    if total != .zero { factors.append(Factor(base, total)) }
    return graph.product(coefficient, factors.isEmpty ? [] : [graph.body(factors)])
  }

  /// The base of `b^n * b^-1` in a term.
  private func hole(in body: NodeIndex) -> NodeIndex? {
    guard graph.hasFactor(body, where: { $0.exponent == Rational(-1) }) else { return nil }
    let factors = graph.factors(body)
    for (factor, next) in zip(factors, factors.dropFirst())
    where factor.base == next.base && next.exponent == Rational(-1) && factor.exponent.isWhole {
      return factor.base
    }
    return nil
  }

  /// What must not be 0 for a term to be defined.
  private func excludedZeros(of body: NodeIndex) -> [NodeIndex] {
    graph.factors(body).flatMap { factor -> [NodeIndex] in
      if factor.exponent.isWhole, factor.exponent.isNegative { return [factor.base] }
      guard case .unary(let operation, let x) = graph[factor.base],
        [.ln, .log2, .log10].contains(operation)
      else { return [] }
      return [x]
    }
  }

  /// cos(u) for sin(u) and the other way round, where u is defined everywhere.
  private func complement(of node: NodeIndex) -> NodeIndex? {
    guard case .unary(let operation, let angle) = graph[node],
      operation == .sin || operation == .cos, graph.facts(angle).isTotal
    else { return nil }
    return graph.unary(operation == .sin ? .cos : .sin, angle)
  }

  /// A term with what its place in the sum depends on.
  private struct Entry {
    let node: NodeIndex
    let factors: [FactorRank]
    /// Where the factors with variables begin, and those that are parameters.
    let firstVariable: Int
    let firstParameter: Int

    init(_ node: NodeIndex, _ body: NodeIndex, _ graph: NormalGraph) {
      self.node = node
      let ranks = graph.factors(body).map { FactorRank($0, graph) }
      let parameterCount = graph.variableOrder.parameterCount
      firstVariable = ranks.firstIndex { $0.facts.rank != .constant } ?? ranks.count
      guard parameterCount > 0 else {
        (factors, firstParameter) = (ranks, ranks.count)
        return
      }
      let isParameter = { (rank: FactorRank) in
        rank.facts.rank == .variable && rank.facts.variable < parameterCount
      }
      let others = ranks[firstVariable...]
      let parameters = others.filter(isParameter)
      factors = ranks[..<firstVariable] + others.filter { !isParameter($0) } + parameters
      firstParameter = factors.count - parameters.count
    }

    /// By factors, the higher exponent first; parameters alone after those, numbers last.
    static func precedes(_ x: Entry, _ y: Entry) -> Bool {
      let hasVariable = { (entry: Entry) in entry.firstVariable < entry.firstParameter }
      if hasVariable(x) != hasVariable(y) { return hasVariable(x) }
      let (first, second) = (x.factors[x.firstVariable...], y.factors[y.firstVariable...])
      if let decided = FactorRank.precedes(first, second) { return decided }
      if first.count != second.count {
        return first.isEmpty || second.isEmpty ? second.isEmpty : first.count < second.count
      }
      for (a, b) in zip(x.factors, y.factors) where a.facts.hash != b.facts.hash {
        return Facts.precedes(a.facts, b.facts)
      }
      return false
    }
  }
}
