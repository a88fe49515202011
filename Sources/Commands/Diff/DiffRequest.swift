// What `diff` is asked: a function or several, the derivatives wanted of each, their form, and
// points.
import CommandLine
import Text
import Calculus
import Checking
import Language
import Reporting
import Syntax

struct DiffRequest {
  /// Which derivatives there are, as output names them.
  enum Kind {
    case gradient
    /// The same order in each variable.
    case order(Int)
    case mixed
    case hessian
  }

  /// The outputs, over the same variables; one for an expression that is no list.
  let functions: [Function]
  /// What the outputs of a list are called; nil for an expression that is none.
  let outputs: OutputNames?
  let kind: Kind
  /// The variables to differentiate in, as they were given.
  let active: [Int]
  /// For each derivative of an output the variables it is taken in, one after the other; with the
  /// value, the function itself comes first, and with a Hessian the gradient.
  let paths: [[Int]]
  /// Whether the function itself is listed, too.
  let hasValue: Bool
  let form: ListedForm
  let format: FormulaFormat
  let numbers: NumberFormat
  let color: ColorOption
  /// Where values are wanted.
  let points: [Point]
  let notes: [Explanation]

  var expression: Expression { functions[0].expression }
  var variables: [String] { functions[0].variables }

  init(_ arguments: Arguments, _ terminal: Terminal) throws {
    form = arguments.choice(.form, default: .simplified)
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
    kind = try Self.kind(arguments)
    let (expression, added) = try arguments.addingVariables(
      to: try arguments.expression(terminal))
    let sources = try arguments.pointTexts(terminal)
    points = sources.isEmpty ? [] : try Calculation.points(sources, expression)
    let chosen = try Self.chosen(arguments, expression, kind, points.first)
    if case .hessian = kind, expression.isList { throw Failure.hessianOfList }
    hasValue = arguments.has(.withValue)
    if hasValue, expression.isList {
      throw Failure.option("--with-value takes one expression, not a list", remedy: nil)
    }
    let names = (points.first?.names ?? []) + (chosen ?? [])
    try expression.checkNames(naming: names)
    functions = try Function.outputs(of: expression, naming: names, at: points.first)
    try Self.assume(arguments, functions, isAtPoint: !points.isEmpty)
    let variables = functions[0].variables
    outputs =
      expression.isList ? OutputNames(count: functions.count, besides: variables) : nil
    active = (chosen ?? variables).compactMap { variables.firstIndex(of: $0) }
    paths = (hasValue ? Self.lowerPaths(active, kind) : []) + Self.paths(active, kind)
    try expression.checkDerivatives(paths.count, points: points.count)
    guard !active.isEmpty else {
      throw Failure.option(
        "the expression has no variable to differentiate in",
        remedy: "'autodiff eval' gives its value")
    }
    try Self.check(functions, points)
    notes =
      expression.constantNotes(variables: variables) + added
      + expression.nameNotes(naming: names) + Self.notes(functions, active)
  }

  /// Lets the functions rely on the facts of `--assume`, which are not for a point.
  private static func assume(
    _ arguments: Arguments, _ functions: [Function], isAtPoint: Bool
  ) throws {
    let assumptions = try arguments.assumptions(of: functions[0].variables)
    if !assumptions.isEmpty, isAtPoint {
      throw Failure.option("--assume and --at exclude each other", remedy: nil)
    }
    for (variable, assumption) in assumptions {
      for function in functions { function.graph.assume(assumption, of: variable) }
    }
  }

  /// Throws where each of several points has a function of its own.
  private static func check(_ functions: [Function], _ points: [Point]) throws {
    guard points.count > 1, functions.contains(where: \.isBoundToPoint) else { return }
    let isPath = functions.allSatisfy(\.countingVariables.isEmpty)
    let what = isPath ? "which way a program goes" : "how many terms a sum has"
    throw Failure.option(
      "a variable decides \(what), so each point has a formula of its own",
      remedy: "give one point at a time")
  }

  /// Notes about variables that decide the number of terms or the path of a program.
  private static func notes(_ functions: [Function], _ active: [Int]) -> [Explanation] {
    let variables = functions[0].variables
    let counting = functions.reduce(into: Set()) { $0.formUnion($1.countingVariables) }
    return counting.filter(active.contains).sorted().map { .countingVariable(variables[$0]) }
      + functions.compactMap { .pathFormula($0.path, of: $0.expression, over: variables) }
  }

  /// The formulas of each output's derivatives.
  func formulas() throws -> [Formulas] {
    try functions.map { function in
      if function.hasEqualities(in: active) {
        return try GuardedFormulas(function, paths, form).formulas
      }
      if form == .shared {
        return try function.graph.sharedDerivatives(
          of: function.output, along: paths, variableCount: variables.count,
          effort: function.expression.effort)
      }
      let formulas = try function.graph.derivatives(
        of: [function.output], along: paths, form: form.formulaForm,
        effort: function.expression.effort)
      return form.shown(formulas)
    }
  }

