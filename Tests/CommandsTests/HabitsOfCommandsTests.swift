// Options, commands and points as other programs have them, with what to type in their place; definitions in
// textbook notation in scripts and sessions.

import Testing

@testable import Commands
@testable import CommandLine

@Suite struct HabitsOfCommandsTests {
  @Test(
    "Options of other programs",
    arguments: [
      ("diff x^2 --var x", "write '--wrt NAMES'"), ("eval x^2 -at x=3", "write '--at'"),
      ("eval x^2 —at x=3", "write '--at'"), ("diff x^2 --json", "write '--format json'"),
      ("diff x^2 --tex", "write '--format latex'"),
      ("trace x^2 --at x=3 --reverse", "write '--mode reverse'"),
      ("diff x^2 --out f.txt", "'> FILE'"), ("diff x^2 --precision 5", "write '--digits N'"),
      ("diff x^2 --no-color", "write '--color never'"),
      ("eval x^2*y --hessain --at x=1,y=2", "did you mean '--hessian'?"),
      ("diff x^2 --format tex", "did you mean 'latex'?"),
      ("eval x^2 --at x=3 --mode backward", "did you mean 'reverse'?"),
      ("diff x^2 --format JSON", "did you mean 'json'?"),
      ("eval x^2 x=3", "a point goes behind --at: --at x=3"),
      ("eval x^2 at x=3", "a point goes behind --at: --at x=3"),
      ("diff x^2 by x", "variables go behind --wrt: --wrt x"),
      ("diff x^5 2", "the order goes behind --order: --order 2"),
      ("diff x + 1", "goes in quotes: 'x + 1'"), ("diff sin x", "goes in quotes: 'sin x'"),
    ])
  func options(_ line: String, _ remedy: String) {
    let run = ProgramRun(line.split(separator: " ").map(String.init))
    #expect(run.status == 2)
    #expect(run.error.contains(remedy), "\(run.error)")
  }

  @Test(
    "Commands of other programs",
    arguments: [
      ("grad x^2", "write 'diff'"), ("derive x^2", "write 'diff'"), ("version", "'--version'"),
      ("solve x^2=4", "does not solve equations"), ("plot x^2", "--at x=0:1:0.1"),
      ("factor x^2-1", "write 'simplify … --form factored'"),
      ("diff x^5 --order 1,2", "not '1,2'"), ("eval x^2 --at x=3 --digits 1,5", "not '1,5'"),
      ("let f(x) = x^2", "'f(x) = x^2; f(3)'"), ("sin x", "goes in quotes: 'sin x'"),
      ("helpp", "write 'help'"), ("simplfy x", "did you mean 'simplify'?"),
    ])
  func commands(_ line: String, _ remedy: String) {
    let run = ProgramRun(line.split(separator: " ").map(String.init))
    #expect(run.status == 2)
    #expect(run.error.contains(remedy), "\(run.error)")
  }

  @Test(
    "Points of other programs",
    arguments: [
      "x 2,y 5", "x:2,y:5", "(2,5)", "2,5", "[2, 5]", "{x:2,y:5}", ##"{"x": 2, "y": 5}"##,
      "x==2,y=5", "x=2 y=5", "x=2;y=5",
    ])
  func points(_ point: String) {
    let run = ProgramRun(["eval", "x^2*y", "--at", point])
    #expect(run.status == 2)
    #expect(run.error.contains("write 'x=2,y=5'"), "\(run.error)")
  }

  @Test("Whole numbers as people type them", arguments: ["1e6", "1_000_000", "1,000,000", "1e+6"])
  func wholeNumbers(_ number: String) {
    #expect(ProgramRun(["eval", "x", "--at", "x=1", "--max-steps", number]).status == 0)
    #expect(wholeNumber("1.5") == nil && wholeNumber("1e400") == nil && wholeNumber("") == nil)
  }

  @Test("What is behind @ is a file, for expressions and points")
  func files() {
    for words in [
      ["diff", "@f.txt"], ["eval", "x", "--at", "@f.txt"], ["@f.txt"],
      ["simplify", "x", "--equal", "@f.txt"],
    ] {
      #expect(ProgramRun(words).error == "error: cannot read 'f.txt': none\n")
    }
    #expect(ProgramRun(["diff", "@(x) x^2"]).error.contains("write 'x^2'"))
  }

  @Test(
    "Definitions in textbook notation, in scripts and sessions",
    arguments: [
      ("f(x) = 2x sin x", "2*sin(x) + 2*x*cos(x)"), ("f(x) := x^2", "2*x"),
      ("let f(x) = x^2", "2*x"),
      ("f[x_] := x^2", "2*x"), (#"f(x) = \frac{1}{x}"#, "-1/x^2"), ("f(x) = x^2", "2*x"),
    ])
  func definitions(_ definition: String, _ derivative: String) {
    let lines = Array("\(definition)\ndiff f\n".utf8)
    let simplified = ProgramRun(["diff", derivative, "--wrt", "x"]).output
    for words in [["run", "-"], []] {
      let run = ProgramRun(words, input: lines)
      #expect(run.status == 0, "\(run.error)")
      let answer = String(run.output.split(separator: "\n").last ?? "")
      #expect(ProgramRun(["diff", answer, "--wrt", "x"]).output == simplified, "\(run.output)")
      let notes = run.error.split(separator: "\n").filter { $0.contains("read as f(x) = ") }
      #expect(notes.count == (definition == "f(x) = x^2" ? 0 : 1), "\(run.error)")
    }
  }

  @Test("What a session says of names")
  func names() {
    let failed = ProgramRun([], input: Array("f(x) = 2+*x\ndiff f\nf(x) = x^2\ndiff f\n".utf8))
    #expect(failed.error.contains("'f' is not defined: its definition could not be read"))
    for lines in ["g(x) = = 3\ng(2)\n", "a = 1; g(x) = 2+*x\ng(2)+a\n"] {
      let failed = ProgramRun([], input: Array(lines.utf8))
      #expect(failed.error.contains("'g' is not defined: its definition could not be read"))
    }
    let comment = ProgramRun(
      [], input: Array("g(kb) = \\frac{kb}{2} # half; k\nb = 2g(3); b\n".utf8))
    #expect(comment.output == "3\n" && comment.error.contains("read as g(kb) = kb/2\n"))
    #expect(failed.output == "2*x\n")
    let value = ProgramRun([], input: Array("x = 3\ndiff x^2\n".utf8))
    #expect(value.error.contains("'x' is a value that is defined here"), "\(value.error)")
    #expect(value.error.contains("forget x"))
    #expect(ProgramRun([], input: Array("exit()\n1+\n".utf8)).error == "")
    #expect(ProgramRun([], input: Array("clear x\n".utf8)).error.contains("did you mean 'forget'?"))
  }

  @Test("Names of the expression are completed behind --at and --wrt")
  func completion() {
    let completer = Completer(
      commands: Program.commands, commandWords: ["eval"], definedNames: [], names: { _ in [] },
      variables: { ["alpha*beta", "alpha * beta"].contains($0) ? ["alpha", "beta"] : [] })
    #expect(completer.complete("eval alpha*beta --at al").candidates == ["alpha="])
    #expect(completer.complete("eval 'alpha*beta' -w ").candidates == ["alpha", "beta"])
    #expect(completer.complete("eval alpha*beta --at alpha=1,b").candidates == ["beta="])
    #expect(completer.complete("eval 'alpha * beta' --at ").candidates == ["alpha=", "beta="])
  }
}
