// What plots ask of libc: decades.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The logarithm to base 10, exact for powers of ten.
func decimalLogarithm(_ value: Double) -> Double { log10(value) }
