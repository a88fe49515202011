// A point: values for names.

/// Values for names, in the order in which they were given.
package struct Point: Sendable, Equatable {
  /// The names, each once.
  package var names: [String]
  /// The value of each of `names`.
  package var values: [Double]

  /// - Precondition: as many values as names.
  package init(names: [String], values: [Double]) {
    self.names = names
    self.values = values
  }

  /// The value of a name; nil where the point has none for it.
  package func value(of name: String) -> Double? {
    names.firstIndex(of: name).map { values[$0] }
  }
}
