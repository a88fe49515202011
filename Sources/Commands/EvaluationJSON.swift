// `eval --format json`: one object for a point, an array of them for several.
import Calculus
import Reporting
import Session

extension EvaluationReport {
  var json: JSON {
    let objects = evaluations.map(object)
    return objects.count == 1 ? objects[0] : .array(objects)
  }

  private func object(_ evaluation: Evaluation) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(calculation.expression.text))
    ]
    if modes.count == 1 { members.append(("mode", .string(modes[0].rawValue))) }
    members.append(("point", evaluation.point.json))
    if let direction = calculation.direction { members.append(("direction", direction.json)) }
    if modes.count == 1 {
      members += numbers(evaluation.results[0])
    } else {
      let modes = evaluation.results.map {
        (key: $0.mode.rawValue, value: JSON.object(numbers($0)))
      }
      members.append(("modes", .object(modes)))
    }
    if let hessian = evaluation.hessian { members.append(("hessian", self.hessian(hessian))) }
    members.append(("notes", .array(evaluation.explanations.map(\.json))))
    return .object(members)
  }

  /// The value, the derivatives, and what they cost.
  private func numbers(_ result: EngineResult) -> [(key: String, value: JSON)] {
    var members: [(key: String, value: JSON)] = [("value", .number(result.value))]
    if calculation.direction == nil {
      let partials = zip(gradientNames, result.derivatives).map {
        (key: $0, value: JSON.number($1))
      }
      members.append(("gradient", .object(partials)))
    } else {
      members.append(("derivative", .number(result.derivatives[0])))
    }
    switch result.cost {
    case .forwardSweeps(let count), .reverseSweeps(let count):
      members.append(("sweeps", .integer(count)))
    case .operations(let count): members.append(("operations", .integer(count)))
    case .evaluations(let count, let forValue):
      members.append(("evaluations", .integer(count + forValue)))
      members.append(("differences", .array(result.quotients.map(\.json))))
    }
    return members
  }

  private func hessian(_ hessian: [[Double]]) -> JSON {
    .object(
      zip(gradientNames, hessian).map { name, row in
        (name, .object(zip(gradientNames, row).map { ($0, .number($1)) }))
      })
  }

  private var gradientNames: [String] {
    let names = evaluations[0].point.names
    return calculation.active.map { active in names.filter(active.contains) } ?? names
  }
}

extension DifferenceQuotient {
  var json: JSON {
    .object(
      [("formula", .string(formula.name)), ("step", .number(step))]
        + (errorEstimate.map { [("error", .number($0))] } ?? []))
  }
}

extension Point {
  /// Each name with its value; an infinite or undefined one is the text that the language has for it.
  var json: JSON {
    .object(
      zip(names, values).map { name, value in
        (name, value.isFinite ? .number(value) : .string(shortest(value)))
      })
  }
}

extension Explanation {
  var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("kind", .string(kind.rawValue)), ("severity", .string(diagnostic.severity.rawValue)),
      ("message", .string(diagnostic.message)),
    ]
    if let source = diagnostic.source, let range = diagnostic.range {
      let place = source.column(of: range.start)
      members.append(("line", .integer(place.line)))
      members.append(("column", .integer(place.column)))
    }
    if let trail = trailLine(arrow: "->") { members.append(("path", .string(trail))) }
    return .object(members)
  }
}
