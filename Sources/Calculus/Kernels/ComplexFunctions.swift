// The elementary functions of complex numbers, beside the real axis above all.

// A complex step reads a derivative off an imaginary part that is tiny beside the real part, so
// every formula here keeps the relative accuracy of the imaginary part. Branches are those of the
// real functions: whole powers and cube roots take negative numbers.

extension Complex {
  // MARK: Arithmetic

  static func sum(_ x: Complex, _ y: Complex) -> Complex {
    Complex(x.real + y.real, x.imaginary + y.imaginary)
  }

  static func difference(_ x: Complex, _ y: Complex) -> Complex {
    Complex(x.real - y.real, x.imaginary - y.imaginary)
  }

  static func product(_ x: Complex, _ y: Complex) -> Complex {
    Complex(
      x.real * y.real - x.imaginary * y.imaginary, x.real * y.imaginary + x.imaginary * y.real)
  }

  /// By Smith's method, which does not square the divisor.
  static func quotient(_ x: Complex, _ y: Complex) -> Complex {
    if y.real.magnitude >= y.imaginary.magnitude {
      let ratio = y.imaginary / y.real
      let divisor = y.real + y.imaginary * ratio
      return Complex(
        (x.real + x.imaginary * ratio) / divisor, (x.imaginary - x.real * ratio) / divisor)
    }
    let ratio = y.real / y.imaginary
    let divisor = y.real * ratio + y.imaginary
    return Complex(
      (x.real * ratio + x.imaginary) / divisor, (x.imaginary * ratio - x.real) / divisor)
  }

  static func opposite(_ x: Complex) -> Complex { Complex(-x.real, -x.imaginary) }

  /// i x and -i x
  private var timesI: Complex { Complex(-imaginary, real) }
  private var overI: Complex { Complex(imaginary, -real) }

  private func scaled(_ factor: Double) -> Complex { Complex(real * factor, imaginary * factor) }

  // MARK: Powers and roots

  static func sqrt(_ x: Complex) -> Complex {
    if x.isZero { return 0 }
    let half = (Libm.hypot(x.real, x.imaginary) / 2 + x.real.magnitude / 2).squareRoot()
    let other = x.imaginary / (2 * half)
    if x.real >= 0 { return Complex(half, other) }
    return Complex(other.magnitude, x.imaginary < 0 ? -half : half)
  }

  /// ln(x / Re x), which is tiny beside the real axis.
  private var turn: Complex {
    let slope = imaginary / real
    return Complex(Libm.log1p(slope * slope) / 2, Libm.atan(slope))
  }

  /// x^y as (Re x)^(Re y) times what the imaginary parts make of it.
  static func power(_ x: Complex, _ y: Complex) -> Complex {
    if y.imaginary == 0, y.real == 1 { return x }
    if y.imaginary == 0, y.real == 2 { return product(x, x) }
    if x.isZero { return Complex(SpecialFunction.power(0, y.real)) }
    if x.real == 0 { return exp(product(y, ln(x))) }
    let turn = x.turn
    var exponent = turn.scaled(y.real)
    if y.imaginary != 0 {
      let growth = sum(Complex(Libm.log(x.real)), turn)
      exponent = sum(exponent, growth.scaled(y.imaginary).timesI)
    }
    return exp(exponent).scaled(SpecialFunction.power(x.real, y.real))
  }

  static func cbrt(_ x: Complex) -> Complex {
    if x.real == 0 { return exp(ln(x).scaled(1 / 3)) }
    return exp(x.turn.scaled(1 / 3)).scaled(SpecialFunction.cubeRoot(x.real))
  }

  static func hypot(_ x: Complex, _ y: Complex) -> Complex {
    let (large, small) = x.real.magnitude >= y.real.magnitude ? (x, y) : (y, x)
    if large.real == 0 { return sqrt(sum(product(x, x), product(y, y))) }
    let ratio = quotient(small, large)
    let root = product(large, sqrt(sum(1, product(ratio, ratio))))
    return large.real < 0 ? opposite(root) : root
  }

