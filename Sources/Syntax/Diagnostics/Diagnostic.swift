// A message for the user, with the place in the text that it is about.

/// An error, a warning or a note in words, with the place that it is about.
package struct Diagnostic: Sendable {
  /// How bad it is: errors stop what was asked for.
  package enum Severity: String, Sendable, CaseIterable { case error, warning, note }

  /// How bad it is.
  package var severity: Severity
  /// One clause, no full stop.
  package var message: String
  /// The text that it is about.
  package var source: SourceText?
  /// The place in `source`.
  package var range: SourceRange?
  /// What to do instead, as a clause that may follow the message after a semicolon.
  package var remedy: String?
  /// The calls that led to the place, the innermost first, as lines of their own.
  package var context: [String]
  /// Where it is about, for a source that does not say: `survey.ad:3:1`.
  package var place: String?

  /// - Parameters:
  ///   - message: one clause, no full stop.
  ///   - range: the place in `source`; nil where it concerns the whole.
  ///   - context: the calls that led to the place, the innermost first.
  package init(
    _ severity: Severity, _ message: String, source: SourceText? = nil,
    range: SourceRange? = nil, remedy: String? = nil, context: [String] = []
  ) {
    self.severity = severity
    self.message = message
    self.source = source
    self.range = range
    self.remedy = remedy
    self.context = context
  }

  /// The words for what a parser found.
  package init(_ error: SyntaxError, in source: SourceText) {
    self.init(
      .error, error.message, source: source, range: error.range, remedy: error.remedy)
  }
}
