// The HTML of a page: what is in it, escaped, with a step for each row.
import Testing
import Text

@testable import Reporting

@Suite struct PageTests {
  private static let nasty = "</script><b a=\"1\" b='2'>&amp;\u{1B}[31m\u{202E}</style>"

  private func page(_ name: String, listing: String = "x*x", notes: [String] = []) -> Page {
    let diagram = Diagram(
      title: name, nodes: [Diagram.Node("v0 = \(name)", kind: .input), Diagram.Node("v1 = v0*v0")],
      edges: [Diagram.Edge(from: 0, to: 1), Diagram.Edge(from: 0, to: 1)])
    let columns = [Table.Column("primal"), Table.Column("value", alignment: .decimal)]
    let up = Table(
      title: "up", columns: columns,
      rows: [[.formula("v0 = \(name)"), .number(0.5)], [.formula("v1"), .number(10)]])
    let down = Table(title: "down", columns: columns, rows: [[.text(name), .empty]])
    return Page(
      title: name, listing: listing, diagram: diagram,
      sweeps: [
        Page.Sweep(
          up,
          steps: [
            Page.Step(node: 0, labels: [Page.Label(node: 0, line: 0, text: "0.5")], place: 0..<1),
            Page.Step(node: 1, reads: [0], labels: [Page.Label(node: 1, line: 0, text: name)]),
          ]),
        Page.Sweep(down, steps: [Page.Step(node: 0, reads: [1])], startsAnew: true),
      ], notes: notes)
  }

  /// The places of `needle`, counted.
  private func count(_ needle: String, _ text: String) -> Int {
    text.split(separator: needle, omittingEmptySubsequences: false).count - 1
  }

  @Test func aRowIsAStep() {
    let html = page("x").html()
    #expect(html.hasPrefix("<!DOCTYPE html>\n") && html.hasSuffix("</html>\n"))
    #expect(count("<tr id=\"step-", html) == 3 && count("<table", html) == 2)
    #expect(html.contains("<tr id=\"step-2\" data-node=\"1\" data-reads=\"0\" data-labels="))
    #expect(html.contains("data-place=\"0 1\"") && html.contains("max=\"3\" value=\"3\""))
    #expect(count("<table data-anew>", html) == 1 && count("<caption>", html) == 2)
    #expect(count("<g class=\"node", html) == 2)
    #expect(count("data-from=\"0\" data-to=\"1\"", html) == 2)
  }

  @Test func needsNothingButItself() {
    let html = page("x").html()
    for needle in ["http:", "https:", " src=", "@import", "url(http", "fetch(", "XMLHttp"] {
      #expect(!html.contains(needle), "\(needle)")
    }
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("prefers-color-scheme:dark") && html.contains("@media print"))
    #expect(html.contains("role=\"status\"") && html.contains("lang=\"en\""))
  }

  @Test func everythingIsEscaped() {
    let name = Self.nasty
    let html = page(name, listing: name, notes: [name]).html()
    #expect(count("<script>", html) == 1 && count("</script>", html) == 1)
    #expect(count("</style>", html) == 2 && !html.contains("<b "))
    let steers = html.unicodeScalars.contains { $0.steers && $0 != "\n" && $0 != "\t" }
    #expect(!steers)
    #expect(html.contains("&lt;/script&gt;&lt;b a=&quot;1&quot;"))
  }

  /// Without the script the page shows the end; every node has room for all that it shows before.
  @Test func theGraphShowsTheLastStep() {
    let start = page("x").finalDiagram
    #expect(start.nodes.map(\.details) == [[""], [""]])
    #expect(start.nodes.map(\.room) == [["0.5"], ["x"]])
    let wide = DiagramLayout(page("a long text to show").finalDiagram).boxes[1].width
    #expect(wide > DiagramLayout(start).boxes[1].width)
  }

  @Test func numbersStandUnderEachOther() {
    let html = page("x").html()
    #expect(html.contains("<td class=\"number\">0.5</td>"))
    #expect(html.contains("<td class=\"number\">10<span class=\"pad\">  </span></td>"))
    #expect(html.contains("<td class=\"number\"></td>"))
  }

  @Test func aListingKeepsItsLinesAndPlaces() {
    let html = page("x", listing: "a\r\n\tb < 😀\u{1B}").html()
    #expect(html.contains("<pre id=\"listing\">a \n\tb &lt; 😀\u{FFFD}</pre>"))
    #expect(html.contains("aria-label=\"Program\""))
  }
}