  // MARK: Exponentials and logarithms

  static func exp(_ x: Complex) -> Complex {
    let size = Libm.exp(x.real)
    return Complex(size * Libm.cos(x.imaginary), size * Libm.sin(x.imaginary))
  }

  static func exp2(_ x: Complex) -> Complex {
    let turn = x.imaginary * Libm.log(2)
    let size = Libm.exp2(x.real)
    return Complex(size * Libm.cos(turn), size * Libm.sin(turn))
  }

  static func expm1(_ x: Complex) -> Complex {
    let half = Libm.sin(x.imaginary / 2)
    let size = Libm.exp(x.real)
    return Complex(
      Libm.expm1(x.real) * Libm.cos(x.imaginary) - 2 * half * half,
      size * Libm.sin(x.imaginary))
  }

  static func ln(_ x: Complex) -> Complex {
    let size = Libm.hypot(x.real, x.imaginary)
    let logarithm =
      size > 0.5 && size < 2
      ? Libm.log1p((x.real.magnitude - 1) * (x.real.magnitude + 1) + x.imaginary * x.imaginary) / 2
      : Libm.log(size)
    return Complex(logarithm, Libm.atan2(x.imaginary, x.real))
  }

  static func log2(_ x: Complex) -> Complex { quotient(ln(x), Complex(Libm.log(2))) }
  static func log10(_ x: Complex) -> Complex { quotient(ln(x), Complex(Libm.log(10))) }
  static func log(_ x: Complex, _ base: Complex) -> Complex { quotient(ln(x), ln(base)) }

  static func log1p(_ x: Complex) -> Complex {
    if x.real.magnitude > 0.5 { return ln(sum(1, x)) }
    return Complex(
      Libm.log1p(x.real * (2 + x.real) + x.imaginary * x.imaginary) / 2,
      Libm.atan2(x.imaginary, 1 + x.real))
  }

  static func sigmoid(_ x: Complex) -> Complex {
    if x.real >= 0 { return quotient(1, sum(1, exp(opposite(x)))) }
    let growth = exp(x)
    return quotient(growth, sum(1, growth))
  }

  static func logit(_ p: Complex) -> Complex { difference(ln(p), log1p(opposite(p))) }

  static func softplus(_ x: Complex) -> Complex {
    x.real > 0 ? sum(x, log1p(exp(opposite(x)))) : log1p(exp(x))
  }

  static func logsumexp(_ xs: [Complex]) -> Complex {
    let largest = Complex(xs.map(\.real).max() ?? 0)
    let total = xs.reduce(0) { sum($0, exp(difference($1, largest))) }
    return sum(largest, ln(total))
  }

  // MARK: Trigonometric and hyperbolic functions

  static func sin(_ x: Complex) -> Complex {
    Complex(
      Libm.sin(x.real) * Libm.cosh(x.imaginary), Libm.cos(x.real) * Libm.sinh(x.imaginary))
  }

  static func cos(_ x: Complex) -> Complex {
    Complex(
      Libm.cos(x.real) * Libm.cosh(x.imaginary), -Libm.sin(x.real) * Libm.sinh(x.imaginary))
  }

  static func sinh(_ x: Complex) -> Complex { sin(x.timesI).overI }
  static func cosh(_ x: Complex) -> Complex { cos(x.timesI) }

  static func tanh(_ x: Complex) -> Complex {
    let (sine, cosine) = (Libm.sin(x.imaginary), Libm.cos(x.imaginary))
    if x.real.magnitude > 20 {
      return Complex(
        x.real < 0 ? -1 : 1, 4 * sine * cosine * Libm.exp(-2 * x.real.magnitude))
    }
    let slope = Libm.sinh(x.real)
    let divisor = cosine * cosine + slope * slope
    return Complex(slope * Libm.cosh(x.real) / divisor, sine * cosine / divisor)
  }

