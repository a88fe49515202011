// What `eval` and `trace` are both asked: an expression, points, and what to differentiate in.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

/// An expression at points, with the directions of its derivatives.
struct Calculation {
  let expression: Expression
  /// The weights of a list's outputs, whose weighted sum the expression then is.
  let weights: Point?
  let points: [Point]
  /// The variables to differentiate in; nil for all.
  var active: [String]?
  /// The direction to differentiate along; nil for the gradient.
  let direction: Point?
  /// Whether derivatives in all variables are needed although a direction is given.
  private let needsAll: Bool
  let format: OutputFormat
  let numbers: NumberFormat
  let color: ColorOption
  /// Notes about the request itself.
  let notes: [Explanation]

  /// - Parameters:
  ///   - takesIntermediates: whether `--wrt` may name what definitions give values to.
  ///   - points: the points of the expression, where `--at` does not give them.
  init(
    _ arguments: Arguments, _ terminal: Terminal, takesIntermediates: Bool = false,
    points: ((Expression) throws -> [Point])? = nil
  ) throws {
    format = arguments.choice(.format, default: .text)
    color = arguments.choice(.color, default: .auto)
    numbers = arguments.numberFormat
    let expression = try arguments.expression(terminal)
    if let points {
      self.points = try points(expression)
    } else {
      let sources = try arguments.pointTexts(terminal)
      self.points = try Self.points(sources, expression)
    }
    let points = self.points
    notes = expression.constantNotes(variables: points[0].names)
    let known = points[0].names
    active = try arguments.variables(
      of: expression, at: points[0], takesIntermediates: takesIntermediates)
    direction = try Self.direction(arguments, known)
    needsAll = direction != nil && arguments.has(.hessian)
    (self.expression, weights) = try Self.weighted(expression, arguments, known)
    if active != nil, direction != nil {
      throw Failure.option(
        "--wrt and --direction exclude each other", remedy: "a direction names its variables")
    }
  }

  /// The points of all `--at`, or the one empty point of an expression without variables.
  static func points(
    _ sources: [SourceText], _ expression: Expression
  ) throws(Problem) -> [Point] {
    try grids(sources, expression, limit: PointReader.tableLimit)
      .flatMap { grid in (0..<grid.count).map(grid.point) }
  }

  /// The same as the grids that they make, all over the variables of the first.
  ///
  /// - Parameter limit: how many points there may be in all.
  static func grids(
    _ sources: [SourceText], _ expression: Expression, limit: Int
  ) throws(Problem) -> [PointGrid] {
    if sources.isEmpty {
      _ = try Computation.check(Point(names: [], values: []), from: nil, for: expression)
      return [.withoutVariables]
    }
    let definitions = expression.definitions
    let grids = try sources.map { source throws(Problem) in
      do throws(Problem) {
        return try PointReader.grid(source, after: definitions, limit: limit)
      } catch {
        throw error.advisedAboutPoint(expression.variableNames)
      }
    }
    var count = 0
    for (source, grid) in zip(sources, grids) {
      count += grid.count
      if count > limit { throw Problem(.tooManyPoints(limit: limit), in: source, at: nil) }
    }
    let points = grids.map { $0.point(at: 0) }
    for (source, point) in zip(sources, points) {
      try checkNames(point, of: source, against: points[0])
    }
    for (source, point) in zip(sources, points) {
      _ = try Computation.check(point, from: source, for: expression)
    }
    return grids.map { $0.over(points[0].names) }
  }

  /// Throws where an `--at` names other variables than the first one.
  private static func checkNames(
    _ point: Point, of source: SourceText, against first: Point
  ) throws(Problem) {
    let differing = Set(first.names).symmetricDifference(point.names)
    guard let other = (first.names + point.names).first(where: differing.contains) else { return }
    let everything = SourceRange(start: 0, end: source.bytes.count)
    throw Problem(.differentNames(name: other), in: source, at: everything)
  }

