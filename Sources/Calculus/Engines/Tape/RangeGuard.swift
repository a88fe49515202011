// Runs and sweeps that do not lose a value or a derivative to overflow or underflow on the way.

extension Tape {
  func values<S: Scalar>(at point: [S]) -> [S] { line.values(at: point) }
  func linearized<S: Scalar>(at point: [S]) -> Linearization<S> { line.linearization(at: point) }

  /// The values of all slots at a point; on scaled numbers where doubles lose one.
  func values(at point: [Double]) -> [Double] {
    let values = line.values(at: point)
    return hasLeftRange(values) ? line.values(at: point.map { Scaled($0) }).map(\.value) : values
  }

  /// The same with every local partial.
  func linearized(at point: [Double]) -> Linearization<Double> {
    let run = line.linearization(at: point)
    guard hasLeftRange(run.values) else { return run }
    let scaled = line.linearization(at: point.map { Scaled($0) })
    return Linearization(
      values: scaled.values.map(\.value),
      partials: scaled.partials.map { ($0.0.value, $0.1.value) },
      variadicPartials: scaled.variadicPartials.map(\.value), hasLeftRange: true)
  }

  /// Whether the value of some slot is one that its operation has lost to a double's range.
  func hasLeftRange(_ values: [Double]) -> Bool {
    for slot in firstInstruction..<count where !values[slot].isNormal && isLost(slot, values) {
      return true
    }
    return false
  }

  /// Whether an operation's value among these is not what wider numbers say.
  private func isLost(_ slot: Slot, _ values: [Double]) -> Bool {
    let operands = operands(of: slot).map { Scaled(values[$0]) }
    let wide = instructions[slot - firstInstruction].operation.scaledValue(operands)
    return !wide.isNaN && wide != Scaled(values[slot])
  }

  /// The first operations whose values plain doubles lose, each with what it is.
  package func lostValues(at point: [Double], limit: Int) -> [(slot: Slot, value: String)] {
    let values = line.values(at: point)
    let lost = (firstInstruction..<count).lazy.filter {
      !values[$0].isNormal && isLost($0, values)
    }.prefix(limit)
    if lost.isEmpty { return [] }
    let scaled = line.values(at: point.map { Scaled($0) })
    return lost.map { ($0, scaled[$0].description) }
  }

  /// The value of the output by plain doubles.
  package func plainValue(at point: [Double]) -> Double { line.values(at: point)[output] }

  /// The adjoint of every slot at a point; on scaled numbers where doubles may have lost some.
  func adjoints(_ run: Linearization<Double>, at point: [Double]) -> [Double] {
    if !run.hasLeftRange {
      let sweep = reverseSweep(run)
      if !sweep.hasLeftRange { return sweep.derivatives }
    }
    return reverseSweep(linearized(at: point.map { Scaled($0) })).derivatives.map(\.value)
  }

  /// The tangent of every slot at a point, likewise.
  func tangents(_ run: Linearization<Double>, at point: [Double], seeds: [Double]) -> [Double] {
    if !run.hasLeftRange {
      let sweep = forwardSweep(run, seeds: seeds)
      if !sweep.hasLeftRange { return sweep.derivatives }
    }
    let scaled = linearized(at: point.map { Scaled($0) })
    return forwardSweep(scaled, seeds: seeds.map { Scaled($0) }).derivatives.map(\.value)
  }

  /// The adjoints' tangents at a point that moves along `seeds`, likewise: a row of the Hessian; and
  /// whether the adjoints of the variables are numbers.
  func adjointTangents(
    at point: [Double], seeds: [Double]
  ) -> (tangents: [Double], hasGradient: Bool) {
    let run = linearized(at: zip(point, seeds).map { Dual($0, $1) })
    let sweep = reverseSweep(run)
    let hasLeftRange =
      sweep.hasLeftRange || hasLeftRange(run.values.map(\.primal))
      || run.values.contains { !$0.primal.isZero && !$0.isOrdinary }
    guard hasLeftRange else {
      let hasGradient = sweep.derivatives.prefix(variableCount).allSatisfy(\.primal.isFinite)
      return (sweep.derivatives.map(\.tangent), hasGradient)
    }
    let scaled = linearized(at: zip(point, seeds).map { Dual(Scaled($0), Scaled($1)) })
    let wide = reverseSweep(scaled).derivatives
    let hasGradient = wide.prefix(variableCount).allSatisfy(\.primal.value.isFinite)
    return (wide.map(\.tangent.value), hasGradient)
  }
}
