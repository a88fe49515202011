// `check --answers`: hand-ins against a key, marks, feedback, and what a hand-in cannot do.
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct GradingTests {
  private static let key = """
    f(x1, x2) = ln(x1) + x1*x2 - sin(x2)
    task 1 --marks 2 diff f
    task 2a eval f --at x1=2,x2=5 --digits 4
    task 3 --marks 6 trace f --at x1=2,x2=5 --mode reverse
    task 4 diff x^3*y --hessian
    """

  private static let table = """
    | primal | value |
    |--|--|
    | a = ln(x1) | 0.693 |
    | b = x1*x2 | 10 |
    | c = sin(x2) | -0.959 |
    | d = a + b - c | 11.652 |

    | adjoint | value |
    |--|--|
    | x1~ = 1/x1 + x2 | 5.5 |
    | x2~ = x1 - cos(x2) | 1.716 |
    """

  private struct Run {
    let status: Int32
    let recording: Terminal.Recording
    var output: String { recording.output }
    var error: String { recording.error }
  }

  private func run(
    _ files: [String: String], key: String = key, _ options: [String] = ["--format", "csv"]
  ) -> Run {
    let recording = Terminal.Recording()
    var all = Dictionary(uniqueKeysWithValues: files.map { ("class/\($0)", $1) })
    all["key.ad"] = key
    let terminal = Terminal.inMemory(
      recording: recording, files: all, environment: ["LANG": "C.UTF-8"])
    let status = Program.run(
      ["check", "--answers", "class", "--key", "key.ad"] + options, terminal)
    return Run(status: status, recording: recording)
  }

  /// The line of a hand-in with the tasks of `key`.
  private func line(_ text: String, key: String = key) -> String {
    let lines = run(["a": text], key: key).output.split(separator: "\n").map(String.init)
    return lines.count > 1 ? lines[1] : ""
  }

  @Test func aHandInThatIsRightHasAllMarks() {
    let text = """
      Ada
      # Task 1
      x1: 1/x1 + x2, x2: x1 - cos(x2)
      2a) f = 11.652, df/dx1 = 5.5, df/dx2 = 1.7163
      # 3: the trace
      \(Self.table)
      (4) `gxx = 6*x*y, gxy = 3*x^2, gyy = 0`
      """
    #expect(line(text) == "a,right,10,10,10,2,2,1,1,6,6,1,1,")
    #expect(run(["a": text]).status == 0)
  }

  @Test(arguments: [
    ("# 1\n1/x1 + x2, x1 + cos(x2)", "1,1,0,0,0,0,0,0,\"1: d/dx2: at x1 = 1, x2 = 1 the claim is"),
    ("# 1\nx1: 1/x1 + x2", "1,1,0,0,0,0,0,0,1: nothing is claimed of d/dx2"),
    ("# 2a\n5.5, 1.8", "0,0,0.5,0.5,0,0,0,0,\"2a: d/dx2: at x1 = 2, x2 = 5 the claim is 1.8"),
    ("# 4\nx,x: 6*x*y, x,y: 3*x^2", "0,0,0,0,0,0,0.67,0.67,4: nothing is claimed of d^2/dy^2"),
    ("# 1\n\n# 2a\n…", "0,0,0,0,0,0,0,0,1: no answer"),
  ])
  func marksAreThePartThatIsRight(text: String, expected: String) {
    #expect(line(text).contains(",10,\(expected)"))
  }

  @Test func whatFollowsAMistakeCountsInAColumnOfItsOwn() {
    let wrong = Self.table.replacing("-0.959 |", with: "0.959 |").replacing("11.652", with: "9.734")
    let key = "task 1 --marks 6 trace ln(x1)+x1*x2-sin(x2) --at x1=2,x2=5 --mode reverse"
    #expect(line(wrong, key: key).hasPrefix("a,wrong,4,5,6,\"line 5: c = sin(x2): claimed 0.959"))
  }

  @Test func anEmptySheetHasNoMarks() {
    let key = "task 1 trace x*y --at x=2,y=5"
    #expect(
      line("| v | value |\n|-|-|\n| v1 = x*y | |\n", key: key).hasPrefix("a,incomplete,0,0,1"))
    #expect(line("", key: key).hasPrefix("a,missing,0,0,1"))
  }

  @Test func aScriptIsReadByItsExpectations() {
    let text = """
      f(x1, x2) = 7
      expect diff f : x1: 1/x1 + x2, x2: x1 - cos(x2)
      expect eval f --at x1=2,x2=5 : 11.65, x1: 5.5, x2: 1.716
      # 4
      expect diff x^3*y --wrt x : gxx = 6*x*y, gxy = 3*x^2, gyy = 0
      """
    #expect(line(text).hasPrefix("a,incomplete,4,4,10,2,2,1,1,0,0,1,1,3: no answer"))
  }

  @Test(arguments: [
    ("# 1\nI do not know", "a:2:1: "), ("no heading", "no line says which task it answers"),
    ("# 1\nx1: 1, x2: 1\n# 1\nx1: 1", "task 1 is answered twice"),
    ("# 3\n| a = ln(x1) | 0.69 |\n| d | 1 |", "a:"),
    ("# 1\nx1: z, x2: 1", "'z' is not in the expression"),
    ("expect 'diff", "a:1:8: "),
  ])
  func whatCannotBeReadIsListedAndNotWrong(text: String, message: String) {
    let run = run(["a": text], [])
    #expect(run.output.contains("unreadable: ") && run.output.contains(message))
    #expect(!run.output.contains("wrong") && run.status == 1 && run.error.isEmpty)
  }

  /// A hand-in is data: it runs nothing, loads nothing and writes nothing.
  @Test(arguments: [
    "load \"other.ad\"\nexpect diff f : x1: 1, x2: 2",
    "expect check f --against 'touch /tmp/x' : 1",
    "expect eval f --points other.ad : 3", "# 1\n@other.ad", "eval f --points other.ad",
    "# 3\n@other.ad", "expect check f --at x1=1,x2=1 --trace other.ad",
  ])
  func aHandInReachesNothingElse(text: String) {
    let recording = Terminal.Recording()
    var read: [String] = []
    let terminal = Terminal(
      Terminal.System(
        readInput: { [] },
        readFile: { path throws(FileError) in
          read.append(path)
          return Array((path == "key.ad" ? Self.key : text).utf8)
        },
        write: { stream, bytes in
          recording.write(stream, bytes)
        },
        environment: { _ in nil }, isTerminal: { _ in false }, columns: { 80 },
        run: { _ in
          Issue.record("a program is run")
          return ForeignProgram.Outcome(ending: .exit(status: 0))
        }))
    _ = Program.run(["check", "--answers", "a.ad", "--key", "key.ad"], terminal)
    #expect(read == ["key.ad", "a.ad"] && recording.files.isEmpty)
  }

  @Test func feedbackSaysAsMuchAsItMay() throws {
    let files = ["a": "# 1\nx1: 1/x1 + x2, x2: x1 + cos(x2)"]
    let truth = "0.459698"
    #expect(run(files, []).output.contains(truth))
    for feedback in ["hint", "verdict"] {
      for format in ["text", "csv", "markdown", "json"] {
        let output = run(files, ["--feedback", feedback, "--format", format]).output
        #expect(!output.contains(truth) && output.contains("wrong"))
        #expect(output.contains("d/dx2") == (feedback == "hint"))
      }
    }
  }

  @Test func foldersOfStudentsAreSearched() {
    let output = run(["bea/answers.md": "# 1\n1, 2", "ada.md": "# 1\n1, 2", ".hidden": ""]).output
    #expect(output.contains("\nada.md,wrong") && output.contains("\nbea/answers.md,wrong"))
    #expect(!output.contains("hidden"))
  }

  /// A spreadsheet would take it for a formula.
  @Test func aNameIsNoFormula() {
    #expect(run(["=1+1": "# 1\n1, 2"]).output.contains("\n./=1+1,"))
  }

  @Test(arguments: [
    ("", "has no tasks"), ("eval x", "a key has definitions"), ("task 1 run x", "cannot be 'run'"),
    ("task", "needs a name"), ("task 1", "asks for nothing"),
    ("task 1 --marks 0 diff x", "--marks"),
    ("task 1 diff x^2; task 1 diff x", "is there twice"),
    ("task 1 check x --gradient 1", "cannot have --gradient"),
    ("task 1 check x --against true", "cannot have --against"),
    ("task 1 trace x", "--at"), ("task 1 diff x +", "key.ad:1:"),
  ])
  func whatIsWrongWithAKeyIsAnError(key: String, message: String) {
    let run = run(["a": "1"], key: key, [])
    #expect(run.status == 2 && run.error.contains(message))
  }

  @Test func withoutAKeyTheExpressionIsTheTask() {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, files: ["a": "y, x", "b": "y, y", "c": Self.table])
    let status = Program.run(["check", "x*y", "b", "c", "--answers", "a"], terminal)
    #expect(status == 1 && recording.output.contains("1 right, 1 wrong, 1 unreadable"))
  }

  @Test(arguments: [
    ["check"], ["check", "x", "y"], ["check", "x", "--key", "key.ad"],
    ["check", "x", "--format", "csv"], ["check", "--answers", "a"],
    ["check", "--answers", "a", "--key", "key.ad", "--trace", "b"],
  ])
  func misuse(words: [String]) {
    #expect(ProgramRun(words).status == 2)
  }

  /// The key is a script that prints its own answers.
  @Test func aKeyRuns() {
    let run = ProgramRun(["run", "-"], input: Array("task 7 diff x^2\n".utf8))
    #expect(run.output == "# 7\n2*x\n" && run.status == 0)
  }
}

