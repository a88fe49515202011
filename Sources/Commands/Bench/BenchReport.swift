// What `bench` prints: a row for each way to the gradient.
import Text
import Calculus
import Language
import Reporting

struct BenchReport {
  let calculation: Calculation
  let rows: [BenchRow]
  let usesUnicode: Bool

  /// For people: times with their units, and ratios to the function's.
  var table: Table {
    let isTimed = rows[0].seconds != nil
    let timed = [
      ("time", Table.Alignment.trailing), ("time/f", .decimal), ("low", .decimal),
      ("high", .decimal),
    ]
    let counted = [
      ("operations", Table.Alignment.trailing), ("operations/f", .decimal), ("memory", .trailing),
    ]
    var table = Table(
      columns: [Table.Column(.empty)]
        + ((isTimed ? timed : []) + counted).map { Table.Column(.text($0.0), alignment: $0.1) })
    for row in rows {
      let times: [Table.Cell] =
        isTimed
        ? [.text(duration(row.seconds ?? 0))]
          + [row.ratio, row.low, row.high].map { .number($0 ?? .nan) } : []
      table.append(
        [.text(row.name)] + times + [
          .text("\(row.effort.operations)"), .number(operationRatio(row)),
          .text(Self.size(row.effort.bytes)),
        ])
    }
    return table
  }

  /// For programs: seconds and bytes.
  var exactTable: Table {
    let names = [
      "engine", "seconds", "ratio", "low", "high", "operations", "operations ratio", "bytes",
    ]
    var table = Table(columns: names.map { Table.Column(.text($0)) })
    for row in rows {
      let times = [row.seconds, row.ratio, row.low, row.high]
      table.append(
        [.text(row.name)] + times.map { $0.map { .number($0) } ?? .empty } + [
          .text("\(row.effort.operations)"), .number(operationRatio(row)),
          .text("\(row.effort.bytes)"),
        ])
    }
    return table
  }

  var json: JSON {
    .object([
      ("expression", .string(calculation.expression.text)),
      ("point", calculation.points[0].json),
      (
        "engines",
        .array(
          rows.map { row in
            .object([
              ("name", .string(row.name)), ("seconds", number(row.seconds)),
              ("ratio", number(row.ratio)), ("low", number(row.low)), ("high", number(row.high)),
              ("operations", .integer(row.effort.operations)),
              ("operationRatio", number(operationRatio(row))),
              ("bytes", .integer(row.effort.bytes)),
            ])
          })
      ),
    ])
  }

  private func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }

  private func operationRatio(_ row: BenchRow) -> Double {
    Double(row.effort.operations) / Double(max(1, rows[0].effort.operations))
  }

  /// `47.1 µs`
  private func duration(_ seconds: Double) -> String {
    let units: [(String, Double)] = [
      ("s", 1), ("ms", 1e-3), (usesUnicode ? "µs" : "us", 1e-6), ("ns", 1e-9),
    ]
    let unit = units.first { seconds >= $0.1 } ?? ("ns", 1e-9)
    return "\(NumberFormat(digits: 3).text(seconds / unit.1)) \(unit.0)"
  }

  /// `1.5 KiB`
  private static func size(_ bytes: Int) -> String {
    let units: [(String, Double)] = [("GiB", 0x1p30), ("MiB", 0x1p20), ("KiB", 0x1p10)]
    guard let unit = units.first(where: { Double(bytes) >= $0.1 }) else { return "\(bytes) B" }
    return "\(NumberFormat(digits: 3).text(Double(bytes) / unit.1)) \(unit.0)"
  }
}
