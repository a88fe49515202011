// Complex numbers against mpmath, and the complex step against reverse mode.
import Testing

@testable import Calculus

@Suite struct ComplexTests {
  private static func isNear(_ x: Double, _ y: Double) -> Bool {
    (x - y).magnitude <= 4e-16 * (1 + y.magnitude)
  }

  /// mpmath 1.3 at x + 0.3i, to 17 digits.
  static let unary: [(name: String, x: Double, real: Double, imaginary: Double)] = [
    ("sin", 0.7, 0.67342555995257893, 0.23290996731262683),
    ("cos", 0.7, 0.79951899559903476, -0.19617735916146122),
    ("tan", 0.7, 0.72703718624352005, 0.46970516596755817),
    ("cot", 0.7, 0.97041023899188968, -0.62693726123883785),
    ("sec", 0.7, 1.1797254049993487, 0.2894683125259031),
    ("csc", 0.7, 1.3262960832806395, -0.45871080008532984),
    ("asin", 0.7, 0.70890344096550527, 0.38559098731817491),
    ("acos", 0.7, 0.86189288582939134, -0.38559098731817491),
    ("atan", 0.7, 0.63966976615851476, 0.19988189602962927),
    ("acot", 0.7, 0.93112656063638186, -0.19988189602962927),
    ("sinh", 0.7, 0.72470269042328546, 0.37092780393896438),
    ("cosh", 0.7, 1.1991087510987431, 0.22417681233754294),
    ("tanh", 0.7, 0.63983593026318, 0.18971709151908692),
    ("coth", 0.7, 1.4365984236484848, -0.42596431635746106),
    ("sech", 0.7, 0.80578927513439335, -0.15064461079938573),
    ("csch", 0.7, 1.0934263737988286, -0.55965328811633302),
    ("asinh", 0.7, 0.67033674298778974, 0.24573200610107972),
    ("acosh", 1.7, 1.1511827117610315, 0.212441167888168),
    ("atanh", 0.7, 0.70168043215230994, 0.480035181202844),
    ("exp", 0.7, 1.9238114415220286, 0.59510461627650732),
    ("exp2", 0.7, 1.589508750408889, 0.33537703248636547),
    ("expm1", 0.7, 0.92381144152202857, 0.59510461627650732),
    ("ln", 0.7, -0.27236358772083602, 0.40489178628508342),
    ("log2", 0.7, -0.39293759732357629, 0.58413537217016386),
    ("log10", 0.7, -0.11828600321853136, 0.17584226855156247),
    ("log1p", 0.7, 0.54596165025865654, 0.17467219900823969),
    ("sigmoid", 0.7, 0.67158602492482813, 0.06684448587943598),
    ("logit", 0.7, 0.58503562632512732, 1.1902899496825317),
    ("softplus", 0.7, 1.0931842002969049, 0.20079446156562912),
    ("sqrt", 0.7, 0.85486177554806801, 0.17546696353785636),
    ("cbrt", 0.7, 0.90490684135743965, 0.12287676755498661),
    ("sinc", 0.7, 0.93322565889757466, -0.067225329080922242),
  ]

