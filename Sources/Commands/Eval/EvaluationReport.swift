// What `eval` prints: one point as a list, many as a table, engines side by side.
import CommandLine
import Text
import Calculus
import Language
import Reporting

/// The evaluations of one command line, to be put into any format.
struct EvaluationReport {
  let calculation: Calculation
  let modes: [Mode]
  let evaluations: [Evaluation]

  func text(for terminal: Terminal) -> String {
    let style = TextStyle(
      isEnabled: terminal.allowsColor(for: .output, option: calculation.color))
    let blocks = tables(terminal).map { table in
      switch calculation.format {
      case .text, .json:
        table.text(
          width: terminal.width, unicode: terminal.usesUnicode, style: style,
          numbers: calculation.numbers)
      case .markdown: table.markdown(numbers: calculation.numbers)
      case .latex: table.latex(numbers: calculation.numbers)
      case .csv: table.csv()
      }
    }
    return blocks.joined(separator: "\n")
  }

  private func tables(_ terminal: Terminal) -> [Table] {
    if evaluations.count > 1 || calculation.format == .csv { return [pointTable(terminal)] }
    let first = evaluations[0]
    let hessian =
      first.hessians.indices.map { hessianTable(first, $0) }
      + (first.products.isEmpty ? [] : [productTable(first)])
    if calculation.expression.isList, modes.count == 1, modes[0] != .numerical {
      return [jacobianTable(first)] + hessian
    }
    let watched = first.watched.map { [watchTable($0)] } ?? []
    if modes.count == 1 { return [listTable(first)] + hessian + watched }
    let details = first.names.isEmpty ? [] : [disagreementTable(first), quotientTable(first)]
    return [comparisonTable(first)] + hessian + details + watched
  }

  // MARK: One point

  /// The value and the derivatives below each other; in numerical mode with step and error
  /// estimate.
  private func listTable(_ evaluation: Evaluation) -> Table {
    let result = evaluation.results[0]
    let isNumerical = result.mode == .numerical
    var columns = [Table.Column(.empty), Table.Column(.empty, alignment: .decimal)]
    if isNumerical {
      columns =
        [Table.Column("quantity"), Table.Column("numerical", alignment: .decimal)]
        + quotientColumns
    } else if calculation.format != .text {
      columns = [Table.Column("quantity"), Table.Column("value", alignment: .decimal)]
    }
    var table = Table(columns: columns)
    for (name, value) in zip(evaluation.valueNames, result.values) {
      table.append([.text(name), .number(value)] + (isNumerical ? [.empty, .empty, "1"] : []))
    }
    for (index, name) in evaluation.names.enumerated() {
      let quotient = isNumerical ? cells(result.quotients[index]) : []
      table.append([.text(name), .number(result.derivatives[index])] + quotient)
    }
    if isNumerical { table.append(["cost", .text(result.cost.wording)]) }
    return table
  }

  /// A row for each output of a list, with its value and its derivatives.
  private func jacobianTable(_ evaluation: Evaluation) -> Table {
    let result = evaluation.results[0]
    let derivatives =
      calculation.direction == nil ? gradientNames.map { "d/d\($0)" } : ["derivative"]
    var table = Table(
      columns: [Table.Column(calculation.format == .text ? .empty : "output")]
        + (["value"] + derivatives).map { Table.Column(.text($0), alignment: .decimal) })
    let rows = result.derivatives.rows(result.values.count)
    for (name, (value, row)) in zip(evaluation.valueNames, zip(result.values, rows)) {
      table.append([.text(name), .number(value)] + row.map { .number($0) })
    }
    return table
  }

  /// A column for each engine.
  private func comparisonTable(_ evaluation: Evaluation) -> Table {
    let columns = evaluation.results.map {
      Table.Column(.text($0.mode.rawValue), alignment: .decimal)
    }
    var table = Table(columns: [Table.Column("quantity")] + columns)
    for (index, name) in evaluation.valueNames.enumerated() {
      table.append([.text(name)] + evaluation.results.map { .number($0.values[index]) })
    }
    for (index, name) in evaluation.names.enumerated() {
      table.append([.text(name)] + evaluation.results.map { .number($0.derivatives[index]) })
    }
    table.append(["cost"] + evaluation.results.map { .text($0.cost.wording) })
    return table
  }

