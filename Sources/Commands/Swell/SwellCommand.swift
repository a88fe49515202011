// `autodiff swell`: how formulas grow as trees, and how much less as graphs.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

enum SwellCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "swell", operands: ["EXPRESSION"],
      summary: "tree size against graph size, as derivatives or iterations go on",
      examples: [
        Example("autodiff swell '4*x*(1-x)' --iterate 8", "the logistic map, iterated"),
        Example("autodiff swell 'exp(sin(x))' --order 6", "derivatives of rising order"),
        Example(
          "autodiff swell 'r*x*(1-x)' --iterate 1000 --wrt x --format csv", "every digit of it"),
      ],
      options: [
        .order.explained(
          "derivatives of the orders 1 to N, at most 100, as far as --max-steps allows for the "
            + "raw ones; 5 if neither --order nor --iterate is given"),
        .iterate,
        .withRespectTo.explained(
          "the one variable to differentiate in and to iterate; not needed where there is one"),
        .format, .color,
      ] + OptionDefinition.language,
      description: [
        "A tree has a node for every use of a number, a variable or an operation; in the graph "
          + "equal nodes are one. 'raw' is the derivative as the rules give it, with only 0 and 1 "
          + "folded; 'tree/graph' is the ratio of its two sizes. 'tape' is the number of "
          + "operations that reverse mode records to give value and derivative.",
        "Sizes are exact: up to 30 digits are shown, longer numbers as a rounded power of ten; "
          + "CSV and JSON have all digits. Of more than 20 iterates only some are shown.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    if arguments.has(.order), arguments.has(.iterate) {
      throw Failure.option("--order and --iterate exclude each other", remedy: nil)
    }
    let expression = try arguments.expression(terminal)
    let name = try variableName(arguments, expression)
    try expression.checkNames(naming: arguments.has(.withRespectTo) ? [name] : [])
    let function = try Function(expression, naming: [name])
    let variable = function.variables.firstIndex(of: name) ?? 0
    let iterate = arguments.count(.iterate)
    let rows =
      if let iterate {
        try Swell.ofIterates(function, in: variable, upTo: iterate)
      } else {
        try Swell.ofOrders(function, in: variable, upTo: arguments.count(.order) ?? 5)
      }
    write(
      SwellReport(
        expression: expression.text, variable: name, rows: rows, isIterated: iterate != nil),
      arguments, terminal)
    return 0
  }

  private static func write(
    _ report: SwellReport, _ arguments: Arguments, _ terminal: Terminal
  ) {
    switch arguments.choice(.format, default: OutputFormat.text) {
    case .text:
      let color = arguments.choice(.color, default: ColorOption.auto)
      let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: color))
      terminal.write(
        report.table(isExact: false)
          .text(width: terminal.width, unicode: terminal.usesUnicode, style: style))
    case .markdown: terminal.write(report.table(isExact: false).markdown())
    case .latex: terminal.write(report.table(isExact: false).latex())
    case .csv: terminal.write(report.table(isExact: true).csv())
    case .json: terminal.write(report.json.text)
    }
  }

  /// The variable to differentiate in, by name.
  private static func variableName(
    _ arguments: Arguments, _ expression: Expression
  ) throws -> String {
    let function = try self.function(expression)
    if let word = arguments.value(.withRespectTo) {
      let names = try PointReader.names(
        SourceText(word.text, name: "--wrt"), among: Function.names(of: expression))
      if names.count == 1 { return names[0] }
      throw Failure.option("'swell' is about one variable; --wrt takes one name", remedy: nil)
    }
    switch function.variables.count {
    case 1: return function.variables[0]
    case 0: throw Failure.option("the expression has no variable", remedy: nil)
    default:
      let names = function.variables.prefix(4).map { "'\(echo($0))'" }.joined(separator: ", ")
      throw Failure.option(
        "the expression has several variables: \(names)",
        remedy: "choose one with --wrt; the others are constants")
    }
  }

  /// The expression as one function for all points.
  private static func function(_ expression: Expression) throws -> Function {
    do throws(Problem) {
      return try Function(expression)
    } catch {
      guard error.isAboutPath else { throw error }
      var diagnostic = error.diagnostic
      diagnostic.remedy = "'swell' is about all points at once"
      throw Failure.script(diagnostic)
    }
  }
}
