// `check --against`: the user's program is run on the points, and what it prints are the claims.
import CommandLine
import Checking
import Language
import Syntax

/// The program of `--against`, with its options.
struct ProgramClaims {
  let command: String
  /// 2 where second derivatives are printed.
  let order: Int
  private let timeLimit: Double

  /// How many simple points are added to random ones, since a failure at one is easy to follow.
  static let simplePoints = 10
  static let defaultTimeLimit: Double = 10
  private static let longestTimeLimit: Double = 86_400
  private static let shownErrorLines = 3

  /// Nil without the option.
  init?(_ arguments: Arguments) throws {
    guard let word = arguments.value(.against) else { return nil }
    if let script = arguments.script, !script.allowsPrograms {
      throw Failure.option(
        "a script or a pipe runs no program, unless you allow it",
        remedy: "'autodiff run --allow-programs' does; read the script first")
    }
    order = arguments.has(.hessian) ? 2 : 1
    for option in [OptionDefinition.claimedGradient, .claimedHessian]
    where arguments.value(option)?.text.isEmpty == false {
      throw Failure.option(
        "--against and \(option.spelling) exclude each other", remedy: "leave one out")
    }
    command = word.text
    timeLimit = try Self.timeLimit(arguments)
  }

  private static func timeLimit(_ arguments: Arguments) throws -> Double {
    guard let word = arguments.value(.timeLimit) else { return defaultTimeLimit }
    let limit = try PointReader.number(
      SourceText(word.text, name: "--time-limit"), for: "--time-limit")
    guard limit > 0, limit <= longestTimeLimit else {
      throw Failure.option(
        "--time-limit must be more than 0 and at most \(shortest(longestTimeLimit)) seconds, not "
          + shortest(limit), remedy: nil)
    }
    return limit
  }

  /// Runs the program on points.
  ///
  /// - Parameter areRandom: whether the points are random, not the user's.
  func claims(
    at points: [[Double]], areRandom: Bool, of subject: Subject, _ outputNames: [String]?,
    _ terminal: Terminal,
    _ color: ColorOption
  ) throws -> [Claim] {
    let count = subject.variables.count
    let cells = points.count * (count * (order == 2 ? count + 2 : 1) + subject.outputs.count) + 100
    let program = ForeignProgram(
      command: command, input: Self.table(points, subject), timeLimit: timeLimit,
      outputLimit: cells * (subject.outputs.count + 1) * 100)
    terminal.flush()
    let outcome = terminal.run(program)
    let lines = Self.lines(outcome.error)
    if let failure = program.failure(outcome.ending) {
      let remedy =
        areRandom && outcome.ending == .exit(status: 1)
        ? "the points are random; --range, such as x=0:1, keeps them small" : nil
      throw Failure.program(
        Diagnostic(.error, failure.message, remedy: failure.remedy ?? remedy, context: lines))
    }
    if !lines.isEmpty {
      let note = Diagnostic(.note, "the program wrote to its standard error", context: lines)
      terminal.show(note, color: color)
    }
    let output = ProgramOutput(
      SourceText(outcome.output, name: "the program's output"), about: points,
      outputNames: outputNames, order: order, for: subject)
    return try output.claims()
  }

  /// A header with the variables' names, and a row for each point.
  private static func table(_ points: [[Double]], _ subject: Subject) -> [UInt8] {
    var text = subject.variables.joined(separator: ",") + "\n"
    for point in points { text += point.map(shortest).joined(separator: ",") + "\n" }
    return Array(text.utf8)
  }

  /// The first lines that are not blank, and the last one, in which Python reports the error.
  private static func lines(_ bytes: [UInt8]) -> [String] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
      .filter { $0.contains { $0 > 0x20 } }
      .map { String(decoding: $0.prefix(200), as: UTF8.self) }
    guard lines.count > shownErrorLines + 1 else { return lines }
    return lines.prefix(shownErrorLines) + ["…"] + lines.suffix(1)
  }
}
