// Where rows end in bytes, without reading what is in them.

/// Finds the ends of rows in bytes that begin with a row.
struct RowEnds {
  /// What ends a row.
  enum Form {
    /// A line end outside of quotes.
    case separated(UInt8, hasQuotes: Bool)
    case lines
    /// So many bytes.
    case size(Int)
  }

  /// Where in a field the next byte is, as `CSVReader` has it.
  private enum Place { case start, plain, quoted, behindQuote }

  let form: Form

  /// The last row end among the first `limit` bytes; the first one behind them if there is none.
  ///
  /// - Returns: nil where no row ends for certain.
  func end(in bytes: [UInt8], limit: Int) -> Int? {
    let bytes = bytes.span
    let limit = min(limit, bytes.count)
    switch form {
    case .size(let size):
      let end = max(size, limit / size * size)
      return end <= bytes.count ? end : nil
    case .lines: return Self.lineEnd(in: bytes, limit: limit, returnsToo: false)
    case .separated(_, let hasQuotes):
      if !hasQuotes || !Self.hasQuote(bytes, limit) {
        if let end = Self.lineEnd(in: bytes, limit: limit), end <= limit { return end }
        if !hasQuotes { return Self.lineEnd(in: bytes, limit: limit) }
      }
      var found: Int?
      walk(bytes) { end, _ in
        if found == nil || end <= limit { found = end }
        return end < limit
      }
      return found
    }
  }

  /// How many rows there are, up to `limit`, and where the last of them ends.
  ///
  /// - Parameter isWhole: whether the last row may be without a line end.
  func count(in bytes: [UInt8], limit: Int, isWhole: Bool) -> (rows: Int, end: Int) {
    var result = (rows: 0, end: 0)
    guard limit > 0 else { return result }
    switch form {
    case .size(let size):
      let rows = min(limit, bytes.count / size)
      return (rows, rows * size)
    case .lines, .separated:
      walk(bytes.span, isWhole: isWhole) { end, isBlank in
        result.end = end
        if !isBlank { result.rows += 1 }
        return result.rows < limit
      }
      guard result.rows < limit else { return result }
      let isRow = isWhole && !isBlank(bytes[result.end...])
      return (result.rows + (isRow ? 1 : 0), bytes.count)
    }
  }

  /// Whether what stands behind the last row end is no row.
  private func isBlank(_ rest: ArraySlice<UInt8>) -> Bool {
    if case .lines = form { return rest.allSatisfy(JSONLinesReader.isSpace) }
    return rest.isEmpty
  }

  /// Goes from row end to row end as long as `visit` wants; a line without a field is blank.
  private func walk(
    _ bytes: Span<UInt8>, isWhole: Bool = false, _ visit: (_ end: Int, _ isBlank: Bool) -> Bool
  ) {
    var separator: UInt8?
    var hasQuotes = false
    if case .separated(let byte, let quotes) = form { (separator, hasQuotes) = (byte, quotes) }
    var place = Place.start
    var isBlank = true
    var next = 0
    while next < bytes.count {
      let byte = bytes[next]
      next += 1
      if place == .quoted {
        if byte == UInt8(ascii: "\"") { place = .behindQuote }
        continue
      }
      if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && separator != nil) {
        // A return at the very end may be the first half of a line end.
        if byte == UInt8(ascii: "\r"), next == bytes.count, !isWhole { return }
        let isPair =
          byte == UInt8(ascii: "\r") && next < bytes.count && bytes[next] == UInt8(ascii: "\n")
        if isPair { next += 1 }
        if !visit(next, isBlank) { return }
        (place, isBlank) = (.start, true)
        continue
      }
      if separator != nil || !JSONLinesReader.isSpace(byte) { isBlank = false }
      if byte == separator {
        place = .start
      } else {
        let opens = byte == UInt8(ascii: "\"") && hasQuotes && place != .plain
        place = opens ? .quoted : .plain
      }
    }
  }

  /// Whether there is a quote, by eight bytes at a time.
  private static func hasQuote(_ bytes: Span<UInt8>, _ limit: Int) -> Bool {
    var place = 0
    while place + 8 <= limit {
      let eight = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      let rest = eight ^ 0x2222_2222_2222_2222
      // Set where a byte is 0, and perhaps above it.
      if (rest &- 0x0101_0101_0101_0101) & ~rest & 0x8080_8080_8080_8080 != 0 { return true }
      place += 8
    }
    while place < limit {
      if bytes[place] == UInt8(ascii: "\"") { return true }
      place += 1
    }
    return false
  }

  /// Likewise where every line end counts. A return at the very end may be the first half of one.
  private static func lineEnd(
    in bytes: Span<UInt8>, limit: Int, returnsToo: Bool = true
  ) -> Int? {
    for wanted in returnsToo ? [UInt8(ascii: "\n"), UInt8(ascii: "\r")] : [UInt8(ascii: "\n")] {
      let last = wanted == UInt8(ascii: "\r") ? bytes.count - 1 : bytes.count
      var place = min(limit, last)
      while place > 0 {
        if bytes[place - 1] == wanted { return place }
        place -= 1
      }
      place = limit
      while place < last {
        if bytes[place] == wanted { return place + 1 }
        place += 1
      }
    }
    return nil
  }
}
