// What `diff --steps` prints before its formulas: each derivative rule by rule.
import CommandLine
import Text
import Calculus
import Language
import Reporting

/// The derivations of a function's derivatives, each order from the simplified one of the order
/// below.
struct StepsReport {
  private let request: DiffRequest
  private let stages: [Stage]

  /// One derivation, with the output and the path that it ends.
  private struct Stage {
    let output: Int
    let path: [Int]
    let derivation: Derivation
    /// Whether the function has isolated equalities; then it is derived away from them.
    let isOffEqualities: Bool
  }

  /// Derives along each path; a common beginning of paths is derived once.
  init(_ request: DiffRequest) {
    self.request = request
    stages = request.functions.enumerated().flatMap { output, function in
      Self.stages(function, output, request.paths)
    }
  }

  private static func stages(_ function: Function, _ output: Int, _ paths: [[Int]]) -> [Stage] {
    var stages: [Stage] = []
    var known: [[Int]: Formulas] = [[]: Formulas(graph: function.graph, roots: [function.output])]
    for path in paths {
      for order in path.indices {
        let end = Array(path[...order])
        guard known[end] == nil, let source = known[Array(path[..<order])] else { continue }
        let smooth = source.graph.offEqualities(source.roots[0], in: [path[order]])
        let derivation = source.graph.derivation(of: smooth, in: path[order])
        known[end] = derivation.simplified
        stages.append(
          Stage(
            output: output, path: end, derivation: derivation,
            isOffEqualities: smooth != source.roots[0]))
      }
    }
    return stages
  }

  /// The tables in a format, each with an empty line behind it.
  func text(for terminal: Terminal) -> String {
    tables(request.format).map { table in
      switch request.format {
      case .markdown: table.markdown(numbers: .shortest) + "\n"
      case .latex: table.latex(numbers: .shortest) + "\n"
      case .html: table.html()
      case .text, .unicode, .json:
        table.text(
          width: terminal.width, unicode: terminal.usesUnicode,
          style: TextStyle(isEnabled: terminal.allowsColor(for: .output, option: request.color)),
          numbers: .shortest) + "\n"
      }
    }.joined()
  }

  /// The steps of each derivative as a table; the formulas are in the style that fits the format.
  private func tables(_ format: FormulaFormat) -> [Table] {
    let notation = DerivativeNotation(request.variables, style: format.style)
    return stages.map { stage in
      var table = Table(
        title: title(stage, format),
        columns: [
          Table.Column(.text("rule"), folds: true), Table.Column(.text("step"), folds: true),
        ])
      let raw = Formulas(graph: stage.derivation.graph, roots: [stage.derivation.function])
      if stage.isOffEqualities, let smooth = text(raw, notation) {
        table.append([.text("where no equality holds"), .formula(smooth)])
      }
      var rules: [String: Table.Cell] = [:]
      for line in listing(stage.derivation, notation).lines {
        // The rule of a function is derived itself, once for all lines.
        let rule =
          rules[line.ruleName]
          ?? (format == .latex ? .formula(line.ruleLaTeX) : .text(line.ruleText))
        rules[line.ruleName] = rule
        table.append([rule, .formula(line.equation)])
      }
      for ending in endings(stage.derivation, notation) + guardedEnding(stage, notation) {
        table.append([
          .text(ending.name),
          .formula(
            notation.operator(stage.path, of: function(stage, notation)) + " = " + ending.formula),
        ])
      }
      return table
    }
  }

  /// The last lines: the result of the rules and its simplifications, ending in the answer. A line that
  /// is longer than the first of them, or shorter than one that comes after it, explains nothing.
  private func endings(
    _ derivation: Derivation, _ notation: DerivativeNotation
  ) -> [(name: String, formula: String)] {
    let raw = Formulas(graph: derivation.graph, roots: [derivation.result])
    let answer = answer(of: derivation)
    let last = (name: shapeName(of: answer), formula: simplified(derivation, notation))
    guard let first = text(raw, notation) else { return [last] }
    let between = simplifications(of: raw).compactMap { step in
      text(step.formula, notation).map { (step.rule, $0) }
    }
    var endings = [last]
    for (name, formula) in between.reversed() where formula.count <= first.count {
      if formula.sorted() == endings[0].formula.sorted() {
        // The same in another order.
        endings[0].name = name
      } else if formula.count >= endings[0].formula.count {
        endings.insert((name, formula), at: 0)
      }
    }
    if first == endings[0].formula { endings.removeFirst() }
    return [("put together", first)] + endings
  }

