// Where the statements of a session come from, and what it shows before them.
import CommandLine
import Syntax

/// Where the statements of a session come from.
protocol SessionInput {
  /// The next lines that belong together; nil at the end.
  func next(_ session: Session) throws(FileError) -> SourceText?
}

enum Prompt {
  static let first = "ad> "
  static let next = "... "
}
