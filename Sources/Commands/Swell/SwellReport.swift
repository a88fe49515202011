// What `swell` prints: one table for people and spreadsheets, and JSON.
import Text
import Calculus
import Reporting

struct SwellReport {
  let expression: String
  let variable: String
  let rows: [Swell]
  let isIterated: Bool

  /// - Parameter isExact: whether every digit of a size is wanted.
  func table(isExact: Bool) -> Table {
    let headers = [
      isIterated ? "iterate" : "order", "function tree", "function graph", "raw tree", "raw graph",
      "simplified tree", "simplified graph", "tree/graph", "tape",
    ]
    var table = Table(
      columns: headers.map {
        let isRatio = $0 == "tree/graph"
        return Table.Column(
          .text($0), alignment: isRatio ? .decimal : .trailing)
      })
    for row in rows {
      let sizes = [row.function, row.raw, row.simplified].flatMap { size -> [Table.Cell] in
        [.whole(isExact ? size.tree.digits : size.tree.shortText), .text(String(size.dag))]
      }
      table.append(
        [.text(String(row.number))] + sizes + [.text(row.ratio), .text(String(row.tapeOperations))])
    }
    return table
  }

  var json: JSON {
    .object([
      ("expression", .string(expression)), ("wrt", .array([.string(variable)])),
      ("by", .string(isIterated ? "iterate" : "order")),
      ("sizes", .array(rows.map(object))),
    ])
  }

  private func object(_ row: Swell) -> JSON {
    .object([
      ("n", .integer(row.number)), ("function", row.function.json), ("raw", row.raw.json),
      ("simplified", row.simplified.json), ("ratio", .string(row.ratio)),
      ("tape", .integer(row.tapeOperations)),
    ])
  }
}

extension FormulaSize {
  /// A tree's size beyond 2^53 is a string of its digits, since few programs read such a number.
  var json: JSON {
    let word = tree.word.flatMap { $0 <= 1 << 53 ? $0 : nil }
    return .object([
      ("tree", word.map { .integer($0) } ?? .string(tree.digits)), ("graph", .integer(dag)),
    ])
  }

  /// A ratio in four digits.
  static func brief(_ ratio: Double) -> String { NumberFormat(digits: 4).text(ratio) }
}
