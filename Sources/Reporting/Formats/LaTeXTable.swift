// A table in LaTeX: `tabular` and `\hline`, or `longtable` where it is longer than a page.
import Text

extension Table {
  /// The rows that surely fit on a page.
  private static let rowsOnPage = 35

  /// The table as a `tabular` environment in a paragraph of its own, under its title; a long one as
  /// a `longtable`, which goes on on the next page under its headers.
  package func latex(numbers: NumberFormat = .shortest) -> String {
    func line(_ cells: [Cell]) -> String {
      cells.map { latexText($0, numbers) }.joined(separator: " & ") + " \\\\\n"
    }
    let heading = latexTitle ?? title.map { latexEscaped(onOneLine(cleaned($0))) }
    var out = heading.map { "\\par\\noindent \($0)\n" } ?? ""
    guard !columns.isEmpty else { return out }
    let alignments = columns.map { $0.alignment == .leading ? "l" : "r" }.joined()
    let isLong = rows.count > Self.rowsOnPage
    // Rows a little apart, for fractions and accents.
    out += "\\par\\smallskip\\noindent{\\renewcommand{\\arraystretch}{1.25}%\n"
    out += isLong ? "\\begin{longtable}[l]" : "\\begin{tabular}"
    out += "{\(alignments)}\n\\hline\n" + line(columns.map(\.header))
    out += isLong ? "\\hline\n\\endhead\n\\hline\n\\endfoot\n" : "\\hline\n"
    for row in rows { out += line(row) }
    return out + (isLong ? "\\end{longtable}}" : "\\hline\n\\end{tabular}}") + "\\par\\smallskip\n"
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
  value.isNaN ? "NaN" : "$\(numbers.latex(value))$"
}

extension NumberFormat {
  /// A number in LaTeX's mathematics: `1.6 \times 10^{-19}`, `10^{-11}`, `\infty`.
  package func latex(_ value: Double) -> String {
    guard value.isFinite else {
      return value.isNaN ? "\\mathrm{NaN}" : value < 0 ? "-\\infty" : "\\infty"
    }
    let parts = text(value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return String(parts[0]) }
    let power = "10^{\(exponent)}"
    switch parts[0] {
    case "1": return power
    case "-1": return "-" + power
    case let factor: return "\(factor) \\times \(power)"
    }
  }
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
