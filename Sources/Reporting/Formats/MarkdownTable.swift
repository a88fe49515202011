// A table as GitHub's Markdown has it.
import Text

extension Table {
  /// The table between pipes, the title as a bold paragraph above it.
  package func markdown(numbers: NumberFormat = .shortest) -> String {
    func line(_ cells: [Cell]) -> String {
      let texts = cells.map { markdownEscaped($0.plainText(numbers)) }
      return "| " + texts.joined(separator: " | ") + " |\n"
    }
    var out = title.map { "**\(markdownEscaped($0))**\n\n" } ?? ""
    guard !columns.isEmpty else { return out }
    out += line(columns.map(\.header))
    out += "|" + columns.map { $0.alignment == .leading ? " :--- |" : " ---: |" }.joined() + "\n"
    for row in rows { out += line(row) }
    return out
  }
}

/// `text` so that Markdown shows it as it is, on one line.
private func markdownEscaped(_ text: String) -> String {
  var out = ""
  for character in cleaned(text) {
    if character.isNewline {
      out += "<br>"
    } else {
      if #"\|*_`~[]<>&$"#.contains(character) { out += "\\" }
      out.append(character)
    }
  }
  return out
}