@Suite struct WorksheetTests {
  private func sheet(_ what: String, _ options: String = "--format markdown") -> String {
    ProgramRun("trace", "x*sin(y)", "--at x=2,y=3 --blank \(what) \(options)").output
  }

  @Test func formulasStayOrGo() {
    #expect(sheet("values").contains("| v₂ = v₋₁ × v₁ |  |"))
    #expect(sheet("all").contains("| v₂ = |  |"))
    #expect(sheet("all").contains("| v₀ = y | 3 |"))
    #expect(sheet("all", "--format csv").contains("primal,v2,,,\n"))
    #expect(sheet("values", "--format latex").contains("v_{2} = v_{-1} \\times v_{1}"))
    for format in ["text", "markdown", "csv", "latex"] {
      for mode in ["forward", "reverse"] {
        for what in ["values", "all"] {
          #expect(!sheet(what, "--format \(format) --mode \(mode)").contains("0.1411"))
        }
      }
    }
    #expect(ProgramRun("trace", "x", "--at x=2 --blank all --format json").status == 2)
  }

  /// Filled in, a worksheet is what `trace` prints.
  @Test(arguments: ["markdown", "csv"])
  func aSheetIsReadBack(format: String) {
    for what in ["values", "all"] {
      let recording = Terminal.Recording()
      let terminal = Terminal.inMemory(
        recording: recording, files: ["sheet": sheet(what, "--format \(format)")])
      let status = Program.run(
        ["check", "x*sin(y)", "--at", "x=2,y=3", "--trace", "sheet", "--require", "reverse"],
        terminal)
      #expect(status == (what == "all" ? 1 : 0), "\(recording.output)\(recording.error)")
      #expect(what == "all" || recording.output.contains("without a value"))
    }
  }
}
