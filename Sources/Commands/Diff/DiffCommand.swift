// `autodiff diff`: derivatives as formulas.
import CommandLine
import Text
import Calculus
import Language
import Reporting

enum DiffCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "diff", operands: ["EXPRESSION"], summary: "the derivative as a formula",
      examples: [
        Example("autodiff diff 'x*sin(x)'", "the derivative"),
        Example("autodiff diff 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5", "the gradient, with values"),
        Example("autodiff diff 'exp(sin(x))' --order 3 --form shared", "step by step, each once"),
        Example("autodiff diff 'x^2*y^3' --wrt x,y,y --mixed", "one mixed derivative"),
        Example("autodiff diff 'x^2*y^3' --hessian --format latex", "for a paper"),
        Example(
          "autodiff diff 'exp(x*y)' --hessian --with-value --form shared",
          "value, gradient and Hessian, each part once"),
        Example("autodiff diff '[x*y, x+y]'", "several outputs: the Jacobian"),
      ],
      options: [
        .withRespectTo, .order, .mixed,
        .hessian.explained("all second derivatives"),
        .withValue, .steps, .form, .assume, .at,
        .format.explained(
          "the form of the formulas; text reads back",
          choices: FormulaFormat.allCases.map(\.rawValue)),
        .digits, .color,
      ] + OptionDefinition.language,
      description: [
        "EXPRESSION is one quoted string; '-' reads it from standard input. Every name in it that "
          + "is not a constant is a variable, and the derivative is taken in all of them unless "
          + "--wrt chooses. A single derivative prints as a formula, several as lines 'NAME: "
          + "FORMULA'. A list '[f, g]' has several outputs, f1 and f2, and lines 'f1,NAME: "
          + "FORMULA'.",
        "The form raw is what the rules give, with only 0 and 1 folded; simplified is what a "
          + "person would write; factored is a product, over one denominator; expanded multiplies "
          + "polynomials out; shared names every "
          + "subexpression that is used more than once (t1, t2, ...), so that its length is that "
          + "of the formula's graph, not of its tree.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let request = try DiffRequest(arguments, terminal)
    if arguments.has(.steps) { try request.checkSteps() }
    let formulas = try request.formulas()
    try request.checkLength(of: formulas)
    let values = FormulaValues.all(request, formulas)
    let steps = arguments.has(.steps) ? StepsReport(request) : nil
    let derivation = request.format == .json ? "" : steps?.text(for: terminal) ?? ""
    if request.format != .html { terminal.write(derivation) }
    let missing = request.points.isEmpty ? request.missing(in: formulas) : []
    let report = DiffReport(
      request: request, formulas: formulas, values: values, missing: missing)
    switch request.format {
    case .json: terminal.write(report.json(steps: steps).text)
    case .text: terminal.write(report.text(for: terminal))
    case .unicode:
      terminal.write(
        report.equations(.unicode, terminal, isAmongTables: false))
    case .latex:
      terminal.write(
        report.equations(.latex, terminal, isAmongTables: steps != nil))
    case .markdown: terminal.write(report.markdown())
    case .html: terminal.write(report.html(derivation))
    }
    if request.format != .json {
      for note in request.notes + missing { terminal.show(note, at: nil, color: request.color) }
      for value in values {
        let place = values.count > 1 ? Calculation.text(of: value.point) : nil
        for explanation in value.explanations {
          terminal.show(explanation, at: place, color: request.color)
        }
      }
    }
    return !missing.contains(where: \.isError) && values.allSatisfy(\.isDefined) ? 0 : 1
  }
}
