// Parts that several sums or products have in common, computed once.

extension Formulas {
  /// The formulas with pairs of factors, and pairs of terms, that stand in several products or sums
  /// made nodes of their own, the most frequent pair first.
  ///
  /// The greedy extraction of common subexpressions from flat sums and products (Breuer,
  /// "Generation of optimal code for expressions via factorization", 1969). Where there is nothing
  /// to share the formulas stay as they are.
  package func sharingParts() -> Formulas {
    var sharing = PartSharing(self)
    guard sharing.extractPairs() else { return self }
    let shared = sharing.written()
    return shared.operationCount < operationCount ? shared : self
  }
}

/// The sums and products of some formulas as flat lists of signed members: what is divided by
/// counts as a member of a product with a minus.
private struct PartSharing {
  private typealias Part = Int

  /// A member of a list; of products, one with a minus is divided by.
  private struct Member: Hashable {
    var part: Part
    var isNegative: Bool
  }

  /// Two members of one list, the lower part first and positive.
  private struct Pair: Hashable, Comparable {
    let first: Part
    let second: Part
    /// Whether their signs differ: a difference, or a quotient.
    let isDifference: Bool
    let isSum: Bool

    static func < (x: Pair, y: Pair) -> Bool {
      (x.first, x.second, x.isSum ? 1 : 0, x.isDifference ? 1 : 0)
        < (y.first, y.second, y.isSum ? 1 : 0, y.isDifference ? 1 : 0)
    }
  }

  /// A sum or a product of more than two members.
  private struct List {
    let isSum: Bool
    var members: [Member]
  }

  private let formulas: Formulas
  private let uses: [Int]
  /// The lists, by the node that each one replaces.
  private var lists: [NodeIndex: List] = [:]
  /// The nodes that are inside of lists.
  private var isInside: [Bool]
  /// The pairs that have been made nodes: part `uses.count + n` is the n-th.
  private var pairs: [Pair] = []
  /// In which lists each pair stands.
  private var places: [Pair: Set<NodeIndex>] = [:]

  /// How many pairs are considered at most, to bound the time.
  private static let pairLimit = 20_000

  init(_ formulas: Formulas) {
    self.formulas = formulas
    uses = formulas.graph.uses(from: formulas.roots)
    isInside = Array(repeating: false, count: uses.count)
    collectLists()
  }

  // MARK: Reading

  private mutating func collectLists() {
    let roots = Set(formulas.roots)
    for index in uses.indices.reversed() where uses[index] > 0 && !isInside[index] {
      let node = NodeIndex(index)
      guard let isSum = isSum(node) else { continue }
      var members: [Member] = []
      var pending = [Member(part: index, isNegative: false)]
      while let next = pending.popLast() {
        let part = NodeIndex(next.part)
        guard next.part == index || (uses[next.part] == 1 && !roots.contains(part)),
          self.isSum(part) == isSum
        else {
          members.append(next)
          continue
        }
        if next.part != index { isInside[next.part] = true }
        pending += arguments(of: part, isNegative: next.isNegative).reversed()
      }
      lists[node] = List(isSum: isSum, members: members)
    }
  }

  /// Whether a node is a sum or a product; nil if it is neither.
  private func isSum(_ node: NodeIndex) -> Bool? {
    switch formulas.graph[node] {
    case .binary(.add, _, _), .binary(.subtract, _, _): true
    case .binary(.multiply, _, _), .binary(.divide, _, _): false
    default: nil
    }
  }

  private func arguments(of node: NodeIndex, isNegative: Bool) -> [Member] {
    guard case .binary(let operation, let x, let y) = formulas.graph[node] else { return [] }
    return [
      Member(part: Int(x), isNegative: isNegative),
      Member(part: Int(y), isNegative: isNegative != [.subtract, .divide].contains(operation)),
    ]
  }

  // MARK: Sharing

  /// Makes nodes of pairs as long as one stands in two lists; gives whether there was one.
  mutating func extractPairs() -> Bool {
    let count = lists.values.reduce(0) { sum, list in
      min(sum + list.members.count * list.members.count / 2, Self.pairLimit + 1)
    }
    guard count <= Self.pairLimit else { return false }
    for node in lists.keys { addPairs(of: node) }
    while let best = mostFrequent() { extract(best) }
    return !pairs.isEmpty
  }

  /// Of the most frequent pairs the one whose parts come first.
  private func mostFrequent() -> Pair? {
    var best: (pair: Pair, count: Int)?
    for (pair, nodes) in places where nodes.count > 1 {
      if let best, best.count > nodes.count || best.count == nodes.count && best.pair < pair {
        continue
      }
      best = (pair, nodes.count)
    }
    return best?.pair
  }

