// A page as one HTML document that needs nothing but itself: no network, no library.
import Text

extension Page {
  /// The document. Without its script all of it is visible; the script hides what comes later.
  package func html() -> String {
    var out = beginning
    out += "<main>\n<div class=\"left\">\n"
    out += "<div class=\"graph\" role=\"region\" aria-label=\"Graph\" tabindex=\"0\">\n"
    out += finalDiagram.svg(isPart: true) + "</div>\n"
    writeListing(to: &out)
    out += "</div>\n<div class=\"tables\" role=\"region\" aria-label=\"Steps\" tabindex=\"0\">\n"
    var first = 1
    for sweep in sweeps {
      sweep.write(to: &out, numbers, first: first)
      first += sweep.steps.count
    }
    writeNotes(to: &out)
    return out + "</div>\n</main>\n<script>\n\(PageScript.text)</script>\n</body>\n</html>\n"
  }

  private var stepCount: Int { sweeps.reduce(0) { $0 + $1.steps.count } }

  private var beginning: String {
    HTMLDocument.beginning(
      title, sources: "; script-src 'unsafe-inline'",
      below: "\(bar)<p id=\"said\" role=\"status\"></p>\n")
  }

  /// The buttons, which are of no use without the script.
  private var bar: String {
    """
    <div id="bar" role="group" aria-label="Go through the steps" hidden>
    <button type="button" id="first">First</button>
    <button type="button" id="back" aria-keyshortcuts="ArrowLeft">← Back</button>
    <button type="button" id="forward" aria-keyshortcuts="ArrowRight">Forward →</button>
    <button type="button" id="last">Last</button>
    <input type="range" id="slider" min="0" max="\(stepCount)" value="\(stepCount)" \
    aria-label="Step">
    <span class="keys">or the keys <kbd>←</kbd> <kbd>→</kbd> <kbd>Home</kbd> <kbd>End</kbd>, \
    or a row, or a node</span>
    </div>

    """
  }

  private func writeListing(to out: inout String) {
    guard !listing.isEmpty else { return }
    let name = listing.utf8.contains(UInt8(ascii: "\n")) ? "Program" : "Formula"
    out += "<div class=\"listing\" role=\"region\" aria-label=\"\(name)\" tabindex=\"0\">\n"
    out += "<pre id=\"listing\">\(htmlListing(listing))</pre>\n</div>\n"
  }

  private func writeNotes(to out: inout String) {
    guard !notes.isEmpty else { return }
    out += "<h2>Notes</h2>\n<ul class=\"notes\">\n"
    for note in notes { out += "<li>\(htmlEscaped(note))</li>\n" }
    out += "</ul>\n"
  }
}

extension Page.Sweep {
  /// - Parameter first: the number of its first step.
  fileprivate func write(to out: inout String, _ numbers: NumberFormat, first: Int) {
    let fractions = table.fractions(numbers)
    out += startsAnew ? "<table data-anew>\n" : "<table>\n"
    out += "<caption>\(htmlEscaped(table.title ?? ""))</caption>\n<thead>\n<tr>"
    for column in table.columns {
      let isNumber = column.alignment != .leading
      out += isNumber ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">"
      out += htmlEscaped(column.header.plainText(numbers)) + "</th>"
    }
    out += "</tr>\n</thead>\n<tbody>\n"
    for (index, (row, step)) in zip(table.rows, steps).enumerated() {
      out += "<tr id=\"step-\(first + index)\"\(step.attributes)>"
      for (column, cell) in row.enumerated() {
        let text = cell.plainText(numbers)
        if table.columns[column].alignment == .leading {
          out += "<td>\(htmlEscaped(text))</td>"
        } else {
          let slack = text.isEmpty ? 0 : max(0, fractions[column] - fraction(of: text))
          let pad = slack == 0 ? "" : "<span class=\"pad\">\(spaces(slack))</span>"
          out += "<td class=\"number\">\(htmlEscaped(text))\(pad)</td>"
        }
      }
      out += "</tr>\n"
    }
    out += "</tbody>\n</table>\n"
  }
}

extension Page.Step {
  /// What the script reads: numbers, and texts as JSON.
  fileprivate var attributes: String {
    var out = " data-node=\"\(node)\""
    if !reads.isEmpty {
      out += " data-reads=\"\(reads.map { String($0) }.joined(separator: " "))\""
    }
    if let place { out += " data-place=\"\(place.lowerBound) \(place.upperBound)\"" }
    if !labels.isEmpty {
      let texts = labels.map { "[\($0.node),\($0.line),\(jsonQuoted($0.text))]" }
      out += " data-labels=\"\(htmlEscaped("[" + texts.joined(separator: ",") + "]"))\""
    }
    return out
  }
}

extension Table {
  /// For each column how many characters its numbers have at most from the decimal point on.
  fileprivate func fractions(_ numbers: NumberFormat) -> [Int] {
    columns.indices.map { column in
      rows.reduce(0) { max($0, fraction(of: $1[column].plainText(numbers))) }
    }
  }
}

/// How many characters of a number stand from its decimal point on.
private func fraction(of text: String) -> Int {
  let bytes = text.utf8
  guard bytes.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
    return 0
  }
  return bytes.drop { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "e") }.count
}

/// `text` for contents and attributes.
private func htmlEscaped(_ text: String) -> String { svgEscaped(text) }

/// The same with line ends and tabs, in as many units of UTF-16 as the text has.
private func htmlListing(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n", "\t": out.unicodeScalars.append(scalar)
    case "\r": out += " "
    default: out += svgEscaped(String(scalar))
    }
  }
  return out
}
