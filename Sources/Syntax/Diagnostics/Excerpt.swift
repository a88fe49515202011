// The piece of a source line around a range, and the carets under it.

/// A window on one line. It looks at no more than a few hundred bytes around the range, however
/// long the line is.
struct Excerpt {
  private(set) var text = ""
  /// Columns before the first caret, and columns that are underlined (at least one).
  private(set) var indent = 0
  private(set) var underline = 1

  init(_ bytes: [UInt8], around range: Range<Int>, width: Int) {
    let width = max(width, 16)
    let reach = 8 * width
    let line = Self.line(bytes, around: range.lowerBound, reach: reach)
    let cells = Array(CellScanner(bytes, in: line.range))
    let split = cells.firstIndex { $0.range.upperBound > range.lowerBound } ?? cells.count
    let right = cells[split...].reduce(0) { $0 + $1.width }

    // If little follows the caret, more of the width is used on its left; at least a third is.
    let leftRoom = max(width / 3, width - max(right, 1) - (line.isCutRight ? 1 : 0))
    let left = Self.fit(cells[..<split].reversed(), in: leftRoom, isCut: line.isCutLeft)
    let leftColumns = left.columns + (left.isCut ? 1 : 0)
    let shown = Self.fit(cells[split...], in: width - leftColumns, isCut: line.isCutRight)

    let visible = cells[(split - left.count)..<(split + shown.count)]
    text =
      (left.isCut ? "…" : "") + visible.map(\.text).joined() + (shown.isCut ? "…" : "")
    indent = leftColumns
    underline = max(
      1,
      cells[split..<(split + shown.count)]
        .prefix { $0.range.lowerBound < range.upperBound }
        .reduce(0) { $0 + $1.width })
  }

  /// How many cells fit in a room, with one column kept for the `…` of those that do not.
  private static func fit(
    _ cells: some Collection<Cell>, in room: Int, isCut: Bool
  ) -> (count: Int, columns: Int, isCut: Bool) {
    let total = cells.reduce(0) { $0 + $1.width }
    if !isCut && total <= room { return (cells.count, total, false) }
    var (count, columns) = (0, 0)
    for cell in cells {
      guard columns + cell.width <= room - 1 else { break }
      columns += cell.width
      count += 1
    }
    return (count, columns, true)
  }

  /// The bytes of the line around an offset, cut where it reaches too far, between characters.
  private static func line(
    _ bytes: [UInt8], around offset: Int, reach: Int
  ) -> (range: Range<Int>, isCutLeft: Bool, isCutRight: Bool) {
    var start = offset
    while start > 0, offset - start < reach, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    let isCutLeft = start > 0 && bytes[start - 1] != UInt8(ascii: "\n")
    if isCutLeft { start += continuations(bytes, start..<offset) }
    var end = offset
    while end < bytes.count, end - offset < reach, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    let isCutRight = end < bytes.count && bytes[end] != UInt8(ascii: "\n")
    if isCutRight { end += continuations(bytes, end..<bytes.count) }
    if !isCutRight, end > max(start, offset), bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return (start..<end, isCutLeft, isCutRight)
  }

  /// How many bytes of a character that was cut in two stand at the beginning of a range.
  private static func continuations(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes[range].prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
  }
}
