// Several axes at once against one at a time: the same bits, or left to the engine for one.
import Testing

@testable import Calculus

@Suite struct AxisBlockTests {
  private static let hardNumbers: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, -3, 1e-80, -1e-200, 1e200, .leastNonzeroMagnitude, 700, -745, .infinity,
    .nan,
  ]

  /// How many sweeps along all axes were taken at once; each has the bits of those for one axis.
  private func settledCount(_ tape: Tape, _ points: [[Double]]) -> Int {
    let active = (0..<tape.variableCount).filter { tape.isActive[$0] }
    var count = 0
    for point in points {
      let run = tape.linearized(at: point)
      for start in stride(from: 0, to: active.count, by: AxisBlock.size) {
        let axes = active[start...].prefix(AxisBlock.size)
        guard let block = tape.axisSweep(run, along: axes) else { continue }
        count += 1
        let single = axes.map { tape.tangents(run, at: point, seeds: tape.unit($0)) }
        for slot in 0..<tape.count {
          let bits = single.map { $0[slot].bitPattern }
          #expect(block.tangents(of: slot).map(\.bitPattern) == bits, "slot \(slot) at \(point)")
        }
      }
    }
    return count
  }

  /// Without those whose operands are more than numbers: declared formulas, a pattern, a place.
  private static let operations = Operation.allCases.filter {
    ![.declaredDerivative, .longSum, .softmaxWeight].contains($0)
  }

  @Test(arguments: operations)
  func everyOperation(operation: Operation) {
    let arity = operation.shape == .unary ? 1 : operation.shape == .binary ? 2 : 3
    var random = SeededGenerator(seed: 9)
    var points = (0..<20).map { _ in
      (0..<arity).map { _ in Double.random(in: 0.1...0.9, using: &random) }
    }
    // Some operations begin at 1.
    points += points.map { $0.map { 1 / $0 } }
    for x in Self.hardNumbers {
      points +=
        arity == 1 ? [[x]] : Self.hardNumbers.map { [x, $0, 0.5].prefix(arity) }.map(Array.init)
    }
    let count = settledCount(tape(of: operation, arguments: arity), points)
    let isPartial = operation.takesOrder || operation.isKernel
    #expect(count >= 20 || isPartial)
  }

  /// Eleven variables, one of which is constant: a full block and a part of one.
  @Test func manyVariables() {
    let graph = Graph()
    let variables = (0..<11).map { graph.variable($0) }
    let sines = variables.map { graph.unary(.sin, graph.binary(.multiply, $0, variables[3])) }
    let sum = sines.reduce(graph.constant(1)) { graph.binary(.add, $0, $1) }
    let output = graph.binary(.multiply, graph.variadic(.logsumexp, sines), sum)
    let tape = Tape(graph, output: output, isActive: (0..<11).map { $0 != 5 })
    var random = SeededGenerator(seed: 10)
    let points = (0..<50).map { _ in (0..<11).map { _ in Double.random(in: -3...3, using: &random) }
    }
    #expect(settledCount(tape, points) == 2 * points.count)
    for point in points {
      let forward = tape.forwardGradient(at: point)
      let single = (0..<11).map {
        tape.isActive[$0] ? tape.slotTangents(at: point, seeds: tape.unit($0))[tape.output] : 0
      }
      #expect(forward.partials.map(\.bitPattern) == single.map(\.bitPattern))
    }
  }

  /// A partial of 0 is what it says among ordinary numbers, and is not where the range has eaten it.
  @Test func zerosAndTheRange() {
    let square = tape(of: .multiply, arguments: 2)
    let isTaken = { (point: [Double]) in
      square.axisSweep(square.linearized(at: point), along: [0, 1]) != nil
    }
    #expect(isTaken([0, 3]))
    #expect(!isTaken([1e-80, 3]))
    #expect(!isTaken([1e-300, 1e-300]))
    #expect(!isTaken([.infinity, 0]))
  }
}
