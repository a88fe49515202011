// A JSON reader for the tests, strict and none of the program's own: a bare NaN does not get past it.

/// A JSON value; numbers are read to the last digit.
enum JSONValue: Equatable {
  case null
  case missing
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Reads a text that is one value and white space around it.
  init(_ text: String) throws {
    var reader = JSONReader(Array(text.utf8))
    self = try reader.value()
    reader.skipSpace()
    guard reader.isAtEnd else { throw reader.failure("something behind the value") }
  }

  subscript(key: String) -> JSONValue {
    if case .object(let members) = self { members[key] ?? .missing } else { .missing }
  }
  subscript(index: Int) -> JSONValue {
    elements.indices.contains(index) ? elements[index] : .missing
  }

  var exists: Bool { self != .missing }
  var isNull: Bool { self == .null }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var string: String? { if case .string(let string) = self { string } else { nil } }
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
  var count: Int { max(elements.count, keys.count) }
}

struct JSONFailure: Error {
  let message: String
  let place: Int
}

/// RFC 8259, nothing more and nothing less; nested as deep as the tests need.
private struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }
  private var next: UInt8 { isAtEnd ? 0 : bytes[place] }

  func failure(_ message: String) -> JSONFailure { JSONFailure(message: message, place: place) }

  mutating func skipSpace() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(next) { place += 1 }
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[place...].starts(with: text.utf8) else { return false }
    place += text.utf8.count
    return true
  }

  mutating func value() throws -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    default:
      if take("null") { return .null }
      if take("true") { return .bool(true) }
      if take("false") { return .bool(false) }
      return .number(try number())
    }
  }

  private mutating func array() throws -> JSONValue {
    var elements: [JSONValue] = []
    _ = take("[")
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw failure("',' or ']' expected") }
    }
  }

  private mutating func object() throws -> JSONValue {
    var members: [String: JSONValue] = [:]
    _ = take("{")
    skipSpace()
    if take("}") { return .object([:]) }
    while true {
      skipSpace()
      let key = try string()
      skipSpace()
      guard take(":") else { throw failure("':' expected") }
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw failure("'\(key)' is there twice")
      }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw failure("',' or '}' expected") }
    }
  }

  private mutating func string() throws -> String {
    guard take("\"") else { throw failure("a string expected") }
    var content: [UInt8] = []
    while next != UInt8(ascii: "\"") {
      guard next >= 0x20 else { throw failure("a control character in a string") }
      if next == UInt8(ascii: "\\") {
        content += Array(String(try escape()).utf8)
      } else {
        content.append(next)
        place += 1
      }
    }
    place += 1
    guard let text = String(validating: content, as: UTF8.self) else {
      throw failure("a string that is not UTF-8")
    }
    return text
  }

  private mutating func escape() throws -> Unicode.Scalar {
    place += 2
    guard place < bytes.count else { throw failure("an escape without an end") }
    switch bytes[place - 1] {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"):
      let digits = String(decoding: bytes[place...].prefix(4), as: UTF8.self)
      place += 4
      // The program writes characters beyond the basic plane as they are.
      guard digits.count == 4, let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw failure("a wrong escape") }
      return scalar
    case let mark where "\"\\/".utf8.contains(mark): return Unicode.Scalar(mark)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func number() throws -> Double {
    let rest = bytes[place...].prefix { "+-.eE0123456789".utf8.contains($0) }
    let text = String(decoding: rest, as: UTF8.self)
    guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil,
      let number = Double(text), number.isFinite
    else { throw failure("'\(text)' is no number") }
    place += rest.count
    return number
  }
}
