// Blocks of points against the engine for one point: the same bits, or not settled.
import Testing

@testable import Calculus

@Suite struct PointBlockTests {
  private static let hardNumbers: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, -3, 1e-200, -1e-200, 1e200, .leastNonzeroMagnitude, 700, -745, 1e-9,
    .infinity, .nan,
  ]
  private static let operations = Operation.allCases.filter {
    $0.shape != .variadic && !$0.mayHaveKinks
  }

  /// How many points are settled; each of them must have the bits of the other engine.
  private func settledCount(_ tape: Tape, _ points: [[Double]]) throws -> Int {
    let block = try #require(PointBlock(tape.line))
    var count = 0
    for start in stride(from: 0, to: points.count, by: PointBlock.capacity) {
      let some = points[start...].prefix(PointBlock.capacity)
      for (lane, point) in some.enumerated() {
        for (variable, value) in point.enumerated() { block.set(variable, at: lane, to: value) }
      }
      block.run(count: some.count)
      for (lane, point) in some.enumerated() where block.isSettled(at: lane) {
        count += 1
        let gradient = tape.reverseGradient(at: point)
        #expect(block.value(at: lane).bitPattern == gradient.value.bitPattern, "\(point)")
        for (variable, partial) in gradient.partials.enumerated() {
          #expect(block.partial(variable, at: lane).bitPattern == partial.bitPattern, "\(point)")
        }
      }
    }
    return count
  }

  @Test(arguments: operations)
  func everySmoothOperation(operation: Operation) throws {
    let arity = operation.shape == .unary ? 1 : 2
    var random = SeededGenerator(seed: 7)
    var points = (0..<100).map { _ in
      (0..<arity).map { _ in Double.random(in: 0.1...0.9, using: &random) }
    }
    // Some operations begin at 1.
    points += points.map { $0.map { 1 / $0 } }
    for x in Self.hardNumbers {
      points += arity == 1 ? [[x]] : Self.hardNumbers.map { [x, $0] }
    }
    let count = try settledCount(tape(of: operation, arguments: arity), points)
    let isPartial =
      [.powerGrowth, .besselySlope, .besselyCurvature, .bessely, .besselj]
      .contains(operation) || operation.takesOrder || operation.isKernel
    #expect(count >= 50 || isPartial)
  }

  /// ln(x)·y + sin(x·y)/x, with y constant where it is not active, and x·x, which adds twice.
  @Test(arguments: [[true, true], [true, false]])
  func compositions(isActive: [Bool]) throws {
    let graph = Graph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let product = graph.binary(.multiply, x, y)
    let left = graph.binary(.multiply, graph.unary(.ln, x), y)
    let right = graph.binary(.divide, graph.unary(.sin, product), x)
    let square = graph.binary(.multiply, product, product)
    let output = graph.binary(.add, graph.binary(.add, left, right), square)
    let tape = Tape(graph, output: output, isActive: isActive)
    var random = SeededGenerator(seed: 8)
    var points = (0..<600).map { _ in
      [Double.random(in: 0.1...9, using: &random), Double.random(in: -9...9, using: &random)]
    }
    let ordinaryCount = points.count
    for x in Self.hardNumbers { points += Self.hardNumbers.map { [x, $0] } }
    #expect(try settledCount(tape, points) >= ordinaryCount)
  }

  @Test func onlySmoothTapesHaveBlocks() {
    #expect(PointBlock(tape(of: .abs, arguments: 1).line) == nil)
    #expect(PointBlock(tape(of: .logsumexp, arguments: 3).line) == nil)
    let graph = Graph()
    let constant = Tape(graph, output: graph.constant(3), isActive: [true])
    #expect(PointBlock(constant.line) != nil)
  }
}
