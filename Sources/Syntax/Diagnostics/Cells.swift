// Characters as a terminal shows them, and what stands in for the unprintable.
import Text

/// One character on the screen: a scalar with the marks that combine with it.
struct Cell {
  var text: String
  var range: Range<Int>

  /// How many columns it takes.
  var width: Int { displayWidth(of: text) }
}

/// Cuts bytes into cells. Tabs and line ends become one space; control characters, invisible
/// characters and invalid bytes become `�`, so that a cell is always safe to print.
struct CellScanner: IteratorProtocol, Sequence {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    // A byte order mark is no character.
    let hasMark = range.lowerBound == 0 && bytes.starts(with: byteOrderMark)
    position = hasMark ? Swift.min(3, range.upperBound) : range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> Cell? {
    guard position < end else { return nil }
    let start = position
    guard let (scalar, length) = decodeScalar(bytes, at: position) else {
      position += 1
      return Cell(text: "\u{FFFD}", range: start..<position)
    }
    position += length
    var cell = Cell(text: scalar.shown, range: start..<position)
    absorbMarks(into: &cell, after: scalar)
    return cell
  }

  /// Marks, and whatever a zero-width joiner glues to an emoji, belong to the cell before them.
  private mutating func absorbMarks(into cell: inout Cell, after first: Unicode.Scalar) {
    var previous = first
    while position < end, bytes[position] >= 0x80,
      let (scalar, length) = decodeScalar(bytes, at: position),
      scalar.joins(previous, isEmoji: first.properties.isEmoji)
    {
      position += length
      cell.text.unicodeScalars.append(scalar)
      cell.range = cell.range.lowerBound..<position
      previous = scalar
    }
  }

  /// How many cells begin before an offset. Linear, and quick where the text is ASCII.
  static func count(in bytes: [UInt8], from start: Int, upTo end: Int) -> Int {
    var count = 0
    var index = start
    while index < end, bytes[index] < 0x80 {
      count += 1
      index += 1
    }
    guard index < end else { return count }
    // The last ASCII character is read again: the marks that follow belong to it.
    let restart = Swift.max(start, index - 1)
    count -= index - restart
    for cell in CellScanner(bytes, in: restart..<bytes.count) {
      if cell.range.upperBound > end { break }
      count += 1
    }
    return count
  }
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// A piece of the user's text for a message: printable, at most 40 characters, `…` where cut.
func echo(_ bytes: [UInt8], in range: Range<Int>, limit: Int = 40) -> String {
  var text = ""
  var count = 0
  for cell in CellScanner(bytes, in: trimmed(bytes, range)) {
    // A cell with very many combining marks is cut as well.
    if count == limit || text.utf8.count > 8 * limit { return text + "…" }
    text += cell.text.utf8.count > 64 ? "\u{FFFD}" : cell.text
    count += 1
  }
  return text
}

/// A text of a message, made safe to print and cut.
package func echo(_ text: String) -> String {
  let bytes = Array(text.utf8.prefix(1000))
  return echo(bytes, in: 0..<bytes.count)
}

extension Unicode.Scalar {
  /// What is printed for the scalar when it begins a cell.
  fileprivate var shown: String {
    if (" "..."~").contains(self) { return String(self) }
    if self == "\t" || self == "\n" || self == "\r" { return " " }
    if isControl || isInvisible { return "\u{FFFD}" }
    return isMark ? "◌" + String(self) : String(self)
  }

  fileprivate func joins(_ previous: Unicode.Scalar, isEmoji: Bool) -> Bool {
    if isMark || ("\u{1160}"..."\u{11FF}").contains(self) { return true }
    if isEmoji && self == "\u{200D}" { return true }
    if isEmoji && ("\u{1F3FB}"..."\u{1F3FF}").contains(self) { return true }
    return isEmoji && previous == "\u{200D}" && properties.isEmoji
  }
}
