// The rule that all sweeps share: what a product of derivatives is where it is no ordinary number.

/// Resolves the products of one sweep that are 0, not a number, or near the ends of the range.
///
/// A factor that is 0 by the structure of the computation (an untaken branch, a seed of 0, a flat
/// operation) contributes 0, also against an infinite or undefined other factor; a factor that just
/// happens to be 0 does not.
final class SweepRule<S: Scalar> {
  private let tape: Tape
  private let values: [S]
  /// Which slots a derivative flows through in the sweep's own direction.
  private let flows: (Structure) -> [Bool]
  private lazy var structure = Structure(tape, values)
  private lazy var flowing = flows(structure)
  private var lastOrdinary: (slot: Slot, isOrdinary: Bool)?
  private var lastRoles: (slot: Slot, roles: [EdgeRole])?
  /// Whether a product may have lost digits, or itself, to the range of its numbers.
  private(set) var hasLeftRange = false

  init(_ tape: Tape, _ values: [S], flows: @escaping (Structure) -> [Bool]) {
    self.tape = tape
    self.values = values
    self.flows = flows
  }

  /// - Parameters:
  ///   - product: the partial in the operand at `position` of the instruction in `slot`, times a
  ///     derivative.
  ///   - carrier: the slot whose derivative that is.
  @inline(never)
  func resolve(
    _ product: S, _ partial: S, _ slot: Slot, _ position: Int, carrier: Slot
  ) -> S {
    if product.isNaN {
      if !flowing[carrier] || isCut(slot, position) { return 0 }
      // The infinity that 0 has met may be an overflow of the partial.
      if isOrdinary(slot) { hasLeftRange = true }
      return product
    }
    if !partial.isZero || !isOrdinary(slot) { hasLeftRange = true }
    return product
  }

  /// Whether the instruction's values are far from the ends of the range: a partial that is 0 among
  /// such is what it says.
  ///
  /// The answer is kept for the slot: an instruction of many operands asks for each of them.
  private func isOrdinary(_ slot: Slot) -> Bool {
    if let known = lastOrdinary, known.slot == slot { return known.isOrdinary }
    let isOrdinary = ([slot] + tape.operands(of: slot))
      .allSatisfy { values[$0].isZero || values[$0].isOrdinary }
    lastOrdinary = (slot, isOrdinary)
    return isOrdinary
  }

  /// Whether nothing flows through an operand; the roles are kept for the slot likewise.
  private func isCut(_ slot: Slot, _ position: Int) -> Bool {
    if lastRoles?.slot != slot { lastRoles = (slot, structure.roles(slot)) }
    return lastRoles?.roles[position] != .smooth
  }
}
