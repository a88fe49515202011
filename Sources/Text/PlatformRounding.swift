// What the text of numbers asks of libc: rounding a double to significant digits.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// `value`, which must be finite, as C's `%.{digits}g` writes it: correctly rounded from the exact
/// value of the double, without trailing zeros.
func roundedText(_ value: Double, digits: Int) -> String {
  // 17 digits, a sign, a point, leading zeros or an exponent: 24 characters at the most.
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
    let count = withVaList([Int32(digits), value]) {
      vsnprintf(buffer.baseAddress, buffer.count, "%.*g", $0)
    }
    let bytes = UnsafeRawBufferPointer(buffer).prefix(max(0, Int(count)))
    return String(decoding: bytes, as: UTF8.self)
  }
}
