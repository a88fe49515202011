// A plot for a terminal: one sign for each curve, one row for each decade where there is room.
import Text

extension Plot {
  /// The plot in lines of at most `width` columns; nil if that is too narrow for one.
  ///
  /// In each column a curve shows its largest value there, the upper edge of its noise. Where
  /// curves meet, the earlier one is shown.
  package func text(width: Int, unicode: Bool = true, style: TextStyle = .plain) -> String? {
    let (x, y) = (xAxis, yAxis)
    let height = min(Self.tallest, y.last - y.first) + 1
    let ticks = Set(y.ticks(atMost: height))
    let labels = (0..<height).map { row -> String in
      let exponent = Double(y.last) - Double(row) * Double(y.last - y.first) / Double(height - 1)
      let tick = Int(exponent.rounded())
      let isOnIt = (exponent - Double(tick)).magnitude < 1e-9
      return isOnIt && ticks.contains(tick) ? Self.power(tick, unicode: unicode) : ""
    }
    let footers = [markLabel, predictionLabel]
    let margin = (labels + footers).map { displayWidth(of: $0) }.max() ?? 0
    let columns = width - margin - 2
    guard columns >= Self.narrowest else { return nil }

    var canvas = PlotCanvas(width: columns, height: height)
    for (index, series) in series.enumerated().reversed() {
      for (column, value) in Self.heights(series.points, x, y, columns) {
        let row = Int(((1 - value) * Double(height - 1)).rounded())
        canvas.set(column, row, index)
      }
    }
    let signs = unicode ? Self.signs : Self.asciiSigns
    func sign(_ index: Int) -> String {
      style.coloured(signs[index % signs.count], Self.colours[index % Self.colours.count])
    }
    func line(_ label: String, _ edge: String, _ content: String) -> String {
      var end = content[...]
      while end.last == " " { end.removeLast() }
      return spaces(margin - displayWidth(of: label)) + label + " " + edge + end + "\n"
    }

    var out = style.bold(shortenedLine(title, width)) + "\n\n"
    // Signs may have a colour, which takes no columns.
    let isLegendLong =
      series.reduce(margin + 2 + displayWidth(of: yLabel)) { $0 + displayWidth(of: $1.name) + 5 }
      > width
    let legend = series.indices.map { "\(sign($0)) \(series[$0].name)" }
      .joined(separator: isLegendLong ? "\n" + spaces(margin + 2) : "   ")
    out +=
      spaces(margin + 2) + "\(yLabel):" + (isLegendLong ? "\n" + spaces(margin + 2) : "  ") + legend
      + "\n"
    for row in 0..<height {
      let edge = unicode ? (labels[row].isEmpty ? "│" : "┤") : "|"
      out += line(labels[row], edge, canvas.row(row).map { $0.map(sign) ?? " " }.joined())
    }
    out += axis(x, columns, margin, unicode)
    for (label, places) in [
      (markLabel, series.map(\.mark)), (predictionLabel, series.map(\.prediction)),
    ] where places.contains(where: { $0 != nil }) {
      var row = PlotCanvas(width: columns, height: 1)
      for (index, place) in places.enumerated().reversed() {
        guard let place, x.contains(place), let position = x.position(place) else { continue }
        row.set(Int((position * Double(columns - 1)).rounded()), 0, index)
      }
      out += line(label, " ", row.row(0).map { $0.map(sign) ?? " " }.joined())
    }
    return out
  }

  private static let tallest = 24
  private static let narrowest = 30
  private static let signs = ["●", "×", "+", "○", "△", "◇", "*"]
  private static let asciiSigns = ["o", "x", "+", "*", "^", "#", "%"]
  private static let colours = ["34", "33", "32", "35", "36", "31", "1"]

  /// The greatest height, from 0 to 1, in each column that has one.
  private static func heights(
    _ points: [Point], _ x: DecadeAxis, _ y: DecadeAxis, _ columns: Int
  ) -> [Int: Double] {
    var heights: [Int: Double] = [:]
    for point in points {
      guard let across = x.position(point.x), let up = y.position(point.y) else { continue }
      let column = Int((across * Double(columns - 1)).rounded())
      heights[column] = max(heights[column] ?? 0, up)
    }
    return heights
  }

  /// The horizontal axis with its ticks, and what they are.
  private func axis(_ x: DecadeAxis, _ columns: Int, _ margin: Int, _ unicode: Bool) -> String {
    var rule = Array(repeating: unicode ? "─" : "-", count: columns)
    var numbers = ""
    for tick in x.ticks(atMost: max(2, columns / 8)) {
      let place = Double(tick - x.first) / Double(x.last - x.first)
      let column = Int((place * Double(columns - 1)).rounded())
      rule[column] = unicode ? "┴" : "+"
      let label = Self.power(tick, unicode: unicode)
      let start = max(0, min(column - label.count / 2, columns - label.count))
      if start > numbers.count || numbers.isEmpty {
        numbers += spaces(start - numbers.count) + label
      }
    }
    let space = columns - numbers.count - xLabel.count
    let name = space > 1 ? spaces(2) + xLabel : "\n" + spaces(margin + 2) + xLabel
    return spaces(margin + 1) + (unicode ? "└" : "+") + rule.joined() + "\n"
      + spaces(margin + 2) + numbers + name + "\n"
  }
}

/// Which curve, if any, is seen in each cell.
private struct PlotCanvas {
  private let width: Int
  private var cells: [Int?]

  init(width: Int, height: Int) {
    self.width = width
    cells = Array(repeating: nil, count: width * height)
  }

  mutating func set(_ column: Int, _ row: Int, _ curve: Int) { cells[row * width + column] = curve }

  func row(_ row: Int) -> ArraySlice<Int?> { cells[row * width..<(row + 1) * width] }
}

/// `text` on one line of at most `width` columns, without control characters.
func shortenedLine(_ text: String, _ width: Int) -> String {
  let line = onOneLine(cleaned(text))
  guard displayWidth(of: line) > width else { return line }
  var out = ""
  var used = 0
  for character in line {
    used += displayWidth(of: String(character))
    if used > width - 3 { break }
    out.append(character)
  }
  return out + "..."
}