  /// The sum that `--weights` makes of a list; otherwise the expression as it is.
  private static func weighted(
    _ expression: Expression, _ arguments: Arguments, _ known: [String]
  ) throws -> (Expression, Point?) {
    guard let word = arguments.value(.weights) else { return (expression, nil) }
    guard expression.isList else {
      throw Failure.option("--weights needs a list of outputs", remedy: "write '[f, g]'")
    }
    let names = OutputNames(count: expression.outputCount, besides: known)
    let source = SourceText(word.text, name: "--weights")
    let weights = try PointReader.weights(source)
    if let name = weights.names.first(where: { !names.all.contains($0) }) {
      throw Failure.option(
        "no output is called '\(echo(name))'",
        remedy: "they are \(names.all.prefix(20).joined(separator: ", "))")
    }
    let values = names.all.map { weights.value(of: $0) ?? 0 }
    let sum = try expression.weightedSum(values)
    return (sum, weights)
  }

  private static func direction(
    _ arguments: Arguments, _ known: [String]
  ) throws -> Point? {
    guard let word = arguments.value(.direction) else { return nil }
    let source = SourceText(word.text, name: "--direction")
    let direction = try PointReader.direction(source)
    try PointReader.checkKnown(direction, among: known, in: source)
    return direction
  }

  /// The computation of each output at each point. It is made anew only where the number of a sum's
  /// terms, or the path of a recursion, depends on the point.
  ///
  /// - Parameters:
  ///   - keepsAll: whether variables that no derivative is asked in stay variables, as a trace in
  ///     general form shows them.
  ///   - keepsGraphs: whether the computations' `formulas` are wanted.
  ///   - loopsSums: whether numbers alone are wanted, so that a long sum may be one operation.
  func forEachPoint(
    keepsAll: Bool = false, keepsNames: Bool = false, keepsGraphs: Bool = false,
    folding: Set<String> = [], loopsSums: Bool = false,
    _ body: ([Computation], Point) throws -> Void
  ) throws {
    let wanted = keepsAll ? nil : wanted
    var computations: [Computation] = []
    for point in points {
      if computations.isEmpty || computations.contains(where: \.isBoundToPoint) {
        computations = try Computation.outputs(
          of: expression, at: point, withRespectTo: wanted, keepsNames: keepsNames,
          keepsGraphs: keepsGraphs, folding: folding,
          // What is to be reported of the terms has been looked for at one point only.
          loopsSums: loopsSums && points.count == 1)
      }
      try body(computations, point)
    }
  }

  /// The variables that computations are made to differentiate in; nil for all.
  var wanted: [String]? { needsAll ? nil : active ?? direction?.movingNames }

  /// What the outputs of a list are called; nil for an expression that is none.
  var outputNames: [String]? {
    guard expression.isList else { return nil }
    return OutputNames(count: expression.outputCount, besides: points[0].names).all
  }

  /// - Parameter output: the name of the output in a list.
  func directions(of computation: Computation, output: String? = nil) -> Directions {
    let names = derivativeNames(of: computation, output: output)
    if let direction {
      return Directions(names, .along(computation.variables.map { direction.value(of: $0) ?? 0 }))
    }
    return Directions(
      names, .axes(activeVariables(of: computation), of: computation.variables.count))
  }

  /// Throws where an output cannot be run by the complex step along some direction.
  func checkComplexStep(_ computations: [Computation]) throws {
    for computation in computations {
      for (_, seeds) in directions(of: computation) {
        try computation.checkComplexStep(along: seeds)
      }
    }
  }

  /// What messages call the derivatives of an output, which has a name in a list only.
  func derivativeNames(of computation: Computation, output: String? = nil) -> [String] {
    if let direction {
      let function = output.map { " of \($0)" } ?? ""
      return ["the derivative\(function) along \(Self.text(of: direction))"]
    }
    return activeVariables(of: computation).map {
      "d\(output ?? "")/d\(computation.variables[$0])"
    }
  }

  func activeVariables(of computation: Computation) -> [Int] {
    let active = active.map { Set($0) }
    return computation.variables.indices.filter {
      active?.contains(computation.variables[$0]) ?? computation.tape.isActive[$0]
    }
  }

  /// `x1 = 2, x2 = 5`
  static func text(of point: Point) -> String {
    zip(point.names, point.values).map { "\($0) = \(shortest($1))" }.joined(separator: ", ")
  }
}

extension Point {
  /// The names that a direction moves.
  var movingNames: [String] { zip(names, values).filter { $0.1 != 0 }.map(\.0) }
}
