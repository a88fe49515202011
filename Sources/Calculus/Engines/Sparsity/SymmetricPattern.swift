// Which second derivatives may be other than 0, read off the tape.

/// The places of a symmetric matrix that may hold something other than 0.
package struct SymmetricPattern: Equatable, Sendable {
  /// For each row its columns, in rising order.
  package let columns: [[Int]]

  /// How many places there are, those of both triangles.
  package var count: Int { columns.reduce(0) { $0 + $1.count } }
}

extension Tape {
  /// The second derivatives that are not 0 by structure, by edge pushing without its numbers
  /// (R. M. Gower, M. P. Mello, A new framework for the computation of Hessians, 2012).
  ///
  /// - Returns: a row for each variable; those that are not active have no columns.
  package func hessianPattern() -> SymmetricPattern {
    var pushing = EdgePushing(self)
    for slot in stride(from: count - 1, through: firstInstruction, by: -1) {
      pushing.push(slot)
      pushing.create(slot)
    }
    return pushing.pattern
  }
}

/// The pairs of slots in which the output is not linear, from the output down to the variables.
private struct EdgePushing {
  private let tape: Tape
  /// Which slots depend on an active variable.
  private let isActive: [Bool]
  /// For each slot, those not behind it with which it makes such a pair.
  private var partners: [Set<Int>]

  init(_ tape: Tape) {
    self.tape = tape
    partners = Array(repeating: [], count: tape.count)
    isActive =
      tape.isActive + tape.constants.map { _ in false }
      + tape.instructions.map { !$0.operandKinds.isDisjoint(with: .anyIsActive) }
  }

  private mutating func connect(_ first: Int, _ second: Int) {
    partners[max(first, second)].insert(min(first, second))
  }

  private func activeOperands(of slot: Int) -> [Int] {
    tape.operands(of: slot).filter { isActive[$0] }
  }

  /// Hands a slot's pairs on to what it is made of.
  mutating func push(_ slot: Int) {
    let former = partners[slot]
    guard !former.isEmpty else { return }
    partners[slot] = []
    let operands = activeOperands(of: slot)
    for partner in former {
      for operand in operands {
        if partner != slot { connect(operand, partner) }
      }
    }
    if former.contains(slot) { connectAll(operands) }
  }

  private mutating func connectAll(_ slots: [Int]) {
    for first in slots {
      for second in slots where second <= first { connect(first, second) }
    }
  }

  /// Adds the pairs in which the slot's own operation is not linear.
  mutating func create(_ slot: Int) {
    guard isActive[slot], let operation = tape.operation(in: slot) else { return }
    let operands = tape.operands(of: slot)
    let second = operation.secondPartials
    guard operands.count == 2, !tape.isVariadic(slot) else {
      if !second.isEmpty { connectAll(operands.filter { isActive[$0] }) }
      return
    }
    let (x, y) = (operands[0], operands[1])
    if second.contains(.xx), isActive[x] { connect(x, x) }
    if second.contains(.yy), isActive[y] { connect(y, y) }
    if second.contains(.xy), isActive[x], isActive[y] { connect(x, y) }
  }

  /// What is left among the variables.
  var pattern: SymmetricPattern {
    var columns: [[Int]] = Array(repeating: [], count: tape.variableCount)
    for row in 0..<tape.variableCount {
      for column in partners[row] {
        columns[row].append(column)
        if column != row { columns[column].append(row) }
      }
    }
    return SymmetricPattern(columns: columns.map { $0.sorted() })
  }
}

extension Tape {
  fileprivate func isVariadic(_ slot: Slot) -> Bool {
    instructions[slot - firstInstruction].operandKinds.contains(.isVariadic)
  }
}

extension Operation {
  /// Which second partials may be other than 0; all or none of an operation that has not two operands.
  fileprivate var secondPartials: SecondPartials { accept(SecondPartialsVisitor()) }
}

private struct SecondPartialsVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> SecondPartials {
    Op.isLinear ? [] : .all
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> SecondPartials { Op.secondPartials }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> SecondPartials {
    Op.isLinear ? [] : .all
  }
}
