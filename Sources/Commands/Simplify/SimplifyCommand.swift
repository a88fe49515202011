// `autodiff simplify`: an expression as a shorter formula, or whether it equals another.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

enum SimplifyCommand: Command {
  private static let forms: [ListedForm] = [.simplified, .factored, .expanded]

  static var definition: CommandDefinition {
    CommandDefinition(
      "simplify", operands: ["EXPRESSION"],
      summary: "the expression in simplified form, or whether it equals another",
      examples: [
        Example("autodiff simplify 'x*x + 2*x*x'", "like terms as one"),
        Example("autodiff simplify '(x+1)^3' --form expanded", "multiplied out"),
        Example("autodiff simplify 'x^4 - y^4' --form factored", "as a product"),
        Example(
          "autodiff simplify '(x+y)^2' --equal 'x^2 + 2*x*y + y^2'", "whether two are the same"),
        Example("autodiff simplify 'sqrt(x^2)/x' --assume 'x > 0'", "of positive numbers"),
      ],
      options: [
        .equal,
        .form.explained(
          "how far the formula is worked on; simplified if not given",
          choices: forms.map(\.rawValue)),
        .assume,
        .withRespectTo.explained("names that are meant as they are written, such as x2"),
        .steps.explained("the way there, with the name of each rewrite"),
        .color,
      ] + OptionDefinition.language,
      description: [
        "With --equal the answer is 'equal by algebra', 'equal at N points' (10 at least), or "
          + "a point at which the two differ; then, and where too few points decide, the exit "
          + "status is 1."
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let first = try arguments.expression(terminal)
    let named = try arguments.variables(of: first, at: nil) ?? []
    let function = try self.function(first, named)
    if let other = try arguments.expression(of: .equal, terminal) {
      return try compare(function, with: other, named, arguments, terminal)
    }
    try assume(arguments, function, function.variables)
    let form = arguments.choice(.form, default: ListedForm.simplified)
    let formulas = try self.formulas(function, form)
    try checkLength(of: formulas, function.expression)
    let whole = Formulas(graph: function.graph, roots: [function.output])
    if arguments.has(.steps) {
      try checkLength(of: whole, function.expression)
      terminal.write(steps(from: whole, to: formulas, form, function.variables))
    } else {
      terminal.write(text(formulas, function.variables) + "\n")
    }
    let expression = function.expression
    let notes = expression.constantNotes(variables: function.variables)
    for note in notes + expression.nameNotes(naming: named) {
      terminal.show(note, at: nil, color: arguments.choice(.color, default: .auto))
    }
    return 0
  }

  /// Writes whether the function equals another one; the exit status is 1 where it does not.
  private static func compare(
    _ function: Function, with other: Expression, _ named: [String], _ arguments: Arguments,
    _ terminal: Terminal
  ) throws -> Int32 {
    for option in [OptionDefinition.form, .steps] where arguments.has(option) {
      throw Failure.option("--equal and \(option.spelling) exclude each other", remedy: nil)
    }
    let second = try self.function(other, named + function.variables)
    try assume(arguments, function, function.variables(with: second))
    let verdict = FunctionComparison(function, second).verdict
    terminal.write(verdict.text + "\n")
    return verdict.isEqual ? 0 : 1
  }

  /// The function in a form; throws where it cannot be had in that form.
  private static func formulas(_ function: Function, _ form: ListedForm) throws -> Formulas {
    do {
      return form.shown(
        try function.graph.derivatives(
          of: [function.output], along: [[]], form: form.formulaForm))
    } catch {
      throw Failure.option(error.diagnostic.message, remedy: "take --form simplified")
    }
  }

  private static func text(_ formulas: Formulas, _ names: [String]) -> String {
    FormulaPrinter(
      formulas.graph, style: .plain, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: names.contains)
    ) { names[$0] }.text(formulas.roots[0])
  }

  /// Adds the assumptions that were given to the function's graph.
  private static func assume(
    _ arguments: Arguments, _ function: Function, _ names: [String]
  ) throws {
    for (variable, assumption) in try arguments.assumptions(of: names) {
      function.graph.assume(assumption, of: variable)
    }
  }

  /// The expression as it stands, then each intermediate formula with the rule that gave it, and
  /// the answer.
  private static func steps(
    from whole: Formulas, to answer: Formulas, _ form: ListedForm, _ names: [String]
  ) -> String {
    let steps =
      switch form {
      case .factored:
        whole.graph.simplificationSteps(of: whole.roots[0])
          + [SimplificationStep("factored", answer)]
      case .expanded:
        [
          whole.graph.collectionStep(of: whole.roots[0]),
          SimplificationStep("multiplied out, in rising powers", answer),
        ]
      case .raw, .simplified, .shared: whole.graph.simplificationSteps(of: whole.roots[0])
      }
    var last = text(whole, names)
    var lines = last + "\n"
    for step in steps {
      let next = text(step.formula, names)
      if next == last { continue }
      lines += "  \(step.rule)\n= \(next)\n"
      last = next
    }
    return lines
  }

  /// Throws where the formulas would be too long to be written out.
  private static func checkLength(
    of formulas: Formulas, _ expression: Expression
  ) throws {
    let size = formulas.graph.treeSizes(of: formulas.roots)[0].word.map { Double($0) } ?? .infinity
    try expression.check(.nodes, size)
  }

  /// The expression as one formula for all points.
  ///
  /// - Parameter named: names that are taken as they are written.
  private static func function(
    _ expression: Expression, _ named: [String]
  ) throws -> Function {
    do throws(Problem) {
      try expression.checkNames(naming: named)
      return try Function(expression)
    } catch {
      guard error.isAboutPath else { throw error }
      var diagnostic = error.diagnostic
      diagnostic.remedy = "'simplify' is about all points at once"
      throw Failure.script(diagnostic)
    }
  }
}
