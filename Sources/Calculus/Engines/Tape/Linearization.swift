// Running a straight line: values, and values with every local partial, on any scalar.

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

extension StraightLine {
  /// The values of all slots at a point, on the scalars as they are.
  func values<S: Scalar>(at point: [S]) -> [S] {
    filledSlots(at: point) { values in
      forEachInstruction { offset, instruction in
        (values + firstInstruction + offset).initialize(
          to: instruction.operation.accept(
            Evaluation(values: values, instruction: instruction, operands: operands)))
      }
    }
  }

  /// The values of all slots at a point, and every local partial, on the scalars as they are.
  func linearization<S: Scalar>(at point: [S]) -> Linearization<S> {
    var values: [S] = []
    var variadicPartials = Array(repeating: 0 as S, count: operands.count)
    let partials = [(S, S)](unsafeUninitializedCapacity: instructions.count) { partials, used in
      variadicPartials.withUnsafeMutableBufferPointer { variadicPartials in
        values = filledSlots(at: point) { values in
          guard let partials = partials.baseAddress else { return }
          forEachInstruction { offset, instruction in
            instruction.operation.accept(
              LocalLinearization(
                values: values, result: values + firstInstruction + offset,
                partials: partials + offset, variadicPartials: variadicPartials,
                instruction: instruction, operands: operands))
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

  @inline(__always)
  private func forEachInstruction(_ body: (Int, Instruction) -> Void) {
    instructions.withUnsafeBufferPointer { instructions in
      for offset in instructions.indices { body(offset, instructions[offset]) }
    }
  }
}

/// An instruction's value.
private struct Evaluation<S: Scalar>: OperationVisitor {
  let values: UnsafeMutablePointer<S>
  let instruction: Instruction
  let operands: [UInt32]

  @inline(__always)
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> S {
    S.apply(Op.self, values[Int(instruction.a)])
  }

  @inline(__always)
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> S {
    S.apply(Op.self, values[Int(instruction.a)], values[Int(instruction.b)])
  }

  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> S {
    S.apply(Op.self, operands[instruction.run].map { values[Int($0)] })
  }
}

/// An instruction's value and its local partials, where derivatives flow.
private struct LocalLinearization<S: Scalar>: OperationVisitor {
  let values: UnsafeMutablePointer<S>
  let result: UnsafeMutablePointer<S>
  let partials: UnsafeMutablePointer<(S, S)>
  let variadicPartials: UnsafeMutableBufferPointer<S>
  let instruction: Instruction
  let operands: [UInt32]

  @inline(__always)
  func visit<Op: UnaryOperation>(_ operation: Op.Type) {
    let x = values[Int(instruction.a)]
    let y = S.apply(Op.self, x)
    result.initialize(to: y)
    partials.initialize(
      to: (instruction.operandKinds.contains(.firstIsActive) ? Op.partial(x, y) : 0, 0))
  }

  @inline(__always)
  func visit<Op: BinaryOperation>(_ operation: Op.Type) {
    let x = values[Int(instruction.a)]
    let y = values[Int(instruction.b)]
    let z = S.apply(Op.self, x, y)
    result.initialize(to: z)
    let kinds = instruction.operandKinds
    partials.initialize(
      to: (
        kinds.contains(.firstIsActive) ? Op.partialX(x, y, z) : 0,
        kinds.contains(.secondIsActive) ? Op.partialY(x, y, z) : 0
      ))
  }

  func visit<Op: VariadicOperation>(_ operation: Op.Type) {
    let run = instruction.run
    let xs = operands[run].map { values[Int($0)] }
    let y = S.apply(Op.self, xs)
    result.initialize(to: y)
    partials.initialize(to: (0, 0))
    guard instruction.operandKinds.contains(.firstIsActive) else { return }
    for (offset, partial) in zip(run, Op.partials(xs, y)) { variadicPartials[offset] = partial }
  }
}
