// Values and gradients of a straight line at a block of points: an instruction runs at all of them before the next.

/// A straight line's values, partials and adjoints at up to `capacity` points, slot by slot.
///
/// Each point is given the operations of `Tape.reverseGradient(at:)` in their order, and so the same
/// bits. Where anything is out of the ordinary the point is not settled: it belongs to that engine. It is
/// memory to be used again and again, and so a class: nothing copies it.
package final class PointBlock {
  /// How many points a block has at most.
  package static let capacity = 256
  /// How many slots a straight line may have, and all outputs of a list together, for the memory's sake: a slot
  /// takes 8 KiB at most.
  package static let slotLimit = 4_096

  private let line: StraightLine
  /// For each slot, its values at the points.
  private var values: [Double]
  private var adjoints: [Double]
  /// For each instruction, the partials in its first operand at the points, and those in its second.
  private var partials: [Double]
  /// Whether the value and the gradient at a point are what the rules say.
  private var settled = Array(repeating: false, count: capacity)

  /// A block for a straight line of smooth unary and binary operations; nil for any other.
  package init?(_ line: StraightLine) {
    guard !line.mayHaveKinks, line.count <= Self.slotLimit,
      !line.instructions.contains(where: { $0.operandKinds.contains(.isVariadic) })
    else { return nil }
    self.line = line
    values = Array(repeating: 0, count: line.count * Self.capacity)
    adjoints = values
    partials = Array(repeating: 0, count: line.instructions.count * 2 * Self.capacity)
    for (offset, constant) in line.constants.enumerated() {
      let start = (line.variableCount + offset) * Self.capacity
      for lane in 0..<Self.capacity { values[start + lane] = constant }
    }
  }

  /// Gives a variable its value at the point `lane`.
  package func set(_ variable: Int, at lane: Int, to value: Double) {
    values[variable * Self.capacity + lane] = value
  }

  /// Gives a variable the same value at the first `count` points.
  package func set(_ variable: Int, to value: Double, count: Int) {
    for lane in 0..<count { values[variable * Self.capacity + lane] = value }
  }

  /// Gives the variables from `first` on their values at the first `count` points.
  ///
  /// - Parameter rows: the values point by point.
  package func set(from first: Int, _ rows: [Double], count: Int) {
    let width = line.variableCount - first
    precondition(count <= Self.capacity && rows.count >= count * width, "a value for each")
    values.withUnsafeMutableBufferPointer { values in
      for variable in 0..<width {
        let start = (first + variable) * Self.capacity
        for lane in 0..<count { values[start + lane] = rows[lane * width + variable] }
      }
    }
  }

  /// Puts the values at some points into a column of `results`, which has so many.
  package func copyValues(
    _ lanes: Range<Int>, to column: Int, of count: Int, _ results: inout [Double]
  ) {
    for lane in lanes {
      results[column + lane * count] = values[line.output * Self.capacity + lane]
    }
  }

  /// The same with the derivatives in a variable.
  package func copyPartials(
    _ variable: Int, _ lanes: Range<Int>, to column: Int, of count: Int, _ results: inout [Double]
  ) {
    for lane in lanes {
      results[column + lane * count] = adjoints[variable * Self.capacity + lane]
    }
  }

  /// The value at the point `lane`.
  package func value(at lane: Int) -> Double { values[line.output * Self.capacity + lane] }

  /// The derivative in a variable at the point `lane`.
  package func partial(_ variable: Int, at lane: Int) -> Double {
    adjoints[variable * Self.capacity + lane]
  }

  /// Whether the block has the answer at the point `lane`.
  package func isSettled(at lane: Int) -> Bool { settled[lane] }

  /// Evaluates and differentiates at the first `count` points.
  package func run(count: Int) {
    precondition(count <= Self.capacity, "a block has no more points than its capacity")
    let line = line
    values.withUnsafeMutableBufferPointer { values in
      adjoints.withUnsafeMutableBufferPointer { adjoints in
        partials.withUnsafeMutableBufferPointer { partials in
          settled.withUnsafeMutableBufferPointer { settled in
            guard let values = values.baseAddress, let adjoints = adjoints.baseAddress,
              let settled = settled.baseAddress
            else { return }
            // Without instructions there are no partials, and nothing that would read them.
            let run = BlockRun(
              line: line, count: count, values: values, adjoints: adjoints,
              partials: partials.baseAddress ?? adjoints, settled: settled)
            run.linearize()
            run.sweep()
            run.checkGradient()
          }
        }
      }
    }
  }
}

/// The memory of a block while it runs.
private struct BlockRun {
  typealias Memory = UnsafeMutablePointer<Double>

  let line: StraightLine
  let count: Int
  let values: Memory
  let adjoints: Memory
  let partials: Memory
  let settled: UnsafeMutablePointer<Bool>

  private func start(_ slot: Int) -> Int { slot * PointBlock.capacity }

  /// Values of all slots, and partials where derivatives flow.
  func linearize() {
    for lane in 0..<count { settled[lane] = true }
    for slot in 0..<line.firstInstruction { checkFinite(values + start(slot)) }
    for (offset, instruction) in line.instructions.enumerated() {
      let result = values + start(line.firstInstruction + offset)
      instruction.operation.accept(
        LaneLinearization(
          count: count, kinds: instruction.operandKinds, x: values + start(Int(instruction.a)),
          y: values + start(Int(instruction.b)), result: result,
          first: partials + start(2 * offset), second: partials + start(2 * offset + 1)))
      checkRange(instruction, offset)
    }
  }

