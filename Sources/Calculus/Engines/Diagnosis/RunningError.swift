// Running error analysis: a value together with what rounding may have done to it on the way.

/// A formula's value at a point with a bound for its rounding error, to first order.
package struct RunningError: Sendable {
  /// The value as doubles give it.
  package let value: Double
  /// A bound for what all roundings together may have moved the value by; not finite where an
  /// intermediate result is infinite, the greatest double where only the bound overflows.
  package let error: Double

  /// What a library function may lose, in units of the rounding error.
  private static let operationError: Double = 4 * 0x1p-53

  /// One run: a slot's bound is that of its own rounding, 4 units, and the bounds of its operands
  /// times the local partials (running error analysis: Higham, Accuracy and Stability of Numerical
  /// Algorithms, §3.3).
  package init(_ tape: Tape, at point: [Double]) { self = Self.all(of: tape, at: point)[0] }

  private init(value: Double, error: Double) { (self.value, self.error) = (value, error) }

  /// Those of all outputs of a tape.
  package static func all(of tape: Tape, at point: [Double]) -> [RunningError] {
    let values = tape.slotValues(at: point)
    var errors = Array(repeating: 0.0, count: tape.count)
    for slot in 0..<tape.count {
      guard let operation = tape.operation(in: slot) else { continue }
      var error = operationError * values[slot].magnitude
      let operands = tape.operands(of: slot)
      if operands.contains(where: { errors[$0] != 0 }) {
        let partials = tape.localPartials(of: slot, values: values)
        for (operand, partial) in zip(operands, partials) where errors[operand] != 0 {
          let moved =
            partial == 0
            ? spread(of: operation, values[operand], errors[operand])
            : errors[operand] * partial.magnitude
          let isBoundAlone = error.isFinite && errors[operand].isFinite && partial.isFinite
          error = isBoundAlone ? min(error + moved, .greatestFiniteMagnitude) : error + moved
        }
      }
      errors[slot] = error
    }
    return tape.outputs.map { RunningError(value: values[$0], error: errors[$0]) }
  }

  /// How far a step function moves within the error of its argument, since its slope of 0 says
  /// nothing.
  private static func spread(of operation: Operation, _ x: Double, _ error: Double) -> Double {
    guard operation.shape == .unary else { return 0 }
    let spread = operation.value([x + error]) - operation.value([x - error])
    return spread.isNaN ? 0 : spread.magnitude
  }
}

extension Tape {
  /// The size of the terms of the result, a sum or difference, where they cancel so far that
  /// nothing but their own rounding may be left; nil where some digits are certain.
  package func cancelledTerms(_ values: [Double]) -> Double? {
    guard operation(in: output) == .add || operation(in: output) == .subtract else { return nil }
    let value = values[output]
    let size = operands(of: output).reduce(0) { max($0, values[$1].magnitude) }
    guard size.isFinite, value.magnitude <= 0x1p-45 * size else { return nil }
    return inexactness(values) > value.magnitude ? size : nil
  }

  /// A bound for the result's rounding error that counts only operations that did round: not sums,
  /// differences and products that came out exact, nor functions with whole values.
  private func inexactness(_ values: [Double]) -> Double {
    var errors = Array(repeating: 0.0, count: count)
    for slot in firstInstruction..<count {
      let operands = operands(of: slot)
      errors[slot] = isExact(slot, operands, values) ? 0 : 0x1p-53 * values[slot].magnitude
      guard operands.contains(where: { errors[$0] != 0 }) else { continue }
      for (operand, partial) in zip(operands, localPartials(of: slot, values: values))
      where errors[operand] != 0 && partial != 0 {
        errors[slot] += errors[operand] * partial.magnitude
      }
    }
    return errors[output]
  }

  private func isExact(_ slot: Slot, _ operands: [Slot], _ values: [Double]) -> Bool {
    let value = values[slot]
    guard operands.count == 2, let operation = operation(in: slot) else {
      return value == value.rounded() && value.magnitude < 0x1p53
    }
    let (x, y) = (values[operands[0]], values[operands[1]])
    switch operation {
    case .add: return value - x == y && value - y == x
    case .subtract: return value + y == x && x - value == y
    case .multiply: return (-value).addingProduct(x, y) == 0
    case .divide: return (-x).addingProduct(value, y) == 0
    default: return value == value.rounded() && value.magnitude < 0x1p53
    }
  }

  /// How far the rounding of products and sums in a sweep may move each partial derivative.
  ///
  /// On scaled numbers: a path may leave a double's range and come back, with its error.
  ///
  /// - Returns: per variable, Σ |v̄ ∂v/∂u| over all paths to it, times what each may lose.
  package func sweepErrors(at point: [Double]) -> [Double] {
    let run = line.linearization(at: point.map { Scaled($0) })
    var weights = Array(repeating: Scaled(0), count: count)
    weights[output] = 1
    for slot in (firstInstruction..<count).reversed() where !weights[slot].isZero {
      let instruction = instructions[slot - firstInstruction]
      for (position, operand) in operands(of: slot).enumerated() {
        let partial = run.partial(of: instruction, slot - firstInstruction, position).magnitude
        // An edge whose partial is 0 passes nothing on, not even an infinite adjoint.
        let weight = Scaled.product(weights[slot], partial)
        if weight.isOrdinary { weights[operand] = .sum(weights[operand], weight) }
      }
    }
    let rounding = 0x1p-53 * Double(2 * instructionCount + 4)
    return weights.prefix(variableCount).map { Scaled.product($0, Scaled(rounding)).value }
  }
}
