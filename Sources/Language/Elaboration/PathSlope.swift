// Programs such as a bisection, where a variable moves the result by changing which branches are
// taken: the derivative along the path is not that of the result.
import Calculus
import Text

/// The slope of a program's result as runs at neighbouring points show it.
package struct PathSlope: Sendable {
  /// The derivative on which the neighbouring runs agree.
  package let value: Double
  /// How far it may be off.
  package let error: Double
}

extension Computation {
  /// How far from the point the program is run, in units of the point's size.
  private static let steps = [0x1p-8, 0x1p-11, 0x1p-14, 0x1p-17, 0x1p-20]
  /// How many operations the runs may take together.
  private static let rerunBudget = 20_000_000

  /// The slope of the program's result over small distances where that contradicts the derivative
  /// along the path; nil where it does not, or where nothing can be said.
  ///
  /// Quotients over three steps, each an eighth of the one before, have to agree with each other,
  /// and both sides of the smallest with them.
  package func slopeAgainst(
    _ slope: Double, at point: [Double], along direction: [Double]
  ) -> PathSlope? {
    guard path.firstOpen != nil, slope.isFinite,
      operationCount < Self.rerunBudget / (2 * Self.steps.count + 1),
      !(0..<tape.count).contains(where: {
        tape.operation(in: $0) == .stopGradient || tape.operation(in: $0) == .declaredDerivative
      })
    else { return nil }
    let size = Tape.size(of: point, along: direction)
    func run(_ step: Double) -> Double {
      rerun(at: zip(point, direction).map { $0 + $1 * step })?.value ?? .nan
    }
    let value = tape.value(at: point)
    let quotients = Self.steps.map { step -> (central: Double, right: Double, left: Double) in
      let (right, left) = (run(step * size), run(-step * size))
      let h = step * size
      return ((right - left) / (2 * h), (right - value) / h, (value - left) / h)
    }
    for first in 0...(quotients.count - 3) {
      let three = quotients[first..<first + 3]
      let central = three.map(\.central)
      guard let least = central.min(), let most = central.max(), let last = three.last,
        central.allSatisfy(\.isFinite)
      else { continue }
      let scale = max(least.magnitude, most.magnitude)
      let isSteady =
        most - least <= 1e-3 * scale && (last.right - last.left).magnitude <= 1e-2 * scale
      guard isSteady else { continue }
      let isContradicted =
        (slope - last.central).magnitude > 1e-2 * max(slope.magnitude, scale)
      return isContradicted
        ? PathSlope(
          value: last.central, error: (last.central - central[1]).magnitude + 1e-6 * scale) : nil
    }
    return nil
  }
}

extension Explanation {
  /// An explanation that the choice of branches moves a program's result, which the derivative
  /// along the path does not include.
  package static func pathSlope(
    _ name: String, _ slope: Double, _ found: PathSlope, _ computation: Computation
  ) -> Explanation {
    let message =
      "\(name) is \(shortest(slope)) along the way that is taken, but the program run again beside the "
      + "point says \(NumberFormat(digits: 5).text(found.value)): the way itself moves the result"
    return about(
      .pathChanges, .warning, message, computation.path.firstOpen, computation.expression)
  }
}
