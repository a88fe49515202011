// A formula of a trace table as a function of other quantities.
import Calculus
import Checking
import Language
import Syntax

/// A function of quantities, to be evaluated at any values of them.
struct ClaimedFormula {
  let references: [MarkedName]
  let formula: Formulas
  let tape: Tape
  let isGeneral: Bool
  let hasDecimals: Bool

  func value(_ arguments: [Double]) -> Double { tape.value(at: arguments) }

  /// - Parameter isKnown: whether a base is that of a quantity.
  init(_ formula: PlacedText, in source: SourceText, isKnown: @escaping (String) -> Bool)
    throws(Problem)
  {
    let rewritten = RewrittenFormula(formula, isKnown: isKnown)
    references = rewritten.references
    isGeneral = rewritten.isGeneral
    hasDecimals = rewritten.hasDecimals
    let names = references.indices.map { "\(rewritten.prefix)\($0)" }
    do {
      let expression = try Expression(SourceText(rewritten.text.bytes))
      try expression.requireOneOutput()
      try Elaborator.checkForms(expression)
      var elaborator = Elaborator(expression, variables: names, point: nil)
      let elaboration = try elaborator.elaborate()
      self.formula = Formulas(graph: elaboration.graph, roots: [elaboration.output])
      tape = Tape(
        elaboration.graph, output: elaboration.output, isActive: names.map { _ in true })
    } catch {
      throw Self.problem(error, rewritten, source)
    }
  }

  /// The problem in the words and at the place of the table.
  private static func problem(
    _ problem: Problem, _ rewritten: RewrittenFormula, _ source: SourceText
  ) -> Problem {
    let length = rewritten.text.count
    let range = problem.range.map {
      rewritten.text.range(min($0.start, length)..<min(max($0.start, $0.end), length))
    }
    let place = range ?? rewritten.text.range
    if case .unknownName(let name, _) = problem.kind {
      return Problem(.traceName(name), in: source, at: place)
    }
    var message = problem.message
    for (index, name) in rewritten.references.enumerated().reversed() {
      message = message.replacing("\(rewritten.prefix)\(index)", with: name.shown)
    }
    return Problem(.traceFormula(message), in: source, at: place)
  }
}

extension MarkedName {
  /// As plain text has it.
  var shown: String {
    switch mark {
    case .tangent: base + "'"
    case .adjoint: base + "~"
    default: base
    }
  }
}
