// Every remedy that an error shows is typed: it can be read, and is not the same error again.

import Testing

@testable import Commands

/// The texts that an error's remedy tells to write, and the command line that it tells to type.
private struct Remedies {
  var texts: [String] = []
  var line: String?

  init(_ error: String) {
    for line in error.split(separator: "\n") {
      let isMessage = line.hasPrefix("error: ")
      guard isMessage || line.hasPrefix("  help: ") else { continue }
      if let range = line.firstRange(of: "type: ") { self.line = String(line[range.upperBound...]) }
      guard let range = line.firstRange(of: "write '") else { continue }
      var rest = line[range.upperBound...]
      for end in ["'; if ", "' in ", "' with ", "' alone"] {
        if let end = rest.firstRange(of: end) { rest = rest[..<end.lowerBound] }
      }
      if rest.hasSuffix("'") { rest.removeLast() }
      texts += rest.split(separator: "' or '").map { String($0).replacing("…", with: "x") }
    }
  }
}

@Suite struct RemedyTests {
  /// The message without its remedy.
  private func message(_ run: ProgramRun) -> Substring {
    run.error.split(separator: "\n").first?.split(separator: "; ").first ?? ""
  }

  @Test("Remedies can be typed", arguments: refusedTexts)
  func typed(_ text: String) throws {
    let run = ProgramRun(["diff", "--", text])
    #expect(run.status == 2, "\(text): \(run.output)")
    let remedies = Remedies(run.error)
    for remedy in remedies.texts {
      let typed = ProgramRun(["diff", "--", remedy])
      // Where a sum ends may depend on a variable; that is a question for a point.
      let needsPoint = typed.error.contains("--at, settles it")
      #expect(typed.status != 2 || needsPoint, "\(text) → \(remedy): \(typed.error)")
      #expect(message(typed) != message(run), "\(text) → \(remedy)")
    }
    if let line = remedies.line {
      let typed = try #require(ShellLine(line)).run()
      #expect(typed.status == 0, "\(text) → \(line): \(typed.output)")
    }
  }

  @Test("Most of them have one")
  func counted() {
    let texts = refusedTexts.filter { text in
      let remedies = Remedies(ProgramRun(["diff", "--", text]).error)
      return !remedies.texts.isEmpty || remedies.line != nil
    }
    #expect(texts.count * 10 > refusedTexts.count * 8)
  }

