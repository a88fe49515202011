// Random points of a function's own domain, and simple ones for people.

import Calculus

/// Finds points at which functions and their derivatives exist and are smooth.
package struct Sampler {
  let subject: Subject
  /// For some variables, by index, where their values are to be.
  let ranges: [Int: ClosedRange<Double>]
  private var random: SplitMix64

  /// How many candidates are tried for each point that is wanted.
  private static let patience = 400

  package init(_ subject: Subject, ranges: [String: ClosedRange<Double>] = [:], seed: UInt64) {
    self.subject = subject
    var byIndex: [Int: ClosedRange<Double>] = [:]
    for (name, range) in ranges {
      if let index = subject.variables.firstIndex(of: name) { byIndex[index] = range }
    }
    self.ranges = byIndex
    random = SplitMix64(state: seed)
  }

  /// So many points of the domain; fewer, or none, where they are hard to find.
  package mutating func points(_ count: Int) -> [[Double]] {
    var points: [[Double]] = []
    var known: Set<[Double]> = []
    var lastSuccess = 0
    for attempt in 0..<count * Self.patience where points.count < count {
      // A domain that shows nothing of itself is not there, or has no more points of few digits.
      if attempt - lastSuccess >= 50 * Self.patience { break }
      let candidate = candidate(attempt)
      if !known.contains(candidate), isInDomain(candidate) {
        known.insert(candidate)
        points.append(candidate)
        lastSuccess = attempt
      }
      if subject.variables.isEmpty { break }
    }
    return points
  }

  /// A point of one of several scales: the same for all variables as often as one for each.
  private mutating func candidate(_ attempt: Int) -> [Double] {
    let common = attempt % 2 == 0 ? Int(random.next() % 6) : nil
    return subject.variables.indices.map { variable in
      let value: Double
      if let range = ranges[variable] {
        value = random.value(in: range)
        let rounded = Self.rounded(value)
        return range.contains(rounded) ? rounded : value
      }
      switch common ?? Int(random.next() % 6) {
      case 0, 1: value = random.value(in: -3...3)
      case 2: value = random.value(in: 0.05...1)
      case 3: value = random.value(in: 0.2...5)
      case 4: value = random.value(in: 1...12)
      default:
        let size = Operation.power.value([10, random.value(in: -2...3)])
        value = random.next() % 2 == 0 ? size : -size
      }
      return Self.rounded(value)
    }
  }

  /// Three significant digits, which people can read.
  static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var unit: Double = 1
    while value.magnitude < 100 * unit { unit /= 10 }
    while value.magnitude >= 1000 * unit { unit *= 10 }
    // Divided, not multiplied: 0.3, not 0.30000000000000004.
    return unit >= 1
      ? (value / unit).rounded() * unit : (value / unit).rounded() / (1 / unit).rounded()
  }

  /// Whether every output and each of its derivatives exists here, away from any kink.
  func isInDomain(_ point: [Double]) -> Bool {
    subject.outputs.allSatisfy { output in
      let tape = output.computation.tape
      let gradient = tape.reverseGradient(at: point)
      guard gradient.value.isFinite, gradient.partials.allSatisfy(\.isFinite) else { return false }
      let values = tape.slotValues(at: point)
      return tape.findingsAboutValue(values).isEmpty && tape.kinks(values).isEmpty
    }
  }

  // MARK: Simple points

  /// The first points of small numbers that are in the domain, so many or fewer.
  package func simplePointsOfDomain(_ count: Int) -> [[Double]] {
    Array(simplePoints().lazy.filter(isInDomain).prefix(count))
  }

  private static let simpleNumbers: [Double] = [1, 2, 0, 3, -1, 0.5, -2, 4, -0.5, 5, 10]
  private static let simpleLimit = 1500
  private static let fewVariables = 5

  /// Points of small whole and half numbers, the simplest first.
  func simplePoints() -> [[Double]] {
    let count = subject.variables.count
    guard count <= Self.fewVariables else { return allowed(pointsInTurns) }
    var points: [[Double]] = []
    for highest in Self.simpleNumbers.indices {
      var digits = Array(repeating: 0, count: count)
      repeat {
        if digits.max() ?? 0 == highest {
          points.append(digits.map { Self.simpleNumbers[$0] })
        }
        if points.count >= Self.simpleLimit { return allowed(points) }
      } while Self.advance(&digits, through: highest)
    }
    return allowed(points)
  }

  /// The same number for many variables, or a few numbers in turns.
  private var pointsInTurns: [[Double]] {
    (1...5).flatMap { period in
      Self.simpleNumbers.indices.map { shift in
        subject.variables.indices.map { variable in
          Self.simpleNumbers[(variable % period + shift) % Self.simpleNumbers.count]
        }
      }
    }
  }

  /// Counts on, the last digit first; false after the last number.
  private static func advance(_ digits: inout [Int], through highest: Int) -> Bool {
    for place in digits.indices.reversed() {
      if digits[place] < highest {
        digits[place] += 1
        return true
      }
      digits[place] = 0
    }
    return false
  }

  private func allowed(_ points: [[Double]]) -> [[Double]] {
    points.filter { point in ranges.allSatisfy { $1.contains(point[$0]) } }
  }
}
