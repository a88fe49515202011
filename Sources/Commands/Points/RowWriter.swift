// Rows of results as bytes, behind the fields of the file that are shown.
import Language
import Reporting

/// Writes the columns that are shown, and results; results that are not finite do not exist.
struct RowWriter {
  enum Form {
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
  /// The columns of the file that are shown.
  private let shown: [Int]
  /// Which of them hold variables.
  private let isVariable: [Bool]
  /// `"name": ` of each column of the output.
  private let keys: [[UInt8]]
  private var line: [UInt8] = []

  init(_ form: Form, header: [String], shown: [Int], variables: [Int], results: [String]) {
    self.form = form
    self.shown = shown
    isVariable = shown.map(variables.contains)
    names = shown.map { header[$0] } + results
    keys = names.map { Array("\(jsonQuoted($0)): ".utf8) }
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
        var field: [UInt8] = []
        field.appendTSV(Array(name.utf8)[...])
        return field
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
    return NumPyReader.signature + [1, 0, 118, 0] + Array(shape.utf8) + padding + [0x0A]
  }

  /// A row of the output.
  ///
  /// - Parameter values: those of the variables, where the row has them.
  mutating func text(
    _ record: TableRecord, _ values: [Double], _ results: [Double]
  ) -> [UInt8] {
    line.removeAll(keepingCapacity: true)
    if form == .npy {
      let missing = Array(
        repeating: Double.nan, count: shown.count - min(values.count, shown.count))
      for number in values.prefix(shown.count) + missing + results { line.append(bits: number) }
      return line
    }
    if form == .json { line.append(UInt8(ascii: "{")) }
    for (index, column) in shown.enumerated() {
      separate(index)
      switch form {
      case .json: appendJSON(record[column], isVariable: isVariable[index])
      case .tsv: line.appendTSV(record[column])
      case .worker: line.append(contentsOf: record[column])
      case .csv, .npy: line.appendCSV(record[column])
      }
    }
    for (index, result) in results.enumerated() {
      separate(shown.count + index)
      if result.isFinite {
        line.appendShortest(result)
      } else if form == .json {
        line.append(contentsOf: "null".utf8)
      } else if form == .worker {
        line.append(contentsOf: "\\N".utf8)
      }
    }
    if form == .json { line.append(UInt8(ascii: "}")) }
    line.append(UInt8(ascii: "\n"))
    return line
  }

  private mutating func separate(_ index: Int) {
    let isText = form == .tsv || form == .worker
    if index > 0 { line.append(isText ? UInt8(ascii: "\t") : UInt8(ascii: ",")) }
    guard form == .json else { return }
    if index > 0 { line.append(UInt8(ascii: " ")) }
    line.append(contentsOf: keys[index])
  }

  /// A variable's value is a number. What is only kept stays what it is: 007 may be a name, and an
  /// integer may have more digits than a double.
  private mutating func appendJSON(_ field: ArraySlice<UInt8>, isVariable: Bool) {
    if isVariable, let number = decimalNumber(field) {
      line.appendShortest(number)
    } else if field.isEmpty {
      line.append(contentsOf: "null".utf8)
    } else {
      line.append(contentsOf: jsonQuoted(String(decoding: field, as: UTF8.self)).utf8)
    }
  }
}

extension [UInt8] {
  /// Adds the eight bytes of a number, the lowest one first.
  fileprivate mutating func append(bits number: Double) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }

  /// Adds a field of tab-separated values; what would end it is written with a backslash.
  fileprivate mutating func appendTSV(_ field: ArraySlice<UInt8>) {
    for byte in field {
      switch byte {
      case 0x09: append(contentsOf: "\\t".utf8)
      case 0x0A: append(contentsOf: "\\n".utf8)
      case 0x0D: append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\\"): append(contentsOf: "\\\\".utf8)
      default: append(byte)
      }
    }
  }
}
