// Records of separated values (RFC 4180) from bytes that come in pieces, in memory for one record.

/// Reads records one after the other: quotes, either line end, blank lines skipped.
struct CSVReader {
  /// A row of fields, as they are between the separators once quotes are undone.
  struct Record: Equatable {
    /// The line that it begins on, from 1.
    fileprivate(set) var line = 1
    /// Whether a field has text beside its quotes.
    fileprivate(set) var isMalformed = false
    /// The fields, one behind the other.
    private var bytes: [UInt8] = []
    /// Where each field ends among them.
    private var ends: [Int] = []

    /// How many fields there are.
    var count: Int { ends.count }
    /// How many bytes they have together.
    var size: Int { bytes.count }

    /// The field at `index`; empty where there are not so many.
    subscript(index: Int) -> ArraySlice<UInt8> {
      guard index < ends.count else { return [] }
      return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    fileprivate mutating func begin(line: Int) {
      self.line = line
      isMalformed = false
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }

    fileprivate mutating func append(_ byte: UInt8) { bytes.append(byte) }
    fileprivate mutating func append(_ run: ArraySlice<UInt8>) { bytes.append(contentsOf: run) }
    fileprivate mutating func endField() { ends.append(bytes.count) }
  }

  /// What makes a file unreadable from some line on.
  enum Fault: Error, Equatable {
    case file(FileError)
    case binary(line: Int)
    case unclosedQuote(line: Int)
    case tooLong(line: Int)
  }

  /// Where in a field the next byte is.
  private enum Place { case start, plain, quoted, behindQuote }

  /// How many bytes a record may have.
  static let recordLimit = 1 << 20

  /// What separates fields; the most frequent candidate of the first line where nil was given.
  private(set) var separator: UInt8?
  /// The next piece, empty at the end.
  private let readPiece: () throws(FileError) -> [UInt8]
  private var piece: [UInt8] = []
  private var next = 0
  private var line = 1
  private var lastWasReturn = false

  init(separator: UInt8?, readPiece: @escaping () throws(FileError) -> [UInt8]) {
    self.separator = separator
    self.readPiece = readPiece
  }

  /// Reads the first record, without a byte order mark.
  ///
  /// A separator that was not given is looked for in its line: a comma, a semicolon or a tab,
  /// whichever there is most of.
  ///
  /// - Returns: nil if there is no record.
  mutating func header() throws(Fault) -> Record? {
    var start: [UInt8] = []
    while let byte = try peek() {
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineEnd, start.contains(where: { $0 != 0x0A && $0 != 0x0D }) { break }
      start.append(byte)
      next += 1
      if start.count > Self.recordLimit { throw .tooLong(line: line) }
    }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start.removeFirst(3) }
    if separator == nil { separator = Self.separator(of: start) }
    piece = start + piece[next...]
    next = 0
    var record = Record()
    return try read(&record) ? record : nil
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
    _ record: inout Record, beforeWaiting: () -> Void = {}
  ) throws(Fault) -> Bool {
    let separator = separator ?? UInt8(ascii: ",")
    record.begin(line: line)
    var place = Place.start
    var size = 0
    while let byte = try peek(beforeWaiting) {
      if place == .start || place == .plain {
        let end = endOfRun(separator)
        if end > next {
          size += end - next
          if size > Self.recordLimit { throw .tooLong(line: record.line) }
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
      if size > Self.recordLimit { throw .tooLong(line: record.line) }
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
      } else if byte == UInt8(ascii: "\"") {
        if place == .plain { record.isMalformed = true }
        if place == .behindQuote { record.append(byte) }
        place = place == .plain ? .plain : .quoted
      } else {
        if place == .behindQuote { record.isMalformed = true }
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
  private mutating func peek(_ beforeWaiting: () -> Void = {}) throws(Fault) -> UInt8? {
    if next == piece.count {
      beforeWaiting()
      next = 0
      do throws(FileError) { piece = try readPiece() } catch { throw .file(error) }
    }
    return next < piece.count ? piece[next] : nil
  }
}
