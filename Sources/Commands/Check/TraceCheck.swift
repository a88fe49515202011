// `check --trace`: a trace table that somebody has filled in, row by row.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax
import TraceChecking

/// What a table is held against, and what comes of it.
struct TraceCheck {
  let expression: Expression
  let point: Point
  let outcome: TraceOutcome
  let format: CheckFormat
  let numbers: NumberFormat
  let color: ColorOption
  let notes: [Explanation]
  let variables: [String]
  /// What the table has to have; nil if it may have what it likes.
  let requirement: TraceRequirement?

  init(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) {
    for option in ["gradient", "hessian", "against", "samples", "range"] where arguments.has(option)
    {
      throw .option("--trace and --\(option) exclude each other", remedy: "leave one out")
    }
    format = arguments.choice("format", default: .text)
    requirement =
      arguments.value("require").flatMap { TraceRequirement(rawValue: $0.text) }
    color = arguments.choice("color", default: .auto)
    numbers = try arguments.numberFormat()
    let word = arguments.value("trace")?.text ?? ""
    if word == "-", arguments.operands[0].text == "-" {
      throw .option("EXPRESSION and --trace cannot both be standard input", remedy: nil)
    }
    let expression = try arguments.judgedExpression(terminal)
    try asking { () throws(Problem) in try expression.requireOneOutput() }
    let point = try Self.point(arguments, expression)
    let active = try arguments.variables(of: expression, at: point)
    let source = SourceText(
      try reading { () throws(FileError) in try terminal.readFile(word) },
      name: word == "-" ? "standard input" : word)
    let tolerance = try CheckRequest.tolerance(arguments)
    let seed = try arguments.count("seed", in: 0...Int.max) ?? 1
    outcome = try asking { () throws(Problem) in
      try TraceRequest(
        source, of: expression, at: point, output: TraceNotation.output(point.names),
        active: active, tolerance: tolerance, seed: seed
      ).outcome()
    }
    // What nobody has judged, nobody agrees with.
    if let place = outcome.unread.first, outcome.passes {
      throw .problem(
        Problem(
          .reported(
            "this number belongs to no quantity that is understood here, so it is not judged",
            remedy: "name its column 'value', 'tangent' or 'adjoint', or leave it out"),
          in: source, at: place))
    }
    self.expression = expression
    self.point = point
    variables = active ?? point.names
    let computation = try asking { () throws(Problem) in
      try Computation(expression, at: point)
    }
    notes =
      expression.constantNotes(variables: point.names)
      + Explainer(computation, at: point.values).aboutValue()
      + outcome.readings.map(Explanation.reading)
      + (outcome.missing.isEmpty ? [] : [.unclaimed(outcome.missing)])
  }

  /// The one point of `--at`.
  private static func point(
    _ arguments: Arguments, _ expression: Expression
  ) throws(Failure) -> Point {
    guard let points = try CheckRequest.points(arguments, expression), points.count == 1 else {
      throw .option(
        "--trace needs the one point that the table is about", remedy: "give it by --at")
    }
    return points[0]
  }

  func run(_ terminal: Terminal) -> Int32 {
    let report = TraceCheckReport(check: self)
    switch format {
    case .json: terminal.write(report.json.text)
    case .text: terminal.write(report.text(for: terminal))
    case .markdown: terminal.write(report.markdown())
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

  /// What the table does not have of what it has to have.
  var absent: [String] { requirement.flatMap { outcome.absent[$0] } ?? [] }
}
