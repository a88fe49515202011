// Which branches a program took: the conditions that decided them, and whether a point is on their
// boundary.
import Syntax

/// The branches that a program took, as a signature that differs for different paths, and the first
/// condition that depended on a variable.
package struct ExecutedPath: Sendable {
  /// A condition, or a count, that decided which branch was taken.
  package struct Decision: Sendable {
    /// The statement that it belongs to.
    package let keyword: BodyStep.Keyword
    let condition: SourceRange
    /// The calls that it is in, in words.
    let context: [String]
    /// The expression's variables that it depends on, by index.
    package let variables: Set<Int>
  }

  /// A hash of all decisions in order: two runs with the same path have the same one.
  package private(set) var signature: UInt64 = 0xCBF2_9CE4_8422_2325
  /// The first condition that depends on a variable of the expression.
  package private(set) var firstOpen: Decision?
  /// The first one that the smallest change of a variable may reverse, as `x > 1` at 1.
  package private(set) var boundary: Decision?
  /// How that one changes: by an equality, if there is any.
  package private(set) var turn: Turn?

  /// Whether a derivative inside of the expression was taken along this path although it may be a
  /// limit.
  package private(set) var isUnsettled = false

  mutating func leaveUnsettled() { isUnsettled = true }

  /// The limits found for derivatives inside: they belong to the point, not to the path.
  private var limits: UInt64 = 0

  mutating func note(limit: Double) { limits = (limits ^ limit.bitPattern) &* 0x100_0000_01B3 }

  /// How a condition changes its outcome at a point.
  package enum Turn: Sendable {
    /// On one side of the point, the outcome is that of the point.
    case order
    /// The outcome may hold at the point alone, as where `x == 1` holds.
    case equality
  }

  mutating func note(_ decision: () -> Decision, isOpen: Bool, _ turn: Turn?) {
    if isOpen, firstOpen == nil { firstOpen = decision() }
    guard let turn else { return }
    if boundary == nil { boundary = decision() }
    if self.turn != .equality { self.turn = turn }
  }

  /// The signature of several outputs' paths together, which differs exactly at a boundary between
  /// branches.
  package static func signature(of paths: [ExecutedPath]) -> UInt64 {
    var all = ExecutedPath()
    for path in paths {
      all.note(
        Int(truncatingIfNeeded: path.signature), path.boundary == nil ? 0 : 1,
        Int(truncatingIfNeeded: path.limits))
    }
    return all.signature
  }

  /// Adds what was decided, as in the hash FNV-1a.
  mutating func note(_ numbers: Int...) {
    for number in numbers {
      signature = (signature ^ UInt64(truncatingIfNeeded: number)) &* 0x100_0000_01B3
    }
  }
}
