// Polynomials multiplied out, whatever their indeterminates are.

/// Expands nodes of a normal graph into sums of numbers times bodies.
struct Expansion {
  /// More terms than a reader could use.
  static let termLimit = 20_000

  /// The most pairs of terms that are multiplied in all.
  private static let workLimit = 100 * termLimit

  private let graph: NormalGraph
  private var work = 0
  private var polynomials: [NodeIndex: Polynomial] = [:]

  /// Coefficients by body; a constant's body is the number 1.
  private typealias Polynomial = [NodeIndex: Rational]

  init(_ graph: NormalGraph) {
    self.graph = graph
    // Sums and products that were kept whole are opened, since they are to be multiplied out.
    graph.openAll()
  }

  /// The roots expanded, each a number times a sum in rising powers.
  mutating func expanded(_ roots: [NodeIndex]) throws(FormError) -> [NodeIndex] {
    let uses = graph.uses(from: roots)
    for node in uses.indices where uses[node] > 0 {
      polynomials[UInt32(node)] = try expand(UInt32(node))
    }
    return roots.map { node($0, takingContent: true) }
  }

  private var one: NodeIndex { graph.constant(1) }

  private mutating func expand(_ node: NodeIndex) throws(FormError) -> Polynomial {
    if let value = graph.number(node) { return value == .zero ? [:] : [one: value] }
    switch graph[node] {
    case .variable, .constant: return [node: .one]
    case .binary(.add, let x, let y):
      return try sum(polynomials[x] ?? [:], polynomials[y] ?? [:])
    case .binary(.multiply, let x, let y):
      return try product(polynomials[x] ?? [:], polynomials[y] ?? [:])
    case .binary(.power, let base, let exponent):
      guard let power = graph.number(exponent), power.isWhole, !power.isNegative,
        let polynomial = polynomials[base]
      else { return atom(graph.power(self.node(base), exponent)) }
      if polynomial.count == 1, let (body, coefficient) = polynomial.first {
        let scaled = try exact(coefficient.raised(to: power.numerator), from: coefficient)
        return body == one ? [one: scaled] : try scale(graph.power(body, exponent), by: scaled)
      }
      guard power.numerator <= Self.termLimit else {
        throw .tooManyTerms(limit: Self.termLimit)
      }
      var result: Polynomial = [one: .one]
      for _ in 0..<power.numerator { result = try product(result, polynomial) }
      return result
    case .unary(let operation, let x): return atom(graph.normal(operation, [self.node(x)]))
    case .binary(let operation, let x, let y):
      return atom(graph.normal(operation, [self.node(x), self.node(y)]))
    case .variadic(let operation, let xs):
      return atom(graph.normal(operation, xs.map { self.node($0) }))
    }
  }

  /// The result, which must be exact unless a number that it was made from is rounded already.
  private func exact(
    _ result: Rational?, from numbers: Rational...
  ) throws(FormError) -> Rational {
    guard let result, result.isExact || !numbers.allSatisfy(\.isExact) else {
      throw .coefficientTooLarge
    }
    return result
  }

  private func atom(_ node: NodeIndex) -> Polynomial {
    let (coefficient, body) = graph.coefficientAndBody(node)
    return coefficient == .zero && body == nil ? [:] : [body ?? one: coefficient]
  }

  private func scale(
    _ node: NodeIndex, by coefficient: Rational
  ) throws(FormError) -> Polynomial {
    let (extra, body) = graph.coefficientAndBody(node)
    let scaled = try exact(Rational.product(coefficient, extra), from: coefficient, extra)
    return [body ?? one: scaled]
  }

  private func sum(_ x: Polynomial, _ y: Polynomial) throws(FormError) -> Polynomial {
    var result = x
    for (body, coefficient) in y { try add(coefficient, body, to: &result) }
    return result
  }

  private mutating func product(
    _ x: Polynomial, _ y: Polynomial
  ) throws(FormError) -> Polynomial {
    work += x.count * y.count + 1
    guard work <= Self.workLimit else {
      throw .tooManyTerms(limit: Self.termLimit)
    }
    if x.isEmpty || y.isEmpty {
      // Multiplying by 0 would lose where the other factor is undefined, so such a term stays.
      return (x.isEmpty ? y : x).filter { !graph.facts($0.key).isTotal }
        .mapValues { _ in .zero }
    }
    var result: Polynomial = [:]
    for (first, a) in x {
      for (second, b) in y {
        let coefficient = try exact(Rational.product(a, b), from: a, b)
        let scaled = try scale(graph.product(.one, [first, second]), by: coefficient)
        for (body, coefficient) in scaled { try add(coefficient, body, to: &result) }
      }
    }
    return result
  }

  private func add(
    _ coefficient: Rational, _ body: NodeIndex, to polynomial: inout Polynomial
  ) throws(FormError) {
    let known = polynomial[body] ?? .zero
    let sum = try exact(Rational.sum(known, coefficient), from: known, coefficient)
    polynomial[body] = sum == .zero && graph.facts(body).isTotal ? nil : sum
    if polynomial.count > Self.termLimit { throw .tooManyTerms(limit: Self.termLimit) }
  }

  // MARK: Back to nodes

  private func node(_ node: NodeIndex) -> NodeIndex { self.node(node, takingContent: false) }

  /// Terms in rising degree, a constant first; of more than three, the common number in front.
  private func node(_ node: NodeIndex, takingContent: Bool) -> NodeIndex {
    let polynomial = polynomials[node] ?? [:]
    let terms = polynomial.map { Ordered(graph, body: $0, coefficient: $1) }
      .sorted(by: Ordered.precedes)
    guard let first = terms.first else { return graph.constant(0) }
    if !takingContent {
      return graph.sum(terms.map { graph.product($0.coefficient, [$0.body]) })
    }
    var content = first.coefficient.magnitude
    for term in terms { content = Rational.content(content, term.coefficient) ?? .one }
    if terms.count < 4 { content = .one }
    let nodes = terms.map { term in
      let coefficient = Rational.quotient(term.coefficient, content) ?? term.coefficient
      return graph.product(coefficient, term.body == one ? [] : [term.body])
    }
    let sum = nodes.dropFirst().reduce(nodes[0]) { graph.binary(.add, $0, $1) }
    return content == .one ? sum : graph.scaled(sum, by: content)
  }

  private struct Ordered {
    let body: NodeIndex
    let coefficient: Rational
    let degree: Int
    let factors: [FactorRank]

    init(_ graph: NormalGraph, body: NodeIndex, coefficient: Rational) {
      self.body = body
      self.coefficient = coefficient
      let isNumber = graph.number(body) != nil
      factors =
        isNumber ? [] : graph.factors(body).map { FactorRank($0, graph) }
      degree = factors.reduce(0) { $0 + $1.exponent.numerator / $1.exponent.denominator }
    }

    static func precedes(_ x: Ordered, _ y: Ordered) -> Bool {
      if x.degree != y.degree { return x.degree < y.degree }
      return FactorRank.precedes(x.factors[...], y.factors[...])
        ?? (x.factors.count < y.factors.count)
    }
  }
}
