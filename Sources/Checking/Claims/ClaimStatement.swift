// What a claim says at a point: a formula's value, or the number that a program printed for it.
import Calculus
import Language
import Syntax

/// A claimed value.
struct ClaimStatement {
  let value: Double
  /// What rounding may have done to a formula's value.
  let error: Double
  /// How far the value may be from the number that it stands for, by the digits that it has.
  let halfUnit: Double
  /// The part of this that a person is allowed, who writes a decimal down.
  let allowance: Double
}

extension Claim {
  /// - Parameter place: the point's place among those that are judged.
  func statement(at point: [Double], _ place: Int) -> ClaimStatement {
    switch content {
    case .formula(let formula):
      let run = RunningError(formula.tape, at: point)
      let value = run.value.isFinite ? run.value : formula.tape.scaledValue(at: point)
      let halfUnit = halfUnit ?? 0
      return ClaimStatement(
        value: value, error: run.error, halfUnit: halfUnit, allowance: halfUnit)
    case .numbers(let numbers):
      return ClaimStatement(
        value: numbers.values[place], error: 0, halfUnit: numbers.halfUnit(place), allowance: 0)
    }
  }

  /// The claimed values at points; of numbers, those at the points that they are about.
  func values(at points: [[Double]]) -> [Double] {
    switch content {
    case .formula(let formula): points.map { formula.tape.value(at: $0) }
    case .numbers(let numbers): numbers.values
    }
  }

  /// Whether a program is right to print this where there is no derivative, or no value: nan, or an
  /// infinity that is not the opposite one.
  func admitsNoValue(_ value: Double, _ derivative: Double) -> Bool {
    guard case .numbers = content, !value.isFinite else { return false }
    return !(value == -derivative)
  }

  /// That a program is right but for the digits that it prints.
  func rounding(_ comparisons: [Comparison]) -> Mistake? {
    guard case .numbers(let numbers) = content, numbers.digits > 0,
      comparisons.allSatisfy({ $0.verdict != .disagree || $0.isRounding })
    else { return nil }
    let digits = numbers.digits == 1 ? "1 digit" : "\(numbers.digits) digits"
    return Mistake(
      .rounded,
      "right to the \(digits) that are printed; for a stricter check print 17, as %.17g does, and "
        + "give --tolerance")
  }

  /// That a program is right but for an error that is small, and not as small as it could be.
  func imprecision(_ comparisons: [Comparison]) -> Mistake? {
    let wrong = comparisons.filter { $0.verdict == .disagree }
    guard formula == nil,
      wrong.allSatisfy({ $0.claim.isFinite && $0.difference <= Self.imprecise * $0.size })
    else { return nil }
    return Mistake(
      .rounded,
      "right to about 6 digits, as with single precision or a difference quotient; --tolerance "
        + "says how many it must be")
  }

  private static let imprecise: Double = 2e-6
}

extension Comparison {
  /// Whether the digits that a number was printed with allow for the difference.
  var isRounding: Bool { difference <= 1.01 * halfUnit }
}
