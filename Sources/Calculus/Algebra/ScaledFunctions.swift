// The functions whose values leave a double's range, on scaled numbers.

extension Scaled {
  /// eˣ of a number in two doubles: k ln 2 + r, and 2ᵏ goes to the exponent.
  static func exp(_ x: DoubleDouble) -> Scaled {
    guard x.high.magnitude < 0x1p39 else { return Scaled(Libm.exp(x.high)) }
    let k = (x.high / KernelTables.ln2.high).rounded()
    let r = x - KernelTables.ln2 * k
    return Scaled(KernelTables.exponential(r).high, exponent: Int(k))
  }

  /// ln x in two doubles, for x > 0.
  var logarithm: DoubleDouble {
    guard isOrdinary else { return DoubleDouble(Libm.log(value)) }
    // Beside 1 the two terms would cancel.
    if fits { return .log(DoubleDouble(value)) }
    return .log(DoubleDouble(significand)) + KernelTables.ln2 * Double(exponent)
  }

  /// The square root, of a number that is not negative.
  var squareRoot: Scaled {
    guard isOrdinary, significand > 0 else { return Scaled(significand.squareRoot() + 0) }
    let isOdd = exponent & 1 != 0
    return Scaled(
      (isOdd ? 2 * significand : significand).squareRoot(),
      exponent: (exponent - (isOdd ? 1 : 0)) / 2)
  }

  var cubeRoot: Scaled {
    guard isOrdinary else { return self }
    let rest = ((exponent % 3) + 3) % 3
    return Scaled(
      SpecialFunction.cubeRoot(significand * Self.power(rest)), exponent: (exponent - rest) / 3)
  }

  /// The power to any number: of a negative one, to a whole number.
  func power(_ exponent: Double) -> Scaled {
    guard isOrdinary, exponent.isFinite else {
      return Scaled(SpecialFunction.power(value, exponent))
    }
    let isWhole = exponent == exponent.rounded()
    if isWhole, exponent.magnitude <= 1000 {
      // The significand is below 2, its powers are below 2^1000.
      return Scaled(Libm.pow(significand, exponent), exponent: self.exponent * Int(exponent))
    }
    guard significand > 0 || isWhole else { return Scaled(.nan) }
    let magnitude = Scaled.exp(self.magnitude.logarithm * exponent)
    let isOdd = exponent.remainder(dividingBy: 2) != 0
    return significand < 0 && isOdd ? magnitude.opposite : magnitude
  }

  var magnitude: Scaled { significand < 0 ? opposite : self }

  /// sqrt(x² + y²)
  static func hypotenuse(_ x: Scaled, _ y: Scaled) -> Scaled {
    guard x.isOrdinary, y.isOrdinary else {
      return Scaled(SpecialFunction.hypotenuse(x.value, y.value))
    }
    let shift = Swift.max(x.exponent, y.exponent)
    let (a, b) = (x.shifted(-shift).value, y.shifted(-shift).value)
    return Scaled(Libm.hypot(a, b), exponent: shift)
  }

  /// 1/x where x is so small that nothing else counts, elsewhere a function's value.
  func reciprocalBeside0(else value: (Double) -> Double) -> Scaled {
    isOrdinary && exponent < -500 ? .quotient(1, self) : Scaled(value(self.value))
  }

  /// This number times a power of two.
  func shifted(_ shift: Int) -> Scaled { Scaled(significand, exponent: exponent + shift) }

  /// Γ(x + shift), beyond a double's range by way of its logarithm in two doubles.
  static func gamma(_ x: Scaled, shift: Double) -> Scaled {
    let value =
      shift == 0 ? SpecialFunction.gamma(x.value) : SpecialFunction.factorial(x.value)
    guard !value.isNaN, x.isOrdinary else { return Scaled(value) }
    if shift == 0, x.exponent < -500 { return .quotient(1, x) }
    guard !value.isNormal, x.value.magnitude > 1, x.value.isFinite else { return Scaled(value) }
    let magnitude = exp(SpecialFunction.logGamma(x.value, shift: shift))
    return value.sign == .minus ? magnitude.opposite : magnitude
  }

  /// The ratio of the tail of the normal distribution beyond z to its density there, for z > 20, by
  /// Laplace's continued fraction 1/(z + 1/(z + 2/(z + …))).
  static func millsRatio(_ z: Double) -> Double {
    1 / stride(from: 40.0, through: 1, by: -1).reduce(z) { z + $1 / $0 }
  }
}

extension Scaled: CustomStringConvertible {
  /// With three digits, as 2.73e347.
  var description: String {
    guard isOrdinary else { return "\(value)" }
    let logarithm = magnitude.logarithm / DoubleDouble.log(DoubleDouble(10))
    var power = logarithm.high.rounded(.down)
    let digits = DoubleDouble.log(DoubleDouble(10)) * (logarithm - power)
    var hundredths = (100 * DoubleDouble.exp(digits).high).rounded()
    if hundredths >= 1000 { (hundredths, power) = (hundredths / 10, power + 1) }
    return "\(significand < 0 ? "-" : "")\(hundredths / 100)e\(Int(power))"
  }
}