  /// The steps from the result of the rules to a form like the one that is asked for.
  private func simplifications(of raw: Formulas) -> [SimplificationStep] {
    switch request.form {
    case .factored, .expanded: [raw.graph.collectionStep(of: raw.roots[0])]
    default: raw.graph.simplificationSteps(of: raw.roots[0])
    }
  }

  /// The answer together with its value at an equality, if the formula does not say that.
  private func guardedEnding(
    _ stage: Stage, _ notation: DerivativeNotation
  ) -> [(name: String, formula: String)] {
    let function = request.functions[stage.output]
    guard function.hasEqualities(in: stage.path),
      let answer = try? GuardedFormulas(function, [stage.path], request.form).formulas,
      let formula = text(answer, notation),
      formula != endings(stage.derivation, notation).last?.formula
    else { return [] }
    return [("with the equality", formula)]
  }

  var json: JSON {
    let notation = DerivativeNotation(request.variables, style: .plain)
    return .array(
      stages.map { stage in
        let listing = listing(stage.derivation, notation)
        let output = request.outputs.map { [("output", JSON.string($0[stage.output]))] } ?? []
        return .object(
          output + [
            ("wrt", .array(stage.path.map { .string(request.variables[$0]) })),
            (
              "lines",
              .array(
                listing.lines.map { line in
                  .object([
                    ("rule", .string(line.ruleName)), ("of", .string(line.subject)),
                    ("step", .string(line.equation)), ("derivative", .string(line.result)),
                  ])
                })
            ),
            (
              "simplified",
              .string(
                guardedEnding(stage, notation).last?.formula
                  ?? simplified(stage.derivation, notation))
            ),
          ])
      })
  }

  /// In LaTeX only words, since titles are no mathematics.
  private func title(_ stage: Stage, _ format: FormulaFormat) -> String {
    let variables = request.variables
    let notation = DerivativeNotation(
      variables, style: format.style == .unicode ? .unicode : .plain)
    let name = request.outputs.map { notation.symbol($0[stage.output]) } ?? ""
    if format == .latex {
      let path = stage.path.map { variables[$0] }.joined(separator: ", ")
      return "Derivative " + (name.isEmpty ? "" : "of \(name) ") + "in \(path), step by step"
    }
    return notation.operator(stage.path, of: name) + ", step by step"
  }

  private func function(_ stage: Stage, _ notation: DerivativeNotation) -> String {
    request.outputs.map { notation.symbol($0[stage.output]) } ?? notation.function
  }

  private func listing(
    _ derivation: Derivation, _ notation: DerivativeNotation
  ) -> DerivationListing {
    DerivationListing(
      derivation, style: notation.style, isTaken: request.variables.contains,
      display: notation.symbol
    ) { notation.names[$0] }
  }

  /// How many nodes a formula at the end of a table has at most.
  private static let longest = 100

  /// The simplified derivative, or how long it is.
  private func simplified(_ derivation: Derivation, _ notation: DerivativeNotation) -> String {
    let answer = answer(of: derivation)
    return text(answer, notation)
      ?? "\(answer.graph.treeSizes(of: answer.roots)[0].shortText) nodes"
  }

  /// The derivative in the form that is asked for, or simplified.
  private func answer(of derivation: Derivation) -> Formulas {
    let isRemade = request.form == .factored || request.form == .expanded
    return (isRemade ? request.form.remade(derivation.simplified) : nil)
      ?? derivation.simplified.presented()
  }

  /// What a formula's form is called, by what it is.
  private func shapeName(of answer: Formulas) -> String {
    switch (request.form, answer.graph[answer.roots[0]]) {
    case (.expanded, _): "multiplied out"
    case (_, .binary(.divide, _, _)): "over one denominator"
    case (.factored, _): "as a product"
    case (_, .binary(.multiply, _, _)): "common factors in front"
    default: "simplified"
    }
  }

  /// A formula, if it is not too long to be read.
  private func text(_ formulas: Formulas, _ notation: DerivativeNotation) -> String? {
    let size = formulas.graph.treeSizes(of: formulas.roots)[0]
    guard let nodes = size.word, nodes <= Self.longest else { return nil }
    return FormulaPrinter(
      formulas.graph, style: notation.style, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: request.variables.contains)
    ) { notation.names[$0] }.text(formulas.roots[0])
  }
}

extension DerivationListing.Line {
  /// `product rule`, `chain rule: sin`
  var ruleName: String {
    let name = rule.text + (rule.isNamedRule ? " rule" : "")
    return isChained ? "chain rule: \(name)" : name
  }

  /// The same as mathematics, for LaTeX.
  fileprivate var ruleLaTeX: String {
    guard let formula = rule.latexFormula(isChained: isChained) else {
      return "\\text{\(ruleName)}"
    }
    if case .function = rule, isChained { return "\\text{chain rule, }" + formula }
    return "\\text{\(ruleName), }" + formula
  }

