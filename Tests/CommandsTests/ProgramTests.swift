// The command line: help, versions, mistakes in words and options, standard input, signs.

import Testing

@testable import Commands

@Suite struct ProgramTests {
  @Test(
    arguments: [
      (["-h"], "Usage: autodiff COMMAND"), (["--help"], "Usage: autodiff COMMAND"),
      (["help"], "Usage: autodiff COMMAND"), (["help", "eval"], "Usage: autodiff eval EXPRESSION"),
      (["eval", "-h"], "Usage: autodiff eval"),
      (["trace", "x", "--at", "x=1", "--help"], "Usage: autodiff trace"),
      (["eval", "--mode", "forward", "-h", "x"], "Usage: autodiff eval"),
      (["eval", "--nonsense", "-h"], "Usage: autodiff eval"),
      (["functions", "-h"], "Usage: autodiff functions"),
      (["eval", "x", "y", "z", "--help"], "Usage: autodiff eval"),
    ])
  func help(words: [String], expected: String) {
    let run = ProgramRun(words)
    #expect(run.status == 0 && run.error == "" && run.output.hasPrefix(expected), "\(run.error)")
    #expect(run.output.contains("\nExamples:\n"))
  }

  @Test func examplesComeFirstAndAllWork() {
    for command in Program.commands.all {
      for example in command.definition.examples {
        let run = ShellLine(example.commandLine)?.run()
        #expect(run?.status == 0 && run?.output.isEmpty == false, "\(example.commandLine)")
      }
    }
  }

  @Test(arguments: [["--version"], ["eval", "--version"], ["trace", "x", "--version"]])
  func version(words: [String]) {
    let run = ProgramRun(words)
    #expect(run.output == "autodiff \(Program.version)\n" && run.status == 0)
  }

  @Test(
    arguments: [
      (["evla", "x"], "'evla' is not a command; did you mean 'eval'?"),
      (["tarce"], "'tarce' is not a command; did you mean 'trace'?"),
      (["derive"], "'derive' is not a command"), (["--foo"], "there is no option '--foo'"),
      (["eval"], "EXPRESSION is missing"), (["eval", ""], "there is no expression"),
      (["eval", "x", "--mdoe", "all"], "there is no option '--mdoe'; did you mean '--mode'?"),
      (["eval", "x", "--mode", "forwrd"], "--mode cannot be 'forwrd'; did you mean 'forward'?"),
      (["eval", "x", "--format", "yaml"], "--format takes text, markdown, latex, csv, json"),
      (["eval", "x", "--at"], "--at needs a value: --at POINT"),
      (["eval", "x", "--at", "--mode", "all"], "--at needs a value"),
      (["eval", "x", "--mode", "all", "--mode", "all"], "--mode is given twice"),
      (["eval", "x", "--hessian=1"], "--hessian"),
      (["eval", "x", "y"], "'y' is one argument too many"),
      (["eval", "x", "--at", "x=1", "--digits", "0"], "from 1 to 17, not '0'"),
      (["eval", "x", "--at", "x=1", "--digits", "18"], "from 1 to 17, not '18'"),
      (["eval", "x", "--at", "x=1", "--digits", "many"], "from 1 to 17, not 'many'"),
      (["eval", "x", "--at", "x=1", "--step", "1"], "--step belongs to --mode numerical or all"),
      (
        ["eval", "x", "--at", "x=1", "--difference=central"],
        "--difference belongs to --mode numerical"
      ),
      (["eval", "x", "--at", "x=1", "--mode=all", "--step", "0"], "greater than 0, not 0"),
      (
        ["eval", "x", "--at", "x=1", "--mode=all", "--step", "-1e-3"], "greater than 0, not -0.001"
      ),
      (["eval", "x", "--at", "x=1", "--mode=all", "--step", "inf"], "greater than 0, not inf"),
      (["eval", "x", "--at", "x=1", "--mode=all", "--step", "h"], "'h' is a name"),
      (["eval", "x", "--at", "x=1", "--wrt", "x", "--direction", "x=1"], "exclude each other"),
      (["eval", "x", "--at", "x=1", "--wrt", "y"], "'y' is not in the expression"),
      (["eval", "x", "--at", "x=1", "--direction", "y=1"], "'y' is not in the expression"),
      (["trace", "x", "--at", "x=1", "--mode", "numerical"], "--mode takes forward, reverse"),
      (["functions", "sine"], "did you mean 'sin'?"), (["functions", "\u{1B}[31m"], "is neither"),
      (["eval", "\u{1B}[31m"], "control character"), (["e\u{1B}val"], "control character"),
      (["eval", "x", "--\u{1B}[31m"], "there is no option"),
      (["eval", "x", "--at", "x=1", "--digits", "\u{1B}[31m"], "from 1 to 17"),
    ])
  func mistakes(words: [String], expected: String) {
    let run = ProgramRun(words)
    #expect(run.status == 2 && run.output == "" && run.error.contains(expected), "\(run.error)")
    #expect(run.errorIsClean, "\(run.error.debugDescription)")
  }

