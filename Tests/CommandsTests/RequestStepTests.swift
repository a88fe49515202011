// How often a request's expression is read, elaborated and taped: each once.
import Language
import Testing

@testable import CommandLine
@testable import Commands

struct RequestStepTests {
  /// Counts the steps of one request, which runs in one thread.
  private final class StepCounter: @unchecked Sendable {
    private(set) var counts: [RequestStep: Int] = [:]
    func note(_ step: RequestStep) { counts[step, default: 0] += 1 }
  }

  private func steps(_ words: [String]) throws -> [RequestStep: Int] {
    let counter = StepCounter()
    let commands = CommandSet(all: Program.commands.all) { counter.note($0) }
    let terminal = Terminal(
      Terminal.System(
        readInput: { [] },
        readFile: { path throws(FileError) in throw FileError(path: path, reason: "none") },
        write: { _, _ in nil }, environment: { _ in nil }, isTerminal: { _ in false },
        columns: { 80 }))
    let command = try #require(commands.named(words[0]))
    #expect(try commands.execute(command, Array(words.dropFirst()), nil, terminal) == 0)
    return counter.counts
  }

  @Test(arguments: [
    ["eval"], ["eval", "--mode", "all"], ["eval", "--mode", "symbolic"], ["eval", "--hessian"],
    ["trace"], ["trace", "--mode", "forward"], ["trace", "--mode", "reverse"],
    ["diff"], ["diff", "--order", "2"], ["diff", "--steps"],
    ["graph"], ["graph", "--gradient"], ["graph", "--derivative"],
  ])
  func eachStepIsTakenOnce(request: [String]) throws {
    let steps = try steps(
      [request[0], "ln(x1)+x1*x2-sin(x2)", "--at", "x1=2,x2=5"] + request.dropFirst())
    #expect(steps == [.parse: 1, .elaboration: 1, .tape: 1])
  }

  @Test func aListHasATapeForEachOutput() throws {
    let steps = try steps(["eval", "[x^2, x*y]", "--at", "x=1,y=2", "--mode", "all"])
    #expect(steps == [.parse: 1, .elaboration: 1, .tape: 2])
  }

  @Test func pointsShareATapeUnlessTheyTakeAnotherPath() throws {
    let points = ["--at", "x=0", "--at", "x=3", "--mode", "all"]
    #expect(try steps(["eval", "x^2"] + points) == [.parse: 1, .elaboration: 1, .tape: 1])
  }

  @Test func formulasWithoutAPointNeedNoTape() throws {
    #expect(try steps(["diff", "x^2"]) == [.parse: 1, .elaboration: 1])
  }
}
