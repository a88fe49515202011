// Diagnostics as text for a terminal.
import Text

/// Shows a diagnostic in this form:
/// ```
/// error: 'sine' is not a function; did you mean 'sin'?
///   1 + sine(x1*x2)
///       ^~~~
/// ```
/// The remedy follows the message after `; ` if both fit on a line of 100 columns, and otherwise
/// stands below the carets as `  help: …`. Where the source has a name or several lines, the first
/// line begins with the place in the form that editors and other tools read: `survey.ad:3:9: error: …`,
/// or `3:9: error: …` for lines without a name; of an option's value it says `error: in --at: …`.
package struct DiagnosticRenderer: Sendable {
  /// The columns that an excerpt may take, without its indentation.
  package var width: Int
  /// Whether to write escape sequences for colors.
  package var usesColor: Bool
  /// Whether `…` and the replacement character may stand for what is not shown; else `~` and `?`.
  package var usesUnicode: Bool
  /// The columns of a line; nil for as many as it takes.
  package var lineWidth: Int?

  private static let firstLineWidth = 100

  /// - Parameters:
  ///   - width: the columns that an excerpt may take; less where `lineWidth` asks for it.
  ///   - lineWidth: the columns of a line; nil for as many as it takes.
  package init(
    width: Int = 76, usesColor: Bool = false, usesUnicode: Bool = true, lineWidth: Int? = nil
  ) {
    self.lineWidth = lineWidth
    self.usesUnicode = usesUnicode
    self.width = lineWidth.map { min(width, max(20, $0 - 2)) } ?? width
    self.usesColor = usesColor
  }

  /// Lines joined by line feeds, without one at the end. Safe to print whatever the source holds:
  /// the line feed is the only control character, colours apart.
  package func render(_ diagnostic: Diagnostic) -> String {
    let location = location(of: diagnostic)
    let place = location.isEmpty ? diagnostic.place.map { printable($0) + ": " } ?? "" : location
    let title = diagnostic.severity.rawValue + ":"
    let message = option(of: diagnostic) + printable(diagnostic.message)
    let remedy = diagnostic.remedy.map(printable)
    let isShort = isShort(place + title + " " + message, remedy)

    var first = message
    if let remedy, isShort { first += "; " + remedy }
    var lines = folded(
      first, behind: place + title, styled: place + styled(title, color(of: diagnostic.severity)))
    lines += excerpt(of: diagnostic)
    lines += diagnostic.context.map { "  " + printable($0) }
    if let remedy, !isShort {
      lines += folded(remedy, behind: "  help:", styled: "  " + styled("help:", .bold))
    }
    return lines.joined(separator: "\n")
  }

  /// A text behind a label, in lines that fit.
  private func folded(_ text: String, behind label: String, styled: String) -> [String] {
    guard let lineWidth else { return [styled + " " + text] }
    // A word as wide as the label keeps its room free on the first line.
    let room = String(repeating: "x", count: displayWidth(of: label))
    var lines = foldedProse(room + " " + text, width: lineWidth, indent: 4)
    lines[0] = styled + lines[0].dropFirst(room.count)
    return lines
  }

  private func isShort(_ line: String, _ remedy: String?) -> Bool {
    displayWidth(of: line) + 2 + displayWidth(of: remedy ?? "")
      <= min(Self.firstLineWidth, lineWidth ?? .max)
  }

  private func excerpt(of diagnostic: Diagnostic) -> [String] {
    guard let source = diagnostic.source, let range = diagnostic.range else { return [] }
    let excerpt = Excerpt(source.bytes, around: source.clamped(range), width: width)
    if excerpt.text.isEmpty { return [] }
    let carets = "^" + String(repeating: "~", count: excerpt.underline - 1)
    let indent = String(repeating: " ", count: 2 + excerpt.indent)
    let text = usesUnicode ? excerpt.text : Self.inASCII(excerpt.text)
    return ["  " + text, indent + styled(carets, .green)]
  }

  /// Marks that are not the user's own, replaced by ASCII ones of the same width.
  private static func inASCII(_ text: String) -> String {
    String(text.map { $0 == "…" ? "~" : $0 == "\u{FFFD}" ? "?" : $0 })
  }

  // MARK: Places

  /// The value of an option is no file: `error: in --at: …`.
  private func option(of diagnostic: Diagnostic) -> String {
    guard let name = diagnostic.source?.name, name.hasPrefix("--") else { return "" }
    return "in \(printable(name)): "
  }

  private func location(of diagnostic: Diagnostic) -> String {
    guard let source = diagnostic.source, source.name?.hasPrefix("--") != true else { return "" }
    guard let range = diagnostic.range else {
      return source.name.map { printable($0) + ": " } ?? ""
    }
    let partName = source.part(at: range.start).name
    if partName == nil && !source.hasSeveralLines(at: range.start) { return "" }
    let (line, column) = source.column(of: range.start)
    let name = partName.map { printable($0) + ":" } ?? ""
    return "\(name)\(line):\(column): "
  }

  // MARK: Styles

  private enum Style: String {
    case red = "1;31"
    case magenta = "1;35"
    case cyan = "1;36"
    case green = "1;32"
    case bold = "1"
  }

  private func color(of severity: Diagnostic.Severity) -> Style {
    switch severity {
    case .error: .red
    case .warning: .magenta
    case .note: .cyan
    }
  }

  private func styled(_ text: String, _ style: Style) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Messages may quote the user too.
  private func printable(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return CellScanner(bytes, in: 0..<bytes.count).map(\.text).joined()
  }
}
