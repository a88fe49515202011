// Random well-formed expressions: forward equals reverse, and difference quotients agree.

import Calculus
import Syntax
import Testing

@testable import Language

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Makes expressions of x, y and z.
struct ExpressionGenerator {
  var random: SplitMix64
  private static let unary = [
    "sin", "cos", "tan", "exp", "ln", "sqrt", "tanh", "atan", "asin", "acos", "sinh", "cosh",
    "asinh", "acosh", "atanh", "log1p", "expm1", "log2", "log10", "exp2", "cbrt", "sigmoid",
    "softplus", "erf", "erfc", "sinc", "logit", "cot", "sec", "csc", "coth", "sech", "csch",
    "acot", "abs", "relu", "floor", "sign", "stop_gradient", "gamma", "lgamma", "digamma",
  ]
  private static let binary = ["atan2", "hypot", "max", "min", "log", "mod", "logsumexp"]
  private static let infix = ["+", "-", "*", "/", "^", "+", "-", "*", "%"]

  mutating func expression(depth: Int) -> String {
    if depth == 0 || chance(8) { return leaf() }
    switch Int.random(in: 0..<12, using: &random) {
    case 0...4: return "(\(part(depth))\(pick(Self.infix))\(part(depth)))"
    case 5...8: return "\(pick(Self.unary))(\(part(depth)))"
    case 9: return "\(pick(Self.binary))(\(part(depth)), \(part(depth)))"
    case 10: return "(\(part(depth)))^\(Int.random(in: -3...4, using: &random))"
    default:
      return chance(2)
        ? "if(\(part(depth)) > \(part(depth)), \(part(depth)), \(part(depth)))"
        : "sum(i, 1, \(Int.random(in: 0...3, using: &random)), \(part(depth))*i)"
    }
  }

  mutating func point() -> [Double] {
    (0..<3).map { _ in
      (Double.random(in: -3...3, using: &random) * 1000).rounded() / 1000
    }
  }

  private mutating func part(_ depth: Int) -> String { expression(depth: depth - 1) }
  private mutating func leaf() -> String {
    pick(["x", "y", "z", "x", "y", "z", "2", "0.5", "3", "pi"])
  }
  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }
  private mutating func pick(_ words: [String]) -> String {
    words[Int.random(in: words.indices, using: &random)]
  }
}

/// A function at a point, with the bounds that its derivatives are judged by.
private struct Sample {
  let text: String
  let tape: Tape
  let point: [Double]
  let reverse: Gradient
  let forward: Gradient

  init(_ text: String, at point: [Double]) throws {
    self.text = text
    self.point = point
    let expression = try Expression(SourceText(text))
    let place = Point(names: ["x", "y", "z"], values: point)
    tape = try Computation(expression, at: place).tape
    reverse = tape.reverseGradient(at: point)
    forward = tape.forwardGradient(at: point)
  }

  private var isFinite: Bool { reverse.value.isFinite && reverse.partials.allSatisfy(\.isFinite) }

  /// For each variable, Σ |v̄ · ∂v/∂u · u̇| over all edges u → v on the way: rounding moves a
  /// derivative by a few ε of it, whatever the order of the products and the sums.
  private func conditions() -> [Double] {
    let values = tape.slotValues(at: point)
    let partials = (0..<tape.count).map { tape.localPartials(of: $0, values: values) }
    var weights = Array(repeating: 0.0, count: tape.count)
    weights[tape.output] = 1
    for slot in (0..<tape.count).reversed() where weights[slot] != 0 {
      for (operand, partial) in zip(tape.operands(of: slot), partials[slot]) {
        // An edge without a slope carries nothing, whatever flows beside it.
        let weight = partial.isNaN ? 0 : weights[slot] * partial.magnitude
        weights[operand] += weight.isNaN ? 0 : weight
      }
    }
    return Array(weights.prefix(tape.variableCount))
  }

  /// What the products and sums of a sweep may lose, relative to its condition.
  private var rounding: Double { 0x1p-53 * Double(2 * tape.instructionCount + 4) }

  /// Why forward and reverse mode disagree, nil if they do not; whether their numbers were compared.
  func disagreement() -> (compared: Bool, complaint: String?) {
    guard same(forward.value, reverse.value) else { return (true, "\(text) at \(point): values") }
    guard isFinite, forward.partials.allSatisfy(\.isFinite) else { return (false, nil) }
    for (index, bound) in conditions().enumerated() where bound.isFinite {
      let difference = (forward.partials[index] - reverse.partials[index]).magnitude
      if difference > rounding * bound + 1e-290 {
        return (
          true, "\(text) at \(point): \(forward.partials) forward, \(reverse.partials) reverse"
        )
      }
    }
    return (true, nil)
  }

  /// Smooth on a neighbourhood that the step does not leave: nothing is found at the point or at
  /// the ends of the stencil, and no branch, step or fold changes between them.
  private func isSmooth(along axis: Int, step: Double) -> Bool {
    let pattern = signature(at: point)
    return [-4.0, -2, -1, 1, 2, 4].allSatisfy { offset in
      var moved = point
      moved[axis] += offset * step
      let values = tape.slotValues(at: moved)
      return values[tape.output].isFinite && tape.findingsAboutValue(values).isEmpty
        && tape.kinks(values).isEmpty && signature(at: moved) == pattern
        && !turns(values, tape.slotValues(at: point))
    } && tape.kinks(tape.slotValues(at: point)).isEmpty
  }

