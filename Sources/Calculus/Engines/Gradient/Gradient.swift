// Values, gradients and second derivatives at a point, by forward and by reverse mode.

/// A value with its derivatives at a point, and what they cost.
package struct Gradient: Sendable {
  /// f at the point.
  package let value: Double
  /// One per variable, 0 for those that are not active; or one directional derivative.
  package var partials: [Double]
  /// What the mode did for it.
  package let cost: Cost

  /// What an engine did, in the units that the field counts in.
  package enum Cost: Sendable, Equatable {
    /// One run with local partials, and so many forward sweeps.
    case forwardSweeps(Int)
    /// One run with local partials, and so many reverse sweeps.
    case reverseSweeps(Int)
    /// So many evaluations of the function for the partials, and so many more for its value.
    case evaluations(Int, forValue: Int)
    /// So many operations of formulas that were derived beforehand.
    case operations(Int)
  }
}

extension Tape {
  /// The value of every slot at a point, which has one number for each variable.
  package func slotValues(at point: [Double]) -> [Double] { values(at: point) }

  /// f at a point, which has one number for each variable.
  package func value(at point: [Double]) -> Double { values(at: point)[output] }

  /// The tangent of every slot, from one seed for each variable.
  package func slotTangents(at point: [Double], seeds: [Double]) -> [Double] {
    tangents(linearized(at: point), at: point, seeds: seeds)
  }

  /// The values of slots that hold formulas of derivatives, on scaled numbers: intermediate results
  /// may leave a double's range.
  package func formulaValues(at point: [Double]) -> [Double] {
    values(at: point.map { Scaled($0) }).map(\.value)
  }

  /// The adjoint of every slot at a point, by one reverse sweep.
  package func slotAdjoints(at point: [Double]) -> [Double] {
    adjoints(linearized(at: point), at: point)
  }

  /// The gradient by reverse mode: one sweep, whatever the number of variables.
  package func reverseGradient(at point: [Double]) -> Gradient {
    let run = linearized(at: point)
    return Gradient(
      value: run.values[output],
      partials: settledPartials(
        Array(adjoints(run, at: point).prefix(variableCount)), run.values, at: point),
      cost: .reverseSweeps(1))
  }

  /// The gradient by forward mode: one sweep for each active variable.
  package func forwardGradient(at point: [Double]) -> Gradient {
    let run = linearized(at: point)
    let active = (0..<variableCount).filter { isActive[$0] }
    var partials = Array(repeating: 0.0, count: variableCount)
    for start in stride(from: 0, to: active.count, by: AxisBlock.size) {
      let axes = active[start..<min(start + AxisBlock.size, active.count)]
      let slopes = slopes(run, at: point, along: axes)
      for (variable, slope) in zip(axes, slopes) { partials[variable] = slope }
    }
    return Gradient(
      value: run.values[output], partials: settledPartials(partials, run.values, at: point),
      cost: .forwardSweeps(isActive.count { $0 }))
  }

  /// The output's derivatives along some axes, by one sweep for all of them; by one for each where the
  /// numbers are out of the ordinary.
  private func slopes(
    _ run: Linearization<Double>, at point: [Double], along axes: ArraySlice<Int>
  ) -> [Double] {
    axisSweep(run, along: axes)?.tangents(of: output)
      ?? axes.map { tangents(run, at: point, seeds: unit($0))[output] }
  }

  /// The derivative along a direction by forward mode, a Jacobian–vector product: one sweep.
  package func forwardDerivative(at point: [Double], along direction: [Double]) -> Gradient {
    let run = linearized(at: point)
    return Gradient(
      value: run.values[output],
      partials: settled(
        [tangents(run, at: point, seeds: direction)[output]], run.values, at: point
      ) { _ in direction },
      cost: .forwardSweeps(1))
  }

  /// The derivative along a direction by reverse mode: the gradient's product with the direction.
  package func reverseDerivative(at point: [Double], along direction: [Double]) -> Gradient {
    var gradient = reverseGradient(at: point)
    let derivative = zip(gradient.partials, direction).reduce(0) {
      $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1)
    }
    gradient.partials = settled([derivative], at: point, along: { _ in direction })
    return gradient
  }

  /// The second partial derivatives, forward over reverse: a reverse sweep on dual numbers for each
  /// active variable.
  ///
  /// - Returns: a row for each variable, with a column for each; 0 where either is not active.
  package func hessian(at point: [Double]) -> [[Double]] {
    var hasGradient = true
    let rows = (0..<variableCount).map { variable in
      guard isActive[variable] else { return Array(repeating: 0.0, count: variableCount) }
      let row = adjointTangents(at: point, seeds: unit(variable))
      hasGradient = hasGradient && row.hasGradient
      return Array(row.tangents.prefix(variableCount))
    }
    return settledHessian(rows, hasGradient: hasGradient, at: point)
  }

  /// The second derivatives' product with a direction: one reverse sweep on dual numbers, or by the
  /// whole Hessian where operations may be at kinks.
  package func hessianProduct(at point: [Double], along direction: [Double]) -> [Double] {
    guard mayHaveKinks else {
      return Array(adjointTangents(at: point, seeds: direction).tangents.prefix(variableCount))
    }
    return hessian(at: point).map { row in
      zip(row, direction).reduce(0) { $0 + ($1.1 == 0 || $1.0 == 0 ? 0 : $1.0 * $1.1) }
    }
  }

  /// Partial derivatives, replaced by their limits where the rules alone may be wrong.
  package func settledPartials(_ partials: [Double], at point: [Double]) -> [Double] {
    settledPartials(partials, slotValues(at: point), at: point)
  }

  private func settledPartials(
    _ partials: [Double], _ values: [Double], at point: [Double]
  ) -> [Double] {
    guard variableCount <= 1_000 else { return partials }
    return settled(partials, values, at: point) {
      isActive[$0] ? unit($0) : Array(repeating: 0, count: variableCount)
    }
  }

  /// The local partials of the instruction in `slot` at a point's values, one for each operand.
  package func localPartials(of slot: Slot, values: [Double]) -> [Double] {
    guard let operation = operation(in: slot) else { return [] }
    return operation.partials(operands(of: slot).map { values[$0] }, values[slot])
  }

  /// The direction of one variable's axis.
  package func unit(_ variable: Int) -> [Double] {
    var seeds = Array(repeating: 0.0, count: variableCount)
    seeds[variable] = 1
    return seeds
  }
}
