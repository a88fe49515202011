// Definitions on the command line: every command sees through them, files bring them, limits hold.

@testable import CommandLine
import Testing

@testable import Commands

@Suite struct DefinitionCommandTests {
  private static let files = [
    "lib.ad": "# a library\nsq(x) = x^2\nk = 3\n", "more.ad": "cube(x) = x*sq(x)",
    "wrong.ad": "a = 1\nb = a +\n", "twice.ad": "sq(y) = y", "sin.ad": "\n sin(x) = x",
    "expression.ad": "a = 1\na + 2\n",
  ]

  private func run(_ words: [String]) -> (status: Int32, output: String, error: String) {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, files: Self.files, environment: ["LANG": "C.UTF-8"])
    let status = Program.run(words, terminal)
    return (status, recording.output, recording.error)
  }

  @Test(
    arguments: [
      (["eval", "k*sq(x)", "--load", "lib.ad", "--at", "x=2"], "value  12\nd/dx   12\n"),
      (
        ["diff", "f(x) = cube(x) + k; f", "--load=lib.ad", "--load", "more.ad"], "3*x^2\n"
      ),
      (["eval", "sq", "--load", "lib.ad", "--at", "x=3"], "value  9\nd/dx   6\n"),
      (["swell", "sq(x)", "--load", "lib.ad", "--order", "1", "--format", "csv"], nil),
      (["graph", "sq(x) + k", "--load", "lib.ad", "--at", "x=1"], nil),
      (["sweep", "cube", "--load", "lib.ad", "--load", "more.ad", "--at", "x=1"], nil),
      (["trace", "f(x) = x^2; f(3*a)", "--at", "a=2"], nil),
    ] as [([String], String?)])
  func commandsSeeThroughDefinitions(words: [String], output: String?) {
    let result = run(words)
    #expect(result.status == 0, "\(result.error)")
    #expect(!result.output.isEmpty)
    if let output { #expect(result.output == output) }
  }

  @Test(arguments: [
    ("none.ad", "error: cannot read 'none.ad': No such file or directory\n"),
    (
      "wrong.ad",
      "wrong.ad:2:8: error: an operand is missing after '+'\n  b = a +\n         ^\n"
    ),
    (
      "sin.ad",
      "sin.ad:2:2: error: 'sin' is a function of the language and keeps its meaning\n"
        + "  sin(x) = x\n  ^~~\n  help: choose another name, such as 'my_sin'\n"
    ),
    (
      "expression.ad",
      "expression.ad:2:1: error: only definitions are accepted here\n"
        + "  a + 2\n  ^~~~~\n  help: write 'name = …' or 'f(x) = …', or a command and the expression\n"
    ),
    (
      "twice.ad",
      "twice.ad:1:1: error: 'sq' is already defined, at lib.ad:2:1\n  sq(y) = y\n  ^~\n"
    ),
  ])
  func filesThatCannotBeLoaded(file: String, error: String) {
    let result = run(["eval", "1", "--load", "lib.ad", "--load", file])
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error == error)
  }

  @Test func placesInLoadedFilesAreNamed() {
    let result = run(["eval", "1/sq(x)", "--load", "lib.ad", "--at", "x=0", "--format", "json"])
    #expect(result.status == 1)
    let kink = run(["eval", "a(x) = abs(x - k); a(x)", "--load", "lib.ad", "--at", "x=3"])
    #expect(kink.error.contains("\n  in a, called at column 20\n"))
    let wrong = run(["eval", "sq(x) + q", "--load", "lib.ad", "--at", "x=0"])
    #expect(wrong.error.hasPrefix("error: no value is given for 'q'"))
    let deep = run(["eval", "f(x) = sq(1, x); f(1)", "--load", "lib.ad"])
    #expect(
      deep.error
        == "error: 'sq' is called with 2 arguments in place of sq(x)\n"
        + "  f(x) = sq(1, x); f(1)\n         ^~\n  in f, called at column 18\n")
  }

  @Test func constantsThatAreDefinedAreNoted() {
    let result = run(["eval", "e = 3; e*x", "--at", "x=1"])
    #expect(result.output == "value  3\nd/dx   3\n")
    #expect(result.error == "note: 'e' is defined here; it is not the constant\n")
    #expect(run(["diff", "e = 3; e*x"]).error.hasPrefix("note: 'e'"))
    #expect(run(["graph", "e = 3; e*x"]).error.hasPrefix("note: 'e'"))
  }

  @Test func stepsAreLimited() {
    let text = "f(n) = if(n == 0, 0, 1 + f(n-1)); f(1000)"
    #expect(run(["eval", text]).status == 0)
    let result = run(["eval", text, "--max-steps", "100"])
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("error: this takes more than 100 operations"))
    #expect(run(["eval", "1", "--max-steps", "0"]).status == 2)
  }

  /// Another point goes another way.
  @Test func pointsHaveTheirOwnRecursions() {
    let text = "h(x) = if(x < 1, x, h(x/2)); h(x)"
    let result = run(["eval", text, "--at", "x=0.5:8.5:4", "--format", "csv", "--mode", "all"])
    #expect(result.output.contains("8.5"))
    let table = run(["eval", text, "--at", "x=0.5:8.5:4", "--format", "csv"])
    #expect(table.output == "x,value,d/dx\n0.5,0.5,1\n4.5,0.5625,0.125\n8.5,0.53125,0.0625\n")
    #expect(run(["diff", text, "--at", "x=5"]).output.hasPrefix("1/8\n"))
    #expect(run(["diff", text, "--at", "x=1:2:1"]).error.contains("which way a program goes"))
  }
}
