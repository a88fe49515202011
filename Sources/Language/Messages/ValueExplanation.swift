// Explanations of derivatives whose sides are known, and of values that cancellation leaves without
// digits.
import Text
import Calculus
import Syntax

extension Explainer {
  /// An explanation of the slopes on both sides of the point where these are no single finite
  /// number: finite ones that differ, or infinite ones that no single operation causes.
  func aboutSides(
    _ directions: some Collection<(name: String, seeds: [Double])>, _ findings: [Finding]
  ) -> Explanation? {
    let known = directions.prefix(Self.limit).compactMap { name, seeds in
      tape.slopes(at: point, along: seeds).map { (name: name, left: $0.left, right: $0.right) }
    }
    let isWithoutSlope = findings.allSatisfy { $0.kind == .undefinedSlope }
    let apart = known.filter {
      isWithoutSlope || $0.left.isFinite && $0.right.isFinite && $0.left != $0.right
    }
    guard !apart.isEmpty, apart.count == directions.count else { return nil }
    let wordings = apart.map { name, left, right in
      left == right
        ? "\(name) does not exist as a number: it is \(shortest(left))"
        : "\(name) does not exist: it is \(shortest(left + 0)) on the left and "
          + "\(shortest(right + 0)) on the right"
    }
    let message = wordings.joined(separator: "; ")
    if findings.isEmpty, tape.turns != nil, let decision = computation.path.boundary {
      return .about(.undefinedSlope, .error, message, decision, computation.expression)
    }
    let slot = findings.first?.slot ?? tape.kinks(values, all: true).first?.slot ?? tape.output
    let diagnostic = computation.diagnostic(.error, message, about: slot)
    return Explanation(kind: .undefinedSlope, diagnostic: diagnostic)
  }

  /// Whether the rule for a derivative is missing, although the derivative may exist.
  func isWithoutRule(_ finding: Finding) -> Bool {
    finding.kind == .undefinedSlope && tape.operation(in: finding.slot)?.takesOrder == true
  }

  /// A warning that the value's terms cancel so far that none of its digits is certain.
  package func aboutCancellation() -> [Explanation] {
    guard let size = tape.cancelledTerms(values) else { return [] }
    let operations = tape.operands(of: tape.output).compactMap { tape.operation(in: $0) }
    let remedy = operations.contains(.lgamma) ? "; 'lbeta' computes such sums" : ""
    let message =
      "terms of \(NumberFormat(digits: 2).text(size)) cancel here: the value may be their rounding "
      + "alone\(remedy)"
    let diagnostic = computation.diagnostic(.note, message, about: tape.output)
    return [Explanation(kind: .cancellation, diagnostic: diagnostic)]
  }
}
