// A table that is too wide even folded: a block of `header: value` lines for each row.
import Text

extension TextGrid {
  /// Writes the rows as blocks with an empty line between them; a table without rows shows its
  /// headers.
  func writeRecords(to out: inout String, width: Int, style: TextStyle) {
    let rows = rows.isEmpty ? [headers.map { _ in "" }] : rows
    for (index, row) in rows.enumerated() {
      if index > 0 { out += "\n" }
      for (header, value) in zip(headers, row) {
        writeField(header, value, to: &out, width: width, style: style)
      }
    }
  }

  private func writeField(
    _ header: String, _ value: String, to out: inout String, width: Int, style: TextStyle
  ) {
    let label = header.isEmpty ? "" : onOneLine(cleaned(header)) + ":"
    let field = [label, onOneLine(cleaned(value))].filter { !$0.isEmpty }.joined(separator: " ")
    guard !field.isEmpty else { return }
    for (index, line) in folded(field, width: width, indent: 2).enumerated() {
      // A label that was itself folded stays plain.
      let isLabelled = index == 0 && line.hasPrefix(label)
      out += isLabelled ? style.bold(label) + line.dropFirst(label.count) : line
      out += "\n"
    }
  }
}
