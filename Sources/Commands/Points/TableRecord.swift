// What the readers of tables have in common: a row of fields, and what makes a table unreadable.
/// A row of fields as bytes, whatever form the table has.
import CommandLine

struct TableRecord: Equatable {
  /// How many bytes a row may have.
  static let limit = 1 << 20

  /// The line that it begins on, from 1.
  private(set) var line = 1
  /// What is wrong with its form, if anything is.
  var problem: String?
  /// The fields, one behind the other.
  private var bytes: [UInt8] = []
  /// Where each field ends among them.
  private var ends: [Int] = []

  /// How many fields there are.
  var count: Int { ends.count }
  /// How many bytes they have together.
  var size: Int { bytes.count }

  /// The field at `index`; empty where there are not so many.
  subscript(index: Int) -> ArraySlice<UInt8> {
    guard index < ends.count else { return [] }
    return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  mutating func begin(line: Int) {
    self.line = line
    problem = nil
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func append(_ run: some Sequence<UInt8>) { bytes.append(contentsOf: run) }
  mutating func append(_ number: Double) { bytes.appendShortest(number) }
  mutating func endField() { ends.append(bytes.count) }
}

/// What makes a table unreadable from some line on.
enum TableFault: Error, Equatable {
  case file(FileError)
  case empty
  case malformedHeader
  case binary(line: Int)
  case unclosedQuote(line: Int)
  case tooLong(line: Int)
  /// A file of its form, but not one that can be used, with what is wrong.
  case unusable(String)
}

/// Reads the rows of a table one after the other, in memory for one of them.
protocol TableReader {
  /// What the columns are called.
  var columns: [String] { get }

  /// Reads the next row.
  ///
  /// - Parameter beforeWaiting: called before more is read, for which there may be a wait.
  /// - Returns: whether there was one.
  mutating func read(
    _ record: inout TableRecord, beforeWaiting: () -> Void
  ) throws(TableFault) -> Bool
}
