// `autodiff bench`: what gradients cost in units of the function itself.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

enum BenchCommand: Command {
  /// How often everything is measured if nothing else is said.
  static let usualRuns = 21

  static var definition: CommandDefinition {
    CommandDefinition(
      "bench", operands: ["EXPRESSION"],
      summary: "time, operations and memory of gradients, in units of the function",
      examples: [
        Example(
          "autodiff bench 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5", "every way to the gradient"),
        Example(
          "autodiff bench 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --count",
          "operations only, which are the same everywhere"),
      ],
      options: [
        .at, .withRespectTo, .runs, .count, .format, .color,
      ] + OptionDefinition.language,
      description: [
        "The value f, and its gradient by forward differences (n + 1 evaluations), by forward mode "
          + "(n sweeps), by reverse mode (one), and by the simplified formulas of symbolic mode with "
          + "what they share computed once; and the second derivatives. The survey's Table 4 has "
          + "such ratios for the Helmholtz energy.",
        "A ratio is the median of the runs, in each of which everything is measured once after the "
          + "other; half of the runs lie between low and high.",
        "Operations are counted: one for each value and each partial derivative, two for each step "
          + "of a sweep, and twice as many on dual numbers.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let runs = arguments.count(.runs)
    if runs != nil, arguments.has(.count) {
      throw Failure.option("--runs and --count exclude each other", remedy: nil)
    }
    let calculation = try Calculation(arguments, terminal)
    guard let subject = try BenchSubject(calculation) else {
      terminal.show(
        Diagnostic(
          .error, "the expression has no value at this point", remedy: "'eval' tells why"),
        color: calculation.color)
      return 1
    }
    let rows =
      arguments.has(.count) ? subject.counts : subject.measure(runs ?? usualRuns, terminal)
    let report = BenchReport(
      calculation: calculation, rows: rows, usesUnicode: terminal.usesUnicode)
    switch calculation.format {
    case .text:
      let style = TextStyle(
        isEnabled: terminal.allowsColor(for: .output, option: calculation.color))
      terminal.write(
        report.table.text(
          width: terminal.width, unicode: terminal.usesUnicode, style: style,
          numbers: NumberFormat(digits: 3)))
    case .markdown: terminal.write(report.table.markdown(numbers: NumberFormat(digits: 3)))
    case .latex: terminal.write(report.table.latex(numbers: NumberFormat(digits: 3)))
    case .csv: terminal.write(report.exactTable.csv())
    case .json: terminal.write(report.json.text)
    }
    for note in calculation.notes {
      terminal.show(note, at: nil, color: calculation.color)
    }
    if !subject.omitted.isEmpty {
      let names = subject.omitted.joined(separator: ", ")
      terminal.show(
        Diagnostic(.note, "left out, as too many operations: \(names)"), color: calculation.color)
    }
    return 0
  }
}
