// What `eval` prints: one point as a list, many as a table, engines side by side.
import Calculus
import Reporting
import Session

/// The evaluations of one command line, to be put into any format.
struct EvaluationReport {
  let calculation: Calculation
  let modes: [Mode]
  let evaluations: [Evaluation]

  func text(for terminal: Terminal) -> String {
    let style = TextStyle(
      isEnabled: terminal.allowsColor(for: .output, option: calculation.color))
    let blocks = tables.map { table in
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
    let text = blocks.joined(separator: "\n")
    guard calculation.format == .text, let remarks else { return text }
    return text + "\n" + remarks + "\n"
  }

  private var tables: [Table] {
    if evaluations.count > 1 || calculation.format == .csv { return [pointTable] }
    let first = evaluations[0]
    let list = modes.count > 1 ? comparisonTable(first) : listTable(first)
    return [list] + (first.hessian.map { [hessianTable($0)] } ?? [])
  }

  // MARK: One point

  /// The value and the derivatives below each other; in numerical mode with how they came about.
  private func listTable(_ evaluation: Evaluation) -> Table {
    let result = evaluation.results[0]
    let isNumerical = result.mode == .numerical
    var columns = [Table.Column(.empty), Table.Column(.empty, alignment: .decimal)]
    if isNumerical {
      columns = [
        Table.Column("quantity"), Table.Column("numerical", alignment: .decimal),
        Table.Column("formula"), Table.Column("step", alignment: .decimal),
        Table.Column("evaluations", alignment: .trailing),
      ]
    } else if calculation.format != .text {
      columns = [Table.Column("quantity"), Table.Column("value", alignment: .decimal)]
    }
    var table = Table(columns: columns)
    table.append(["value", .number(result.value)] + (isNumerical ? [.empty, .empty, "1"] : []))
    for (index, name) in evaluation.names.enumerated() {
      var row: [Table.Cell] = [.text(label(name)), .number(result.derivatives[index])]
      if isNumerical {
        let quotient = result.quotients[index]
        row += [
          .text(quotient.formula.label), .number(quotient.step), .text("\(quotient.evaluations)"),
        ]
      }
      table.append(row)
    }
    return table
  }

  /// A column for each engine.
  private func comparisonTable(_ evaluation: Evaluation) -> Table {
    let columns = evaluation.results.map {
      Table.Column(.text($0.mode.rawValue), alignment: .decimal)
    }
    var table = Table(columns: [Table.Column("quantity")] + columns)
    table.append(["value"] + evaluation.results.map { .number($0.value) })
    for (index, name) in evaluation.names.enumerated() {
      table.append([.text(label(name))] + evaluation.results.map { .number($0.derivatives[index]) })
    }
    table.append(["cost"] + evaluation.results.map { .text($0.cost.wording) })
    return table
  }

  /// Every other engine against reverse mode, and how the numerical one went about it.
  private var remarks: String? {
    guard modes.count > 1, evaluations.count == 1, !evaluations[0].names.isEmpty else { return nil }
    let evaluation = evaluations[0]
    let brief = NumberFormat(digits: 3)
    guard let reference = evaluation.results.first(where: { $0.mode == .reverse }) else {
      return nil
    }
    var lines = evaluation.results.filter { $0.mode != .reverse }.compactMap { result in
      evaluation.disagreement(result, reference).map {
        "largest disagreement of \(result.mode.rawValue) and reverse: "
          + ($0.size == 0 ? "none" : "\(brief.text($0.size)) in \(label($0.name))")
      }
    }
    for result in evaluation.results where result.mode == .numerical {
      for (name, quotient) in zip(evaluation.names, result.quotients) {
        lines.append(
          "numerical \(label(name)): \(quotient.formula.label) difference, "
            + "h = \(brief.text(quotient.step)), \(quotient.evaluations) evaluations")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func hessianTable(_ hessian: [[Double]]) -> Table {
    let names = hessianNames
    var table = Table(
      title: "second derivatives",
      columns: [Table.Column(.empty)]
        + names.map { Table.Column(.text($0), alignment: .decimal) })
    for (name, row) in zip(names, hessian) {
      table.append([.text(name)] + row.map { .number($0) })
    }
    return table
  }

  // MARK: Many points

  /// A row for each point and engine.
  private var pointTable: Table {
    let isComparison = modes.count > 1
    var columns = evaluations[0].point.names.map { Table.Column(.text($0), alignment: .decimal) }
    if isComparison { columns.append(Table.Column("mode")) }
    columns.append(Table.Column("value", alignment: .decimal))
    columns += evaluations[0].names.map { Table.Column(.text(label($0)), alignment: .decimal) }
    if evaluations[0].hessian != nil {
      columns += upperTriangle.map {
        Table.Column(
          .text(Evaluator.secondName(hessianNames[$0], hessianNames[$1])), alignment: .decimal)
      }
    }
    var table = Table(columns: columns)
    for evaluation in evaluations {
      for result in evaluation.results {
        var row: [Table.Cell] = evaluation.point.values.map { .number($0) }
        if isComparison { row.append(.text(result.mode.rawValue)) }
        row += ([result.value] + result.derivatives).map { .number($0) }
        if let hessian = evaluation.hessian {
          row += upperTriangle.map { .number(hessian[$0][$1]) }
        }
        table.append(row)
      }
    }
    return table
  }

  private var hessianNames: [String] {
    let names = evaluations[0].point.names
    return calculation.active.map { active in names.filter(active.contains) } ?? names
  }

  private var upperTriangle: [(Int, Int)] {
    let count = hessianNames.count
    return (0..<count).flatMap { row in (row..<count).map { (row, $0) } }
  }

  private func label(_ name: String) -> String {
    calculation.direction == nil ? name : "derivative"
  }
}

extension DifferenceFormula {
  /// What the output calls the formula.
  var label: String {
    switch self {
    case .forward: "forward"
    case .backward: "backward"
    case .central: "central"
    case .forwardThreePoint: "3-point forward"
    case .backwardThreePoint: "3-point backward"
    }
  }
}

extension Gradient.Cost {
  /// `1 reverse sweep`, `4 + 1 evaluations`
  var wording: String {
    switch self {
    case .forwardSweeps(let count): "\(count) sweep\(count == 1 ? "" : "s")"
    case .reverseSweeps(let count): "\(count) sweep\(count == 1 ? "" : "s")"
    case .evaluations(let count, let forValue): "\(count)+\(forValue) evaluations"
    }
  }
}
