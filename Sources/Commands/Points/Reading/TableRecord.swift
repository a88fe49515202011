// What the readers of tables have in common: a row of fields, and what makes a table unreadable.

/// A row of fields as bytes, whatever form the table has.
struct TableRecord: Equatable {
  /// How many bytes a row may have.
  static let limit = 1 << 20

  /// The line that it begins on, from 1.
  private(set) var line = 1
  /// What is wrong with its form, if anything is.
  var problem: String?
  /// The fields, one behind the other.
  private(set) var bytes: [UInt8] = []
  /// Where each field ends among them.
  private var ends: [Int] = []

  /// How many fields there are.
  var count: Int { ends.count }

  /// The field at `index`; empty where there are not so many.
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

  /// Where a field stands among the bytes.
  func range(_ index: Int) -> Range<Int> {
    guard index < ends.count else { return bytes.count..<bytes.count }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  mutating func begin(line: Int) {
    self.line = line
    problem = nil
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func append(_ run: some Sequence<UInt8>) { bytes.append(contentsOf: run) }
  mutating func endField() { ends.append(bytes.count) }
}

/// What makes a table unreadable from some line on.
enum TableFault: Error, Equatable {
  case empty
  case malformedHeader
  case binary(line: Int)
  case unclosedQuote(line: Int)
  case tooLong(line: Int)
  /// A file of its form, but not one that can be used, with what is wrong.
  case unusable(String)

  /// The same of a piece that begins behind so many lines.
  func behind(lines: Int) -> TableFault {
    switch self {
    case .binary(let line): .binary(line: line + lines)
    case .unclosedQuote(let line): .unclosedQuote(line: line + lines)
    case .tooLong(let line): .tooLong(line: line + lines)
    case .empty, .malformedHeader, .unusable: self
    }
  }
}

/// Reads the rows of a piece of a table, whole rows, one after the other.
protocol TableReader {
  /// The line that comes next, from 1 at the beginning of the piece.
  var line: Int { get }

  /// Reads the next row.
  ///
  /// - Returns: whether there was one.
  mutating func read(_ record: inout TableRecord) throws(TableFault) -> Bool

  /// Reads the rows that come next as long as there is nothing unusual about them, faster than one by
  /// one, and up to one that has to be read by itself or the end of the block.
  mutating func readPlainRows(into block: inout RowBlock, _ columns: PointColumns)
}

extension TableReader {
  mutating func readPlainRows(into block: inout RowBlock, _ columns: PointColumns) {}
}
