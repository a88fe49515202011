// A table for people at a terminal: aligned columns, folded where they are too wide.
import Text

extension Table {
  /// The table as aligned columns under underlined headers, every line ended by `\n`.
  ///
  /// Where it is wider than `width`, it is made to fit as `TableLayout` says. Only a single word
  /// can be wider than `width`.
  ///
  /// - Parameters:
  ///   - width: the columns there are, or `nil` for as many as needed.
  ///   - unicode: whether the table may be drawn with more than ASCII. Cells are not changed.
  package func text(
    width: Int? = nil, unicode: Bool = true, style: TextStyle = .plain,
    numbers: NumberFormat = .shortest
  ) -> String {
    var out = ""
    if let title {
      for line in folded(cleaned(title), width: width ?? .max) { out += style.bold(line) + "\n" }
      out += "\n"
    }
    let layout = TableLayout(self, width: width ?? .max, numbers: numbers)
    if let grids = layout.grids() {
      for (index, grid) in grids.enumerated() {
        if index > 0 { out += "\n" }
        grid.write(to: &out, rule: unicode ? "─" : "-", style: style)
      }
    } else {
      TextGrid(self, numbers: layout.fewest)
        .writeRecords(to: &out, width: width ?? .max, style: style)
    }
    return out
  }
}

/// Cells as text, and the widths of the columns they are laid out in.
struct TextGrid {
  let headers: [String]
  private(set) var rows: [[String]]
  private let columns: [Table.Column]
  private var widths: [Int]
  /// In a decimal column, the columns from the decimal point on; elsewhere 0.
  private let fractions: [Int]

  static let gap = 2
  /// No column is folded to less than this, if it is that wide.
  private static let narrowestFold = 8

  /// - Parameter chosen: which columns of the table; nil for all.
  init(_ table: Table, numbers: NumberFormat, columns chosen: [Int]? = nil) {
    let indices = chosen ?? Array(table.columns.indices)
    columns = indices.map { table.columns[$0] }
    headers = columns.map { cleaned($0.header.plainText(numbers)) }
    rows = table.rows.map { row in indices.map { cleaned(row[$0].plainText(numbers)) } }
    widths = []
    var fractions: [Int] = []
    for (index, column) in columns.enumerated() {
      let cells = rows.lazy.map { $0[index] }
      let numbers = column.alignment == .decimal ? DecimalExtent(cells) : DecimalExtent()
      let widest = cells.reduce(longestLine(in: headers[index])) { max($0, longestLine(in: $1)) }
      widths.append(max(widest, numbers.whole + numbers.fraction))
      fractions.append(numbers.fraction)
    }
    self.fractions = fractions
  }

  /// The columns that it takes.
  var width: Int { widths.reduce(0, +) + Self.gap * max(0, columns.count - 1) }

  /// Leaves out the rows that have nothing in a column.
  mutating func dropRows(withoutColumn index: Int) {
    rows.removeAll { $0[index].isEmpty }
  }

  /// Narrows columns until the grid fits: headers are folded, and cells where they may be; false if
  /// it cannot.
  mutating func fit(into limit: Int, foldingCells: Bool) -> Bool {
    if width <= limit { return true }
    let room = limit - Self.gap * max(0, columns.count - 1)
    let least = columns.indices.map { narrowest($0, foldingCells: foldingCells) }
    if least.reduce(0, +) > room { return false }
    let natural = widths
    func narrowed(to cap: Int) -> [Int] { zip(least, natural).map { max($0, min($1, cap)) } }
    // The widest cap at which the table fits: wide columns give way before narrow ones do.
    var (low, high) = (0, natural.max() ?? 0)
    while low < high {
      let middle = (low + high + 1) / 2
      if narrowed(to: middle).reduce(0, +) <= room { low = middle } else { high = middle - 1 }
    }
    widths = narrowed(to: low)
    return true
  }

  private func narrowest(_ column: Int, foldingCells: Bool) -> Int {
    let header = longestWord(in: headers[column])
    let cells = rows.lazy.map { $0[column] }
    if foldingCells, columns[column].whenNarrow == .folds {
      let floor = min(widths[column], Self.narrowestFold)
      return cells.reduce(max(header, floor)) { max($0, longestWord(in: $1)) }
    }
    let numbers = columns[column].alignment == .decimal ? DecimalExtent(cells) : DecimalExtent()
    return cells.reduce(max(header, numbers.whole + numbers.fraction)) {
      max($0, longestLine(in: $1))
    }
  }

  func write(to out: inout String, rule: Character, style: TextStyle) {
    if headers.contains(where: { !$0.isEmpty }) {
      for line in lines(of: headers, indent: 0) { out += style.bold(line) + "\n" }
      let rules = widths.map { String(repeating: rule, count: $0) }
      out += rules.joined(separator: spaces(Self.gap)) + "\n"
    }
    for row in rows {
      for line in lines(of: row) { out += line + "\n" }
    }
  }

  private func lines(of row: [String], indent: Int = 2) -> [String] {
    let cells = row.indices.map { folded(row[$0], width: widths[$0], indent: indent) }
    let height = cells.reduce(1) { max($0, $1.count) }
    return (0..<height).map { index in
      line(of: cells.map { index < $0.count ? $0[index] : "" })
    }
  }

  private func line(of cells: [String]) -> String {
    var line = ""
    // Spaces wait until a text follows them, so that no line ends in any.
    var pending = 0
    for (column, cell) in cells.enumerated() {
      let slack = max(0, widths[column] - displayWidth(of: cell))
      let after = spacesAfter(cell, in: column, slack: slack)
      pending += slack - after
      if !cell.isEmpty {
        line += spaces(pending) + cell
        pending = 0
      }
      pending += after + Self.gap
    }
    return line
  }

  /// How much of a cell's slack lies behind it.
  private func spacesAfter(_ cell: String, in column: Int, slack: Int) -> Int {
    switch columns[column].alignment {
    case .leading: slack
    case .trailing: 0
    case .decimal:
      DecimalExtent(of: cell).map { max(0, min(slack, fractions[column] - $0.fraction)) } ?? 0
    }
  }
}

/// The columns before a decimal point, and those from the point on.
private struct DecimalExtent {
  var whole = 0
  var fraction = 0

  init() {}

  init(_ cells: some Sequence<String>) {
    for extent in cells.lazy.compactMap(DecimalExtent.init(of:)) {
      whole = max(whole, extent.whole)
      fraction = max(fraction, extent.fraction)
    }
  }

  /// `nil` if `text` is not a number as `NumberFormat` writes it.
  init?(of text: String) {
    let bytes = text.utf8
    guard !["inf", "-inf", "nan"].contains(text) else {
      whole = bytes.count
      return
    }
    let digits = bytes.drop { $0 == UInt8(ascii: "-") }
    let rest = digits.drop { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
    guard rest.count < digits.count,
      rest.first.map({ $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") }) ?? true
    else { return nil }
    fraction = rest.count
    whole = bytes.count - fraction
  }
}
