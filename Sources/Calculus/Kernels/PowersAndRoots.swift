// Powers and roots of doubles, more accurate than the C library's, and NaN where an argument is.

extension SpecialFunction {
  /// xʸ; NaN where x or y is.
  @inline(__always)
  static func power(_ x: Double, _ y: Double) -> Double {
    if y == 2 { return x * x }
    if y == 1 { return x }
    // C's pow says 1 for NaN^0 and 1^NaN; here what is undefined stays undefined.
    if x.isNaN || y.isNaN { return .nan }
    return Libm.pow(x, y)
  }

  /// The real cube root.
  static func cubeRoot(_ x: Double) -> Double {
    let root = Libm.cbrt(x)
    guard root.isNormal else { return root }
    // libm may be off by a few units; one Newton step on the exact residue mends it.
    let square = root * root
    let squareError = (-square).addingProduct(root, root)
    let cube = square * root
    guard cube.isFinite else { return root }
    let cubeError = (-cube).addingProduct(square, root) + squareError * root
    return root - (cube - x + cubeError) / (3 * square)
  }

  /// sqrt(x² + y²) without overflow; NaN where x or y is.
  static func hypotenuse(_ x: Double, _ y: Double) -> Double {
    x.isNaN || y.isNaN ? .nan : Libm.hypot(x, y)
  }
}
