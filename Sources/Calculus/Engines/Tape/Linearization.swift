// Running a tape: values, and values with every local partial, on any scalar.

/// The values of every slot at a point, with the local partials of every instruction.
///
/// The sweeps read nothing else: what an operation is has been settled when they start.
struct Linearization<S: Scalar> {
  /// One per slot.
  var values: [S]
  /// ∂/∂(first operand) and ∂/∂(second operand), one pair per instruction; 0 where not active.
  var partials: [(S, S)]
  /// The partials of variadic instructions, parallel to the tape's `operands`.
  var variadicPartials: [S]
  /// Whether values are what doubles could not have computed: then sweeps cannot be trusted to these
  /// partials.
  var hasLeftRange = false

  /// The partial in the operand at `position` of the instruction at `offset` on the tape.
  func partial(of instruction: Instruction, _ offset: Int, _ position: Int) -> S {
    if instruction.operandKinds.contains(.isVariadic) {
      return variadicPartials[instruction.run.lowerBound + position]
    }
    return position == 0 ? partials[offset].0 : partials[offset].1
  }
}

extension Tape {
  /// The values of all slots at a point, on the scalars as they are.
  func plainValues<S: Scalar>(at point: [S]) -> [S] {
    filledSlots(at: point) { values in
      forEachRun { operation, run in
        operation.accept(
          Evaluation(
            values: values, results: values + firstInstruction, instructions: run,
            operands: operands))
      }
    }
  }

  /// The values of all slots at a point, and every local partial, on the scalars as they are.
  func plainLinearization<S: Scalar>(at point: [S]) -> Linearization<S> {
    var values: [S] = []
    var variadicPartials = Array(repeating: 0 as S, count: operands.count)
    let partials = [(S, S)](unsafeUninitializedCapacity: instructions.count) { partials, used in
      variadicPartials.withUnsafeMutableBufferPointer { variadicPartials in
        values = filledSlots(at: point) { values in
          guard let partials = partials.baseAddress else { return }
          forEachRun { operation, run in
            operation.accept(
              LocalLinearization(
                values: values, results: values + firstInstruction, partials: partials,
                variadicPartials: variadicPartials, instructions: run, operands: operands))
          }
        }
      }
      used = instructions.count
    }
    return Linearization(values: values, partials: partials, variadicPartials: variadicPartials)
  }

  /// One value per slot: the point, the constants, and what `body` initializes behind them.
  @inline(__always)
  private func filledSlots<S: Scalar>(
    at point: [S], _ body: (UnsafeMutablePointer<S>) -> Void
  ) -> [S] {
    precondition(point.count == variableCount, "a point has one value for each variable")
    return [S](unsafeUninitializedCapacity: count) { buffer, used in
      guard let base = buffer.baseAddress else { return }
      let zero: S = 0
      for (slot, value) in point.enumerated() { (base + slot).initialize(to: value) }
      for (offset, constant) in constants.enumerated() {
        (base + variableCount + offset).initialize(to: zero.constant(constant))
      }
      body(base)
      used = count
    }
  }

  /// Calls `body` with the instructions of one operation that follow each other: what operation it is
  /// is asked once for all of them. A level of a long sum is such a run.
  @inline(__always)
  private func forEachRun(_ body: (Operation, Slice<UnsafeBufferPointer<Instruction>>) -> Void) {
    instructions.withUnsafeBufferPointer { instructions in
      var start = 0
      while start < instructions.count {
        let operation = instructions[start].operation
        var end = start + 1
        while end < instructions.count, instructions[end].operation == operation { end += 1 }
        body(operation, instructions[start..<end])
        start = end
      }
    }
  }
}

/// The values of instructions of one operation.
private struct Evaluation<S: Scalar>: OperationVisitor {
  let values: UnsafeMutablePointer<S>
  /// Where the values of all instructions go.
  let results: UnsafeMutablePointer<S>
  let instructions: Slice<UnsafeBufferPointer<Instruction>>
  let operands: [UInt32]

  @inline(__always)
  func visit<Op: UnaryOperation>(_ operation: Op.Type) {
    for offset in instructions.indices {
      let x = values[Int(instructions[offset].a)]
      (results + offset).initialize(to: S.apply(Op.self, x))
    }
  }

  @inline(__always)
  func visit<Op: BinaryOperation>(_ operation: Op.Type) {
    for offset in instructions.indices {
      let instruction = instructions[offset]
      let (x, y) = (values[Int(instruction.a)], values[Int(instruction.b)])
      (results + offset).initialize(to: S.apply(Op.self, x, y))
    }
  }

  func visit<Op: VariadicOperation>(_ operation: Op.Type) {
    for offset in instructions.indices {
      let xs = operands[instructions[offset].run].map { values[Int($0)] }
      (results + offset).initialize(to: S.apply(Op.self, xs))
    }
  }
}

/// The values of instructions of one operation and their local partials, where derivatives flow.
private struct LocalLinearization<S: Scalar>: OperationVisitor {
  let values: UnsafeMutablePointer<S>
  /// Where the values of all instructions go, and their partials.
  let results: UnsafeMutablePointer<S>
  let partials: UnsafeMutablePointer<(S, S)>
  let variadicPartials: UnsafeMutableBufferPointer<S>
  let instructions: Slice<UnsafeBufferPointer<Instruction>>
  let operands: [UInt32]

  @inline(__always)
  func visit<Op: UnaryOperation>(_ operation: Op.Type) {
    for offset in instructions.indices {
      let instruction = instructions[offset]
      let x = values[Int(instruction.a)]
      let y = S.apply(Op.self, x)
      (results + offset).initialize(to: y)
      let isActive = instruction.operandKinds.contains(.firstIsActive)
      (partials + offset).initialize(to: (isActive ? Op.partial(x, y) : 0, 0))
    }
  }

  @inline(__always)
  func visit<Op: BinaryOperation>(_ operation: Op.Type) {
    for offset in instructions.indices {
      let instruction = instructions[offset]
      let (x, y) = (values[Int(instruction.a)], values[Int(instruction.b)])
      let z = S.apply(Op.self, x, y)
      (results + offset).initialize(to: z)
      let kinds = instruction.operandKinds
      (partials + offset).initialize(
        to: (
          kinds.contains(.firstIsActive) ? Op.partialX(x, y, z) : 0,
          kinds.contains(.secondIsActive) ? Op.partialY(x, y, z) : 0
        ))
    }
  }

  func visit<Op: VariadicOperation>(_ operation: Op.Type) {
    for offset in instructions.indices {
      let instruction = instructions[offset]
      let xs = operands[instruction.run].map { values[Int($0)] }
      let y = S.apply(Op.self, xs)
      (results + offset).initialize(to: y)
      (partials + offset).initialize(to: (0, 0))
      guard instruction.operandKinds.contains(.firstIsActive) else { continue }
      for (place, partial) in zip(instruction.run, Op.partials(xs, y)) {
        variadicPartials[place] = partial
      }
    }
  }
}
