// Output is data: one list of nasty texts in every format.
@testable import Text
import Testing

@testable import Reporting

@Suite struct EscapingTests {
  /// Terminal sequences, a backspace, a delete, C1 controls, separators, and marks of direction.
  static let nasty = [
    "\u{1B}[31mred", "a\u{8}b", "a\u{7F}b", "\u{9B}2J", "a\u{2028}b", "a\u{0}b",
    "\u{202E}cba", "\u{2066}a\u{2069}", "a\u{200F}b", "\u{61C}a",
    "]]></text><script>", "\"], n1 [label=\"", "\\end{tabular}", "|a|\r\n|b|", "`x` <b>",
  ]

  private static func outputs(_ text: String) -> [(format: String, output: String)] {
    let table = Table(
      title: text, columns: [Table.Column(.text(text)), Table.Column("b")],
      rows: [[.text(text), .formula(text)]])
    let diagram = Diagram(
      title: text,
      nodes: [
        Diagram.Node(text, kind: .input), Diagram.Node(text, details: [text], kind: .output),
      ], edges: [Diagram.Edge(from: 0, to: 1, label: text)])
    let points = [Plot.Point(1, 1), Plot.Point(2, 3)]
    let plot = Plot(
      title: text, xLabel: text, yLabel: text, markLabel: text, predictionLabel: text,
      series: [Plot.Series(text, detail: text, points: points)])
    return [
      ("text", table.text()), ("narrow", table.text(width: 10)),
      ("markdown", table.markdown()), ("latex", table.latex()), ("csv", table.csv()),
      ("json", JSON.object([(key: text, value: .string(text))]).text),
      ("graph", diagram.text(unicode: true, width: 80)),
      ("plot", plot.text(width: 80) ?? ""), ("plot as svg", plot.svg()),
      ("svg", diagram.svg()), ("dot", diagram.dot()), ("mermaid", diagram.mermaid()),
    ]
  }

  @Test(arguments: nasty) func noFormatIsSteered(_ text: String) {
    for (format, output) in Self.outputs(text) {
      // JSON has names for what it escapes, and separators of lines are text in it.
      let steering = output.unicodeScalars.filter {
        $0.steers && $0 != "\n" && $0 != "\r" && !(format == "json" && $0 == "\u{2028}")
      }
      #expect(steering.isEmpty, "\(format): \(steering.map(\.value))")
      #expect(output.unicodeScalars.contains("\r") == false || format == "csv", "\(format)")
    }
  }

  @Test(arguments: nasty) func noFormatIsLeft(_ text: String) {
    let outputs = Dictionary(
      uniqueKeysWithValues: Self.outputs(text).map { ($0.format, $0.output) })
    #expect(outputs["svg"]?.contains("<script") == false)
    #expect(outputs["markdown"]?.split(separator: "\n").count == 4)
    #expect(outputs["latex"]?.components("\\end{tabular}") == (text.hasPrefix("\\end") ? 3 : 2))
    #expect(outputs["dot"]?.split(separator: "\n").filter { $0.contains("label=") }.count == 4)
  }

  @Test func whatIsTextStays() {
    #expect(cleaned("ẋ₁ = α·漢 👩‍🔬\n−∞") == "ẋ₁ = α·漢 👩‍🔬\n−∞")
  }
}

extension String {
  /// How many pieces a separator cuts the text into.
  fileprivate func components(_ separator: String) -> Int {
    var (count, rest) = (1, self[...])
    while let range = rest.firstRange(of: separator) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
