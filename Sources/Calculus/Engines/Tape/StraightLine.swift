// A straight-line program: instructions on numbered slots, without the graph that they come from.

/// A place on the tape's list of values: first the variables, then the constants, then one per
/// instruction.
package typealias Slot = Int

/// One operation on earlier slots. 12 bytes.
struct Instruction {
  let operation: Operation
  let operandKinds: OperandKinds
  /// The first operand's slot; of a variadic operation, where its run in `operands` begins.
  let a: UInt32
  /// The second operand's slot; of a variadic operation, how many operands it has.
  let b: UInt32

  /// Where a variadic instruction's operands stand.
  var run: Range<Int> { Int(a)..<Int(a) + Int(b) }
}

/// Which operands of an instruction derivatives flow through.
struct OperandKinds: OptionSet {
  let rawValue: UInt8
  /// The first operand depends on an active variable.
  static let firstIsActive = OperandKinds(rawValue: 1)
  static let secondIsActive = OperandKinds(rawValue: 2)
  /// There is any number of operands, and some of them may be active.
  static let isVariadic = OperandKinds(rawValue: 4)
  static let hasTwo = OperandKinds(rawValue: 8)
  static let anyIsActive: OperandKinds = [.firstIsActive, .secondIsActive]
}

/// Instructions that are run one after another, each on the slots before its own.
package struct StraightLine: Sendable {
  let variableCount: Int
  let constants: [Double]
  let instructions: [Instruction]
  /// The operand slots of variadic instructions.
  let operands: [UInt32]
  /// The slot of the result.
  let output: Slot
  /// Whether any instruction can sit on a kink.
  let mayHaveKinks: Bool

  init(
    variableCount: Int, constants: [Double], instructions: [Instruction], operands: [UInt32] = [],
    output: Slot
  ) {
    self.variableCount = variableCount
    self.constants = constants
    self.instructions = instructions
    self.operands = operands
    self.output = output
    mayHaveKinks = instructions.contains { $0.operation.mayHaveKinks }
  }

  /// How many slots there are.
  var count: Int { firstInstruction + instructions.count }
  var firstInstruction: Slot { variableCount + constants.count }
}
