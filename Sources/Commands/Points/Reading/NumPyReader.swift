// Rows of a NumPy array file (.npy): one or two dimensions of floating-point numbers or integers.
import CommandLine

/// What the bytes of an array are.
struct NumPyArray: Sendable {
  /// How a number is stored.
  enum Element: String {
    case float64 = "f8"
    case float32 = "f4"
    case int64 = "i8"
    case int32 = "i4"

    var size: Int { self == .float64 || self == .int64 ? 8 : 4 }
  }

  /// What the file begins with.
  static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// How many columns an array may have.
  private static let columnLimit = TableRecord.limit / 64

  let element: Element
  let isBigEndian: Bool
  let rowCount: Int
  let width: Int

  var rowSize: Int { width * element.size }

  /// Reads the header that a file begins with.
  ///
  /// - Returns: also how many bytes it takes; nil where there are not enough of them.
  static func header(_ bytes: [UInt8]) throws(TableFault) -> (array: NumPyArray, size: Int)? {
    guard bytes.count >= 12 else { return nil }
    let version = bytes[6]
    guard bytes.starts(with: signature), (1...3).contains(version) else {
      throw .unusable("it has no header of an array")
    }
    let start = version == 1 ? 10 : 12
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= TableRecord.limit else { throw .unusable("it has no header of an array") }
    guard bytes.count >= start + length else { return nil }
    let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
    return (try NumPyArray(ArrayDescription(text: text)), start + length)
  }

  /// A table of 8 bytes a number, the smallest byte first.
  init(rowCount: Int, width: Int) {
    (element, isBigEndian) = (.float64, false)
    (self.rowCount, self.width) = (rowCount, width)
  }

  private init(_ header: ArrayDescription) throws(TableFault) {
    guard let type = header.value(of: "descr"), let order = type.first,
      let element = Element(rawValue: String(type.dropFirst())), "<>=".contains(order)
    else {
      throw .unusable("its elements are no floating-point numbers or integers of 4 or 8 bytes")
    }
    self.element = element
    isBigEndian = order == ">"
    guard let shape = header.shape, (1...2).contains(shape.count) else {
      throw .unusable("an array of one or two dimensions is needed")
    }
    width = shape.count == 2 ? shape[1] : 1
    guard header.value(of: "fortran_order") == "False" || shape.count == 1 else {
      throw .unusable("it is stored by columns; numpy.ascontiguousarray stores it by rows")
    }
    guard (1...Self.columnLimit).contains(width) else {
      throw .unusable("it has \(width) columns")
    }
    rowCount = shape[0]
  }

  /// What its columns are called.
  ///
  /// - Parameters:
  ///   - names: what the user says.
  ///   - variables: what values are needed of; where there is one, a single column is it.
  func columns(_ names: [String]?, variables: [String]) throws(TableFault) -> [String] {
    if let names, names.count != width {
      throw .unusable(
        "it has \(counted(width, "column")), and --columns has \(counted(names.count, "name"))")
    }
    let isOnly = width == 1 && variables.count == 1
    return names ?? (isOnly ? variables : (0..<width).map { "x\($0 + 1)" })
  }

  /// The number that is stored at a place.
  func number(in bytes: [UInt8], at start: Int) -> Double {
    var bits: UInt64 = 0
    for offset in 0..<element.size {
      let shift = isBigEndian ? element.size - 1 - offset : offset
      bits |= UInt64(bytes[start + offset]) << UInt64(8 * shift)
    }
    switch element {
    case .float64: return Double(bitPattern: bits)
    case .float32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .int64: return Double(Int64(bitPattern: bits))
    case .int32: return Double(Int32(truncatingIfNeeded: bits))
    }
  }
}

/// Reads the rows of a piece of an array; a row counts as a line.
struct NumPyReader: TableReader {
  private let bytes: [UInt8]
  private let array: NumPyArray
  private var next = 0
  private(set) var line = 1

  init(_ bytes: [UInt8], _ array: NumPyArray) {
    self.bytes = bytes
    self.array = array
  }

  mutating func read(_ record: inout TableRecord) throws(TableFault) -> Bool {
    guard bytes.count - next >= array.rowSize else { return false }
    record.begin(line: line)
    for index in 0..<array.width {
      record.append(shortestBytes(array.number(in: bytes, at: next + index * array.element.size)))
      record.endField()
    }
    next += array.rowSize
    line += 1
    return true
  }

  /// Numbers need no text between here and there.
  mutating func readPlainRows(into block: inout RowBlock, _ columns: PointColumns) {
    let size = array.element.size
    while !block.isFull, bytes.count - next >= array.rowSize {
      for (variable, column) in columns.places.enumerated() {
        let value = array.number(in: bytes, at: next + column * size)
        guard value.isFinite else { return }
        block.set(variable: variable, value)
      }
      for (place, column) in columns.shown.enumerated() {
        block.set(shown: place, number: array.number(in: bytes, at: next + column * size))
      }
      block.endRow(line: line, isPlain: true)
      next += array.rowSize
      line += 1
    }
  }
}

/// The dictionary at the beginning of an array file, as Python writes it.
private struct ArrayDescription {
  let text: String

  /// The word behind `'name':`, without its quotes.
  func value(of name: String) -> String? {
    rest(of: name).map { rest in
      String(rest.drop { $0 == "'" }.prefix { !"',}".contains($0) })
    }
  }

  /// The dimensions; nil where they are no whole numbers.
  var shape: [Int]? {
    guard let rest = rest(of: "shape"), rest.first == "(", let end = rest.firstIndex(of: ")") else {
      return nil
    }
    var shape: [Int] = []
    for word in rest[..<end].dropFirst().split(separator: ",")
    where word.contains(where: { $0 != " " }) {
      guard let count = Int(word.filter { $0 != " " }), count >= 0, count < 1 << 48 else {
        return nil
      }
      shape.append(count)
    }
    return shape
  }

  private func rest(of name: String) -> Substring? {
    let key = "'\(name)':"
    guard let start = text.indices.first(where: { text[$0...].hasPrefix(key) }) else { return nil }
    return text[start...].dropFirst(key.count).drop { $0 == " " }
  }
}

/// `1 column`, `2 columns`.
private func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
