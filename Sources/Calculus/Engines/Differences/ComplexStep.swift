// The complex-step derivative, and what stands in its way.

extension NumericalDifferentiator {
  /// Im f(x + ihd) / h; NaN where f(x) is NaN, even where complex numbers have a value, as for the
  /// logarithm of a negative number.
  func complexQuotient(_ direction: [Double], step: Double) -> Double {
    guard !valueAtPoint.isNaN else { return .nan }
    let moved = zip(point, direction).map { Complex($0, step * $1) }
    return tape.values(at: moved)[tape.output].imaginary / step
  }
}

/// An operation that cannot be run on complex numbers.
package struct ComplexStepObstacle: Sendable {
  /// Where the operation stands on the tape.
  package let slot: Slot
  /// The first such operation that the direction reaches.
  package let operation: Operation
  /// Whether no complex function agrees with the operation; otherwise it is just not implemented.
  package let isNotAnalytic: Bool
}

extension Tape {
  /// The first operation along a direction that has no complex version.
  package func complexStepObstacle(along direction: [Double]) -> ComplexStepObstacle? {
    var moves = Array(repeating: false, count: count)
    for variable in 0..<variableCount { moves[variable] = direction[variable] != 0 }
    for slot in firstInstruction..<count where operands(of: slot).contains(where: { moves[$0] }) {
      moves[slot] = true
      guard let operation = operation(in: slot) else { continue }
      switch operation.accept(ContinuationVisitor()) {
      case .analytic: continue
      case .none:
        return ComplexStepObstacle(slot: slot, operation: operation, isNotAnalytic: true)
      case .unknown:
        return ComplexStepObstacle(slot: slot, operation: operation, isNotAnalytic: false)
      }
    }
    return nil
  }
}

/// Whether an operation goes on to complex numbers, whatever its arity.
private struct ContinuationVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Continuation<Bool> {
    Op.continuation.kind
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Continuation<Bool> {
    Op.continuation.kind
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Continuation<Bool> {
    Op.continuation.kind
  }
}

extension Continuation {
  fileprivate var kind: Continuation<Bool> {
    switch self {
    case .analytic: .analytic(true)
    case .none: .none
    case .unknown: .unknown
    }
  }
}
