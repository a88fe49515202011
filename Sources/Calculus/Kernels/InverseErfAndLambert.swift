// The inverses of erf and of w eʷ, each with what its derivative needs beside the rounded value.

extension SpecialFunction {
  /// erf⁻¹(x); ±inf at ±1, NaN beyond.
  static func inverseErf(_ x: Double) -> Double {
    guard x.magnitude < 1 else { return x.magnitude == 1 ? x / 0 : .nan }
    let root = inverseErfRoot(x.magnitude)
    let value = root.value + root.rest
    return x < 0 ? -value : value
  }

  /// √π/2 exp(erf⁻¹(x)²), the derivative, where the rounding of erf⁻¹(x) alone would cost up to 34
  /// units in the last place.
  static func inverseErfSlope(_ x: Double) -> Double {
    guard x.magnitude < 1 else { return x.magnitude == 1 ? .infinity : .nan }
    let root = inverseErfRoot(x.magnitude)
    let square = DoubleDouble.product(root.value, root.value) + 2 * root.value * root.rest
    return halfRootPi * DoubleDouble.exp(square).high
  }

  private static let halfRootPi = 0.886226925452758

  /// y + r with erf(y + r) = x for 0 ≤ x < 1: Winitzki's approximation (2008) and Halley's method,
  /// on erfc from one half up, since 1 - x is exact there.
  private static func inverseErfRoot(_ x: Double) -> (value: Double, rest: Double) {
    if x < 1e-9 { return (halfRootPi * x, 0) }
    let logarithm = -Libm.log1p(-x * x)
    let half = 4.330746750799873 - logarithm / 2
    let square = logarithm / 0.147 / ((half * half + logarithm / 0.147).squareRoot() + half)
    var y = square.squareRoot()
    var rest = 0.0
    for _ in 0..<3 {
      y += rest
      let gap = x < 0.5 ? Libm.erf(y) - x : (1 - x) - Libm.erfc(y)
      let step = gap * halfRootPi / gaussian(y)
      rest = -step / (1 + y * step)
    }
    return (y, rest)
  }

  /// W(x) on the principal branch, w eʷ = x with w ≥ -1; NaN below -1/e.
  ///
  /// The double nearest to -1/e, which lies below it by 1.2e-17, has the value -1.
  static func lambertW(_ x: Double) -> Double {
    if x.isNaN || x < -inverseE { return .nan }
    if x.magnitude < 1e-20 || x == .infinity { return x }
    if x <= -0.3 { return besideBranchPoint(x) - 1 }
    // Within 2 % of W (Iacono and Boyd 2017), then Newton's method on w eʷ = x or, where that might
    // overflow, on w + ln w = ln x.
    let start = Libm.log1p(x)
    var w = start * (1 - Libm.log1p(start) / (2 + start))
    let logarithm = x > 1 ? Libm.log(x) : 0
    for _ in 0..<5 {
      if x > 1 {
        w -= (w + Libm.log(w) - logarithm) * w / (1 + w)
      } else {
        let power = Libm.exp(w)
        w -= (w * power - x) / (power * (1 + w))
      }
    }
    return w
  }

  /// 1 + W(x), of which W(x) as a double has lost the digits beside -1/e.
  static func lambertWPlus1(_ x: Double) -> Double {
    x >= -inverseE && x <= -0.3 ? besideBranchPoint(x) : 1 + lambertW(x)
  }

  /// W′(x) = 1/(eʷ (1 + w)) = w/(x (1 + w)); the first has no error of 0/0, the second none of eʷ.
  static func lambertWSlope(_ x: Double) -> Double {
    if x == .infinity { return 0 }
    let (w, next) = (lambertW(x), lambertWPlus1(x))
    return w < 0.5 ? Libm.exp(-w) / next : w / x / next
  }

  private static let inverseE = 0.36787944117144233

  /// v = 1 + W(x) for -1/e ≤ x ≤ -0.3, the root of 1 + (v - 1) eᵛ = 1 + e x by Newton's method. The
  /// right side is exact to two doubles, the left a series of positive terms, Σ (k - 1) vᵏ/k!.
  private static func besideBranchPoint(_ x: Double) -> Double {
    let product = DoubleDouble.product(2.718281828459045, x) + 1.4456468917292502e-16 * x
    let right = (product + 1).high
    guard right > 0 else { return 0 }
    let root = (2 * right).squareRoot()
    // DLMF 4.13.6.
    var v = root * (1 - root / 3 + 11 / 72 * root * root)
    for _ in 0..<5 {
      var (sum, power) = (0.0, v)
      for k in 2...20 {
        power *= v / Double(k)
        sum += power * Double(k - 1)
      }
      v -= (sum - right) / (v * Libm.exp(v))
    }
    return v
  }
}
