// The elementary functions on double-doubles that the kernels build upon.

extension DoubleDouble {
  /// ln x, the relative error some 2⁻¹⁰⁰ also beside 1: x = 2ᵉm with m in [√½, √2], and
  /// ln m = 2 artanh((m − 1)/(m + 1)) by its series.
  static func log(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high > 0, x.high.isFinite else { return DoubleDouble(Libm.log(x.high)) }
    var exponent = Int(x.high.exponent)
    if x.high.significand > 1.4142135623730951 { exponent += 1 }
    let m = x.scaled(byPowerOfTwo: -exponent)
    let s = (m - 1) / (m + 1)
    return s * KernelTables.logarithm(s * s) + KernelTables.ln2 * Double(exponent)
  }

  /// eˣ; 0 or +inf where it leaves the range. x = k ln 2 + r with |r| ≤ ½ ln 2, and Taylor's
  /// series.
  static func exp(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high.magnitude < 760 else { return DoubleDouble(Libm.exp(x.high)) }
    let k = (x.high / KernelTables.ln2.high).rounded()
    let r = x - KernelTables.ln2 * k
    return KernelTables.exponential(r).scaled(byPowerOfTwo: Int(k))
  }

  /// The sine and cosine of r + q π/2 for |r| ≤ π/4.
  private static func sineAndCosine(_ r: DoubleDouble, quadrant: Int)
    -> (sine: DoubleDouble, cosine: DoubleDouble)
  {
    let square = r * r
    let sine = r * KernelTables.sinOverArgument(square)
    let cosine = KernelTables.cosine(square)
    switch quadrant & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// sin πx and cos πx of a finite double, its argument reduced exactly.
  static func sineAndCosinePi(_ x: Double) -> (sine: DoubleDouble, cosine: DoubleDouble) {
    let turn = x.remainder(dividingBy: 2)
    let r = turn.remainder(dividingBy: 0.5)
    return sineAndCosine(KernelTables.pi * r, quadrant: Int(((turn - r) * 2).rounded()))
  }

  /// sin x and cos x of any finite double: reduction by Payne and Hanek (1983), with as many bits
  /// of 2/π as the largest exponent asks for.
  static func sineAndCosine(_ x: Double) -> (sine: DoubleDouble, cosine: DoubleDouble) {
    guard x.magnitude > 0.78 else { return sineAndCosine(DoubleDouble(x), quadrant: 0) }
    let (r, quadrant) = reduced(x.magnitude)
    let (sine, cosine) = sineAndCosine(r, quadrant: quadrant)
    return (x < 0 ? -sine : sine, cosine)
  }

  /// x = r + q π/2 with |r| ≤ π/4, q modulo 4, for x > ½.
  private static func reduced(_ x: Double) -> (DoubleDouble, Int) {
    let significand = x.significandBitPattern | 1 << 52
    // x = significand·2ᵉ. The bits of 2/π that weigh 4 or more in the product are left out; the
    // table begins with 64 zeros because e can be as low as −53.
    let e = Int(x.exponent) - 52
    let first = e + 64 - 2
    let (word, shift) = (first / 64, UInt64(first % 64))
    var window = [UInt64](repeating: 0, count: 4)
    for i in 0..<4 {
      let bits = KernelTables.twoOverPiBits[word + i] << shift
      window[i] = bits | (KernelTables.twoOverPiBits[word + i + 1] >> 1) >> (63 - shift)
    }
    var carry: UInt64 = 0
    for i in (0..<4).reversed() {
      let (high, low) = window[i].multipliedFullWidth(by: significand)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      window[i] = sum
      carry = high + (overflow ? 1 : 0)
    }
    // Two bits of quadrant, then the fraction; from one half up, count down from the next quadrant.
    var quadrant = Int(window[0] >> 62)
    let isUpper = window[0] >> 61 & 1 == 1
    window[0] &= UInt64.max >> 2
    if isUpper {
      quadrant += 1
      window = window.map { ~$0 }
      window[0] &= UInt64.max >> 2
    }
    var fraction = DoubleDouble(0)
    var weight = 0x1p-30
    for word in window {
      fraction += DoubleDouble(Double(word >> 32) * weight)
      fraction += DoubleDouble(Double(word & 0xffff_ffff) * weight * 0x1p-32)
      weight *= 0x1p-64
    }
    return ((isUpper ? -fraction : fraction) * KernelTables.halfPi, quadrant)
  }

  /// Σ B₂ₖ/(2k)! (s+1)(s+2)…(s+2k−2) y¹⁻²ᵏ, k ≥ 1: the correction that ends the Euler–Maclaurin
  /// formula for ζ(s, y) (times s y⁻ˢ), Stirling's series (s = 0) and that of digamma (s = 1, over
  /// y). Full accuracy for y ≥ 20 + s.
  static func bernoulliTail(_ s: Double, _ y: DoubleDouble) -> DoubleDouble {
    let inverse = 1 / y
    let inverseSquare = inverse * inverse
    var factor = inverse
    var sum = DoubleDouble(0)
    var k = 1.0
    for weight in KernelTables.bernoulliWeights {
      let term = factor * weight
      sum += term
      if term.high.magnitude < sum.high.magnitude * 0x1p-110 { break }
      factor =
        factor * inverseSquare * (DoubleDouble.sum(s, 2 * k - 1) * DoubleDouble.sum(s, 2 * k))
      k += 1
    }
    return sum
  }
}
