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
        OptionDefinition(
          "equal", argument: "OTHER",
          help: "say whether EXPRESSION equals this expression, by algebra or at random points"),
        OptionDefinition(
          "form", argument: "FORM", choices: forms.map(\.rawValue),
          help: "how far the formula is worked on; simplified if not given"),
        .assume,
        OptionDefinition(
          "wrt", short: "w", argument: "NAMES",
          help: "names that are meant as they are written, such as x2"),
        OptionDefinition("steps", help: "the way there, with the name of each rewrite"),
        .color,
      ] + OptionDefinition.language,
      description: [
        "With --equal the answer is 'equal by algebra', 'equal at N points' (10 at least), or "
          + "a point at which the two differ; then, and where too few points decide, the exit "
          + "status is 1."
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    let first = try arguments.expression(terminal)
    let named = try arguments.variables(of: first, at: nil) ?? []
    let function = try self.function(first, named)
    if let other = try arguments.expression(ofOption: "equal", terminal) {
      for option in ["form", "steps"] where arguments.has(option) {
        throw .option("--equal and --\(option) exclude each other", remedy: nil)
      }
      let second = try self.function(other, named + function.variables)
      try assume(arguments, function, function.variables(with: second))
      let comparison = FunctionComparison(function, second)
      terminal.write(comparison.verdict.text + "\n")
      return comparison.verdict.isEqual ? 0 : 1
    }
    try assume(arguments, function, function.variables)
    let form = arguments.choice("form", default: ListedForm.simplified)
    let formulas: Formulas
    do {
      formulas = form.shown(
        try function.graph.derivatives(
          of: [function.output], along: [[]], form: form.formulaForm))
    } catch {
      throw .option(Failure(error).diagnostic.message, remedy: "take --form simplified")
    }
    try checkLength(of: formulas, function.expression)
    let whole = Formulas(graph: function.graph, roots: [function.output])
    if arguments.has("steps") {
      try checkLength(of: whole, function.expression)
      terminal.write(steps(from: whole, to: formulas, form, function.variables))
    } else {
      terminal.write(text(formulas, function.variables) + "\n")
    }
    let expression = function.expression
    let notes = expression.constantNotes(variables: function.variables)
    for note in notes + expression.nameNotes(naming: named) {
      terminal.show(note, at: nil, color: arguments.choice("color", default: .auto))
    }
    return 0
  }

  private static func text(_ formulas: Formulas, _ names: [String]) -> String {
    FormulaPrinter(
      formulas.graph, style: .plain, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: names.contains)
    ) { names[$0] }.text(formulas.roots[0])
  }

  /// Lets the function rely on the facts that are given about variables.
  private static func assume(
    _ arguments: Arguments, _ function: Function, _ names: [String]
  ) throws(Failure) {
    for (variable, assumption) in try arguments.assumptions(of: names) {
      function.graph.assume(assumption, of: variable)
    }
  }

  /// The expression as it stands, then each formula on the way with what was done, and the answer.
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

  /// Refuses to write out what nobody could read.
  private static func checkLength(
    of formulas: Formulas, _ expression: Expression
  ) throws(Failure) {
    let size = formulas.graph.treeSizes(of: formulas.roots)[0].word.map { Double($0) } ?? .infinity
    try asking { () throws(Problem) in try expression.check(.nodes, size) }
  }

  /// The expression as one formula for all points.
  ///
  /// - Parameter named: names that are meant as they are written.
  private static func function(
    _ expression: Expression, _ named: [String]
  ) throws(Failure) -> Function {
    do throws(Problem) {
      try expression.checkNames(naming: named)
      return try Function(expression)
    } catch {
      guard error.isAboutPath else { throw .problem(error) }
      var diagnostic = error.diagnostic
      diagnostic.remedy = "'simplify' is about all points at once"
      throw .script(diagnostic)
    }
  }
}
