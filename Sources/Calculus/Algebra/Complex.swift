// Complex numbers: the complex-step derivative runs a computation at x + ih.

/// real + imaginary · i. Every rule that is declared analytic runs on it.
struct Complex: Scalar {
  var real: Double
  var imaginary: Double

  @inline(__always)
  init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  init(integerLiteral value: Double.IntegerLiteralType) { self.init(Double(value)) }
  init(floatLiteral value: Double) { self.init(value) }

  func constant(_ value: Double) -> Complex { Complex(value) }

  var number: Double? { real }
  var isZero: Bool { real == 0 && imaginary == 0 }
  var isNaN: Bool { real.isNaN || imaginary.isNaN }
  var isOrdinary: Bool { real.isOrdinary && (imaginary == 0 || imaginary.isOrdinary) }

  // On the real axis a rule is what it is on doubles, analytic or not.

  static func apply<Rule: UnaryRule>(_ rule: Rule.Type, _ x: Complex) -> Complex {
    if x.imaginary == 0 { return Complex(Rule.value(x.real)) }
    return Rule.continuation.function?(x) ?? .undefined
  }

  static func apply<Rule: BinaryRule>(_ rule: Rule.Type, _ x: Complex, _ y: Complex) -> Complex {
    if x.imaginary == 0, y.imaginary == 0 { return Complex(Rule.value(x.real, y.real)) }
    return Rule.continuation.function?(x, y) ?? .undefined
  }

  static func apply<Rule: VariadicRule>(_ rule: Rule.Type, _ xs: [Complex]) -> Complex {
    if xs.allSatisfy({ $0.imaginary == 0 }) { return Complex(Rule.value(xs.map(\.real))) }
    return Rule.continuation.function?(xs) ?? .undefined
  }

  private static let undefined = Complex(.nan, .nan)
}

/// How a rule goes on from the real axis into the complex plane.
enum Continuation<Function: Sendable>: Sendable {
  /// By a complex function that agrees with it on the real axis.
  case analytic(Function)
  /// Not at all: it has kinks, jumps or branches, as abs and floor have.
  case none
  /// In a way that is not implemented.
  case unknown

  var function: Function? {
    if case .analytic(let function) = self { function } else { nil }
  }
}

typealias UnaryContinuation = Continuation<@Sendable (Complex) -> Complex>
typealias BinaryContinuation = Continuation<@Sendable (Complex, Complex) -> Complex>
typealias VariadicContinuation = Continuation<@Sendable ([Complex]) -> Complex>

extension UnaryRule {
  static var continuation: UnaryContinuation { .unknown }
}

extension BinaryRule {
  static var continuation: BinaryContinuation { .unknown }
}

extension VariadicRule {
  static var continuation: VariadicContinuation { .unknown }
}
