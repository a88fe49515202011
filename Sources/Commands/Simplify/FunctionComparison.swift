// Whether two functions are equal: by algebra, or else by their values at random points.
import Calculus
import Language
import Syntax

/// Two functions side by side, over the variables of both.
struct FunctionComparison {
  enum Verdict {
    case byAlgebra
    /// Equal at all of so many points.
    case atPoints(Int)
    /// A point with the two values there, nan where there is none.
    case different(at: Point, Double, Double)
    /// No point at which both have a value that could be told apart from rounding.
    case undecided

    var isEqual: Bool {
      switch self {
      case .byAlgebra, .atPoints: true
      case .different, .undecided: false
      }
    }

    var text: String {
      switch self {
      case .byAlgebra: "equal by algebra"
      case .atPoints(let count): "equal at \(count) point\(count == 1 ? "" : "s")"
      case .different(let point, let x, let y):
        point.names.isEmpty
          ? "different: \(Self.text(x)) and \(Self.text(y))"
          : "different at \(Calculation.text(of: point)): \(Self.text(x)) and \(Self.text(y))"
      case .undecided: "undecided: no point was found that shows it"
      }
    }

    private static func text(_ value: Double) -> String {
      value.isNaN ? "no value" : shortest(value)
    }
  }

  let verdict: Verdict

  private static let pointCount = 100
  private static let seed: UInt64 = 1
  /// A difference counts only if it is there at neighbours too: at a pole or a zero of a denominator
  /// rounding decides.
  private static let neighbours = [1, 1 + 0x1p-8, 1 - 0x1p-8]

  init(_ first: Function, _ second: Function) {
    let names = first.variables + second.variables.filter { !first.variables.contains($0) }
    let indices = second.variables.map { names.firstIndex(of: $0) ?? 0 }
    let other = Graph()
    let root = other.append([second.output], of: second.graph) { other.variable(indices[$0]) }[0]
    let whole = Formulas(graph: first.graph, roots: [first.output])
    if whole.isEqual(0, to: root, of: other) {
      verdict = .byAlgebra
      return
    }
    let isActive = names.map { _ in false }
    verdict = Self.compare(
      Tape(first.graph, output: first.output, isActive: isActive),
      Tape(other, output: root, isActive: isActive), names)
  }

  private static func compare(_ x: Tape, _ y: Tape, _ names: [String]) -> Verdict {
    var random = SplitMix64(state: seed)
    var agreeing = 0
    for attempt in 0..<(names.isEmpty ? 1 : pointCount) {
      let range = attempt.isMultiple(of: 2) ? 0.1...4.0 : -4.0...4.0
      // Three digits after the point, which people can type.
      let point = names.map { _ in (random.value(in: range) * 1000).rounded() / 1000 }
      let outcomes = neighbours.map { factor in outcome(x, y, at: point.map { $0 * factor }) }
      if outcomes.allSatisfy({ $0 == .different }) {
        return .different(
          at: Point(names: names, values: point), x.scaledValue(at: point), y.scaledValue(at: point)
        )
      }
      if outcomes[0] == .equal { agreeing += 1 }
    }
    return agreeing == 0 ? .undecided : .atPoints(agreeing)
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
    // A double's range must not have decided, as where a step comes out as 0.
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