  static func tan(_ x: Complex) -> Complex { tanh(x.timesI).overI }
  static func cot(_ x: Complex) -> Complex { quotient(1, tan(x)) }
  static func sec(_ x: Complex) -> Complex { quotient(1, cos(x)) }
  static func csc(_ x: Complex) -> Complex { quotient(1, sin(x)) }
  static func coth(_ x: Complex) -> Complex { quotient(1, tanh(x)) }

  /// By the exponential that decays: cosh overflows where its inverse does not underflow.
  static func sech(_ x: Complex) -> Complex {
    let decay = exp(x.real < 0 ? x : opposite(x))
    return quotient(decay.scaled(2), sum(1, product(decay, decay)))
  }

  static func csch(_ x: Complex) -> Complex {
    if x.real.magnitude < 1 { return quotient(1, sinh(x)) }
    let decay = exp(x.real < 0 ? x : opposite(x))
    let value = quotient(decay.scaled(2), difference(1, product(decay, decay)))
    return x.real < 0 ? opposite(value) : value
  }

  // MARK: Their inverses, after Kahan

  static func asin(_ x: Complex) -> Complex {
    let (below, above) = (sqrt(difference(1, x)), sqrt(sum(1, x)))
    return Complex(
      Libm.atan2(x.real, product(below, above).real), Libm.asinh(crossed(below, above)))
  }

  static func acos(_ x: Complex) -> Complex {
    let (below, above) = (sqrt(difference(1, x)), sqrt(sum(1, x)))
    return Complex(2 * Libm.atan2(below.real, above.real), Libm.asinh(crossed(above, below)))
  }

  static func atan(_ x: Complex) -> Complex {
    let (a, b) = (x.real, x.imaginary)
    let other = 1 - b
    return Complex(
      Libm.atan2(2 * a, (1 - a) * (1 + a) - b * b) / 2,
      Libm.log1p(4 * b / (a * a + other * other)) / 4)
  }

  static func acot(_ x: Complex) -> Complex {
    if x.real.magnitude < 1 { return difference(Complex(.pi / 2), atan(x)) }
    return sum(Complex(x.real < 0 ? .pi : 0), atan(quotient(1, x)))
  }

  static func asinh(_ x: Complex) -> Complex { asin(x.timesI).overI }

  static func acosh(_ x: Complex) -> Complex {
    let (below, above) = (sqrt(difference(x, 1)), sqrt(sum(x, 1)))
    let conjugate = Complex(below.real, -below.imaginary)
    return Complex(
      Libm.asinh(product(conjugate, above).real), 2 * Libm.atan2(below.imaginary, above.real))
  }

  static func atanh(_ x: Complex) -> Complex { atan(x.timesI).overI }

  /// The angle of (x, y), by the quotient of the two that is at most 1.
  static func atan2(_ y: Complex, _ x: Complex) -> Complex {
    if x.real.magnitude >= y.real.magnitude {
      let start: Double = x.real >= 0 ? 0 : y.real < 0 ? -.pi : .pi
      return sum(Complex(start), atan(quotient(y, x)))
    }
    return difference(Complex(y.real < 0 ? -.pi / 2 : .pi / 2), atan(quotient(x, y)))
  }

  /// Im(x̄ y)
  private static func crossed(_ x: Complex, _ y: Complex) -> Double {
    x.real * y.imaginary - x.imaginary * y.real
  }

  // MARK: Others

  /// Near 0 by its series, where the quotient's imaginary part would cancel.
  static func sinc(_ x: Complex) -> Complex {
    if Libm.hypot(x.real, x.imaginary) > 1 { return quotient(sin(x), x) }
    let square = opposite(product(x, x))
    var term: Complex = 1
    var total: Complex = 1
    for k in 1...10 {
      term = product(term, square).scaled(1 / Double(2 * k * (2 * k + 1)))
      total = sum(total, term)
    }
    return total
  }
}
