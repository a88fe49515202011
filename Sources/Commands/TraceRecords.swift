// A trace for programs: CSV with one row a quantity, and JSON.
import Calculus
import Reporting
import Session

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
  }

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
  }

  // MARK: CSV

  /// The header of `rows(_:)`.
  static let columns = ["section", "name", "formula", "partial", "value"].map {
    Table.Column(.text($0))
  }

  /// One row for each quantity: the section is `primal`, `tangent` with its seed, or `adjoint`.
  func rows(_ mode: TraceMode) -> [[Table.Cell]] {
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
      let adjoints = tape.adjointTrace(at: point.values).map { contribution -> [Table.Cell] in
        [
          .text("adjoint" + place), .text(notation.adjoint(contribution.slot)),
          .text(formula(contribution)), .number(contribution.partialValue),
          .number(contribution.value),
        ]
      }
      return primal + adjoints
    }
  }

  private func row(_ section: String, _ record: Record) -> [Table.Cell] {
    [
      .text(section), .text(record.name), .text(record.formula), .empty, .number(record.value),
    ]
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
      let adjoints = tape.adjointTrace(at: point.values).map { contribution in
        JSON.object([
          ("name", .string(notation.adjoint(contribution.slot))),
          ("from", .string(notation.adjoint(contribution.user))),
          ("formula", .string(formula(contribution))),
          ("partial", .number(contribution.partialValue)), ("value", .number(contribution.value)),
        ])
      }
      members.append(("adjoints", .array(adjoints)))
    }
    members.append(("notes", .array(explanations.map(\.json))))
    return .object(members)
  }

  private func json(_ record: Record) -> JSON {
    .object([
      ("name", .string(record.name)), ("formula", .string(record.formula)),
      ("value", .number(record.value)),
    ])
  }

  // MARK: Quantities

  private var seeds: [[Double]] { calculation.directions(of: computation).map(\.seeds) }

  private var primals: [Record] {
    let values = tape.slotValues(at: point.values)
    let inputs = computation.variables.enumerated().map { index, name in
      Record(name: notation.primal(index), formula: name, value: values[index])
    }
    return inputs
      + tape.primalTrace(values).map {
        Record(name: notation.primal($0.slot), formula: text($0.formula), value: $0.value)
      }
  }

  private func tangents(_ seeds: [Double]) -> [Record] {
    let inputs = computation.variables.indices.map { index in
      Record(
        name: notation.tangent(index), formula: notation.variableTangent(index),
        value: seeds[index])
    }
    return inputs
      + tape.tangentTrace(at: point.values, seeds: seeds).map {
        Record(name: notation.tangent($0.slot), formula: text($0.formula), value: $0.value)
      }
  }

  private func formula(_ contribution: AdjointRow) -> String {
    TraceTables(calculation, computation, point, .plain).accumulated(contribution)
  }

  private func text(_ formula: TraceFormula?) -> String {
    formula?.text(.plain, name: notation.name) ?? ""
  }
}
