// Textbook notation and LaTeX: what is read, as what, and what is refused with both readings.

import Calculus
import Testing

@testable import Commands
@testable import Language
@testable import Syntax

@Suite struct TextbookTests {
  @Test(
    "One reading is read, and the note shows it",
    arguments: [
      ("x(x+1)", "x*(x + 1)"), ("x y", "x*y"), ("2x sin x", "2*x*sin(x)"),
      ("sin 2x", "sin(2*x)"), ("sin^2(x)", "sin(x)^2"), ("sin^2 x", "sin(x)^2"),
      ("sin² x", "sin(x)^2"), ("tan^-1(x)", "atan(x)"), ("sin⁻¹(x)", "asin(x)"),
      ("sin^n x", "sin(x)^n"), ("e^{2x}", "e^(2*x)"), ("|x|", "abs(x)"),
      ("|x-|y||", "abs(x - abs(y))"), ("|x||y|", "abs(x)*abs(y)"), ("ln|x|", "ln(abs(x))"),
      ("(n+1)!", "factorial(n + 1)"), ("½x", "0.5*x"), ("⌊x⌋", "floor(x)"),
      ("⌈x⌉", "ceil(x)"), ("Sin(x)", "sin(x)"), ("sin x cos x", "sin(x)*cos(x)"),
      ("sin x + cos x", "sin(x) + cos(x)"), ("sin x/cos x", "sin(x)/cos(x)"),
      ("x^2 y", "x^2*y"), ("e^x sin x", "e^x*sin(x)"), ("sin cos x", "sin(cos(x))"),
      ("f(x) = 2 sin x; f(t)", "f(t)"), ("√x y", "sqrt(x)*y"),
      (#"\frac{x}{y}"#, "x/y"), (#"\frac12 x"#, "1/2*x"), (#"\sqrt[3]{x}"#, "cbrt(x)"),
      (#"\sqrt[n]{x}"#, "x^(1/n)"), (#"\sin\left(x\right)^{2}"#, "sin(x)^2"),
      (#"\sin^2 x"#, "sin(x)^2"), (#"\sin^{-1} x"#, "asin(x)"), (#"x_{1} \, x_{2}"#, "x1*x2"),
      (#"J_{2 + 1}\left(x\right) Y_{2}(x)"#, "besselj(2 + 1, x)*bessely(2, x)"),
      (#"\alpha\beta"#, "alpha*beta"), (#"\mathrm{erf}(x)"#, "erf(x)"),
      (#"\operatorname{sinc} x"#, "sinc(x)"), ("$e^{-x^2}$", "e^(-x^2)"),
      (#"\left|x\right|"#, "abs(x)"), (#"x\times y\cdot z"#, "x*y*z"),
      (#"\frac{\partial f}{\partial x} = 2 x \, y"#, "2*x*y"),
      ("x^2y", "x^2*y"), ("(x+1)^2(x-1)", "(x + 1)^2*(x - 1)"), ("e^-x sin x", "e^(-x)*sin(x)"),
      ("𝑥² − 𝑦", "x^2 - y"), ("x – 1", "x - 1"), ("x•y", "x*y"),
      ("sin\u{2061}(x)", "sin(x)"), ("2\u{2062}x", "2*x"), ("∛x", "cbrt(x)"),
      (#"\begin{cases} x & x>0 \\ 0 & x \le 0 \end{cases}"#, "if(x > 0, x, 0)"),
      (
        #"2\begin{cases} y & \text{if } x < 0 \\ x & x \geq 2 \\ -x & \text{otherwise} \end{cases}"#,
        "2*if(x < 0, y, if(x >= 2, x, -x))"
      ),
      (#"\begin{align} y &= x^2 \end{align}"#, "x^2"), (#"f\left(x\right) = \dot{x}"#, "ẋ"),
      (#"\lg x"#, "log10(x)"), ("∛(x)", "cbrt(x)"), ("3*10^2! x", "3*(10^factorial(2)*x)"),
      (#"\frac{GMm}{r^2}"#, "G*M*m/r^2"), (#"\frac{1}{2}mv^2"#, "1/2*m*v^2"),
      (#"e^{rt}\sin(xy)"#, "e^(r*t)*sin(x*y)"), (#"\gamma \ln x"#, "gamma*ln(x)"),
      (#"\frac{\mathrm{ab}}{2}"#, "ab/2"), ("x∙y", "x*y"),
      ("sin(x)^2x", "sin(x)^2*x"), ("ｘ²", "x^2"), ("x‐1", "x - 1"), (#"\vec{x}"#, "x⃗"),
      (#"\hat{x}"#, "x̂"), (#"f(x) = \frac{1}{x}"#, "1/x"),
      (#"f\left(x\right) = x \sin x"#, "x*sin(x)"),
    ])
  func read(_ text: String, _ reading: String) {
    let run = ProgramRun(["diff", text])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.error.contains("note: read as \(reading)\n"), "\(run.error)")
    // What the note shows is the language's own notation, and means the same.
    let typed = ProgramRun(["diff", reading == "f(t)" ? "2*sin(t)" : reading])
    #expect(typed.output == run.output)
    #expect(!typed.error.contains("read as"))
  }

  @Test("Numbers as people paste them", arguments: ["1e−3", "0.00\u{2009}1", "1\u{202F}000"])
  func numbers(_ text: String) {
    let value = ["1e−3": "0.001", "1\u{202F}000": "1000"][text]
    let run = ProgramRun(["eval", text])
    if let value {
      #expect(run.output.hasSuffix("\(value)\n"), "\(run.output)")
    } else {
      #expect(run.status == 2)
    }
  }

  @Test(
    "Two readings are both offered, and each can be typed",
    arguments: [
      "sin x/y", "|x|y|z|", "sin^-2 x", "1/2x", "1/x sin x", "a/b c", "2^3x", "e^2x", "x^2n",
    ])
  func refused(_ text: String) throws {
    let run = ProgramRun(["diff", text])
    #expect(run.status == 2)
    let line = try #require(run.error.split(separator: "\n").first)
    try #require(line.contains("two ways"), "\(text): \(run.output)")
    let remedies = line.split(separator: "write '")[1].split(separator: "'")
    let outputs = [remedies[0], remedies[2]].map { ProgramRun(["diff", String($0)]) }
    #expect(outputs.allSatisfy { $0.status == 0 }, "\(line)")
    #expect(outputs[0].output != outputs[1].output)
  }

  @Test(
    "Glued names are refused with what they were meant for",
    arguments: [
      ("sinx", "sin(x)"), ("lnx", "ln(x)"), ("xlnx", "x*ln(x)"), ("sin2x", "sin(2*x)"),
      ("sinxcosx", "sin(x)*cos(x)"), ("πft", "π*f*t"),
    ])
  func glued(_ name: String, _ meaning: String) {
    for words in [["diff", name], ["eval", "2" + name, "--at", "x=1"]] {
      let run = ProgramRun(words)
      #expect(run.status == 2)
      #expect(run.error.contains(meaning), "\(run.error)")
    }
    #expect(ProgramRun(["diff", name, "--wrt", name]).output == "1\n")
    #expect(ProgramRun(["eval", name, "--at", "\(name)=2"]).status == 0)
    #expect(meaningOfGlued("since") == nil)
    #expect(meaningOfGlued("rate") == nil)
  }

  @Test("The caret of an error in LaTeX is under the user's own columns")
  func caret() {
    let run = ProgramRun(["eval", #"\frac{x}{y+\sin q}"#, "--at", "x=1,y=2"])
    #expect(run.status == 2)
    #expect(run.error.contains("  \\frac{x}{y+\\sin q}\n                  ^\n"), "\(run.error)")
  }

  @Test(
    "What is neither is refused as before, without a word of LaTeX",
    arguments: [
      #"\int x dx"#, #"\sum_{i=1}^n i"#, #"\frac{x"#, "x {y}", "|x", "x!!", "f(x)", #"\frac"#,
    ])
  func neither(_ text: String) {
    #expect(ProgramRun(["diff", text]).status == 2)
  }

  @Test(
    "What a point or a list of variables names is one variable",
    arguments: [
      (["eval", #"\frac{kb T}{mg}"#, "--at", "kb=1,T=2,mg=3"], "kb*T/mg"),
      (["eval", "kb(T+1)^{2}", "--at", "T=2, kb=1"], "kb*(T + 1)^2"),
      (["diff", "σ(x+1)", "--wrt", "σ,x"], "σ*(x + 1)"),
      (["diff", "A e^{-kt}", "--wrt", "t"], "A*e^(-(k*t))"),
      (["diff", "e^{-kt}"], "e^(-(k*t))"), (["diff", "x_{1}y"], "x1*y"),
    ])
  func named(_ words: [String], _ reading: String) {
    let run = ProgramRun(words)
    #expect(run.status == 0 && run.error == "note: read as \(reading)\n", "\(run.error)")
  }

  @Test("Deep input is answered", arguments: ["sin ", #"\frac{1}{"#, "|", #"\sqrt{"#, "x("])
  func deep(_ piece: String) {
    let run = ProgramRun(["diff", String(repeating: piece, count: 20_000) + "x"])
    #expect(run.status == 0 || run.status == 2)
  }

  @Test("Without a command: a value at a point, else the derivative")
  func noCommand() {
    #expect(
      ProgramRun(["x^2", "--at", "x=3"]).output
        == ProgramRun(["eval", "x^2", "--at", "x=3"]).output)
    #expect(ProgramRun(["x^2"]).output == "2*x\n")
    #expect(ProgramRun(["3*4"]).output == ProgramRun(["eval", "3*4"]).output)
    #expect(ProgramRun(["helpp"]).error.contains("'helpp' is not a command"))
  }

  @Test("All values that are missing are named at once")
  func missing() {
    let run = ProgramRun(["eval", "x*y*z"])
    #expect(run.error.contains("add --at x=…,y=…,z=…"), "\(run.error)")
  }
}
