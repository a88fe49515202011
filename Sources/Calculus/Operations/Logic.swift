// Comparisons and connectives: 1 where they hold, 0 where not, with no derivative to carry.

protocol Comparison: FlatBinaryOperation {
  static var relation: Relation { get }
}

extension Comparison {
  // A comparison with NaN is neither true nor false.
  static func value(_ x: Double, _ y: Double) -> Double {
    x.isNaN || y.isNaN ? .nan : relation.holds(x, y) ? 1 : 0
  }
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    Scaled(value(Scaled.order(x, y), 0))
  }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double, _ y: Double) -> Kink? { x == y ? .jump : nil }
  static func limit(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double {
    x == y ? value(t.0, t.1) : value(x, y)
  }
}

enum Less: Comparison {
  static var operation: Operation { .less }
  static var relation: Relation { .less }
  static var about: About { .infix("<", .infix(.comparison), "1 where x is less than y, else 0") }
}

enum LessOrEqual: Comparison {
  static var operation: Operation { .lessOrEqual }
  static var relation: Relation { .lessOrEqual }
  static var about: About {
    .infix("<=", .infix(.comparison), unicode: "≤", latex: "\\le", "1 where x is at most y, else 0")
  }
}

enum Greater: Comparison {
  static var operation: Operation { .greater }
  static var relation: Relation { .greater }
  static var about: About {
    .infix(">", .infix(.comparison), "1 where x is greater than y, else 0")
  }
}

enum GreaterOrEqual: Comparison {
  static var operation: Operation { .greaterOrEqual }
  static var relation: Relation { .greaterOrEqual }
  static var about: About {
    .infix(
      ">=", .infix(.comparison), unicode: "≥", latex: "\\ge", "1 where x is at least y, else 0")
  }
}

enum Equal: Comparison {
  static var operation: Operation { .equal }
  static var relation: Relation { .equal }
  static var about: About {
    .infix("==", .infix(.comparison), latex: "=", "1 where x equals y, else 0")
  }
}

enum NotEqual: Comparison {
  static var operation: Operation { .notEqual }
  static var relation: Relation { .notEqual }
  static var about: About {
    .infix(
      "!=", .infix(.comparison), unicode: "≠", latex: "\\ne", "1 where x differs from y, else 0")
  }
}

/// What the connectives have in common: an argument that is 0 at the point only counts as true,
/// since it is not 0 on either side.
protocol Connective: FlatBinaryOperation {}

extension Connective {
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    Scaled(value(x.significand, y.significand))
  }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double, _ y: Double) -> Kink? { x == 0 || y == 0 ? .jump : nil }
  static func limit(_ x: Double, _ y: Double, toward t: (Double, Double)) -> Double {
    value(x == 0 && t.0 != 0 ? 1 : x, y == 0 && t.1 != 0 ? 1 : y)
  }
}

/// The right side counts only where the left side leaves the answer open.
enum Conjunction: Connective {
  static var operation: Operation { .and }
  static var about: About {
    .infix("and", .infix(.and), latex: "\\wedge", "1 where both sides hold, else 0")
  }
  static func value(_ x: Double, _ y: Double) -> Double {
    x == 0 ? 0 : x.isNaN || y.isNaN ? .nan : y != 0 ? 1 : 0
  }
  static func roles(_ x: Double, _ y: Double) -> (EdgeRole, EdgeRole) {
    (.gate, x == 0 ? .ignored : .gate)
  }
}

enum Disjunction: Connective {
  static var operation: Operation { .or }
  static var about: About {
    .infix("or", .infix(.or), latex: "\\vee", "1 where a side holds, else 0")
  }
  static func value(_ x: Double, _ y: Double) -> Double {
    x.isNaN ? .nan : x != 0 ? 1 : y.isNaN ? .nan : y != 0 ? 1 : 0
  }
  static func roles(_ x: Double, _ y: Double) -> (EdgeRole, EdgeRole) {
    (.gate, x.isNaN || x == 0 ? .gate : .ignored)
  }
}

enum Inversion: FlatUnaryOperation {
  static var operation: Operation { .not }
  static var about: About { .prefix("not", .not, latex: "\\neg", "1 where x is 0, else 0") }
  static func value(_ x: Double) -> Double { x.isNaN ? .nan : x == 0 ? 1 : 0 }
  static func role(_ x: Double) -> EdgeRole { .gate }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x == 0 ? .jump : nil }
  static func limit(_ x: Double, toward t: Double) -> Double { x == 0 && t != 0 ? 0 : value(x) }
}