  /// The differences of every other engine from reverse mode.
  private func disagreementTable(_ evaluation: Evaluation) -> Table {
    var table = Table(columns: [
      Table.Column("against reverse"), Table.Column("largest disagreement", alignment: .decimal),
      Table.Column("relative", alignment: .decimal), Table.Column("in"),
    ])
    guard let reference = evaluation.results.first(where: { $0.mode == .reverse }) else {
      return table
    }
    let brief = NumberFormat(digits: 3)
    for result in evaluation.results where result.mode != .reverse {
      guard let largest = evaluation.disagreement(result, reference) else { continue }
      table.append([
        .text(result.mode.rawValue), .text(brief.text(largest.size)),
        .text(brief.text(largest.relative)), .text(largest.size == 0 ? "" : largest.name),
      ])
    }
    return table
  }

  /// Formula, step and cost of each derivative in numerical mode.
  private func quotientTable(_ evaluation: Evaluation) -> Table {
    var table = Table(columns: [Table.Column("numerical")] + quotientColumns)
    for result in evaluation.results where result.mode == .numerical {
      for (name, quotient) in zip(evaluation.names, result.quotients) {
        table.append([.text(name)] + cells(quotient))
      }
    }
    return table
  }

  private var quotientColumns: [Table.Column] {
    [
      Table.Column("formula"), Table.Column("step", alignment: .decimal),
      Table.Column("evaluations", alignment: .trailing),
    ] + (estimatesErrors ? [Table.Column("error estimate", alignment: .decimal)] : [])
  }

  private func cells(_ quotient: DifferenceQuotient) -> [Table.Cell] {
    let error = quotient.errorEstimate.map { [errorCell($0)] } ?? []
    return [
      .text(quotient.formula.name), .number(quotient.step), .text("\(quotient.evaluations)"),
    ] + error
  }

  /// An error estimate has at most two meaningful digits.
  private func errorCell(_ estimate: Double) -> Table.Cell {
    .text(NumberFormat(digits: 2).text(estimate))
  }

  /// Whether numerical mode says how far its derivatives may be off.
  private var estimatesErrors: Bool {
    evaluations[0].results.contains { $0.quotients.contains { $0.errorEstimate != nil } }
  }

  /// A row for each assignment, in the order in which they happen.
  private func watchTable(_ assignments: [WatchedAssignment]) -> Table {
    let names = calculation.direction == nil ? tangentNames.map { "d/d\($0)" } : ["tangent"]
    let tangents = names.map { Table.Column(.text($0), alignment: .decimal) }
    var table = Table(
      columns: [
        Table.Column("assignment"), Table.Column("place"),
        Table.Column("value", alignment: .decimal),
      ] + tangents + [Table.Column("adjoint", alignment: .decimal)])
    for assignment in assignments {
      let numbers = [assignment.value] + assignment.tangents + [assignment.adjoint]
      table.append(
        [.text("\(assignment.name) (\(assignment.occurrence))"), .text(assignment.place)]
          + numbers.map { .number($0) })
    }
    return table
  }

  /// The variables that an assignment has tangents in.
  var tangentNames: [String] {
    gradientNames.filter(evaluations[0].point.names.contains)
  }

  private func hessianTable(_ evaluation: Evaluation, _ output: Int) -> Table {
    let names = gradientNames
    let isList = calculation.expression.isList
    var table = Table(
      title: "second derivatives\(isList ? " of \(evaluation.valueNames[output])" : "")",
      columns: [Table.Column(.empty)]
        + names.map { Table.Column(.text($0), alignment: .decimal) })
    for (name, row) in zip(names, evaluation.hessians[output]) {
      table.append([.text(name)] + row.map { .number($0) })
    }
    return table
  }

