// What `check` is about: functions and those of their derivatives that are to be judged.
import Calculus
import Language
import Syntax

/// One derivative of one output.
package struct DerivativeKey: Hashable, Sendable {
  /// The position of the output in a list; 0 where the expression is no list.
  package let output: Int
  /// The variables it is taken in, one after the other; none for the output's own value.
  package let path: [Int]

  /// - Parameter path: the variables it is taken in, by their positions.
  package init(output: Int, path: [Int]) {
    self.output = output
    self.path = path
  }
}

/// An expression, or each output of a list, made ready for the engines, as tapes and as graphs.
/// Where a variable decides which branches a program takes, it is the program's path at one point.
package struct Subject {
  /// What the user wrote.
  package let expression: Expression
  /// The names of the variables, in the order of a point's numbers.
  package let variables: [String]
  /// For each variable, whether derivatives are taken in it.
  package let isActive: [Bool]
  /// One for each expression of a list, and one where there is no list.
  package let outputs: [Output]
  /// The order of derivatives in a list without names, where it is not that of the variables.
  package var chosenOrder: [Int]?
  /// The outputs for the paths of other points; nil if one path serves all points.
  private let ways: Ways?

  /// One expression of a list: its tape, and the graph that its formulas are derived in.
  package struct Output {
    /// Its tape and what a run of it needs.
    package let computation: Computation
    let graph: Graph
    let root: NodeIndex
  }

  /// - Parameters:
  ///   - names: names that are variables even where a constant has them.
  ///   - first: variables that come first, in this order.
  ///   - active: the variables that derivatives are taken in; all if nil.
  ///   - point: where the bounds of sums and the branches of programs are determined, if they
  ///     depend on variables.
  package init(
    _ expression: Expression, naming names: [String] = [], first: [String] = [],
    active: [String]? = nil, at point: Point? = nil
  ) throws(Problem) {
    let variables = try Function.variables(of: expression, naming: names, first: first)
    try self.init(
      expression, variables, isActive: variables.map { active?.contains($0) ?? true },
      at: point.map { point in variables.map { point.value(of: $0) ?? .nan } })
  }

  init(
    _ expression: Expression, _ variables: [String], isActive: [Bool], at point: [Double]?,
    limit: Int = .max
  ) throws(Problem) {
    let outputs = try Self.outputs(expression, variables, isActive, at: point, limit)
    let isBound = outputs.contains { $0.computation.isBoundToPoint }
    let ways = isBound ? Ways() : nil
    self.init(
      expression, variables, isActive,
      point.flatMap { ways?.add(outputs, at: $0) } ?? outputs, ways)
  }

  private init(
    _ expression: Expression, _ variables: [String], _ isActive: [Bool], _ outputs: [Output],
    _ ways: Ways?
  ) {
    self.expression = expression
    self.variables = variables
    self.isActive = isActive
    self.outputs = outputs
    self.ways = ways
  }

  private static func outputs(
    _ expression: Expression, _ variables: [String], _ isActive: [Bool], at point: [Double]?,
    _ limit: Int
  ) throws(Problem) -> [Output] {
    try Computation.outputsWithGraphs(
      of: expression, over: variables, at: point, isActive: isActive, limit: limit
    ).map { Output(computation: $0.computation, graph: $0.graph, root: $0.root) }
  }

  // MARK: Other points

  /// The same for the path that the program takes at another point; throws where it takes none.
  ///
  /// - Parameter limit: how many operations it may take, if not what the expression allows.
  package func moved(to point: [Double], limit: Int = .max) throws(Problem) -> Subject {
    guard let ways else { return self }
    let outputs: [Output]
    if let known = ways.outputs(at: point) {
      outputs = known
    } else {
      outputs = ways.add(
        try Self.outputs(expression, variables, isActive, at: point, limit), at: point)
    }
    return Subject(expression, variables, isActive, outputs, ways)
  }

  /// The same; nil where the program fails at the point.
  func at(_ point: [Double]) -> Subject? { try? moved(to: point) }

  /// Whether the program takes the same path at a point.
  func hasSameWay(at point: [Double]) -> Bool {
    guard isBoundToPoint else { return true }
    return at(point)?.outputs.signature == outputs.signature
  }

  /// How many operations it took to make the outputs.
  var operationCount: Int { outputs.last?.computation.operationCount ?? 0 }

  /// How many operations it may take at a point that was not given by the user.
  var drawnLimit: Int { 16 * operationCount + 10_000 }

  /// The variables of a list of derivatives, in its order.
  package var listOrder: [Int] { chosenOrder ?? activeVariables }

  /// The positions of the variables that derivatives are taken in, in rising order.
  package var activeVariables: [Int] { variables.indices.filter { isActive[$0] } }

  /// The variables on which the number of terms of a sum depends.
  package var countingVariables: Set<Int> {
    outputs.reduce(into: []) { $0.formUnion($1.computation.countingVariables) }
  }

  /// Whether the outputs' functions depend on the point.
  package var isBoundToPoint: Bool { ways != nil }

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

  /// Numbers in the order of `variables` as a point with their names.
  package func point(_ coordinates: [Double]) -> Point {
    Point(names: variables, values: coordinates)
  }
}
