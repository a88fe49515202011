// Bytes that are written one behind the other.

/// What an array of bytes is, without a look at its owners at each of them.
struct ByteSink: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 4_096) {
    self.capacity = max(64, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// What has been written.
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Forgets what has been written, and keeps the memory.
  mutating func removeAll() { count = 0 }

  /// Makes room for `more` bytes.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      reserve(bytes.count)
      (base + count).update(from: start, count: bytes.count)
      count += bytes.count
    }
  }

  mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0.span) }
  }

  /// The lowest `digits` decimal digits of a number, zeros in front where it has fewer.
  @inline(__always)
  mutating func append(_ number: UInt64, digits: Int) {
    reserve(digits)
    var rest = number
    var place = count + digits
    let pairs = Self.pairs.utf8Start
    while place - count >= 2 {
      let pair = Int(rest % 100) * 2
      rest /= 100
      place -= 2
      base[place] = pairs[pair]
      base[place + 1] = pairs[pair + 1]
    }
    if place > count { base[place - 1] = 0x30 + UInt8(truncatingIfNeeded: rest % 10) }
    count += digits
  }

  /// The numbers from 0 to 99 with two digits each.
  private static let pairs: StaticString = """
    00010203040506070809101112131415161718192021222324252627282930313233343536373839\
    40414243444546474849505152535455565758596061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899
    """
}
