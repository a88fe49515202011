// What may be taken for granted of variables when formulas are simplified.

/// What a user says of a variable.
package enum Assumption: Sendable {
  case positive, nonnegative, integer
}

extension Graph {
  /// Lets formulas that are made of this graph's nodes rely on an assumption.
  package final func assume(_ assumption: Assumption, of variable: Int) {
    assumptions[variable, default: []].insert(assumption)
  }

  /// A number that the assumptions about a variable allow: the given one, or else one close by.
  package final func allowed(_ value: Double, for variable: Int) -> Double {
    guard let assumed = assumptions[variable] else { return value }
    let whole = assumed.contains(.integer) ? value.rounded() : value
    let size = assumed == [.integer] ? whole : whole.magnitude
    return size == 0 && assumed.contains(.positive) ? 1 : size
  }
}
