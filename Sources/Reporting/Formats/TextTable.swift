// A table for people at a terminal: aligned columns, folded where they are too wide.
import Text

extension Table {
  /// The table as aligned columns under underlined headers, every line ended by `\n`.
  ///
  /// Where it is wider than `width`, columns that fold are folded; where that is not enough, every
  /// row becomes a block of `header: value` lines. Only a single word can be wider than `width`.
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
    var grid = TextGrid(self, numbers: numbers)
    if grid.fit(into: width ?? .max) {
      grid.write(to: &out, rule: unicode ? "─" : "-", style: style)
    } else {
      grid.writeRecords(to: &out, width: width ?? .max, style: style)
    }
    return out
  }
}

/// The cells as text, and the widths of the columns they are laid out in.
struct TextGrid {
  let headers: [String]
  let rows: [[String]]
  private let columns: [Table.Column]
  private var widths: [Int]
  /// In a decimal column, the columns from the decimal point on; elsewhere 0.
  private let fractions: [Int]

  private static let gap = 2

  init(_ table: Table, numbers: NumberFormat) {
    columns = table.columns
    headers = table.columns.map { cleaned($0.header.plainText(numbers)) }
    rows = table.rows.map { row in row.map { cleaned($0.plainText(numbers)) } }
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

  /// Narrows the columns that fold until the table fits; false if it cannot.
  mutating func fit(into limit: Int) -> Bool {
    let room = limit - Self.gap * max(0, columns.count - 1)
    if widths.reduce(0, +) <= room { return true }
    let least = columns.indices.map { columns[$0].folds ? narrowest($0) : widths[$0] }
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

  private func narrowest(_ column: Int) -> Int {
    rows.reduce(longestWord(in: headers[column])) { max($0, longestWord(in: $1[column])) }
  }

  func write(to out: inout String, rule: Character, style: TextStyle) {
    if headers.contains(where: { !$0.isEmpty }) {
      for line in lines(of: headers) { out += style.bold(line) + "\n" }
      let rules = widths.map { String(repeating: rule, count: $0) }
      out += rules.joined(separator: spaces(Self.gap)) + "\n"
    }
    for row in rows {
      for line in lines(of: row) { out += line + "\n" }
    }
  }

  private func lines(of row: [String]) -> [String] {
    let cells = row.indices.map { folded(row[$0], width: widths[$0], indent: 2) }
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
