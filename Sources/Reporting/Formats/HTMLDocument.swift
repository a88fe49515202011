// HTML documents that need nothing but themselves: no network, no library.
import Text

/// What all of them are made of.
package enum HTMLDocument {
  /// A document of tables, without a script.
  ///
  /// - Parameter body: HTML, as `Table.html` gives it.
  package static func text(title: String, body: String) -> String {
    beginning(
      title, style: "summary{cursor:pointer;font-weight:600;margin:1rem 0 .3rem}\n", below: "")
      + "<main>\n<div class=\"tables\">\n\(body)</div>\n</main>\n</body>\n</html>\n"
  }

  /// All of a document that stands before its main part.
  ///
  /// - Parameters:
  ///   - sources: what the document may load beside images in it and its own style.
  ///   - style: CSS beside that of every document, with a line end.
  ///   - below: HTML below the heading.
  static func beginning(
    _ title: String, sources: String = "", style: String = "", below: String
  ) -> String {
    let heading = svgEscaped(shortened(title, to: 200))
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'\(sources)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(heading)</title>
      <style>
      \(PageStyle.text)\(style)</style>
      </head>
      <body>
      <header>
      <h1>\(heading)</h1>
      \(below)</header>

      """
  }
}
