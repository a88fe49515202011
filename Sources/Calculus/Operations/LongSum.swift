// A sum of many terms of one pattern as one operation: memory does not grow with the number of terms.

/// Σ t(x₁ … xₘ, i) over i = a … b, where the counter i is a number and nothing decides by it.
///
/// The term's operations are operands, too: numbers that are read when the sum is evaluated. So equal
/// sums are equal nodes, and a node needs nothing beside its graph.
enum LongSum: VariadicOperation {
  static var operation: Operation { .longSum }
  static var about: About {
    .kernel(
      "sum", of: ["a", "b", "x", "…"], arity: 7...Int.max, "a sum of terms of one pattern")
  }
  static var continuation: VariadicContinuation { .analytic { total($0) } }

  static func value(_ xs: [Double]) -> Double {
    SumPattern(xs)?.sum(at: xs).value ?? .nan
  }

  static func scaled(_ xs: [Scaled]) -> Scaled { total(xs) }

  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    guard let pattern = SumPattern(xs.map { $0.number ?? .nan }) else {
      return xs.map { $0.constant(.nan) }
    }
    if let numbers = xs as? [Double], let partials = pattern.sum(at: numbers).partials as? [S] {
      return partials
    }
    var partials = Array(repeating: 0 as S, count: xs.count)
    for count in pattern.range {
      let run = pattern.tape.plainLinearization(at: pattern.point(xs, count))
      let adjoints = pattern.tape.reverseSweep(run).derivatives
      for (place, adjoint) in zip(pattern.captured, adjoints) {
        partials[place] = partials[place] + adjoint
      }
    }
    return partials
  }

  /// What the pattern says of the sum is not asked of derivatives.
  static func roles(_ xs: [Double]) -> [EdgeRole] {
    let captured = SumPattern.captured(xs)
    return xs.indices.map { captured.contains($0) ? .smooth : .ignored }
  }

  /// The sum on any numbers, term by term.
  private static func total<S: Scalar>(_ xs: [S]) -> S {
    guard let pattern = SumPattern(xs.map { $0.number ?? .nan }) else {
      return xs[0].constant(.nan)
    }
    var total: S?
    for count in pattern.range {
      let term = pattern.tape.plainValues(at: pattern.point(xs, count))[pattern.tape.output]
      total = total.map { $0 + term } ?? term
    }
    return total ?? 0
  }
}

/// What there is to know of long sums before they are made.
package enum LongSums {
  /// Whether all terms and their derivatives are of ordinary size where the operands of a sum are these.
  package static func isPlain(_ operands: [Double]) -> Bool {
    SumPattern(operands)?.sum(at: operands).isPlain == true
  }
}

/// The operands of a long sum: the first and the last count; how many numbers are taken from outside, and
/// how many constants there are; those; and for each operation of the term, its code and its arguments,
/// counted from the first number on, the counter behind the constants.
struct SumPattern {
  let range: ClosedRange<Int>
  /// Which operands are the numbers from outside.
  let captured: Range<Int>
  /// A term, over the numbers from outside and, last, the counter.
  let tape: Tape

  /// Operands in front of the numbers from outside.
  private static let headCount = 4

  static func captured(_ numbers: [Double]) -> Range<Int> {
    guard numbers.count > headCount, let count = Int(exactly: numbers[2]),
      (0...numbers.count - headCount).contains(count)
    else { return 0..<0 }
    return headCount..<headCount + count
  }

  /// Nil where the numbers are no sum.
  init?(_ numbers: [Double]) {
    captured = Self.captured(numbers)
    guard !captured.isEmpty, let first = Int(exactly: numbers[0]),
      let last = Int(exactly: numbers[1]), first <= last,
      let constantCount = Int(exactly: numbers[3]), constantCount >= 0,
      captured.upperBound + constantCount <= numbers.count
    else { return nil }
    range = first...last
    let graph = Graph(keepsKernels: true)
    let codeStart = captured.upperBound + constantCount
    var nodes = (0..<captured.count).map { graph.variable($0) }
    nodes += numbers[captured.upperBound..<codeStart].map { graph.constant($0) }
    nodes.append(graph.variable(captured.count))
    for place in stride(from: codeStart, to: numbers.count, by: 3) {
      guard let node = Self.node(numbers[place...].prefix(3), graph, nodes) else { return nil }
      nodes.append(node)
    }
    tape = Tape(
      graph, output: nodes[nodes.count - 1],
      isActive: Array(repeating: true, count: captured.count) + [false])
  }

  private static func node(
    _ code: ArraySlice<Double>, _ graph: Graph, _ nodes: [NodeIndex]
  ) -> NodeIndex? {
    let numbers = code.compactMap { Int(exactly: $0) }
    guard numbers.count == 3, let raw = UInt8(exactly: numbers[0]),
      let operation = Operation(rawValue: raw), nodes.indices.contains(numbers[1]),
      nodes.indices.contains(numbers[2])
    else { return nil }
    switch operation.shape {
    case .unary: return graph.unary(operation, nodes[numbers[1]])
    case .binary: return graph.binary(operation, nodes[numbers[1]], nodes[numbers[2]])
    case .variadic: return nil
    }
  }

  /// The term's variables where the counter is `count`.
  func point<S: Scalar>(_ xs: [S], _ count: Int) -> [S] {
    xs[captured] + [xs[0].constant(Double(count))]
  }

  /// The sum and its partial derivatives, one for each operand, terms and derivatives added up in the
  /// order of the terms; and whether all of them are of ordinary size, so that there is nothing to tell.
  func sum(at xs: [Double]) -> (value: Double, partials: [Double], isPlain: Bool) {
    var partials = Array(repeating: 0.0, count: xs.count)
    guard let block = PointBlock(tape) else { return (.nan, partials, false) }
    var total: Double?
    var isPlain = true
    for (variable, place) in captured.enumerated() {
      block.set(variable, to: xs[place], count: PointBlock.capacity)
    }
    var start = range.lowerBound
    while start <= range.upperBound {
      let count = min(PointBlock.capacity, range.upperBound - start + 1)
      for lane in 0..<count { block.set(captured.count, at: lane, to: Double(start + lane)) }
      block.run(count: count)
      for lane in 0..<count {
        let isSettled = block.isSettled(at: lane)
        let single = isSettled ? nil : tape.reverseGradient(at: point(xs, start + lane))
        isPlain = isPlain && isSettled
        let value = single?.value ?? block.value(at: lane)
        total = total.map { $0 + value } ?? value
        for (variable, place) in captured.enumerated() {
          partials[place] += single?.partials[variable] ?? block.partial(variable, at: lane)
        }
      }
      start += count
    }
    return (total ?? 0, partials, isPlain && total?.isNormal == true)
  }
}

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
    places = places.mapValues { $0 < 0 ? captured.count - $0 - 1 : $0 }
    places[counter] = next
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
