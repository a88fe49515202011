// The forward sweep on graph terms: derivatives of formulas in one variable after the other.

/// What some formulas are made of, laid out so that each variable's sweep meets only what depends
/// on it: a sum of n terms in n variables is differentiated in n steps, not n².
final class DerivativeSweep {
  let roots: [NodeIndex]
  let rules: DerivativeRules
  /// The nodes that have tangents, arguments before users; a `Place` in this list stands for a
  /// node.
  private let nodes: [NodeIndex]
  /// What the derivatives are made of, factors, terms or arguments: one run after the other.
  private let parts: [NodeIndex]
  private let firstPart: [Int]
  /// The edges to the users of each node, one run after the other.
  private var edges: [Edge]
  private let firstEdge: [Int]
  private let leaves: [Int: Place]
  private let rootPlaces: [Place]
  /// Local partials, which are the same in every variable's sweep.
  private var partials: [[Term]?]

  // What a sweep resets before it ends.
  private var isDependent: [Bool]
  /// The node of each tangent that there is.
  private var tangents: [NodeIndex?]
  /// The edge from each node to the last of its parts that got a tangent.
  private var lastEdge: [Int?]

  private typealias Place = Int

  private struct Edge {
    let part: Place
    let user: Place
    /// Which of the user's parts it is.
    let position: Int
    /// The edge to the user from the part that got its tangent before.
    var previous: Int?
  }

  /// - Parameter places: scratch space of one number per node of the graph, all 0, and 0 again
  ///   afterwards.
  init(
    _ graph: Graph, _ roots: [NodeIndex], _ form: FormulaForm, hasQuotientRule: Bool = false,
    places: inout [UInt32]
  ) {
    self.roots = roots
    rules = DerivativeRules(
      graph, form, hasQuotientRule: hasQuotientRule,
      uses: form == .raw ? graph.uses(from: roots) : [])
    places.append(contentsOf: repeatElement(0, count: max(0, graph.count - places.count)))
    nodes = Self.nodes(below: roots, rules, &places)
    for (place, node) in nodes.enumerated() { places[Int(node)] = UInt32(place) }
    var parts: [NodeIndex] = []
    var firstPart = [0]
    var useCounts = Array(repeating: 0, count: nodes.count)
    var leaves: [Int: Place] = [:]
    for (place, node) in nodes.enumerated() {
      let own = rules.parts(of: node)
      for part in own { useCounts[Int(places[Int(part)])] += 1 }
      parts.append(contentsOf: own)
      firstPart.append(parts.count)
      if case .variable(let index)? = graph[leaf: node] { leaves[index] = place }
    }
    var firstEdge = [0]
    for count in useCounts { firstEdge.append(firstEdge[firstEdge.count - 1] + count) }
    var next = firstEdge
    var edges = Array(repeating: Edge(part: 0, user: 0, position: 0), count: parts.count)
    for user in nodes.indices {
      for index in firstPart[user]..<firstPart[user + 1] {
        let place = Int(places[Int(parts[index])])
        edges[next[place]] = Edge(part: place, user: user, position: index - firstPart[user])
        next[place] += 1
      }
    }
    (self.parts, self.firstPart, self.edges, self.firstEdge) = (parts, firstPart, edges, firstEdge)
    self.leaves = leaves
    rootPlaces = roots.map { Int(places[Int($0)]) }
    partials = Array(repeating: nil, count: nodes.count)
    isDependent = Array(repeating: false, count: nodes.count)
    tangents = Array(repeating: nil, count: nodes.count)
    lastEdge = Array(repeating: nil, count: nodes.count)
    for node in nodes { places[Int(node)] = 0 }
  }

  /// The nodes that the roots' derivatives are made of, in order.
  private static func nodes(
    below roots: [NodeIndex], _ rules: DerivativeRules, _ isFound: inout [UInt32]
  ) -> [NodeIndex] {
    var nodes: [NodeIndex] = []
    var pending = roots
    while let node = pending.popLast() {
      guard isFound[Int(node)] == 0 else { continue }
      isFound[Int(node)] = 1
      nodes.append(node)
      pending.append(contentsOf: rules.parts(of: node))
    }
    return nodes.sorted()
  }

  /// The derivatives of the roots in a variable.
  ///
  /// - Parameter observer: called with each node that depends on the variable, its parts and its
  ///   tangent, in order.
  func derivatives(
    in variable: Int, observer: ((NodeIndex, ArraySlice<NodeIndex>, NodeIndex?) -> Void)? = nil
  ) -> [NodeIndex] {
    let zero = rules.graph.constant(0)
    guard let leaf = leaves[variable] else { return roots.map { _ in zero } }
    let dependents = dependents(of: leaf)
    for place in dependents where !rules.graph.budget.isSpent {
      tangents[place] = place == leaf ? rules.graph.constant(1) : tangent(of: place)
      observer?(nodes[place], parts[firstPart[place]..<firstPart[place + 1]], tangents[place])
      guard tangents[place] != nil else { continue }
      for edge in firstEdge[place]..<firstEdge[place + 1] {
        edges[edge].previous = lastEdge[edges[edge].user]
        lastEdge[edges[edge].user] = edge
      }
    }
    let derivatives = rootPlaces.map { tangents[$0] ?? zero }
    for place in dependents { (tangents[place], isDependent[place]) = (nil, false) }
    return derivatives
  }

  /// A node and all that depends on it, in order.
  private func dependents(of leaf: Place) -> [Place] {
    isDependent[leaf] = true
    var found = [leaf]
    var position = 0
    while position < found.count {
      for edge in firstEdge[found[position]]..<firstEdge[found[position] + 1]
      where !isDependent[edges[edge].user] {
        isDependent[edges[edge].user] = true
        found.append(edges[edge].user)
      }
      position += 1
    }
    return found.sorted()
  }

  /// The tangent of a node, from those of its parts that have one.
  private func tangent(of place: Place) -> NodeIndex? {
    let ownParts = parts[firstPart[place]..<firstPart[place + 1]]
    var own: [DerivativeRules.PartTangent] = []
    var next = lastEdge[place]
    lastEdge[place] = nil
    while let edge = next {
      if let tangent = tangents[edges[edge].part] {
        own.append((edges[edge].position, Term(rules.graph, tangent)))
      }
      next = edges[edge].previous
    }
    guard !own.isEmpty else { return nil }
    own.sort { $0.position < $1.position }
    return rules.tangent(of: nodes[place], ownParts, own) {
      if let known = partials[place] { return known }
      let made = rules.partials(of: nodes[place], ownParts)
      partials[place] = made
      return made
    }?.index(in: rules.graph)
  }
}
