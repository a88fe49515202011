// Records of separated values (RFC 4180) in bytes that are all there.

/// Reads records one after the other: quotes, either line end, blank lines skipped.
struct CSVReader: TableReader {
  /// Where in a field the next byte is.
  private enum Place { case start, plain, quoted, behindQuote }

  private static let besideQuotes = "a field has text beside its quotes"

  private let bytes: [UInt8]
  private let separator: UInt8
  /// Whether quotes keep separators and line ends together; otherwise they are bytes like others.
  private let hasQuotes: Bool
  private var next = 0
  private(set) var line = 1
  private var lastWasReturn = false

  init(_ bytes: [UInt8], separator: UInt8, hasQuotes: Bool) {
    self.bytes = bytes
    self.separator = separator
    self.hasQuotes = hasQuotes
  }

  /// The names that the first record has, without the spaces around them; nil if there is no record.
  mutating func readNames() throws(TableFault) -> [String]? {
    var record = TableRecord()
    guard try read(&record) else { return nil }
    if record.problem != nil { throw .malformedHeader }
    return (0..<record.count).map { index in
      String(
        String(decoding: record[index], as: UTF8.self).drop { $0 == " " }.reversed()
          .drop { $0 == " " }.reversed())
    }
  }

  /// Reads the next record that is no blank line.
  mutating func read(_ record: inout TableRecord) throws(TableFault) -> Bool {
    record.begin(line: line)
    var place = Place.start
    var start = next
    while next < bytes.count {
      let byte = bytes[next]
      if place == .start || place == .plain {
        let end = endOfRun()
        if end > next {
          if end - start > TableRecord.limit { throw .tooLong(line: record.line) }
          record.append(bytes[next..<end])
          next = end
          place = .plain
          lastWasReturn = false
          continue
        }
      }
      next += 1
      let isPaired = byte == UInt8(ascii: "\n") && lastWasReturn
      lastWasReturn = byte == UInt8(ascii: "\r")
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineEnd, !isPaired { line += 1 }
      if next - start > TableRecord.limit { throw .tooLong(line: record.line) }
      if byte == 0 { throw .binary(line: line) }
      if place == .quoted {
        if byte == UInt8(ascii: "\"") { place = .behindQuote } else { record.append(byte) }
      } else if isLineEnd {
        if place == .start, record.count == 0 {
          record.begin(line: line)
          start = next
          continue
        }
        record.endField()
        return true
      } else if byte == separator {
        record.endField()
        place = .start
      } else if byte == UInt8(ascii: "\""), hasQuotes {
        if place == .plain { record.problem = Self.besideQuotes }
        if place == .behindQuote { record.append(byte) }
        place = place == .plain ? .plain : .quoted
      } else {
        if place == .behindQuote { record.problem = Self.besideQuotes }
        record.append(byte)
        place = .plain
      }
    }
    if place == .quoted { throw .unclosedQuote(line: record.line) }
    if place == .start, record.count == 0 { return false }
    record.endField()
    return true
  }

  /// Where the bytes end that mean nothing but themselves outside of quotes.
  private func endOfRun() -> Int {
    var end = next
    while end < bytes.count, isPlain(bytes[end]) { end += 1 }
    return end
  }

  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool {
    byte != separator && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\n")
      && byte != UInt8(ascii: "\r") && byte != 0
  }

  // MARK: Rows without anything unusual

  mutating func readPlainRows(into block: inout RowBlock, _ columns: PointColumns) {
    let bytes = bytes
    let text = bytes.span
    let powers = PowersOfTen.all
    while !block.isFull, next < text.count {
      guard let end = readPlainRow(text, into: &block, columns, powers) else { return }
      block.endRow(line: line, isPlain: separator == UInt8(ascii: ","))
      // A line end of two bytes; the second would be a blank line otherwise.
      let isPair =
        end + 1 < text.count && text[end] == UInt8(ascii: "\r")
        && text[end + 1] == UInt8(ascii: "\n")
      next = end + (isPair ? 2 : 1)
      lastWasReturn = !isPair && end < text.count && text[end] == UInt8(ascii: "\r")
      line += 1
    }
  }

  /// Reads a row that has neither quotes nor anything wrong.
  ///
  /// - Returns: where it ends; nil where it has to be read by itself, and nothing has been changed.
  @inline(__always)
  private func readPlainRow(
    _ text: Span<UInt8>, into block: inout RowBlock, _ columns: PointColumns,
    _ powers: PowersOfTen
  ) -> Int? {
    var place = next
    let last = columns.roles.count - 1
    for (index, role) in columns.roles.enumerated() {
      let start = place
      if role.variable >= 0 {
        guard let value = DecimalReader.number(text, at: &place, powers) else { return nil }
        block.set(variable: role.variable, value)
      } else {
        while place < text.count, isPlain(text[place]) { place += 1 }
      }
      if role.shown >= 0 { block.set(shown: role.shown, start: start, end: place) }
      let byte = place < text.count ? text[place] : UInt8(ascii: "\n")
      if index == last {
        guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { return nil }
      } else {
        guard byte == separator else { return nil }
        place += 1
      }
    }
    // A row of one empty field is a blank line.
    let isShort = place > next && place - next <= TableRecord.limit
    return isShort ? place : nil
  }
}
