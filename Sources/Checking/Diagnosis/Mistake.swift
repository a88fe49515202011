// What probably went wrong with a claim, in words and in a kind that programs can rely on.
import Calculus
import Language
import Syntax

/// One mistake that explains all of a claim's wrong values.
package struct Mistake: Sendable, Equatable {
  /// The kinds of mistakes; the raw value is what `--format json` calls the kind.
  package enum Kind: String, Sendable, CaseIterable {
    case sign, constantFactor = "constant-factor", missingFactor = "missing-factor"
    case extraFactor = "extra-factor", missingTerm = "missing-term", extraTerm = "extra-term"
    case termSign = "term-sign", innerDerivative = "inner-derivative"
    case innerDerivativeTwice = "inner-derivative-twice", chainPath = "chain-path"
    case antiderivative
    case notDifferentiated = "not-differentiated", otherVariable = "other-variable"
    case swapped, exponent, rootFactor = "root-factor", logarithmBase = "logarithm-base"
    case exponentialRule = "exponential-rule", degrees, function, number
    case quotientRule = "quotient-rule", productRule = "product-rule", variable
    case otherRule = "other-rule", rounded, twoSlips = "two-slips"
  }

  /// For programs.
  package let kind: Kind
  /// For people: half a sentence without a full stop, formulas in the language's own notation.
  package let message: String

  /// - Parameter message: half a sentence without a full stop.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
