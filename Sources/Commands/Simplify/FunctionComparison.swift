// Whether two functions are equal: by algebra, or else by their values at random points.
import Calculus
import Checking
import Language
import Syntax

/// Two functions side by side, over the variables of both.
struct FunctionComparison {
  enum Verdict {
    case byAlgebra
    /// Equal at all of so many points.
    case atPoints(Int)
    /// Two numbers that are equal to within rounding.
    case withinRounding
    /// A point with the two values there, nan where there is none.
    case different(at: Point, Double, Double)
    /// Too few points at which both have values that can be told apart from rounding errors.
    case undecided

    var isEqual: Bool {
      switch self {
      case .byAlgebra, .atPoints, .withinRounding: true
      case .different, .undecided: false
      }
    }

    var text: String {
      switch self {
      case .byAlgebra: "equal by algebra"
      case .atPoints(let count): "equal at \(count) points"
      case .withinRounding: "equal within rounding"
      case .different(let point, let x, let y):
        point.names.isEmpty
          ? "different: \(Self.text(x)) and \(Self.text(y))"
          : "different at \(Calculation.text(of: point)): \(Self.text(x)) and \(Self.text(y))"
      case .undecided: "undecided: too few points were found that show it"
      }
    }

    private static func text(_ value: Double) -> String {
      value.isNaN ? "no value" : shortest(value)
    }
  }

  let verdict: Verdict

  private static let pointCount = 100
  /// How many points must agree, and how many are tried to find them.
  private static let fewest = 10
  private static let attempts = 1000
  private static let seed: UInt64 = 1
  /// A difference counts only if it is there at neighbouring points too: at a pole or a zero of a
  /// denominator, it may be rounding.
  private static let neighbours = [1, 1 + 0x1p-8, 1 - 0x1p-8]

  /// Compares two functions under the assumptions of the first one's graph, which has the variables
  /// `first.variables(with: second)`.
  init(_ first: Function, _ second: Function) {
    let names = first.variables(with: second)
    let indices = second.variables.map { names.firstIndex(of: $0) ?? 0 }
    let other = Graph()
    let root = other.append([second.output], of: second.graph) { other.variable(indices[$0]) }[0]
    let whole = Formulas(graph: first.graph, roots: [first.output])
    let isActive = names.map { _ in false }
    let compared = Self.compare(
      Tape(first.graph, output: first.output, isActive: isActive),
      Tape(other, output: root, isActive: isActive), names, first.graph.allowed)
    if case .different = compared {
      verdict = compared
    } else if let difference = Self.differenceAtEdge(
      (first.graph, first.output), (other, root), names, first.graph.allowed)
    {
      verdict = difference
    } else {
      verdict = whole.isEqual(0, to: root, of: other) ? .byAlgebra : compared
    }
  }

  /// - Parameter allowed: maps a number to one near it that the assumptions about a variable allow.
  private static func compare(
    _ x: Tape, _ y: Tape, _ names: [String], _ allowed: (Double, Int) -> Double
  ) -> Verdict {
    var candidates = Candidates(names, ranges: [:], seed: seed)
    var agreeing = 0
    for attempt in 0..<(names.isEmpty ? 1 : attempts) where agreeing < pointCount {
      let candidate = candidates.next(attempt) { _ in false }
      let point = candidate.enumerated().map { allowed($1, $0) }
      let outcomes = neighbours.map { factor in
        outcome(x, y, at: point.enumerated().map { allowed($1 * factor, $0) })
      }
      if outcomes.allSatisfy({ $0 == .different }) {
        return .different(
          at: Point(names: names, values: point), x.scaledValue(at: point), y.scaledValue(at: point)
        )
      }
      if outcomes[0] == .equal { agreeing += 1 }
    }
    if names.isEmpty { return agreeing == 1 ? .withinRounding : .undecided }
    return agreeing < fewest ? .undecided : .atPoints(agreeing)
  }

  /// A difference at the edge of a condition such as `x <= 0`, which neither algebra nor random points
  /// see.
  private static func differenceAtEdge(
    _ x: (graph: Graph, root: NodeIndex), _ y: (graph: Graph, root: NodeIndex),
    _ names: [String], _ allowed: (Double, Int) -> Double
  ) -> Verdict? {
    let isActive = names.map { _ in false }
    let tapes = [x, y].map { Tape($0.graph, output: $0.root, isActive: isActive) }
    var candidates = Candidates(names, ranges: [:], seed: seed)
    let starts = (0..<3).map { attempt in candidates.next(attempt) { _ in false } }
    let points = [x, y].flatMap { formula in
      formula.graph.pointsAtEdges(
        under: formula.root, variableCount: names.count, near: starts)
    }
    let point = points.first { point in
      point.enumerated().allSatisfy { allowed($1, $0) == $1 }
        && outcome(tapes[0], tapes[1], at: point) == .different
    }
    return point.map { point in
      .different(
        at: Point(names: names, values: point), tapes[0].scaledValue(at: point),
        tapes[1].scaledValue(at: point))
    }
  }

  private enum Outcome { case equal, different, unknown }

  private static func outcome(_ x: Tape, _ y: Tape, at point: [Double]) -> Outcome {
    let (first, second) = (RunningError(x, at: point), RunningError(y, at: point))
    let steps = x.slotValues(at: point) + y.slotValues(at: point)
    if first.value.isNaN && second.value.isNaN || steps.contains(where: \.isInfinite) {
      return .unknown
    }
    if first.value.isNaN || second.value.isNaN { return .different }
    let bound = 4 * (first.error + second.error)
    // A difference that comes from overflow or underflow does not count.
    guard bound.isFinite, (x.scaledValue(at: point) - first.value).magnitude <= bound,
      (y.scaledValue(at: point) - second.value).magnitude <= bound
    else { return .unknown }
    let difference = (first.value - second.value).magnitude
    if difference > bound { return difference > 4 * bound ? .different : .unknown }
    let size = max(first.value.magnitude, second.value.magnitude)
    let scale = steps.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
    return bound <= max(1e-9 * size, 1e-12 * scale) ? .equal : .unknown
  }
}

extension Function {
  /// The variables of this function, then those that another has besides.
  func variables(with other: Function) -> [String] {
    variables + other.variables.filter { !variables.contains($0) }
  }
}
