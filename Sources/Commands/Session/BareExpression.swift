// An expression that stands alone in a session: its value.
import CommandLine
import Calculus
import Language
import Syntax

struct BareExpression {
  private let expression: Expression

  init(_ source: SourceText, after definitions: Definitions) throws {
    expression = try Expression(source, after: definitions)
  }

  /// Writes its value, or the values of a list, or why there is none.
  func show(_ terminal: Terminal) throws -> Int32 {
    let outputs = try outputs()
    let values = outputs.map { shortest($0.value) }
    terminal.write((expression.isList ? "[\(values.joined(separator: ", "))]" : values[0]) + "\n")
    let explanations =
      expression.constantNotes() + outputs.flatMap { $0.aboutValue() + $0.aboutRange() }
    for explanation in explanations { terminal.show(explanation, at: nil, color: .auto) }
    terminal.setAnswer(outputs.map(\.value))
    return explanations.contains(where: \.isError) ? 1 : 0
  }

  /// Its value, which may be infinite or NaN; nil if it is a list or depends on what has no value.
  func value() -> Double? {
    (try? outputs()).flatMap { $0.count == 1 ? $0[0].value : nil }
  }

  private func outputs() throws -> [Explainer] {
    let point = Point(names: [], values: [])
    do throws(Problem) {
      _ = try Computation.check(point, from: nil, for: expression)
      return try Computation.outputs(of: expression, at: point).map { Explainer($0, at: []) }
    } catch {
      throw failure(error)
    }
  }

  /// In a session no `--at` can be added, so the remedy is another one.
  private func failure(_ problem: Problem) -> any Error {
    if case .unknownName(Session.answerName, _) = problem.kind {
      var diagnostic = problem.diagnostic
      diagnostic.message = "'\(Session.answerName)' has no value"
      diagnostic.remedy = "it becomes the finite value of an expression, once there is one"
      return Failure.script(diagnostic)
    }
    guard case .unknownName(let name, nil) = problem.kind else { return problem }
    let shown = echo(name)
    var diagnostic = problem.diagnostic
    diagnostic.message = "'\(shown)' has no value"
    diagnostic.remedy = "define it, '\(shown) = …', or give a point: eval '…' --at \(shown)=…"
    return Failure.script(diagnostic)
  }
}
