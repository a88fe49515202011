// The order in which the user wrote terms and factors, so that formulas keep it.

extension NormalGraph {
  /// Stands for the number among the terms of a sum.
  static let numberPlace = NodeIndex.max

  /// Terms or factors in the order in which they were written; new ones follow the item before
  /// them.
  ///
  /// - Parameters:
  ///   - node: the sum, or the body of the product.
  ///   - key: the node by which the order knows an item.
  func inDisplayOrder<Item>(
    _ items: [Item], of node: NodeIndex, _ key: (Item) -> NodeIndex
  ) -> [Item] {
    guard let order = displayOrder[node] else { return items }
    var places: [NodeIndex: Int] = [:]
    for (place, item) in order.enumerated() where places[item] == nil { places[item] = place }
    var last = -1
    let ranked = items.enumerated().map { index, item in
      last = places[key(item)] ?? last
      return (place: last, index: index, item: item)
    }
    return ranked.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.item)
  }

  /// The term without its number.
  func bodyWithoutNumber(_ node: NodeIndex) -> NodeIndex {
    if case .binary(.multiply, let x, let y) = self[node], number(x) != nil { y } else { node }
  }

  /// The bodies of the terms of a sum in the order in which they were written, or else in normal
  /// order.
  func writtenTerms(_ node: NodeIndex) -> [NodeIndex] {
    let bodies = terms(node).map { coefficientAndBody($0).1 ?? Self.numberPlace }
    return inDisplayOrder(bodies, of: node) { $0 }
  }

  /// The bases of the factors of a term, likewise.
  func writtenBases(_ node: NodeIndex) -> [NodeIndex] {
    guard let body = coefficientAndBody(node).1 else { return [] }
    if isSum(body) { return [contents[body]?.primitive ?? body] }
    return inDisplayOrder(factors(body).map(\.base), of: body) { $0 }
  }

  /// How the order of a sum knows a term.
  func termKey(_ term: NodeIndex) -> NodeIndex {
    number(term) == nil ? bodyWithoutNumber(term) : Self.numberPlace
  }

  /// The terms of a sum in the order in which they were written, if they were.
  func orderedTerms(_ sum: NodeIndex, limit: Int) -> [NodeIndex] {
    inDisplayOrder(terms(sum, limit: limit), of: sum, termKey)
  }

  /// The sum of nodes that came one each from the terms of another, which keep their order if they had one.
  ///
  /// - Parameter nodes: in the order of the terms that they came from.
  func sum(_ nodes: [NodeIndex], isWritten: Bool) -> NodeIndex {
    let sum = sum(nodes)
    if isWritten {
      note(terms: nodes.flatMap { orderedTerms($0, limit: 256) }.map(termKey), of: sum)
    }
    return sum
  }

  func note(terms: [NodeIndex], of sum: NodeIndex) {
    guard isSum(sum), displayOrder[sum] == nil else { return }
    displayOrder[sum] = terms
  }

  /// Keeps which of a sum and its opposite the user took an even power of: (b - a)^2 stays as it is.
  func note(squared sum: NodeIndex, by exponent: NodeIndex) {
    guard isSum(sum), let value = exactNumber(exponent), value.isWhole,
      value.numerator.isMultiple(of: 2), let (content, primitive) = contents[sum],
      content.magnitude == .one, squaredSums[primitive] == nil
    else { return }
    squaredSums[primitive] = sum
  }

  func note(bases: [NodeIndex], of product: NodeIndex) {
    guard let body = coefficientAndBody(product).1, displayOrder[body] == nil,
      case .binary(.multiply, _, _) = self[body]
    else { return }
    displayOrder[body] = bases
  }
}
