// Rows of a NumPy array file (.npy): one or two dimensions of floating-point numbers or integers.
import CommandLine

/// Reads the rows of an array; their columns are called as the user says, or x1, x2 and so on.
struct NumPyReader: TableReader {
  /// How a number is stored.
  private enum Element: String {
    case float64 = "f8"
    case float32 = "f4"
    case int64 = "i8"
    case int32 = "i4"

    var size: Int { self == .float64 || self == .int64 ? 8 : 4 }
  }

  /// What the bytes begin with.
  static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// How many columns an array may have.
  private static let columnLimit = TableRecord.limit / 64

  private(set) var columns: [String]
  private var source: ByteSource
  private let element: Element
  private let isBigEndian: Bool
  private let rowCount: Int
  private var row = 0
  private var bytes: [UInt8] = []

  /// - Parameters:
  ///   - columns: what the columns are called, if the user says it.
  ///   - variables: what values are needed of; where there is one, a single column is it.
  init(
    columns: [String]?, variables: [String],
    readPiece: @escaping () throws(FileError) -> [UInt8]
  ) throws(TableFault) {
    source = ByteSource(readPiece: readPiece)
    let header = try Self.header(&source)
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
    let width = shape.count == 2 ? shape[1] : 1
    guard header.value(of: "fortran_order") == "False" || shape.count == 1 else {
      throw .unusable("it is stored by columns; numpy.ascontiguousarray stores it by rows")
    }
    guard width <= Self.columnLimit else { throw .unusable("it has \(width) columns") }
    if let columns, columns.count != width {
      throw .unusable(
        "it has \(counted(width, "column")), and --columns has \(counted(columns.count, "name"))")
    }
    let isOnly = width == 1 && variables.count == 1
    self.columns = columns ?? (isOnly ? variables : (0..<width).map { "x\($0 + 1)" })
    rowCount = shape[0]
  }

  /// The text that describes the array.
  private static func header(_ source: inout ByteSource) throws(TableFault) -> ArrayDescription {
    var bytes: [UInt8] = []
    try source.read(8, into: &bytes)
    let version = bytes.count == 8 ? bytes[6] : 0
    guard bytes.starts(with: signature), (1...3).contains(version) else {
      throw .unusable("it has no header of an array")
    }
    let width = version == 1 ? 2 : 4
    try source.read(width, into: &bytes)
    let length = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count == width, length <= TableRecord.limit else {
      throw .unusable("it has no header of an array")
    }
    try source.read(length, into: &bytes)
    guard bytes.count == length else { throw .unusable("it ends within its header") }
    return ArrayDescription(text: String(decoding: bytes, as: UTF8.self))
  }

  mutating func read(
    _ record: inout TableRecord, beforeWaiting: () -> Void
  ) throws(TableFault) -> Bool {
    guard row < rowCount else { return false }
    let length = columns.count * element.size
    try source.read(length, into: &bytes, beforeWaiting: beforeWaiting)
    guard bytes.count == length else {
      throw .unusable("it ends after \(row) of \(rowCount) rows")
    }
    row += 1
    record.begin(line: row)
    for index in columns.indices {
      record.append(number(at: index * element.size))
      record.endField()
    }
    return true
  }

  private func number(at start: Int) -> Double {
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
