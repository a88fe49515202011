// `--memory`: what it takes, who may give it, and what happens where it is not enough.
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct MemoryTests {
  private func run(_ words: [String], _ script: String = "") -> (
    status: Int32, error: String, limits: [Int]
  ) {
    let recording = Terminal.Recording()
    var limits: [Int] = []
    let terminal = Terminal.inMemory(
      recording: recording, input: script, limitMemory: { limits.append($0) })
    return (Program.run(words, terminal), recording.error, limits)
  }

  @Test(arguments: [("64M", 64 << 20), ("512m", 512 << 20), ("4G", 4 << 30), ("1048576G", 1 << 50)])
  func sizes(text: String, bytes: Int) {
    let run = run(["eval", "1", "--memory", text])
    #expect(run.status == 0 && run.error == "" && run.limits == [bytes])
  }

  @Test(arguments: [
    "", "x", "64", "63M", "-1G", "1.5G", "1e3G", "M", "99999999999999G", "9223372036854775807M",
  ])
  func whatIsNoSize(text: String) {
    let run = run(["eval", "1", "--memory", text])
    #expect(run.status == 2 && run.limits.isEmpty)
    #expect(run.error.hasPrefix("error: --memory needs a size such as 512M or 4G"))
  }

  /// It is a right like any other: text does not widen it.
  @Test(arguments: [
    "eval 1 --memory 9G", "expect eval 1 --memory 9G", "expect eval 1 --memory 9G : 1",
  ])
  func aScriptDoesNotSetIt(line: String) {
    for words in [[], ["run", "-"]] {
      let run = run(words, line + "\n")
      #expect(
        run.status == 2 && run.limits.isEmpty && run.error.contains("does not set the memory"))
    }
    #expect(run(["run", "-", "--memory", "1G"], "eval 1\n").limits == [1 << 30])
  }

  #if os(Linux)
    /// The program beside the tests, where they are run from the folder that it is built in.
    private static let program = CommandLine.arguments.first.map { path in
      path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/autodiff"
    }

    /// A message in place of the stack trace of a failed allocation; what was said before is there.
    @Test func theProgramEndsWithAMessage() {
      let script = "eval 3\\neval \"prod(i, 1, n, 1 + sin(i*x)/n)\" --at n=1e6,x=1\\neval 4\\n"
      let command =
        "test -x '\(Self.program ?? "")' || exit 77; "
        + "printf '\(script)' | '\(Self.program ?? "")' run - --memory 64M"
      let outcome = ForeignProgram(command: command, input: [], timeLimit: 120, outputLimit: 9999)
        .run()
      guard outcome.ending != .exit(status: 77) else { return print("skipped: no program here") }
      #expect(outcome.ending == .exit(status: 2))
      #expect(String(decoding: outcome.output, as: UTF8.self) == "value  3\n")
      #expect(
        String(decoding: outcome.error, as: UTF8.self)
          == "error: this takes more than 64 MiB of memory; --memory allows more\n")
    }
  #endif
}
