// One claim beside one derivative.

/// A claim and the derivative at one point.
package struct Comparison: Sendable {
  package let point: [Double]
  package let claim: Double
  package let derivative: Double
  package let verdict: Verdict
  /// What rounding may have done to both.
  let error: Double
  /// How far the claim may be from the number that it stands for, by the digits that it has.
  let halfUnit: Double
  /// The difference in units of what is allowed.
  let strain: Double
}
