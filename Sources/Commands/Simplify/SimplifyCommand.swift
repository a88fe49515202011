// `autodiff simplify`: an expression as a shorter formula, or whether it equals another.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// The forms that `simplify` can be asked for.
enum SimplifiedForm: String, CaseIterable {
  case simplified, expanded

  var formulaForm: FormulaForm { self == .expanded ? .expanded : .simplified }
}

enum SimplifyCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "simplify", operands: ["EXPRESSION"],
      summary: "the expression in simplified form, or whether it equals another",
      examples: [
        Example("autodiff simplify 'x*x + 2*x*x'", "like terms as one"),
        Example("autodiff simplify '(x+1)^3' --form expanded", "multiplied out"),
        Example(
          "autodiff simplify '(x+y)^2' --equal 'x^2 + 2*x*y + y^2'", "whether two are the same"),
        Example("autodiff simplify 'sqrt(x^2)/x' --assume 'x > 0'", "of positive numbers"),
      ],
      options: [
        OptionDefinition(
          "equal", argument: "OTHER",
          help: "say whether EXPRESSION equals this expression, by algebra or at random points"),
        OptionDefinition(
          "form", argument: "FORM", choices: SimplifiedForm.allCases.map(\.rawValue),
          help: "how far the formula is worked on; simplified if not given"),
        .assume,
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
    let function = try self.function(try arguments.expression(terminal))
    if let other = try arguments.expression(ofOption: "equal", terminal) {
      for option in ["form", "assume", "steps"] where arguments.has(option) {
        throw .option("--equal and --\(option) exclude each other", remedy: nil)
      }
      let comparison = FunctionComparison(function, try self.function(other))
      terminal.write(comparison.verdict.text + "\n")
      return comparison.verdict.isEqual ? 0 : 1
    }
    for (variable, assumption) in try arguments.assumptions(of: function.variables) {
      function.graph.assume(assumption, of: variable)
    }
    let form = arguments.choice("form", default: SimplifiedForm.simplified)
    if arguments.has("steps") {
      if form != .simplified {
        throw .option("--steps and --form \(form.rawValue) exclude each other", remedy: nil)
      }
      try writeSteps(function, terminal)
      return 0
    }
    var formulas: Formulas
    do {
      formulas = try function.graph.derivatives(
        of: [function.output], along: [[]], form: form.formulaForm)
      if form == .simplified { formulas = formulas.presented() }
    } catch {
      throw .option(Failure(error).diagnostic.message, remedy: "take --form simplified")
    }
    try checkLength(of: formulas, function.expression)
    let names = function.variables
    let printer = FormulaPrinter(
      formulas.graph, style: .plain, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: names.contains)
    ) { names[$0] }
    terminal.write(printer.text(formulas.roots[0]) + "\n")
    let expression = function.expression
    for note in expression.constantNotes(variables: names) + expression.nameNotes(naming: []) {
      terminal.show(note, at: nil, color: arguments.choice("color", default: .auto))
    }
    return 0
  }

  /// The expression as it stands, then each formula on the way with what was done.
  private static func writeSteps(_ function: Function, _ terminal: Terminal) throws(Failure) {
    let names = function.variables
    let text = { (formulas: Formulas) in
      FormulaPrinter(
        formulas.graph, style: .plain, product: .quiet,
        namesConstants: !FormulaPrinter.constantNames.contains(where: names.contains)
      ) { names[$0] }.text(formulas.roots[0])
    }
    let whole = Formulas(graph: function.graph, roots: [function.output])
    try checkLength(of: whole, function.expression)
    var last = text(whole)
    terminal.write(last + "\n")
    for step in function.graph.simplificationSteps(of: function.output) {
      let next = text(step.formula)
      if next == last { continue }
      terminal.write("  \(step.rule)\n= \(next)\n")
      last = next
    }
  }

  /// Refuses to write out what nobody could read.
  private static func checkLength(
    of formulas: Formulas, _ expression: Expression
  ) throws(Failure) {
    let size = formulas.graph.treeSizes(of: formulas.roots)[0].word.map { Double($0) } ?? .infinity
    try asking { () throws(Problem) in try expression.check(.nodes, size) }
  }

  /// The expression as one formula for all points.
  private static func function(_ expression: Expression) throws(Failure) -> Function {
    do throws(Problem) {
      try expression.checkNames(naming: [])
      return try Function(expression)
    } catch {
      guard error.isAboutPath else { throw .problem(error) }
      var diagnostic = error.diagnostic
      diagnostic.remedy = "'simplify' is about all points at once"
      throw .script(diagnostic)
    }
  }
}
