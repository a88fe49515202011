// Tables in an HTML document that needs nothing but itself: no network, no script.
import Text

extension Table {
  /// The table; under its title, if it has one, it folds.
  package func html(numbers: NumberFormat = .shortest) -> String {
    func line(_ cells: [Cell], _ tag: String) -> String {
      let texts = zip(columns, cells).map { column, cell in
        let isNumber = column.alignment != .leading
        let name = isNumber ? "\(tag) class=\"number\"" : tag
        return "<\(name)>\(svgEscaped(cell.plainText(numbers)))</\(tag)>"
      }
      return "<tr>" + texts.joined() + "</tr>\n"
    }
    var table = "<table>\n"
    if !columns.isEmpty { table += "<thead>\n" + line(columns.map(\.header), "th") + "</thead>\n" }
    table += "<tbody>\n" + rows.map { line($0, "td") }.joined() + "</tbody>\n</table>\n"
    guard let title else { return table }
    return "<details open>\n<summary>\(svgEscaped(title))</summary>\n\(table)</details>\n"
  }
}
