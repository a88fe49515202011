// What `diff` prints: formulas as lines that read back, as equations, as a table or a matrix.
import CommandLine
import Text
import Calculus
import Language
import Reporting

/// The answer to one request, to be put into any format.
struct DiffReport {
  let request: DiffRequest
  /// The formulas of each output.
  let formulas: [Formulas]
  let values: [FormulaValues]
  /// Which formulas do not exist.
  let missing: [Explanation]

  /// A derivative: of which output, in which variables.
  private typealias Derivative = (output: Int, path: [Int])

  /// All derivatives, in the order of the formulas.
  private var derivatives: [Derivative] {
    formulas.indices.flatMap { output in request.paths.map { (output, $0) } }
  }

  /// The formulas in a style, and the subexpressions that are defined before them.
  func listing(_ notation: DerivativeNotation) -> SharedListing {
    let joined = formulas.count == 1 ? formulas[0] : Formulas(joining: formulas)
    let formulas = formulas.count > 1 && request.form == .shared ? joined.sharingParts() : joined
    let names = notation.names
    if request.form == .shared {
      return SharedListing(
        formulas.graph, roots: formulas.roots, style: notation.style,
        isTaken: request.variables.contains,
        display: notation.symbol
      ) { names[$0] }
    }
    let printer = FormulaPrinter(
      formulas.graph, style: notation.style, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: request.variables.contains)
    ) { names[$0] }
    return SharedListing(definitions: [], results: formulas.roots.map { printer.text($0) })
  }

  func notation(_ style: FormulaStyle) -> DerivativeNotation {
    DerivativeNotation(request.variables, style: style)
  }

  /// What the function, or the output of a list, is called.
  private func function(_ output: Int, _ notation: DerivativeNotation) -> String {
    request.outputs.map { notation.symbol($0[output]) } ?? notation.function
  }

  // MARK: Text

  /// A single formula alone on its line, several behind their keys; definitions before them.
  func text(for terminal: Terminal) -> String {
    let notation = notation(.plain)
    let listing = listing(notation)
    var text = Self.lines(listing.definitions)
    for ((output, path), formula) in zip(derivatives, listing.results) {
      if let outputs = request.outputs {
        text += "\(outputs[output]),\(notation.key(path)): \(formula)\n"
      } else {
        text += request.paths.count == 1 ? formula + "\n" : "\(notation.key(path)): \(formula)\n"
      }
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

  /// `∂f/∂x₁ = …`, a line for each; in LaTeX the gradients of a list are one matrix.
  ///
  /// - Parameter isAmongTables: whether LaTeX's tables come before or after, so that these are
  ///   displays in its text.
  func equations(_ style: FormulaStyle, _ terminal: Terminal, isAmongTables: Bool) -> String {
    let notation = notation(style)
    let listing = listing(notation)
    var equations = listing.definitions.map { (name: $0.name, formula: $0.formula) }
    if let outputs = request.outputs, style == .latex, case .gradient = request.kind {
      let name = notation.jacobian(request.active, of: outputs.stem)
      equations.append((name, matrix(listing.results)))
    } else {
      for ((output, path), formula) in zip(derivatives, listing.results) {
        let name = notation.operator(path, of: function(output, notation))
        equations.append((name, formula))
      }
    }
    let table = valueTable()
    let isDisplayed = style == .latex && (isAmongTables || table != nil)
    let lines = equations.map { "\($0.name) = \($0.formula)\n" }.joined()
    let text =
      style == .latex && equations.count > 1
      ? Self.aligned(equations) : isDisplayed ? "\\[\n\(lines)\\]\n" : lines
    guard let table else { return text }
    return text + "\n"
      + (style == .latex
        ? table.latex(numbers: request.numbers)
        : table.text(width: terminal.width, numbers: request.numbers))
  }

  /// Several equations in one display, aligned at their equality signs.
  private static func aligned(_ equations: [(name: String, formula: String)]) -> String {
    let lines = equations.map { "\($0.name) &= \($0.formula)" }
    return "\\begin{align*}\n" + lines.joined(separator: " \\\\\n") + "\n\\end{align*}\n"
  }

  private static func lines(_ definitions: [SharedListing.Definition]) -> String {
    definitions.map { "\($0.name) = \($0.formula)\n" }.joined()
  }

  /// A matrix that needs no package, a row for each output.
  private func matrix(_ formulas: [String]) -> String {
    let rows = formulas.rows(self.formulas.count).map { $0.joined(separator: " & ") }
    let columns = String(repeating: "c", count: request.paths.count)
    return "\\left( \\begin{array}{\(columns)}\n" + rows.joined(separator: " \\\\\n")
      + "\n\\end{array} \\right)"
  }

  func markdown() -> String {
    let values = valueTable().map { $0.markdown(numbers: request.numbers) }
    return (formulaTables(.plain).map { $0.markdown() } + [values].compactMap { $0 })
      .joined(separator: "\n")
  }

  /// A page with the derivations, which fold, and the formulas behind them.
  func html(_ derivation: String) -> String {
    let values = valueTable().map { $0.html(numbers: request.numbers) } ?? ""
    return HTMLDocument.text(
      title: "Derivatives of \(request.expression.text)",
      body: derivation + formulaTables(.unicode).map { $0.html() }.joined() + values)
  }

  /// The formulas by their names; of a list what they have in common, and a matrix.
  private func formulaTables(_ style: FormulaStyle) -> [Table] {
    let notation = notation(style)
    let listing = listing(notation)
    let isList = request.outputs != nil
    var table = Table(columns: [
      Table.Column(isList ? "name" : "derivative"), Table.Column("formula"),
    ])
    for definition in listing.definitions {
      table.append([.text(definition.name), .text(definition.formula)])
    }
    guard let outputs = request.outputs else {
      for (path, formula) in zip(request.paths, listing.results) {
        table.append([.text(notation.operator(path)), .text(formula)])
      }
      return [table]
    }
    let cells = listing.results.map { Table.Cell.text($0) }
    let matrix = matrixTable(outputs, cells, alignment: .leading, notation)
    return (table.rows.isEmpty ? [] : [table]) + [matrix]
  }

  /// A row for each output, a column for each derivative.
  private func matrixTable(
    _ outputs: OutputNames, _ cells: [Table.Cell], alignment: Table.Alignment,
    _ notation: DerivativeNotation
  ) -> Table {
    var table = Table(
      columns: [Table.Column(isForTerminal ? .empty : "output")]
        + request.paths.map {
          Table.Column(.text(notation.operator($0)), alignment: alignment)
        })
    for (output, row) in cells.rows(formulas.count).enumerated() {
      table.append([.text(outputs[output])] + row)
    }
    return table
  }

  private var isForTerminal: Bool { request.format == .text || request.format == .unicode }

  // MARK: Values

  /// The values of the derivatives: a list or a matrix at one point, a row for each of several.
  private func valueTable() -> Table? {
    guard let first = values.first else { return nil }
    let notation = notation(.plain)
    if values.count == 1, let outputs = request.outputs {
      return matrixTable(
        outputs, first.values.map { .number($0) }, alignment: .decimal, notation)
    }
    let names = derivatives.map { output, path in
      notation.operator(path, of: request.outputs?[output] ?? "")
    }
    guard values.count > 1 else {
      var table = Table(columns: [
        Table.Column(isForTerminal ? .empty : "derivative"),
        Table.Column(isForTerminal ? .empty : "value", alignment: .decimal),
      ])
      for (name, value) in zip(names, first.values) { table.append([.text(name), .number(value)]) }
      return table
    }
    var table = Table(
      columns: (first.point.names + names).map { Table.Column(.text($0), alignment: .decimal) },
      keyCount: first.point.names.count)
    for value in values { table.append((value.point.values + value.values).map { .number($0) }) }
    return table
  }
}
