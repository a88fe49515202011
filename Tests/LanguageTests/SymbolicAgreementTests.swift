// Derivatives as formulas, printed and read back, against the engines and against series.

import Calculus
import Syntax
import Testing

@testable import Language

/// What was compared, and what did not agree.
private struct Tally {
  var compared = 0
  /// Rounding alone could hide a wrong derivative here, or the formula's way to it overflows.
  var unjudged = 0
  var worst = 0.0
  var complaints: [String] = []

  /// A formula's value against a number, within what the roundings of both ways may do.
  mutating func compare(
    _ formula: Judged, with expected: Double, _ slack: Double, _ about: @autoclosure () -> String
  ) {
    let error = formula.error + slack
    guard error.isFinite, error <= 1e-4 * (1 + expected.magnitude) else {
      unjudged += 1
      return
    }
    compared += 1
    let difference = (formula.value - expected).magnitude
    if !(difference <= 8 * error + 1e-12 * expected.magnitude + 1e-290) {
      complaints.append("\(about()): \(formula.value), not \(expected) (± \(error))")
    } else if error < 1e-12 * expected.magnitude {
      worst = max(worst, difference / expected.magnitude)
    }
  }

  func report(_ title: String) {
    print("\(title): \(compared) compared, \(unjudged) too rough, worst relative \(worst)")
    #expect(
      complaints.isEmpty, "\(complaints.count): \(complaints.prefix(12).joined(separator: "\n"))")
  }
}

@Suite struct SymbolicAgreementTests {
  /// A function's first derivatives in all forms against reverse mode.
  private func compareGradient(_ text: String, at place: [Double], _ tally: inout Tally) throws {
    let function = try Function(Expression(SourceText(text)), first: ["x", "y", "z"])
    let point = function.variables.map { place["xyz".map(String.init).firstIndex(of: $0) ?? 0] }
    let tape = Tape(
      function.graph, output: function.output, isActive: point.map { _ in true })
    let reverse = tape.reverseGradient(at: point)
    guard reverse.value.isFinite, tape.findingsAboutValue(tape.slotValues(at: point)).isEmpty,
      tape.kinks(tape.slotValues(at: point)).isEmpty
    else { return }
    let paths = point.indices.map { [$0] }
    let raw = try Derived(function, along: paths, form: .raw)
    for form in FormulaForm.allCases {
      guard let derived = try? Derived(function, along: paths, form: form) else { continue }
      for axis in point.indices where reverse.partials[axis].isFinite {
        let slack = Judged(raw.tape(axis), at: point).error
        let formula = try Judged(derived.readBack(axis), at: point)
        tally.compare(
          formula, with: reverse.partials[axis], slack,
          "\(text) at \(point), \(form) d/d\(function.variables[axis]) = "
            + derived.texts[axis].prefix(300))
      }
    }
  }

  /// Second derivatives against the Hessian, third ones against the Hessian of first ones.
  private func compareHigher(_ text: String, at place: [Double], _ tally: inout Tally) throws {
    let function = try Function(Expression(SourceText(text)), first: ["x", "y", "z"])
    let point = function.variables.map { place["xyz".map(String.init).firstIndex(of: $0) ?? 0] }
    guard let last = point.indices.last else { return }
    let tape = Tape(
      function.graph, output: function.output, isActive: point.map { _ in true })
    let values = tape.slotValues(at: point)
    guard values[tape.output].isFinite, tape.findingsAboutValue(values).isEmpty,
      tape.kinks(values).isEmpty
    else { return }
    let first = try Derived(function, along: [[0]], form: .raw).tape()
    let second = tape.hessian(at: point)[0][last]
    let third = first.hessian(at: point)[0][last]
    let paths = [[0, last], [0, 0, last]]
    let raw = try Derived(function, along: paths, form: .raw)
    for form in FormulaForm.allCases {
      guard form != .expanded || text.utf8.count < 40,
        let derived = try? Derived(function, along: paths, form: form)
      else { continue }
      for (position, expected) in [second, third].enumerated() where expected.isFinite {
        let slack = Judged(raw.tape(position), at: point).error
        let formula = try Judged(derived.readBack(position), at: point)
        tally.compare(
          formula, with: expected, slack,
          "\(text) at \(point), \(form) order \(position + 2)")
      }
    }
  }

  /// Every function that takes up to three arguments, as a user calls it.
  static let calls: [String] = Operation.language.flatMap { operation -> [String] in
    let about = operation.about
    switch about.notation {
    case .infix(let precedence) where precedence > .comparison: return ["x \(about.name) y"]
    case .fraction, .power: return ["x \(about.name) y", "(x*y)\(about.name)3"]
    case .function, .radical, .bars:
      let names = ["x", "y", "z"].prefix(max(1, min(3, about.arity.upperBound)))
      guard about.arity.contains(names.count) else { return [] }
      if operation.takesOrder { return ["\(about.name)(2, y)"] }
      let call = "\(about.name)(\(names.joined(separator: ", ")))"
      return [
        call, "x*" + call, "\(about.name)(\(names.map { $0 + "*y/2" }.joined(separator: ", ")))",
      ]
    default: return []
    }
  }

  static let places: [[Double]] = [
    [0.3, 0.7, 1.9], [0.85, 1.25, 2.5], [1.6, 0.4, 0.9], [2.75, 3.5, 1.5], [-0.6, -1.3, 0.2],
  ]

  @Test func everyFunctionAgrees() throws {
    var (first, higher) = (Tally(), Tally())
    for (index, text) in Self.calls.enumerated() {
      for (number, place) in Self.places.prefix(3).enumerated() {
        try compareGradient(text, at: place, &first)
        if (index + number).isMultiple(of: 4) { try compareHigher(text, at: place, &higher) }
      }
    }
    first.report("catalogue, order 1")
    higher.report("catalogue, orders 2 and 3")
    #expect(first.compared > 1000)
  }

  @Test func randomExpressionsAgree() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 20_230_117))
    var (first, higher) = (Tally(), Tally())
    for index in 0..<1500 {
      let text = generator.expression(depth: 1 + index % 5)
      let point = generator.point()
      if text.contains("stop_gradient") { continue }
      try compareGradient(text, at: point, &first)
      if index % 10 < 3 { try compareHigher(text, at: point, &higher) }
    }
    first.report("random, order 1")
    higher.report("random, orders 2 and 3")
    #expect(first.compared > 2000)
  }
}
