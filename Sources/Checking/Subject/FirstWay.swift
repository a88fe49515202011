// A point for a program whose branches depend on its variables, where the user gave none.
import Calculus
import Language
import Syntax

extension Subject {
  /// How many random points may be tried, and how many operations they may take together.
  private static let attempts = 20_000
  private static let operationBudget = 2_000_000
  private static let firstLimit = 100_000

  /// Makes a subject without a point, or where the branches of a program depend on one, with the
  /// branches taken at a random point.
  ///
  /// - Parameters:
  ///   - names: names that are variables even where a constant has them.
  ///   - active: the variables that derivatives are taken in; all if nil.
  ///   - ranges: where to draw the points from.
  package init(
    _ expression: Expression, naming names: [String] = [], active: [String]?,
    drawnFrom ranges: [String: ClosedRange<Double>], seed: UInt64
  ) throws(Problem) {
    do {
      try self.init(expression, naming: names, active: active)
    } catch {
      guard error.needsPoint(expression),
        let subject = try Self.drawn(expression, names, active, ranges, seed)
      else { throw error }
      self = subject
    }
  }

  private static func drawn(
    _ expression: Expression, _ names: [String], _ active: [String]?,
    _ ranges: [String: ClosedRange<Double>], _ seed: UInt64
  ) throws(Problem) -> Subject? {
    let variables = try Function.variables(of: expression, naming: names, first: [])
    let isActive = variables.map { active?.contains($0) ?? true }
    var candidates = Candidates(variables, ranges: ranges, seed: seed)
    var (budget, limit) = (operationBudget, firstLimit)
    var failure: (hasEnd: Bool, last: Problem?) = (false, nil)
    for attempt in 0..<attempts where budget > 0 {
      // It is not known yet which variables are numbers of terms.
      let point = candidates.next(attempt) { _ in attempt % 3 == 2 }
      do {
        return try Subject(expression, variables, isActive: isActive, at: point, limit: limit)
      } catch {
        budget -= max(firstLimit / 100, error.operationCount)
        guard case .tooManyOperations = error.kind else {
          failure.hasEnd = true
          continue
        }
        failure.last = error
        if attempt % 10 == 9, limit < expression.operationLimit { limit *= 10 }
      }
    }
    // Every point that was tried failed, so asking the user for one would not help.
    if let last = failure.last, !failure.hasEnd {
      throw Problem(
        .endlessAtPoints(limit: firstLimit), in: last.source, at: last.range, context: last.context)
    }
    return nil
  }
}

extension Problem {
  /// Whether the error is only that a point is missing.
  fileprivate func needsPoint(_ expression: Expression) -> Bool {
    switch kind {
    case .pathUnknown, .boundNotConstant, .tooManyCalls: true
    case .tooManyOperations: !expression.tree.endlessDefinitions.isEmpty
    default: false
    }
  }
}
