// What `run` says besides the answers: where it stopped, what failed, each command, an object a line.
import Foundation
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct RunFormTests {
  private func run(
    _ options: [String], _ script: String
  ) -> (status: Int32, output: String, error: String) {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, input: script, environment: ["LANG": "C.UTF-8"])
    let status = Program.run(["run", "-"] + options, terminal)
    return (status, recording.output, recording.error)
  }

  private static let script = "f(x) = x^2\neval f --at x=3\neval ln(x) --at x=-1\ndiff f\nsine(\n"

  @Test func saysWhatStoppedItAndWhatWasNotRun() {
    let result = run([], "eval 1\neval 0/0\ndiff x\nx = 1\ndiff y\n")
    #expect(result.status == 1)
    #expect(
      result.error.contains(
        "note: stopped at standard input:2:1; 2 commands behind it were not run; "
          + "--keep-going runs them\n"))
    #expect(run([], "eval 1\neval 0/0\n").error.contains("stopped") == false)
    #expect(run([], "eval 0/0\neval 1\n").error.contains("the command behind it was not run"))
  }

  @Test func keepGoingTellsWhatDidNotSucceed() {
    let result = run(["--keep-going"], "eval 1\neval 0/0\ndiff x\neval sine(1)\n")
    #expect(result.status == 2)
    #expect(
      result.error.hasSuffix(
        "note: 2 of 4 did not succeed: standard input:2:1, standard input:4:1\n"))
    #expect(run(["--keep-going"], "eval 1\n").error == "")
  }

  @Test func echoShowsEachCommandBeforeItsAnswer() {
    let result = run(["--echo"], "a = 2\neval 'a' # two\nexpect eval a : 2\n")
    #expect(
      result.output
        == "ad> eval 'a'\nvalue  2\n\nad> expect eval a : 2\nmet\n1 of 1 expectation met\n")
  }

  @Test func jsonIsAnObjectALine() throws {
    let script = "eval 2*x --at x=3\nsimplify x+x\neval sine(1)\nexpect eval 1 : 2\n"
    let lines = run(["-f", "json", "--keep-going"], script).output.split(separator: "\n")
    let objects = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(objects.count == 5)
    #expect((objects[0]["answer"] as? [String: Any])?["value"] as? Double == 6)
    #expect(objects[1]["text"] as? String == "2*x\n")
    #expect((objects[2]["error"] as? [String: Any])?["remedy"] as? String == "did you mean 'sin'?")
    #expect(objects.prefix(4).compactMap { $0["line"] as? Int } == [1, 2, 3, 4])
    #expect(objects.prefix(4).compactMap { $0["status"] as? Int } == [0, 0, 2, 1])
    #expect(objects[4]["expectations"] as? Int == 1 && objects[4]["met"] as? Int == 0)
  }
}

@Suite struct JSONErrorTests {
  @Test(arguments: [
    ["eval", "1 + sine(x)", "--at", "x=1", "--format", "json"],
    ["eval", "1 + sine(x)", "-a", "x=1", "-f", "json"], ["diff", "1 + sine(x)", "--format=json"],
    ["check", "1 + sine(x)", "-f", "json"], ["graph", "1 + sine(x)", "-f", "json"],
  ])
  func anErrorIsAnObjectOnStandardOutput(words: [String]) throws {
    let recording = Terminal.Recording()
    #expect(Program.run(words, .inMemory(recording: recording)) == 2)
    let object = try JSONSerialization.jsonObject(with: Data(recording.output.utf8))
    let error = try #require((object as? [String: Any])?["error"] as? [String: Any])
    #expect(error["message"] as? String == "'sine' is not a function")
    #expect(error["line"] as? Int == 1 && error["column"] as? Int == 5)
    #expect(recording.error.hasPrefix("error: 'sine' is not a function"))
  }
}

@Suite struct ShortOptionTests {
  private func output(_ words: [String]) -> String {
    let recording = Terminal.Recording()
    _ = Program.run(words, .inMemory(recording: recording))
    return recording.output + recording.error
  }

  @Test func theyAreTheLongOnes() {
    let long = ["--at", "x=2,y=3", "--mode", "forward", "--wrt", "x", "--digits", "3"]
    let short = ["-a", "x=2,y=3", "-m", "forward", "-w", "x", "-d", "3"]
    for command in ["eval", "trace"] {
      #expect(output([command, "x/y"] + short) == output([command, "x/y"] + long))
    }
    #expect(output(["x/y", "-a", "x=2,y=3"]) == output(["eval", "x/y", "--at", "x=2,y=3"]))
    #expect(output(["diff", "x/y", "-f", "json"]) == output(["diff", "x/y", "--format", "json"]))
  }

  @Test func anExpressionMayBeginWithAMinus() {
    #expect(output(["diff", "-x^2"]) == "-2*x\n")
    #expect(output(["diff", "-ax^2", "-w", "ax"]).hasPrefix("-2*ax\n"))
    #expect(output(["diff", "--", "-a"]) == "-1\n")
  }
}

@Suite struct HelpGuideTests {
  @Test(arguments: HelpGuide.all.flatMap(\.examples))
  func theExamplesWork(line: String) throws {
    #expect(try #require(ShellLine(line)).run().status <= 1)
  }

  @Test func everySubjectIsFoundByEachOfItsNames() throws {
    for guide in HelpGuide.all {
      for name in guide.names + ["topics"] {
        let result = try #require(ShellLine("autodiff help \(name)")).run()
        #expect(result.status == 0 && !result.output.isEmpty)
      }
    }
  }
}
