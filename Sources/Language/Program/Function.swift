// An expression as a function of its names, without a point: what formulas are made from.
import Calculus
import Syntax

/// An expression, or one output of a list, as a graph over all the names that the text leaves open.
///
/// Where `Computation` needs a value for every name, a function takes names as they come: one that
/// is no constant is a variable.
package struct Function {
  package let expression: Expression
  /// The variables in the order of the text, which is that of the graph's indices.
  package let variables: [String]
  package let graph: Graph
  package let output: NodeIndex
  /// Variables that decide how many terms a sum has; a point gave the number.
  package let countingVariables: Set<Int>
  package let path: ExecutedPath
  /// Whether another point may need another function.
  package let isBoundToPoint: Bool

  /// Makes a function of an expression that is no list.
  package init(
    _ expression: Expression, naming names: [String] = [], first: [String] = [],
    at point: Point? = nil
  ) throws(Problem) {
    try expression.requireOneOutput()
    self = try Self.outputs(of: expression, naming: names, first: first, at: point)[0]
  }

  /// Makes a function of each output of an expression, all over the same variables.
  ///
  /// - Parameters:
  ///   - names: names that are variables even where a constant has them.
  ///   - first: variables that come first, in this order; the others follow in that of the text.
  ///   - point: what the bounds of sums are read off, if they depend on variables.
  package static func outputs(
    of expression: Expression, naming names: [String] = [], first: [String] = [],
    at point: Point? = nil
  ) throws(Problem) -> [Function] {
    let variables = try variables(of: expression, naming: names, first: first)
    let values = point.map { point in variables.map { point.value(of: $0) ?? .nan } }
    var elaborator = Elaborator(expression, variables: variables, point: values)
    return try elaborator.elaborateOutputs().map {
      Function(expression, $0, variables: variables)
    }
  }

  /// The names that are variables, in the order of the graph's indices.
  package static func variables(
    of expression: Expression, naming names: [String], first: [String]
  ) throws(Problem) -> [String] {
    try Elaborator.checkForms(expression)
    let named = Set(names)
    let free = expression.freeNames
      .filter { named.contains($0.name) || $0.isParameter || Catalogue.constant($0.name) == nil }
      .map(\.name)
    return first.filter(free.contains) + free.filter { !first.contains($0) }
  }

  private init(_ expression: Expression, _ elaboration: Elaboration, variables: [String]) {
    self.expression = expression
    self.variables = variables
    graph = elaboration.graph
    graph.orderVariables(named: variables)
    output = elaboration.output
    countingVariables = elaboration.countingVariables
    path = elaboration.path
    isBoundToPoint = elaboration.isBoundToPoint
  }

  /// The names that an expression has, or could have, as variables: those that `--wrt` may name.
  package static func names(of expression: Expression) throws(Problem) -> [String] {
    try Elaborator.checkForms(expression)
    return expression.freeNames.map(\.name)
  }
}
