// Where everything in a drawn diagram is: boxes in columns from left to right, lines between them.

/// The geometry of a picture of a diagram, in pixels from its top left corner.
///
/// Lines bend only between columns and pass a column straight, at a height no box takes there.
struct DiagramLayout {
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  struct Box: Equatable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  enum Step: Equatable {
    case line(to: Point)
    /// A cubic that leaves and arrives horizontally, with both its control points half way.
    case curve(to: Point)
  }

  struct Path: Equatable {
    var start: Point
    var steps: [Step] = []
    /// The edge that ends here with an arrow head; `nil` for a part that several edges share.
    var edge: Int?
    /// The node that it leads from.
    let node: Int
    /// Whether it is the last part of an edge whose beginning several share.
    var isBranch = false
  }

  /// The sizes of letters and of the room around them.
  enum Metrics {
    static let labelSize = 14.0
    static let labelHeight = 19.0
    static let detailSize = 12.0
    static let detailHeight = 16.0
    static let edgeLabelSize = 11.0
    static let padding = (x: 13.0, y: 8.0)
    static let arrow = 9.0
  }

  /// One box a node.
  private(set) var boxes: [Box] = []
  private(set) var paths: [Path] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  private let diagram: Diagram
  private let layers: DiagramLayers
  private let middles: [Double]
  private var columns: [Column] = []
  /// The height of each node's lane, where it has one.
  private var lanes: [Int: Double] = [:]
  /// The height at which each edge arrives.
  private var ports: [Double] = []

  init(_ diagram: Diagram) {
    self.diagram = diagram
    layers = DiagramLayers(diagram)
    let sizes = Self.sizes(of: diagram)
    middles = layers.middles(heights: sizes.map(\.height))
    for node in sizes.indices { height = max(height, middles[node] + sizes[node].height / 2) }
    for place in middles.dropFirst(sizes.count) { height = max(height, place) }
    openLanes()
    placePorts()
    placeColumns(widths: sizes.map(\.width))
    for (node, size) in sizes.enumerated() {
      let column = columns[layers.levels[node]]
      boxes.append(
        Box(
          x: (column.left + column.right - size.width) / 2, y: middles[node] - size.height / 2,
          width: size.width, height: size.height))
    }
    width = columns.last?.right ?? 0
    drawTrunks()
    for edge in diagram.edges.indices { drawBranch(edge) }
  }
}

extension DiagramLayout {
  private static func sizes(of diagram: Diagram) -> [(width: Double, height: Double)] {
    // Arrows come in side by side, further apart where something is written on them.
    var arrows = Array(repeating: 0.0, count: diagram.nodes.count)
    for edge in diagram.edges { arrows[edge.to] += portDistance(edge) }
    return zip(diagram.nodes, arrows).map { node, arrows in
      let lines = node.lines
      var width = estimatedWidth(of: lines[0], size: Metrics.labelSize)
      for line in lines.dropFirst() + node.room {
        width = max(width, estimatedWidth(of: line, size: Metrics.detailSize))
      }
      let text = Metrics.labelHeight + Metrics.detailHeight * Double(lines.count - 1)
      return (
        max(40, (width + 2 * Metrics.padding.x).rounded(.up)),
        max(text + 2 * Metrics.padding.y, arrows + 4)
      )
    }
  }

  private static func portDistance(_ edge: Diagram.Edge) -> Double {
    edge.line == nil ? 10 : Metrics.edgeLabelSize + 4
  }

  /// Finds heights below everything else for the trunks that run there, each height for one trunk
  /// after the other.
  private mutating func openLanes() {
    let starts = Buckets(Array(layers.levels.prefix(layers.nodeCount)), count: layers.layers.count)
    var freed: [[Double]] = Array(repeating: [], count: layers.layers.count + 1)
    var free: [Double] = []
    for level in layers.layers.indices {
      free += freed[level]
      for node in starts[level]
      where layers.trunks[node] == .lane && layers.reach[node] > level {
        if free.isEmpty {
          height += 14
          free.append(height)
        }
        let lane = free.removeLast()
        lanes[node] = lane
        freed[layers.reach[node] + 1].append(lane)
      }
    }
  }

