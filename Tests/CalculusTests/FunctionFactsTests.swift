// What declarations say of functions for all arguments, held against their values.
import Testing

@testable import Calculus

@Suite("Facts of functions")
struct FunctionFactsTests {
  private static let functions = Operation.allCases.filter { $0.shape == .unary }
  private static let arguments: [Double] = [
    0, 1e-300, 1e-9, 0.1, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4.75, 8, 20.5, 300,
  ]

  @Test("A parity holds at all arguments, and no function has one that does not say so")
  func parities() {
    for function in Self.functions {
      guard case .function = function.about.notation else { continue }
      let signs = Self.arguments.dropFirst().compactMap { x -> (even: Bool, odd: Bool)? in
        let (y, opposite) = (function.value([x]), function.value([-x]))
        guard y.isFinite, opposite.isFinite else { return nil }
        let error = 4 * max(y.ulp, opposite.ulp)
        return ((y - opposite).magnitude <= error, (y + opposite).magnitude <= error)
      }
      let parity = function.facts.parity
      #expect(parity != .even || signs.allSatisfy(\.even), "\(function)")
      #expect(parity != .odd || signs.allSatisfy(\.odd), "\(function)")
      guard parity == nil, signs.count > 2 else { continue }
      #expect(!signs.allSatisfy(\.even) && !signs.allSatisfy(\.odd), "\(function)")
    }
  }

  @Test("A sign, a domain and whole numbers hold at all arguments")
  func ranges() {
    for function in Self.functions {
      let facts = function.facts
      for x in Self.arguments.flatMap({ [$0, -$0] }) {
        let y = function.value([x])
        if facts.sign != nil, function.isDefined([x]) { #expect(y >= 0, "\(function) \(x)") }
        if facts.sign == .positiveWithArgument, x > 0 { #expect(y > 0, "\(function) \(x)") }
        if facts.isWhole { #expect(y == y.rounded(), "\(function) \(x)") }
        if facts.keepsWhole, x == x.rounded() { #expect(y == y.rounded(), "\(function) \(x)") }
        let isInDomain = facts.domain == .positive ? x > 0 : facts.domain != nil && x >= 0
        if isInDomain { #expect(function.isDefined([x]) && !y.isNaN, "\(function) \(x)") }
      }
    }
  }

  @Test("Values at whole numbers are those that are computed")
  func values() {
    for function in Self.functions {
      for (x, y) in function.facts.values {
        let value = function.value([Double(x)])
        #expect((value - Double(y)).magnitude <= 2 * value.ulp, "\(function)(\(x))")
      }
    }
  }
}
