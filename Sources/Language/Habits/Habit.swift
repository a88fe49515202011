// The habits of other notations, each a rewriting of a whole text.
import Syntax

/// A way of writing that other notations have and the language has not.
struct Habit: Sendable {
  /// The text without this habit; several texts where the habit has several meanings, none where it
  /// is not there.
  let rewrite: @Sendable (Pieces) -> [String]

  init(_ rewrite: @escaping @Sendable (Pieces) -> [String]) { self.rewrite = rewrite }

  /// A habit with one meaning.
  init(one rewrite: @escaping @Sendable (Pieces) -> String?) {
    self.rewrite = { pieces in rewrite(pieces).map { [$0] } ?? [] }
  }
}
