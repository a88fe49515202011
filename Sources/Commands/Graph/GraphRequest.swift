// What `graph` is asked: a function, which of its graphs, and the point whose numbers are on it.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

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
    kind = try Self.kind(arguments)
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
    calculation = try Self.calculation(arguments, terminal)
    let point = calculation?.points.first
    let expression = try calculation?.expression ?? arguments.expression(terminal)
    let chosen = try arguments.variables(of: expression, at: point)
    let names = (point?.names ?? []) + (chosen ?? [])
    try expression.checkNames(naming: names)
    let function = try Function(
      expression, naming: names, first: point?.names ?? [], at: point)
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
      + expression.nameNotes(naming: names)
  }

  private static func kind(_ arguments: Arguments) throws -> Kind {
    if arguments.has(.derivative), arguments.has(.gradient) {
      throw Failure.option("--derivative and --gradient exclude each other", remedy: nil)
    }
    return arguments.has(.derivative)
      ? .derivative : arguments.has(.gradient) ? .gradient : .function
  }

  /// The point as an `eval` request; nil without `--at`, an error for several points.
  private static func calculation(
    _ arguments: Arguments, _ terminal: Terminal
  ) throws -> Calculation? {
    guard arguments.has(.at) else { return nil }
    let calculation = try Calculation(arguments, terminal)
    guard calculation.points.count <= 1 else {
      throw Failure.option(
        "a graph has the numbers of one point, and --at gives \(calculation.points.count)",
        remedy: "'autodiff eval' makes a table of many")
    }
    return calculation
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
