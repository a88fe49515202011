// The columns that hold the variables of an expression, and their numbers in a row.
import Syntax

/// Where the variables and the columns that are shown stand in the rows of a table.
struct PointColumns: Sendable {
  /// What a column is needed for: the variable that it is, and its place in the output; -1 for neither.
  struct Role {
    var variable = -1
    var shown = -1
  }

  private let header: [String]
  /// For each variable, its column.
  let places: [Int]
  /// The columns that are in the output.
  let shown: [Int]
  /// One for each column.
  let roles: [Role]

  /// - Parameters:
  ///   - variables: names that are all among those of the columns.
  ///   - shown: the columns that are in the output; those of the variables if nil.
  init(of variables: [String], in header: [String], showing shown: [Int]? = nil) {
    self.header = header
    places = variables.map { header.firstIndex(of: $0) ?? 0 }
    self.shown = shown ?? places
    var roles = Array(repeating: Role(), count: header.count)
    for (variable, column) in places.enumerated() { roles[column].variable = variable }
    for (place, column) in self.shown.enumerated() { roles[column].shown = place }
    self.roles = roles
  }

  /// Reads the values of the variables, and the text of what is shown.
  func read(_ record: TableRecord, into block: inout RowBlock) {
    let problem = readValues(of: record, into: &block)
    for (place, column) in shown.enumerated() {
      block.set(shown: place, copying: record[column])
    }
    block.endRow(line: record.line, problem: problem)
  }

  /// - Returns: what is wrong with the row as one of the table.
  private func readValues(of record: TableRecord, into block: inout RowBlock) -> String? {
    for variable in places.indices { block.set(variable: variable, .nan) }
    if let problem = record.problem { return problem }
    if record.count != header.count {
      let fields = record.count == 1 ? "1 field" : "\(record.count) fields"
      return "\(fields), where there are \(header.count) columns"
    }
    for (variable, column) in places.enumerated() {
      guard let value = decimalNumber(record[column].span) else {
        let text = echo(String(decoding: record[column], as: UTF8.self))
        let wrong =
          text.isEmpty || text == "\\N" ? "nothing is there" : "'\(text)' is not a finite number"
        return "column '\(echo(header[column]))': \(wrong)"
      }
      block.set(variable: variable, value)
    }
    return nil
  }
}
