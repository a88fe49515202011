// Long sums in a graph: the pattern of a term, read off the graph and written as one node's operands.

extension Graph {
  /// The sum of terms of one pattern as one node.
  ///
  /// - Parameters:
  ///   - term: the term in a graph that has all nodes of this one.
  ///   - counter: the variable in it that counts.
  /// - Returns: nil where there is no such node: a term that has other than smooth operations of one or
  ///   two arguments, or does not take part of what it is from outside and part from the counter.
  package func longSum(
    of term: NodeIndex, in source: Graph, counter: Int, over range: ClosedRange<Int>
  ) -> NodeIndex? {
    guard var reader = PatternReader(source, term, counter: counter), reader.read() else {
      return nil
    }
    let outside = append(reader.captured, of: source) { variable($0) }
    let head = [
      range.lowerBound, range.upperBound, reader.captured.count, reader.constants.count,
    ]
    let numbers = reader.constants + reader.code.map(Double.init)
    return variadic(
      .longSum, head.map { constant(Double($0)) } + outside + numbers.map { constant($0) })
  }
}

/// Reads the pattern of a term off a graph.
private struct PatternReader {
  private let graph: Graph
  /// The nodes of the term that depend on the counter, the counter itself left out.
  private var operations: [NodeIndex] = []
  private let counter: NodeIndex
  private(set) var captured: [NodeIndex] = []
  private(set) var constants: [Double] = []
  private(set) var code: [Int] = []
  private var places: [NodeIndex: Int] = [:]

  init?(_ graph: Graph, _ term: NodeIndex, counter: Int) {
    self.graph = graph
    let uses = graph.uses(from: [term])
    var depends = Array(repeating: false, count: uses.count)
    var found: NodeIndex?
    for index in uses.indices where uses[index] > 0 {
      let node = NodeIndex(index)
      if graph[leaf: node] == .variable(counter) {
        depends[index] = true
        found = node
      } else {
        graph.forEachArgument(of: node) { depends[index] = depends[index] || depends[Int($0)] }
        if depends[index] { operations.append(node) }
      }
    }
    guard let found, operations.count < PointBlock.slotLimit / 4 else { return nil }
    self.counter = found
    for node in operations {
      for argument in graph.arguments(of: node) where !depends[Int(argument)] { place(argument) }
    }
  }

  private mutating func place(_ node: NodeIndex) {
    guard places[node] == nil else { return }
    if case .constant(let value)? = graph[leaf: node] {
      places[node] = -constants.count - 1
      constants.append(value)
    } else {
      places[node] = captured.count
      captured.append(node)
    }
  }

  /// Writes the operations down.
  mutating func read() -> Bool {
    guard !captured.isEmpty else { return false }
    var next = captured.count + constants.count
    places = places.mapValues { $0 < 0 ? captured.count - $0 : $0 }
    places[counter] = captured.count
    for node in operations {
      guard let operation = graph.operation(of: node), operation.shape != .variadic,
        !operation.mayHaveKinks
      else { return false }
      let arguments = graph.arguments(of: node).compactMap { places[$0] }
      guard let first = arguments.first, let last = arguments.last else { return false }
      code += [Int(operation.rawValue), first, last]
      next += 1
      places[node] = next
    }
    return true
  }
}
