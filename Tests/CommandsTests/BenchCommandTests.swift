// `bench`: which ways there are, what they are counted to take, and the sample of Table 4. No test asks
// how long anything took.
import Foundation
import Testing

@testable import Commands

@Suite struct BenchCommandTests {
  private static let ways = [
    "f", "numerical", "forward", "reverse", "symbolic", "second derivatives",
  ]

  /// x*y + sin(x) is 3 operations with 5 operands: 8 for values and partials, and 2 for each operand in
  /// each sweep.
  @Test func operationsAreCounted() throws {
    let json = try ProgramRun("bench", "x*y+sin(x)", "--at x=1,y=2 --count --format json").json()
    let rows = json["engines"].elements
    #expect(rows.compactMap(\.["name"].string) == Self.ways)
    let operations = rows.compactMap(\.["operations"].number)
    #expect(Array(operations.prefix(4)) == [3, 9, 28, 18] && operations[5] == 72)
    #expect(rows.allSatisfy { $0["seconds"].isNull && $0["ratio"].isNull })
    #expect(rows[3]["operationRatio"].number == 6)
  }

  @Test func variablesThatAreConstantTakeNothing() throws {
    let json = try ProgramRun("bench", "x*y", "--at x=1,y=2 --wrt x --count --format json").json()
    let operations = json["engines"].elements.prefix(4).compactMap(\.["operations"].number)
    #expect(operations == [1, 2, 4, 4])
  }

  @Test(arguments: ["text", "markdown", "latex", "csv", "json"])
  func everyWayIsMeasured(format: String) {
    let run = ProgramRun("bench", "x*y+sin(x)", "--at x=1,y=2 --runs 1 --format \(format)")
    #expect(run.status == 0 && run.error.isEmpty)
    for way in Self.ways { #expect(run.output.contains(way)) }
    #expect(run.output.contains(format == "text" ? "time/f" : format == "csv" ? "seconds" : "f"))
  }

  @Test(arguments: [
    ("x --at x=0:1:0.5", "one point"), ("2", "no variable"),
    ("x --at x=1 --runs 2 --count", "exclude"), ("x --at x=1 --runs 0", "--runs"),
    ("[x,x] --at x=1", "list"),
  ])
  func refusals(line: String, expected: String) {
    let words = line.split(separator: " ").map(String.init)
    let run = ProgramRun(["bench"] + words)
    #expect(run.status == 2 && run.output.isEmpty && run.error.contains(expected), "\(run.error)")
  }

  @Test func withoutValueThereIsNothingToMeasure() {
    let run = ProgramRun("bench", "ln(x)", "--at x=-1")
    #expect(run.status == 1 && run.output.isEmpty && run.error.contains("no value"))
  }

  /// The sample writes the survey's function: with one component, b = 0.021 and A = 1/2.
  @Test func theSampleWritesTheHelmholtzEnergy() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    func sample(_ words: String...) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [root.appendingPathComponent("Samples/table4.sh").path] + words
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }
    #expect(try sample("-p", "3") == "x1=0.1,x2=0.1,x3=0.1")
    let expression = try sample("-e", "1")
    let json = try ProgramRun("eval", expression, "--at x1=0.3 --format json").json()
    let (x, b) = (0.3, 0.021)
    let root2 = 2.0.squareRoot()
    let expected =
      8.314 * 300 * log(x / (1 - b * x)) - (x * x / 2) / (8.0.squareRoot() * b * x)
      * log((1 + (1 + root2) * b * x) / (1 + (1 - root2) * b * x))
    let value = try #require(json["value"].number)
    #expect(abs(value - expected) < 1e-9 * abs(expected))
    let two = ProgramRun(["check", try sample("-e", "2"), "--at", try sample("-p", "2")])
    #expect(two.status == 0)
  }
}
