// How a table is made to fit a terminal: fewer digits first, then remarks below it, then blocks of
// columns.
import Text

/// The layouts that are tried for a table that is too wide, one after the other.
struct TableLayout {
  private let table: Table
  private let width: Int
  private let numbers: NumberFormat

  /// Text shows at least so many digits, unless fewer were asked for.
  private static let fewestDigits = 6
  private static let mostDigits = 16

  init(_ table: Table, width: Int, numbers: NumberFormat) {
    self.table = table
    self.width = width
    self.numbers = numbers
  }

  /// The format with the fewest digits that is allowed.
  var fewest: NumberFormat {
    numbers.digits == nil ? NumberFormat(digits: Self.fewestDigits) : numbers
  }

  /// The parts of the table, one below the other; nil if it can only be shown row by row.
  func grids() -> [TextGrid]? {
    let all = Array(table.columns.indices)
    if let grid = whole(all) { return [grid] }
    let below = all.filter { table.columns[$0].whenNarrow == .standsBelow }
    let rest = all.filter { !below.contains($0) }
    let remarks = below.compactMap(remark)
    if !below.isEmpty, remarks.count == below.count, let grid = whole(rest) ?? folded(rest) {
      return [grid] + remarks
    }
    if let grid = folded(all) { return [grid] }
    guard table.keyCount > 0, remarks.count == below.count, let blocks = blocks(rest) else {
      return nil
    }
    return blocks + remarks
  }

  /// Columns side by side with as many digits as fit, and nothing folded but headers.
  private func whole(_ columns: [Int]) -> TextGrid? {
    var grid = TextGrid(table, numbers: numbers, columns: columns)
    if grid.fit(into: width, foldingCells: false) { return grid }
    guard numbers.digits == nil else { return nil }
    var best: TextGrid?
    var (low, high) = (Self.fewestDigits, Self.mostDigits)
    while low <= high {
      let digits = (low + high) / 2
      var grid = TextGrid(table, numbers: NumberFormat(digits: digits), columns: columns)
      if grid.fit(into: width, foldingCells: false) {
        best = grid
        low = digits + 1
      } else {
        high = digits - 1
      }
    }
    return best
  }

  /// Columns with as few digits as there may be, and cells folded that may be.
  private func folded(_ columns: [Int]) -> TextGrid? {
    var grid = TextGrid(table, numbers: fewest, columns: columns)
    return grid.fit(into: width, foldingCells: true) ? grid : nil
  }

  /// A remark beside the key, for the rows that have one.
  private func remark(_ column: Int) -> TextGrid? {
    let keys = Array(0..<min(table.keyCount, column))
    var grid = TextGrid(table, numbers: fewest, columns: keys + [column])
    grid.dropRows(withoutColumn: keys.count)
    return grid.fit(into: width, foldingCells: true) ? grid : nil
  }

  /// As many columns behind the key as fit, and the others below them likewise.
  private func blocks(_ columns: [Int]) -> [TextGrid]? {
    let keys = Array(columns.prefix(table.keyCount))
    var blocks: [TextGrid] = []
    var pending = columns.dropFirst(keys.count)
    while !pending.isEmpty {
      var block: TextGrid?
      var count = 0
      while count < pending.count,
        let wider = folded(keys + pending.prefix(count + 1))
      {
        block = wider
        count += 1
      }
      guard let block else { return nil }
      blocks.append(block)
      pending = pending.dropFirst(count)
    }
    return blocks
  }
}
