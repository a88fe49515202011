// What a check can come to, for one derivative at one point or at all of them.
import Calculus
import Language
import Syntax

/// A verdict, from the best to the worst.
package enum Verdict: String, Sendable, CaseIterable, Comparable {
  case agree
  /// There is no derivative but two one-sided ones.
  case kink
  /// The numbers cannot decide: rounding may have moved them by as much as matters.
  case illConditioned = "ill-conditioned"
  case outside = "outside the domain"
  case disagree

  /// Whether the first is the milder.
  package static func < (x: Verdict, y: Verdict) -> Bool {
    x.rank < y.rank
  }

  private var rank: Int {
    switch self {
    case .agree: 0
    case .kink: 1
    case .illConditioned: 2
    case .outside: 3
    case .disagree: 4
    }
  }

  /// Whether a check passes with it: kinks are not failures.
  package var passes: Bool { self <= .kink }

  /// The verdict of several points.
  ///
  /// Of points that the user chose each counts; of random ones those that can be judged.
  package static func over(_ verdicts: [Verdict], areChosen: Bool) -> Verdict {
    if areChosen || verdicts.contains(.disagree) { return verdicts.max() ?? .outside }
    return verdicts.min() ?? .outside
  }
}
