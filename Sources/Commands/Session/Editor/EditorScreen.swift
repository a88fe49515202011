// How a line that is being typed looks on a terminal of some width.
import Text
import Reporting

/// Rows that fit the terminal, and where the cursor is in them.
struct EditorScreen: Equatable {
  struct Row: Equatable {
    /// What stands before the text, the program's own.
    var prompt: String
    var text = ""
  }

  private(set) var rows: [Row]
  private(set) var cursor = (row: 0, column: 0)

  static func == (left: EditorScreen, right: EditorScreen) -> Bool {
    left.rows == right.rows && left.cursor == right.cursor
  }

  /// - Parameters:
  ///   - columns: the terminal's width; the last column stays free, for the cursor.
  ///   - height: the rows that can be shown; those around the cursor are.
  init(_ editor: LineEditor, columns: Int, height: Int) {
    let limit = max(columns - 1, 8)
    rows = [Row(prompt: editor.search?.prompt ?? Prompt.first)]
    var column = displayWidth(of: rows[0].prompt)
    for (index, character) in editor.text.enumerated() {
      if index == editor.cursor { cursor = (rows.count - 1, column) }
      if character == "\n" {
        rows.append(Row(prompt: Prompt.next))
        column = displayWidth(of: Prompt.next)
        continue
      }
      let shown = String(character)
      let width = displayWidth(of: shown)
      if column + width > limit {
        rows.append(Row(prompt: ""))
        column = 0
        if index == editor.cursor { cursor = (rows.count - 1, 0) }
      }
      rows[rows.count - 1].text += shown
      column += width
    }
    if editor.cursor == editor.text.count { cursor = (rows.count - 1, column) }
    cut(to: max(1, height))
  }

  private mutating func cut(to height: Int) {
    guard rows.count > height else { return }
    let first = min(max(0, cursor.row - height / 2), rows.count - height)
    rows = Array(rows[first..<first + height])
    cursor.row -= first
  }
}
