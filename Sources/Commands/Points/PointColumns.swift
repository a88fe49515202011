// The columns that hold the variables of an expression, and their numbers in a row.
import Syntax

/// Where the variables stand in the rows of a table.
struct PointColumns {
  private let header: [String]
  /// For each variable, its column.
  let places: [Int]

  /// - Parameter variables: names that are all among those of the columns.
  init(of variables: [String], in header: [String]) {
    self.header = header
    places = variables.map { header.firstIndex(of: $0) ?? 0 }
  }

  /// Reads the values of the variables.
  ///
  /// - Returns: what is wrong with the row as one of the table.
  func readValues(of record: TableRecord, into values: inout [Double]) -> String? {
    values.removeAll(keepingCapacity: true)
    if let problem = record.problem { return problem }
    if record.count != header.count {
      let fields = record.count == 1 ? "1 field" : "\(record.count) fields"
      return "\(fields), where there are \(header.count) columns"
    }
    for column in places {
      guard let value = decimalNumber(record[column]) else {
        let text = echo(String(decoding: record[column], as: UTF8.self))
        let wrong =
          text.isEmpty || text == "\\N" ? "nothing is there" : "'\(text)' is not a finite number"
        return "column '\(echo(header[column]))': \(wrong)"
      }
      values.append(value)
    }
    return nil
  }
}

/// Some rows of a table that follow each other.
struct RowWindow: TableReader {
  private var reader: any TableReader
  private let rows: ClosedRange<Int>
  private var count = 0

  /// - Parameter rows: which of them, from 1.
  init(_ reader: any TableReader, _ rows: ClosedRange<Int>) {
    self.reader = reader
    self.rows = rows
  }

  var columns: [String] { reader.columns }

  mutating func read(
    _ record: inout TableRecord, beforeWaiting: () -> Void
  ) throws(TableFault) -> Bool {
    while count < rows.upperBound {
      guard try reader.read(&record, beforeWaiting: beforeWaiting) else { return false }
      count += 1
      if count >= rows.lowerBound { return true }
    }
    return false
  }
}
