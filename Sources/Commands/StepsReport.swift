// What `diff --steps` prints before its formulas: each derivative rule by rule.
import Calculus
import Reporting

/// The derivations of a function's derivatives, each order from the simplified one below it.
struct StepsReport {
  let variables: [String]
  /// The derivations in the order of their paths, each with the path that it ends.
  let stages: [(path: [Int], derivation: Derivation)]

  /// Derives along each path; what paths begin with alike is derived once.
  init(_ graph: Graph, output: NodeIndex, variables: [String], paths: [[Int]]) {
    self.variables = variables
    var stages: [(path: [Int], derivation: Derivation)] = []
    var known: [[Int]: Formulas] = [[]: Formulas(graph: graph, roots: [output])]
    for path in paths {
      for order in path.indices {
        let stage = Array(path[...order])
        guard known[stage] == nil, let source = known[Array(path[..<order])] else { continue }
        let derivation = source.graph.derivation(of: source.roots[0], in: path[order])
        known[stage] = derivation.simplified
        stages.append((stage, derivation))
      }
    }
    self.stages = stages
  }

  /// The tables in a format, each with an empty line behind it.
  func text(_ format: FormulaFormat, _ terminal: Terminal, color: ColorOption) -> String {
    return tables(format).map { table in
      switch format {
      case .markdown: table.markdown(numbers: .shortest) + "\n"
      case .latex: table.latex(numbers: .shortest) + "\n"
      case .text, .unicode, .json:
        table.text(
          width: terminal.width, unicode: terminal.usesUnicode,
          style: TextStyle(isEnabled: terminal.allowsColor(for: .output, option: color)),
          numbers: .shortest) + "\n"
      }
    }.joined()
  }

  /// The steps of each derivative as a table; the formulas are in the style that fits the format.
  private func tables(_ format: FormulaFormat) -> [Table] {
    let notation = DerivativeNotation(variables, style: format.style)
    return stages.map { path, derivation in
      let listing = listing(derivation, notation)
      var table = Table(
        title: title(path, format),
        columns: ["rule", "applied to", "derivative"].map {
          Table.Column(.text($0), folds: $0 != "rule")
        })
      for line in listing.lines {
        table.append([.text(line.ruleText), .formula(line.subject), .formula(line.result)])
      }
      table.append([
        .text("simplified"), .formula(notation.operator(path, of: notation.function)),
        .formula(simplified(derivation, notation)),
      ])
      return table
    }
  }

  var json: JSON {
    let notation = DerivativeNotation(variables, style: .plain)
    return .array(
      stages.map { path, derivation in
        let listing = listing(derivation, notation)
        return .object([
          ("wrt", .array(path.map { .string(variables[$0]) })),
          (
            "lines",
            .array(
              listing.lines.map { line in
                .object([
                  ("rule", .string(line.ruleText)), ("of", .string(line.subject)),
                  ("derivative", .string(line.result)),
                ])
              })
          ),
          ("simplified", .string(simplified(derivation, notation))),
        ])
      })
  }

  /// Words alone in LaTeX, where titles are no mathematics.
  private func title(_ path: [Int], _ format: FormulaFormat) -> String {
    let notation = DerivativeNotation(variables, style: format == .unicode ? .unicode : .plain)
    let name =
      format == .latex
      ? "Derivative in " + path.map { variables[$0] }.joined(separator: ", ")
      : notation.operator(path)
    return name + ", step by step"
  }

  private func listing(
    _ derivation: Derivation, _ notation: DerivativeNotation
  ) -> DerivationListing {
    DerivationListing(
      derivation, style: notation.style, isTaken: variables.contains,
      display: notation.subexpression
    ) { notation.names[$0] }
  }

  /// How many nodes a formula at the end of a table has at most.
  private static let longest = 100

  /// The simplified derivative, or how long it is.
  private func simplified(_ derivation: Derivation, _ notation: DerivativeNotation) -> String {
    let (graph, roots) = (derivation.simplified.graph, derivation.simplified.roots)
    let size = graph.treeSizes(of: roots)[0]
    guard let nodes = size.word, nodes <= Self.longest else {
      return "\(size.shortText) nodes"
    }
    return FormulaPrinter(
      graph, style: notation.style, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: variables.contains)
    ) { notation.names[$0] }.text(roots[0])
  }
}

extension DerivationListing.Line {
  /// `product rule`, `chain rule: sin`
  var ruleText: String {
    let name = rule.text
    return isChained ? "chain rule: \(name)" : name + (rule.isNamedRule ? " rule" : "")
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

  fileprivate var isNamedRule: Bool {
    switch self {
    case .sum, .difference, .product, .quotient, .power, .exponential, .generalPower: true
    default: false
    }
  }
}

extension FormulaFormat {
  /// The notation of formulas in the format.
  var style: FormulaStyle {
    switch self {
    case .text, .markdown, .json: .plain
    case .unicode: .unicode
    case .latex: .latex
    }
  }
}
