// What may be taken for granted of variables when formulas are simplified.

/// What a user says of a variable.
package enum Assumption: Sendable {
  case positive, nonnegative, whole
}

extension Graph {
  /// Lets formulas that are made of this graph's nodes rely on an assumption.
  package final func assume(_ assumption: Assumption, of variable: Int) {
    assumptions[variable, default: []].insert(assumption)
  }

  /// A number as it is, if the assumptions about a variable allow it, or else one close by that they do.
  package final func allowed(_ value: Double, for variable: Int) -> Double {
    guard let assumed = assumptions[variable] else { return value }
    let whole = assumed.contains(.whole) ? value.rounded() : value
    let size = assumed == [.whole] ? whole : whole.magnitude
    return size == 0 && assumed.contains(.positive) ? 1 : size
  }

  /// The facts that assumptions give about a variable.
  final func assumedFacts(of variable: Int) -> Facts {
    let assumed = assumptions[variable] ?? []
    var facts = Facts()
    facts.isPositive = assumed.contains(.positive)
    facts.isNonnegative = facts.isPositive || assumed.contains(.nonnegative)
    facts.isWhole = assumed.contains(.whole)
    return facts
  }
}

extension NormalGraph {
  /// Whether an operation on these is a whole number.
  func isWhole(_ operation: Operation, _ xs: [NodeIndex], _ arguments: [Facts]) -> Bool {
    let areWhole = arguments.allSatisfy(\.isWhole)
    return switch operation {
    case .floor, .ceil, .round, .trunc, .sign, .step: true
    case .add, .subtract, .multiply, .negate, .abs, .max, .min: areWhole
    case .power: areWhole && exactNumber(xs[1]).map { !$0.isNegative } ?? false
    default: false
    }
  }
}
