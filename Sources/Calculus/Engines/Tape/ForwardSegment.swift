// Forward mode piece by piece: what a long computation leaves behind is forgotten as it goes on.

/// The values of some nodes at a point with their tangents along some directions.
package struct ForwardState: Sendable {
  /// One for each node.
  package var values: [Double]
  /// For each direction, one number for each of the values.
  package var tangents: [[Double]]

  /// - Parameter tangents: for each direction, as many numbers as there are values.
  package init(values: [Double], tangents: [[Double]]) {
    self.values = values
    self.tangents = tangents
  }
}

extension Graph {
  /// Runs a piece of a computation in forward mode.
  ///
  /// - Parameters:
  ///   - inputs: the state of the graph's variables.
  ///   - roots: the nodes that are needed afterwards; one at least.
  /// - Returns: their state; nil where there is more to tell than numbers: a kink, a value or a
  ///   tangent that is no finite number, or one that has left the range on the way.
  package func forwardSegment(_ inputs: ForwardState, _ roots: [NodeIndex]) -> ForwardState? {
    let tape = Tape(
      self, outputs: roots, isActive: Array(repeating: true, count: inputs.values.count))
    let run = tape.linearized(at: inputs.values)
    guard run.values.allSatisfy(\.isFinite), !run.hasLeftRange, !tape.hasKink(run.values) else {
      return nil
    }
    var tangents: [[Double]] = []
    for seeds in inputs.tangents {
      let sweep = tape.forwardSweep(run, seeds: seeds)
      guard !sweep.hasLeftRange, sweep.derivatives.allSatisfy(\.isFinite) else { return nil }
      tangents.append(tape.outputs.map { sweep.derivatives[$0] })
    }
    return ForwardState(values: tape.outputs.map { run.values[$0] }, tangents: tangents)
  }
}
