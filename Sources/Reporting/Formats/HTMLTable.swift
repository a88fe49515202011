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

/// A document of tables.
package enum HTMLDocument {
  /// The document.
  ///
  /// - Parameter body: HTML, as `Table.html` gives it.
  package static func text(title: String, body: String) -> String {
    let heading = svgEscaped(shortened(title, to: 200))
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(heading)</title>
      <style>
      \(PageStyle.text)
      summary{cursor:pointer;font-weight:600;margin:1rem 0 .3rem}
      </style>
      </head>
      <body>
      <header>
      <h1>\(heading)</h1>
      </header>
      <main>
      <div class="tables">
      \(body)</div>
      </main>
      </body>
      </html>

      """
  }
}