  /// Adjoints of all slots, from 1 at the output.
  func sweep() {
    for slot in 0..<line.count {
      let adjoint = adjoints + start(slot)
      let seed: Double = slot == line.output ? 1 : 0
      for lane in 0..<count { adjoint[lane] = seed }
    }
    for (offset, instruction) in line.instructions.enumerated().reversed() {
      if instruction.operandKinds.contains(.firstIsActive) {
        contribute(partials + start(2 * offset), instruction, offset, to: instruction.a)
      }
      if instruction.operandKinds.contains(.secondIsActive) {
        contribute(partials + start(2 * offset + 1), instruction, offset, to: instruction.b)
      }
    }
  }

  /// Adds partial times adjoint to the adjoint of an operand. Where `Tape.reverseSweep` would have to
  /// look at more than the product, as it may have lost digits to the range, the point is left to it.
  @inline(__always)
  private func contribute(
    _ partial: Memory, _ instruction: Instruction, _ offset: Int, to operand: UInt32
  ) {
    let adjoint = adjoints + start(line.firstInstruction + offset)
    let target = adjoints + start(Int(operand))
    forEachEight { first, lanes in
      let product = Lanes(at: partial + first) * Lanes(at: adjoint + first)
      (Lanes(at: target + first) + product).store(at: target + first)
      if product.areOrdinary { return }
      for lane in lanes where !isClear(partial[lane], adjoint[lane], instruction, offset, lane) {
        settled[lane] = false
      }
    }
  }

  /// Whether the product of a partial and an adjoint is what it says.
  private func isClear(
    _ partial: Double, _ adjoint: Double, _ instruction: Instruction, _ offset: Int, _ lane: Int
  ) -> Bool {
    let product = partial * adjoint
    if product.isOrdinary || (adjoint == 0 && !product.isNaN) { return true }
    return partial == 0 && !product.isNaN && isPlain(instruction, offset, lane)
  }

  /// Calls `body` for each eight points, with the first of them and those that there are. The memory of a
  /// slot has room for whole eights.
  @inline(__always)
  private func forEachEight(_ body: (Int, Range<Int>) -> Void) {
    var first = 0
    while first < count {
      body(first, first..<min(first + Lanes.scalarCount, count))
      first += Lanes.scalarCount
    }
  }

  /// Whether an instruction's numbers are far from the ends of the range: a partial that is 0 among
  /// such is what it says.
  private func isPlain(_ instruction: Instruction, _ offset: Int, _ lane: Int) -> Bool {
    let isPlain = { (slot: Int) in
      let value = values[start(slot) + lane]
      return value == 0 || value.isOrdinary
    }
    return isPlain(line.firstInstruction + offset) && isPlain(Int(instruction.a))
      && (!instruction.operandKinds.contains(.hasTwo) || isPlain(Int(instruction.b)))
  }

  func checkGradient() {
    for variable in 0..<line.variableCount { checkFinite(adjoints + start(variable)) }
  }

  /// Leaves a point to the engine that has wider numbers where an instruction's value is not finite,
  /// subnormal, or 0 though its operands are not.
  @inline(__always)
  private func checkRange(_ instruction: Instruction, _ offset: Int) {
    let result = values + start(line.firstInstruction + offset)
    forEachEight { first, lanes in
      if Lanes(at: result + first).areNormal { return }
      for lane in lanes where !result[lane].isNormal {
        let isZero =
          result[lane] == 0
          && (values[start(Int(instruction.a)) + lane] == 0
            || instruction.operandKinds.contains(.hasTwo)
              && values[start(Int(instruction.b)) + lane] == 0)
        if !isZero { settled[lane] = false }
      }
    }
  }

  @inline(__always)
  private func checkFinite(_ numbers: Memory) {
    forEachEight { first, lanes in
      if Lanes(at: numbers + first).areFinite { return }
      for lane in lanes where !numbers[lane].isFinite { settled[lane] = false }
    }
  }
}

/// An instruction's values and partials at all points.
private struct LaneLinearization: OperationVisitor {
  let count: Int
  let kinds: OperandKinds
  let x: UnsafeMutablePointer<Double>
  /// The second operand of a binary instruction, otherwise anything.
  let y: UnsafeMutablePointer<Double>
  let result: UnsafeMutablePointer<Double>
  let first: UnsafeMutablePointer<Double>
  let second: UnsafeMutablePointer<Double>

  func visit<Op: UnaryOperation>(_ operation: Op.Type) {
    for lane in 0..<count { result[lane] = Op.value(x[lane]) }
    guard kinds.contains(.firstIsActive) else { return }
    for lane in 0..<count { first[lane] = Op.partial(x[lane], result[lane]) }
  }

  func visit<Op: BinaryOperation>(_ operation: Op.Type) {
    for lane in 0..<count { result[lane] = Op.value(x[lane], y[lane]) }
    if kinds.contains(.firstIsActive) {
      for lane in 0..<count { first[lane] = Op.partialX(x[lane], y[lane], result[lane]) }
    }
    if kinds.contains(.secondIsActive) {
      for lane in 0..<count { second[lane] = Op.partialY(x[lane], y[lane], result[lane]) }
    }
  }

  func visit<Op: VariadicOperation>(_ operation: Op.Type) {
    preconditionFailure("a block has no variadic instructions")
  }
}
