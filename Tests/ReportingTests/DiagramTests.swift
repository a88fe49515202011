// Diagrams: a layout in which nothing covers anything, and forms that stay well formed.
import Testing

@testable import Reporting

@Suite struct DiagramTests {
  static let tiny = Diagram(
    title: "f = \"a\" & b\\",
    nodes: [
      Diagram.Node("x1", details: ["2"], kind: .input),
      Diagram.Node("3", kind: .constant),
      Diagram.Node("v1 = x1 * 3", details: ["6"]),
      Diagram.Node("v2 = v1 * v1", kind: .output),
    ],
    edges: [
      Diagram.Edge(from: 0, to: 2, label: "-3"), Diagram.Edge(from: 1, to: 2),
      Diagram.Edge(from: 2, to: 3), Diagram.Edge(from: 2, to: 3),
    ])

  static let running: Diagram = {
    let labels = ["x1", "x2", "ln", "×", "sin", "+", "−"]
    let edges = [(0, 2), (0, 3), (1, 3), (1, 4), (2, 5), (3, 5), (5, 6), (4, 6)]
    return Diagram(
      nodes: labels.map { Diagram.Node($0, kind: $0.hasPrefix("x") ? .input : .operation) },
      edges: edges.map { Diagram.Edge(from: $0, to: $1) })
  }()

  static let degenerate = [
    Diagram(), Diagram(title: "T"), Diagram(title: ""), Diagram(nodes: [Diagram.Node("x")]),
    Diagram(nodes: [Diagram.Node(""), Diagram.Node("\n")], edges: [Diagram.Edge(from: 0, to: 1)]),
    Diagram(nodes: [Diagram.Node("x"), Diagram.Node("alone", kind: .constant)]),
  ]

  /// A graph whose nodes use some of the `window` nodes before them, now and then any at all.
  static func random(seed: UInt64, count: Int, inputs: Int, window: Int) -> Diagram {
    var state = seed
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var diagram = Diagram(title: "random")
    for node in 0..<count {
      let kind = Diagram.Kind.allCases[below(Diagram.Kind.allCases.count)]
      let label = String(repeating: "w", count: below(50))
      diagram.append(
        Diagram.Node(label, details: Array(repeating: "0.1", count: below(3)), kind: kind))
      guard node >= inputs, node > 0 else { continue }
      for _ in 0..<below(4) {
        let from = below(6) == 0 ? below(node) : node - 1 - below(min(window, node))
        diagram.append(Diagram.Edge(from: from, to: node, label: below(2) == 0 ? "0.25" : nil))
      }
    }
    return diagram
  }

  /// Sums x1 + x2 + … from the left: every input is used one level later than the one before.
  static func chain(_ count: Int) -> Diagram {
    var diagram = Diagram(nodes: (0..<count).map { Diagram.Node("x\($0)", kind: .input) })
    for term in 1..<max(1, count) {
      let last = term == 1 ? 0 : diagram.nodes.count - 1
      let sum = diagram.append(Diagram.Node("+"))
      diagram.append(Diagram.Edge(from: last, to: sum))
      diagram.append(Diagram.Edge(from: term, to: sum))
    }
    return diagram
  }

  static let drawn: [Diagram] =
    (0..<20).map { seed in
      random(seed: UInt64(seed), count: 5 + seed * 6, inputs: 1 + seed % 5, window: 1 + seed)
    } + [tiny, running, chain(60), chain(150)] + degenerate
}

extension DiagramTests {
  @Test(arguments: drawn) func boxesDoNotOverlap(diagram: Diagram) {
    let layout = DiagramLayout(diagram)
    #expect(layout.boxes.count == diagram.nodes.count)
    for (index, box) in layout.boxes.enumerated() {
      #expect(box.x >= 0 && box.y >= -0.001)
      #expect(box.x + box.width <= layout.width + 0.001)
      #expect(box.y + box.height <= layout.height + 0.001)
      let isApart = layout.boxes[..<index].allSatisfy { other in
        box.x + box.width < other.x || other.x + other.width < box.x
          || box.y + box.height < other.y || other.y + other.height < box.y
      }
      #expect(isApart)
    }
  }

