// The same awkward cells in Markdown, LaTeX and CSV.
@testable import Text
import Testing

@testable import Reporting

@Suite struct TableFormatTests {
  static let awkward = Table(
    title: "a|b\n50%",
    columns: [Table.Column("x_1"), Table.Column("f*g", alignment: .decimal)],
    rows: [
      [#"a|b, "c" \d"#, .number(-1.5e-7)],
      ["one\r\ntwo", .number(.nan)],
      [.formula("x^2*y_1"), .number(-.infinity)],
      [.empty, .number(2)],
      ["v̇₋₁ 漢", .number(0.1 + 0.2)],
    ])

  @Test func markdown() {
    #expect(
      Self.awkward.markdown(numbers: NumberFormat(digits: 3)) == #"""
        **a\|b<br>50%**

        | x\_1 | f\*g |
        | :--- | ---: |
        | a\|b, "c" \\d | -1.5e-07 |
        | one<br>two | nan |
        | x^2\*y\_1 | -inf |
        |  | 2 |
        | v̇₋₁ 漢 | 0.3 |

        """#)
  }

  @Test func latex() {
    #expect(
      Self.awkward.latex() == #"""
        \par\noindent a\textbar{}b 50\%
        \par\smallskip\noindent{\renewcommand{\arraystretch}{1.25}%
        \begin{tabular}{lr}
        \hline
        x\_1 & f*g \\
        \hline
        a\textbar{}b, "c" \textbackslash{}d & $-1.5 \times 10^{-7}$ \\
        one two & NaN \\
        $x^2*y_1$ & $-\infty$ \\
         & $2$ \\
        $\dot{v}$$_{-}$$_{1}$ U+6F22 & $0.30000000000000004$ \\
        \hline
        \end{tabular}}\par\smallskip

        """#)
  }

  @Test(arguments: [
    (
      ##"\%&#$_{}~^<>|"##,
      ##"\textbackslash{}\%\&\#\$\_\{\}\textasciitilde{}\textasciicircum{}"##
        + ##"\textless{}\textgreater{}\textbar{}"##
    ),
    ("--at f''", "-{}-at f'{}'"), ("[1]", "{}[1]"), ("*", "{}*"), ("θ₁", "$\\theta$$_{1}$"),
    ("d²…", "d$^{2}$\\ldots{}"), ("x\u{307} ≤ −1", "$\\dot{x}$ $\\le$ $-$1"), ("日ä", "U+65E5ä"),
  ])
  func latexEscapes(text: String, expected: String) {
    let table = Table(columns: [Table.Column("h")], rows: [[.text(text)]])
    #expect(table.latex().split(separator: "\n")[5] == "\(expected) \\\\")
  }

  @Test func csv() {
    #expect(
      Self.awkward.csv() == """
        x_1,f*g
        "a|b, ""c"" \\d",-1.5e-07
        "one\r\ntwo",nan
        x^2*y_1,-inf
        ,2
        v̇₋₁ 漢,0.30000000000000004

        """)
  }

  @Test func aSingleEmptyFieldIsStillARecord() {
    let table = Table(columns: [Table.Column("a")], rows: [[.empty], [.text("")], ["\r"]])
    #expect(table.csv() == "a\n\"\"\n\"\"\n\"\r\"\n")
  }

  @Test func tablesWithoutColumnsOrRows() {
    let none = Table(columns: [])
    #expect(none.markdown() == "" && none.latex() == "" && none.csv() == "")
    let headers = Table(columns: [Table.Column("a")])
    #expect(headers.markdown() == "| a |\n| :--- |\n")
    #expect(
      headers.latex().contains(
        "\\begin{tabular}{l}\n\\hline\na \\\\\n\\hline\n\\hline\n\\end{tabular}}"))
    #expect(headers.csv() == "a\n")
  }

  @Test func shortRowsAreFilledUp() {
    let table = Table(columns: [Table.Column("a"), Table.Column("b")], rows: [["1"]])
    #expect(table.csv() == "a,b\n1,\n")
  }
}

@Suite struct LaTeXNameTests {
  @Test(arguments: [
    ("x", "x"), ("x1", "x_{1}"), ("x₁", "x_{1}"), ("x12", "x_{12}"), ("θ", "\\theta"),
    ("θ_max", "\\theta_{\\mathrm{max}}"), ("λ₂", "\\lambda_{2}"), ("alpha", "\\alpha"),
    ("theta1", "\\theta_{1}"), ("ä", "\\text{ä}"), ("日", "\\text{U+65E5}"), ("ℏ", "\\hbar"),
    ("gamma_mu", "\\gamma_{\\mu}"), ("größe", "\\text{größe}"), ("Δt", "\\mathrm{\\Delta{}t}"),
    ("rate_of_change", "\\mathrm{rate\\_of\\_change}"), ("a1b", "\\mathrm{a1b}"),
    ("αβ", "\\mathrm{\\alpha{}\\beta{}}"),
  ])
  func names(_ name: String, _ expected: String) {
    #expect(LaTeXName.text(name) == expected)
  }

  @Test func accentsStandOverTheBase() {
    #expect(LaTeXName.text("x1", accent: "\\bar") == "\\bar{x}_{1}")
    #expect(LaTeXName.text("θ", accent: "\\dot") == "\\dot{\\theta}")
  }

  @Test func namesThatWouldLookTheSameAreSpelled() {
    let names = LaTeXNames(["x1", "x_1", "x₁", "theta", "θ", "v2"], reserved: "v_{")
    #expect(
      ["x1", "x_1", "x₁", "theta", "θ", "v2"].map { names.text($0) } == [
        "\\mathrm{x1}", "\\mathrm{x\\_1}", "x_{1}", "\\mathrm{theta}", "\\theta", "\\mathrm{v2}",
      ])
    #expect(names.text("x1", accent: "\\dot") == "\\dot{\\mathrm{x1}}")
  }
}