  /// Throws where there would be a step for each of too many operations.
  func checkSteps() throws {
    let nodes = functions.reduce(0) { $0 + $1.graph.dagSize(of: [$1.output]) }
    try expression.check(.steps, Double(nodes) * Double(paths.count))
  }

  /// Throws where formulas would be too long to be written out.
  func checkLength(of formulas: [Formulas]) throws {
    guard form != .shared else { return }
    let sizes = formulas.flatMap { $0.graph.treeSizes(of: $0.roots) }
    let total = sizes.reduce(Natural(0), +).word.map { Double($0) } ?? .infinity
    try expression.check(.nodes, total)
  }

  /// The derivatives for which there is no formula, unless the function itself contains a nan.
  func missing(in formulas: [Formulas]) -> [Explanation] {
    zip(functions, formulas).enumerated().flatMap { output, pair -> [Explanation] in
      let (function, formulas) = pair
      // Where an equality may hold, nan is the value at that point, not a missing rule.
      if function.hasEqualities(in: active) {
        let holds = formulas.graph.holdNaN(upTo: formulas.roots)
        let isOpen = formulas.roots.contains { holds[Int($0)] }
        return isOpen ? [.limitInFormula(function.expression)] : []
      }
      if function.graph.holdNaN(upTo: [function.output])[Int(function.output)] { return [] }
      let holds = formulas.graph.holdNaN(upTo: formulas.roots)
      let notation = DerivativeNotation(variables, style: .plain)
      return zip(paths, formulas.roots).filter { holds[Int($1)] }.map { path, _ in
        .derivativeInOrder(
          notation.operator(path, of: outputs?[output] ?? ""), of: function)
      }
    }
  }

  /// Claims about the derivatives that are asked for; others are an error.
  func claims(_ text: String, _ subject: Subject) throws -> [Claim] {
    let claims = try ClaimReader.claims(
      SourceText(text), order: paths.last?.count ?? 1, outputNames: outputs?.all, for: subject,
      path: paths.count == 1 ? paths[0] : nil)
    for claim in claims {
      let path = claim.key.path.sorted()
      guard paths.contains(where: { $0.sorted() == path }) else {
        let key = claim.key.path.map { variables[$0] }.joined(separator: ",")
        throw Failure.option("'diff' gives no '\(echo(key))' to expect", remedy: nil)
      }
    }
    return claims
  }

  // MARK: Options

  private static func kind(_ arguments: Arguments) throws -> Kind {
    let given = [OptionDefinition.order, .mixed, .hessian].filter(arguments.has)
    if given.count > 1 {
      throw Failure.option(
        "\(given[0].spelling) and \(given[1].spelling) exclude each other", remedy: nil)
    }
    switch given.first {
    case .order?:
      let order = arguments.count(.order) ?? 1
      return order == 1 ? .gradient : .order(order)
    case .mixed?:
      guard arguments.has(.withRespectTo) else {
        throw Failure.option(
          "--mixed needs --wrt", remedy: "--wrt x,x,y --mixed differentiates twice in x, once in y")
      }
      return .mixed
    case .hessian?: return .hessian
    default: return .gradient
    }
  }

  private static func chosen(
    _ arguments: Arguments, _ expression: Expression, _ kind: Kind, _ point: Point?
  ) throws -> [String]? {
    let isMixed = if case .mixed = kind { true } else { false }
    guard
      let names = try arguments.variables(of: expression, at: point, allowRepeats: isMixed)
    else { return nil }
    guard names.count <= DerivativeOrder.highest || !isMixed else {
      throw Failure.option("--mixed takes at most \(DerivativeOrder.highest) names", remedy: nil)
    }
    return names
  }

  /// The derivatives listed before those asked for: the function, and before a Hessian the
  /// gradient.
  private static func lowerPaths(_ active: [Int], _ kind: Kind) -> [[Int]] {
    if case .hessian = kind { [[]] + active.map { [$0] } } else { [[]] }
  }

  private static func paths(_ active: [Int], _ kind: Kind) -> [[Int]] {
    switch kind {
    case .gradient: active.map { [$0] }
    case .order(let order): active.map { Array(repeating: $0, count: order) }
    case .mixed: [active]
    case .hessian:
      active.indices.flatMap { row in active[row...].map { [active[row], $0] } }
    }
  }
}

extension FormError: ReportedError {
  /// The error for a formula that cannot be had in the form that was asked for.
  var diagnostic: Diagnostic {
    let remedy = "take --form simplified or --form shared"
    return switch self {
    case .coefficientTooLarge:
      Diagnostic(
        .error,
        "multiplied out, a coefficient would need more digits than a double has", remedy: remedy)
    case .tooManyTerms(let limit):
      Diagnostic(.error, "multiplied out, there would be more than \(limit) terms", remedy: remedy)
    case .tooManyNodes(let limit):
      Diagnostic(
        .error,
        "the derivatives take more than \(limit) operations to find",
        remedy: "take a lower order, fewer variables with --wrt, or allow more with --max-steps")
    }
  }
}
