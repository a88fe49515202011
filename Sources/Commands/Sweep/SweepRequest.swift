// What `sweep` is asked: one derivative at one point, the formulas and the steps.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

struct SweepRequest {
  let calculation: Calculation
  let format: SweepFormat
  /// The number format of text: errors have few meaningful digits.
  let numbers: NumberFormat
  let formulas: [DifferenceFormula]
  /// Whether the user chose the formulas: then one that cannot be applied is an error.
  let isChosen: Bool
  let steps: [Double]
  let perDecade: Int

  init(_ arguments: Arguments, _ terminal: Terminal) throws {
    calculation = try Calculation(arguments, terminal)
    try calculation.expression.requireOneOutput()
    format = arguments.choice(.format, default: .text)
    numbers = arguments.has(.digits) ? calculation.numbers : NumberFormat(digits: 3)
    isChosen = arguments.has(.difference)
    formulas = try Self.formulas(arguments)
    perDecade = arguments.count(.perDecade) ?? 10
    let (first, last) = try Self.range(arguments)
    steps = StepSweep.steps(from: first, to: last, perDecade: perDecade)
    if steps.isEmpty {
      throw Failure.option(
        "--step has no step in it", remedy: "take a wider range or more --per-decade")
    }
    try checkCounts()
  }

  /// Throws unless there is one point and one derivative.
  private func checkCounts() throws {
    guard calculation.points.count == 1 else {
      throw Failure.option(
        "'sweep' is about one point, and --at gives \(calculation.points.count)", remedy: nil)
    }
    if calculation.direction != nil { return }
    let names = calculation.active ?? calculation.points[0].names
    if names.isEmpty { throw Failure.option("the expression has no variable", remedy: nil) }
    guard names.count == 1 else {
      let list = names.prefix(4).map { "'\(echo($0))'" }.joined(separator: ", ")
      throw Failure.option(
        "'sweep' is about one derivative, and there are several variables: \(list)",
        remedy: "choose one with --wrt, or a --direction")
    }
  }

  private static let usual: [DifferenceFormula] = [.forward, .central, .richardson, .complexStep]

  private static func formulas(_ arguments: Arguments) throws -> [DifferenceFormula] {
    guard let word = arguments.value(.difference) else { return usual }
    let known = DifferenceFormula.choices.filter { $0 != .adaptive }
    let names = word.text.split(separator: ",", omittingEmptySubsequences: false)
      .map { trimmed(String($0)) }
    var formulas: [DifferenceFormula] = []
    for name in names {
      guard let formula = known.first(where: { $0.name == name }) else {
        throw Failure.option(
          "--difference takes \(known.map(\.name).joined(separator: ", ")), not '\(echo(name))'",
          remedy: nil)
      }
      if formulas.contains(formula) {
        throw Failure.option("--difference has '\(name)' twice", remedy: nil)
      }
      formulas.append(formula)
    }
    return formulas
  }

  private static func range(_ arguments: Arguments) throws -> (Double, Double) {
    guard let word = arguments.value(.step) else { return (1e-17, 1e-1) }
    let parts = word.text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Failure.option("--step needs two numbers, such as 1e-12:1e-2", remedy: nil)
    }
    var bounds: [Double] = []
    for part in parts {
      let source = SourceText(String(part), name: "--step")
      let bound = try PointReader.number(source, for: "--step")
      guard bound >= .leastNormalMagnitude, bound.isFinite else {
        throw Failure.option("--step must be greater than 0, not \(shortest(bound))", remedy: nil)
      }
      bounds.append(bound)
    }
    if bounds[0] > bounds[1] {
      throw Failure.option("--step must run from the smaller to the larger step", remedy: nil)
    }
    return (bounds[0], bounds[1])
  }

  /// The sweep at the point, without the formulas that do not apply to the function.
  func sweep(
    _ computation: Computation, _ point: Point, _ evaluation: Evaluation
  ) throws -> (sweep: StepSweep, notes: [Explanation]) {
    let (name, direction) = calculation.directions(of: computation)[0]
    var applicable = formulas
    var notes: [Explanation] = []
    if formulas.contains(.complexStep) {
      do {
        try computation.checkComplexStep(along: direction)
      } catch {
        if isChosen { throw error }
        applicable.removeAll { $0 == .complexStep }
        notes.append(.withoutComplexStep(error))
      }
    }
    let rerun = Rerun(computation)
    // Each quotient evaluates the function at two points or more.
    try rerun.checkOperations(runs: 2 * steps.count * applicable.count)
    let sweep = StepSweep(
      computation.tape, at: point.values, along: direction,
      derivative: evaluation.results[0].derivatives[0], applicable, steps: steps,
      perDecade: perDecade, rerun: rerun.function)
    if rerun.hasLeftPath { notes.append(.pathChanges([name], computation)) }
    return (sweep, notes)
  }
}
