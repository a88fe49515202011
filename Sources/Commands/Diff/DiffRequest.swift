// What `diff` is asked: a function or several, the derivatives wanted of each, their form, and points.
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

  static let highestOrder = 100

  /// The outputs, over the same variables; one for an expression that is no list.
  let functions: [Function]
  /// What the outputs of a list are called; nil for an expression that is none.
  let outputs: OutputNames?
  let kind: Kind
  /// The variables to differentiate in, as they were given.
  let active: [Int]
  /// For each derivative of an output the variables it is taken in, one after the other; with the value,
  /// the function itself comes first, and with a Hessian the gradient.
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

  init(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) {
    form = arguments.choice("form", default: .simplified)
    format = arguments.choice("format", default: .text)
    color = arguments.choice("color", default: .auto)
    numbers = try arguments.numberFormat()
    let kind = try Self.kind(arguments)
    self.kind = kind
    let (expression, added) = try arguments.addingVariables(
      to: try arguments.expression(terminal))
    let sources = try arguments.pointTexts(terminal)
    let points = try asking { () throws(Problem) in
      sources.isEmpty ? [] : try Calculation.points(sources, expression)
    }
    self.points = points
    let chosen = try Self.chosen(arguments, expression, kind, points.first)
    if case .hessian = kind, expression.isList { throw .hessianOfList }
    hasValue = arguments.has("with-value")
    if hasValue, expression.isList {
      throw .option("--with-value takes one expression, not a list", remedy: nil)
    }
    try asking { () throws(Problem) in
      try expression.checkNames(naming: (points.first?.names ?? []) + (chosen ?? []))
    }
    let functions = try asking { () throws(Problem) in
      try Function.outputs(
        of: expression, naming: (points.first?.names ?? []) + (chosen ?? []), at: points.first)
    }
    self.functions = functions
    let variables = functions[0].variables
    let assumptions = try arguments.assumptions(of: variables)
    if !assumptions.isEmpty, !points.isEmpty {
      throw .option("--assume and --at exclude each other", remedy: nil)
    }
    for (variable, assumption) in assumptions {
      for function in functions { function.graph.assume(assumption, of: variable) }
    }
    outputs =
      expression.isList ? OutputNames(count: functions.count, besides: variables) : nil
    active = (chosen ?? variables).compactMap { variables.firstIndex(of: $0) }
    paths = (hasValue ? Self.lowerPaths(active, kind) : []) + Self.paths(active, kind)
    let count = paths.count
    try asking { () throws(Problem) in
      try expression.checkDerivatives(count, points: points.count)
    }
    guard !active.isEmpty else {
      throw .option(
        "the expression has no variable to differentiate in",
        remedy: "'autodiff eval' gives its value")
    }
    let counting = functions.reduce(into: Set()) { $0.formUnion($1.countingVariables) }
    if points.count > 1, functions.contains(where: \.isBoundToPoint) {
      let what = counting.isEmpty ? "which way a program goes" : "how many terms a sum has"
      throw .option(
        "a variable decides \(what), so each point has a formula of its own",
        remedy: "give one point at a time")
    }
    notes =
      expression.constantNotes(variables: variables) + added
      + expression.nameNotes(naming: (points.first?.names ?? []) + (chosen ?? []))
      + counting.filter(active.contains).sorted().map { .countingVariable(variables[$0]) }
      + functions.compactMap { .pathFormula($0.path, of: expression, over: variables) }
  }

  /// The formulas of each output's derivatives.
  func formulas() throws(Failure) -> [Formulas] {
    do {
      return try functions.map { function throws(FormError) in
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
    } catch {
      throw Failure(error)
    }
  }

  /// Refuses a derivation that nobody could read: with a step for each operation, for each derivative.
  func checkSteps() throws(Failure) {
    let nodes = functions.reduce(0) { $0 + $1.graph.dagSize(of: [$1.output]) }
    try asking { () throws(Problem) in
      try expression.check(.steps, Double(nodes) * Double(paths.count))
    }
  }

  /// Refuses to write formulas out that nobody could read.
  func checkLength(of formulas: [Formulas]) throws(Failure) {
    guard form != .shared else { return }
    let sizes = formulas.flatMap { $0.graph.treeSizes(of: $0.roots) }
    let total = sizes.reduce(Natural(0), +).word.map { Double($0) } ?? .infinity
    try asking { () throws(Problem) in try expression.check(.nodes, total) }
  }

  /// The derivatives that no formula exists for, unless the function itself has a nan in it.
  func missing(in formulas: [Formulas]) -> [Explanation] {
    zip(functions, formulas).enumerated().flatMap { output, pair -> [Explanation] in
      let (function, formulas) = pair
      // The nan of a point that an equality hides is no missing rule.
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

  /// Claims about the derivatives that are asked for, and no others.
  func claims(_ text: String, _ subject: Subject) throws(Failure) -> [Claim] {
    let claims = try asking { () throws(Problem) in
      try ClaimReader.claims(
        SourceText(text), order: paths.last?.count ?? 1, outputNames: outputs?.all, for: subject,
        path: paths.count == 1 ? paths[0] : nil)
    }
    for claim in claims {
      let path = claim.key.path.sorted()
      guard paths.contains(where: { $0.sorted() == path }) else {
        let key = claim.key.path.map { variables[$0] }.joined(separator: ",")
        throw .option("'diff' gives no '\(echo(key))' to expect", remedy: nil)
      }
    }
    return claims
  }

  // MARK: Options

  private static func kind(_ arguments: Arguments) throws(Failure) -> Kind {
    let given = ["order", "mixed", "hessian"].filter(arguments.has)
    if given.count > 1 {
      throw .option("--\(given[0]) and --\(given[1]) exclude each other", remedy: nil)
    }
    switch given.first {
    case "order":
      let order = try arguments.count("order", in: 1...highestOrder) ?? 1
      return order == 1 ? .gradient : .order(order)
    case "mixed":
      guard arguments.has("wrt") else {
        throw .option(
          "--mixed needs --wrt", remedy: "--wrt x,x,y --mixed differentiates twice in x, once in y")
      }
      return .mixed
    case "hessian": return .hessian
    default: return .gradient
    }
  }

  private static func chosen(
    _ arguments: Arguments, _ expression: Expression, _ kind: Kind, _ point: Point?
  ) throws(Failure) -> [String]? {
    let isMixed = if case .mixed = kind { true } else { false }
    guard
      let names = try arguments.variables(of: expression, at: point, allowRepeats: isMixed)
    else { return nil }
    guard names.count <= highestOrder || !isMixed else {
      throw .option("--mixed takes at most \(highestOrder) names", remedy: nil)
    }
    return names
  }

  /// What comes before the derivatives that are asked for: the function, before a Hessian the gradient.
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

extension Arguments {
  /// The value of an option that takes a whole number; nil if it is not there.
  func count(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int? {
    guard let word = value(name) else { return nil }
    guard let count = wholeNumber(word.text), range.contains(count) else {
      throw .option(
        "--\(name) needs a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not '\(echo(word.text))'", remedy: nil)
    }
    return count
  }
}

extension Failure {
  /// A formula that cannot be had in the form that was asked for.
  init(_ error: FormError) {
    let remedy = "take --form simplified or --form shared"
    switch error {
    case .coefficientTooLarge:
      self = .option(
        "multiplied out, a coefficient would need more digits than a double has", remedy: remedy)
    case .tooManyTerms(let limit):
      self = .option("multiplied out, there would be more than \(limit) terms", remedy: remedy)
    case .tooManyNodes(let limit):
      self = .option(
        "the derivatives take more than \(limit) operations to find",
        remedy: "take a lower order, fewer variables with --wrt, or allow more with --max-steps")
    }
  }
}
