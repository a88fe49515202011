// Eight doubles at once, where blocks of numbers are swept through.

/// Eight doubles that go through the same operations.
typealias Lanes = SIMD8<Double>

extension SIMD8<Double> {
  @inline(__always)
  init(at numbers: UnsafeMutablePointer<Double>) {
    self = UnsafeRawPointer(numbers).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  func store(at numbers: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(numbers).storeBytes(of: self, as: Self.self)
  }

  /// Which lanes have a magnitude from one number to another.
  @inline(__always)
  func isBetween(_ low: Double, _ high: Double) -> SIMDMask<SIMD8<Int64>> {
    let magnitude = replacing(with: -self, where: self .< 0)
    return (magnitude .>= low) .& (magnitude .<= high)
  }

  /// Whether every lane is `isOrdinary`.
  @inline(__always)
  var areOrdinary: Bool { all(isBetween(1e-150, 1e150)) }

  /// Whether every lane is `isNormal`.
  @inline(__always)
  var areNormal: Bool { all(isBetween(.leastNormalMagnitude, .greatestFiniteMagnitude)) }

  /// Whether every lane is `isFinite`.
  @inline(__always)
  var areFinite: Bool { all(isBetween(0, .greatestFiniteMagnitude)) }
}
