// What a script expects of a command: `expect [fail|error] COMMAND … [: CLAIM]`.
import CommandLine
import Text
import Language
import Reporting
import Syntax

struct Expectation {
  /// The exit status that is expected.
  enum Outcome: Int32 { case answer, fail, error }

  private static let separator = ":"

  let outcome: Outcome
  let command: any Command.Type
  /// The words behind the command's name.
  let words: [ScriptWord]
  /// The claim behind the colon.
  let claim: String?

  /// - Parameters:
  ///   - words: a whole command line, `expect` first.
  ///   - commands: those that may stand behind it.
  init(_ words: [ScriptWord], _ commands: CommandSet) throws {
    var rest = words.dropFirst()
    let outcomes: [String: Outcome] = ["fail": .fail, "error": .error]
    let outcome = rest.first.flatMap { outcomes[$0.text] }
    if outcome != nil { rest.removeFirst() }
    guard let name = rest.popFirst(), name.text != Self.separator else {
      throw Failure.option("'expect' needs a command", remedy: "write 'expect eval f --at x=2 : 8'")
    }
    guard let command = commands.named(name.text) else {
      let suggestion = editDistanceSuggestion(for: name.text, among: commands.names)
      throw UsageError.unknownCommand(echo(name.text), suggestion: suggestion)
    }
    self.outcome = outcome ?? .answer
    self.command = command
    self.words = Array(rest.prefix { $0.text != Self.separator })
    claim = try Self.claim(rest.dropFirst(self.words.count))
  }

  private static func claim(_ words: ArraySlice<ScriptWord>) throws -> String? {
    guard !words.isEmpty else { return nil }
    let text = words.dropFirst().map(\.text).joined(separator: " ")
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Failure.option("nothing is expected behind ':'", remedy: "write ': 8' or ': 8, x: 12'")
    }
    return String(text.reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// What became of the expectations of scripts.
struct ExpectationTally {
  private(set) var metCount = 0
  /// The expectations that were not met, each with its position.
  private(set) var failures: [String] = []

  /// - Parameter failure: what is wrong, and where; nil for an expectation that is met.
  mutating func add(_ failure: String?) {
    if let failure { failures.append(failure) } else { metCount += 1 }
  }

  mutating func add(_ other: ExpectationTally) {
    metCount += other.metCount
    failures += other.failures
  }

  /// `{"expectations": 4, "met": 3}`; nothing if nothing was expected.
  var jsonLine: String {
    let count = metCount + failures.count
    return count == 0 ? "" : "{\"expectations\": \(count), \"met\": \(metCount)}\n"
  }

  /// A line for each that was not met, and `7 of 8 expectations met`; nil if nothing was expected.
  func summary(_ style: TextStyle, width: Int?) -> String? {
    let count = metCount + failures.count
    guard count > 0 else { return nil }
    let line = "\(metCount) of \(count) expectation\(count == 1 ? "" : "s") met"
    let verdict = failures.isEmpty ? style.green(line) : style.red(line)
    let lines = failures.flatMap { foldedProse($0, width: width ?? .max, indent: 4) } + [verdict]
    return lines.joined(separator: "\n") + "\n"
  }
}