  /// The height at which the edges out of `node` come to the column `level`.
  private func arrival(from node: Int, at level: Int) -> Double {
    layers.place(of: node, before: level).map { middles[$0] } ?? lanes[node] ?? middles[node]
  }

  private mutating func placePorts() {
    ports = Array(repeating: 0, count: diagram.edges.count)
    let incoming = diagram.incoming
    for node in diagram.nodes.indices {
      let level = layers.levels[node]
      // Arrows that come from above arrive above; equal ones keep the order of the arguments.
      let arrows = incoming[node].map { (arrival(from: diagram.edges[$0].from, at: level), $0) }
        .sorted { $0 < $1 }.map(\.1)
      let total = arrows.reduce(0) { $0 + Self.portDistance(diagram.edges[$1]) }
      var next = middles[node] - total / 2
      for edge in arrows {
        let distance = Self.portDistance(diagram.edges[edge])
        ports[edge] = next + distance / 2
        next += distance
      }
    }
  }

  /// A layer from left to right.
  private struct Column {
    /// Where lines stop bending: what is written on edges fits between here and the boxes.
    var entry: Double
    var left: Double
    var right: Double
  }

  private mutating func placeColumns(widths: [Double]) {
    var widest = Array(repeating: 0.0, count: layers.layers.count)
    for (node, width) in widths.enumerated() {
      widest[layers.levels[node]] = max(widest[layers.levels[node]], width)
    }
    var (steepest, lead) = (widest.map { _ in 0.0 }, widest.map { _ in Metrics.arrow })
    for (index, edge) in diagram.edges.enumerated() {
      let level = layers.levels[edge.to]
      steepest[level] = max(
        steepest[level], abs(arrival(from: edge.from, at: level) - ports[index]))
      if let line = edge.line {
        let text = estimatedWidth(of: line, size: Metrics.edgeLabelSize)
        lead[level] = max(lead[level], text + Metrics.arrow + 6)
      }
    }
    var right = 0.0
    for level in widest.indices {
      let entry = level == 0 ? 0 : right + min(160, max(44, steepest[level] / 4))
      let left = level == 0 ? 0 : entry + lead[level]
      right = left + widest[level]
      columns.append(Column(entry: entry, left: left, right: right))
    }
  }
}

extension DiagramLayout {
  /// The parts of edges that pass layers, each drawn once for all edges that share it.
  private mutating func drawTrunks() {
    for node in diagram.nodes.indices where layers.reach[node] > layers.levels[node] {
      var path = start(at: node)
      if let lane = lanes[node] {
        path.steps.append(.curve(to: Point(x: columns[layers.levels[node] + 1].entry, y: lane)))
        path.steps.append(.line(to: Point(x: columns[layers.reach[node]].right, y: lane)))
      } else {
        for level in layers.levels[node] + 1...layers.reach[node] {
          let y = arrival(from: node, at: level + 1)
          path.steps.append(.curve(to: Point(x: columns[level].entry, y: y)))
          path.steps.append(.line(to: Point(x: columns[level].right, y: y)))
        }
      }
      paths.append(path)
    }
  }

  /// The end of an edge that is its own.
  private mutating func drawBranch(_ index: Int) {
    let edge = diagram.edges[index]
    let level = layers.levels[edge.to]
    let y = arrival(from: edge.from, at: level)
    let isDirect = level - 1 == layers.levels[edge.from]
    var path =
      isDirect
      ? start(at: edge.from)
      : Path(
        start: Point(x: columns[level - 1].right, y: y), node: edge.from, isBranch: true)
    path.steps.append(.curve(to: Point(x: columns[level].entry, y: ports[index])))
    path.steps.append(.line(to: Point(x: boxes[edge.to].x, y: ports[index])))
    path.edge = index
    paths.append(path)
  }

  /// From the right side of a box straight to the end of its column.
  private func start(at node: Int) -> Path {
    let box = boxes[node]
    let end = Point(x: columns[layers.levels[node]].right, y: middles[node])
    return Path(
      start: Point(x: box.x + box.width, y: middles[node]), steps: [.line(to: end)], node: node)
  }
}
