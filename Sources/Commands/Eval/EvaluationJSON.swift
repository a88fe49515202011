// `eval --format json`: one object for a point, an array of them for several.
import Calculus
import Language
import Reporting

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
    if let weights = calculation.weights { members.append(("weights", weights.json)) }
    if let direction = calculation.direction { members.append(("direction", direction.json)) }
    if modes.count == 1 {
      members += numbers(evaluation.results[0])
    } else {
      let modes = evaluation.results.map {
        (key: $0.mode.rawValue, value: JSON.object(numbers($0)))
      }
      members.append(("modes", .object(modes)))
    }
    let hessians = evaluation.hessians.map(hessian)
    if let first = hessians.first {
      members.append(("hessian", calculation.expression.isList ? .array(hessians) : first))
    }
    let products = evaluation.products.map { product in
      JSON.object(keys: gradientNames, product.map { .number($0) }[...])
    }
    if let first = products.first {
      members.append(("hessianProduct", calculation.expression.isList ? .array(products) : first))
    }
    if let watched = evaluation.watched { members.append(("watch", json(watched))) }
    members.append(("notes", .array(evaluation.explanations.map(\.json))))
    return .object(members)
  }

  private func json(_ assignments: [WatchedAssignment]) -> JSON {
    .array(
      assignments.map { assignment in
        let tangents = assignment.tangents.map { JSON.number($0) }
        return .object([
          ("name", .string(assignment.name)), ("occurrence", .integer(assignment.occurrence)),
          ("place", .string(assignment.place)), ("value", .number(assignment.value)),
          calculation.direction == nil
            ? ("tangents", .object(keys: tangentNames, tangents[...])) : ("tangent", tangents[0]),
          ("adjoint", .number(assignment.adjoint)),
        ])
      })
  }

  /// The value, the derivatives, and what they cost.
  private func numbers(_ result: EngineResult) -> [(key: String, value: JSON)] {
    let derivatives = result.derivatives.map { JSON.number($0) }
    let isList = calculation.expression.isList
    var members: [(key: String, value: JSON)] = [
      ("value", isList ? .array(result.values.map { .number($0) }) : .number(result.values[0]))
    ]
    if calculation.direction != nil {
      members.append(("derivative", isList ? .array(derivatives) : derivatives[0]))
    } else if isList {
      members.append(("jacobian", .jacobian(derivatives, gradientNames, rows: result.values.count)))
    } else {
      members.append(("gradient", .object(keys: gradientNames, derivatives[...])))
    }
    switch result.cost {
    case .forwardSweeps(let count), .reverseSweeps(let count):
      members.append(("sweeps", .integer(count)))
    case .operations(let count): members.append(("operations", .integer(count)))
    case .evaluations(let count, let forValue):
      members.append(("evaluations", .integer(count + forValue)))
      let quotients = result.quotients.map(\.json)
      members.append(
        (
          "differences",
          .array(
            isList ? quotients.rows(result.values.count).map { .array(Array($0)) } : quotients)
        ))
    }
    return members
  }

  private func hessian(_ hessian: [[Double]]) -> JSON {
    .object(
      zip(gradientNames, hessian).map { name, row in
        (name, .object(zip(gradientNames, row).map { ($0, .number($1)) }))
      })
  }
}

extension JSON {
  /// An object with these members.
  static func object(keys: [String], _ values: ArraySlice<JSON>) -> JSON {
    .object(zip(keys, values).map { (key: $0, value: $1) })
  }

  /// An array of gradients, from their items one row after the other.
  static func jacobian(_ items: [JSON], _ names: [String], rows: Int) -> JSON {
    .array(items.rows(rows).map { .object(keys: names, $0) })
  }
}

extension Array {
  /// The elements in rows of equal length.
  func rows(_ count: Int) -> [ArraySlice<Element>] {
    let length = self.count / count
    return (0..<count).map { self[$0 * length..<($0 + 1) * length] }
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
  /// Each name with its value; an infinite or undefined one is the text that the language has for
  /// it.
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
    if !diagnostic.context.isEmpty {
      members.append(("calls", .array(diagnostic.context.map { .string($0) })))
    }
    if let trail = trailLine(arrow: "->") { members.append(("path", .string(trail))) }
    return .object(members)
  }
}
