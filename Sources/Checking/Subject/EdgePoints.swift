// Points at the edge of a condition such as `x == 0` or `x < 1` of a formula, which no random point meets.
import Calculus

extension Graph {
  /// Points at which one of the formula's conditions is at its edge, or a function in it jumps, found
  /// from others by Newton's method in one variable at a time.
  ///
  /// - Parameters:
  ///   - variableCount: how many variables the points have.
  ///   - starts: points to begin at; the origin is tried first.
  package func pointsAtEdges(
    under root: NodeIndex, variableCount: Int, near starts: [[Double]]
  ) -> [[Double]] {
    let isActive = Array(repeating: true, count: variableCount)
    let origin = Array(repeating: 0.0, count: variableCount)
    var points: [[Double]] = []
    for edge in edges(under: root, in: Set(0..<variableCount)).prefix(mostEdges) {
      let difference = Tape(self, output: edge, isActive: isActive)
      for start in [origin] + starts.prefix(mostStarts) {
        guard let point = difference.zero(near: start), !points.contains(point) else { continue }
        points.append(point)
      }
    }
    return points
  }
}

private let mostEdges = 8
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
