// Claims in rows and columns: a derivative and its formula in each line, or heads and what stands below them.
import Text

/// Tables of Markdown and of separated values as equations.
enum PastedTable {
  static func plain(_ text: String) -> String {
    let lines = text.split { $0 == "\n" || $0 == "\r\n" }.map { trimmed(String($0)) }
    if lines.count > 1, lines.allSatisfy({ $0.hasPrefix("|") && $0.hasSuffix("|") }) {
      return markdown(lines)
    }
    if lines.count == 2, let first = lines[1].split(separator: " ").first,
      first == "[1,]" || Int(first) != nil
    {
      // As R prints a matrix with names, and pandas a frame.
      let words = lines.map { $0.split(separator: " ").map(String.init) }
      if words[0].count == words[1].count - 1, words[0].allSatisfy(isName) {
        return equations(words[0], Array(words[1].dropFirst()))
      }
    }
    for separator in ["\t", " | ", ";", ","] {
      let rows = lines.map { cells($0, separator) }
      if rows.count > 1 || separator == "\t" || separator == " | ",
        let equations = equations(rows, isCertain: separator == "\t" || separator == " | ")
      {
        return equations
      }
    }
    return text
  }

  private static func markdown(_ lines: [String]) -> String {
    let rows = lines.map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
        .map { trimmed(String($0)) }
    }
    guard let rule = rows.firstIndex(where: isRule), rule > 0 else {
      let plain = rows.filter { !isRule($0) }
      return plain.map { "[" + $0.joined(separator: ", ") + "]" }.joined(separator: "\n")
    }
    let heads = rows[rule - 1]
    let below = rows[(rule + 1)...]
    if below.count == 1, let row = below.first, heads.allSatisfy(isHead) || Double(row[0]) != nil {
      return equations(heads, row)
    }
    return below.flatMap { row in
      row.count == 2
        ? ["\(row[0]) = \(row[1])"]
        : zip(heads, row).dropFirst().map { head, cell in
          head.hasPrefix("∂/∂")
            ? "∂\(row[0])\(head.dropFirst()) = \(cell)" : "d\(row[0])/d\(head) = \(cell)"
        }
    }.joined(separator: "\n")
  }

  private static func isRule(_ cells: [String]) -> Bool {
    cells.allSatisfy { cell in !cell.isEmpty && cell.allSatisfy { "-: ".contains($0) } }
  }

  private static func equations(_ heads: [String], _ row: [String]) -> String {
    zip(heads, row).map { "\($0) = \($1)" }.joined(separator: "\n")
  }

  /// - Parameter isCertain: whether the separator stands in no formula.
  private static func equations(_ rows: [[String]], isCertain: Bool) -> String? {
    guard let heads = rows.first, heads.count > 1,
      rows.allSatisfy({ $0.count == heads.count && !$0.contains("") })
    else { return nil }
    let areNumbers =
      rows.count == 2 && rows[1].allSatisfy { Double($0.replacing(",", with: ".")) != nil }
    if rows.count == 2, heads.allSatisfy(isHead) || areNumbers && heads.allSatisfy(isName),
      !rows[1].allSatisfy(isHead)
    {
      return equations(heads, rows[1])
    }
    guard heads.count == 2 else { return nil }
    let isHeader = words.contains(heads[1].lowercased())
    let body = isHeader ? Array(rows.dropFirst()) : rows
    guard isHeader || isCertain, body.allSatisfy({ isHead($0[0]) || isName($0[0]) }) else {
      return nil
    }
    return body.map { "\($0[0]) = \($0[1])" }.joined(separator: "\n")
  }

  private static let words: Set<String> = [
    "derivative", "partial", "partial derivative", "formula", "gradient", "value", "ableitung",
    "wert", "formel", "grad",
  ]

  /// `df/dx`, `f'(x)`, `dx`, `f_x`: what a derivative is called.
  private static func isHead(_ cell: String) -> Bool {
    let plain = ClaimPieces.plain(cell)
    let isShort = plain.count < 12 && !plain.contains { "*+^".contains($0) }
    return isShort && (plain.hasPrefix("d") || plain.hasPrefix("f'") || plain.hasPrefix("f_"))
  }

  private static func isName(_ cell: String) -> Bool {
    cell.first?.isLetter == true && cell.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// The fields between separators, without the quotes around them; a separator in quotes separates nothing.
  private static func cells(_ line: String, _ separator: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
        continue
      }
      cell.append(character)
      if !isQuoted, cell.hasSuffix(separator) {
        cells.append(trimmed(String(cell.dropLast(separator.count))))
        cell = ""
      }
    }
    return cells + [trimmed(cell)]
  }
}
