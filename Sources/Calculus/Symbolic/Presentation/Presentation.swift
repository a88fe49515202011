// The last step before a formula is shown: of the forms it may be given, the one with the fewest operations.

extension Formulas {
  /// The formulas as people would write them: fractions joined, common factors in front, sums
  /// expanded, wherever that is shorter.
  ///
  /// A formula's value is kept where it has one; a hole (`x/x`, `0*ln(x)`) is filled with the limit.
  /// Presenting what has been presented changes nothing.
  package func presented() -> Formulas {
    let sizes = graph.treeSizes(of: roots).map { $0.word ?? .max }
    let total = sizes.reduce(0) { min($0 + min($1, Self.totalLimit), 2 * Self.totalLimit) }
    guard total <= Self.totalLimit else { return self }
    return Formulas(
      joining: zip(roots, sizes).map { root, size in
        let formula = Formulas(graph: graph, roots: [root])
        return size <= Self.sizeLimit ? formula.presentedAlone() : formula
      })
  }

  /// How many nodes a formula has at most, written out, that other forms are tried of: a longer one
  /// is not read. And so many have all formulas together.
  private static let sizeLimit = 500
  private static let totalLimit = 20_000

  private func presentedAlone() -> Formulas {
    guard !graph.holdNaN(upTo: roots)[Int(roots[0])] else { return self }
    var best = self
    for _ in 0..<4 {
      let next = best.inShortestForm()
      if next.isSame(as: best) { return best }
      best = next
    }
    // What has not settled would read back as something else.
    return self
  }

  private func isSame(as other: Formulas) -> Bool {
    let both = Formulas(joining: [self, other])
    return both.roots[0] == both.roots[1]
  }

  /// The formula, read back, in the fewest operations: in normal form, if no form has fewer.
  private func inShortestForm() -> Formulas {
    let normal = NormalGraph()
    var importer = FormulaImporter(graph, outputs: roots, into: normal)
    let root = importer.run()[Int(roots[0])]
    normal.openAll()
    var presentation = Presentation(normal)
    let short = presentation.shortest(root)
    var writer = FormulaWriter(normal, usesDecimals: importer.usesDecimals, movesSigns: true)
    return writer.written([short])
  }
}

/// Tries the forms of all parts of a formula in a normal graph, from the inside out.
private struct Presentation {
  private let graph: NormalGraph
  private var forms: SumForms
  /// The shortest form of each part, and the one that is a single fraction.
  private var short: [NodeIndex: NodeIndex] = [:]
  private var joined: [NodeIndex: NodeIndex] = [:]
  private let search: ProductSearch
  /// How many more parts are searched, and the shortest that is.
  private var searches = 8
  private static let searchedLength = 4

  init(_ graph: NormalGraph) {
    self.graph = graph
    forms = SumForms(graph)
    search = ProductSearch(graph)
  }

  /// The shortest form of a formula: the one it has, if no other is shorter.
  mutating func shortest(_ root: NodeIndex) -> NodeIndex {
    var isNeeded = Array(repeating: false, count: Int(root) + 1)
    isNeeded[Int(root)] = true
    for node in isNeeded.indices.reversed() where isNeeded[node] {
      for part in parts(of: NodeIndex(node)) { isNeeded[Int(part)] = true }
    }
    for node in isNeeded.indices where isNeeded[node] { present(NodeIndex(node)) }
    return short[root] ?? root
  }

  private func parts(of node: NodeIndex) -> [NodeIndex] {
    if graph.number(node) != nil { return [] }
    if graph.isSum(node) { return graph.operands(.add, of: node) }
    return isTerm(node)
      ? graph.coefficientAndFactors(node).1.map(\.base) : graph.arguments(of: node)
  }

  private func isTerm(_ node: NodeIndex) -> Bool {
    switch graph[node] {
    case .binary(.multiply, _, _): true
    case .binary(.power, _, let exponent): graph.exactNumber(exponent) != nil
    default: false
    }
  }

  private mutating func present(_ node: NodeIndex) {
    let parts = parts(of: node)
    let (shortParts, joinedParts) = (parts.map { short[$0] ?? $0 }, parts.map { joined[$0] ?? $0 })
    if parts.isEmpty {
      (short[node], joined[node]) = (node, node)
    } else if graph.isSum(node) {
      presentSum(node, shortParts, joinedParts)
    } else if isTerm(node) {
      presentTerm(node, shortParts, joinedParts)
    } else {
      let image = shortParts == parts ? node : rebuilt(node, shortParts)
      (short[node], joined[node]) = (image, image)
    }
  }

  private func rebuilt(_ node: NodeIndex, _ parts: [NodeIndex]) -> NodeIndex {
    graph.operation(of: node).map { graph.normal($0, parts) } ?? node
  }

  private mutating func presentSum(
    _ node: NodeIndex, _ shortParts: [NodeIndex], _ joinedParts: [NodeIndex]
  ) {
    let sum = graph.sum(shortParts)
    let other = graph.sum(joinedParts)
    let forms = forms.forms(of: sum)
    let others = other == sum ? forms : self.forms.forms(of: other)
    let best = self.forms.shortest([node, sum] + forms.all + others.all)
    if let found = searched(best, sum) {
      (short[node], joined[node]) = (found, found)
      return
    }
    short[node] = best
    joined[node] = others.joined.isEmpty ? best : self.forms.shortest(others.joined)
  }

  private mutating func presentTerm(
    _ node: NodeIndex, _ shortParts: [NodeIndex], _ joinedParts: [NodeIndex]
  ) {
    let term = product(node, shortParts)
    let other = product(node, joinedParts)
    let whole = forms.merged(other) ?? other
    let spelt = [term, other].compactMap { forms.spelt($0) }
    let best = forms.shortest([node, term, forms.merged(term) ?? term, whole] + spelt)
    let sums = parts(of: best).filter { graph.isSum($0) }
    if sums.count > 1, let found = searchedProduct(best) {
      (short[node], joined[node]) = (found, found)
      return
    }
    short[node] = best
    joined[node] = whole
  }

  /// A shorter form that only algebra shows: without terms that cancel, or a product.
  private mutating func searched(_ best: NodeIndex, _ sum: NodeIndex) -> NodeIndex? {
    guard forms.operations(best) >= Self.searchedLength, searches > 0 else { return nil }
    var found: NodeIndex?
    if let rest = search.withoutVanishingTerms(sum) {
      let all = graph.isSum(rest) ? forms.forms(of: rest).all : []
      found = forms.shortest([best, rest] + all)
    }
    if graph.isSum(found ?? best), let product = searchedProduct(found ?? best) { found = product }
    return found
  }

  private mutating func searchedProduct(_ best: NodeIndex) -> NodeIndex? {
    guard forms.operations(best) >= Self.searchedLength, searches > 0 else { return nil }
    searches -= 1
    guard let product = search.product(best), forms.operations(product) < forms.operations(best)
    else { return nil }
    return product
  }

  /// A term with other bases.
  private func product(_ node: NodeIndex, _ bases: [NodeIndex]) -> NodeIndex {
    let (coefficient, factors) = graph.coefficientAndFactors(node)
    return graph.product(
      coefficient,
      zip(factors, bases).map { graph.power($1, graph.numberNode($0.exponent)) })
  }
}
