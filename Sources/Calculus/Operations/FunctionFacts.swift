// What holds of a function of one argument for all arguments of its domain.

/// Properties of a function that the symbolic engine rewrites by. They hold over the real numbers:
/// rounding and overflow are no concern.
struct FunctionFacts: Sendable {
  enum Parity: Sendable {
    /// f(-x) = -f(x)
    case odd
    /// f(-x) = f(x)
    case even
  }

  /// The sign of a value, or of an argument.
  enum Sign: Sendable {
    case positive, nonnegative
    /// Never negative, and positive where the argument is.
    case positiveWithArgument
  }

  var parity: Parity?
  /// The sign that all values have.
  var sign: Sign?
  /// The sign of an argument that is enough for it to be in the domain.
  var domain: Sign?
  /// Whether all values are whole numbers.
  var isWhole = false
  /// Whether the values at whole numbers are whole numbers.
  var keepsWhole = false
  /// Values that are whole numbers, at whole numbers.
  var values: [Int: Int] = [:]
}
