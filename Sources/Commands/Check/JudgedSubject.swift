// The functions that `check` judges, before claims about them are read.
import CommandLine
import Checking
import Language
import Reporting
import Syntax

/// A subject with the points that the user gave or the ranges that random ones are drawn from.
struct JudgedSubject {
  let subject: Subject
  /// What the outputs of a list are called; nil for an expression that is none.
  let outputs: OutputNames?
  /// The points of `--at`, in the order of the subject's variables; nil for random ones.
  let points: [[Double]]?
  let ranges: [String: ClosedRange<Double>]
  /// Whether `--wrt` gives the order of the variables.
  let hasOrder: Bool
  /// Notes about the expression and its names.
  let notes: [Explanation]

  init(_ arguments: Arguments, _ terminal: Terminal, seed: Int) throws {
    let (expression, added) = try arguments.addingVariables(
      to: try Self.expression(arguments, terminal), orElse: Self.claimedName(arguments))
    let points = try CheckRequest.points(arguments, expression, terminal)
    let active = try arguments.variables(of: expression, at: points?[0])
    let names = (points?[0].names ?? []) + (active ?? [])
    ranges = try CheckRequest.ranges(arguments, expression, naming: names)
    try expression.checkNames(naming: names)
    var subject =
      if let points {
        try Subject(
          expression, naming: names, first: points[0].names, active: active, at: points[0])
      } else {
        try Subject(
          expression, naming: names, active: active, drawnFrom: ranges, seed: UInt64(seed))
      }
    try CheckRequest.check(subject, points)
    subject.chosenOrder = active?.compactMap(subject.variables.firstIndex)
    self.subject = subject
    outputs =
      expression.isList
      ? OutputNames(count: expression.outputCount, besides: subject.variables) : nil
    self.points = points.map { $0.map(subject.coordinates) }
    hasOrder = active != nil
    notes =
      expression.constantNotes(variables: subject.variables) + added
      + expression.nameNotes(naming: names)
  }

  /// The expression to judge. An equation is an error, whose remedy names the option for it.
  private static func expression(
    _ arguments: Arguments, _ terminal: Terminal
  ) throws -> Expression {
    do {
      return try arguments.judgedExpression(terminal)
    } catch {
      guard DependentQuestion.isEquation(arguments.operands.first?.text ?? "") else { throw error }
      throw Failure.option(
        "EXPRESSION is an equation, which defines a function implicitly",
        remedy: "--implicit says which, as in --implicit 'y(x)'")
    }
  }

  /// The variable that a claim is about, as far as its beginning says.
  private static func claimedName(_ arguments: Arguments) -> String {
    let claim = arguments.value(.gradient)?.text ?? ""
    let name = claim.prefix { $0 != ":" && $0 != "=" }.filter { $0 != " " }
    let isName = claim.count > name.count && name.first?.isLetter == true
    return isName && name.allSatisfy { $0.isLetter || $0.isNumber } ? String(name) : "x"
  }
}

extension Subject {
  /// The same with lists of derivatives in the alphabetical order of the variables.
  var inAlphabeticalOrder: Subject {
    var sorted = self
    sorted.chosenOrder = activeVariables.sorted { variables[$0] < variables[$1] }
    return sorted
  }
}
