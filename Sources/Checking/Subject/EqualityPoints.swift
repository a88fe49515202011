// Points at which a condition such as `x == 0` of a formula holds, which no random point meets.
import Calculus

extension Graph {
  /// Points at which one of the formula's equalities holds exactly, found from others by Newton's
  /// method in one variable at a time.
  ///
  /// - Parameters:
  ///   - variableCount: how many variables the points have.
  ///   - starts: points to begin at; the origin is tried first.
  package func pointsOfEqualities(
    under root: NodeIndex, variableCount: Int, near starts: [[Double]]
  ) -> [[Double]] {
    let variables = Set(0..<variableCount)
    let isActive = Array(repeating: true, count: variableCount)
    let origin = Array(repeating: 0.0, count: variableCount)
    var points: [[Double]] = []
    for equality in equalities(under: root, in: variables).prefix(mostEqualities) {
      guard equality.isIsolated, case .binary(.equal, let x, let y) = self[equality.node] else {
        continue
      }
      let difference = Tape(self, output: binary(.subtract, x, y), isActive: isActive)
      for start in [origin] + starts.prefix(mostStarts) {
        guard let point = difference.zero(near: start), !points.contains(point) else { continue }
        points.append(point)
      }
    }
    return points
  }
}

private let mostEqualities = 8
private let mostStarts = 3
private let newtonSteps = 8

extension Tape {
  /// A point where the value is exactly 0, which differs from the start in one variable at most.
  fileprivate func zero(near start: [Double]) -> [Double]? {
    for variable in start.indices {
      var point = start
      for _ in 0..<newtonSteps {
        let gradient = reverseGradient(at: point)
        if gradient.value == 0 { return point }
        let step = gradient.value / gradient.partials[variable]
        guard step.isFinite, step != 0 else { break }
        point[variable] -= step
      }
    }
    return nil
  }
}
