// `autodiff sweep`: why difference quotients fail, the error against the step.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

enum SweepCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "sweep", operands: ["EXPRESSION"],
      summary: "the error of difference quotients against the step",
      examples: [
        Example(
          "autodiff sweep '64x*(1-x)*(1-2x)^2*(1-8x+8x^2)^2' --at x=0.2",
          "Figure 3 of the survey"),
        Example(
          "autodiff sweep 'exp(x)*sin(y)' --at x=1,y=2 --wrt y --format svg", "as a picture"),
        Example(
          "autodiff sweep 'ln(x)' --at x=9 --step 1e-9:1 --difference five-point",
          "other steps, other formulas"),
      ],
      options: [
        .at, .withRespectTo, .direction, .differences, .stepRange, .perDecade,
        .format.explained(
          "the form of the output; svg is a picture", choices: SweepFormat.allCases.map(\.rawValue)),
        .digits, .color,
      ] + OptionDefinition.language,
      description: [
        "Each formula is applied as it is written, with the step as it is given, and compared with "
          + "the automatic derivative: |(f(x + h) - f(x))/h - f'(x)| and so on. To the left the "
          + "error of rounding falls like 1/h, to the right that of truncation rises like a power "
          + "of h.",
        "The best step is the one about which the errors are smallest. Theory expects it where "
          + "truncation, from the next derivatives, and rounding, of every operation, are together "
          + "smallest.",
        "Text shows a plot and whole decades; CSV, JSON and SVG have every step. There is one point "
          + "and one derivative: --wrt or --direction chooses it.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let request = try SweepRequest(arguments, terminal)
    let calculation = request.calculation
    var evaluations: [Evaluation] = []
    var answer: (sweep: StepSweep, notes: [Explanation])?
    try calculation.forEachPoint { computations, point in
      let evaluator = Evaluator(
        calculation: calculation, modes: [.reverse], formula: .central, step: nil,
        wantsHessian: false)
      let evaluation = evaluator.evaluate(computations, at: point)
      evaluations.append(evaluation)
      answer = try request.sweep(computations[0], point, evaluation)
    }
    guard let answer, let evaluation = evaluations.first else { return 2 }
    let report = SweepReport(
      request: request, sweep: answer.sweep, evaluation: evaluation, notes: answer.notes)
    // Without a derivative there is nothing to compare with; JSON says so for programs.
    if evaluation.isDefined || request.format == .json {
      terminal.write(report.output(for: terminal))
    }
    if request.format != .json {
      calculation.explain(evaluations, terminal)
      for note in answer.notes { terminal.show(note, at: nil, color: calculation.color) }
    }
    return evaluation.isDefined ? 0 : 1
  }
}
