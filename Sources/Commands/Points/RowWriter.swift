// Rows of `eval --points` as bytes: fields of the file and results behind them, as CSV or JSON.
import Language
import Reporting

/// Writes the columns that are shown, and results.
struct RowWriter {
  let isJSON: Bool
  /// What the columns of the output are called: those that are shown, and the results.
  let names: [String]
  /// The columns of the file that are shown.
  let shown: [Int]
  /// Which of them hold variables.
  private let isVariable: [Bool]
  /// `"name": ` of each column of the output.
  private let keys: [[UInt8]]
  private var line: [UInt8] = []

  init(isJSON: Bool, header: [String], shown: [Int], variables: [Int], results: [String]) {
    self.isJSON = isJSON
    self.shown = shown
    isVariable = shown.map(variables.contains)
    names = shown.map { header[$0] } + results
    keys = names.map { Array("\(jsonQuoted($0)): ".utf8) }
  }

  /// The first line of a CSV table.
  var header: String { names.map(csvField).joined(separator: ",") + "\n" }

  /// A line of the output; results that are not finite do not exist.
  mutating func text(_ record: CSVReader.Record, _ results: [Double]) -> [UInt8] {
    line.removeAll(keepingCapacity: true)
    if isJSON { line.append(UInt8(ascii: "{")) }
    for (index, column) in shown.enumerated() {
      separate(index)
      if isJSON {
        appendJSON(record[column], isVariable: isVariable[index])
      } else {
        line.appendCSV(record[column])
      }
    }
    for (index, result) in results.enumerated() {
      separate(shown.count + index)
      if result.isFinite {
        line.appendShortest(result)
      } else if isJSON {
        line.append(contentsOf: "null".utf8)
      }
    }
    if isJSON { line.append(UInt8(ascii: "}")) }
    line.append(UInt8(ascii: "\n"))
    return line
  }

  private mutating func separate(_ index: Int) {
    if index > 0 { line.append(UInt8(ascii: ",")) }
    guard isJSON else { return }
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
