// A point: values for names.

/// Values for names, in the order in which they were given.
package struct Point: Sendable, Equatable {
  package var names: [String]
  package var values: [Double]

  package init(names: [String], values: [Double]) {
    self.names = names
    self.values = values
  }

  package func value(of name: String) -> Double? {
    names.firstIndex(of: name).map { values[$0] }
  }
}
