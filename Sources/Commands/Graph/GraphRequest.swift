// What `graph` is asked: a function, which of its graphs, and the point whose numbers are on it.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

/// The forms of a graph.
enum GraphFormat: String, CaseIterable {
  case text, dot, mermaid, svg, html, json
}

struct GraphRequest {
  /// Which graph is drawn.
  enum Kind: String {
    case function
    /// The formulas of the derivatives.
    case derivative
    /// The function with the nodes of its gradient.
    case gradient
  }

  let kind: Kind
  let function: Function
  /// The function ready to run.
  let computation: Computation
  /// The variables to differentiate in, as they were given.
  let active: [Int]
  let format: GraphFormat
  let numbers: NumberFormat
  let color: ColorOption
  /// The point as an `eval` request; nil where no point is given.
  let calculation: Calculation?
  let notes: [Explanation]

  var point: Point? { calculation?.points.first }

  init(_ arguments: Arguments, _ terminal: Terminal) throws {
    if arguments.has(.derivative), arguments.has(.gradient) {
      throw Failure.option("--derivative and --gradient exclude each other", remedy: nil)
    }
    kind =
      arguments.has(.derivative) ? .derivative : arguments.has(.gradient) ? .gradient : .function
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
    calculation = arguments.has(.at) ? try Calculation(arguments, terminal) : nil
    let points = calculation?.points ?? []
    guard points.count <= 1 else {
      throw Failure.option(
        "a graph has the numbers of one point, and --at gives \(points.count)",
        remedy: "'autodiff eval' makes a table of many")
    }
    let expression: Expression
    if let calculation {
      expression = calculation.expression
    } else {
      expression = try arguments.expression(terminal)
    }
    let chosen = try arguments.variables(of: expression, at: points.first)
    let names = points.first?.names ?? []
    try expression.checkNames(naming: names + (chosen ?? []))
    let function = try Function(
      expression, naming: names + (chosen ?? []), first: names, at: points.first)
    self.function = function
    let active =
      chosen?.compactMap { function.variables.firstIndex(of: $0) }
      ?? Array(function.variables.indices)
    self.active = active
    computation = function.computation(
      isActive: function.variables.indices.map(active.contains))
    guard kind == .function || !active.isEmpty else {
      throw Failure.option(
        "the expression has no variable to differentiate in",
        remedy: "'autodiff graph' alone draws the expression")
    }
    notes =
      expression.constantNotes(variables: function.variables)
      + expression.nameNotes(naming: (points.first?.names ?? []) + (chosen ?? []))
  }

  /// The value and the gradient as `eval` finds them, with explanations.
  func evaluation() -> Evaluation? {
    guard let calculation else { return nil }
    let evaluator = Evaluator(
      calculation: calculation, modes: [.reverse], formula: .central, step: nil,
      wantsHessian: false)
    return evaluator.evaluate([computation], at: calculation.points[0])
  }
}
