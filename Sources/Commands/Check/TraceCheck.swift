// `check --trace`: a trace table that somebody has filled in, row by row.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax
import TraceChecking

/// What a table is to be a trace of, and what it must contain.
struct TraceQuestion {
  let expression: Expression
  let point: Point
  /// The variables that derivatives are taken in; all if nil.
  let active: [String]?
  let tolerance: Double
  let seed: Int
  /// What the table must contain; nil if nothing is required.
  let requirement: TraceRequirement?

  /// - Parameter requirement: what is required where `--require` does not say.
  init(
    _ arguments: Arguments, _ terminal: Terminal, requirement: TraceRequirement? = nil
  ) throws {
    let expression = try arguments.judgedExpression(terminal)
    try expression.requireOneOutput()
    self.expression = expression
    guard let points = try CheckRequest.points(arguments, expression, terminal), points.count == 1
    else {
      throw Failure.option(
        "--trace needs the one point that the table is about", remedy: "give it by --at")
    }
    point = points[0]
    active = try arguments.variables(of: expression, at: point)
    tolerance = try CheckRequest.tolerance(arguments)
    seed = arguments.count(.seed) ?? 1
    self.requirement =
      arguments.value(.require).flatMap { TraceRequirement(rawValue: $0.text) } ?? requirement
  }

  var variables: [String] { active ?? point.names }
}

/// A table with its outcome.
struct TraceCheck {
  let question: TraceQuestion
  let outcome: TraceOutcome
  let notes: [Explanation]
  var format = CheckFormat.text
  var numbers = NumberFormat.shortest
  var color = ColorOption.auto

  var expression: Expression { question.expression }
  var point: Point { question.point }

  init(_ arguments: Arguments, _ terminal: Terminal) throws {
    for option in [
      OptionDefinition.claimedGradient, .claimedHessian, .against, .implicit, .samples, .range,
    ] where arguments.has(option) {
      throw Failure.option(
        "--trace and \(option.spelling) exclude each other", remedy: "leave one out")
    }
    let word = arguments.value(.trace)?.text ?? ""
    if word == "-", arguments.operands.first?.text == "-" {
      throw Failure.option("EXPRESSION and --trace cannot both be standard input", remedy: nil)
    }
    let question = try TraceQuestion(arguments, terminal)
    let source = SourceText(
      try terminal.readFile(word),
      name: word == "-" ? "standard input" : word)
    try self.init(question, source)
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
  }

  init(_ question: TraceQuestion, _ source: SourceText) throws {
    self.question = question
    outcome = try TraceRequest(
      source, of: question.expression, at: question.point,
      output: TraceNotation.output(question.point.names), active: question.active,
      tolerance: question.tolerance, seed: question.seed
    ).outcome()
    // A table with rows that were not judged does not pass.
    if let place = outcome.unread.first, outcome.passes {
      throw Problem(place.kind, in: source, at: place.range)
    }
    if outcome.isBlank, question.requirement == nil {
      throw Problem(
        .reported("nothing is filled in, so there is nothing to judge", remedy: nil),
        in: source, at: nil)
    }
    let computation = try Computation(question.expression, at: question.point)
    notes =
      question.expression.constantNotes(variables: question.point.names)
      + Explainer(computation, at: question.point.values).aboutValue()
      + outcome.readings.map(Explanation.reading)
      + (outcome.missing.isEmpty ? [] : [.unclaimed(outcome.missing)])
  }

  func run(_ terminal: Terminal) -> Int32 {
    let report = TraceCheckReport(check: self)
    switch format {
    case .json: terminal.write(report.json.text)
    case .text: terminal.write(report.text(for: terminal))
    case .markdown: terminal.write(report.markdown())
    case .csv: break
    }
    if format != .json {
      for note in notes { terminal.show(note, at: nil, color: color) }
    }
    return passes ? 0 : 1
  }

  /// No row is wrong, and the expression has a value.
  var passes: Bool {
    outcome.passes && !notes.contains(where: \.isError) && absent.isEmpty
  }

  /// What is required and not in the table.
  var absent: [String] { question.requirement.flatMap { outcome.absent[$0] } ?? [] }
}

extension UnreadPlace {
  /// Why a table of this kind is not judged, and what to do instead.
  fileprivate var kind: Problem.Kind {
    guard let name else {
      return .reported(
        "this number belongs to no quantity that is understood here, so it is not judged",
        remedy: "name its column 'value', 'tangent' or 'adjoint', or leave it out")
    }
    if leads { return .traceWithoutFormula(name) }
    return .reported(
      "nothing that is asked for comes from '\(name)', so it is not judged",
      remedy: "say what it is the derivative of, as in '∂y/∂v1', or leave it out")
  }
}
