// The values of an expression's slots, for rows that say nothing but their value.
import Calculus
import Checking
import Language
import Syntax

extension Tape {
  /// The values of slots that hold constants, NaN in the others that need a point.
  var constantValues: [Double] { slotValues(at: Array(repeating: .nan, count: variableCount)) }
}

extension Graph {
  func node(_ operation: Operation, _ arguments: [NodeIndex]) -> NodeIndex {
    switch operation.shape {
    case .unary: unary(operation, arguments[0])
    case .binary: binary(operation, arguments[0], arguments[1])
    case .variadic: variadic(operation, arguments)
    }
  }
}

/// The values of an expression's slots, for rows that say nothing but their value.
struct SlotValues {
  private let values: [Double]
  private let slots: [Slot]
  private var isTaken: Set<Slot> = []
  /// The values of all slots, constants too, and 1 and 2.
  private let operands: [Double]

  init(_ tape: Tape, at point: [Double]) {
    values = tape.slotValues(at: point)
    operands = [1, 2] + values.filter(\.isFinite).prefix(Self.mostOperands)
    slots = (0..<tape.count).filter { $0 < tape.variableCount || tape.operation(in: $0) != nil }
  }

  /// The slots with a value that no row has been found to stand for yet.
  func slots(of value: Double, within halfUnit: Double) -> [Slot] {
    slots.filter {
      !isTaken.contains($0)
        && (values[$0] - value).magnitude <= halfUnit * (1 + 1e-9) + 1e-9 * value.magnitude
    }
  }

  private static let mostOperands = 200

  /// Whether a row's value is the sum, difference, product or quotient of two quantities, up to its sign: some other
  /// way to compute the expression may have it.
  func mayBeMeant(_ row: ClaimedRow) -> Bool {
    guard let claim = row.value else { return false }
    let halfUnit = (claim.halfUnit ?? 0) * (1 + 1e-9) + 1e-9 * claim.value.magnitude
    return operands.contains { one in
      operands.contains { other in
        [one + other, one - other, one * other, one / other].contains {
          ($0.magnitude - claim.value.magnitude).magnitude <= halfUnit
        }
      }
    }
  }

  mutating func take(_ slot: Slot) { isTaken.insert(slot) }
}
