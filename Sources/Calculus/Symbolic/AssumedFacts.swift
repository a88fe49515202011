// What assumptions say of variables, and of the whole numbers that are made of them.

extension Graph {
  /// The facts that assumptions give about a variable.
  final func assumedFacts(of variable: Int) -> Facts {
    let assumed = assumptions[variable] ?? []
    var facts = Facts()
    facts.isPositive = assumed.contains(.positive)
    facts.isNonnegative = facts.isPositive || assumed.contains(.nonnegative)
    facts.isWhole = assumed.contains(.integer)
    return facts
  }
}

extension NormalGraph {
  /// Whether an operation on these is a whole number.
  func isWhole(_ operation: Operation, _ xs: [NodeIndex], _ arguments: [Facts]) -> Bool {
    let areWhole = arguments.allSatisfy(\.isWhole)
    return switch operation {
    case .add, .subtract, .multiply, .max, .min: areWhole
    case .power: areWhole && exactNumber(xs[1]).map { !$0.isNegative } ?? false
    default: operation.facts.isWhole || areWhole && operation.facts.keepsWhole
    }
  }
}
