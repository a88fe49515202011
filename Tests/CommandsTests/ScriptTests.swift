// Scripts: the same as the commands one by one, and errors with their places.

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
    let commands = [
      ["trace", example] + at + ["--mode", "forward", "--wrt", "x1", "--digits", "5"],
      ["trace", example] + at + ["--mode", "reverse", "--digits", "5"],
      ["diff", example], ["eval", example] + at + ["--mode", "all"],
      ["eval", "diff(ln(t)+t*t^2-sin(t^2), t)", "--at", "t=2"],
    ]
    #expect(survey.status == 0 && survey.error == "")
    #expect(survey.output == commands.map { run($0).output }.joined())
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
}
