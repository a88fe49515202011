// An expression as a function of its names, without a point: what formulas are made from.
import Calculus
import Syntax

/// An expression, or one output of a list, as a graph over all the names that the text leaves open.
///
/// Where `Computation` needs a value for every name, a function takes names as they come: one that
/// is no constant is a variable.
package struct Function {
  /// What it was made from.
  package let expression: Expression
  /// The variables in the order of the text, which is that of the graph's indices.
  package let variables: [String]
  private let elaboration: Elaboration
  /// Its position among the outputs.
  private let index: Int

  /// The graph over `variables`.
  package var graph: Graph { elaboration.graph }
  /// The root of the function in `graph`.
  package var output: NodeIndex { elaboration.output }
  /// Variables on whose values at the point the number of terms of a sum depends.
  package var countingVariables: Set<Int> { elaboration.countingVariables }
  /// The branches that were taken at the point, where one was given.
  package var path: ExecutedPath { elaboration.path }
  /// Whether another point may need another function.
  package var isBoundToPoint: Bool { elaboration.isBoundToPoint }

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
    return try elaborator.elaborateOutputs().enumerated().map {
      Function(expression: expression, variables: variables, elaboration: $1, index: $0)
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

  private init(
    expression: Expression, variables: [String], elaboration: Elaboration, index: Int
  ) {
    self.expression = expression
    self.variables = variables
    elaboration.graph.orderVariables(named: variables)
    self.elaboration = elaboration
    self.index = index
  }

  /// The function made ready to run at the point that it was made for, without elaborating it
  /// again.
  ///
  /// - Parameter active: for each variable, whether derivatives are taken in it; in all if nil.
  package func computation(isActive active: [Bool]? = nil) -> Computation {
    Computation(
      expression, elaboration, index: index, variables: variables,
      isActive: active ?? variables.map { _ in true })
  }

  /// The names that an expression has, or could have, as variables: these may be in `--wrt`.
  package static func names(of expression: Expression) throws(Problem) -> [String] {
    try Elaborator.checkForms(expression)
    return expression.freeNames.map(\.name)
  }
}
