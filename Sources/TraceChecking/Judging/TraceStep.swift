// The computation that a trace table describes: its own steps, whatever they are called.
import Calculus
import Checking
import Language
import Syntax

/// A quantity as a function of others.
struct StepFunction {
  /// The steps that it is a function of, in the order of the tape's variables.
  let arguments: [Int]
  let formula: Formulas
  let tape: Tape

  /// A way from an argument to the step; an operation that takes an argument twice has two.
  struct Edge {
    let argument: Int
    let partial: Double
  }

  init(_ arguments: [Int], _ formula: Formulas) {
    self.arguments = arguments
    self.formula = formula
    tape = Tape(formula.graph, output: formula.roots[0], isActive: arguments.map { _ in true })
  }

  /// The function that is its only argument.
  init(identityOf step: Int) {
    let graph = Graph()
    self.init([step], Formulas(graph: graph, roots: [graph.variable(0)]))
  }

  init(constant value: Double) {
    let graph = Graph()
    self.init([], Formulas(graph: graph, roots: [graph.constant(value)]))
  }

  /// Whether it is another quantity under a new name.
  var isIdentity: Bool { tape.instructionCount == 0 && tape.output < tape.variableCount }

  func value(_ values: [Double]) -> Double { tape.value(at: arguments.map { values[$0] }) }

  /// The edges at the values of all steps: one for each place of an operation, or one for each
  /// argument of a formula of several.
  func edges(_ values: [Double]) -> [Edge] { edges(at: arguments.map { values[$0] }) }

  /// The edges at the values of the arguments.
  ///
  /// - Parameter result: the function's own value where that was rounded, since rules use it: exp' = exp.
  func edges(at values: [Double], result: Double? = nil) -> [Edge] {
    if isIdentity { return [Edge(argument: arguments[tape.output], partial: 1)] }
    guard tape.instructionCount > 0 else { return [] }
    guard tape.instructionCount == 1 else {
      let partials = tape.reverseGradient(at: values).partials
      return zip(arguments, partials).map { Edge(argument: $0, partial: $1) }
    }
    var slotValues = tape.slotValues(at: values)
    if let result { slotValues[tape.output] = result }
    let partials = tape.localPartials(of: tape.output, values: slotValues)
    return zip(tape.operands(of: tape.output), partials)
      .filter { $0.0 < tape.variableCount }
      .map { Edge(argument: arguments[$0], partial: $1) }
  }
}

/// One quantity of the computation.
struct TraceStep {
  let base: String
  /// The row that defines it; nil for a variable, and for a step that the table leaves out.
  let row: Int?
  /// nil for a variable.
  var function: StepFunction?
}

/// A product in which 0 wins: nothing flows through it.
func flow(_ partial: Double, _ derivative: Double) -> Double {
  partial == 0 || derivative == 0 ? 0 : partial * derivative
}

/// The values and derivatives of all steps at one point.
struct StepRun {
  let values: [Double]
  let edges: [[StepFunction.Edge]]

  /// - Parameter order: arguments before their users; the variables are the first steps.
  init(_ steps: [TraceStep], _ order: [Int], at point: [Double]) {
    var values = point + Array(repeating: Double.nan, count: steps.count - point.count)
    var edges = Array(repeating: [StepFunction.Edge](), count: steps.count)
    for step in order {
      guard let function = steps[step].function else { continue }
      values[step] = function.value(values)
      edges[step] = function.edges(values)
    }
    self.values = values
    self.edges = edges
  }

  /// The tangent of every step, from a seed for each variable.
  func tangents(_ order: [Int], seeds: [Double]) -> [Double] {
    var tangents = seeds + Array(repeating: 0, count: values.count - seeds.count)
    for step in order where step >= seeds.count {
      tangents[step] = edges[step].reduce(0) { $0 + flow($1.partial, tangents[$1.argument]) }
    }
    return tangents
  }

  /// The adjoint of every step.
  func adjoints(_ order: [Int], of output: Int) -> [Double] {
    var adjoints = Array(repeating: 0.0, count: values.count)
    adjoints[output] = 1
    for step in order.reversed() {
      for edge in edges[step] { adjoints[edge.argument] += flow(edge.partial, adjoints[step]) }
    }
    return adjoints
  }
}
