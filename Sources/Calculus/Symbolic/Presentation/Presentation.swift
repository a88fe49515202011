// The last step before a formula is shown: of the forms it may be given, the one with the fewest operations.

extension Formulas {
  /// The formulas as people would write them: fractions joined, common factors in front, sums
  /// expanded, wherever that is shorter.
  ///
  /// A formula's value is kept where it has one; a hole (`x/x`, `0*ln(x)`) is filled with the limit.
  /// Presenting what has been presented changes nothing.
  package func presented() -> Formulas { presented(by: Set(PresentationKind.allCases)) }

  /// The same by some kinds of rewriting only.
  func presented(by kinds: Set<PresentationKind>) -> Formulas {
    let sizes = graph.treeSizes(of: roots).map { $0.word ?? .max }
    let total = sizes.reduce(0) { min($0 + min($1, Self.totalLimit), 2 * Self.totalLimit) }
    guard total <= Self.totalLimit else { return self }
    return Formulas(
      joining: zip(roots, sizes).map { root, size in
        let formula = Formulas(graph: graph, roots: [root])
        return size <= Self.sizeLimit ? formula.presentedAlone(kinds) : formula
      })
  }

  /// How many nodes a formula has at most, written out, that other forms are tried of: a longer one
  /// is not read. And so many have all formulas together.
  private static let sizeLimit = 500
  private static let totalLimit = 20_000

  private func presentedAlone(_ kinds: Set<PresentationKind>) -> Formulas {
    guard !graph.holdNaN(upTo: roots)[Int(roots[0])] else { return self }
    var best = inShortestForm(kinds)
    for _ in 0..<5 {
      let again = best.inReadingOrder().asRead().inShortestForm(kinds)
      if again.isSame(as: best) { return best }
      best = again
    }
    // What has not settled would read back as something else.
    return self
  }

  /// The same formula in a graph whose nodes have the order in which the text brings them: of a sum and
  /// its opposite the one that comes first is the factor, and it should be that when it is read again.
  private func inReadingOrder() -> Formulas {
    let copy = Graph()
    copy.variableOrder = graph.variableOrder
    copy.assumptions = graph.assumptions
    var images: [NodeIndex: NodeIndex] = [:]
    var pending = roots
    while let node = pending.last {
      let arguments = graph.arguments(of: node)
      let missing = arguments.filter { images[$0] == nil }
      guard missing.isEmpty || images[node] != nil else {
        pending += missing.reversed()
        continue
      }
      pending.removeLast()
      if images[node] == nil {
        images[node] = copied(node, arguments.compactMap { images[$0] }, copy)
      }
    }
    return Formulas(graph: copy, roots: roots.compactMap { images[$0] })
  }

  private func copied(_ node: NodeIndex, _ arguments: [NodeIndex], _ copy: Graph) -> NodeIndex {
    switch graph[node] {
    case .variable(let index): copy.variable(index)
    case .constant(let value): copy.constant(value)
    case .unary(let operation, _), .binary(let operation, _, _), .variadic(let operation, _):
      copy.plain(operation, arguments)
    }
  }

  /// The formula as it is when its text is read, before it is presented.
  private func asRead() -> Formulas {
    let normal = NormalGraph()
    var importer = FormulaImporter(graph, outputs: roots, into: normal)
    let nodes = importer.run()
    var writer = FormulaWriter(normal)
    return writer.written(roots.map { nodes[Int($0)] })
  }

  private func isSame(as other: Formulas) -> Bool {
    let both = Formulas(joining: [self, other])
    return both.roots[0] == both.roots[1]
  }

  /// The formula, read back, in the fewest operations: in normal form, if no form has fewer.
  private func inShortestForm(_ kinds: Set<PresentationKind>) -> Formulas {
    let normal = NormalGraph()
    normal.isForPeople = true
    var importer = FormulaImporter(graph, outputs: roots, into: normal)
    let root = importer.run()[Int(roots[0])]
    normal.openAll()
    var presentation = Presentation(normal, kinds)
    let short = presentation.shortest(root)
    var writer = FormulaWriter(normal, movesSigns: true)
    return writer.written([short])
  }
}

/// Tries the forms of all parts of a formula in a normal graph, from the inside out.
struct Presentation {
  private let graph: NormalGraph
  private var forms: SumForms
  /// The shortest form of each part, and the one that is a single fraction.
  private var short: [NodeIndex: NodeIndex] = [:]
  private var joined: [NodeIndex: NodeIndex] = [:]
  private let search: ProductSearch
  private let kinds: Set<PresentationKind>
  /// How many more parts are searched, for products and for terms that cancel, and the shortest that is.
  private var searches = 8
  private var cancellations = 32
  /// How many more quotients are factored.
  private var factorings = 6
  private static let searchedLength = 4
  /// How many operations a quotient has at most that is factored, and how many bases its sums are
  /// polynomials in.
  private static let factoredLength = 40
  private static let factoredBases = 3