  private mutating func extract(_ pair: Pair) {
    let part = uses.count + pairs.count
    pairs.append(pair)
    for node in (places[pair] ?? []).sorted() {
      guard var list = lists[node],
        let first = list.members.firstIndex(where: { $0.part == pair.first }),
        let second = list.members.firstIndex(where: { $0.part == pair.second }),
        (list.members[first].isNegative != list.members[second].isNegative) == pair.isDifference
      else { continue }
      removePairs(of: node)
      list.members[min(first, second)] = Member(
        part: part, isNegative: list.members[first].isNegative)
      list.members.remove(at: max(first, second))
      lists[node] = list
      addPairs(of: node)
    }
    places[pair] = nil
  }

  private mutating func addPairs(of node: NodeIndex) {
    for pair in pairs(of: node) { places[pair, default: []].insert(node) }
  }

  private mutating func removePairs(of node: NodeIndex) {
    for pair in pairs(of: node) {
      places[pair]?.remove(node)
      if places[pair]?.isEmpty == true { places[pair] = nil }
    }
  }

  /// The pairs of different members of a list.
  private func pairs(of node: NodeIndex) -> Set<Pair> {
    guard let list = lists[node] else { return [] }
    var pairs: Set<Pair> = []
    for (index, one) in list.members.enumerated() {
      for other in list.members[(index + 1)...] where other.part != one.part {
        pairs.insert(
          Pair(
            first: min(one.part, other.part), second: max(one.part, other.part),
            isDifference: one.isNegative != other.isNegative, isSum: list.isSum))
      }
    }
    return pairs
  }

  // MARK: Writing

  /// The formulas with the pairs in them.
  func written() -> Formulas {
    let target = Graph()
    var images: [Part: NodeIndex] = [:]
    for index in uses.indices where uses[index] > 0 && !isInside[index] {
      let node = NodeIndex(index)
      guard let list = lists[node] else {
        images[index] = copied(node, into: target, images)
        continue
      }
      for member in list.members { makePair(member.part, in: target, &images) }
      images[index] = written(list, into: target, images)
    }
    return Formulas(graph: target, roots: formulas.roots.map { images[Int($0)] ?? 0 })
  }

  private func copied(
    _ node: NodeIndex, into target: Graph, _ images: [Part: NodeIndex]
  ) -> NodeIndex {
    func image(_ node: NodeIndex) -> NodeIndex { images[Int(node)] ?? 0 }
    switch formulas.graph[node] {
    case .variable(let index): return target.variable(index)
    case .constant(let value): return target.constant(value)
    case .unary(let operation, let x): return target.unary(operation, image(x))
    case .binary(let operation, let x, let y): return target.binary(operation, image(x), image(y))
    case .variadic(let operation, let xs): return target.variadic(operation, xs.map(image))
    }
  }

  /// Makes the node of a pair, and of the pairs in it, which have lower numbers.
  private func makePair(
    _ part: Part, in target: Graph, _ images: inout [Part: NodeIndex]
  ) {
    var pending = [part]
    while let next = pending.last {
      guard images[next] == nil, next >= uses.count else {
        pending.removeLast()
        continue
      }
      let pair = pairs[next - uses.count]
      guard let x = images[pair.first], let y = images[pair.second] else {
        pending += [pair.first, pair.second].filter { images[$0] == nil }
        continue
      }
      let operation: Operation =
        pair.isSum
        ? (pair.isDifference ? .subtract : .add) : pair.isDifference ? .divide : .multiply
      images[next] = target.binary(operation, x, y)
    }
  }

  /// A list as a chain of operations: for a sum a positive member first, for a product a quotient
  /// of two products.
  private func written(
    _ list: List, into target: Graph, _ images: [Part: NodeIndex]
  ) -> NodeIndex {
    let image = { (member: Member) in images[member.part] ?? 0 }
    let operation: Operation = list.isSum ? .add : .multiply
    let chain = { (members: [Member]) -> NodeIndex? in
      guard let first = members.first else { return nil }
      return members.dropFirst().reduce(image(first)) { target.binary(operation, $0, image($1)) }
    }
    let positive = list.members.filter { !$0.isNegative }
    let negative = list.members.filter(\.isNegative)
    guard let below = chain(negative) else { return chain(positive) ?? 0 }
    if !list.isSum { return target.binary(.divide, chain(positive) ?? target.constant(1), below) }
    guard let start = list.members.firstIndex(where: { !$0.isNegative }) else {
      return target.unary(.negate, below)
    }
    // The other terms stay in their order.
    var rest = list.members
    let first = rest.remove(at: start)
    return rest.reduce(image(first)) {
      target.binary($1.isNegative ? .subtract : .add, $0, image($1))
    }
  }
}
