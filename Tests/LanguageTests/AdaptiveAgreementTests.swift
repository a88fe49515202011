// Random well-formed expressions: the adaptive derivative lies within its own estimate.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct AdaptiveAgreementTests {
  /// What is wrong with the adaptive derivatives of a text; how many were judged, and what they cost.
  private func judge(
    _ text: String, at point: [Double]
  ) throws -> (judged: Int, evaluations: Int, isPrecise: Int, complaints: [String]) {
    let place = Point(names: ["x", "y", "z"], values: point)
    let tape = try Computation(try Expression(SourceText(text)), at: place).tape
    let exact = tape.reverseGradient(at: point)
    var result = (judged: 0, evaluations: 0, isPrecise: 0, complaints: [String]())
    let values = tape.slotValues(at: point)
    guard exact.value.isFinite, tape.kinks(values).isEmpty, tape.findingsAboutValue(values).isEmpty
    else { return result }
    let differentiator = NumericalDifferentiator(tape, at: point)
    for axis in 0..<3 where exact.partials[axis].isFinite {
      let found = differentiator.adaptiveDerivative(
        along: tape.unit(axis), size: point[axis].magnitude)
      result.judged += 1
      result.evaluations += found.evaluations
      let error = (found.value - exact.partials[axis]).magnitude
      if found.errorEstimate <= 1e-6 * (1 + exact.partials[axis].magnitude) {
        result.isPrecise += 1
      }
      if error > 16 * found.errorEstimate + 1e-12 * (1 + exact.partials[axis].magnitude) {
        result.complaints.append(
          "\(text) at \(point), axis \(axis): \(found.value) ± \(found.errorEstimate), "
            + "not \(exact.partials[axis])")
      }
    }
    return result
  }

  @Test func estimatesHoldOnRandomExpressions() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 20_261_121))
    var total = (judged: 0, evaluations: 0, isPrecise: 0, complaints: [String]())
    for index in 0..<3000 {
      let text = generator.expression(depth: 1 + index % 4)
      let point = generator.point()
      // Difference quotients see through what stop_gradient hides.
      if text.contains("stop_gradient") { continue }
      let result = try judge(text, at: point)
      total.judged += result.judged
      total.evaluations += result.evaluations
      total.isPrecise += result.isPrecise
      total.complaints += result.complaints
    }
    print(
      "adaptive: \(total.judged) partials, \(total.complaints.count) beyond their estimate, "
        + "\(total.isPrecise) precise, \(total.evaluations) evaluations")
    // Three out of 7,332: sines and cotangents of pi, noise that looks like a slope of 1e16.
    #expect(total.complaints.count <= 5, "\(total.complaints.prefix(20).joined(separator: "\n"))")
    #expect(total.judged > 7000 && total.isPrecise > total.judged * 99 / 100)
    #expect(total.evaluations < 30 * total.judged)
  }
}