  init(_ graph: NormalGraph, _ kinds: Set<PresentationKind>) {
    self.graph = graph
    self.kinds = kinds
    forms = SumForms(graph, kinds)
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
      presentSum(node)
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

  private mutating func presentSum(_ node: NodeIndex) {
    let isWritten = graph.displayOrder[node] != nil
    let terms = graph.inDisplayOrder(parts(of: node), of: node, graph.termKey)
    let sum = graph.sum(terms.map { short[$0] ?? $0 }, isWritten: isWritten)
    let other = graph.sum(terms.map { joined[$0] ?? $0 }, isWritten: isWritten)
    let forms = forms.forms(of: sum)
    let others = other == sum ? forms : self.forms.forms(of: other)
    var best = self.forms.shortest(
      [node, sum] + forms.all + others.all + self.forms.partlyJoined(sum))
    if !others.joined.isEmpty, self.forms.haveDivisorInCommon(best) {
      // Of two forms as short as each other, people take the one fraction.
      best = self.forms.shortest([self.forms.shortest(others.joined), best])
    }
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
    let whole =
      kinds.contains(.denominators) ? forms.merged(other) ?? other : forms.merged(term) ?? term
    let spelt = kinds.contains(.functions) ? [term, other].compactMap { forms.spelt($0) } : []
    let cleared = [term, other].compactMap { forms.withNumbersOutOfRoots($0) }
    var best = forms.shortest([node, term, forms.merged(term) ?? term, whole] + spelt + cleared)
    best = forms.shortest([best] + otherQuotients(best))
    if let shorter = withoutCommonDivisors(best) ?? multipliedOut(best) { best = shorter }
    let parts = parts(of: best)
    if parts.count > 1, parts.contains(where: { graph.isSum($0) }),
      let found = searchedProduct(best)
    {
      (short[node], joined[node]) = (found, found)
      return
    }
    short[node] = best
    joined[node] = whole
  }

  /// A quotient with other divisors.
  private mutating func otherQuotients(_ node: NodeIndex) -> [NodeIndex] {
    [
      kinds.contains(.denominators) ? forms.withJoinedDivisors(node) : nil,
      kinds.contains(.denominators) ? forms.withRootsAbove(node) : nil,
      kinds.contains(.functions) ? forms.withReciprocalExponential(node) : nil,
      kinds.contains(.functions) ? forms.withOneExponential(node) : nil,
    ].compactMap { $0 }
  }

  /// A quotient of sums without the polynomials that divide both, if that is shorter.
  private mutating func withoutCommonDivisors(_ node: NodeIndex) -> NodeIndex? {
    let sums = graph.coefficientAndFactors(node).1.filter {
      graph.isSum($0.base) && $0.exponent.isWhole
    }
    guard kinds.contains(.search), factorings > 0, forms.operations(node) <= Self.factoredLength,
      sums.contains(where: \.exponent.isNegative),
      sums.contains(where: { !$0.exponent.isNegative })
    else { return nil }
    let terms = sums.flatMap { graph.terms($0.base) }.filter { graph.number($0) == nil }
    let bases = Set(terms.flatMap { graph.coefficientAndFactors($0).1.map(\.base) })
    guard bases.count <= Self.factoredBases else { return nil }
    factorings -= 1
    var factored = FactoredForm(forms)
    guard let product = factored.product(node), forms.operations(product) < forms.operations(node)
    else { return nil }
    graph.note(.commonDivisors, before: node, after: product)
    return product
  }

  /// A product of sums as a sum, where that has fewer operations by two at least: people keep what they
  /// wrote as a product.
  private mutating func multipliedOut(_ node: NodeIndex) -> NodeIndex? {
    guard kinds.contains(.expansion), let sum = forms.expanded(node), graph.isSum(sum) else {
      return nil
    }
    let shortest = forms.shortest([sum] + forms.forms(of: sum).all)
    return forms.operations(shortest) + 1 < forms.operations(node) ? shortest : nil
  }

  /// A shorter form that only algebra shows: without terms that cancel, or a product.
  private mutating func searched(_ best: NodeIndex, _ sum: NodeIndex) -> NodeIndex? {
    guard kinds.contains(.search), forms.operations(best) >= Self.searchedLength, searches > 0
    else { return nil }
    var found: NodeIndex?
    cancellations -= 1
    if cancellations >= 0, let rest = search.withoutVanishingTerms(sum) {
      let all = graph.isSum(rest) ? forms.forms(of: rest).all : []
      found = forms.shortest([best, rest] + all)
    }
    if graph.isSum(found ?? best), let product = searchedProduct(found ?? best) { found = product }
    return found
  }

  private mutating func searchedProduct(_ best: NodeIndex) -> NodeIndex? {
    guard kinds.contains(.search), forms.operations(best) >= Self.searchedLength, searches > 0
    else { return nil }
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
