// The forms of a diagram: exact text for a small one, and nothing that breaks out of its quotes.
@testable import Text
import Testing

@testable import Reporting

@Suite struct DiagramFormTests {
  @Test func dot() {
    #expect(
      DiagramTests.tiny.dot() == """
        digraph {
          graph [label="f = \\"a\\" &amp; b\\\\", labelloc=t]
          graph [rankdir=LR, bgcolor=white, fontname="Helvetica"]
          node [fontname="Helvetica", style="filled,rounded", shape=box]
          edge [fontname="Helvetica", fontsize=10, color="#64748b"]
          n0 [label="x1\\n2", shape=ellipse, style=filled, fillcolor="#dbeafe", color="#3b82f6"]
          n1 [label="3", style=filled, fillcolor="#f1f5f9", color="#94a3b8"]
          n2 [label="v1 = x1 * 3\\n6", fillcolor="#ffffff", color="#64748b"]
          n3 [label="v2 = v1 * v1", peripheries=2, fillcolor="#d1fae5", color="#059669"]
          n0 -> n2 [label="-3"]
          n1 -> n2
          n2 -> n3
          n2 -> n3
        }

        """)
  }

  @Test func mermaid() {
    #expect(
      DiagramTests.tiny.mermaid() == """
        ---
        title: "f = \\"a\\" & b\\\\"
        ---
        flowchart LR
          n0(["x1<br/>2"]):::input
          n1["3"]:::constant
          n2("v1 = x1 #42; 3<br/>6"):::operation
          n3[["v2 = v1 #42; v1"]]:::output
          n0 -->|"#45;3"| n2
          n1 --> n2
          n2 --> n3
          n2 --> n3
          classDef input fill:#dbeafe,stroke:#3b82f6,color:#172554
          classDef constant fill:#f1f5f9,stroke:#94a3b8,color:#1e293b
          classDef operation fill:#ffffff,stroke:#64748b,color:#0f172a
          classDef output fill:#d1fae5,stroke:#059669,color:#022c22

        """)
  }

  @Test func textAsATable() {
    #expect(
      DiagramTests.tiny.text(unicode: true, width: 80) == """
        f = "a" & b\\

        Level  Node          Kind       From          To        Details
        ─────  ────────────  ─────────  ────────────  ────────  ───────
            0  x1            input                    → v1      2
               3             constant                 → v1
            1  v1 = x1 * 3   operation  ← x1 (-3), 3  → v2, v2  6
            2  v2 = v1 * v1  output     ← v1, v1

        """)
  }

  @Test func textAsBlocksWhereItIsNarrow() {
    #expect(
      DiagramTests.tiny.text(unicode: false, width: 24) == """
        f = "a" & b\\

        Level 0
          x1 (input)
            2
            -> v1
          3 (constant)
            -> v1

        Level 1
          v1 = x1 * 3
            6
            <- x1 (-3), 3
            -> v2, v2

        Level 2
          v2 = v1 * v1 (output)
            <- v1, v1

        """)
  }

  @Test func headersForNumbersAndNoArguments() {
    var diagram = Diagram(
      nodes: [
        Diagram.Node("x", details: ["2", "-0.5"], kind: .input),
        Diagram.Node("y = -x", details: ["-2", "1"], kind: .output),
      ], edges: [Diagram.Edge(from: 0, to: 1)])
    diagram.detailHeaders = ["Value", "Adjoint"]
    #expect(
      diagram.text(unicode: false, width: 80, showsArguments: false) == """
        Level  Node    Kind    To    Value  Adjoint
        -----  ------  ------  ----  -----  -------
            0  x       input   -> y      2     -0.5
            1  y = -x  output           -2      1

        """)
    #expect(
      diagram.text(unicode: false, width: 36, showsArguments: false) == """
        Level  Node    To    Value  Adjoint
        -----  ------  ----  -----  -------
            0  x       -> y      2     -0.5
            1  y = -x           -2      1

        """)
    #expect(
      diagram.text(unicode: false, width: 15, showsArguments: false).contains("    Adjoint: 1\n"))
  }

  @Test func nodesWithOneNameAreNumbered() {
    let diagram = Diagram(
      nodes: ["x", "×", "×", "a b"].map { Diagram.Node($0) },
      edges: [(0, 1), (1, 2), (2, 3)].map { Diagram.Edge(from: $0.0, to: $0.1) })
    #expect(
      diagram.text(unicode: false, width: nil) == """
        Level  Node    Kind       From   To
        -----  ------  ---------  -----  -----
            0  x       operation         -> #1
            1  #1 ×    operation  <- x   -> #2
            2  #2 ×    operation  <- #1  -> #3
            3  #3 a b  operation  <- #2

        """)
  }

  @Test func manyUsersAreCutShort() {
    let diagram = Diagram(
      nodes: [Diagram.Node("x")] + (0..<20).map { Diagram.Node("v\($0)") },
      edges: (1...20).map { Diagram.Edge(from: 0, to: $0) })
    #expect(
      diagram.text(unicode: true, width: nil)
        .contains("→ v0, v1, v2, v3, v4, v5, v6, v7, … (12 more)\n"))
  }

  @Test(arguments: DiagramTests.drawn) func everyFormEndsInANewline(diagram: Diagram) {
    for form in [
      diagram.dot(), diagram.mermaid(), diagram.svg(), diagram.text(unicode: true, width: nil),
      diagram.text(unicode: false, width: 1),
    ] { #expect(form.hasSuffix("\n") && !form.contains("nan")) }
  }

  @Test(arguments: DiagramTests.drawn) func svgIsWellFormed(diagram: Diagram) {
    #expect(isWellFormed(diagram.svg()))
  }

  static let hostile = "<&\"'>]]>-->\\ #35; `x` [a] {b} |%% ;\u{1}\u{7F}\u{FFFF}\r\n</svg>"

  @Test func hostileTextStaysText() {
    let diagram = Diagram(
      title: Self.hostile,
      nodes: [
        Diagram.Node(Self.hostile, details: [Self.hostile], kind: .input),
        Diagram.Node(Self.hostile + Self.hostile),
      ],
      edges: [Diagram.Edge(from: 0, to: 1, label: Self.hostile)])
    let svg = diagram.svg()
    #expect(isWellFormed(svg))
    #expect(svg.contains("&lt;&amp;&quot;'&gt;]]&gt;"))
    #expect(!svg.unicodeScalars.contains("\u{1}") && !svg.unicodeScalars.contains("\u{FFFF}"))
    // A title, five lines of setting, two nodes, an edge and the braces.
    #expect(diagram.dot().split(separator: "\n").count == 9)
    // Every label is between its own two quotes.
    let body = diagram.mermaid().split(separator: "\n").dropFirst(4).prefix(3)
    #expect(body.allSatisfy { $0.filter { $0 == "\"" }.count == 2 })
  }

  @Test(arguments: ["x", "e\u{301}", "漢", "👩‍👩‍👧", "\u{301}", "\n", "x "])
  func aMillionCharactersAreCut(unit: String) {
    let label = String(repeating: unit, count: 1_000_000)
    let diagram = Diagram(
      title: label, nodes: [Diagram.Node(label, details: [label]), Diagram.Node(label)],
      edges: [Diagram.Edge(from: 0, to: 1, label: label)])
    for form in [
      diagram.dot(), diagram.mermaid(), diagram.svg(), diagram.text(unicode: true, width: 60),
    ] {
      #expect(form.utf8.count < 50_000)
      #expect(form.contains("…"))
    }
    #expect(diagram.nodes[0].lines.allSatisfy { displayWidth(of: $0) <= 40 })
  }

  @Test func aLabelThatJustFitsIsWhole() {
    let label = String(repeating: "x", count: 40)
    #expect(Diagram.Node(label).lines == [label])
    #expect(Diagram.Node(label + "x").lines == [String(repeating: "x", count: 39) + "…"])
  }

  /// Whether every tag is closed in turn, every attribute quoted, and every `&` an entity.
  private func isWellFormed(_ document: String) -> Bool {
    var open: [Substring] = []
    var rest = document[...]
    while let start = rest.firstIndex(of: "<") {
      guard areEntitiesKnown(rest[..<start]) else { return false }
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
      guard !tag.contains("<"), tag.count(where: { $0 == "\"" }).isMultiple(of: 2) else {
        return false
      }
      if tag.hasPrefix("/") {
        guard open.popLast() == name else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
      rest = rest[end...].dropFirst()
    }
    return open.isEmpty && rest == "\n"
  }

  private func areEntitiesKnown(_ text: Substring) -> Bool {
    text.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
      ["amp;", "lt;", "gt;", "quot;"].contains { part.hasPrefix($0) }
    }
  }
}
