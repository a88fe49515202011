// Rows that are evaluated together: their numbers, the text of them that is shown, and results.
import Calculus

/// Up to as many rows as a block of points, on their way from the table to the output.
struct RowBlock {
  static let capacity = PointBlock.capacity

  private let variableCount: Int
  private let shownCount: Int
  let resultCount: Int
  private(set) var count = 0
  /// The variables' values, row by row.
  private(set) var values: [Double]
  /// The results, row by row; NaN for what does not exist.
  var results: [Double]
  /// Where each row begins in the piece.
  private(set) var lines: [Int]
  /// What is wrong with some rows as rows of the table.
  private(set) var problems: [Int: String] = [:]
  /// Where what is shown stands, row by row: in the piece, or behind its end among the copies.
  private var ranges: [Range<Int>]
  private(set) var copies: [UInt8] = []
  /// Whether what is shown has nothing in it that CSV puts in quotes.
  private(set) var isPlain: [Bool]
  /// How many bytes the piece has.
  private var textCount = 0

  init(variables: Int, shown: Int, results: Int) {
    variableCount = variables
    shownCount = shown
    resultCount = results
    values = Array(repeating: .nan, count: variables * Self.capacity)
    self.results = Array(repeating: .nan, count: results * Self.capacity)
    lines = Array(repeating: 0, count: Self.capacity)
    ranges = Array(repeating: 0..<0, count: shown * Self.capacity)
    isPlain = Array(repeating: false, count: Self.capacity)
  }

  var isFull: Bool { count == Self.capacity }

  /// Begins anew with rows of a piece of so many bytes.
  mutating func begin(textCount: Int) {
    count = 0
    self.textCount = textCount
    problems.removeAll()
    copies.removeAll(keepingCapacity: true)
  }

  // MARK: The row that is being read

  @inline(__always)
  mutating func set(variable: Int, _ value: Double) {
    values[count * variableCount + variable] = value
  }

  /// What is shown, where it stands in the piece.
  @inline(__always)
  mutating func set(shown place: Int, start: Int, end: Int) {
    ranges[count * shownCount + place] = start..<end
  }

  /// What is shown, which is not in the piece as it is.
  mutating func set(shown place: Int, copying text: ArraySlice<UInt8>) {
    let start = textCount + copies.count
    copies += text
    set(shown: place, start: start, end: start + text.count)
  }

  /// What is shown, as a number.
  mutating func set(shown place: Int, number: Double) {
    set(shown: place, copying: shortestBytes(number)[...])
  }

  @inline(__always)
  mutating func endRow(line: Int, isPlain: Bool = false, problem: String? = nil) {
    lines[count] = line
    self.isPlain[count] = isPlain
    if let problem { problems[count] = problem }
    count += 1
  }

  // MARK: Rows

  func values(of row: Int) -> ArraySlice<Double> {
    values[row * variableCount..<(row + 1) * variableCount]
  }

  func results(of row: Int) -> ArraySlice<Double> {
    results[row * resultCount..<(row + 1) * resultCount]
  }

  mutating func set(_ results: [Double], of row: Int) {
    for (offset, result) in results.prefix(resultCount).enumerated() {
      self.results[row * resultCount + offset] = result
    }
  }

  /// Does something with the text of what is shown of a row.
  @inline(__always)
  func withShown(
    _ place: Int, of row: Int, in piece: Span<UInt8>, _ body: (Span<UInt8>) -> Void
  ) {
    let range = ranges[row * shownCount + place]
    if range.lowerBound >= textCount, !range.isEmpty {
      let start = range.lowerBound - textCount
      body(copies.span.extracting(start..<start + range.count))
    } else {
      body(piece.extracting(range.isEmpty ? 0..<0 : range))
    }
  }
}
