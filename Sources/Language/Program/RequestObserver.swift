// The steps of a request, so that a test can count what is done twice.

/// A step of a request that is worth doing once only.
package enum RequestStep: Sendable {
  /// A text is read.
  case parse
  /// An expression with all its outputs becomes graphs.
  case elaboration
  /// The graph of one output becomes a tape.
  case tape
}

/// Called at each step; there is none by default.
package typealias RequestObserver = @Sendable (RequestStep) -> Void
