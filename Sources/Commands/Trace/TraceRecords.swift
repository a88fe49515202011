// A trace for programs: CSV with one row a quantity, and JSON.
import Calculus
import Language
import Reporting

/// A trace of one computation at one point, quantity by quantity in plain notation.
struct TraceRecords {
  let calculation: Calculation
  let computation: Computation
  let point: Point
  let notation: TraceNotation
  let explanations: [Explanation]

  /// A named quantity with its formula; the seeds and inputs have the user's name for one.
  struct Record {
    let name: String
    let formula: String
    let value: Double
    /// The names that the user's definitions give to it.
    var names: [String] = []
  }

  private let run: TraceRun
  private let names: [Slot: [String]]

  private var tape: Tape { computation.tape }

  init(
    _ calculation: Calculation, _ computation: Computation, _ point: Point,
    _ explanations: [Explanation]
  ) {
    self.calculation = calculation
    self.computation = computation
    self.point = point
    self.explanations = explanations
    notation = TraceNotation(
      tape: computation.tape, variables: computation.variables, style: .plain)
    run = TraceRun(computation, point.values, notation)
    names = computation.names()
  }

  // MARK: CSV

  /// The traces at all points, one after the other; the user's own names come in a last column
  /// where there are any.
  static func table(_ records: [TraceRecords], _ mode: TraceMode) -> Table {
    let hasNames = records.contains { !$0.names.isEmpty }
    let columns =
      ["section", "name", "formula", "partial", "value"] + (hasNames ? ["assigned"] : [])
    var table = Table(columns: columns.map { Table.Column(.text($0)) })
    for row in records.flatMap({ $0.rows(mode) }) {
      table.append(Array((row + [.empty]).prefix(columns.count)))
    }
    return table
  }

  /// One row for each quantity: the section is `primal`, `tangent` with its seed, or `adjoint`.
  private func rows(_ mode: TraceMode) -> [[Table.Cell]] {
    let place = calculation.points.count > 1 ? " at \(Calculation.text(of: point))" : ""
    let primal = primals.map { row("primal" + place, $0) }
    switch mode {
    case .forward:
      let tangents = seeds.flatMap { seeds in
        let section = "tangent \(Self.text(of: seeds, computation))" + place
        return self.tangents(seeds).map { row(section, $0) }
      }
      return primal + tangents
    case .reverse:
      let adjoints = adjoints.map { adjoint -> [Table.Cell] in
        [
          .text("adjoint" + place), .text(adjoint.name), .text(adjoint.formula),
          adjoint.contribution.map { .number($0.partialValue) } ?? .empty, .number(adjoint.value),
        ]
      }
      return primal + adjoints
    }
  }

  private func row(_ section: String, _ record: Record) -> [Table.Cell] {
    [
      .text(section), .text(record.name), .text(record.formula), .empty, .number(record.value),
    ] + (record.names.isEmpty ? [] : [.text(record.names.joined(separator: ", "))])
  }

  private static func text(of seeds: [Double], _ computation: Computation) -> String {
    zip(computation.variables, seeds).filter { $0.1 != 0 }
      .map { "\($0)'=\(shortest($1))" }.joined(separator: " ")
  }

  // MARK: JSON

  func json(_ mode: TraceMode) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(calculation.expression.text)), ("mode", .string(mode.rawValue)),
      ("point", point.json), ("primals", .array(primals.map(json))),
    ]
    switch mode {
    case .forward:
      let tangents = seeds.map { seeds in
        JSON.object([
          ("seed", Point(names: computation.variables, values: seeds).json),
          ("rows", .array(self.tangents(seeds).map(json))),
        ])
      }
      members.append(("tangents", .array(tangents)))
    case .reverse:
      members.append(("adjoints", .array(adjoints.map(json))))
    }
    members.append(("notes", .array(explanations.map(\.json))))
    return .object(members)
  }

  private func json(_ record: Record) -> JSON {
    .object(
      [
        ("name", .string(record.name)), ("formula", .string(record.formula)),
        ("value", .number(record.value)),
      ]
        + (record.names.isEmpty ? [] : [("assigned", .array(record.names.map { .string($0) }))]))
  }

  private func json(_ adjoint: Adjoint) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("name", .string(adjoint.name)), ("formula", .string(adjoint.formula)),
    ]
    if let contribution = adjoint.contribution {
      members.append(("from", .string(notation.adjoint(contribution.user))))
      members.append(("partial", .number(contribution.partialValue)))
    }
    return .object(members + [("value", .number(adjoint.value))])
  }

  // MARK: Quantities

  /// A row of the adjoint trace; the seed and the variables' own rows are no contributions.
  private struct Adjoint {
    let name: String
    let formula: String
    let contribution: TraceRun.Adjoint?
    let value: Double
  }

  private var adjoints: [Adjoint] {
    let tables = TraceTables(calculation, computation, point, .plain)
    let trace = run.adjoints()
    var sums: [Slot: Double] = [tape.output: 1]
    let contributions = trace.map { row in
      sums[row.slot] = row.value
      return Adjoint(
        name: notation.adjoint(row.slot), formula: tables.accumulated(row), contribution: row,
        value: row.value)
    }
    let variables = calculation.activeVariables(of: computation).reversed().map { index in
      Adjoint(
        name: notation.variableAdjoint(index), formula: notation.adjoint(index),
        contribution: nil, value: sums[index] ?? 0)
    }
    guard tables.outputIsNamed else { return variables }
    let seed = Adjoint(
      name: notation.adjoint(tape.output), formula: notation.outputAdjoint, contribution: nil,
      value: 1)
    return [seed] + contributions + variables
  }

  private var seeds: [[Double]] { calculation.directions(of: computation).map(\.seeds) }

  private var primals: [Record] {
    let values = tape.slotValues(at: point.values)
    let inputs = computation.variables.enumerated().map { index, name in
      Record(
        name: notation.primal(index), formula: name, value: values[index],
        names: names[index] ?? [])
    }
    let operations = run.primals().map {
      Record(
        name: notation.primal($0.slot), formula: $0.formula, value: $0.value,
        names: names[$0.slot] ?? [])
    }
    return inputs + operations + [result(notation.output, notation.primal, values[tape.output])]
  }

  private func tangents(_ seeds: [Double]) -> [Record] {
    let inputs = computation.variables.indices.map { index in
      Record(
        name: notation.tangent(index), formula: notation.variableTangent(index),
        value: seeds[index])
    }
    let operations = run.tangents(seeds).map {
      Record(name: notation.tangent($0.slot), formula: $0.formula, value: $0.value)
    }
    let last = (inputs + operations).last?.value ?? 0
    let value = tape.output < inputs.count ? seeds[tape.output] : operations.isEmpty ? 0 : last
    return inputs + operations + [result(notation.outputTangent, notation.tangent, value)]
  }

  /// The row that names the result.
  private func result(_ name: String, _ slot: (Slot) -> String, _ value: Double) -> Record {
    let tables = TraceTables(calculation, computation, point, .plain)
    return Record(name: name, formula: tables.outputName(slot), value: value)
  }
}
