// Tables on a terminal: alignment, folding, blocks of lines, and cells that try to break out.
@testable import Text
import Testing

@testable import Reporting

@Suite struct TextTableTests {
  static let trace = Table(
    columns: [
      Table.Column("Node"), Table.Column("Operation", folds: true),
      Table.Column("Value", alignment: .decimal),
    ],
    rows: [
      ["v₋₁", "x1", .number(2)],
      ["v̇₁", "v₋₁ * v₀", .number(-10.25)],
      ["v̄₂", .empty, .number(1e-10)],
      ["漢字", "sin(v₀)", .number(.infinity)],
    ])

  @Test func columnsAlignByWhatATerminalShows() {
    #expect(
      Self.trace.text() == """
        Node  Operation    Value
        ────  ─────────  ───────
        v₋₁   x1           2
        v̇₁    v₋₁ * v₀   -10.25
        v̄₂                 1e-10
        漢字  sin(v₀)    inf

        """)
  }

  @Test func asciiOnRequest() {
    let table = Table(columns: [Table.Column("a", alignment: .trailing)], rows: [["bcd"]])
    #expect(table.text(unicode: false) == "  a\n---\nbcd\n")
  }

  @Test func titleAndHeadersAreStyledAfterPadding() {
    let table = Table(title: "T", columns: [Table.Column("a"), Table.Column("b")], rows: [["xx"]])
    #expect(
      table.text(style: TextStyle(isEnabled: true))
        == "\u{1B}[1mT\u{1B}[0m\n\n\u{1B}[1ma   b\u{1B}[0m\n──  ─\nxx\n")
  }

  @Test func aTableWithoutHeadersHasNoRule() {
    let table = Table(
      columns: [Table.Column(.empty), Table.Column(.empty)], rows: [["a", "b"], ["cc", "d"]])
    #expect(table.text() == "a   b\ncc  d\n")
  }

  @Test func emptyTables() {
    #expect(Table(columns: []).text() == "")
    #expect(Table(columns: []).text(width: 1) == "")
    #expect(Table(columns: [Table.Column("a")]).text() == "a\n─\n")
    #expect(
      Table(columns: [Table.Column("alpha"), Table.Column("b")]).text(width: 4) == "alpha:\nb:\n")
  }

  @Test func numbersAreRoundedOnRequest() {
    let table = Table(
      columns: [Table.Column("x", alignment: .decimal)], rows: [[.number(1 / 3)], [.number(20)]])
    #expect(table.text(numbers: NumberFormat(digits: 3)) == "     x\n──────\n 0.333\n20\n")
  }

  @Test func onlyColumnsThatFoldAreFolded() {
    let table = Table(
      columns: [Table.Column("name"), Table.Column("what it is", folds: true)],
      rows: [["one two", "a text of many words"], ["x", "short"]])
    #expect(
      table.text(width: 20) == """
        name     what it is
        ───────  ───────────
        one two  a text of
                   many
                   words
        x        short

        """)
  }

  @Test func lineEndsInACellStartNewLines() {
    let table = Table(
      columns: [Table.Column("a"), Table.Column("b")], rows: [["1\n2\r\n3", "x"], ["4", "y"]])
    #expect(table.text() == "a  b\n─  ─\n1  x\n2\n3\n4  y\n")
  }

  @Test func whatIsTooWideEvenFoldedBecomesBlocks() {
    let table = Table(
      title: "A title", columns: [Table.Column("name"), Table.Column("value", folds: true)],
      rows: [["alpha", "some words here"], ["b", .empty]])
    #expect(
      table.text(width: 10) == """
        A title

        name:
          alpha
        value:
          some
          words
          here

        name: b
        value:

        """)
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let table = Table(columns: [Table.Column("a\tb")], rows: [["\u{1B}[31mred\u{7}"]])
    #expect(table.text() == "a b\n─────────\n\u{FFFD}[31mred\u{FFFD}\n")
  }

  @Test(arguments: 1...60)
  func noLineIsWiderThanTheWidthUnlessAWordIs(width: Int) {
    let table = Table(
      title: "A title of several words",
      columns: [
        Table.Column("Node name"), Table.Column("Formula", folds: true),
        Table.Column("Remark", alignment: .trailing, folds: true),
        Table.Column("Value", alignment: .decimal),
      ],
      rows: [
        ["v̇₋₁", "x1 * x2 + sin(x1)", "漢字 漢字 漢字", .number(-1.5e-7)],
        ["v₂", "a\nb c d e f g h", "", .number(12)],
      ])
    for line in table.text(width: width).split(separator: "\n") where line != "" {
      let words = line.split(separator: " ")
      #expect(displayWidth(of: String(line)) <= width || words.count == 1, "\(line)")
      #expect(line.last != " ")
    }
  }
}

@Suite struct FoldingTests {
  @Test func breaksAtSpacesAndIndentsWhatContinues() {
    #expect(folded("one two three", width: 8, indent: 2) == ["one two", "  three"])
    #expect(folded("one two three", width: 13) == ["one two three"])
    #expect(folded("a\n\nb", width: 9) == ["a", "", "b"])
    #expect(folded("", width: 0) == [""])
  }

  @Test func aLongWordGivesUpItsIndentFirst() {
    #expect(folded("a bcdefgh ijklmnopq", width: 7, indent: 2) == ["a", "bcdefgh", "ijklmnopq"])
  }
}

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("v̇₋₁", 3), ("v̄₂", 2), ("x\u{20D7}", 1), ("漢字", 4), ("ｆ", 2),
    ("é", 1), ("e\u{301}", 1), ("a\u{200B}b", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2),
    ("❤\u{FE0F}", 2), ("❤", 1), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("a\tb", 2),
    ("θπ√−·", 5),
  ])
  func columnsOfATerminal(text: String, width: Int) {
    #expect(displayWidth(of: text) == width)
  }
}
