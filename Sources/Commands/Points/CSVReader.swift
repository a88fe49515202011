// Records of separated values (RFC 4180) from bytes that come in pieces, in memory for one record.
import CommandLine

/// Reads records one after the other: quotes, either line end, blank lines skipped.
struct CSVReader: TableReader {
  /// Where in a field the next byte is.
  private enum Place { case start, plain, quoted, behindQuote }

  private static let besideQuotes = "a field has text beside its quotes"

  private(set) var columns: [String]
  /// What separates fields; the most frequent candidate of the first line where nil was given.
  private(set) var separator: UInt8?
  /// Whether quotes keep separators and line ends together; otherwise they are bytes like others.
  private let hasQuotes: Bool
  /// The next piece, empty at the end.
  private let readPiece: () throws(FileError) -> [UInt8]
  private var piece: [UInt8] = []
  private var next = 0
  private var line = 1
  private var lastWasReturn = false

  /// - Parameter columns: what the columns are called; nil where the first row says it.
  init(
    separator: UInt8?, columns: [String]? = nil, hasQuotes: Bool = true,
    readPiece: @escaping () throws(FileError) -> [UInt8]
  ) throws(TableFault) {
    self.separator = separator
    self.hasQuotes = hasQuotes
    self.readPiece = readPiece
    self.columns = columns ?? []
    try readStart()
    if columns == nil { try readHeader() }
  }

  /// Reads the names of the columns, without the spaces around them.
  private mutating func readHeader() throws(TableFault) {
    var record = TableRecord()
    guard try read(&record) else { throw .empty }
    if record.problem != nil { throw .malformedHeader }
    columns = (0..<record.count).map { index in
      String(
        String(decoding: record[index], as: UTF8.self).drop { $0 == " " }.reversed()
          .drop { $0 == " " }.reversed())
    }
  }

  /// Skips a byte order mark and settles the separator.
  ///
  /// A separator that was not given is looked for in the first line: a comma, a semicolon or a tab,
  /// whichever there is most of.
  private mutating func readStart() throws(TableFault) {
    var start: [UInt8] = []
    while let byte = try peek() {
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineEnd, start.contains(where: { $0 != 0x0A && $0 != 0x0D }) { break }
      start.append(byte)
      next += 1
      if start.count > TableRecord.limit { throw .tooLong(line: line) }
    }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start.removeFirst(3) }
    if separator == nil { separator = Self.separator(of: start) }
    piece = start + piece[next...]
    next = 0
  }

  private static func separator(of line: [UInt8]) -> UInt8 {
    var isQuoted = false
    var counts = [0, 0, 0]
    let candidates = Array(",;\t".utf8)
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }

  /// Reads the next record that is no blank line.
  ///
  /// - Parameter beforeWaiting: called before more is read, for which there may be a wait.
  /// - Returns: whether there was one.
  mutating func read(
    _ record: inout TableRecord, beforeWaiting: () -> Void = {}
  ) throws(TableFault) -> Bool {
    let separator = separator ?? UInt8(ascii: ",")
    record.begin(line: line)
    var place = Place.start
    var size = 0
    while let byte = try peek(beforeWaiting) {
      if place == .start || place == .plain {
        let end = endOfRun(separator)
        if end > next {
          size += end - next
          if size > TableRecord.limit { throw .tooLong(line: record.line) }
          record.append(piece[next..<end])
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
      size += 1
      if size > TableRecord.limit { throw .tooLong(line: record.line) }
      if byte == 0 { throw .binary(line: line) }
      if place == .quoted {
        if byte == UInt8(ascii: "\"") { place = .behindQuote } else { record.append(byte) }
      } else if isLineEnd {
        if place == .start, record.count == 0 {
          record.begin(line: line)
          size = 0
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
  private func endOfRun(_ separator: UInt8) -> Int {
    var end = next
    while end < piece.count {
      let byte = piece[end]
      let isPlain =
        byte != separator && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\n")
        && byte != UInt8(ascii: "\r") && byte != 0
      if !isPlain { break }
      end += 1
    }
    return end
  }

  /// The byte that comes next; nil at the end.
  private mutating func peek(_ beforeWaiting: () -> Void = {}) throws(TableFault) -> UInt8? {
    if next == piece.count {
      beforeWaiting()
      next = 0
      do throws(FileError) { piece = try readPiece() } catch { throw .file(error) }
    }
    return next < piece.count ? piece[next] : nil
  }
}