  @Test(
    "What was meant is what is offered",
    arguments: [
      ("3,5*x", "write '3.5*x' or '[3,5*x]'"), ("1 000", "write '1000'"),
      ("3 1/2", "write '(3+1/2)' or '3*1/2'"), ("10% of 50", "write '10/100*50'"),
      ("5 mod 3", "write '5 % 3'"), ("sin 30°", "(30*pi/180)'"),
      ("np.sin(x)", "write 'sin(x)'"), ("x.^2", "write 'x^2'"), ("x[0]", "write 'x0'"),
      ("Sin[x]", "write 'sin(x)'"), ("x>1 ? x : 0", "write 'if(x>1, x, 0)'"),
      ("if x>1 then x else 0", "write 'if(x>1, x, 0)'"), ("lambda x: x**2", "write 'x**2'"),
      ("f[x_] := x^2", "write 'x^2'"), ("x^2=4", "write 'x^2-(4)' or 'x^2==4'"),
      ("2e^x", "write '2*e^x'"), ("(x+1", "write '(x+1)'"), ("x squared", "write 'x^2'"),
      ("d/dx x^2", "type: autodiff diff 'x^2'"),
      ("what is the derivative of x^2", "type: autodiff diff 'x^2'"),
      ("d²/dx² sin(x)", "type: autodiff diff 'sin(x)' --order 2"),
      ("x^2 at x=3", "type: autodiff eval 'x^2' --at x=3"),
      ("solve x^2=1", "autodiff differentiates, and does not solve equations"),
      ("exp -x", "write 'exp(-x)'"), ("sin -x^2", "write 'sin(-x^2)'"),
      ("xe^x", "write 'x*e^x'"), ("cos(ωt)", "write 'cos(ω*t)'"), ("cos 2πx", "write 'cos(2*"),
      ("x3 + x2 + x", "write 'x^3 + x^2 + x'"), (#"\log_{b}(t)"#, "write 'log(t, b)'"),
      ("log₂t", "write 'log2(t)'"), ("cosine of 2t", "write 'cos(2t)'"),
      ("the product of s and t", "write '(s * t)'"), ("three t squared", "write '3*t^2'"),
      ("def g(t):  t*t", "write 't*t'"), ("fun g(t: Double) = t * t", "write 't * t'"),
      ("np.sum([s, t])", "write '(s+t)'"), ("max([s, t])", "write 'max(s, t)'"),
      ("float y = 2.0f * t;", "write '2.0 * t;'"),
      ("What's the gradient of t^2", "type: autodiff diff 't^2'"),
      ("x2y + 1", "write 'x^2*y + 1' or 'x2*y + 1'"), ("x2y3", "write 'x^2*y^3' or 'x2*y3'"),
      ("50% x", "write '50/100*x' or '50 % x'"), ("x % of y", "write 'x/100*y'"),
      ("x <- 3", "write 'x < -3'"), ("x^2_1 + y", "write 'x_1^2 + y' or 'x^21 + y'"),
      ("(+ x (sin x))", "write '(x + sin(x))'"), ("(* 2 (expt x 3))", "write '(2 * (x)^(3))'"),
      ("σ(w*x + b)", "write 'sigmoid(w*x + b)' or 'σ*(w*x + b)'"),
      ("x>0 and x or 0", "write 'if(x>0, x, 0)'"), ("2.5e-3f*x", "write '2.5e-3*x'"),
      ("0.5d0*x", "write '0.5e0*x'"), ("x^2.0d", "write 'x^2.0'"), ("cosх", "write 'cos(x)'"),
      ("∇(x² + y²)", "type: autodiff diff 'x² + y²'"), (#"f\colon t\mapsto t^2"#, "write 't^2'"),
      (#"\left\|t\right\|"#, "write 'abs(t)'"), (#"90^\circ t"#, "write '90*pi/180*t'"),
      ("natural log of t", "write 'ln(t)'"), ("arc cos t", "write 'acos(t)'"),
      ("one over t", "write '1/t'"), ("sind(t)", "write 'sin((t)*pi/180)'"),
      ("mean(s, t)", "write '((s+t)/2)'"), ("norm(t)", "write 'abs(t)'"),
      ("t.powi(3)", "write 'pow(t, 3)'"), ("s @ t", "write 's * t'"),
      ("t |> cos", "write 'cos(t)'"),
      ("t^2; s^2", "write '[t^2, s^2]'"), ("t^2。", "write 't^2'"),
      ("Q7: t^2 + t", "write 't^2 + t'"),
      ("f(3) where f(t)=t^2", "write 'f(t)=t^2; f(3)'"), (#"\(t) t^2"#, "write 't^2'"),
      ("fn g(t: f64) -> f64 { t * t }", "write 't * t'"), ("let g t = t * t", "write 't * t'"),
      ("limit(t^2, t, 0)", "autodiff differentiates, and does not take limits"),
    ])
  func meant(_ text: String, _ remedy: String) {
    let run = ProgramRun(["diff", text])
    #expect(run.status == 2)
    #expect(run.error.contains(remedy), "\(run.error)")
  }

  @Test(
    "What is read rightly",
    arguments: [
      ("y = x^2", "2*x\n"), ("f(x) := x^2", "2*x\n"), ("f(x) = x^2", "2*x\n"), ("eˣ", "e^x\n"),
      ("e⁻ˣ", "-e^(-x)\n"),
      ("tg x", "sec(x)^2\n"), ("log_2(x)", "1/(ln(2)*x)\n"), ("min(x)", "1\n"),
      (#"f(x) = \frac{1}{x}"#, "-1/x^2\n"),
    ])
  func read(_ text: String, _ derivative: String) {
    let run = ProgramRun(["diff", text])
    #expect(run.output == derivative, "\(run.error)")
  }

  @Test("A constant has derivatives")
  func constants() {
    #expect(ProgramRun(["diff", "3"]).output == "0\n")
    let run = ProgramRun(["diff", "c^2", "--wrt", "x"])
    #expect(run.output == "0\n")
    #expect(run.error.contains("'x' is not in the expression"))
    #expect(ProgramRun(["check", "3", "--gradient", "x: 0"]).status == 0)
    #expect(ProgramRun(["check", "3", "--gradient", "x: 1"]).status == 1)
  }

  @Test("Where complex numbers are meant, a note says that there are none")
  func complex() {
    let note = "'i' is a variable here; there are no complex numbers"
    for text in ["e^(i*t)", "i^2 + t"] {
      #expect(ProgramRun(["diff", text]).error.contains(note))
    }
    #expect(ProgramRun(["diff", "i + t"]).error == "")
    #expect(ProgramRun(["diff", "e^(i*t)", "--wrt", "i,t"]).error == "")
  }

  @Test("Names that could be products are told, in text and in JSON")
  func products() {
    #expect(
      ProgramRun(["diff", "ax^2"]).error.contains("'ax' is one name; for a product write 'a*x'"))
    #expect(ProgramRun(["diff", "ax", "--wrt", "ax"]).error == "")
    #expect(ProgramRun(["diff", "ax", "--format", "json"]).output.contains("is one name"))
    let run = ProgramRun(["eval", "ax^2", "--at", "a=1,x=2"])
    #expect(run.error.contains("a*x"), "\(run.error)")
  }

  @Test(
    "Commands that take no point refuse what nobody means, too",
    arguments: ["graph", "swell", "simplify", "check"])
  func commands(_ command: String) {
    #expect(ProgramRun([command, "2sinx"]).status == 2)
    #expect(ProgramRun([command, "sin -x"]).status == 2)
  }
}
