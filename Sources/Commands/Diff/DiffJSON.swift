// `diff --format json`: one object with the formulas, and their values at points.
import Calculus
import Language
import Reporting

extension DiffReport {
  func json(steps: StepsReport?) -> JSON {
    let listing = listing(notation(.plain))
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(request.expression.text)),
      ("wrt", .array(names.map { .string($0) })),
    ]
    if request.form != .simplified { members.append(("form", .string(request.form.rawValue))) }
    if case .order(let order) = request.kind { members.append(("order", .integer(order))) }
    if request.form == .shared {
      let definitions = listing.definitions.map { (key: $0.name, value: JSON.string($0.formula)) }
      members.append(("definitions", .object(definitions)))
    }
    members += allArranged(listing.results.map { .string($0) })
    if let steps { members.append(("steps", steps.json)) }
    if !values.isEmpty {
      let points = values.map { value in
        JSON.object([("point", value.point.json)] + allArranged(value.values.map { .number($0) }))
      }
      members.append(("points", .array(points)))
    }
    let notes = request.notes + missing + values.flatMap(\.explanations)
    if !values.isEmpty || !notes.isEmpty {
      members.append(("notes", .array(notes.map(\.json))))
    }
    return .object(members)
  }

  private var names: [String] { request.active.map { request.variables[$0] } }

  /// Distributes items: first those of the function and its gradient, if they are listed, then
  /// those of the derivatives.
  private func allArranged(_ items: [JSON]) -> [(key: String, value: JSON)] {
    guard request.hasValue else { return [arranged(items)] }
    guard case .hessian = request.kind else {
      return [("function", items[0]), arranged(Array(items.dropFirst()))]
    }
    let gradient = JSON.object(keys: names, items[1...names.count])
    return [
      ("function", items[0]), ("gradient", gradient),
      arranged(Array(items.dropFirst(1 + names.count))),
    ]
  }

  /// The items of the derivatives as one member, an array or a matrix as the derivatives are.
  private func arranged(_ items: [JSON]) -> (key: String, value: JSON) {
    if request.outputs != nil { return arrangedByOutput(items) }
    let isSingle = request.paths.count == (request.hasValue ? 2 : 1)
    switch request.kind {
    case .hessian: return ("hessian", hessian(items))
    case .gradient where !isSingle: return ("gradient", .object(keys: names, items[...]))
    case .order where !isSingle: return ("derivatives", .object(keys: names, items[...]))
    case .gradient, .order, .mixed: return ("derivative", items[0])
    }
  }

  /// The same for a list of outputs: an array with an element for each.
  private func arrangedByOutput(_ items: [JSON]) -> (key: String, value: JSON) {
    switch request.kind {
    case .gradient: ("jacobian", .jacobian(items, names, rows: formulas.count))
    case .order: ("derivatives", .jacobian(items, names, rows: formulas.count))
    case .mixed, .hessian: ("derivative", .array(items))
    }
  }

  private func hessian(_ items: [JSON]) -> JSON {
    var rows = Array(
      repeating: Array(repeating: JSON.null, count: names.count), count: names.count)
    var next = 0
    for row in names.indices {
      for column in row..<names.count {
        (rows[row][column], rows[column][row]) = (items[next], items[next])
        next += 1
      }
    }
    return .object(
      zip(names, rows).map { (key: $0, value: JSON.object(keys: names, $1[...])) })
  }
}
