// Random coordinates of several scales, among which points of a domain are looked for.
import Calculus
import Language
import Syntax

/// Draws points that may lie in a domain.
package struct Candidates {
  let variableCount: Int
  /// For some variables, the range that their values are drawn from.
  let ranges: [Int: ClosedRange<Double>]
  var random: SplitMix64

  /// - Parameter ranges: for some variables, the range that their values are drawn from.
  package init(_ variables: [String], ranges: [String: ClosedRange<Double>], seed: UInt64) {
    variableCount = variables.count
    var byIndex: [Int: ClosedRange<Double>] = [:]
    for (name, range) in ranges {
      if let index = variables.firstIndex(of: name) { byIndex[index] = range }
    }
    self.ranges = byIndex
    random = SplitMix64(state: seed)
  }

  /// A point whose coordinates are of one of several scales: as often the same scale for all
  /// variables as one for each.
  ///
  /// - Parameters:
  ///   - attempt: how many points were drawn before.
  ///   - isWhole: which variables are numbers of terms, so that only whole numbers make sense.
  package mutating func next(_ attempt: Int, isWhole: (Int) -> Bool) -> [Double] {
    let common = attempt % 2 == 0 ? Int(random.next() % 6) : nil
    return (0..<variableCount).map { variable in
      let value = value(of: variable, common)
      return isWhole(variable) ? value.rounded() : value
    }
  }

  private mutating func value(of variable: Int, _ common: Int?) -> Double {
    if let range = ranges[variable] {
      let value = random.value(in: range)
      let rounded = Sampler.rounded(value)
      return range.contains(rounded) ? rounded : value
    }
    let value: Double
    switch common ?? Int(random.next() % 6) {
    case 0, 1: value = random.value(in: -3...3)
    case 2: value = random.value(in: 0.05...1)
    case 3: value = random.value(in: 0.2...5)
    case 4: value = random.value(in: 1...12)
    default:
      let size = Operation.power.value([10, random.value(in: -2...3)])
      value = random.next() % 2 == 0 ? size : -size
    }
    return Sampler.rounded(value)
  }
}
