// Sums in normal form: like terms are one term, the squares of sine and cosine are 1.

struct SumBuilder {
  private let graph: Graph
  private var constant = Rational.zero
  private var bodies: [NodeIndex] = []
  private var coefficients: [NodeIndex: Rational] = [:]
  /// Terms whose coefficients do not fit into one.
  private var loose: [NodeIndex] = []

  init(_ graph: Graph) { self.graph = graph }

  /// Like terms: a*x + b*x = (a + b)*x.
  mutating func add(_ term: NodeIndex) {
    let (coefficient, body) = graph.coefficientAndBody(term)
    guard let body else {
      if let sum = Rational.sum(constant, coefficient) {
        constant = sum
      } else {
        loose.append(term)
      }
      return
    }
    if let known = coefficients[body] {
      guard let sum = Rational.sum(known, coefficient) else {
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
    var entries: [Entry] = []
    for body in bodies {
      // A body that was gone and came back is listed twice.
      guard let coefficient = coefficients.removeValue(forKey: body) else { continue }
      // A term that cancels leaves its domain behind.
      if coefficient == .zero, graph.facts(body).isTotal { continue }
      let node = coefficient == .one ? body : graph.scaled(body, by: coefficient)
      entries.append(Entry(node, body, graph))
    }
    entries.sort(by: Entry.precedes)
    var nodes = entries.map(\.node) + loose
    if constant != .zero || nodes.isEmpty { nodes.append(graph.numberNode(constant)) }
    return nodes.dropFirst().reduce(nodes[0]) { graph.binary(.add, $0, $1) }
  }

  /// a*sin(u)^2 + a*cos(u)^2 = a, where u is defined everywhere; also what this leaves is tried.
  private mutating func addSquares() {
    var position = 0
    while position < bodies.count {
      let body = bodies[position]
      position += 1
      guard let coefficient = coefficients[body], coefficient != .zero else { continue }
      let factors = graph.factors(body)
      for (index, factor) in factors.enumerated() where factor.exponent == Rational(2) {
        guard let complement = complement(of: factor.base) else { continue }
        var others = factors
        others.remove(at: index)
        let partner = graph.body(others + [Factor(complement, Rational(2))])
        guard coefficients[partner] == coefficient else { continue }
        coefficients[body] = nil
        coefficients[partner] = nil
        add(graph.product(coefficient, others.isEmpty ? [] : [graph.body(others)]))
        break
      }
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
    let factors: [(facts: Facts, exponent: Rational)]
    /// Where the factors with variables begin.
    let firstVariable: Int

    init(_ node: NodeIndex, _ body: NodeIndex, _ graph: Graph) {
      self.node = node
      factors = graph.factors(body).map { (graph.facts($0.base), $0.exponent) }
      firstVariable = factors.firstIndex { $0.facts.rank != .constant } ?? factors.count
    }

    /// By factors, the higher exponent first; numbers without variables last.
    static func precedes(_ x: Entry, _ y: Entry) -> Bool {
      let counts = (x.factors.count - x.firstVariable, y.factors.count - y.firstVariable)
      for index in 0..<min(counts.0, counts.1) {
        let (a, b) = (x.factors[x.firstVariable + index], y.factors[y.firstVariable + index])
        if a.facts.hash != b.facts.hash { return Facts.precedes(a.facts, b.facts) }
        if a.exponent != b.exponent { return b.exponent < a.exponent }
      }
      if counts.0 != counts.1 {
        return counts.0 == 0 || counts.1 == 0 ? counts.1 == 0 : counts.0 < counts.1
      }
      for (a, b) in zip(x.factors, y.factors) where a.facts.hash != b.facts.hash {
        return Facts.precedes(a.facts, b.facts)
      }
      return false
    }
  }
}
