// A kernel is a formula with a value of its own: on numbers it is computed in the accurate way, on
// graph terms it is the formula that a person would write, or in graphs that are made to be
// evaluated an operation. Rules use kernels where the formula as it stands would cancel or
// overflow.

protocol UnaryKernel: UnaryOperation {
  static func formula<S: Scalar>(_ x: S) -> S
}

extension UnaryKernel {
  static func term<F: FormulaScalar>(_ x: F) -> F {
    x.keepsKernels ? .node(operation, x) : formula(x)
  }
  static func isDefined(_ x: Double) -> Bool { formula(Scaled(x)).value.isFinite }
}

protocol BinaryKernel: BinaryOperation {
  static func formula<S: Scalar>(_ x: S, _ y: S) -> S
  /// Whether the formula is as good as the kernel for these arguments.
  static func isPlain<F: FormulaScalar>(_ x: F, _ y: F) -> Bool
}

extension BinaryKernel {
  static func term<F: FormulaScalar>(_ x: F, _ y: F) -> F {
    (x.keepsKernels || y.keepsKernels) && !isPlain(x, y) ? .node(operation, x, y) : formula(x, y)
  }
  static func isPlain<F: FormulaScalar>(_ x: F, _ y: F) -> Bool { false }
  static func isDefined(_ x: Double, _ y: Double) -> Bool {
    formula(Scaled(x), Scaled(y)).value.isFinite
  }
}

protocol VariadicKernel: VariadicOperation {
  static func formula<S: Scalar>(_ xs: [S]) -> S
}

extension VariadicKernel {
  static func term<F: FormulaScalar>(_ xs: [F]) -> F {
    xs.contains(where: \.keepsKernels) ? .node(operation, xs) : formula(xs)
  }
}

// A kernel whose value leaves the range is its formula.

extension UnaryKernel {
  static func scaled(_ x: Scaled) -> Scaled {
    let value = value(x.value)
    return x.fits && value.isNormal ? Scaled(value) : formula(x).ifOrdinary(else: value)
  }
}

extension BinaryKernel {
  static func scaled(_ x: Scaled, _ y: Scaled) -> Scaled {
    let value = value(x.value, y.value)
    return x.fits && y.fits && value.isNormal
      ? Scaled(value) : formula(x, y).ifOrdinary(else: value)
  }
}

extension VariadicKernel {
  static func scaled(_ xs: [Scaled]) -> Scaled {
    let value = value(xs.map(\.value))
    return xs.allSatisfy(\.fits) && value.isNormal
      ? Scaled(value) : formula(xs).ifOrdinary(else: value)
  }
}

// A kernel goes on as its formula does, if that is made of analytic functions alone.

extension UnaryKernel {
  static var continuation: UnaryContinuation { .analytic { formula($0) } }
}

extension BinaryKernel {
  static var continuation: BinaryContinuation { .analytic { formula($0, $1) } }
}

extension VariadicKernel {
  static var continuation: VariadicContinuation { .analytic { formula($0) } }
}