  @Test func noWordsAtAll() {
    let run = ProgramRun([])
    // A session that ends at once.
    #expect(run.status == 0 && run.output == "" && run.error == "")
  }

  @Test(
    arguments: [
      (["eval", "-x^2+1", "--at", "x=2"], "-3"), (["eval", "--at", "x=2", "-x"], "-2"),
      (["eval", "--at", "x=2", "--", "-x"], "-2"), (["eval", "--at", "x=2", "--", "--x"], "2"),
      (["eval", "--at=x=2", "--", "-(x)"], "-2"), (["eval", "-(x)", "--at", "x=-2"], "2"),
      (["eval", "--at=x=2", "-2x"], "-4"), (["eval", "-sin(x)", "--at=x=0"], "-0"),
    ])
  func expressionsThatBeginWithASign(words: [String], expected: String) {
    let run = ProgramRun(words)
    #expect(run.status == 0 && run.output.hasPrefix("value"), "\(run.error)")
    #expect(run.output.split(separator: "\n")[0].split(separator: " ")[1] == expected)
  }

  @Test(
    arguments: [
      ("2*x  # twice\n", 0, "value  4\nd/dx   2\n", ""),
      ("\u{FEFF}x", 0, "value  2\nd/dx   1\n", ""),
      ("\n\n  x^2\r\n", 0, "value  4\nd/dx   4\n", ""),
      ("", 2, "", "standard input:1:1: error: there is no expression\n"),
      ("x +\n  * 2", 2, "", "standard input:2:3: error: "),
    ])
  func standardInput(input: String, status: Int32, output: String, error: String) {
    let run = ProgramRun(["eval", "-", "--at", "x=2"], input: Array(input.utf8))
    #expect(
      run.status == status && run.output == output && run.error.hasPrefix(error), "\(run.error)")
  }

  @Test func invalidUTF8() {
    let run = ProgramRun(["eval", "-", "--at", "x=2"], input: [0x78, 0x2B, 0xFF, 0x31])
    #expect(
      run.status == 2 && run.error.hasPrefix("standard input:1:3: error: ") && run.errorIsClean)
  }

  @Test func errorsShowTheLineAndACaret() {
    #expect(
      ProgramRun("eval", "1 + sine(x1*x2)", "--at x1=1,x2=2").error
        == joined(
          "error: 'sine' is not a function; did you mean 'sin'?", "  1 + sine(x1*x2)", "      ^~~~")
    )
    #expect(
      ProgramRun("eval", "x", "--at x=1,x=2").error
        == joined("error: in --at: 'x' is given twice", "  x=1,x=2", "      ^"))
  }

  @Test func theCatalogueIsListed() throws {
    let json = try ProgramRun(["functions", "--format", "json"]).json()
    let words = json.elements.compactMap { $0["write"].string }
    for word in ["atan2(y, x)", "sum(i, from, to, expression)", "pi", "stop_gradient(x)"] {
      #expect(words.contains(word))
    }
    #expect(ProgramRun(["functions", "log"]).output.contains("log(x, base)"))
  }
}
