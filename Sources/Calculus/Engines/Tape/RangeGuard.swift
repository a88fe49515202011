// Sweeps that do not lose a derivative to overflow or underflow on the way.

extension Tape {
  /// The adjoint of every slot at a point; on scaled numbers where doubles may have lost some.
  func adjoints(_ run: Linearization<Double>, at point: [Double]) -> [Double] {
    let sweep = reverseSweep(run)
    guard sweep.hasLeftRange || valuesLost(run, sweep.derivatives[..<variableCount]) else {
      return sweep.derivatives
    }
    return reverseSweep(linearized(at: point.map { Scaled($0) })).derivatives.map(\.value)
  }

  /// The tangent of every slot at a point, likewise.
  func tangents(_ run: Linearization<Double>, at point: [Double], seeds: [Double]) -> [Double] {
    let sweep = forwardSweep(run, seeds: seeds)
    guard sweep.hasLeftRange || valuesLost(run, sweep.derivatives[output...output]) else {
      return sweep.derivatives
    }
    let scaled = linearized(at: point.map { Scaled($0) })
    return forwardSweep(scaled, seeds: seeds.map { Scaled($0) }).derivatives.map(\.value)
  }

  /// Whether derivatives are no numbers while the value is one, and a value on the way has left the
  /// range: partials are taken at that.
  private func valuesLost(_ run: Linearization<Double>, _ derivatives: ArraySlice<Double>) -> Bool {
    run.values[output].isFinite && !derivatives.allSatisfy(\.isFinite)
      && run.values.contains { !$0.isFinite }
  }

  /// The adjoints' tangents at a point that moves along `seeds`, likewise: a row of the Hessian.
  func adjointTangents(at point: [Double], seeds: [Double]) -> [Double] {
    let run = linearized(at: zip(point, seeds).map { Dual($0, $1) })
    let sweep = reverseSweep(run)
    let hasLeftRange =
      sweep.hasLeftRange || run.values.contains { !$0.primal.isZero && !$0.isOrdinary }
    guard hasLeftRange else { return sweep.derivatives.map(\.tangent) }
    let scaled = linearized(at: zip(point, seeds).map { Dual(Scaled($0), Scaled($1)) })
    return reverseSweep(scaled).derivatives.map(\.tangent.value)
  }
}
