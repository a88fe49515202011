// LaTeX: what is printed, and that a real TeX sets it.
import Foundation
import Testing

@testable import Commands

@Suite struct TypesettingTests {
  /// Formulas whose derivative, printed in LaTeX, is what it should be.
  @Test(arguments: [
    (
      "1.6e-19^x*1",
      "\\ln\\left(1.6 \\times 10^{-19}\\right) \\cdot \\left(1.6 \\times 10^{-19}\\right)^{x}"
    ),
    ("mod(x^2/2, 1)*1e-11", "10^{-11} x"), ("1.6e-19*x^2/2", "1.6 \\times 10^{-19} x"),
    ("(x^2/2)*mod(y, 1.6e-19) ", "x \\left(y \\bmod \\left(1.6 \\times 10^{-19}\\right)\\right)"),
    ("x*mod(1.6e-19, y)", "\\left(1.6 \\times 10^{-19}\\right) \\bmod y"),
    ("x*gamma(y)", "\\Gamma\\left(y\\right)"), ("x*digamma(y)", "\\psi\\left(y\\right)"),
    ("x*lgamma(y)", "\\ln\\left|\\Gamma\\left(y\\right)\\right|"),
    ("x*besselj(2, y)", "J_{2}\\left(y\\right)"), ("x*bessely(n, y)", "Y_{n}\\left(y\\right)"),
    ("x*factorial(y + 1)", "\\left(y + 1\\right)!"),
    ("x*floor(y)", "\\left\\lfloor y\\right\\rfloor"),
    ("x*erf(y)", "\\operatorname{erf}\\left(y\\right)"),
    ("sinc(x)", "\\operatorname{sinc}'\\left(x\\right)"),
    ("x*tan(y)^4", "\\tan^{4} y"), ("x*sin(y)^2*cos(y)^3", "\\cos^{3}\\left(y\\right) \\sin^{2} y"),
    ("x*sin(y)^-2", "\\csc^{2} y"),
    ("x*(sin(y)^2)^y", "\\left(\\sin^{2}\\left(y\\right)\\right)^{y}"),
    ("x*sigma*theta1", "\\sigma \\theta_{1}"), ("x*gamma_mu", "\\gamma_{\\mu}"),
    (
      "if(x > 0, x^2/2, if(x > -1, 3*x, 0))",
      "\\begin{cases} x & \\text{if } x > 0 \\\\ 3 & \\text{if } x > -1 \\\\ 0 & \\text{otherwise} \\end{cases}"
    ),
    ("x*ä", "\\text{ä}"), ("x*größe", "\\text{größe}"), ("x*日", "\\text{U+65E5}"),
    ("x*ℏ", "\\hbar"),
  ])
  func derivatives(formula: String, expected: String) {
    let run = ProgramRun(["diff", formula, "--format", "latex", "--wrt", "x"])
    #expect(run.output.hasSuffix("} = \(expected)\n"), "\(run.output)\(run.error)")
  }

  @Test func severalFormulasAreAligned() {
    let run = ProgramRun("diff", "x1*x_1*x₁", "--format latex")
    #expect(
      run.output == """
        \\begin{align*}
        \\frac{\\partial f}{\\partial \\mathrm{x1}} &= x_{1} \\, \\mathrm{x\\_1} \\\\
        \\frac{\\partial f}{\\partial \\mathrm{x\\_1}} &= x_{1} \\, \\mathrm{x1} \\\\
        \\frac{\\partial f}{\\partial x_{1}} &= \\mathrm{x1} \\, \\mathrm{x\\_1}
        \\end{align*}

        """)
  }

  @Test func titlesAreSet() {
    let run = ProgramRun("trace", "x1*v1", "--at x1=1e-11,v1=2 --mode forward --format latex")
    #expect(run.output.hasPrefix("\\par\\noindent forward mode, seed $\\dot{x}_{1} = 1$\n"))
    #expect(run.output.contains("$v_{0} = \\mathrm{v1}$") && run.output.contains("$10^{-11}$"))
  }

  @Test func longTablesGoOnOnTheNextPage() {
    let run = ProgramRun("eval", "x^2", "--at x=0:1:0.01 --format latex")
    #expect(run.output.contains("\\begin{longtable}[l]{rrr}") && run.output.contains("\\endhead"))
  }

  // MARK: With TeX

  private static let tex = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/pdflatex" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  private static let displays = [
    "diff '1.6e-19^x*mod(x, 1.5e-9) + mod(1e-9*x, y)'", "diff 'gamma(x)*lgamma(x)*digamma(x)'",
    "diff 'besselj(n, x)*bessely(2, x)' --wrt x", "diff 'sigma*mu + gamma*theta1*alpha_beta'",
    "diff 'if(x > 0, x^2, if(x < -1, ln(-x), 0))*y'", "diff 'x1*x_1*x₁'",
    "diff 'ä*日*ħ + ℏ*größe*ñ'",
    "diff 'tan(x)^4*sin(x)^2' --at x=1", "diff 'Δt*x' --steps", "diff '[x*y, x/y]'",
    "diff 'x*factorial(x) + sinc(x)^2*erf(x)'", "diff 'hypot(x, y)' --hessian",
    "diff 'max(x, y)*clamp(x, 0, 1)'", "diff 'log(x, y) + log2(x)^3 + log10(x)'",
    "diff 'polygamma(2, x) + acot(x)*asec(x)*sech(x)'", "diff 'x and y or not x'",
  ]
  private static let tables = [
    "trace 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5",
    "trace 'ln(x1)*v1' --at x1=2e-11,v1=5 --mode forward",
    "trace 'if(x > 0, x*ä, 日)' --at x=1,ä=2,日=3", "eval 'x^2' --at x=0:1:0.01",
    "sweep 'x^3' --at x=1 --step 1e-12:1e-1 --per-decade 5", "functions",
    "swell '4*x*(1-x)' --iterate 5",
    "eval 'exp(x)*ẋ' --at x=1,ẋ=2 --hessian",
  ]

  @Test(.enabled(if: tex != nil, "needs pdflatex"))
  func texSetsEverything() throws {
    var body = ""
    for line in Self.displays + Self.tables {
      let words = try #require(ShellLine("autodiff \(line) --format latex")).words
      let output = ProgramRun(words).output
      #expect(output != "", "\(line)")
      let isBare = output.hasPrefix("\\frac") && !output.contains("\\begin{tabular}")
      body += isBare ? "\\[\n\(output)\\]\n" : output + "\n"
    }
    let (isSet, log) = try set(body)
    #expect(isSet, "\(log.suffix(3000))")
  }

  /// - Returns: whether there was no error, and what TeX says.
  private func set(_ body: String) throws -> (Bool, String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("autodiff-tex-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let document =
      "\\documentclass{article}\n\\usepackage{amsmath,longtable}\n\\begin{document}\n\(body)\\end{document}\n"
    try document.write(
      to: folder.appendingPathComponent("page.tex"), atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.tex))
    process.currentDirectoryURL = folder
    process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let log = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus == 0, log)
  }
}
