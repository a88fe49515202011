// Long sums as one operation against the same terms written out.
import Testing

@testable import Calculus

@Suite struct LongSumTests {
  private typealias Build =
    @Sendable (Graph, _ x: NodeIndex, _ y: NodeIndex, _ i: NodeIndex) ->
    NodeIndex

  /// sin(x·i)/i + ln(x)·y/i, where ln(x) is taken from outside and x more than once.
  private static let term: Build = { graph, x, y, i in
    let wave = graph.binary(.divide, graph.unary(.sin, graph.binary(.multiply, x, i)), i)
    let level = graph.binary(.multiply, graph.unary(.ln, x), y)
    return graph.binary(.add, wave, graph.binary(.divide, level, i))
  }

  /// exp of the sum of terms divided by 100, as one operation and written out.
  private func tapes(_ range: ClosedRange<Int>, _ build: Build) throws -> (loop: Tape, whole: Tape)
  {
    func tape(_ graph: Graph, _ sum: NodeIndex) -> Tape {
      let scaled = graph.binary(.divide, sum, graph.constant(100))
      return Tape(graph, output: graph.unary(.exp, scaled), isActive: [true, true])
    }
    let graph = Graph(keepsKernels: true)
    let (x, y) = (graph.variable(0), graph.variable(1))
    let copy = Graph(copying: graph)
    let term = build(copy, x, y, copy.variable(2))
    let sum = try #require(graph.longSum(of: term, in: copy, counter: 2, over: range))
    let whole = Graph(keepsKernels: true)
    let terms = range.map {
      build(whole, whole.variable(0), whole.variable(1), whole.constant(Double($0)))
    }
    let total = terms.dropFirst().reduce(terms[0]) { whole.binary(.add, $0, $1) }
    return (tape(graph, sum), tape(whole, total))
  }

  private func isClose(_ x: [Double], _ y: [Double], _ bound: Double) -> Bool {
    x.count == y.count && zip(x, y).allSatisfy { ($0 - $1).magnitude <= bound * $1.magnitude }
  }

  /// The value has the same bits. Derivatives are added up in another order: with n terms they differ by
  /// n roundings of the sum of their magnitudes at most, here far less.
  @Test(arguments: [1...1, 1...255, -3 ... -1, 1...256, 5...1_003])
  func agreesWithTermsWrittenOut(range: ClosedRange<Int>) throws {
    let (loop, whole) = try tapes(range, Self.term)
    for point in [[0.3, 2.0], [7, -1.5], [1, 1]] {
      let expected = whole.reverseGradient(at: point)
      let reverse = loop.reverseGradient(at: point)
      #expect(reverse.value == expected.value)
      #expect(isClose(reverse.partials, expected.partials, 1e-12))
      #expect(loop.forwardGradient(at: point).value == expected.value)
      #expect(isClose(loop.forwardGradient(at: point).partials, expected.partials, 1e-12))
      #expect(loop.formulaValues(at: point)[loop.output] == expected.value)
    }
  }

  @Test func higherDerivativesAgree() throws {
    let (loop, whole) = try tapes(1...300, Self.term)
    let point = [0.3, 2.0]
    for (row, expected) in zip(loop.hessian(at: point), whole.hessian(at: point)) {
      #expect(isClose(row, expected, 1e-11))
    }
    let step = 1e-20
    let complex = { (tape: Tape) in
      tape.line.values(at: [Complex(point[0], step), Complex(point[1])])[tape.output].imaginary
    }
    #expect(isClose([complex(loop)], [complex(whole)], 1e-12))
    let series = { (tape: Tape) in
      tape.line.values(at: [Taylor([0.3, 1, 0, 0]), Taylor([2, 0, 0, 0])])[tape.output]
    }
    let (short, long) = (series(loop), series(whole))
    #expect(isClose((0...3).map { short[$0] }, (0...3).map { long[$0] }, 1e-11))
  }

  /// Neither the graph nor the tape grows with the number of terms, and equal sums are one node.
  @Test func memoryDoesNotGrow() throws {
    let graph = Graph(keepsKernels: true)
    let (x, y) = (graph.variable(0), graph.variable(1))
    let copy = Graph(copying: graph)
    let term = Self.term(copy, x, y, copy.variable(2))
    let sum = { (last: Int) in graph.longSum(of: term, in: copy, counter: 2, over: 1...last) }
    let first = try #require(sum(10))
    let count = graph.count
    #expect(sum(10) == first)
    #expect(sum(1_000_000_000) != nil)
    #expect(graph.count == count + 2)
  }

  /// What has kinks, decides, has operations of many arguments or takes nothing from outside.
  @Test func otherTermsAreNoPatterns() {
    let graph = Graph(keepsKernels: true)
    let (x, i) = (graph.variable(0), graph.variable(1))
    let product = graph.binary(.multiply, x, i)
    let terms = [
      graph.unary(.abs, product), graph.variadic(.logsumexp, [x, i]), graph.unary(.ln, i), x, i,
      graph.binary(.add, graph.unary(.floor, i), x),
    ]
    for term in terms {
      #expect(graph.longSum(of: term, in: graph, counter: 1, over: 1...9) == nil)
    }
  }

  @Test func ordinarySizeIsAsked() throws {
    let graph = Graph(keepsKernels: true)
    let (x, i) = (graph.variable(0), graph.variable(1))
    let term = graph.unary(.ln, graph.binary(.subtract, i, x))
    let sum = try #require(graph.longSum(of: term, in: graph, counter: 1, over: 1...600))
    let isPlain = { (x: Double) in
      LongSums.isPlain(
        graph.arguments(of: sum).map { node in
          if case .constant(let value) = graph[node] { value } else { x }
        })
    }
    #expect(isPlain(0.5))
    #expect(!isPlain(300))
    #expect(!isPlain(.leastNonzeroMagnitude))
    #expect(!isPlain(.nan))
    #expect(!LongSums.isPlain([1, 0, 1, 0, 1, 2, 3]))
    #expect(!LongSums.isPlain([]))
  }
}
