// An explanation of a result or of a text, with its position.
import Syntax

/// An explanation for the user, with its position in the expression.
package struct Explanation: Sendable {
  /// What it is about, in a word that programs can rely on.
  package enum Kind: String, Sendable, CaseIterable {
    case undefined, infinite, overflow, given
    case wideRange = "wide-range"
    case cancellation
    case infiniteSlope = "infinite-slope"
    case undefinedSlope = "undefined-slope"
    case slopeOverflow = "slope-overflow"
    case kink, jump, step
    case constantTaken = "constant-taken"
    case countingVariable = "counting-variable"
    case formulaUndefined = "formula-undefined"
    case path
    case pathChanges = "path-changes"
    case boundary
    case bothSides = "both-sides"
    case unclaimed
    case reading
  }

  /// What it is about.
  package let kind: Kind
  /// Severity, words and place.
  package let diagnostic: Diagnostic
  /// What the cause was computed from.
  package var causes: [Step] = []
  /// The values on the path from the cause to the result.
  package var trail: [Step] = []

  /// A piece of the text with the value that it had.
  package typealias Step = (text: String, value: Double)

  /// Whether a result that was asked for does not exist.
  package var isError: Bool { diagnostic.severity == .error }
}

extension Explanation {
  /// A note that a variable of `--wrt` is nowhere in the expression.
  package static func notInExpression(_ name: String) -> Explanation {
    let message = "'\(echo(name))' is not in the expression, which is constant in it"
    return Explanation(kind: .reading, diagnostic: Diagnostic(.note, message))
  }

  /// A note that an expression has no variable.
  package static let constantExpression = Explanation(
    kind: .reading,
    diagnostic: Diagnostic(.note, "the expression is constant: its derivative in any variable is 0")
  )

  /// A note that names of a few letters are no products.
  static func oneName(_ names: [String]) -> Explanation {
    let products = names.map { "'\($0.map(String.init).joined(separator: "*"))'" }
    let message =
      names.count == 1
      ? "'\(names[0])' is one name; for a product write \(products[0])"
      : "\(quoted(names)) are one name each; for products write "
        + products.joined(separator: ", ")
    return Explanation(kind: .reading, diagnostic: Diagnostic(.note, message))
  }

  /// A note that a name has a value here, where formulas usually differentiate in it.
  static func definedValue(_ name: String) -> Explanation {
    Explanation(
      kind: .reading,
      diagnostic: Diagnostic(
        .note, "'\(name)' is a value that is defined here, and no variable",
        remedy: "in a session 'forget \(name)' takes it away"))
  }

  /// A note that a name means something else in other programs.
  static func otherName(_ message: String) -> Explanation {
    Explanation(kind: .reading, diagnostic: Diagnostic(.note, message))
  }

  /// A note that a name of the point hides a constant.
  package static func constantTaken(_ name: String) -> Explanation {
    let message = "'\(name)' is your variable here, not the constant"
    return Explanation(
      kind: .constantTaken, diagnostic: Diagnostic(.note, message))
  }

  /// A note that a definition, or a parameter, hides a constant.
  package static func constantDefined(_ name: String) -> Explanation {
    let message = "'\(name)' is defined here; it is not the constant"
    return Explanation(kind: .constantTaken, diagnostic: Diagnostic(.note, message))
  }

  /// A note that a variable decides how many terms a sum or product has, or how often a `for` runs.
  package static func countingVariable(_ name: String) -> Explanation {
    let message =
      "'\(name)' decides how many terms a sum has or how often a loop runs; "
      + "through that its derivative counts as 0"
    return Explanation(
      kind: .countingVariable, diagnostic: Diagnostic(.note, message))
  }

  /// A note that some derivatives are not claimed.
  package static func unclaimed(_ names: [String]) -> Explanation {
    let list = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
    return Explanation(
      kind: .unclaimed, diagnostic: Diagnostic(.note, "nothing is claimed of \(list)"))
  }

  /// How a text was read that can be read in several ways.
  package static func reading(_ text: String) -> Explanation {
    Explanation(kind: .reading, diagnostic: Diagnostic(.note, text))
  }

  /// `'x', 'y'`
  package static func quoted(_ names: [String]) -> String {
    names.map { "'\(echo($0))'" }.joined(separator: ", ")
  }

  /// Causes and trail in one line: `x = -1 → ln(x) = nan → 2*ln(x) = nan`, the middle left out if
  /// it is long.
  package func trailLine(arrow: String) -> String? {
    guard !trail.isEmpty else { return nil }
    let wording: (Step) -> String = { "\(echo($0.text)) = \(shortest($0.value))" }
    let start = causes.isEmpty ? [] : [causes.map(wording).joined(separator: ", ")]
    let steps = start + trail.map(wording)
    let shown =
      steps.count <= 8
      ? steps : steps.prefix(4) + ["… \(steps.count - 7) more …"] + steps.suffix(3)
    return shown.joined(separator: " \(arrow) ")
  }
}
