// Explanations of numerical derivatives: steps that fail, formulas that do not apply.
import Calculus
import Syntax

extension Explanation {
  /// Why a difference quotient has no value, or not the one that was asked for; nil if all is well.
  ///
  /// - Parameters:
  ///   - name: what the derivative is called.
  ///   - derivative: what it is.
  package static func aboutQuotient(
    _ name: String, _ quotient: DifferenceQuotient, derivative: Double
  ) -> Explanation? {
    let (step, taken) = (shortest(quotient.step), shortest(quotient.stepTaken))
    if quotient.stepTaken == 0 {
      return about(.error, "\(name) has no quotient: the step \(step) is lost beside the point")
    }
    if !quotient.value.isFinite {
      return about(
        .error, "\(name) has no quotient: not every value at the step \(step) is a finite number")
    }
    if quotient.errorEstimate == .infinity {
      return about(.warning, "\(name): the difference quotients do not settle at any step")
    }
    if (quotient.stepTaken - quotient.step).magnitude > 1e-3 * quotient.step {
      return about(.warning, "\(name): x + h is rounded, and the step is \(taken), not \(step)")
    }
    if quotient.value == 0, derivative != 0 {
      return about(
        .note, "\(name): the difference quotient is 0, since no digit of the values differs")
    }
    return nil
  }

  /// A note that the complex step is left out, for the reason that a problem gives.
  package static func withoutComplexStep(_ problem: Problem) -> Explanation {
    let diagnostic = problem.diagnostic
    return Explanation(
      kind: .step,
      diagnostic: Diagnostic(
        .note, diagnostic.message, source: diagnostic.source, range: diagnostic.range,
        remedy: "it is left out"))
  }

  private static func about(
    _ severity: Diagnostic.Severity, _ message: String
  ) -> Explanation {
    Explanation(kind: .step, diagnostic: Diagnostic(severity, message))
  }
}

extension Computation {
  /// Throws where an operation that the direction reaches cannot be run on complex numbers.
  package func checkComplexStep(along direction: [Double]) throws(Problem) {
    if let decision = path.boundary, tape.turns != nil {
      throw Problem(
        .noComplexStep(function: decision.keyword.rawValue, isNotAnalytic: true),
        in: expression.source, at: decision.condition, context: decision.context)
    }
    guard let obstacle = tape.complexStepObstacle(along: direction) else { return }
    throw Problem(
      .noComplexStep(
        function: obstacle.operation.about.name, isNotAnalytic: obstacle.isNotAnalytic),
      in: expression.source, at: origins[obstacle.slot], context: context(of: obstacle.slot))
  }
}
