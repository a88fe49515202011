// Numbers that somebody expects: `8, x: 12 ± 0.1`, a value and derivatives, each an expression.
import Calculus
import Language
import Syntax

/// One number as it is expected, at any point.
package struct ExpectedNumber {
  /// What it is about: none for the value, `x` for a derivative, `f1` and `f1,x` for those of a list.
  package let names: [String]
  /// As it is written, with how far off it may be.
  package let text: String
  /// The formula whose value is expected.
  package let formula: String
  /// How far off it may be, where that is said.
  private let margin: Double?
  /// The formula made ready, once there is a point.
  private var claim: Claim?

  /// An expected zero allows for what rounding leaves of terms of ordinary size.
  private static let zeroMargin = 1e-12

  fileprivate init(_ names: [String], _ text: String) throws(Problem) {
    self.names = names
    self.text = text
    var parts = text.split(separator: "±", maxSplits: 1)
    if parts.count < 2 { parts = text.split(separator: " within ", maxSplits: 1) }
    formula = String((parts.first ?? "").reversed().drop { $0 == " " }.reversed())
    guard parts.count == 2 else {
      margin = nil
      return
    }
    let source = SourceText(String(parts[1]))
    let margin = try PointReader.number(source, for: "the margin")
    guard margin >= 0, margin.isFinite else {
      let everything = SourceRange(start: 0, end: source.bytes.count)
      throw Problem(.margin(margin), in: source, at: everything)
    }
    self.margin = margin
  }

  /// The number that is expected at a point, and whether another one is near enough.
  ///
  /// - Parameters:
  ///   - point: of the same variables every time.
  ///   - definitions: what the formula may use besides these.
  package mutating func verdict(
    on actual: Double, at point: Point, after definitions: Definitions
  ) throws(Problem) -> (expected: Double, isMet: Bool) {
    let claim = try ready(for: point, definitions)
    let expected = claim.formula?.tape.value(at: point.values) ?? .nan
    return (expected, isNear(expected, actual, halfUnit: claim.halfUnit ?? 0))
  }

  private mutating func ready(
    for point: Point, _ definitions: Definitions
  ) throws(Problem) -> Claim {
    if let claim, claim.formula?.isBoundToPoint == false { return claim }
    let claim = try Claim(
      DerivativeKey(output: 0, path: []), SourceText(formula), over: point.names,
      after: definitions, at: point.values)
    self.claim = claim
    return claim
  }

  /// The rule of `check`: no more digits than were written, and a relative tolerance.
  private func isNear(_ expected: Double, _ actual: Double, halfUnit: Double) -> Bool {
    if expected == actual || (expected.isNaN && actual.isNaN) { return true }
    let difference = (expected - actual).magnitude
    guard difference.isFinite else { return false }
    let slack = 1 + VoteJudge.defaultTolerance
    if let margin { return difference <= margin * slack }
    if expected == 0 { return difference <= max(Self.zeroMargin, halfUnit * slack) }
    let size = max(expected.magnitude, actual.magnitude)
    return difference <= VoteJudge.defaultTolerance * size + halfUnit * slack
  }
}

extension ExpectedNumber {
  /// Reads a value, if there is one, and behind it derivatives with their keys.
  ///
  /// - Parameter outputNames: what the outputs of a list are called; nil for an expression that is none.
  package static func all(
    _ text: String, outputNames: [String]?
  ) throws(Problem) -> [ExpectedNumber] {
    let source = SourceText(text)
    let claim = ClaimText(source)
    let entries = claim.entries { name in
      outputNames == nil || outputNames?.contains(name) == true ? 1 : 2
    }
    var numbers: [ExpectedNumber] = []
    let start = entries[0].range.start
    if !entries[0].names.isEmpty, !claim.isCleanBefore(start) {
      let value = claim.leadingFormula(before: start)
      if value.isEmpty {
        throw Problem(
          .claimEmpty("value"), in: source, at: SourceRange(start: 0, end: start))
      }
      numbers.append(try ExpectedNumber([], value))
    }
    for entry in entries {
      if numbers.contains(where: { $0.names == entry.names }) {
        let name = entry.names.isEmpty ? "value" : entry.names.joined(separator: ",")
        throw Problem(.givenTwice(name), in: source, at: entry.range)
      }
      if entry.formula.isEmpty {
        throw Problem(.claimEmpty(entry.names.joined(separator: ",")), in: source, at: entry.range)
      }
      numbers.append(try ExpectedNumber(entry.names, entry.formula))
    }
    return numbers
  }
}
