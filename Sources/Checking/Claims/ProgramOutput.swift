// What a program printed about points, as CSV, becomes claims: a column for each derivative or value.
import Calculus
import Language
import Syntax
import Text

/// What a column holds.
enum ProgramColumn: Equatable {
  /// A derivative, or an output's own value.
  case claim(DerivativeKey)
  /// The point itself, given back.
  case coordinate(Int)
}

/// Reads what a program printed about points.
package struct ProgramOutput {
  private let source: SourceText
  private let points: [[Double]]
  private let subject: Subject
  private let headings: ColumnHeadings
  private let lines: [Line]

  /// The cells of a line that is not blank.
  private struct Line {
    let range: SourceRange
    let cells: [Cell]
  }

  private struct Cell {
    let text: String
    let range: SourceRange
    var number: Double? { text.isEmpty ? nil : Double(text) }
  }

  /// - Parameters:
  ///   - source: what was printed.
  ///   - points: those that the program was given.
  ///   - outputNames: what the outputs of a list are called; nil for an expression that is none.
  ///   - order: 2 where second derivatives are expected.
  package init(
    _ source: SourceText, about points: [[Double]], outputNames: [String]?, order: Int = 1,
    for subject: Subject
  ) {
    self.source = source
    self.points = points
    self.subject = subject
    headings = ColumnHeadings(subject, outputNames, order: order)
    lines = Self.lines(of: source)
  }

  /// A claim for each column.
  package func claims() throws(Problem) -> [Claim] {
    guard let first = lines.first else {
      throw problem(.nothing(rows: points.count))
    }
    let hasHeader = first.cells.contains { $0.number == nil }
    let columns = hasHeader ? try named(first) : try unnamed()
    let rows = lines.dropFirst(hasHeader ? 1 : 0)
    try check(rows, columns.count)
    var claims: [Claim] = []
    for (index, column) in columns.enumerated() {
      let cells = rows.map { $0.cells[index] }
      let values = try numbers(cells)
      switch column {
      case .coordinate(let variable): try check(values, cells, are: variable)
      case .claim(let key):
        let text = hasHeader ? first.cells[index].text : "column \(index + 1)"
        let numbers = PrintedNumbers(
          values, cells.map(\.text), variableCount: subject.variables.count)
        claims.append(Claim(key, text, numbers))
      }
    }
    return claims
  }

  // MARK: Lines and cells

  private static func lines(of source: SourceText) -> [Line] {
    let bytes = source.bytes
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let isSeparator = separator(of: bytes)
    var lines: [Line] = []
    var start = bytes.starts(with: mark) ? mark.count : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if let line = line(bytes, start..<end, isSeparator) { lines.append(line) }
      start = end + 1
    }
    return lines
  }

  /// Commas; where there are none, semicolons, or spaces, as Python's print has them.
  private static func separator(of bytes: [UInt8]) -> (UInt8) -> Bool {
    for sign in [UInt8(ascii: ","), UInt8(ascii: ";")] where bytes.contains(sign) {
      return { $0 == sign }
    }
    return { $0 == 0x20 || $0 == 0x09 }
  }

  private static func line(
    _ bytes: [UInt8], _ range: Range<Int>, _ isSeparator: (UInt8) -> Bool
  ) -> Line? {
    let whole = undressed(bytes, trimmed(bytes, range))
    guard !whole.isEmpty else { return nil }
    let text = String(decoding: bytes[whole], as: UTF8.self)
    if text.utf8.count < PastedClaim.sizeLimit, text.contains("(") {
      let plain = PrintedObjects.unwrapped(text)
      if plain != text {
        // What stood around numbers is gone; the place of each is that of the line.
        return line(Array(plain.utf8), 0..<plain.utf8.count, isSeparator).map { line in
          let range = SourceRange(start: whole.lowerBound, end: whole.upperBound)
          return Line(range: range, cells: line.cells.map { Cell(text: $0.text, range: range) })
        }
      }
    }
    var cells: [Cell] = []
    var start = whole.lowerBound
    while start <= whole.upperBound {
      let end =
        bytes[start..<whole.upperBound].firstIndex(where: isSeparator) ?? whole.upperBound
      var cell = trimmed(bytes, start..<end)
      let quote = UInt8(ascii: "\"")
      if cell.count > 1, bytes[cell.lowerBound] == quote, bytes[cell.upperBound - 1] == quote {
        cell = cell.lowerBound + 1..<cell.upperBound - 1
      }
      cells.append(
        Cell(
          text: String(decoding: bytes[cell], as: UTF8.self),
          range: SourceRange(start: cell.lowerBound, end: max(cell.upperBound, cell.lowerBound + 1))
        ))
      start = end + 1
      // One space or many part two cells.
      while start < whole.upperBound, bytes[start] <= 0x20 { start += 1 }
    }
    return Line(
      range: SourceRange(start: whole.lowerBound, end: whole.upperBound), cells: cells)
  }

  /// Without the brackets of a tuple or list around the whole.
  private static func undressed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = range
    while range.count > 2, let first = bytes[range].first, let last = bytes[range].last,
      first == UInt8(ascii: "(") && last == UInt8(ascii: ")")
        || first == UInt8(ascii: "[") && last == UInt8(ascii: "]"),
      !bytes[range].dropFirst().dropLast().contains(where: { $0 == first || $0 == last })
    {
      range = trimmed(bytes, range.lowerBound + 1..<range.upperBound - 1)
    }
    return range
  }

  // MARK: Columns

  private func named(_ header: Line) throws(Problem) -> [ProgramColumn] {
    let names = header.cells.map(\.text)
    let givesPoints = headings.hasDerivatives(names)
    var columns: [ProgramColumn] = []
    for cell in header.cells {
      switch headings.column(cell.text, givesPoints: givesPoints) {
      case .failure(let mistake): throw problem(mistake, at: cell.range)
      case .success(let column) where columns.contains(column):
        throw problem(.columnTwice(cell.text), at: cell.range)
      case .success(let column): columns.append(column)
      }
    }
    if !columns.contains(where: { if case .claim = $0 { true } else { false } }) {
      throw problem(.noClaim(advice: headings.advice), at: header.range)
    }
    return columns
  }

  /// The reading that the number of columns leaves; of values and derivatives the values, if they are these.
  private func unnamed() throws(Problem) -> [ProgramColumn] {
    let row = lines[0]
    let fitting = headings.unnamed(row.cells.count)
    guard let first = fitting.first else {
      throw problem(.unclear(row.cells.count, advice: headings.advice), at: row.range)
    }
    let values = fitting.first { $0.allSatisfy(\.path.isEmpty) }
    let keys = values.map { areValues($0) ? $0 : first } ?? first
    return keys.map { .claim($0) }
  }

  /// Whether all numbers are about those of the outputs.
  private func areValues(_ keys: [DerivativeKey]) -> Bool {
    zip(lines, points).allSatisfy { line, point in
      zip(keys, line.cells).allSatisfy { key, cell in
        let value = subject.outputs[key.output].computation.tape.value(at: point)
        let number = cell.number ?? .nan
        return (value - number).magnitude <= 1e-5 * value.magnitude || !value.isFinite
      }
    }
  }

  private func problem(_ mistake: ProgramMistake, at range: SourceRange) -> Problem {
    Problem(.reported(mistake.message, remedy: mistake.remedy), in: source, at: range)
  }

  /// What is missing has no place.
  private func problem(_ mistake: ProgramMistake) -> Problem {
    Problem(.reported(mistake.message, remedy: mistake.remedy), in: SourceText(""), at: nil)
  }

  // MARK: Rows

  private func check(_ rows: ArraySlice<Line>, _ columnCount: Int) throws(Problem) {
    for row in rows where row.cells.count != columnCount {
      throw problem(.cells(row.cells.count, columns: columnCount), at: row.range)
    }
    if rows.count > points.count {
      throw problem(
        .rows(rows.count, points: points.count), at: rows[rows.startIndex + points.count].range)
    }
    if rows.count < points.count {
      throw problem(.rows(rows.count, points: points.count))
    }
  }

  private func numbers(_ cells: [Cell]) throws(Problem) -> [Double] {
    try cells.map { cell throws(Problem) in
      guard let number = cell.number else { throw problem(.notANumber(cell.text), at: cell.range) }
      return number
    }
  }

  /// That a column gives the points back as they were given: rows in another order are no answer.
  private func check(_ values: [Double], _ cells: [Cell], are variable: Int) throws(Problem) {
    for (place, value) in values.enumerated() {
      let asked = points[place][variable]
      guard !(asked.isNaN && value.isNaN),
        !((value - asked).magnitude <= 1e-5 * asked.magnitude + 1e-5), value != asked
      else { continue }
      throw problem(
        .otherPoint(subject.variables[variable], asked: asked), at: cells[place].range)
    }
  }
}
