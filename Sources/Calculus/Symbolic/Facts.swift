// What is known of a node of a normal graph: where it is defined, its sign, and its place in order.

/// Facts about a node that rewrites ask for. They hold over the real numbers: overflow is no
/// concern.
struct Facts {
  /// Defined and finite wherever its variables are.
  var isTotal = true
  /// Never negative where it is defined.
  var isNonnegative = false
  /// Greater than 0 where it is defined.
  var isPositive = false
  /// A whole number.
  var isWhole = false
  /// Never flattened into a sum or product around it, since it is large and used in several places.
  var isOpaque = false
  /// Its class in the order of factors: the lower comes first in products.
  var rank: Rank = .constant
  /// The lowest variable in it, and how deep it is.
  var variable: UInt32 = .max
  var height: UInt32 = 0
  /// Equal for nodes that are equal in any graph.
  var hash: UInt64 = 0

  enum Rank: UInt8, Comparable {
    case constant, variable, function, power, sum
    static func < (x: Rank, y: Rank) -> Bool { x.rawValue < y.rawValue }
  }

  /// The order of factors and terms, which does not depend on when they were made.
  static func precedes(_ x: Facts, _ y: Facts) -> Bool {
    if x.rank != y.rank { return x.rank < y.rank }
    if x.variable != y.variable { return x.variable < y.variable }
    if x.height != y.height { return x.height < y.height }
    return x.hash < y.hash
  }
}

/// What a factor's place among others depends on.
struct FactorRank {
  let facts: Facts
  let exponent: Rational

  init(_ factor: Factor, _ graph: NormalGraph) {
    facts = graph.facts(factor.base)
    exponent = factor.exponent
  }

  /// Whether one product comes before another by the factors that both have a place for, the higher
  /// exponent first; nil where these are alike.
  static func precedes(_ x: ArraySlice<FactorRank>, _ y: ArraySlice<FactorRank>) -> Bool? {
    for (a, b) in zip(x, y) {
      if a.facts.hash != b.facts.hash { return Facts.precedes(a.facts, b.facts) }
      if a.exponent != b.exponent { return b.exponent < a.exponent }
    }
    return nil
  }
}

extension NormalGraph {
  /// The facts about a node, computed in one pass over all nodes made since the last call.
  func facts(_ node: NodeIndex) -> Facts {
    while factTable.count <= Int(node) { factTable.append(findFacts(UInt32(factTable.count))) }
    return factTable[Int(node)]
  }

  private func findFacts(_ node: NodeIndex) -> Facts {
    var facts = Facts()
    switch self[node] {
    case .variable(let index):
      facts = assumedFacts(of: index)
      facts.rank = .variable
      facts.variable = variableOrder.place(of: index)
      facts.hash = Self.mix(1, UInt64(index))
    case .constant(let value):
      facts.isTotal = value.isFinite
      facts.isPositive = value > 0
      facts.isWhole = value == value.rounded()
      facts.isNonnegative = value >= 0
      facts.hash = Self.mix(2, value.bitPattern)
    case .unary(let operation, let x): facts = about(operation, [x])
    case .binary(let operation, let x, let y): facts = about(operation, [x, y])
    case .variadic(let operation, let xs): facts = about(operation, xs)
    }
    return facts
  }

  private func about(_ operation: Operation, _ xs: [NodeIndex]) -> Facts {
    let arguments = xs.map { factTable[Int($0)] }
    var facts = Facts()
    facts.hash = Self.mix(3, UInt64(operation.rawValue))
    for argument in arguments {
      facts.variable = min(facts.variable, argument.variable)
      facts.height = max(facts.height, argument.height + 1)
      facts.hash = Self.mix(facts.hash, argument.hash)
    }
    facts.rank =
      facts.variable == .max
      ? .constant : operation == .add ? .sum : operation == .power ? .power : .function
    decideSign(operation, xs, arguments, &facts)
    facts.isWhole = isWhole(operation, xs, arguments)
    facts.isTotal = arguments.allSatisfy(\.isTotal) && isTotal(operation, xs, arguments)
    return facts
  }

  private func decideSign(
    _ operation: Operation, _ xs: [NodeIndex], _ arguments: [Facts], _ facts: inout Facts
  ) {
    switch operation {
    case .add, .hypot:
      facts.isNonnegative = operation == .hypot || arguments.allSatisfy(\.isNonnegative)
      facts.isPositive =
        arguments.allSatisfy(\.isNonnegative) && arguments.contains(where: \.isPositive)
    case .multiply, .divide:
      facts.isNonnegative = arguments.allSatisfy(\.isNonnegative)
      facts.isPositive = arguments.allSatisfy(\.isPositive)
    case .power:
      let exponent = exactNumber(xs[1])
      let isEven = exponent.map { $0.isWhole && $0.numerator % 2 == 0 } ?? false
      let isRoot = exponent.map { !$0.isWhole } ?? false
      facts.isNonnegative = isEven || isRoot || arguments[0].isNonnegative
      facts.isPositive = arguments[0].isPositive
    default:
      guard let sign = operation.facts.sign else { return }
      facts.isNonnegative = true
      facts.isPositive =
        sign == .positive || sign == .positiveWithArgument && arguments[0].isPositive
    }
  }

  private func isTotal(
    _ operation: Operation, _ xs: [NodeIndex], _ arguments: [Facts]
  ) -> Bool {
    switch operation {
    case .divide: return arguments[1].isPositive
    case .power:
      guard let exponent = exactNumber(xs[1]) else { return arguments[0].isPositive }
      if exponent.isNegative { return arguments[0].isPositive }
      return exponent.isWhole || arguments[0].isNonnegative
    default:
      return switch operation.facts.domain {
      case .positive: arguments[0].isPositive
      case .nonnegative, .positiveWithArgument: arguments[0].isNonnegative
      case nil: Self.totalOperations[Int(operation.rawValue)]
      }
    }
  }

  /// By raw value, whether an operation is defined everywhere.
  private static let totalOperations = Operation.allCases.map(\.about.requirement.isEmpty)

  private static func mix(_ seed: UInt64, _ word: UInt64) -> UInt64 {
    let sum = (seed &* 0x9E37_79B9_7F4A_7C15) ^ (word &+ 0x632B_E59B_D9B4_E019)
    let product = (sum ^ sum >> 29) &* 0xBF58_476D_1CE4_E5B9
    return product ^ product >> 32
  }
}
