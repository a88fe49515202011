// A table for programs: RFC 4180 with line feeds as line ends.
import Text

extension Table {
  /// A line of headers and a line for each row; numbers carry every digit, the title is left out.
  package func csv() -> String {
    guard !columns.isEmpty else { return "" }
    func line(_ cells: [Cell]) -> String {
      // An empty line would be no record.
      if cells == [.empty] || cells == [.text("")] { return "\"\"\n" }
      return cells.map { csvField(silenced($0.plainText(.shortest))) }.joined(separator: ",") + "\n"
    }
    return line(columns.map(\.header)) + rows.map(line).joined()
  }
}

/// `text` as a field of comma-separated values: in quotes where it needs them.
package func csvField(_ text: String) -> String {
  // By bytes: `\r\n` is a single character, different from both of its parts.
  let isSpecial = text.utf8.contains { ",\"\n\r".utf8.contains($0) }
  guard isSpecial else { return text }
  let doubled = text.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
  return "\"\(doubled)\""
}
