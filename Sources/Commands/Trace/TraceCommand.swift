// `autodiff trace`: a run of forward or reverse mode, step by step.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

enum TraceCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "trace", operands: ["EXPRESSION"],
      summary: "the same run as a table of primals with tangents or adjoints",
      examples: [
        Example(
          "autodiff trace 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --mode forward --wrt x1",
          "tangents from the seed of x1"),
        Example(
          "autodiff trace 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --mode reverse --digits 4",
          "adjoints, in the order of the sweep"),
        Example(
          "autodiff trace 'x*exp(y)' --at x=1,y=0 --mode forward --direction x=1,y=2",
          "tangents along a direction"),
        Example("autodiff trace 'sin(x)/x' --at x=1 --format latex", "for a lecture's notes"),
        Example(
          "autodiff trace 'x1*x2 + sin(x1)' --at x1=2,x2=5 --format html",
          "a page to step through; redirect it to a file"),
      ],
      options: [
        .at,
        .mode.explained(
          "the sweep to show; reverse if not given", choices: TraceMode.allCases.map(\.rawValue)),
        .withRespectTo, .direction, .weights, .blank, .fold,
        .format.explained(
          "the form of the output; html is a page that steps through the sweeps",
          choices: OutputFormat.allCases.map(\.rawValue) + ["html"]),
        .digits, .color,
      ] + OptionDefinition.language,
      description: [
        "The numbering is that of Baydin, Pearlmutter, Radul and Siskind's survey: with n "
          + "variables, v(1-n) … v(0) are the variables in the order of --at, v1, v2, … are the "
          + "operations level by level, and y is the result (f where a variable is called y).",
        "Forward mode shows one table for each variable that is seeded with 1. Reverse mode shows "
          + "one row for each contribution to an adjoint, so a quantity that is used twice has two.",
        "Where definitions give values to names, a column has them. A call that --fold makes one "
          + "step keeps its operations out of sight, but for those that others share with it.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let calculation = try Calculation(arguments, terminal)
    try calculation.expression.requireOneOutput()
    let mode = arguments.choice(.mode, default: TraceMode.reverse)
    let isPage = arguments.value(.format)?.text == "html"
    let worksheet = arguments.value(.blank).flatMap { Worksheet(rawValue: $0.text) }
    try check(calculation, mode, hasBlanks: worksheet != nil, isPage: isPage)
    let folded = try self.folded(arguments, calculation)
    let evaluator = Evaluator(
      calculation: calculation, modes: [mode == .forward ? .forward : .reverse],
      formula: .central, step: nil, wantsHessian: false)
    var evaluations: [Evaluation] = []
    var output = TraceOutput(calculation, mode, worksheet, isPage: isPage)
    try calculation.forEachPoint(keepsAll: mode == .forward, keepsNames: true, folding: folded) {
      computations, point in
      let rows = rows(of: computations[0], mode, calculation)
      try calculation.expression.check(.rows, rows)
      if isPage { try checkSize(rows) }
      let evaluation = evaluator.evaluate(computations, at: point)
      evaluations.append(evaluation)
      output.add(computations[0], point, evaluation.explanations, terminal)
    }
    output.write(to: terminal)
    if calculation.format != .json { calculation.explain(evaluations, terminal) }
    return evaluations.allSatisfy(\.isDefined) ? 0 : 1
  }

  /// Throws where options exclude each other, or a page has more than one point.
  private static func check(
    _ calculation: Calculation, _ mode: TraceMode, hasBlanks: Bool, isPage: Bool
  ) throws {
    if mode == .reverse, calculation.direction != nil {
      throw Failure.option(
        "--direction belongs to --mode forward",
        remedy: "a reverse sweep has the whole gradient at once")
    }
    if hasBlanks, isPage || calculation.format == .json {
      throw Failure.option(
        "--blank is for what is filled in by hand", remedy: "take --format csv or markdown")
    }
    if isPage, calculation.points.count > 1 {
      throw Failure.option(
        "a page has the steps of one point, and --at gives \(calculation.points.count)",
        remedy: "--format csv has all of them")
    }
  }

  /// Throws where a page would have more steps than can be shown.
  private static func checkSize(_ rows: Double) throws {
    guard rows > Double(Page.mostSteps) else { return }
    throw Failure.option(
      "the page would have more than \(Page.mostSteps) steps",
      remedy: "--fold makes calls one step each, and --format csv has all rows")
  }

  /// About how many rows the traces at all points have.
  private static func rows(
    of computation: Computation, _ mode: TraceMode, _ calculation: Calculation
  ) -> Double {
    let tables = mode == .forward ? max(1, calculation.directions(of: computation).count) : 2
    return Double(computation.tape.instructionCount) * Double(tables)
      * Double(calculation.points.count)
  }

  /// The functions that `--fold` names, which must be among those that are used.
  private static func folded(
    _ arguments: Arguments, _ calculation: Calculation
  ) throws -> Set<String> {
    guard let word = arguments.value(.fold) else { return [] }
    let names = try PointReader.names(
      SourceText(word.text, name: "--fold"), among: calculation.expression.functions)
    return Set(names)
  }
}
