// Sparse derivatives as triplets, and where they are as a picture.
import CommandLine
import Text
import Language
import Reporting

/// A sparse matrix in every form.
struct SparseReport {
  let calculation: Calculation
  let matrix: SparseMatrix
  /// Whether only the positions are shown.
  let showsPattern: Bool
  let explanations: [Explanation]

  func text(_ format: SparseFormat, _ terminal: Terminal) -> String {
    switch format {
    case .text: showsPattern ? drawing(terminal) : table(terminal)
    case .csv: csv
    case .json: json.text
    case .mtx: matrixMarket
    case .svg: picture.svg(title: summary(unicode: true))
    }
  }

  /// `second derivatives: 10 of 16 may be other than 0`
  private func summary(unicode: Bool) -> String {
    let all = matrix.rowNames.count * matrix.columnNames.count
    let name = matrix.isSymmetric ? "second derivatives" : "Jacobian"
    return "\(name): \(grouped(matrix.count)) of \(grouped(all)) may be other than 0"
  }

  private var picture: PatternPicture {
    PatternPicture(
      columnCount: matrix.columnNames.count, rows: matrix.columns,
      rowNames: matrix.rowNames, columnNames: matrix.columnNames)
  }

  private func drawing(_ terminal: Terminal) -> String {
    summary(unicode: terminal.usesUnicode) + "\n\n"
      + picture.text(width: terminal.width, unicode: terminal.usesUnicode)
  }

  private func table(_ terminal: Terminal) -> String {
    var table = Table(
      columns: [
        Table.Column(.text(matrix.isSymmetric ? "row" : "output")),
        Table.Column(.text(matrix.isSymmetric ? "column" : "variable")),
        Table.Column(.text("value"), alignment: .decimal),
      ], keyCount: 2)
    forEachEntry { row, column, value in
      table.append([
        .text(matrix.rowNames[row]), .text(matrix.columnNames[column]), .number(value),
      ])
    }
    let style = TextStyle(
      isEnabled: terminal.allowsColor(for: .output, option: calculation.color))
    let sweeps = "\(matrix.sweepCount) sweep\(matrix.sweepCount == 1 ? "" : "s")"
    let summary = summary(unicode: terminal.usesUnicode) + ", by \(sweeps)\n"
    guard matrix.count > 0 else { return summary }
    return summary + "\n"
      + table.text(
        width: terminal.width, unicode: terminal.usesUnicode, style: style,
        numbers: calculation.numbers)
  }

  /// - Parameter body: gets a value only where there are numbers.
  private func forEachEntry(_ body: (_ row: Int, _ column: Int, _ value: Double) -> Void) {
    for (row, columns) in matrix.columns.enumerated() {
      for (place, column) in columns.enumerated() {
        body(row, column, showsPattern ? 0 : matrix.values[row][place])
      }
    }
  }

  private var csv: String {
    var text = showsPattern ? "row,column\n" : "row,column,value\n"
    let rows = matrix.rowNames.map(csvField)
    let columns = matrix.columnNames.map(csvField)
    forEachEntry { row, column, value in
      text += "\(rows[row]),\(columns[column])"
      text += showsPattern ? "\n" : ",\(shortest(value))\n"
    }
    return text
  }

  private var json: JSON {
    var rows: [JSON] = []
    var columns: [JSON] = []
    var values: [JSON] = []
    forEachEntry { row, column, value in
      rows.append(.string(matrix.rowNames[row]))
      columns.append(.string(matrix.columnNames[column]))
      if !showsPattern { values.append(.number(value)) }
    }
    return .object(
      [
        ("expression", .string(calculation.expression.text)),
        ("point", calculation.points[0].json), ("rows", .array(rows)),
        ("columns", .array(columns)),
      ]
        + (showsPattern
          ? [] : [("values", .array(values)), ("sweeps", .integer(matrix.sweepCount))])
        + [("notes", .array(explanations.map(\.json)))])
  }

  /// The Matrix Market's coordinates (R. F. Boisvert, R. Pozo, K. A. Remington, 1996); of a
  /// symmetric matrix the lower triangle.
  private var matrixMarket: String {
    var entries = ""
    var count = 0
    forEachEntry { row, column, value in
      guard !matrix.isSymmetric || column <= row else { return }
      count += 1
      entries += "\(row + 1) \(column + 1)"
      entries += showsPattern ? "\n" : " \(shortest(value))\n"
    }
    let field = showsPattern ? "pattern" : "real"
    let symmetry = matrix.isSymmetric ? "symmetric" : "general"
    return "%%MatrixMarket matrix coordinate \(field) \(symmetry)\n"
      + "\(matrix.rowNames.count) \(matrix.columnNames.count) \(count)\n" + entries
  }
}
