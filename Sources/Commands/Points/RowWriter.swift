// Rows of results as bytes, behind the fields of the file that are shown.
import Language
import Reporting

/// Writes the columns that are shown, and results; results that are not finite do not exist, unless they
/// are shown as they are.
struct RowWriter: Sendable {
  enum Form: Sendable {
    case csv, tsv, json, npy
    /// Without names of columns, `\N` for what does not exist.
    case worker

    init(_ format: RowFormat) {
      switch format {
      case .csv: self = .csv
      case .tsv: self = .tsv
      case .json: self = .json
      case .npy: self = .npy
      }
    }
  }

  private let form: Form
  /// What the columns of the output are called: those that are shown, and the results.
  private let names: [String]
  /// For each column that is shown, whether it holds a variable.
  private let isVariable: [Bool]
  /// `"name": ` of each column of the output.
  private let keys: [[UInt8]]
  private let separator: UInt8
  private let showsAll: Bool

  init(
    _ form: Form, header: [String], _ columns: PointColumns, results: [String],
    showsAll: Bool = false
  ) {
    self.showsAll = showsAll
    self.form = form
    isVariable = columns.shown.map { columns.roles[$0].variable >= 0 }
    names = columns.shown.map { header[$0] } + results
    keys = names.map { Array("\(jsonQuoted($0)): ".utf8) }
    separator = form == .tsv || form == .worker ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }

  /// A name that two columns have.
  var repeatedName: String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }

  /// What the output begins with.
  var start: [UInt8] {
    switch form {
    case .csv: Array((names.map(csvField).joined(separator: ",") + "\n").utf8)
    case .tsv:
      names.map { name in
        var field = ByteSink(capacity: 64)
        field.appendTSV(Array(name.utf8).span)
        return field.bytes
      }.joined(separator: [UInt8(ascii: "\t")]) + [UInt8(ascii: "\n")]
    case .npy: Self.numPyHeader(rows: 0, columns: names.count)
    case .json, .worker: []
    }
  }

  /// What the output is to begin with once the number of rows is known, if that matters.
  func finalStart(rows: Int) -> [UInt8]? {
    form == .npy ? Self.numPyHeader(rows: rows, columns: names.count) : nil
  }

  /// The header of an array file (NumPy, NEP 1, version 1.0), 128 bytes whatever the number of rows.
  private static func numPyHeader(rows: Int, columns: Int) -> [UInt8] {
    let shape = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let padding = Array(repeating: UInt8(ascii: " "), count: 117 - shape.utf8.count)
    return NumPyArray.signature + [1, 0, 118, 0] + Array(shape.utf8) + padding + [0x0A]
  }

  // MARK: Rows

  /// Writes the first rows of a block.
  ///
  /// - Parameter piece: the bytes that the rows come from.
  func write(_ block: borrowing RowBlock, count: Int, piece: Span<UInt8>, to sink: inout ByteSink) {
    let powers = PowersOfTen.all
    for row in 0..<count {
      switch form {
      case .npy: writeArrayRow(block, row, &sink)
      case .json: writeObject(block, row, piece, &sink, powers)
      case .csv, .tsv, .worker: writeFields(block, row, piece, &sink, powers)
      }
    }
  }

  @inline(__always)
  private func writeFields(
    _ block: borrowing RowBlock, _ row: Int, _ piece: Span<UInt8>, _ sink: inout ByteSink,
    _ powers: PowersOfTen
  ) {
    let isPlain = form == .worker || (form == .csv && block.isPlain[row])
    for place in isVariable.indices {
      if place > 0 { sink.append(separator) }
      block.withShown(place, of: row, in: piece) { field in
        if isPlain {
          sink.append(field)
        } else if form == .tsv {
          sink.appendTSV(field)
        } else {
          sink.appendCSV(field)
        }
      }
    }
    var needsSeparator = !isVariable.isEmpty
    for place in row * block.resultCount..<(row + 1) * block.resultCount {
      if needsSeparator { sink.append(separator) }
      needsSeparator = true
      let result = block.results[place]
      if result.isFinite || showsAll {
        sink.append(result, powers)
      } else if form == .worker {
        sink.append("\\N")
      }
    }
    sink.append(UInt8(ascii: "\n"))
  }

  private func writeObject(
    _ block: borrowing RowBlock, _ row: Int, _ piece: Span<UInt8>, _ sink: inout ByteSink,
    _ powers: PowersOfTen
  ) {
    sink.append(UInt8(ascii: "{"))
    for place in isVariable.indices {
      if place > 0 { sink.append(", ") }
      sink.append(keys[place])
      block.withShown(place, of: row, in: piece) {
        sink.appendJSON($0, isVariable: isVariable[place], powers)
      }
    }
    for (offset, result) in block.results(of: row).enumerated() {
      let place = isVariable.count + offset
      if place > 0 { sink.append(", ") }
      sink.append(keys[place])
      if result.isFinite { sink.append(result, powers) } else { sink.append("null") }
    }
    sink.append("}\n")
  }

  private func writeArrayRow(_ block: borrowing RowBlock, _ row: Int, _ sink: inout ByteSink) {
    for number in block.values(of: row) { sink.append(bits: number) }
    for number in block.results(of: row) { sink.append(bits: number) }
  }
}

extension ByteSink {
  /// Adds the eight bytes of a number, the lowest one first.
  fileprivate mutating func append(bits number: Double) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }

  /// Adds a field of comma-separated values, in quotes where it needs them, its bytes as they are.
  fileprivate mutating func appendCSV(_ field: Span<UInt8>) {
    var isSpecial = false
    for index in field.indices {
      let byte = field[index]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D {
        isSpecial = true
      }
    }
    guard isSpecial else { return append(field) }
    append(UInt8(ascii: "\""))
    for index in field.indices {
      if field[index] == UInt8(ascii: "\"") { append(UInt8(ascii: "\"")) }
      append(field[index])
    }
    append(UInt8(ascii: "\""))
  }

  /// Adds a field of tab-separated values; what would end it is written with a backslash.
  fileprivate mutating func appendTSV(_ field: Span<UInt8>) {
    for index in field.indices {
      switch field[index] {
      case 0x09: append("\\t")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case UInt8(ascii: "\\"): append("\\\\")
      default: append(field[index])
      }
    }
  }

  /// A variable's value is a number. What is only kept stays what it is: 007 may be a name, and an
  /// integer may have more digits than a double.
  fileprivate mutating func appendJSON(
    _ field: Span<UInt8>, isVariable: Bool, _ powers: PowersOfTen
  ) {
    if isVariable, let number = decimalNumber(field) {
      append(number, powers)
    } else if field.isEmpty {
      append("null")
    } else {
      let text = String(decoding: (0..<field.count).map { field[$0] }, as: UTF8.self)
      append(jsonQuoted(text))
    }
  }
}
