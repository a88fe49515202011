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
  let text: PlacedText
  private let source: SourceText
  private let scanner: NameScanner

  /// Whether all that it names are quantities of the primal trace.
  var isPrimal: Bool { references.allSatisfy { $0.mark == nil } }

  func value(_ arguments: [Double]) -> Double { tape.value(at: arguments) }

  init(_ formula: PlacedText, in source: SourceText, _ scanner: (PlacedText) -> NameScanner)
    throws(Problem)
  {
    text = formula
    let rewritten = RewrittenFormula(formula, scanner)
    references = rewritten.references
    self.source = source
    self.scanner = scanner(formula)
    do {
      self.formula = try rewritten.compiled()
      tape = self.formula.tape(of: references.count)
    } catch {
      throw Self.problem(error, rewritten, source)
    }
  }

  /// The same function of its quantities, and behind them of its numbers, which may be put in for names; nil where it
  /// has none, or cannot be read so.
  var withNumbers: NumberedFormula? {
    NumberedFormula(text, in: source) { text in
      NameScanner(bytes: text.bytes, decided: scanner.decided, isKnown: scanner.isKnown)
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

  /// Whether it has a value, as far as rounding lets it.
  ///
  /// - Parameter isChosen: whether it must have a value here; at random points it may have none.
  func gives(
    _ value: Double, at arguments: [Double], isChosen: Bool, _ change: (Double) -> Double = { $0 }
  ) -> Bool {
    let run = RunningError(tape, at: arguments)
    let own = change(run.value)
    if own == value { return true }
    guard own.isFinite, value.isFinite else { return !isChosen || own.isNaN && !value.isFinite }
    let error = run.error.isFinite ? 16 * run.error : 0
    return (own - value).magnitude
      <= 1e-8 * max(own.magnitude, value.magnitude, run.value.magnitude * 1e-4) + error
      + .leastNormalMagnitude
  }
}

extension RewrittenFormula {
  /// The formula as a function of its quantities, and behind them of its numbers where these have names.
  fileprivate func compiled() throws(Problem) -> Formulas {
    let names =
      references.indices.map { "\(prefix)\($0)" } + numbers.indices.map { "\(prefix)n\($0)" }
    let expression = try Expression(SourceText(text.bytes))
    try expression.requireOneOutput()
    try Elaborator.checkForms(expression)
    var elaborator = Elaborator(expression, variables: names, point: nil)
    let elaboration = try elaborator.elaborate()
    return Formulas(graph: elaboration.graph, roots: [elaboration.output])
  }
}

extension Formulas {
  fileprivate func tape(of variableCount: Int) -> Tape {
    Tape(graph, output: roots[0], isActive: Array(repeating: true, count: variableCount))
  }
}

/// A formula whose numbers are arguments too, behind its quantities.
struct NumberedFormula {
  let numbers: [ClaimedNumber]
  let tape: Tape

  /// - Returns: nil where it has no numbers, or cannot be read so.
  fileprivate init?(
    _ formula: PlacedText, in source: SourceText, _ scanner: (PlacedText) -> NameScanner
  ) {
    let rewritten = RewrittenFormula(formula, namesNumbers: true, scanner)
    numbers = rewritten.numbers.compactMap { ClaimedNumber($0, in: source, scanner) }
    guard !numbers.isEmpty, numbers.count == rewritten.numbers.count,
      let compiled = try? rewritten.compiled()
    else { return nil }
    tape = compiled.tape(of: rewritten.references.count + numbers.count)
  }
}
