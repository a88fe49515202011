// The directions that derivatives are asked for in.

/// One direction, or the axes of the variables, with what messages call the derivatives. Seeds are
/// made when they are looked at: those of n axes together are n² numbers.
struct Directions: RandomAccessCollection {
  enum Kind {
    /// One direction: a seed for each variable.
    case along([Double])
    /// The axes of some variables among so many.
    case axes([Int], of: Int)
  }

  let names: [String]
  private let kind: Kind

  /// - Parameter names: one for each direction.
  init(_ names: [String], _ kind: Kind) {
    self.names = names
    self.kind = kind
  }

  var startIndex: Int { 0 }
  var endIndex: Int { names.count }

  subscript(index: Int) -> (name: String, seeds: [Double]) { (names[index], seeds(index)) }

  func seeds(_ index: Int) -> [Double] {
    switch kind {
    case .along(let seeds): return seeds
    case .axes(let variables, let count):
      var seeds = Array(repeating: 0.0, count: count)
      seeds[variables[index]] = 1
      return seeds
    }
  }
}
