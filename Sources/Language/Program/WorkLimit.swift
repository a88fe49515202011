// Limits on the work for a request, in proportion to --max-steps.

extension Expression {
  /// The most that --max-steps may say.
  package static let mostOperations = 1_000_000_000

  /// Throws where work exceeds the usual limit, raised in proportion to --max-steps.
  package func check(_ work: Work, _ amount: Double) throws(Problem) {
    let limit = (work.usual * effort).rounded(.down)
    guard amount > limit else { return }
    let needed = (amount / work.usual * Double(Self.usualOperationLimit)).rounded(.up)
    throw Problem(
      .tooMuchWork(
        work, limit: Int(min(limit, 1e15)),
        steps: needed <= Double(Self.mostOperations) ? Int(needed) : nil), in: source, at: nil)
  }
}
