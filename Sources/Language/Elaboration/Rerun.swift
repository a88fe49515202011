// Numerical differentiation of a program: it is run anew at every point, and may take other
// branches there.
import Calculus
import Syntax

/// The runs of a computation at other points than its own.
package final class Rerun {
  private let computation: Computation
  /// Whether some run took other branches than the computation's own.
  package private(set) var hasLeftPath = false

  /// Runs of `computation`, none of them made yet.
  package init(_ computation: Computation) { self.computation = computation }

  /// Throws where the runs would take more than the expression's limit of operations.
  package func checkOperations(runs: Int) throws(Problem) {
    let limit = computation.expression.operationLimit
    let (total, overflows) = computation.operationCount.multipliedReportingOverflow(by: runs)
    guard computation.isBoundToPoint, overflows || total > limit else { return }
    throw Problem(.tooManyOperations(limit: limit), in: computation.expression.source, at: nil)
  }

  /// The function for a differentiator; nil where the branches never depend on a variable.
  package var function: (([Double]) -> Double)? {
    guard computation.isBoundToPoint else { return nil }
    return { [self] point in
      // Where a program fails at another point, as where a count is no whole number there, the tape
      // of this point is used.
      let run = computation.rerun(at: point)
      if run?.hasSamePath == false { hasLeftPath = true }
      return run?.value ?? computation.tape.value(at: point)
    }
  }
}

extension Explanation {
  /// An explanation that a difference quotient's points lie on different paths of a program.
  package static func pathChanges(_ names: [String], _ computation: Computation) -> Explanation {
    let message =
      "\(names.joined(separator: ", ")): the program goes another way at some points of the "
      + "difference quotient"
    return about(
      .pathChanges, .warning, message, computation.path.firstOpen, computation.expression)
  }

  /// An explanation that a formula is that of one path of a program.
  package static func pathFormula(
    _ path: ExecutedPath, of expression: Expression, over variables: [String]
  ) -> Explanation? {
    guard let decision = path.firstOpen else { return nil }
    let names = decision.variables.sorted().map { variables[$0] }
    let message =
      "which way this '\(decision.keyword.rawValue)' goes depends on \(quoted(names)); "
      + "the formula is that of the way it goes at this point"
    return about(.path, .note, message, decision, expression)
  }

  /// An explanation with the position and the calls of a decision; without a position if there is
  /// none.
  package static func about(
    _ kind: Kind, _ severity: Diagnostic.Severity, _ message: String,
    _ decision: ExecutedPath.Decision?, _ expression: Expression
  ) -> Explanation {
    Explanation(
      kind: kind,
      diagnostic: Diagnostic(
        severity, message, source: expression.source, range: decision?.condition,
        context: decision?.context ?? []))
  }
}
