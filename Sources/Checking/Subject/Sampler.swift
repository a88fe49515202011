// Random points of a function's own domain, and simple ones for people.
import Calculus
import Language
import Syntax

/// Finds points at which functions and their derivatives exist and are smooth.
package struct Sampler {
  let subject: Subject
  private var candidates: Candidates

  /// How many candidates are tried for each point that is wanted.
  private static let patience = 400
  /// How many operations a program may run in all, over all candidates. An operation that is
  /// elaborated anew counts `runsForOneMade` times.
  private static let operationBudget = 6_000_000
  private static let runsForOneMade = 10

  /// - Parameters:
  ///   - ranges: for some variables, the range that their values are drawn from.
  ///   - seed: the same seed gives the same points.
  package init(_ subject: Subject, ranges: [String: ClosedRange<Double>] = [:], seed: UInt64) {
    self.subject = subject
    candidates = Candidates(subject.variables, ranges: ranges, seed: seed)
  }

  /// So many points of the domain; fewer, or none, where they are hard to find.
  package mutating func points(_ count: Int) -> [[Double]] {
    let counting = subject.countingVariables
    var points: [[Double]] = []
    var known: Set<[Double]> = []
    var lastSuccess = 0
    var budget = Self.operationBudget
    for attempt in 0..<count * Self.patience where points.count < count && budget > 0 {
      // After so many failures the domain is empty, or has no more points with few digits.
      if attempt - lastSuccess >= 50 * Self.patience { break }
      let candidate = candidates.next(attempt, isWhole: counting.contains)
      if !known.contains(candidate), isInDomain(candidate, budget: &budget) {
        known.insert(candidate)
        points.append(candidate)
        lastSuccess = attempt
      }
      if subject.variables.isEmpty { break }
    }
    return points
  }

  /// Three significant digits, which people can read.
  static func rounded(_ value: Double) -> Double {
    // A subnormal number has few digits, and the unit would underflow to 0.
    guard value.isNormal, value.magnitude >= 1e-290 else { return value }
    var unit: Double = 1
    while value.magnitude < 100 * unit { unit /= 10 }
    while value.magnitude >= 1000 * unit { unit *= 10 }
    // Divided, not multiplied: 0.3, not 0.30000000000000004.
    return unit >= 1
      ? (value / unit).rounded() * unit : (value / unit).rounded() / (1 / unit).rounded()
  }

  /// Whether every output and each of its derivatives exists here, away from any kink.
  func isInDomain(_ point: [Double]) -> Bool {
    var budget = Int.max
    return isInDomain(point, budget: &budget)
  }

  /// - Parameter budget: reduced by what a program's run takes.
  private func isInDomain(_ point: [Double], budget: inout Int) -> Bool {
    let limit = subject.drawnLimit
    guard let subject = try? subject.moved(to: point, limit: limit) else {
      budget -= limit
      return false
    }
    if subject.isBoundToPoint { budget -= subject.operationCount }
    return subject.outputs.allSatisfy { output in
      guard output.computation.path.boundary == nil else { return false }
      let tape = output.computation.tape
      budget -= tape.count / Self.runsForOneMade
      // Kinks first: the derivatives at one are looked for on both sides, which takes long.
      let values = tape.slotValues(at: point)
      guard values[tape.output].isFinite, tape.findingsAboutValue(values, upTo: 1).isEmpty,
        tape.kinks(values).isEmpty
      else { return false }
      return tape.reverseGradient(at: point).partials.allSatisfy(\.isFinite)
    }
  }

  // MARK: Simple points

  /// The first points of small numbers that are in the domain, at most `count`.
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

  /// The same number for all variables, or a few numbers by turns.
  private var pointsInTurns: [[Double]] {
    (1...5).flatMap { period in
      Self.simpleNumbers.indices.map { shift in
        subject.variables.indices.map { variable in
          Self.simpleNumbers[(variable % period + shift) % Self.simpleNumbers.count]
        }
      }
    }
  }

  /// The next combination, the last digit first; false after the last one.
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

  /// Whether a point lies in the ranges that points are drawn from.
  func isInRange(_ point: [Double]) -> Bool {
    candidates.ranges.allSatisfy { $1.contains(point[$0]) }
  }

  private func allowed(_ points: [[Double]]) -> [[Double]] {
    let allowed = points.filter(isInRange)
    // A program is run anew at each of them.
    guard subject.isBoundToPoint else { return allowed }
    return Array(allowed.prefix(Self.operationBudget / subject.drawnLimit))
  }
}