  @Test(arguments: drawn) func edgesRunThroughNoBox(diagram: Diagram) {
    let layout = DiagramLayout(diagram)
    for path in layout.paths {
      let points = sampled(path)
      let (start, end) = (points[0].x, points[points.count - 1].x)
      let near = layout.boxes.filter { start < $0.x + $0.width && $0.x < end }
      let touched = points.contains { point in
        near.contains { box in
          box.x + 0.1 < point.x && point.x < box.x + box.width - 0.1
            && box.y - 1 < point.y && point.y < box.y + box.height + 1
        }
      }
      #expect(!touched)
    }
  }

  @Test(arguments: drawn) func everyEdgeArrivesOnceAtItsUser(diagram: Diagram) {
    let layout = DiagramLayout(diagram)
    #expect(layout.paths.compactMap(\.edge).sorted() == Array(diagram.edges.indices))
    for path in layout.paths {
      guard let edge = path.edge, case .line(let end)? = path.steps.last else { continue }
      let box = layout.boxes[diagram.edges[edge].to]
      #expect(end.x == box.x && box.y < end.y && end.y < box.y + box.height)
    }
  }

  /// Points along a path, close enough together that none steps over a box.
  private func sampled(_ path: DiagramLayout.Path) -> [DiagramLayout.Point] {
    var points = [path.start]
    for step in path.steps {
      let start = points.last!
      switch step {
      case .line(let end):
        #expect(end.x >= start.x && end.y == start.y)
        let count = max(1, Int((end.x - start.x) / 20))
        points += (1...count).map { index in
          let t = Double(index) / Double(count)
          return DiagramLayout.Point(x: start.x + (end.x - start.x) * t, y: end.y)
        }
      case .curve(let end):
        #expect(end.x > start.x)
        points += (1...40).map { index in
          // Both control points are half way, one as high as the start, one as high as the end.
          let t = Double(index) / 40
          let u = 1 - t
          let (first, last) = (u * u * u, t * t * t)
          let (second, third) = (3 * u * u * t, 3 * u * t * t)
          return DiagramLayout.Point(
            x: first * start.x + (second + third) * (start.x + end.x) / 2 + last * end.x,
            y: (first + second) * start.y + (third + last) * end.y)
        }
      }
    }
    return points
  }

  @Test func treesAndTheRunningExampleHaveNoCrossings() {
    let layout = DiagramLayout(Self.running)
    let ends = [2, 3, 4].map { layout.boxes[$0].y }
    #expect(ends == ends.sorted() || ends == ends.sorted(by: >))
  }

  @Test func leavesThatAreNoInputsStandBeforeTheirFirstUser() {
    let kinds: [Diagram.Kind] = [.input, .operation, .constant, .derivative, .operation, .output]
    let edges = [(0, 1), (1, 4), (2, 4), (3, 4), (4, 5)]
    let diagram = Diagram(
      nodes: kinds.map { Diagram.Node("a", kind: $0) },
      edges: edges.map { Diagram.Edge(from: $0.0, to: $0.1) })
    #expect(diagram.levels == [0, 1, 1, 1, 2, 3])
  }

  @Test func anArrowToALastNodeIsStraight() {
    var diagram = Self.running
    diagram.append(Diagram.Node("y = v5", details: ["11.65", "1"], kind: .output))
    diagram.append(Diagram.Edge(from: 6, to: 7))
    let boxes = DiagramLayout(diagram).boxes
    let middles = [6, 7].map { boxes[$0].y + boxes[$0].height / 2 }
    #expect(abs(middles[0] - middles[1]) < 0.001)
  }

  @Test func longChainsStaySmall() {
    let layers = DiagramLayers(Self.chain(1500))
    #expect(layers.levels.count < 40_000)
    #expect(Self.chain(1500).svg().utf8.count < 3_000_000)
  }
}