  /// A column for each output, with the product of its second derivatives and the direction.
  private func productTable(_ evaluation: Evaluation) -> Table {
    let outputs = calculation.expression.isList ? evaluation.valueNames : ["product"]
    var table = Table(
      title: "second derivatives times direction",
      columns: [Table.Column(.empty)]
        + outputs.map { Table.Column(.text($0), alignment: .decimal) })
    for (index, name) in gradientNames.enumerated() {
      table.append([.text(name)] + evaluation.products.map { .number($0[index]) })
    }
    return table
  }

  // MARK: Many points

  /// A row for each point and engine.
  private func pointTable(_ terminal: Terminal) -> Table {
    let isComparison = modes.count > 1
    let names = evaluations[0].names
    var columns = evaluations[0].point.names.map { Table.Column(.text($0), alignment: .decimal) }
    if isComparison { columns.append(Table.Column("mode")) }
    columns += (evaluations[0].valueNames + names).map {
      Table.Column(.text($0), alignment: .decimal)
    }
    for output in evaluations[0].hessians.indices {
      let function = calculation.expression.isList ? evaluations[0].valueNames[output] : ""
      columns += upperTriangle.map { row, column in
        let name = Evaluation.secondName(gradientNames[row], gradientNames[column], of: function)
        return Table.Column(.text(terminal.inItsCharacters(name)), alignment: .decimal)
      }
    }
    for output in evaluations[0].products.indices {
      let function = calculation.expression.isList ? evaluations[0].valueNames[output] : ""
      columns += gradientNames.map {
        Table.Column(.text(Evaluation.productName($0, of: function)), alignment: .decimal)
      }
    }
    if modes.contains(.numerical) {
      columns += names.flatMap { name in
        [
          Table.Column(.text("\(name) formula")),
          Table.Column(.text("\(name) step"), alignment: .decimal),
        ] + (estimatesErrors ? [Table.Column(.text("\(name) error"))] : [])
      }
    }
    var table = Table(
      columns: columns, keyCount: evaluations[0].point.names.count + (isComparison ? 1 : 0))
    for evaluation in evaluations {
      for result in evaluation.results { table.append(row(evaluation, result)) }
    }
    return table
  }

  private func row(_ evaluation: Evaluation, _ result: EngineResult) -> [Table.Cell] {
    var row: [Table.Cell] = evaluation.point.values.map { .number($0) }
    if modes.count > 1 { row.append(.text(result.mode.rawValue)) }
    row += (result.values + result.derivatives).map { .number($0) }
    row += evaluation.products.flatMap { $0.map { .number($0) } }
    for hessian in evaluation.hessians {
      row += upperTriangle.map { .number(hessian[$0][$1]) }
    }
    return row
      + result.quotients.flatMap { quotient -> [Table.Cell] in
        let error = quotient.errorEstimate.map { [Table.Cell.number($0)] } ?? []
        return [.text(quotient.formula.name), .number(quotient.step)] + error
      }
  }

  /// The variables that derivatives are taken in.
  var gradientNames: [String] {
    let names = evaluations[0].point.names
    return calculation.active.map { active in
      names.filter(active.contains) + active.filter { !names.contains($0) }
    } ?? names
  }

  private var upperTriangle: [(Int, Int)] {
    let count = gradientNames.count
    return (0..<count).flatMap { row in (row..<count).map { (row, $0) } }
  }
}

extension Gradient.Cost {
  /// `1 sweep`, `4+1 evaluations`: for the derivatives, and for the value.
  var wording: String {
    switch self {
    case .forwardSweeps(let count), .reverseSweeps(let count):
      "\(count) sweep\(count == 1 ? "" : "s")"
    case .operations(let count): "\(count) operation\(count == 1 ? "" : "s")"
    case .evaluations(let count, let forValue): "\(count)+\(forValue) evaluations"
    }
  }
}
