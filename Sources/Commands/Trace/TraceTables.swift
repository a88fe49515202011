// The tables of a trace: primals, tangents beside them, adjoints in the order of the sweep.
import Calculus
import Language
import Reporting

/// A trace of one computation at one point, as tables for people.
struct TraceTables {
  let calculation: Calculation
  let computation: Computation
  let point: Point
  let notation: TraceNotation
  private let run: TraceRun
  /// The names that the user's definitions give to slots.
  private let names: [Slot: [String]]

  private var tape: Tape { computation.tape }

  init(
    _ calculation: Calculation, _ computation: Computation, _ point: Point, _ style: FormulaStyle
  ) {
    self.calculation = calculation
    self.computation = computation
    self.point = point
    notation = TraceNotation(
      tape: computation.tape, variables: computation.variables, style: style)
    run = TraceRun(computation, point.values, notation)
    names = computation.names()
  }

  // MARK: Forward mode

  /// One table for each seed: the primal trace with the tangents beside it.
  func forward() -> [Table] {
    let directions = calculation.directions(of: computation)
    guard !directions.isEmpty else { return [primal(title: nil)] }
    return directions.map { _, seeds in
      var table = Table(
        title: title(seeds),
        columns: [
          column("primal"), Table.Column("value", alignment: .decimal), column("tangent"),
          Table.Column("tangent value", alignment: .decimal),
        ] + nameColumn)
      if notation.style == .latex { table.latexTitle = latexTitle(seeds) }
      for (primal, tangent) in zip(primalRows, tangentRows(seeds)) {
        table.append(primal.cells + tangent + nameCell(primal.slot))
      }
      return table
    }
  }

  private func title(_ seeds: [Double]) -> String {
    let seeds = computation.variables.indices.filter { seeds[$0] != 0 }.map { index in
      "\(notation.variableTangent(index)) = \(calculation.numbers.text(seeds[index]))"
    }
    return "forward mode, seed \(seeds.joined(separator: ", "))" + placeOfPoint
  }

  private func latexTitle(_ seeds: [Double]) -> String {
    let numbers = calculation.numbers
    let seeds = computation.variables.indices.filter { seeds[$0] != 0 }.map { index in
      "$\(notation.variableTangent(index)) = \(numbers.latex(seeds[index]))$"
    }
    let place = zip(computation.variables.indices, point.values).map { index, value in
      "$\(notation.variable(index)) = \(numbers.latex(value))$"
    }
    return "forward mode, seed " + seeds.joined(separator: ", ")
      + (calculation.points.count > 1 ? ", at " + place.joined(separator: ", ") : "")
  }

  private var placeOfPoint: String {
    calculation.points.count > 1 ? ", at \(Calculation.text(of: point))" : ""
  }

  private var primalRows: [(slot: Slot?, cells: [Table.Cell])] {
    let values = tape.slotValues(at: point.values)
    var rows: [(slot: Slot?, cells: [Table.Cell])] = []
    for index in computation.variables.indices {
      rows.append(
        (index, row(notation.primal(index), notation.variable(index), values[index])))
    }
    for primal in run.primals() {
      rows.append((primal.slot, row(notation.primal(primal.slot), primal.formula, primal.value)))
    }
    rows.append((nil, row(notation.output, outputName(notation.primal), values[tape.output])))
    return rows
  }

  private func tangentRows(_ seeds: [Double]) -> [[Table.Cell]] {
    let inputs = computation.variables.indices.map { index in
      row(notation.tangent(index), notation.variableTangent(index), seeds[index])
    }
    let trace = run.tangents(seeds)
    let operations = trace.map { row(notation.tangent($0.slot), $0.formula, $0.value) }
    let result = trace.first { $0.slot == tape.output }?.value
    let value = result ?? (tape.output < seeds.count ? seeds[tape.output] : 0)
    return inputs + operations + [
      row(notation.outputTangent, outputName(notation.tangent), value)
    ]
  }

