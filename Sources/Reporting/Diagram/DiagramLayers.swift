// The columns of a picture: what stands in each, in an order with few crossings.

/// The nodes of a diagram in layers, one a level. An edge that skips layers has a place in each,
/// so that it can pass there without running through a node.
///
/// A place is a node, at the node's position, or one of the stand-ins for edges after those. All
/// edges out of one node share their places: they run as one trunk that branches off to each user.
struct DiagramLayers {
  /// How the edges out of a node pass through layers.
  enum Trunk: Equatable {
    /// In one stand-in a layer, from the place `first` on.
    case places(first: Int)
    /// Beside all layers.
    case lane
  }

  let nodeCount: Int
  /// The layer of every place.
  private(set) var levels: [Int]
  private(set) var trunks: [Trunk]
  /// The last layer but one that each node's edges lead to: as far as its trunk goes.
  private(set) var reach: [Int]
  /// For every place its neighbours in the layer before.
  private(set) var before: [[Int]]
  /// For every place its neighbours in the layer after.
  private(set) var after: [[Int]]
  /// The places in each layer in their order across it.
  private(set) var layers: [[Int]] = []

  init(_ diagram: Diagram) {
    nodeCount = diagram.nodes.count
    levels = diagram.levels
    reach = levels
    for edge in diagram.edges { reach[edge.from] = max(reach[edge.from], levels[edge.to] - 1) }
    trunks = Array(repeating: .places(first: 0), count: nodeCount)
    before = []
    after = []
    sendLongestOutside()
    addPlaces()
    link(diagram.edges)
    layers = Array(repeating: [], count: (levels.max() ?? -1) + 1)
    for place in inDepthFirstOrder() { layers[levels[place]].append(place) }
    reduceCrossings()
  }

  /// The place from which an edge out of `node` reaches `level`; `nil` if it comes from a lane.
  func place(of node: Int, before level: Int) -> Int? {
    let steps = level - 1 - levels[node]
    if steps == 0 { return node }
    guard case .places(let first) = trunks[node] else { return nil }
    return first + steps - 1
  }

  /// Gives lanes to the longest trunks while there are many more stand-ins than nodes: chains that
  /// keep using early values would have a number of them that is quadratic.
  private mutating func sendLongestOutside() {
    let lengths = (0..<nodeCount).map { reach[$0] - levels[$0] }
    var total = lengths.reduce(0, +)
    let budget = 8 * nodeCount + 1000
    guard total > budget else { return }
    let longestFirst = (0..<nodeCount).sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    for node in longestFirst where total > budget {
      total -= lengths[node]
      trunks[node] = .lane
    }
  }

  private mutating func addPlaces() {
    for node in 0..<nodeCount where trunks[node] != .lane && reach[node] > levels[node] {
      trunks[node] = .places(first: levels.count)
      levels += levels[node] + 1...reach[node]
    }
  }

  private mutating func link(_ edges: [Diagram.Edge]) {
    before = Array(repeating: [], count: levels.count)
    after = before
    for node in 0..<nodeCount {
      guard case .places(let first) = trunks[node] else { continue }
      var last = node
      for step in 0..<reach[node] - levels[node] {
        link(last, first + step)
        last = first + step
      }
    }
    for edge in edges {
      if let last = place(of: edge.from, before: levels[edge.to]) { link(last, edge.to) }
    }
  }

  private mutating func link(_ place: Int, _ next: Int) {
    after[place].append(next)
    before[next].append(place)
  }

  /// All places, those that lead to one result together: trees are then drawn without crossings.
  private func inDepthFirstOrder() -> [Int] {
    var order: [Int] = []
    var isSeen = Array(repeating: false, count: levels.count)
    var pending = Array(levels.indices.filter { after[$0].isEmpty }.reversed())
    while let place = pending.popLast() {
      if isSeen[place] { continue }
      isSeen[place] = true
      order.append(place)
      pending += before[place].reversed()
    }
    return order
  }
}

extension DiagramLayers {
  /// Sweeps forth and back, each place moving to the middle of its neighbours, and keeps the best
  /// order met: the barycenter method of Sugiyama, Tagawa and Toda (1981).
  private mutating func reduceCrossings() {
    var positions = Array(repeating: 0.0, count: levels.count)
    for layer in layers.indices { number(layer, &positions) }
    var best = layers
    var fewest = crossings(positions)
    var sweepsInVain = 0
    for sweep in 0..<16 where fewest > 0 && sweepsInVain < 4 {
      let isForth = sweep.isMultiple(of: 2)
      for layer in isForth ? Array(layers.indices) : layers.indices.reversed() {
        sort(layer, isForth ? before : after, isForth ? after : before, &positions)
      }
      let count = crossings(positions)
      sweepsInVain = count < fewest ? 0 : sweepsInVain + 1
      if count < fewest { (fewest, best) = (count, layers) }
    }
    layers = best
  }

  private mutating func sort(
    _ layer: Int, _ neighbours: [[Int]], _ others: [[Int]], _ positions: inout [Double]
  ) {
    func middle(of place: Int) -> Double {
      let near = neighbours[place].isEmpty ? others[place] : neighbours[place]
      if near.isEmpty { return positions[place] }
      return near.reduce(0) { $0 + positions[$1] } / Double(near.count)
    }
    let wishes = layers[layer].map { (middle(of: $0), positions[$0], $0) }
    layers[layer] = wishes.sorted { $0 < $1 }.map(\.2)
    number(layer, &positions)
  }

  /// Positions count from the middle of a layer, so that those of two layers compare.
  private func number(_ layer: Int, _ positions: inout [Double]) {
    let middle = Double(layers[layer].count - 1) / 2
    for (index, place) in layers[layer].enumerated() { positions[place] = Double(index) - middle }
  }

  private func crossings(_ positions: [Double]) -> Int {
    layers.indices.dropFirst().reduce(0) { $0 + crossings(into: $1, positions) }
  }

  /// Counts the pairs of lines into a layer that cross, with a Fenwick tree over its places.
  private func crossings(into layer: Int, _ positions: [Double]) -> Int {
    let count = layers[layer].count
    var tree = Array(repeating: 0, count: count + 1)
    var (seen, crossings) = (0, 0)
    for place in layers[layer - 1] {
      let ends = after[place].map { Int(positions[$0] + Double(count - 1) / 2) + 1 }
      for end in ends {
        crossings += seen
        var index = end
        while index > 0 {
          crossings -= tree[index]
          index &= index - 1
        }
      }
      for end in ends {
        seen += 1
        var index = end
        while index <= count {
          tree[index] += 1
          index += index & -index
        }
      }
    }
    return crossings
  }
}
