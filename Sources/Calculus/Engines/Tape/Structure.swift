// Which derivatives are zero by the structure of a computation at a point, rather than by its numbers.

/// The edges that carry derivatives at a point.
///
/// Asked for only where a product of derivatives is not a number: 0 · ∞ is 0 if the zero is there
/// because nothing flows, and undefined if a flow happens to be zero.
struct Structure {
  let tape: Tape
  let values: [Double]

  init<S: Scalar>(_ tape: Tape, _ values: [S]) {
    self.tape = tape
    self.values = values.map { $0.number ?? .nan }
  }

  /// How the edges of the instruction in `slot` behave, one for each operand.
  func roles(_ slot: Slot) -> [EdgeRole] {
    guard let operation = tape.operation(in: slot) else { return [] }
    return operation.roles(tape.operands(of: slot).map { values[$0] })
  }

  /// Which slots the output's derivative flows to.
  func reached() -> [Bool] { reached { $0 == .smooth } }

  /// Which slots the output's value comes from.
  func live() -> [Bool] { reached { $0 != .ignored } }

  /// Which slots decide the output where they have a kink.
  func sensitive() -> [Bool] { reached { $0 == .smooth || $0 == .gate } }

  private func reached(through carries: (EdgeRole) -> Bool) -> [Bool] {
    var reached = Array(repeating: false, count: tape.count)
    reached[tape.output] = true
    for slot in stride(from: tape.count - 1, through: tape.firstInstruction, by: -1)
    where reached[slot] {
      for (operand, role) in zip(tape.operands(of: slot), roles(slot)) where carries(role) {
        reached[operand] = true
      }
    }
    return reached
  }

  /// Which slots the seeds' derivatives flow to.
  func varied<S: Scalar>(_ seeds: [S]) -> [Bool] {
    var varied = Array(repeating: false, count: tape.count)
    for slot in 0..<tape.variableCount { varied[slot] = tape.isActive[slot] && !seeds[slot].isZero }
    for slot in tape.firstInstruction..<tape.count {
      varied[slot] = zip(tape.operands(of: slot), roles(slot)).contains {
        varied[$0] && $1 == .smooth
      }
    }
    return varied
  }
}
