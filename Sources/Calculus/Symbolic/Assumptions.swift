// What may be taken for granted of variables when formulas are simplified.

/// What a user says of a variable.
package enum Assumption: Sendable {
  case positive, nonnegative, whole
}

extension Graph {
  /// Lets formulas that are made of this graph's nodes rely on an assumption.
  package func assume(_ assumption: Assumption, of variable: Int) {
    assumptions[variable, default: []].insert(assumption)
  }

  /// The facts that assumptions give about a variable.
  func assumedFacts(of variable: Int) -> Facts {
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
    guard arguments.allSatisfy(\.isWhole) else { return false }
    switch operation {
    case .add, .subtract, .multiply, .negate, .abs, .max, .min: return true
    case .power: return exactNumber(xs[1]).map { !$0.isNegative } ?? false
    default: return false
    }
  }
}
