// Scripts: the same as the commands one by one, and errors with their places.

@testable import CommandLine
import Testing

@testable import Commands

@Suite struct ScriptTests {
  private func run(
    _ words: [String], files: [String: String] = [:], input: String = ""
  ) -> (status: Int32, output: String, error: String) {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, input: input, files: files, environment: ["LANG": "C.UTF-8"])
    let status = Program.run(words, terminal)
    return (status, recording.output, recording.error)
  }

  @Test func theSurveyIsItsCommands() {
    let survey = run(["run", "Samples/survey.ad"], files: Documents.samples)
    let at = ["--at", "x1=2,x2=5"]
    let gradient = ["--gradient", "x1: 1/x1 + x2, x2: x1 - cos(x2)"]
    let numerical = ["--mode", "numerical", "--difference", "forward", "--digits", "10"]
    let commands = [
      ["check", example] + gradient, ["eval", example] + at + numerical, ["diff", example],
      ["trace", example] + at + ["--mode", "forward", "--wrt", "x1", "--digits", "5"],
      ["trace", example] + at + ["--mode", "reverse", "--digits", "5"],
      ["eval", "diff(ln(t)+t*t^2-sin(t^2), t)", "--at", "t=2"],
    ]
    #expect(survey.status == 0 && survey.error == "")
    let expected = commands.map { run($0).output }.joined() + "1 of 1 expectation met\n"
    #expect(survey.output == expected)
  }

  static let files = [
    "main.ad": "load \"lib/b.ad\"\ng(x) = h(x)^2\neval g --at x=2\n",
    "lib/b.ad": "load \"c.ad\"; load \"c.ad\"\nh(x) = c*x\neval h --at x=1\n", "lib/c.ad": "c = 5",
    "loop.ad": "load \"pool.ad\"", "pool.ad": "load \"loop.ad\"",
    "bad.ad": "a = 1\nload \"lib/wrong.ad\"", "lib/wrong.ad": "b = 1\nc = 2 +",
  ]

  @Test(
    arguments: [
      (["run", "main.ad"], 0, "value  100\nd/dx   100\n", ""),
      (["eval", "h(2)", "--load", "lib/b.ad"], 0, "value  10\n", ""),
      (["eval", "g(2)", "--load", "main.ad"], 0, "value  100\n", ""),
      (["run", "loop.ad"], 2, "", "pool.ad:1:1: error: 'loop.ad' loads itself\n"),
      (["eval", "1", "--load", "loop.ad"], 2, "", "pool.ad:1:1: error: 'loop.ad' loads itself\n"),
      (
        ["run", "bad.ad"], 2, "",
        "lib/wrong.ad:2:8: error: an operand is missing after '+'\n  c = 2 +\n         ^\n"
      ),
      (["run", "none.ad"], 2, "", "error: cannot read 'none.ad': No such file or directory\n"),
    ] as [([String], Int32, String, String)])
  func loading(words: [String], status: Int32, output: String, error: String) {
    let result = run(words, files: Self.files)
    #expect(result.status == status && result.output == output && result.error == error)
  }

  /// What stands before an error is done; its place is told.
  @Test(arguments: [
    ("eval x", "s.ad:3:6: error: no value is given for 'x'"),
    ("eval 2 --mod all", "s.ad:3:1: error: there is no option '--mod'"),
    ("eval x --at y=2", "s.ad:3:6: error: no value is given for 'x'"),
    ("eval 2 --at y=2", "s.ad:3:1: error: in --at: 'y' is not in the expression"),
    ("run s.ad", "s.ad:3:1: error: a script cannot run another one"),
    ("load", "s.ad:3:1: error: 'load' takes one file"),
    ("load none", "s.ad:3:1: error: cannot read 'none'"),
    ("  b = 1; a = 2", "s.ad:3:10: error: 'a' is already defined, at s.ad:1:1"),
    ("  sin(x) = 2", "s.ad:3:3: error: 'sin' is a function of the language"),
    ("eval 'ln(a - 2)'", "s.ad:3:7: error: ln(-1) is not defined"),
    ("evla 2", "s.ad:3:1: error: 'evla' is not a command"), ("a + 1", "s.ad:3:1: error: only"),
    ("ls", "s.ad:3:1: error: 'ls' is not a command"), ("expect", "s.ad:3:1: error: 'expect' needs"),
    ("eval 3; b = 1)", "s.ad:3:14: error: "), ("eval 3; eval 'b", "s.ad:3:14: error: this ' is"),
  ])
  func errors(line: String, error: String) {
    let files = ["s.ad": "a = 1\neval a\n\(line)\neval 2*a\n"]
    let result = run(["run", "s.ad"], files: files)
    #expect(result.status != 0 && result.output.hasPrefix("value  1\n"))
    #expect(result.error.hasPrefix(error))
    #expect(!result.output.contains("value  2\n"))
    let kept = run(["run", "s.ad", "--keep-going"], files: files)
    #expect(kept.status == result.status && kept.output.hasSuffix("value  2\n"))
  }

  @Test func aDefinitionsErrorNamesTheCommand() {
    let result = run(["run", "-"], input: "f(x) = x*q\neval 1\neval f --at x=1\n")
    #expect(
      result.error == "standard input:1:10: error: no value is given for 'q'; add 'q=…' to --at\n"
        + "  f(x) = x*q\n           ^\n  in the command at standard input:3:1\n")
  }

  @Test func theWorstStatusCounts() {
    #expect(run(["run", "-", "--keep-going"], input: "eval 1/0\neval 2").status == 1)
    #expect(run(["run", "-", "--keep-going"], input: "eval 1/0\neval 2 +\neval 1/0").status == 2)
    #expect(run(["run", "-"], input: "eval 1/0\neval 2 +").status == 1)
  }

  /// What is right beside a wrong definition is kept, if the script goes on.
  @Test(arguments: [
    "b = )\nc = 2", "c = 2\nb = )", "c = 2; c = 3", "c = 2\nsin = 3\nb(a, a) = 1",
  ])
  func definitionsBesideAWrongOne(definitions: String) {
    let result = run(["run", "-", "--keep-going"], input: "a = 1\n\(definitions)\neval a+c\n")
    #expect(result.status == 2 && result.output == "value  3\n")
  }

  /// A derivative may be declared far behind its function, which an argument replaces together with it.
  @Test(
    arguments: [
      ([], "value  1\nd/dx   2\nvalue  1\nd/dx   7\n"),
      (["--keep-going"], "value  1\nd/dx   2\nvalue  1\nd/dx   7\n"),
      (["f(x)=x^3"], "value  1\nd/dx   3\nvalue  1\nd/dx   3\n"),
    ] as [([String], String)])
  func declaredDerivatives(words: [String], output: String) {
    let script =
      "f(x) = {\n  y = x^2\n  y\n}\neval f --at x=1\nderivative f(x) = 7\neval f --at x=1\n"
    let result = run(["run", "-"] + words, input: script)
    #expect(result.output == output && result.error == "")
  }

  @Test func standardInputIsReadOnce() {
    let result = run(["run", "-"], input: "eval -")
    #expect(
      result.error
        == "standard input:1:1: error: cannot read standard input: it has been read already\n")
    #expect(run(["run", "s.ad"], files: ["s.ad": "eval - --at x=3"], input: "x^2").status == 0)
  }

  /// `--at` and claims see what the expression sees.
  @Test(arguments: [
    ("a = 3\nf(x) = x^a\neval f --at x=2*a --wrt x", "value  216\nd/dx   108\n"),
    ("a = 2; eval 'f(y) = 3*y; f(x)' --at x=f(a)", "value  18\nd/dx    3\n"),
    ("g(x) = 2*x\nexpect check 'x^2' --gradient 'x: g(x)'", "1 of 1 expectation met\n"),
  ])
  func definitionsElsewhere(script: String, output: String) {
    let result = run(
      ["run", "-"], input: script.replacing("f --at x=2*a --wrt x", with: "f --at x=2*a"))
    #expect(result.output == output && result.error == "")
  }

  static let fit = "# y\nx0 = 1\nf(x) = x^2\neval 'f(x0)'\neval 'x0 + c' --at c=x0\n"

  @Test(
    arguments: [
      ([], 0, "value  1\nvalue  2\nd/dc   1\n", ""),
      (["x0=3"], 0, "value  9\nvalue  6\nd/dc   1\n", ""),
      (["x0 = pi/pi", "f(t)=t+f2(t)", "f2(t)=5"], 2, "", "error: 'fit.ad' has no 'f2'"),
      (["f(t)=t+5"], 0, "value  6\nvalue  2\nd/dc   1\n", ""),
      (["x=3"], 0, "value  1\nvalue  2\nd/dc   1\n", ""),
      (["x1=3"], 2, "", "error: 'fit.ad' has no 'x1'; did you mean 'x"),
      (["y=3"], 2, "", "error: 'fit.ad' has no 'y'; an argument"),
      (["x0="], 2, "", "error: an operand is missing after '='"),
      (["x0=1", "x0=2"], 2, "", "error: 'x0' is already defined"),
    ] as [([String], Int32, String, String)])
  func arguments(words: [String], status: Int32, output: String, error: String) {
    let result = run(["run", "fit.ad"] + words, files: ["fit.ad": Self.fit])
    #expect(result.status == status && result.output == output)
    #expect(error.isEmpty ? result.error == "" : result.error.hasPrefix(error))
  }

  @Test func argumentsReachWhatIsLoaded() {
    let files = ["main.ad": "load \"fit.ad\"\neval 'f(x0)'", "fit.ad": Self.fit, "d/a=b": Self.fit]
    #expect(run(["run", "x0=4", "main.ad"], files: files).output == "value  16\n")
    #expect(run(["run", "d/a=b", "x0=4"], files: files).output.hasPrefix("value  16\n"))
    #expect(run(["run", "x0=4"]).error.hasPrefix("error: FILE is missing; a file with a '='"))
  }
}
