// A message for the user, with the place in the text that it is about.

package struct Diagnostic: Sendable {
  package enum Severity: String, Sendable, CaseIterable { case error, warning, note }

  package var severity: Severity
  /// One clause, no full stop.
  package var message: String
  package var source: SourceText?
  package var range: SourceRange?
  /// What to do instead, as a clause that may follow the message after a semicolon.
  package var remedy: String?

  package init(
    _ severity: Severity, _ message: String, source: SourceText? = nil,
    range: SourceRange? = nil, remedy: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.source = source
    self.range = range
    self.remedy = remedy
  }

  package init(_ error: SyntaxError, in source: SourceText) {
    self.init(
      .error, error.message, source: source, range: error.range, remedy: error.remedy)
  }
}
