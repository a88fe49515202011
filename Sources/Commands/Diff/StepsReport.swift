// What `diff --steps` prints before its formulas: each derivative rule by rule.
import CommandLine
import Text
import Calculus
import Language
import Reporting

/// The derivations of a function's derivatives, each order from the simplified one below it.
struct StepsReport {
  private let request: DiffRequest
  private let stages: [Stage]

  /// One derivation, with the output and the path that it ends.
  private struct Stage {
    let output: Int
    let path: [Int]
    let derivation: Derivation
  }

  /// Derives along each path; what paths begin with alike is derived once.
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
        let derivation = source.graph.derivation(of: source.roots[0], in: path[order])
        known[end] = derivation.simplified
        stages.append(Stage(output: output, path: end, derivation: derivation))
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
      let listing = listing(stage.derivation, notation)
      var table = Table(
        title: title(stage, format),
        columns: ["rule", "applied to", "derivative"].map {
          Table.Column(.text($0), folds: $0 != "rule")
        })
      for line in listing.lines {
        table.append([.text(line.ruleText), .formula(line.subject), .formula(line.result)])
      }
      table.append([
        .text("simplified"), .formula(notation.operator(stage.path, of: function(stage, notation))),
        .formula(simplified(stage.derivation, notation)),
      ])
      return table
    }
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
                    ("rule", .string(line.ruleText)), ("of", .string(line.subject)),
                    ("derivative", .string(line.result)),
                  ])
                })
            ),
            ("simplified", .string(simplified(stage.derivation, notation))),
          ])
      })
  }

  /// Words alone in LaTeX, where titles are no mathematics.
  private func title(_ stage: Stage, _ format: FormulaFormat) -> String {
    let variables = request.variables
    let notation = DerivativeNotation(variables, style: format == .unicode ? .unicode : .plain)
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
    let presented = derivation.simplified.presented()
    let (graph, roots) = (presented.graph, presented.roots)
    let size = graph.treeSizes(of: roots)[0]
    guard let nodes = size.word, nodes <= Self.longest else {
      return "\(size.shortText) nodes"
    }
    return FormulaPrinter(
      graph, style: notation.style, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: request.variables.contains)
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