  /// The output's slot by `name`, or its value where it is a mere constant.
  func outputName(_ name: (Slot) -> String) -> String {
    if outputIsNamed { return name(tape.output) }
    let value = tape.value(at: point.values)
    return notation.style == .latex
      ? calculation.numbers.latex(value) : calculation.numbers.text(value)
  }

  /// Whether the output is more than a constant.
  var outputIsNamed: Bool {
    tape.operation(in: tape.output) != nil || tape.output < tape.variableCount
  }

  // MARK: Reverse mode

  /// The primal trace, then the adjoints.
  func reverse() -> [Table] {
    [primal(title: "primal trace" + placeOfPoint), adjoints()]
  }

  private func primal(title: String?) -> Table {
    Table(
      title: title,
      columns: [column("primal"), Table.Column("value", alignment: .decimal)] + nameColumn,
      rows: primalRows.map { $0.cells + nameCell($0.slot) })
  }

  /// The column of the user's own names, where there are any.
  private var nameColumn: [Table.Column] { names.isEmpty ? [] : [column("assigned to")] }

  /// The cell of that column for a slot; the result's own row has none.
  private func nameCell(_ slot: Slot?) -> [Table.Cell] {
    if names.isEmpty { return [] }
    return [slot.flatMap { names[$0] }.map { .text($0.joined(separator: ", ")) } ?? .empty]
  }

  private func adjoints() -> Table {
    var table = Table(
      title: "adjoint trace, in the order of the sweep",
      columns: [
        column("adjoint"), Table.Column("local partial", alignment: .decimal),
        Table.Column("value", alignment: .decimal),
      ])
    if outputIsNamed {
      let seed = "\(notation.adjoint(tape.output)) = \(notation.outputAdjoint)"
      table.append([.formula(seed), .empty, .number(1)])
    }
    var sums: [Slot: Double] = [tape.output: 1]
    for contribution in run.adjoints() {
      sums[contribution.slot] = contribution.value
      table.append([
        .formula(equations(contribution)), .number(contribution.partialValue),
        .number(contribution.value),
      ])
    }
    for index in calculation.activeVariables(of: computation).reversed() {
      let equation = "\(notation.variableAdjoint(index)) = \(notation.adjoint(index))"
      table.append([.formula(equation), .empty, .number(sums[index] ?? 0)])
    }
    return table
  }

  /// `v̄₋₁ = v̄₋₁ + v̄₁ × ∂v₁/∂v₋₁ = v̄₋₁ + v̄₁ / v₋₁`
  func equations(_ row: TraceRun.Adjoint) -> String {
    let adjoint = notation.adjoint(row.slot)
    let before = row.accumulates ? "\(adjoint) + " : ""
    let whole = "\(adjoint) = \(before)\(general(row))"
    return row.contribution == nil ? whole : "\(whole) = \(accumulated(row))"
  }

  /// `v̄₁ × ∂v₁/∂v₋₁`
  private func general(_ row: TraceRun.Adjoint) -> String {
    "\(notation.adjoint(row.user)) \(notation.times) \(notation.partial(row.user, row.slot))"
  }

  /// The right side with the partial written out; a leading minus becomes a difference.
  func accumulated(_ row: TraceRun.Adjoint) -> String {
    let contribution = row.contribution ?? general(row)
    guard row.accumulates else { return contribution }
    let adjoint = notation.adjoint(row.slot)
    if let sign = contribution.first, sign == "-" || sign == "−" {
      return "\(adjoint) \(sign) \(contribution.dropFirst())"
    }
    return "\(adjoint) + \(contribution)"
  }

  // MARK: Pieces

  private func column(_ header: String) -> Table.Column {
    Table.Column(.text(header), folds: true)
  }

  private func row(_ name: String, _ formula: String, _ value: Double) -> [Table.Cell] {
    [.formula("\(name) = \(formula)"), .number(value)]
  }
}
