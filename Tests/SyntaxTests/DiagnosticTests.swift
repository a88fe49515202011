// How diagnostics look: carets, windows, places, colours; and the advice for names.

@testable import Text
import Testing

@testable import Syntax

@Suite struct DiagnosticTests {
  private func render(
    _ text: String, _ message: String = "oops", remedy: String? = nil, name: String? = nil,
    width: Int = 76
  ) -> String {
    let marked = Marked(text, name: name)
    let diagnostic = Diagnostic(
      .error, message, source: marked.source, range: marked.range, remedy: remedy)
    return DiagnosticRenderer(width: width).render(diagnostic)
  }

  @Test func theFormOfTheManual() {
    let shown = render(
      "1 + ⟪sine⟫(x1*x2)", "'sine' is not a function", remedy: "did you mean 'sin'?")
    #expect(
      shown == """
        error: 'sine' is not a function; did you mean 'sin'?
          1 + sine(x1*x2)
              ^~~~
        """)
  }

  @Test(arguments: [
    ("漢字 + ⟪か⟫", "  漢字 + か\n         ^~"),
    ("e\u{301} + ⟪e\u{301}x⟫", "  e\u{301} + e\u{301}x\n      ^~"),
    ("😀 ⟪👨‍👩‍👧⟫ y", "  😀 👨‍👩‍👧 y\n     ^~"),
    ("a\tb ⟪c⟫", "  a b c\n      ^"), ("x+⟪⟫", "  x+\n    ^"), ("⟪⟫", ""),
    ("a\u{1B}[31m ⟪b⟫", "  a�[31m b\n         ^"), ("\u{202E}⟪a⟫", "  �a\n   ^"),
    ("\u{FEFF}⟪a⟫b", "  ab\n  ^"), ("⟪\u{301}⟫", "  ◌\u{301}\n  ^"), ("⟪a⟫\r\n", "  a\n  ^"),
    ("１⟪ａ⟫", "  １ａ\n    ^~"), ("⟪θ⟫+1", "  θ+1\n  ^"),
  ])
  func carets(text: String, excerpt: String) {
    let shown = render(text)
    #expect(shown == "error: oops" + (excerpt.isEmpty ? "" : "\n" + excerpt))
  }

  @Test func invalidBytesAreReplaced() {
    let source = SourceText([0x61, 0xFF, 0x62])
    let range = SourceRange(start: 1, end: 2)
    let shown = DiagnosticRenderer().render(
      Diagnostic(.error, "oops", source: source, range: range))
    #expect(shown == "error: oops\n  a�b\n   ^")
  }

  @Test(arguments: [
    ("a+b+c+⟪d⟫+e+f+g+h+i+j+k", "  …b+c+d+e+f+g+h+…\n       ^"),
    ("⟪a⟫+b+c+d+e+f+g+h+i+j", "  a+b+c+d+e+f+g+h…\n  ^"),
    ("a+b+c+d+e+f+g+h+i+⟪jk⟫", "  …+d+e+f+g+h+i+jk\n                ^~"),
    ("⟪a+b+c+d+e+f+g+h+i+j⟫", "  a+b+c+d+e+f+g+h…\n  ^~~~~~~~~~~~~~~"),
    ("漢漢漢漢漢漢漢漢漢漢⟪漢⟫漢漢漢漢漢漢", ""),
  ])
  func windows(text: String, excerpt: String) {
    let lines = render(text, width: 16).split(separator: "\n")
    #expect(displayWidth(of: String(lines[1])) <= 18)
    if !excerpt.isEmpty { #expect(lines.dropFirst().joined(separator: "\n") == excerpt) }
  }

  @Test(
    arguments: [
      ("x=⟪y⟫", "--at", "error: in --at: oops\n  x=y\n    ^"),
      ("a\n漢b ⟪c⟫\nd", "f.ad", "f.ad:2:4: error: oops\n  漢b c\n      ^"),
      ("a\n⟪c⟫", nil, "2:1: error: oops\n  c\n  ^"), ("⟪c⟫\n", nil, "error: oops\n  c\n  ^"),
      ("(a\n⟪(c\nd⟫", nil, "2:1: error: oops\n  (c\n  ^~"),
    ] as [(String, String?, String)])
  func places(text: String, name: String?, shown: String) {
    #expect(render(text, name: name) == shown)
  }

  @Test func longRemediesStandBelow() {
    let remedy = String(repeating: "do this ", count: 12)
    #expect(render("⟪x⟫", remedy: remedy) == "error: oops\n  x\n  ^\n  help: " + remedy)
  }

  @Test func colours() {
    let source = SourceText("x")
    let warning = Diagnostic(
      .warning, "w", source: source, range: SourceRange(start: 0, end: 1), remedy: "r")
    let shown = DiagnosticRenderer(usesColor: true).render(warning)
    #expect(shown == "\u{1B}[1;35mwarning:\u{1B}[0m w; r\n  x\n  \u{1B}[1;32m^\u{1B}[0m")
    #expect(DiagnosticRenderer().render(Diagnostic(.note, "n\u{1B}[2J")) == "note: n�[2J")
  }

  @Test func rangesOutsideTheTextAreCut() {
    let source = SourceText("abc")
    let range = SourceRange(start: 90, end: 100)
    let shown = DiagnosticRenderer().render(Diagnostic(.error, "m", source: source, range: range))
    #expect(shown == "error: m\n  abc\n     ^")
    #expect(source.text(in: range) == "")
  }

  @Test func columnsCountCharacters() {
    let source = SourceText("ab\ne\u{301}漢😀x")
    #expect(source.column(of: 0) == (1, 1))
    #expect(source.column(of: 3) == (2, 1))
    #expect(source.column(of: source.bytes.count - 1) == (2, 4))
    #expect(source.column(of: 1000) == (2, 5))
  }

  @Test(
    arguments: [
      ("sine", "sin"), ("Sin", "sin"), ("lgo", "log"), ("sqr", "sqrt"), ("arcsinn", "arcsin"),
      ("x", nil), ("X1", "x1"), ("softpuls", "softplus"), ("zzzz", nil), ("tanhh", "tanh"),
    ] as [(String, String?)])
  func suggestions(name: String, suggestion: String?) {
    let known = [
      "sinc", "sinh", "sin", "tan", "tanh", "log", "sqrt", "arcsin", "softplus", "x1", "y",
    ]
    #expect(editDistanceSuggestion(for: name, among: known) == suggestion)
  }

  @Test func suggestionsForLongNamesAreCheap() {
    let name = String(repeating: "a", count: 1_000_000)
    #expect(editDistanceSuggestion(for: name, among: [name + "b", "a"]) == nil)
  }

  @Test(
    arguments: [
      ("х", "the 'х' is U+0445 CYRILLIC SMALL LETTER HA, not the Latin 'x'"),
      (
        "sіn", "the 'і' is U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I, not the Latin 'i'"
      ),
      ("ｘ", "the 'ｘ' is U+FF58 FULLWIDTH LATIN SMALL LETTER X, not the Latin 'x'"),
      ("x１", "the '１' is U+FF11 FULLWIDTH DIGIT ONE, not the digit '1'"),
      ("𝑥", "the '𝑥' is U+1D465 MATHEMATICAL ITALIC SMALL X, not the Latin 'x'"),
      ("θ", nil), ("x1", nil), ("", nil),
    ] as [(String, String?)])
  func lookAlikes(name: String, advice: String?) {
    #expect(lookAlikeAdvice(for: name) == advice)
  }
}
