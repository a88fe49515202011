// The pieces of a long program in forward mode.
import Calculus

/// A run in pieces. When the graph of a piece has become large, its numbers are computed, and what
/// is still needed of it begins the next piece as variables with values and tangents.
struct ForwardSegments {
  /// How many nodes a piece has.
  static let size = 1 << 14

  /// The state of the variables of the piece.
  var state: ForwardState
  /// Whether the run has to be one piece, since there is more to report than numbers.
  var isGivenUp = false
  var count = 0
}
