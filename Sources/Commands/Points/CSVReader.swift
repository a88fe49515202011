// Records of separated values (RFC 4180) from bytes that come in pieces, in memory for one record.

/// Reads records one after the other: quotes, either line end, blank lines skipped.
struct CSVReader {
  /// A row of fields, as they are between the separators once quotes are undone.
  struct Record: Equatable {
    /// The line that it begins on, from 1.
    let line: Int
    var fields: [[UInt8]] = []
    /// Whether a field has text beside its quotes.
    var isMalformed = false
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

  /// The first record, without a byte order mark; nil if there is none.
  ///
  /// A separator that was not given is looked for in its line: a comma, a semicolon or a tab,
  /// whichever there is most of.
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
    return try record()
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

  /// The next record that is no blank line; nil at the end.
  mutating func record() throws(Fault) -> Record? {
    let separator = separator ?? UInt8(ascii: ",")
    var record = Record(line: line)
    var field: [UInt8] = []
    var place = Place.start
    var size = 0
    while let byte = try peek() {
      next += 1
      let isPaired = byte == UInt8(ascii: "\n") && lastWasReturn
      lastWasReturn = byte == UInt8(ascii: "\r")
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineEnd, !isPaired { line += 1 }
      size += 1
      if size > Self.recordLimit { throw .tooLong(line: record.line) }
      if byte == 0 { throw .binary(line: line) }
      if place == .quoted {
        if byte == UInt8(ascii: "\"") { place = .behindQuote } else { field.append(byte) }
      } else if isLineEnd {
        if place == .start, record.fields.isEmpty {
          record = Record(line: line)
          size = 0
          continue
        }
        record.fields.append(field)
        return record
      } else if byte == separator {
        record.fields.append(field)
        field = []
        place = .start
      } else if byte == UInt8(ascii: "\"") {
        if place == .plain { record.isMalformed = true }
        if place == .behindQuote { field.append(byte) }
        place = place == .plain ? .plain : .quoted
      } else {
        if place == .behindQuote { record.isMalformed = true }
        field.append(byte)
        place = .plain
      }
    }
    if place == .quoted { throw .unclosedQuote(line: record.line) }
    if place == .start, record.fields.isEmpty { return nil }
    record.fields.append(field)
    return record
  }

  /// The byte that comes next; nil at the end.
  private mutating func peek() throws(Fault) -> UInt8? {
    if next == piece.count {
      next = 0
      do throws(FileError) { piece = try readPiece() } catch { throw .file(error) }
    }
    return next < piece.count ? piece[next] : nil
  }
}

/// The number that a field is: decimal digits with point and exponent, spaces around it allowed.
///
/// - Returns: nil for everything else, and for what no double is near to.
func decimalNumber(_ field: [UInt8]) -> Double? {
  let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
  guard let first = field.firstIndex(where: { !isSpace($0) }),
    let last = field.lastIndex(where: { !isSpace($0) })
  else { return nil }
  let text = field[first...last]
  // What else `Double` reads, hexadecimal numbers and names, is no number of a table.
  guard text.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else {
    return nil
  }
  guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value
}
