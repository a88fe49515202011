// The operators: how tightly each binds, how it associates, and how it is written.

/// A sign before an operand.
package enum UnaryOperator: UInt8, Hashable, Sendable, CaseIterable {
  case minus, plus, not
}

/// A sign between two operands.
package enum BinaryOperator: UInt8, Hashable, Sendable, CaseIterable {
  case or, and
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  case add, subtract, multiply, divide, remainder, power
}

/// How tightly an operator holds its operands, loosest first.
enum Precedence: UInt8, Comparable {
  /// An open parenthesis: nothing reaches over it.
  case opener
  case disjunction, conjunction, negation, comparison, sum, product, sign
  /// A function before an argument without parentheses, which is the product that follows.
  case application
  /// The product without a sign: `2x^2` is `2*(x^2)`, and `-2x` is `-(2*x)`.
  case juxtaposition
  case power
  /// `√`, which takes the very next operand.
  case root

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

enum Associativity { case left, right, none }

extension BinaryOperator {
  /// The comparison that holds where this one does not; nil for what compares nothing.
  var opposite: BinaryOperator? {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .notEqual: .equal
    default: nil
    }
  }

  /// The table. One row an operator, loosest first.
  private var row: (spelling: String, precedence: Precedence, associativity: Associativity) {
    switch self {
    case .or: ("or", .disjunction, .left)
    case .and: ("and", .conjunction, .left)
    case .less: ("<", .comparison, .none)
    case .lessOrEqual: ("<=", .comparison, .none)
    case .greater: (">", .comparison, .none)
    case .greaterOrEqual: (">=", .comparison, .none)
    case .equal: ("==", .comparison, .none)
    case .notEqual: ("!=", .comparison, .none)
    case .add: ("+", .sum, .left)
    case .subtract: ("-", .sum, .left)
    case .multiply: ("*", .product, .left)
    case .divide: ("/", .product, .left)
    case .remainder: ("%", .product, .left)
    case .power: ("^", .power, .right)
    }
  }

  /// As a user types it in ASCII.
  package var spelling: String { row.spelling }
  var precedence: Precedence { row.precedence }
  var associativity: Associativity { row.associativity }

  /// The sign that the same token is where an operand is expected.
  var asSign: UnaryOperator? {
    switch self {
    case .add: .plus
    case .subtract: .minus
    default: nil
    }
  }
}

extension UnaryOperator {
  /// As a user types it in ASCII.
  package var spelling: String {
    switch self {
    case .minus: "-"
    case .plus: "+"
    case .not: "not"
    }
  }

  var precedence: Precedence { self == .not ? .negation : .sign }
}
