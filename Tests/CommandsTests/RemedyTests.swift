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
