// A table before it takes the form of a format: what is in it, not how it looks.
import Text

/// Headers and rows of cells. Each format has a file of its own that turns a table into text.
package struct Table: Equatable, Sendable {
  /// How the cells of a column are lined up.
  package enum Alignment: Equatable, Sendable {
    case leading, trailing
    /// Numbers with their decimal points in one column, anything else trailing. Formats without
    /// such an alignment use trailing.
    case decimal
  }

  /// What becomes of a column where a table is too wide even with fewer digits.
  package enum WhenNarrow: Equatable, Sendable {
    case stays
    /// Its cells are broken over several lines.
    case folds
    /// It stands in a table of its own below the others, beside the key.
    case standsBelow
  }

  /// What a cell holds; each format decides how that is written.
  package enum Cell: Equatable, Sendable, ExpressibleByStringLiteral {
    /// Plain text; every format escapes what is special in it.
    case text(String)
    case number(Double)
    /// A formula already in the notation of the format the table is written in: LaTeX sets it as
    /// mathematics, the others treat it as text.
    case formula(String)
    /// A whole number of any size by its decimal digits, rounded like a number.
    case whole(String)
    case empty

    /// Plain text.
    package init(stringLiteral value: String) {
      self = .text(value)
    }
  }

  /// The header of a column and what holds for all of its cells.
  package struct Column: Equatable, Sendable {
    /// Written in the first row, with the same escaping as any cell.
    package var header: Cell
    /// Holds for the cells and the header.
    package var alignment: Alignment
    /// What gives way where the table is too wide.
    package var whenNarrow: WhenNarrow

    /// - Parameter whenNarrow: what becomes of the column where the table is too wide.
    package init(
      _ header: Cell, alignment: Alignment = .leading, whenNarrow: WhenNarrow = .stays
    ) {
      self.header = header
      self.alignment = alignment
      self.whenNarrow = whenNarrow
    }

    /// - Parameter folds: whether cells are broken over lines where the table is too wide.
    package init(_ header: Cell, alignment: Alignment = .leading, folds: Bool) {
      self.init(header, alignment: alignment, whenNarrow: folds ? .folds : .stays)
    }
  }

  /// Stands above the table; nil for none.
  package var title: String?
  /// The title in LaTeX's own notation, where it has mathematics in it.
  package var latexTitle: String?
  /// Fixed from the start; rows may be added.
  package let columns: [Column]
  /// How many of the first columns say what a row is about: where the table is too wide, it is
  /// shown in blocks of columns behind these. With none it is shown row by row.
  package let keyCount: Int
  /// One cell for each column, in the order they were added.
  package private(set) var rows: [[Cell]] = []

  /// - Parameters:
  ///   - rows: cells that are missing at a row's end are empty.
  ///   - keyCount: how many of the first columns say what a row is about.
  package init(
    title: String? = nil, columns: [Column], rows: [[Cell]] = [], keyCount: Int = 1
  ) {
    self.title = title
    self.columns = columns
    self.keyCount = keyCount
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
    case .whole(let digits): numbers.text(whole: digits)
    case .empty: ""
    }
  }
}
