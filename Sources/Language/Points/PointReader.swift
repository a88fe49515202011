// Points, directions and choices of variables, as `--at`, `--direction` and `--wrt` give them.
import Text
import Calculus
import Syntax

/// Reads the texts of `--at`, `--direction`, `--weights` and `--wrt`; errors have positions in
/// them.
package enum PointReader {
  /// How many points a table may have.
  package static let tableLimit = 1_000_000
  /// How many points there may be where none of them is kept.
  package static let streamLimit = 1_000_000_000_000_000

  /// The points that one `--at` gives: one, or the grid of its ranges, the last one varying
  /// fastest.
  ///
  /// - Parameter definitions: what the values may use.
  package static func points(
    _ source: SourceText, after definitions: Definitions = Definitions()
  ) throws(Problem) -> [Point] {
    let grid = try grid(source, after: definitions, limit: tableLimit)
    return (0..<grid.count).map(grid.point)
  }

  /// The same as a grid, of which no point is made.
  ///
  /// - Parameter limit: how many there may be.
  package static func grid(
    _ source: SourceText, after definitions: Definitions = Definitions(), limit: Int
  ) throws(Problem) -> PointGrid {
    let bindings = try parsing(source) { source throws(SyntaxError) in
      try parseBindings(source, allowRanges: true)
    }
    try checkRepeats(bindings.map { ($0.name, $0.nameRange) }, in: source)
    var axes: [Axis] = []
    for binding in bindings {
      axes.append(try axis(of: binding, in: source, definitions, limit: limit))
    }
    guard let grid = PointGrid(names: bindings.map(\.name), axes: axes, limit: limit) else {
      throw Problem(.tooManyPoints(limit: limit), in: source, at: nil)
    }
    return grid
  }

  /// A direction, `x1=1,x2=2`.
  package static func direction(_ source: SourceText) throws(Problem) -> Point {
    try vector(source, orElse: .zeroDirection) { .infiniteDirection($0) }
  }

  /// The weights of outputs, `f1=1,f2=-2`.
  package static func weights(_ source: SourceText) throws(Problem) -> Point {
    try vector(source, orElse: .zeroWeights) { .infiniteWeight($0) }
  }

  /// Finite numbers, not all of them 0.
  private static func vector(
    _ source: SourceText, orElse zero: Problem.Kind, _ infinite: (String) -> Problem.Kind
  ) throws(Problem) -> Point {
    let bindings = try parsing(source) { source throws(SyntaxError) in try parseBindings(source) }
    try checkRepeats(bindings.map { ($0.name, $0.nameRange) }, in: source)
    var direction = Point(names: [], values: [])
    for binding in bindings {
      direction.names.append(binding.name)
      direction.values.append(try axis(of: binding, in: source, limit: 1)[0])
    }
    for (binding, value) in zip(bindings, direction.values) where !value.isFinite {
      throw Problem(infinite(binding.name), in: source, at: binding.nameRange)
    }
    guard direction.values.contains(where: { $0 != 0 }) else {
      throw Problem(
        zero, in: source, at: SourceRange(start: 0, end: source.bytes.count))
    }
    return direction
  }

  /// Intervals, `x=0:10,y=1:2`, for names among `known`.
  package static func intervals(
    _ source: SourceText, among known: [String]
  ) throws(Problem) -> [String: ClosedRange<Double>] {
    let intervals = try parsing(source, parseIntervals)
    try checkRepeats(intervals.map { ($0.name, $0.range) }, in: source)
    try checkKnown(intervals.map { ($0.name, $0.range) }, among: known, in: source)
    var ranges: [String: ClosedRange<Double>] = [:]
    for interval in intervals {
      let low = try value(of: interval.low, for: interval.name, in: source)
      let high = try value(of: interval.high, for: interval.name, in: source)
      guard low < high, (high - low).isFinite else {
        throw Problem(.rangeInverted(interval.name), in: source, at: interval.range)
      }
      ranges[interval.name] = low...high
    }
    return ranges
  }

  /// A list of variables, `x1,x2`, each of which must be among `known`.
  package static func names(
    _ source: SourceText, among known: [String], allowRepeats: Bool = false
  ) throws(Problem) -> [String] {
    let names = try parsing(source, parseNames)
    if !allowRepeats { try checkRepeats(names.map { ($0.name, $0.range) }, in: source) }
    try checkKnown(names.map { ($0.name, $0.range) }, among: known, in: source)
    return names.map(\.name)
  }

  /// A number given as an expression of numbers and constants.
  package static func number(_ source: SourceText, for name: String) throws(Problem) -> Double {
    try value(of: try parsing(source, parseExpression), for: name, in: source)
  }

  /// That each name of a point or a direction is among `known`.
  package static func checkKnown(
    _ point: Point, among known: [String], in source: SourceText
  ) throws(Problem) {
    guard !Set(known).isSuperset(of: point.names) else { return }
    let bindings = try parsing(source) { source throws(SyntaxError) in
      try parseBindings(source, allowRanges: true)
    }
    try checkKnown(bindings.map { ($0.name, $0.nameRange) }, among: known, in: source)
  }

  /// Where a point names a variable.
  static func place(of name: String, in source: SourceText) -> SourceRange? {
    let bindings = try? parseBindings(source, allowRanges: true)
    return bindings?.first { $0.name == name }?.nameRange
  }

  private static func checkKnown(
    _ names: [(String, SourceRange)], among known: [String], in source: SourceText
  ) throws(Problem) {
    let isKnown = Set(known)
    for (name, range) in names where !isKnown.contains(name) {
      let suggestion = editDistanceSuggestion(for: name, among: known)
      throw Problem(.notInExpression(name, suggestion: suggestion), in: source, at: range)
    }
  }

  private static func checkRepeats(
    _ names: [(String, SourceRange)], in source: SourceText
  ) throws(Problem) {
    // A few names are compared faster than hashed.
    if names.count <= 16 {
      for position in names.indices {
        let (name, range) = names[position]
        if names[..<position].contains(where: { $0.0 == name }) {
          throw Problem(.givenTwice(name), in: source, at: range)
        }
      }
      return
    }
    var seen: Set<String> = []
    for (name, range) in names where !seen.insert(name).inserted {
      throw Problem(.givenTwice(name), in: source, at: range)
    }
  }

  private static func axis(
    of binding: Binding, in source: SourceText, _ definitions: Definitions = Definitions(),
    limit: Int
  ) throws(Problem) -> Axis {
    switch binding.value {
    case .value(let tree):
      return Axis(try value(of: tree, for: binding.name, in: source, definitions))
    case .range(let start, let stop, let step):
      let start = try value(of: start, for: binding.name, in: source, definitions)
      let stop = try value(of: stop, for: binding.name, in: source, definitions)
      let step = try value(of: step, for: binding.name, in: source, definitions)
      var isTooLong = false
      if let axis = Axis(from: start, to: stop, by: step, limit: limit, &isTooLong) { return axis }
      throw Problem(
        isTooLong
          ? .rangeTooLong(name: binding.name, limit: limit) : .emptyRange(name: binding.name),
        in: source, at: binding.nameRange)
    }
  }

  /// The value of an expression of numbers, constants and what is defined.
  private static func value(
    of tree: SyntaxTree, for name: String, in source: SourceText,
    _ definitions: Definitions = Definitions()
  ) throws(Problem) -> Double {
    if let number = tree.number { return number }
    var expression = Expression(tree, of: source)
    if !definitions.isEmpty {
      expression = try Expression(source.piece(expression.range), after: definitions)
    }
    var elaborator = Elaborator(expression, variables: [], point: nil)
    let elaboration: Elaboration
    do {
      elaboration = try elaborator.elaborate()
    } catch {
      guard case .unknownName(let unknown, nil) = error.kind else { throw error }
      throw Problem(.variableInValue(name: unknown, of: name), in: error.source, at: error.range)
    }
    if case .constant(let value) = elaboration.graph[elaboration.output] { return value }
    let tape = Tape(elaboration.graph, output: elaboration.output, isActive: [])
    let value = tape.value(at: [])
    guard !value.isNaN else {
      throw Problem(.valueUndefined(name: name), in: expression.source, at: expression.range)
    }
    return value
  }
}
