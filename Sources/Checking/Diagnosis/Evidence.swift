// A wrong claim's numbers at many points, which a diagnosis must explain all of.
import Calculus
import Language
import Syntax

/// Claimed and true values of one derivative.
struct Evidence {
  let points: [[Double]]
  let claims: [Double]
  let truths: [Double]
  /// How far an explanation may be from what is claimed.
  let slack: [Double]

  /// Two explanations are told apart by a difference of at least this many times the slack.
  private static let decisive = 50.0

  /// - Parameter comparisons: those that rounding spoils are left out.
  init(_ comparisons: [Comparison]) {
    let usable = comparisons.map { ($0, Self.slack($0)) }
      // Where both values are about 0, any explanation fits.
      .filter { $1 <= 1e-3 * $0.size }
      .sorted { $0.0.difference / $0.1 > $1.0.difference / $1.1 }
    points = usable.map(\.0.point)
    claims = usable.map(\.0.claim)
    truths = usable.map(\.0.derivative)
    slack = usable.map(\.1)
  }

  /// The same with every claim's sign changed.
  var negated: Evidence {
    Evidence(points: points, claims: claims.map { -$0 }, truths: truths, slack: slack)
  }

  private init(points: [[Double]], claims: [Double], truths: [Double], slack: [Double]) {
    self.points = points
    self.claims = claims
    self.truths = truths
    self.slack = slack
  }

  private static func slack(_ comparison: Comparison) -> Double {
    1e-8 * comparison.size + 16 * comparison.error + 2 * comparison.halfUnit + 1e-300
  }

  var count: Int { points.count }

  /// Whether there are enough points to tell explanations apart: two, or all that there can be.
  var isTelling: Bool {
    let decisive = (0..<count).count {
      (claims[$0] - truths[$0]).magnitude > Self.decisive * slack[$0]
    }
    return decisive >= min(2, max(1, count))
  }

  /// Whether a prediction is what is claimed at every point.
  func isExplained(by prediction: (Int) -> Double) -> Bool {
    (0..<count).allSatisfy { (prediction($0) - claims[$0]).magnitude <= slack[$0] }
  }
}
