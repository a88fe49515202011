// The nonzero pattern of a matrix, as a drawing of characters and as an SVG.
import Text

/// Which columns of each row are marked.
package struct PatternPicture: Sendable {
  private let columnCount: Int
  private let rows: [[Int]]
  private let rowNames: [String]
  private let columnNames: [String]

  /// How many squares a picture has in a direction; of a larger matrix several places share one.
  private static let finest = 500
  /// How many rows are drawn with characters.
  private static let mostRows = 60

  /// - Parameter rows: for each row the marked columns.
  package init(columnCount: Int, rows: [[Int]], rowNames: [String], columnNames: [String]) {
    self.columnCount = columnCount
    self.rows = rows
    self.rowNames = rowNames
    self.columnNames = columnNames
  }

  /// Which squares contain a mark, with at most so many squares in each direction.
  private func squares(_ height: Int, _ width: Int) -> (marks: [[Bool]], places: Int) {
    let places = max(
      1, (rows.count + height - 1) / max(1, height), (columnCount + width - 1) / max(1, width))
    var marks = Array(
      repeating: Array(repeating: false, count: (columnCount + places - 1) / places),
      count: (rows.count + places - 1) / places)
    for (row, columns) in rows.enumerated() {
      for column in columns { marks[row / places][column / places] = true }
    }
    return (marks, places)
  }

  /// A character for each place: `×` where it is marked, a dot where it is empty.
  ///
  /// - Parameter width: that of the terminal; nil for any.
  package func text(width: Int?, unicode: Bool) -> String {
    let labels = rowNames.map { displayWidth(of: $0) }.max() ?? 0
    let hasLabels = labels <= 20
    let room = (width ?? 80) - (hasLabels ? labels + 2 : 0)
    let (marks, places) = squares(Self.mostRows, max(1, room / 2))
    let (mark, blank) = unicode ? ("×", "·") : ("x", ".")
    var text = ""
    for (row, line) in marks.enumerated() {
      if hasLabels {
        let name = places == 1 ? rowNames[row] : ""
        text += name + spaces(labels + 2 - displayWidth(of: name))
      }
      text += line.map { $0 ? mark : blank }.joined(separator: " ") + "\n"
    }
    if places > 1 { text += "\na square has \(places) rows and \(places) columns\n" }
    return text
  }

  /// A square for each place, those side by side as one shape; light or dark as the reader's system
  /// is.
  package func svg(title: String) -> String {
    let (marks, _) = squares(Self.finest, Self.finest)
    let (height, width) = (marks.count, marks.first?.count ?? 0)
    let scale = max(1, 480 / Double(max(height, width, 1)))
    var path = ""
    for (row, line) in marks.enumerated() {
      var column = 0
      while column < width {
        guard line[column] else {
          column += 1
          continue
        }
        let start = column
        while column < width, line[column] { column += 1 }
        path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z"
      }
    }
    let (right, bottom) = (svgNumber(Double(width) * scale), svgNumber(Double(height) * scale))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(right)" height="\(bottom)" \
      viewBox="0 0 \(width) \(height)" class="pattern" role="img">
      <title>\(svgEscaped(title))</title>
      <style>
      .pattern .page{fill:#f1f5f9}.pattern path{fill:#1d4ed8}
      @media screen and (prefers-color-scheme:dark){
      .pattern .page{fill:#1e293b}.pattern path{fill:#93c5fd}
      }
      </style>
      <rect class="page" width="\(width)" height="\(height)"/>
      <path shape-rendering="crispEdges" d="\(path)"/>
      </svg>

      """
  }
}
