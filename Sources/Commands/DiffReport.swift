// What `diff` prints: formulas as lines that read back, as equations, as a table, as JSON.
import Calculus
import Reporting
import Session

/// The answer to one request, to be put into any format.
struct DiffReport {
  let request: DiffRequest
  let formulas: Formulas
  let values: [FormulaValues]

  private var isSingle: Bool { request.paths.count == 1 }

  /// The formulas in a style, and the subexpressions that are defined before them.
  private func listing(_ notation: DerivativeNotation) -> SharedListing {
    let names = notation.names
    if request.form == .shared {
      return SharedListing(
        formulas.graph, roots: formulas.roots, style: notation.style,
        isTaken: request.function.variables.contains,
        display: { notation.style == .plain ? $0 : subscripted($0, notation.style) }
      ) { names[$0] }
    }
    let printer = FormulaPrinter(
      formulas.graph, style: notation.style, product: .quiet,
      namesConstants: !["pi", "π", "e"].contains(where: request.function.variables.contains)
    ) { names[$0] }
    return SharedListing(definitions: [], results: formulas.roots.map { printer.text($0) })
  }

  private func subscripted(_ name: String, _ style: FormulaStyle) -> String {
    style == .latex ? LaTeXName.text(name) : DerivativeNotation.lowered(name)
  }

  private func notation(_ style: FormulaStyle) -> DerivativeNotation {
    DerivativeNotation(request.function.variables, style: style)
  }

  // MARK: Text

  /// A single formula alone on its line, several behind their keys; definitions before them.
  func text(for terminal: Terminal) -> String {
    let notation = notation(.plain)
    let listing = listing(notation)
    var text = listing.definitions.map { "\($0.name) = \($0.formula)\n" }.joined()
    for (path, formula) in zip(request.paths, listing.results) {
      text += isSingle ? formula + "\n" : "\(notation.key(path)): \(formula)\n"
    }
    let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: request.color))
    if let table = valueTable() {
      text +=
        "\n"
        + table.text(
          width: terminal.width, unicode: terminal.usesUnicode, style: style,
          numbers: request.numbers)
    }
    return text
  }

  /// `∂f/∂x₁ = …`, a line for each.
  func equations(_ style: FormulaStyle, _ terminal: Terminal) -> String {
    let notation = notation(style)
    let listing = listing(notation)
    var text = listing.definitions.map { "\($0.name) = \($0.formula)\n" }.joined()
    for (path, formula) in zip(request.paths, listing.results) {
      text += "\(notation.operator(path, of: notation.function)) = \(formula)\n"
    }
    guard let table = valueTable() else { return text }
    return text + "\n"
      + (style == .latex
        ? table.latex(numbers: request.numbers)
        : table.text(width: terminal.width, numbers: request.numbers))
  }

  func markdown() -> String {
    let notation = notation(.plain)
    let listing = listing(notation)
    var table = Table(columns: [Table.Column("derivative"), Table.Column("formula")])
    for definition in listing.definitions {
      table.append([.text(definition.name), .text(definition.formula)])
    }
    for (path, formula) in zip(request.paths, listing.results) {
      table.append([.text(notation.operator(path)), .text(formula)])
    }
    let values = valueTable().map { "\n" + $0.markdown(numbers: request.numbers) } ?? ""
    return table.markdown() + values
  }

  // MARK: Values

  /// The values of the derivatives: a list at one point, a row for each of several.
  private func valueTable() -> Table? {
    guard let first = values.first else { return nil }
    let notation = notation(.plain)
    let names = request.paths.map { notation.operator($0) }
    guard values.count > 1 else {
      let isText = request.format == .text || request.format == .unicode
      var table = Table(columns: [
        Table.Column(isText ? .empty : "derivative"),
        Table.Column(isText ? .empty : "value", alignment: .decimal),
      ])
      for (name, value) in zip(names, first.values) { table.append([.text(name), .number(value)]) }
      return table
    }
    var table = Table(
      columns: (first.point.names + names).map { Table.Column(.text($0), alignment: .decimal) })
    for value in values { table.append((value.point.values + value.values).map { .number($0) }) }
    return table
  }

  // MARK: JSON

  var json: JSON {
    let notation = notation(.plain)
    let listing = listing(notation)
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(request.function.expression.text)),
      ("wrt", .array(request.active.map { .string(request.function.variables[$0]) })),
    ]
    if request.form != .simplified { members.append(("form", .string(request.form.rawValue))) }
    if case .order(let order) = request.kind { members.append(("order", .integer(order))) }
    if request.form == .shared {
      let definitions = listing.definitions.map { (key: $0.name, value: JSON.string($0.formula)) }
      members.append(("definitions", .object(definitions)))
    }
    members.append(arranged(listing.results.map { .string($0) }, isValue: false))
    if !values.isEmpty {
      members.append(
        (
          "points",
          .array(
            values.map { point in
              .object([
                ("point", point.point.json),
                arranged(point.values.map { .number($0) }, isValue: true),
              ])
            })
        ))
    }
    let notes = request.notes + values.flatMap(\.explanations)
    if !values.isEmpty || !notes.isEmpty {
      members.append(("notes", .array(notes.map(\.json))))
    }
    return .object(members)
  }

  /// What belongs to each derivative, as one member in the shape that fits them.
  private func arranged(_ items: [JSON], isValue: Bool) -> (key: String, value: JSON) {
    let names = request.active.map { request.function.variables[$0] }
    switch request.kind {
    case .hessian:
      var rows = Array(
        repeating: Array(repeating: JSON.null, count: names.count), count: names.count)
      var next = 0
      for row in names.indices {
        for column in row..<names.count {
          (rows[row][column], rows[column][row]) = (items[next], items[next])
          next += 1
        }
      }
      let objects = zip(names, rows).map { name, row in
        (key: name, value: JSON.object(Array(zip(names, row)).map { (key: $0, value: $1) }))
      }
      return ("hessian", .object(objects))
    case .gradient where !isSingle, .order where !isSingle:
      let key = if case .gradient = request.kind { "gradient" } else { "derivatives" }
      return (key, .object(zip(names, items).map { (key: $0, value: $1) }))
    case .gradient, .order, .mixed: return ("derivative", items[0])
    }
  }
}
