// A table in plain LaTeX: `tabular` and `\hline`, no package needed.
import Text

extension Table {
  /// The table as a `tabular` environment in a paragraph of its own, under its title.
  package func latex(numbers: NumberFormat = .shortest) -> String {
    func line(_ cells: [Cell]) -> String {
      cells.map { latexText($0, numbers) }.joined(separator: " & ") + " \\\\\n"
    }
    var out = title.map { "\\par\\noindent \(latexEscaped(onOneLine(cleaned($0))))\n" } ?? ""
    guard !columns.isEmpty else { return out }
    let alignments = columns.map { $0.alignment == .leading ? "l" : "r" }.joined()
    // Rows a little apart, for fractions and accents.
    out += "\\par\\smallskip\\noindent{\\renewcommand{\\arraystretch}{1.25}%\n"
    out += "\\begin{tabular}{\(alignments)}\n\\hline\n"
    out += line(columns.map(\.header)) + "\\hline\n"
    for row in rows { out += line(row) }
    return out + "\\hline\n\\end{tabular}}\\par\\smallskip\n"
  }
}

private func latexText(_ cell: Table.Cell, _ numbers: NumberFormat) -> String {
  switch cell {
  case .text(let text): latexEscaped(onOneLine(cleaned(text)))
  case .number(let value): latexNumber(value, numbers)
  case .whole(let digits): "$\(digits)$"
  case .formula(let formula): formula.isEmpty ? "" : "$\(onOneLine(cleaned(formula)))$"
  case .empty: ""
  }
}

/// In mathematics, where a minus is a minus and an exponent is raised.
private func latexNumber(_ value: Double, _ numbers: NumberFormat) -> String {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value < 0 ? "$-\\infty$" : "$\\infty$" }
  let parts = numbers.text(value).split(separator: "e")
  guard parts.count == 2, let exponent = Int(parts[1]) else { return "$\(parts[0])$" }
  return "$\(parts[0]) \\times 10^{\(exponent)}$"
}

private func latexEscaped(_ text: String) -> String {
  // The `\\` of the row above would take a `[` or `*` for an argument of its own.
  var out = text.hasPrefix("[") || text.hasPrefix("*") ? "{}" : ""
  var previous: Character?
  for character in text {
    // Two of these in a row would be drawn as one: a dash, a quotation mark.
    if character == previous, "-'`,".contains(character) { out += "{}" }
    out += latexEscaped(character)
    previous = character
  }
  return out
}

private func latexEscaped(_ character: Character) -> String {
  switch character {
  case "%", "&", "#", "$", "_", "{", "}": "\\\(character)"
  case "\\": "\\textbackslash{}"
  case "~": "\\textasciitilde{}"
  case "^": "\\textasciicircum{}"
  case "<": "\\textless{}"
  case ">": "\\textgreater{}"
  case "|": "\\textbar{}"
  default: LaTeXName.inText(character) ?? String(character)
  }
}
