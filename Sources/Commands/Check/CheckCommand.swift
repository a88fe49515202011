// `autodiff check`: derivatives by independent engines, and the user's own against them.
import CommandLine
import Calculus
import Language
import Reporting
import TraceChecking

enum CheckCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "check",
      operands: [
        OperandDefinition("EXPRESSION", isRequired: false),
        OperandDefinition("FILE", isRequired: false, isRepeatable: true),
      ],
      summary: "the gradient by independent engines, and your own formula or program against them",
      examples: [
        Example("autodiff check 'ln(x1)+x1*x2-sin(x2)'", "do the engines agree?"),
        Example(
          "autodiff check 'ln(x1) + x1*x2' --gradient 'x1: 1/x1 + x2, x2: x1'",
          "is this the gradient?"),
        Example(
          "autodiff check 'x*y^2' --at x=2,y=3 --gradient 'x: 9, y: 12'",
          "are these its values?"),
        Example("autodiff check 'x^2*y' --hessian 'x,x: 2*y, x,y: 2*x'", "second derivatives"),
        Example("autodiff check '[x*y, x/y]' --gradient 'f1,x: y, f2,x: 1/y'", "a Jacobian"),
      ],
      options: [
        .claimedGradient, .claimedHessian, .implicit, .against, .timeLimit, .trace, .require,
        .answers, .key, .feedback, .at, .samples, .seed, .range, .withRespectTo, .tolerance,
        .format.explained("the form of the report", choices: CheckFormat.allCases.map(\.rawValue)),
        .digits, .color,
      ] + OptionDefinition.language,
      description: [
        "EXPRESSION is one quoted string; '-' reads it from standard input. Without a claim, "
          + "forward mode, reverse mode, symbolic and numerical differentiation vote on each "
          + "derivative, and on one along a random direction, at the points of --at or at random "
          + "points of the expression's domain.",
        "With a claim, each formula is held against the derivative: by algebra where that shows "
          + "that they are equal, otherwise at each point. Where one fails, the simplest point "
          + "found is told, and what probably went wrong if one mistake explains all points. A "
          + "decimal number claims no more digits than it has.",
        "With --against, the claims are what a program prints: columns that are called d/dx for a "
          + "derivative and value for the value. Samples/gradient.py and gradient.c of the source "
          + "are such programs.",
        "Where a variable decides which way a program goes, each point is checked along its own way, "
          + "and a point at which a condition changes is a kink, unless both sides agree.",
        "With a trace table, each row is held against what it should be and against what was "
          + "written before it, so that the first wrong row is told from those that are wrong only "
          + "because of it. The rows may have names, an order and roundings of their own.",
        "With --answers, each hand-in has a row with its marks: the part of a task's rows or derivatives "
          + "that is right, and in the column 'following' also what follows rightly from a mistake. "
          + "A hand-in is a table, a claim, or a script with 'expect' lines; where there are several "
          + "tasks, a line such as '# 2a' stands above the answer to each. Hand-ins are read, never "
          + "run; what cannot be read is listed with its place.",
        "Kinks are no failures, and a claim between the one-sided derivatives passes there. The exit "
          + "status is 0 if everything agrees.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    if arguments.has(.answers) { return try Grading(arguments, terminal).run(terminal) }
    try requireOneExpression(arguments)
    if arguments.has(.trace) { return try TraceCheck(arguments, terminal).run(terminal) }
    let request =
      arguments.has(.implicit)
      ? try CheckRequest(DependentQuestion(arguments, terminal), arguments, terminal)
      : try CheckRequest(arguments, terminal)
    let outcome = try request.outcome()
    let report = CheckReport(request: request, outcome: outcome)
    switch request.format {
    case .json: terminal.write(report.json.text)
    case .text: terminal.write(report.text(for: terminal))
    case .markdown: terminal.write(report.markdown(for: terminal))
    case .csv: break
    }
    if request.format != .json {
      for note in outcome.notes { terminal.show(note, at: nil, color: request.color) }
    }
    return outcome.verdict.passes ? 0 : 1
  }

  /// Without hand-ins there is one expression, and no key.
  private static func requireOneExpression(_ arguments: Arguments) throws {
    for option in [OptionDefinition.key, .feedback] where arguments.has(option) {
      throw Failure.option(
        "\(option.spelling) is for hand-ins", remedy: "--answers says where they are")
    }
    if arguments.has(.require), !arguments.has(.trace) {
      throw Failure.option("--require is for a trace table", remedy: "--trace says where it is")
    }
    if arguments.has(.timeLimit), !arguments.has(.against) {
      throw Failure.option("--time-limit is for the program of --against", remedy: "leave it out")
    }
    if arguments.choice(.format, default: CheckFormat.text) == .csv {
      throw Failure.option("--format csv is for hand-ins", remedy: "--format json has every digit")
    }
    guard !arguments.operands.isEmpty else { throw UsageError.missingOperand("EXPRESSION") }
    if arguments.operands.count > 1 {
      let word = arguments.operands[1].text
      throw UsageError.unexpectedOperand(
        word,
        remedy: word.contains("'") || arguments.has(.claimedGradient)
          ? nil : "what is to be judged goes behind --gradient: --gradient '\(word)'")
    }
  }
}
