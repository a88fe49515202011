// Points at which a condition is about to turn over: what lies on either side of them.
import Calculus
import Language
import Syntax

extension Subject {
  /// How far the sides are from a point, for as long as they do not show.
  private static let distances: [Double] = [0x1p-40, 0x1p-26, 0x1p-13]

  /// Whether the ways next to a point lead to the same value and derivative as the one at it.
  ///
  /// Each way's own function is taken at the point itself, so that nothing is approximated.
  func sidesAgree(_ key: DerivativeKey, _ derivative: Double, at point: [Double]) -> Bool {
    let value = outputs[key.output].computation.tape.value(at: point)
    return sides(of: key, at: point).allSatisfy { side in
      let tape = side.outputs[key.output].computation.tape
      return Self.agree(tape.value(at: point), value)
        && Self.agree(side.derivatives([key], at: point)[0], derivative)
    }
  }

  /// The other ways on both sides along each variable of a derivative, where there are any.
  private func sides(of key: DerivativeKey, at point: [Double]) -> [Subject] {
    Set(key.path).sorted().flatMap { variable in
      [-1.0, 1].compactMap { sign in side(of: point, along: variable, sign) }
    }
  }

  private func side(of point: [Double], along variable: Int, _ sign: Double) -> Subject? {
    for distance in Self.distances {
      var place = point
      place[variable] += sign * distance * max(1, point[variable].magnitude)
      guard let side = try? moved(to: place, limit: drawnLimit) else { continue }
      if side.outputs.signature != outputs.signature { return side }
    }
    return nil
  }

  private static func agree(_ x: Double, _ y: Double) -> Bool {
    x == y || (x - y).magnitude <= 1e-9 * max(x.magnitude, y.magnitude)
  }
}