  private func value(_ name: String, _ arguments: [Complex]) throws -> Complex {
    let tape = tape(
      of: try #require(operation(name, arguments: arguments.count)), arguments: arguments.count)
    return tape.values(at: arguments)[tape.output]
  }

  @Test(arguments: unary)
  func functions(name: String, x: Double, real: Double, imaginary: Double) throws {
    let value = try value(name, [Complex(x, 0.3)])
    #expect(Self.isNear(value.real, real) && Self.isNear(value.imaginary, imaginary))
  }

  /// mpmath at 0.7 + 0.3i and 1.3 - 0.2i.
  @Test(arguments: [
    ("power", 0.63621842578261486, 0.41758723599597585),
    ("atan2", 0.48801853465577191, 0.24794229826251515),
    ("hypot", 1.4322076621735724, -0.034911138461665618),
    ("log", -1.3865370251188275, 0.70509138160076154),
  ])
  func functionsOfTwo(name: String, real: Double, imaginary: Double) throws {
    let value = try value(name, [Complex(0.7, 0.3), Complex(1.3, -0.2)])
    #expect(Self.isNear(value.real, real) && Self.isNear(value.imaginary, imaginary))
  }

  private static let analytic = Operation.language.filter { operation in
    guard operation.shape == .unary else { return false }
    return tape(of: operation, arguments: 1).complexStepObstacle(along: [1]) == nil
      && operation != .stopGradient
  }

  @Test func mostOperationsAreAnalytic() { #expect(Self.analytic.count == 33) }

  /// No digit is lost to a difference: the complex step is as good as reverse mode.
  @Test(arguments: analytic)
  func theStepIsAsGoodAsReverseMode(operation: Operation) {
    let tape = tape(of: operation, arguments: 1)
    for x in [-30, -2.5, -0.9, -0.3, 1e-3, 0.25, 0.5, 0.8, 1.5, 4, 25, 300] {
      let exact = tape.reverseGradient(at: [x]).partials[0]
      guard tape.value(at: [x]).isFinite, exact.isFinite else { continue }
      let quotient = NumericalDifferentiator(tape, at: [x])
        .quotient(along: [1], size: x, .complexStep)
      let error = (quotient.value - exact).magnitude
      #expect(error <= 2e-14 * exact.magnitude, "at \(x): \(quotient.value), not \(exact)")
    }
  }

  /// Kernels, which derivatives inside an expression are made of, go on by their formulas.
  @Test(arguments: Operation.allCases.filter { $0.isKernel && $0.shape == .unary })
  func kernelsByTheirFormulas(operation: Operation) {
    let tape = tape(of: operation, arguments: 1)
    guard tape.complexStepObstacle(along: [1]) == nil else { return }
    for x in [0.25, 0.6, 1.7, 3] {
      let exact = tape.reverseGradient(at: [x]).partials[0]
      guard tape.value(at: [x]).isFinite, exact.isFinite else { continue }
      let quotient = NumericalDifferentiator(tape, at: [x])
        .quotient(along: [1], size: x, .complexStep)
      #expect((quotient.value - exact).magnitude <= 1e-13 * exact.magnitude, "\(operation) \(x)")
    }
  }

  @Test(arguments: [
    (Operation.power, -2.0, 3.0), (.power, 2, -0.5), (.power, 0, 3), (.power, 700, 1.25),
    (.atan2, 1, -2), (.atan2, -1, -2), (.atan2, -3, 0.5), (.hypot, -3, 1e-3), (.hypot, 1e100, 1),
    (.divide, 1e-100, 1e200), (.log, 3, 0.5), (.multiply, 0, 7),
  ])
  func theStepInEitherArgument(operation: Operation, x: Double, y: Double) {
    let tape = tape(of: operation, arguments: 2)
    let exact = tape.reverseGradient(at: [x, y]).partials
    for (index, direction) in [[1.0, 0], [0, 1]].enumerated() where exact[index].isFinite {
      let quotient = NumericalDifferentiator(tape, at: [x, y])
        .quotient(along: direction, size: [x, y][index], .complexStep)
      let error = (quotient.value - exact[index]).magnitude
      #expect(error <= 2e-14 * exact[index].magnitude + 1e-35, "\(index): \(quotient.value)")
    }
  }

  @Test(arguments: [
    (Operation.abs, true), (.floor, true), (.relu, true), (.sign, true), (.erf, false),
    (.gamma, false), (.digamma, false),
  ])
  func whatCannotBeTakenIsTold(operation: Operation, isNotAnalytic: Bool) {
    let tape = tape(of: operation, arguments: 1)
    let obstacle = tape.complexStepObstacle(along: [1])
    #expect(obstacle?.operation == operation && obstacle?.isNotAnalytic == isNotAnalytic)
    #expect(tape.complexStepObstacle(along: [0]) == nil)
  }

  /// Where the function has no value the complex one is of no use: ln(-1) is πi.
  @Test func outsideTheDomain() {
    let tape = tape(of: .ln, arguments: 1)
    let quotient = NumericalDifferentiator(tape, at: [-1])
      .quotient(along: [1], size: 1, .complexStep)
    #expect(quotient.value.isNaN)
  }
}
