// A computational graph before it takes the form of a picture: what is in it, not how it looks.

/// Nodes and the edges between them. Each form it can take has a file of its own.
///
/// Nodes are known by their position and stand in topological order: every edge leads from an
/// argument to a user that comes later.
package struct Diagram: Equatable, Sendable {
  /// What a node is in the graph; each format has a look for each kind.
  package enum Kind: String, CaseIterable, Sendable {
    case input, constant, operation, output, derivative
  }

  /// A box or circle of the picture.
  package struct Node: Equatable, Sendable {
    /// Plain text such as `v1 = ln x1`, `×` or `x1`; what stands before ` = ` is the node's name.
    package var label: String
    /// Further lines, such as the primal value and the adjoint.
    package var details: [String]
    /// Texts that may take the place of a detail later, and have room in the picture.
    var room: [String] = []
    /// What its look depends on.
    package var kind: Kind

    /// - Parameter details: further lines below the label.
    package init(_ label: String, details: [String] = [], kind: Kind = .operation) {
      self.label = label
      self.details = details
      self.kind = kind
    }
  }

  /// An arrow from an argument to its user.
  package struct Edge: Equatable, Sendable {
    /// The position of the argument.
    package let from: Int
    /// The position of the node that uses it.
    package let to: Int
    /// A text beside the arrow, such as a local partial derivative.
    package var label: String?

    /// - Parameters:
    ///   - from: the position of the argument.
    ///   - to: the position of its user, which comes later.
    package init(from: Int, to: Int, label: String? = nil) {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  /// Shown above the picture; nil for none.
  package var title: String?
  /// What text calls the details of nodes, one after the other, where they are numbers of a kind.
  package var detailHeaders: [String] = []
  /// In topological order, known by their positions.
  package private(set) var nodes: [Node]
  /// The edges into a node are in the order of its arguments; one argument may come twice.
  package private(set) var edges: [Edge] = []

  /// A diagram of nodes in topological order, every edge from an earlier node to a later one.
  package init(title: String? = nil, nodes: [Node] = [], edges: [Edge] = []) {
    self.title = title
    self.nodes = nodes
    edges.forEach { append($0) }
  }

  /// Adds a node after all others and returns its position.
  @discardableResult package mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds an edge between nodes that are there already.
  package mutating func append(_ edge: Edge) {
    precondition(
      0 <= edge.from && edge.from < edge.to && edge.to < nodes.count,
      "an edge leads from a node to a later one")
    edges.append(edge)
  }
}

extension Diagram {
  /// The positions in `edges` of the edges into each node.
  var incoming: Buckets { Buckets(edges.map(\.to), count: nodes.count) }

  /// The positions in `edges` of the edges out of each node.
  var outgoing: Buckets { Buckets(edges.map(\.from), count: nodes.count) }

  /// For each node the column of the picture it stands in: one after the last of its arguments.
  ///
  /// Inputs stand in column 0. Other nodes without arguments, such as constants, move up to their
  /// first user: they are then read where they matter.
  var levels: [Int] {
    let (incoming, outgoing) = (incoming, outgoing)
    var levels = Array(repeating: 0, count: nodes.count)
    for node in nodes.indices {
      for edge in incoming[node] {
        levels[node] = max(levels[node], levels[edges[edge].from] + 1)
      }
    }
    for node in nodes.indices where nodes[node].kind != .input && incoming[node].isEmpty {
      let first = outgoing[node].map { levels[edges[$0].to] }.min()
      levels[node] = (first ?? 1) - 1
    }
    return levels
  }
}

/// The positions of an array's elements by a key each has, in two flat arrays.
struct Buckets: Sendable {
  private var starts: [Int]
  private var members: [Int]

  /// - Parameter keys: one for each element, in `0..<count`.
  init(_ keys: [Int], count: Int) {
    starts = Array(repeating: 0, count: count + 1)
    members = Array(repeating: 0, count: keys.count)
    for key in keys { starts[key + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    for (position, key) in keys.enumerated() {
      members[next[key]] = position
      next[key] += 1
    }
  }

  /// In ascending order.
  subscript(key: Int) -> ArraySlice<Int> { members[starts[key]..<starts[key + 1]] }
}
