// `autodiff eval`: value and gradient at points.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

enum EvalCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "eval", operands: ["EXPRESSION"], summary: "value and gradient at a point",
      examples: [
        Example(
          "autodiff eval 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5", "value and gradient"),
        Example(
          "autodiff eval 'x^2*sin(y)' --at x=3,y=pi/4 --mode all",
          "by every engine, side by side"),
        Example("autodiff eval 'exp(-x^2)' --at x=0:1:0.25", "a table of points"),
        Example(
          "autodiff eval 'x*y^2' --at x=2,y=3 --direction x=1,y=-1",
          "the derivative along a direction"),
        Example("autodiff eval 'x*y^2' --at x=2,y=3 --hessian", "second derivatives too"),
        Example(
          "autodiff eval '(x-y)^2 + y*z' --at x=1,y=2,z=3 --hessian --sparse",
          "second derivatives that are not 0 by structure"),
        Example("autodiff eval '[x*y, x+y]' --at x=2,y=3", "several outputs: the Jacobian"),
        Example(
          "autodiff eval '[x*y, x+y]' --at x=2,y=3 --weights f1=1,f2=-2",
          "weights times the Jacobian"),
        Example("autodiff eval 'f(x) = x^2; f(3*a) + f(a)' --at a=2", "definitions come first"),
      ],
      options: [
        .at, .mode, .withRespectTo, .direction, .weights, .watch, .hessian, .sparse, .sparsity,
        .difference, .step,
        .format.explained(
          "the form of the output; tsv and npy are for rows, mtx for --sparse and --sparsity, "
            + "svg for --sparsity", choices: formats + ["mtx", "svg"]),
        .digits, .color,
      ] + OptionDefinition.ofRows + OptionDefinition.language,
      description: [
        "EXPRESSION is one quoted string; '-' reads it from standard input. Every name in it that "
          + "is not a constant needs a value from --at. A list '[f, g]' has several outputs: a "
          + "value for each, and the Jacobian.",
        "--wrt also takes names that definitions give a value to: with z = x1*x2, d/dz is the "
          + "adjoint of z. --watch shows a name that is assigned again and again.",
        "Where the value or a derivative does not exist, the operation, its place and the way to "
          + "the result are told, and the exit status is 1.",
        "--points reads its file row by row, of any length, and writes comma-separated values, or "
          + "with --format json one object a line. A row without a result is named on standard "
          + "error, its fields are empty or null, the other rows go on, and the exit status is 1.",
        "The file may have commas, semicolons or tabs between its fields, an object in each line "
          + "(NDJSON), or be a NumPy array (.npy); what it is shows in its first bytes.",
        "--data takes the sum or the mean over the rows: its columns are the row's values, the "
          + "other variables have theirs from --at, and derivatives are taken in these.",
        "--worker answers each row with a row, whatever happens, and its exit status is 0: a step "
          + "for programs that send rows through others.",
      ])
  }

  /// The output formats, except those for sparse results.
  private static let formats =
    OutputFormat.allCases.map(\.rawValue)
    + RowFormat.allCases.map(\.rawValue).filter { OutputFormat(rawValue: $0) == nil }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    for option in [OptionDefinition.reduce, .batch, .seed]
    where arguments.has(option) && !arguments.has(.data) {
      throw Failure.option("\(option.spelling) belongs to --data", remedy: nil)
    }
    if arguments.has(.sparse) || arguments.has(.sparsity) {
      return try SparseRun.run(arguments, terminal)
    }
    if let format = arguments.value(.format)?.text, !formats.contains(format) {
      throw Failure.option("--format \(format) belongs to --sparse and --sparsity", remedy: nil)
    }
    if arguments.has(.data) { return try DataReduction.run(arguments, terminal) }
    if arguments.has(.points) || arguments.has(.worker) {
      return try PointsRun.run(arguments, terminal)
    }
    var grids: [PointGrid]?
    let calculation = try Calculation(
      arguments, terminal, takesIntermediates: true,
      points: { expression in
        let request = try RangeRequest(arguments, expression, terminal)
        if request.makesRows { grids = request.grids }
        if let note = request.note {
          terminal.show(note, color: arguments.choice(.color, default: .auto))
        }
        return request.makesRows ? [request.grids[0].point(at: 0)] : try request.points()
      })
    if let grids { return try PointsRun.run(arguments, calculation, grids, terminal) }
    let evaluations = try evaluations(arguments, calculation)
    let report = EvaluationReport(
      calculation: calculation, modes: evaluations[0].results.map(\.mode),
      evaluations: evaluations)
    if calculation.format == .json {
      terminal.write(report.json.text)
    } else {
      terminal.write(report.text(for: terminal))
      calculation.explain(evaluations, terminal)
    }
    terminal.setAnswer(evaluations.flatMap { $0.results[0].values })
    return evaluations.allSatisfy(\.isDefined) ? 0 : 1
  }

  /// The evaluations, one for each point.
  static func evaluations(
    _ arguments: Arguments, _ calculation: Calculation
  ) throws -> [Evaluation] {
    let evaluator = try evaluator(arguments, calculation)
    let watched = try self.watched(arguments, calculation)
    var evaluations: [Evaluation] = []
    var formulas: [GradientFormulas] = []
    if let evaluation = try evaluator.forwardRun(arguments) {
      return [evaluation]
    }
    let isSymbolic = evaluator.modes.contains(.symbolic)
    // The theory of a difference's step takes series, on which a loop is slower than its terms.
    let isByRules = evaluator.modes.allSatisfy { $0 == .forward || $0 == .reverse }
    try calculation.forEachPoint(keepsGraphs: isSymbolic, loopsSums: isByRules) {
      computations, point in
      if evaluations.isEmpty { try evaluator.check(computations) }
      if isSymbolic, formulas.isEmpty || computations.contains(where: \.isBoundToPoint) {
        formulas = computations.compactMap(\.formulas)
      }
      if evaluator.formula == .complexStep {
        try calculation.checkComplexStep(computations)
      }
      var evaluation = evaluator.evaluate(computations, at: point, formulas: formulas)
      if let watched {
        // Perturbing an intermediate moves no variable.
        let directions = calculation.directions(of: computations[0])
          .map { Array($0.seeds.prefix(point.names.count)) }
          .filter { seeds in seeds.contains { $0 != 0 } }
        evaluation.watched = try Watch(
          watched, in: calculation.expression, at: point, along: directions
        ).assignments
      }
      evaluations.append(evaluation)
    }
    return evaluations
  }

  /// The names to watch, which definitions must give values to.
  private static func watched(
    _ arguments: Arguments, _ calculation: Calculation
  ) throws -> [String]? {
    guard let word = arguments.value(.watch) else { return nil }
    if calculation.points.count > 1 {
      throw Failure.option(
        "--watch needs one point", remedy: "give a value for each variable, no range")
    }
    if calculation.format == .csv {
      throw Failure.option("--watch has no CSV form", remedy: "take JSON")
    }
    return try calculation.expression.watched(SourceText(word.text, name: "--watch"))
  }

  static func evaluator(
    _ arguments: Arguments, _ calculation: Calculation
  ) throws -> Evaluator {
    let mode = arguments.value(.mode)?.text ?? "reverse"
    let modes = mode == "all" ? Mode.allCases : [Mode(rawValue: mode) ?? .reverse]
    for option in [OptionDefinition.difference, .step]
    where arguments.has(option) && !modes.contains(.numerical) {
      throw Failure.option("\(option.spelling) belongs to --mode numerical or all", remedy: nil)
    }
    let columns =
      calculation.direction != nil
      ? 1 : calculation.active?.count ?? calculation.points[0].names.count
    try calculation.expression.checkDerivatives(columns, points: calculation.points.count)
    let formula = arguments.value(.difference).flatMap { DifferenceFormula.named($0.text) }
    if formula == .adaptive, arguments.has(.step) {
      throw Failure.option("--step and --difference adaptive exclude each other", remedy: nil)
    }
    return Evaluator(
      calculation: calculation, modes: modes, formula: formula ?? .central,
      step: try step(arguments), wantsHessian: arguments.has(.hessian))
  }

  private static func step(_ arguments: Arguments) throws -> Double? {
    guard let word = arguments.value(.step) else { return nil }
    let source = SourceText(word.text, name: "--step")
    let step = try PointReader.number(source, for: "--step")
    guard step > 0, step.isFinite else {
      throw Failure.option("--step must be greater than 0, not \(shortest(step))", remedy: nil)
    }
    return step
  }
}