  /// Whether a periodic function goes a good part of its period between two runs, so that a
  /// difference quotient is blind to it.
  private func turns(_ values: [Double], _ others: [Double]) -> Bool {
    let periodic: [Operation] = [.sin, .cos, .tan, .cot, .sec, .csc, .sinc]
    return (0..<tape.count).contains { slot in
      guard let operation = tape.operation(in: slot), periodic.contains(operation) else {
        return false
      }
      let operand = tape.operands(of: slot)[0]
      return (values[operand] - others[operand]).magnitude > 0.1
    }
  }

  /// What every piecewise operation does at a point, in numbers that change where it changes.
  private func signature(at point: [Double]) -> [Double] {
    let values = tape.slotValues(at: point)
    return (0..<tape.count).flatMap { slot -> [Double] in
      guard let operation = tape.operation(in: slot) else { return [] }
      let operands = tape.operands(of: slot).map { values[$0] }
      switch operation {
      case .abs, .relu, .step, .sign, .cbrt: return [operands[0] > 0 ? 1 : 0]
      case .floor, .ceil, .round, .trunc: return [values[slot]]
      case .max, .min, .clamp: return operands.map { $0 == values[slot] ? 1 : 0 }
      case .remainder: return [(operands[0] / operands[1]).rounded(.down)]
      case .atan2: return [operands[0] > 0 ? 1 : 0, operands[1] > 0 ? 1 : 0]
      // Between a pole and the next one the sign tells one branch from another.
      case .divide, .logit: return [operands.last! > 0 ? 1 : 0]
      case .tan, .cot, .sec, .csc: return [(operands[0] / .pi * 2).rounded(.down)]
      case .coth, .csch: return [operands[0] > 0 ? 1 : 0]
      case .acot, .log: return operands.map { $0 > 0 ? 1 : 0 }
      case .gamma, .lgamma, .digamma: return [min(operands[0].rounded(.down), 0)]
      case .power: return [operands[0] > 0 ? 1 : 0]
      case .select, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
        return [operands[0] == 0 ? 0 : 1, values[slot] == 0 ? 0 : 1]
      default: return []
      }
    }
  }

  /// The axes whose difference quotients were judged, and a complaint about each that is not
  /// within its own error estimate; what is skipped is not smooth near the point.
  func numerical() -> (checked: Int, skipped: Int, complaints: [String]) {
    // Difference quotients see through what stop_gradient hides.
    guard isFinite, !text.contains("stop_gradient") else { return (0, 3, []) }
    let differentiator = NumericalDifferentiator(tape, at: point)
    let conditions = conditions()
    var result = (checked: 0, skipped: 0, complaints: [String]())
    for axis in 0..<3 {
      let quotient = differentiator.quotient(
        along: tape.unit(axis), size: point[axis].magnitude, .central, estimatesError: true)
      guard isSmooth(along: axis, step: quotient.step), let estimate = quotient.errorEstimate,
        estimate.isFinite, quotient.formula == .central
      else {
        result.skipped += 1
        continue
      }
      result.checked += 1
      let error = (quotient.value - reverse.partials[axis]).magnitude
      // The reverse derivative is rounded too: 1 - 1 + 5e-20 is 0 in one order of its terms.
      if error > Self.safety * estimate + rounding * conditions[axis] + 1e-290 {
        result.complaints.append(
          "\(text) at \(point), axis \(axis): \(quotient.value) ± \(estimate), "
            + "not \(reverse.partials[axis])")
      }
    }
    return result
  }

  /// The estimate compares two steps: where a higher term happens to cancel there, it is too small.
  static let safety = 16.0
}

@Suite struct AgreementTests {
  private static let count =
    getenv("AUTODIFF_EXPRESSIONS").flatMap { Int(String(cString: $0)) } ?? 8000

  @Test func enginesAgreeOnRandomExpressions() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 150_205_767))
    var compared = 0
    var numerical = (checked: 0, skipped: 0, complaints: [String]())
    var complaints: [String] = []
    for index in 0..<Self.count {
      let text = generator.expression(depth: 1 + index % 5)
      let sample = try Sample(text, at: generator.point())
      let (isCompared, complaint) = sample.disagreement()
      if isCompared { compared += 1 }
      if let complaint { complaints.append(complaint) }
      let result = sample.numerical()
      numerical.checked += result.checked
      numerical.skipped += result.skipped
      numerical.complaints += result.complaints
    }
    print("forward and reverse: \(compared) of \(Self.count) expressions compared")
    print("numerical: \(numerical.checked) partials checked, \(numerical.skipped) skipped")
    #expect(complaints.isEmpty, "\(complaints.prefix(10).joined(separator: "\n"))")
    #expect(
      numerical.complaints.isEmpty,
      "\(numerical.complaints.count): \(numerical.complaints.prefix(10).joined(separator: "\n"))")
    #expect(compared >= Self.count / 2)
    #expect(numerical.checked >= Self.count)
  }
}
