// One claim beside one derivative.

/// A claim and the derivative at one point.
package struct Comparison: Sendable {
  /// The values of the variables.
  package let point: [Double]
  /// What the claim gives there.
  package let claim: Double
  /// What the derivative is there.
  package let derivative: Double
  /// How the two stand to each other.
  package let verdict: Verdict
  /// What rounding may have done to both.
  let error: Double
  /// How far the claim may be from the number that it stands for, by the digits that it has.
  let halfUnit: Double
  /// The difference in units of what is allowed.
  let strain: Double
}
