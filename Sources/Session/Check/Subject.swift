// What `check` is about: functions and those of their derivatives that are to be judged.

import Calculus
import Syntax

/// One derivative of one output.
package struct DerivativeKey: Hashable, Sendable {
  package let output: Int
  /// The variables it is taken in, one after the other; none for the output's own value.
  package let path: [Int]

  package init(output: Int, path: [Int]) {
    self.output = output
    self.path = path
  }
}

/// An expression, or each output of a list, made ready for the engines, with and without formulas.
package struct Subject {
  package let expression: Expression
  package let variables: [String]
  package let isActive: [Bool]
  package let outputs: [Output]

  package struct Output {
    package let computation: Computation
    let graph: Graph
    let root: NodeIndex
  }

  /// - Parameters:
  ///   - names: names that are variables even where a constant has them.
  ///   - first: variables that come first, in this order.
  ///   - active: the variables that derivatives are taken in; all if nil.
  ///   - point: what the bounds of sums are read off, if they depend on variables.
  package init(
    _ expression: Expression, naming names: [String] = [], first: [String] = [],
    active: [String]? = nil, at point: Point? = nil
  ) throws(Problem) {
    let variables = try Function.variables(of: expression, naming: names, first: first)
    self.expression = expression
    self.variables = variables
    isActive = variables.map { active?.contains($0) ?? true }
    outputs = try Computation.outputsWithGraphs(
      of: expression, over: variables,
      at: point.map { point in
        variables.map { point.value(of: $0) ?? .nan }
      }, isActive: isActive
    ).map { Output(computation: $0.computation, graph: $0.graph, root: $0.root) }
  }

  package var activeVariables: [Int] { variables.indices.filter { isActive[$0] } }

  /// The variables that decide how many terms a sum has.
  package var countingVariables: Set<Int> {
    outputs.reduce(into: []) { $0.formUnion($1.computation.countingVariables) }
  }

  /// Whether another point may need other functions.
  package var isBoundToPoint: Bool { outputs.contains { $0.computation.isBoundToPoint } }

  /// The first derivatives of every output, in the order of a Jacobian.
  package var gradientKeys: [DerivativeKey] {
    outputs.indices.flatMap { output in
      activeVariables.map { DerivativeKey(output: output, path: [$0]) }
    }
  }

  /// Derivatives of one output as formulas.
  func formulas(
    of output: Int, along paths: [[Int]], form: FormulaForm = .simplified
  ) -> Formulas? {
    let output = outputs[output]
    return try? output.graph.derivatives(of: [output.root], along: paths, form: form)
  }

  /// The coordinates of a point in the order of the variables.
  package func coordinates(of point: Point) -> [Double] {
    variables.map { point.value(of: $0) ?? .nan }
  }

  package func point(_ coordinates: [Double]) -> Point {
    Point(names: variables, values: coordinates)
  }
}
