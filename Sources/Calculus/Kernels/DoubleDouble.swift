// Numbers of about 106 bits, held as an unevaluated sum of two doubles, for the kernels' inner
// work.

/// `high + low` with |low| at most half a unit in the last place of `high`, so that `high` is the
/// sum rounded to a double. The operations are those of Dekker (1971) and Knuth, with fused
/// multiply-add for exact products; each is good to a few units of 2⁻¹⁰⁴. Nothing is promised for
/// `low` where `high` overflows (it becomes NaN) or comes near the subnormal range.
struct DoubleDouble {
  var high: Double
  var low: Double

  @inline(__always) init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two doubles (Knuth's TwoSum).
  @inline(__always) static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    let t = s - a
    return DoubleDouble(s, (a - (s - t)) + (b - t))
  }

  /// The exact sum of two doubles with |a| ≥ |b| (Dekker's FastTwoSum).
  @inline(__always) static func normalized(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    return DoubleDouble(s, b - (s - a))
  }

  /// The exact product of two doubles.
  @inline(__always) static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let p = a * b
    return DoubleDouble(p, (-p).addingProduct(a, b))
  }

  @inline(__always) var isNegative: Bool { high < 0 }
  @inline(__always) var magnitude: DoubleDouble { high < 0 ? -self : self }

  /// This number times a power of two, rounded once should it fall into the subnormal range.
  func scaled(byPowerOfTwo exponent: Int) -> DoubleDouble {
    DoubleDouble(
      Double(sign: .plus, exponent: exponent, significand: high),
      Double(sign: .plus, exponent: exponent, significand: low))
  }

  var squareRoot: DoubleDouble {
    guard high > 0 else { return DoubleDouble(high.squareRoot()) }
    let root = high.squareRoot()
    let rest = self - DoubleDouble.product(root, root)
    return .normalized(root, rest.high / (2 * root))
  }

  @inline(__always) static prefix func - (a: DoubleDouble) -> DoubleDouble {
    DoubleDouble(-a.high, -a.low)
  }

  @inline(__always) static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let s = sum(a.high, b.high)
    let t = sum(a.low, b.low)
    let u = normalized(s.high, s.low + t.high)
    return normalized(u.high, u.low + t.low)
  }

  @inline(__always) static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
    let s = sum(a.high, b)
    return normalized(s.high, s.low + a.low)
  }

  @inline(__always) static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }
  @inline(__always) static func - (a: DoubleDouble, b: Double) -> DoubleDouble { a + -b }

  @inline(__always) static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let p = product(a.high, b.high)
    let cross = (a.high * b.low).addingProduct(a.low, b.high)
    return normalized(p.high, p.low + cross)
  }

  @inline(__always) static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
    let p = product(a.high, b)
    return normalized(p.high, p.low.addingProduct(a.low, b))
  }

  @inline(__always) static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let rest = a - b * first
    let second = rest.high / b.high
    let third = (rest - b * second).high / b.high
    return normalized(first, second) + third
  }

  @inline(__always) static func / (a: DoubleDouble, b: Double) -> DoubleDouble {
    let first = a.high / b
    let rest = a - product(first, b)
    let second = rest.high / b
    return normalized(first, second)
  }

  @inline(__always) static func / (a: Double, b: DoubleDouble) -> DoubleDouble {
    DoubleDouble(a) / b
  }

  static func += (a: inout DoubleDouble, b: DoubleDouble) { a = a + b }
  static func -= (a: inout DoubleDouble, b: DoubleDouble) { a = a - b }
  static func *= (a: inout DoubleDouble, b: DoubleDouble) { a = a * b }
}

/// A power series whose first coefficients need both halves and whose last ones need only a double,
/// because by then the powers have made them small.
struct KernelSeries: Sendable {
  /// From the highest power down, as Horner's scheme takes them.
  private let leading: [DoubleDouble]
  private let trailing: [Double]

  /// - Parameters:
  ///   - leading: The coefficients of the powers from 0 up.
  ///   - trailing: Those of the powers after them.
  init(leading: [DoubleDouble], trailing: [Double]) {
    self.leading = leading.reversed()
    self.trailing = trailing.reversed()
  }

  func callAsFunction(_ x: DoubleDouble) -> DoubleDouble {
    var tail = 0.0
    for coefficient in trailing { tail = coefficient.addingProduct(tail, x.high) }
    var value = DoubleDouble(tail)
    for coefficient in leading { value = value * x + coefficient }
    return value
  }
}
