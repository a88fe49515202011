// What a derivative is made of at one point: values, tangents, adjoints, and the flow through each edge.

/// A run with both sweeps at a point.
package struct Flow: Sendable {
  /// The value of each slot.
  package let values: [Double]
  /// The derivative of each slot along the seeds.
  package let tangents: [Double]
  /// The output's derivative in each slot.
  package let adjoints: [Double]

  /// Each with one number for each slot of a tape.
  package init(values: [Double], tangents: [Double], adjoints: [Double]) {
    self.values = values
    self.tangents = tangents
    self.adjoints = adjoints
  }
}

extension Tape {
  /// Both sweeps at a point, forward along `seeds`.
  package func flow(at point: [Double], along seeds: [Double]) -> Flow {
    let run = linearized(at: point)
    return Flow(
      values: run.values, tangents: tangents(run, at: point, seeds: seeds),
      adjoints: adjoints(run, at: point))
  }

  /// The value at a point, which nothing on the way overflows.
  package func scaledValue(at point: [Double]) -> Double {
    values(at: point.map { Scaled($0) })[output].value
  }

  /// The output's value where one slot's value is another.
  ///
  /// - Parameter values: those of all slots at a point.
  package func output(_ values: [Double], with value: Double, in slot: Slot) -> Double {
    var values = values
    values[slot] = value
    var isChanged = Array(repeating: false, count: count)
    isChanged[slot] = true
    for user in max(slot + 1, firstInstruction)..<max(slot + 1, count) {
      let operands = operands(of: user)
      guard let operation = operation(in: user), operands.contains(where: { isChanged[$0] })
      else { continue }
      isChanged[user] = true
      values[user] = operation.value(operands.map { values[$0] })
    }
    return values[output]
  }
}