  /// The same with the rule written out: `product rule, (u*v)' = u'*v + u*v'`; a function's rule
  /// names the function by itself: `chain rule, (sin(u))' = cos(u)*u'`.
  var ruleText: String {
    guard let formula = rule.formula(isChained: isChained) else { return ruleName }
    if case .function = rule, isChained { return "chain rule, " + formula }
    return ruleName + ", " + formula
  }
}

extension DerivationRule {
  /// What the rule is called.
  fileprivate var text: String {
    switch self {
    case .constant: "constant"
    case .variable: "variable"
    case .sum: "sum"
    case .difference: "difference"
    case .sign: "minus sign"
    case .product: "product"
    case .quotient: "quotient"
    case .constantFactor: "constant factor"
    case .power: "power"
    case .exponential: "exponential"
    case .generalPower: "general power"
    case .function(let operation): operation.about.name
    }
  }

  /// The rule written out, in u and v, which depend on the variable, and c and n, which do not.
  fileprivate func formula(isChained: Bool) -> String? {
    switch self {
    case .constant: "c' = 0"
    case .variable: "x' = 1"
    case .sum: "(u + v)' = u' + v'"
    case .difference: "(u - v)' = u' - v'"
    case .sign: "(-u)' = -u'"
    case .product: "(u*v)' = u'*v + u*v'"
    case .quotient: "(u/v)' = (u'*v - u*v')/v^2"
    case .constantFactor: "(c*u)' = c*u'"
    case .power: isChained ? "(u^n)' = n*u^(n-1)*u'" : "(x^n)' = n*x^(n-1)"
    case .exponential: isChained ? "(c^u)' = c^u*ln(c)*u'" : "(c^x)' = c^x*ln(c)"
    case .generalPower: "(u^v)' = v*u^(v-1)*u' + u^v*ln(u)*v'"
    case .function(let operation): operation.derivativeRule(of: isChained ? "u" : "x")
    }
  }

  /// The same in LaTeX.
  fileprivate func latexFormula(isChained: Bool) -> String? {
    switch self {
    case .constantFactor: "(c u)' = c u'"
    case .product: "(u v)' = u' v + u v'"
    case .quotient: "\\left(\\frac{u}{v}\\right)' = \\frac{u' v - u v'}{v^{2}}"
    case .power: isChained ? "(u^{n})' = n u^{n-1} u'" : "(x^{n})' = n x^{n-1}"
    case .exponential: isChained ? "(c^{u})' = c^{u} \\ln(c) u'" : "(c^{x})' = c^{x} \\ln c"
    case .generalPower: "(u^{v})' = v u^{v-1} u' + u^{v} \\ln(u) v'"
    case .function(let operation):
      operation.derivativeRule(of: isChained ? "u" : "x", style: .latex)
    default: formula(isChained: isChained)
    }
  }

  fileprivate var isNamedRule: Bool {
    switch self {
    case .sum, .difference, .product, .quotient, .power, .exponential, .generalPower: true
    default: false
    }
  }
}

extension Operation {
  /// `(sin(u))' = cos(u)*u'`, or `(sin(x))' = cos(x)` for the variable itself; nil for what takes
  /// several arguments.
  fileprivate func derivativeRule(
    of argument: String, style: FormulaStyle = .plain
  ) -> String? {
    guard shape == .unary else { return nil }
    let graph = Graph()
    let function = graph.unary(self, graph.variable(0))
    guard let formulas = try? graph.derivatives(of: [function], along: [[0]], form: .simplified)
    else { return nil }
    let derivative = argument == "x" ? formulas.roots[0] : formulas.chained()
    let printer = FormulaPrinter(formulas.graph, style: style, product: .quiet) {
      $0 == 0 ? argument : argument + "'"
    }
    let name = FormulaPrinter(graph, style: style, product: .quiet) { _ in argument }
    return "(\(name.text(function)))' = \(printer.text(derivative))"
  }
}

extension Formulas {
  /// The formula times the inner derivative, variable 1, which stands above the line of a quotient
  /// of 1.
  fileprivate func chained() -> NodeIndex {
    let inner = graph.variable(1)
    if case .binary(.divide, let above, let below) = graph[roots[0]], graph[above] == .constant(1) {
      return graph.binary(.divide, inner, below)
    }
    return graph.binary(.multiply, roots[0], inner)
  }
}

extension FormulaFormat {
  /// The notation of formulas in the format.
  var style: FormulaStyle {
    switch self {
    case .text, .markdown, .json: .plain
    case .unicode, .html: .unicode
    case .latex: .latex
    }
  }
}
