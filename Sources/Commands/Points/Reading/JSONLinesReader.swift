// Rows as JSON objects, one a line (NDJSON): the names of the first object are the columns.
import CommandLine

/// Reads an object a line; what is in arrays and objects inside of it stays text.
struct JSONLinesReader: TableReader {
  private let bytes: [UInt8]
  private let places: [String: Int]
  private let columnCount: Int
  private var next = 0
  private(set) var line = 1

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// The columns that an object has; nil for what is no object.
  static func columns(_ line: ArraySlice<UInt8>) -> [String]? {
    JSONLine.members(Array(line)).map { $0.map(\.name) }
  }

  init(_ bytes: [UInt8], columns: [String]) {
    self.bytes = bytes
    columnCount = columns.count
    places = Dictionary(zip(columns, columns.indices)) { $1 }
  }

  /// The next line that is not blank; nil at the end.
  private mutating func nextLine() throws(TableFault) -> (bytes: [UInt8], number: Int)? {
    while next < bytes.count {
      let end = bytes[next...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var text = Array(bytes[next..<end])
      if text.count > TableRecord.limit { throw .tooLong(line: line) }
      next = end + 1
      line += 1
      if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
      if !text.allSatisfy(Self.isSpace) { return (text, line - 1) }
    }
    return nil
  }

  mutating func read(_ record: inout TableRecord) throws(TableFault) -> Bool {
    guard let text = try nextLine() else { return false }
    let members = JSONLine.members(text.bytes)
    record.begin(line: text.number)
    if members == nil { record.problem = "this is no JSON object" }
    var fields: [[UInt8]] = Array(repeating: [], count: columnCount)
    for member in members ?? [] {
      if let place = places[member.name] { fields[place] = member.value }
    }
    for field in fields {
      record.append(field)
      record.endField()
    }
    return true
  }
}

/// The members of one object on one line.
private struct JSONLine {
  private let bytes: [UInt8]
  private var next = 0

  /// Names with values: the text of a string, nothing for null, for all else what is written.
  ///
  /// - Returns: nil for what is no object.
  static func members(_ bytes: [UInt8]) -> [(name: String, value: [UInt8])]? {
    var line = JSONLine(bytes: bytes)
    return line.object()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func object() -> [(name: String, value: [UInt8])]? {
    var members: [(name: String, value: [UInt8])] = []
    guard take("{") else { return nil }
    if take("}") { return isAtEnd ? members : nil }
    repeat {
      skipSpaces()
      guard let name = string(), take(":"), let value = value() else { return nil }
      members.append((String(decoding: name, as: UTF8.self), value))
    } while take(",")
    return take("}") && isAtEnd ? members : nil
  }

  private var isAtEnd: Bool { bytes[next...].allSatisfy(JSONLinesReader.isSpace) }

  private mutating func skipSpaces() {
    while next < bytes.count, JSONLinesReader.isSpace(bytes[next]) { next += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard next < bytes.count, bytes[next] == UInt8(ascii: character) else { return false }
    next += 1
    return true
  }

  private mutating func value() -> [UInt8]? {
    skipSpaces()
    guard next < bytes.count else { return nil }
    if bytes[next] == UInt8(ascii: "\"") { return string() }
    let start = next
    var depth = 0
    while next < bytes.count {
      switch bytes[next] {
      case UInt8(ascii: "\""):
        guard string() != nil else { return nil }
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","):
        if depth == 0 { return text(start..<next) }
        if bytes[next] != UInt8(ascii: ",") { depth -= 1 }
      default: break
      }
      next += 1
    }
    return nil
  }

  private func text(_ range: Range<Int>) -> [UInt8]? {
    let text = bytes[range].reversed().drop(while: JSONLinesReader.isSpace).reversed()
    if text.isEmpty { return nil }
    return text.elementsEqual("null".utf8) ? [] : Array(text)
  }

  private mutating func string() -> [UInt8]? {
    guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else { return nil }
    next += 1
    var text: [UInt8] = []
    while next < bytes.count {
      let byte = bytes[next]
      next += 1
      if byte == UInt8(ascii: "\"") { return text }
      if byte < 0x20 { return nil }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let escaped = escaped() else { return nil }
      text += escaped
    }
    return nil
  }

  /// What stands behind a backslash.
  private mutating func escaped() -> [UInt8]? {
    guard next < bytes.count else { return nil }
    let byte = bytes[next]
    next += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      guard let first = codeUnit() else { return nil }
      var units = [first]
      if UTF16.isLeadSurrogate(first), bytes[next...].starts(with: "\\u".utf8) {
        next += 2
        guard let second = codeUnit() else { return nil }
        units.append(second)
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: return nil
    }
  }

  private mutating func codeUnit() -> UInt16? {
    let digits = bytes[next...].prefix(4)
    guard digits.count == 4, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-")
    else { return nil }
    next += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
