// A table before it takes the form of a format: what is in it, not how it looks.
import Text

/// Headers and rows of cells. Each format has a file of its own that turns a table into text.
package struct Table: Equatable, Sendable {
  package enum Alignment: Equatable, Sendable {
    case leading, trailing
    /// Numbers with their decimal points in one column, anything else trailing. Formats without
    /// such an alignment use trailing.
    case decimal
  }

  package enum Cell: Equatable, Sendable, ExpressibleByStringLiteral {
    /// Plain text; every format escapes what is special in it.
    case text(String)
    case number(Double)
    /// A formula already in the notation of the format the table is written in: LaTeX sets it as
    /// mathematics, the others treat it as text.
    case formula(String)
    case empty

    package init(stringLiteral value: String) {
      self = .text(value)
    }
  }

  package struct Column: Equatable, Sendable {
    package var header: Cell
    package var alignment: Alignment
    /// Whether its cells may be broken over several lines where the table is too wide.
    package var folds: Bool

    package init(_ header: Cell, alignment: Alignment = .leading, folds: Bool = false) {
      self.header = header
      self.alignment = alignment
      self.folds = folds
    }
  }

  package var title: String?
  /// The title in LaTeX's own notation, where it has mathematics in it.
  package var latexTitle: String?
  package let columns: [Column]
  package private(set) var rows: [[Cell]] = []

  package init(title: String? = nil, columns: [Column], rows: [[Cell]] = []) {
    self.title = title
    self.columns = columns
    rows.forEach { append($0) }
  }

  /// Adds a row; cells missing at its end are empty.
  package mutating func append(_ row: [Cell]) {
    precondition(row.count <= columns.count, "a row has more cells than the table has columns")
    let missing = columns.count - row.count
    rows.append(missing == 0 ? row : row + Array(repeating: .empty, count: missing))
  }
}

extension Table.Cell {
  /// The cell without any escaping.
  func plainText(_ numbers: NumberFormat) -> String {
    switch self {
    case .text(let text), .formula(let text): text
    case .number(let value): numbers.text(value)
    case .empty: ""
    }
  }
}
