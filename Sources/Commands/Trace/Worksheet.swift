// A trace to be filled in: its tables without their values, or without their formulas too.
import Reporting

/// What is left out.
enum Worksheet: String, CaseIterable {
  case values, all

  /// A table for people; the values of the variables are given.
  ///
  /// - Parameter inputs: how many rows the variables have, which come first in a primal trace.
  func cleared(_ table: Table, inputs: Int) -> Table {
    let isPrimal = table.columns.first?.header == .text("primal")
    return cleared(table) { row, column in
      switch table.columns[column].header {
      case .text("value") where isPrimal && row < inputs: .kept
      case .text("value"), .text("tangent value"), .text("local partial"): .cleared
      case .text("primal") where row < inputs: .kept
      case .text("primal"), .text("tangent"), .text("adjoint"): self == .all ? .named : .kept
      default: .kept
      }
    }
  }

  /// The rows of all traces, as CSV has them: primals of a point, and its derivatives.
  func cleared(records table: Table, inputs: Int) -> Table {
    var place = 0
    let isInput = table.rows.indices.map { row in
      place = row > 0 && table.rows[row][0] == table.rows[row - 1][0] ? place + 1 : 0
      return table.rows[row][0].isPrimal && place < inputs
    }
    return cleared(table) { row, column in
      switch table.columns[column].header {
      case .text("value") where isInput[row]: .kept
      case .text("value"), .text("partial"): .cleared
      case .text("formula") where !isInput[row] && self == .all: .cleared
      default: .kept
      }
    }
  }

  private enum Treatment { case kept, cleared, named }

  private func cleared(_ table: Table, _ treatment: (Int, Int) -> Treatment) -> Table {
    let rows = table.rows.enumerated().map { row, cells in
      cells.enumerated().map { column, cell in
        switch treatment(row, column) {
        case .kept: cell
        case .cleared: Table.Cell.empty
        case .named: cell.leftSide
        }
      }
    }
    return Table(title: table.title, columns: table.columns, rows: rows)
  }
}

extension Table.Cell {
  /// `v₁ =` of `v₁ = ln v₋₁`.
  fileprivate var leftSide: Table.Cell {
    guard case .formula(let text) = self, let sign = text.firstIndex(of: "=") else { return self }
    return .formula(String(text[...sign]))
  }

  fileprivate var isPrimal: Bool {
    if case .text(let text) = self { text.hasPrefix("primal") } else { false }
  }
}
