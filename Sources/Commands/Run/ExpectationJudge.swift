// Runs the command of an expectation and compares the outcome with what is expected.
import CommandLine
import Calculus
import Checking
import Language
import Syntax

struct ExpectationJudge {
  let expectation: Expectation
  let context: ScriptContext
  let terminal: Terminal

  /// What is wrong, in a line; nil if the expectation is met.
  func failure() throws -> String? {
    guard expectation.outcome == .answer, let claim = expectation.claim else {
      return try wrongOutcome()
    }
    let command = expectation.command.definition.name
    switch command {
    case EvalCommand.definition.name: return try wrongNumber(claim)
    case DiffCommand.definition.name: return try wrongFormula(claim)
    default:
      throw Failure.option(
        "'\(command)' has no numbers or formulas to expect",
        remedy: "'eval' and 'diff' have; 'expect \(command) …' expects that it has an answer")
    }
  }

  private func arguments() throws -> Arguments {
    let words = expectation.words.map(\.text)
    guard case .run(var arguments) = try expectation.command.definition.invocation(words) else {
      throw Failure.option("help is nothing to expect numbers of", remedy: nil)
    }
    arguments.context = CallContext(script: context, commands: context.commands)
    try arguments.limitMemory(terminal)
    return arguments
  }

  // MARK: The outcome

  private func wrongOutcome() throws -> String? {
    let (status, text) = try run()
    let said = Self.telling(text).map { ": \($0)" } ?? ""
    if status != expectation.outcome.rawValue {
      return "the exit status is \(status), expected \(expectation.outcome.rawValue)\(said)"
    }
    guard let claim = expectation.claim, !text.contains(claim) else { return nil }
    return "expected to read '\(claim)'\(said)"
  }

  /// The exit status, and all that is written, errors first.
  private func run() throws -> (status: Int32, text: String) {
    let recording = Terminal.Recording()
    let quiet = terminal.recording(recording)
    var status: Int32
    do {
      status = try context.commands.execute(
        expectation.command, expectation.words.map(\.text), context, quiet)
    } catch {
      guard expectation.outcome == .error else { throw error }
      quiet.show(error.diagnostic, color: .never)
      status = Expectation.Outcome.error.rawValue
    }
    status = quiet.finish(status)
    return (status, recording.error + recording.output)
  }

  /// The most informative line: the first error, or else the last line, which has the verdict.
  private static func telling(_ text: String) -> String? {
    let lines = text.split(separator: "\n").map(String.init)
    return lines.first { $0.contains("error: ") } ?? lines.last
  }

  // MARK: Numbers

  private func wrongNumber(_ claim: String) throws -> String? {
    let arguments = try arguments()
    for option in [OptionDefinition.points, .data, .worker] where arguments.has(option) {
      throw Failure.option(
        "'eval \(option.spelling)' has rows and no number to expect",
        remedy: "'expect eval …' without ':' expects that each row has a result")
    }
    if arguments.has(.hessian) {
      throw Failure.option(
        "'eval --hessian' has no second derivatives to expect",
        remedy: "write 'expect diff f --hessian : x,x: 2, x,y: 0'")
    }
    let calculation = try Calculation(arguments, terminal, takesIntermediates: true)
    let evaluations = try EvalCommand.evaluations(arguments, calculation)
    var numbers = try ExpectedNumber.all(claim, outputNames: calculation.outputNames)
    let definitions = calculation.expression.definitions
    for evaluation in evaluations {
      for index in numbers.indices {
        let failure = try wrong(
          &numbers[index], evaluation, definitions, isList: calculation.outputNames != nil)
        guard let failure else { continue }
        let place =
          evaluations.count > 1 ? "at \(Calculation.text(of: evaluation.point)): " : ""
        return place + failure
      }
    }
    return nil
  }

  private func wrong(
    _ number: inout ExpectedNumber, _ evaluation: Evaluation, _ definitions: Definitions,
    isList: Bool
  ) throws -> String? {
    let name = Self.name(number.names, isList: isList)
    for result in evaluation.results {
      guard let name, let actual = evaluation.number(name, of: result) else {
        throw Failure.option(
          number.names.isEmpty
            ? "several outputs have several values"
            : "'eval' gives no '\(echo(number.names.joined(separator: ",")))' to expect",
          remedy: isList
            ? "write ': f1: 8, f1,x: 12'" : "write the value first, then derivatives: ': 8, x: 12'")
      }
      let verdict = try number.verdict(on: actual, at: evaluation.point, after: definitions)
      guard !verdict.isMet else { continue }
      let mode = evaluation.results.count > 1 ? " by \(result.mode.rawValue) mode" : ""
      let value = Double(number.formula) == nil ? " (\(shortest(verdict.expected)))" : ""
      return "\(name)\(mode) is \(shortest(actual)), expected \(number.text)\(value)"
    }
    return nil
  }

  /// What `eval` calls the quantity of a key; nil for a derivative that `eval` does not have.
  private static func name(_ names: [String], isList: Bool) -> String? {
    switch (names.count, isList) {
    case (0, _): "value"
    case (1, true): names[0]
    case (2, true):
      names[1] == "derivative" ? "derivative of \(names[0])" : "d\(names[0])/d\(names[1])"
    case (1, false): names[0] == "derivative" ? names[0] : "d/d\(names[0])"
    default: nil
    }
  }

  // MARK: Formulas

  private func wrongFormula(_ claim: String) throws -> String? {
    let request = try CheckRequest(DiffRequest(arguments(), terminal), expecting: claim)
    for result in try request.outcome().claims where !result.verdict.passes {
      return "\(request.name(result.key)) is not \(result.text): "
        + Self.reason(result, request.subject)
    }
    return nil
  }

  private static func reason(_ result: ClaimResult, _ subject: Subject) -> String {
    guard result.verdict == .disagree else { return result.verdict.rawValue }
    let telling = result.telling
    let point = Point(
      names: result.variables.map { subject.variables[$0] },
      values: result.variables.map { telling.point[$0] })
    return "at \(Calculation.text(of: point)) it is \(shortest(telling.derivative)), "
      + "expected \(shortest(telling.claim))"
      + (result.mistake.map { "; probably: \($0.message)" } ?? "")
  }
}

extension Evaluation {
  /// An engine's number for a value or a derivative, by its name.
  fileprivate func number(_ name: String, of result: EngineResult) -> Double? {
    if let index = valueNames.firstIndex(of: name) { return result.values[index] }
    return names.firstIndex(of: name).map { result.derivatives[$0] }
  }
}
