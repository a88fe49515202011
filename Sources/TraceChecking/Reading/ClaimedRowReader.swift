// Cells to rows: what the columns are for, which trace a row belongs to, where one row ends.
import Calculus
import Checking
import Language
import Syntax

/// Makes rows of the cells of a table.
struct ClaimedRowReader {
  private let source: SourceText
  let isInput: (String) -> Bool
  let output: String
  private(set) var rows: [ClaimedRow] = []
  var runs: [TangentRun] = []
  private(set) var precision = TablePrecision()

  var columns: [TraceColumn] = []
  /// The columns that only count the rows.
  var counters: Set<Int> = []
  /// For columns whose headers name a seed, the run that they belong to.
  var columnRuns: [Int: Int] = [:]
  var sectionKind: QuantityKind?
  var sectionText = ""
  var run: Int?
  var startsRun = true
  private var group: Group?
  /// Cells with numbers that belong to nothing that is known.
  private(set) var unread: [PlacedText] = []
  /// The names that rows have, above or below.
  private(set) var defined: Set<String> = []

  /// A row that is being put together.
  private struct Group {
    var kind: QuantityKind
    var base: String
    var name: PlacedText
    var formulas: [PlacedText] = []
    var value: ClaimedNumber?
    var partial: ClaimedNumber?
    var adds = false
    var run = 0
  }

  /// - Parameters:
  ///   - output: what the result is called.
  ///   - isInput: whether the base of a name is that of a variable or of trace's own.
  init(
    _ source: SourceText, output: String, isInput: @escaping (String) -> Bool
  ) throws(Problem) {
    let table = ClaimedTable(source)
    var names = Self(source, output, isInput, defined: [])
    // What fails for want of a name that comes below is read once more.
    if (try? names.read(table)) != nil, names.defined.isEmpty {
      self = names
      return
    }
    self = Self(source, output, isInput, defined: names.bareNames)
    try read(table)
  }

  private init(
    _ source: SourceText, _ output: String, _ isInput: @escaping (String) -> Bool,
    defined: Set<String>
  ) {
    self.source = source
    self.output = output
    self.isInput = isInput
    self.defined = defined
  }

  private mutating func read(_ table: ClaimedTable) throws(Problem) {
    for line in table.lines {
      switch line.content {
      case .title(let title): readTitle(title)
      case .header(let cells): readHeader(cells)
      case .row(let cells):
        if isHeader(cells) {
          readHeader(cells)
        } else {
          try readRow(cells, line.number, isSpaced: table.isSpaced)
        }
      }
    }
  }

  func scanner(_ text: PlacedText) -> NameScanner {
    NameScanner(bytes: text.bytes, isKnown: isKnown)
  }

  func number(_ text: PlacedText) -> ClaimedNumber? { ClaimedNumber(text, isName: isKnown) }

  func isKnown(_ base: String) -> Bool { isInput(base) || defined.contains(base) }

  // MARK: Rows

  private mutating func readRow(
    _ cells: [PlacedText], _ line: Int, isSpaced: Bool
  ) throws(Problem) {
    group = nil
    let hasColumns = !columns.isEmpty && (!isSpaced || cells.count == columns.count)
    if cells.count == 1, let title = remark(cells[0]) { return readTitle(title) }
    var subject: String?
    for (index, cell) in cells.enumerated() where !cell.isEmpty {
      let column = !hasColumns ? .automatic : index < columns.count ? columns[index] : .ignored
      switch column {
      case .ignored:
        if !counters.contains(index), holdsNumber(cell) { unread.append(cell) }
      case .section:
        if cell.text != sectionText { readSection(cell.text) }
      case .name:
        let parts = cell.equated
        try begin(parts[0], sectionKind, line)
        group?.formulas = parts.dropFirst().filter { !$0.isEmpty }
      case .equation(let kind): try readEquation(cell, kind, subject, index, line)
      case .formula: group?.formulas += cell.equated.filter { !$0.isEmpty }
      case .partial:
        let partial = try needNumber(cell)
        group?.partial = partial
      case .value: try readValue(cell)
      case .valueOf(let kind): try readValue(of: kind, cell, subject, index, line)
      case .automatic: try readAutomatically(cell, line)
      }
      if group?.kind == .primal { subject = group?.base }
    }
    finish(line)
  }

  private mutating func readEquation(
    _ cell: PlacedText, _ kind: QuantityKind, _ subject: String?, _ index: Int, _ line: Int
  ) throws(Problem) {
    let parts = cell.equated
    if parts.count == 1, number(cell) != nil {
      return try readValue(of: kind, cell, subject, index, line)
    }
    if parts[0].isEmpty || parts.count == 1 && group != nil && group?.kind == kind {
      group?.formulas += parts.filter { !$0.isEmpty }
      return
    }
    try begin(parts[0], kind, line, run: columnRuns[index])
    group?.formulas = parts.dropFirst().filter { !$0.isEmpty }
  }

  private mutating func readAutomatically(_ cell: PlacedText, _ line: Int) throws(Problem) {
    if let value = number(cell) {
      guard let before = group?.value else {
        group?.value = value
        return
      }
      if group?.kind == .adjoint, group?.partial == nil {
        group?.partial = before
        group?.value = value
      } else if before.halfUnit == 0 {
        // `2·5 | 10`
        group?.formulas.append(before.place)
        group?.value = value
      } else {
        throw Problem(.traceColumn, in: source, at: cell.range)
      }
      return
    }
    let words = TraceColumn.words(cell.text)
    if group == nil, TraceColumn.kind(words) != nil || words.first == "forward" {
      return cell.text == sectionText ? () : readSection(cell.text)
    }
    let parts = cell.equated
    if parts[0].isEmpty {
      group?.formulas += parts.filter { !$0.isEmpty }
    } else if group == nil || group?.value != nil || parts.count > 1 {
      try begin(parts[0], sectionKind, line)
      group?.formulas = parts.dropFirst().filter { !$0.isEmpty }
    } else {
      group?.formulas.append(cell)
    }
  }

  /// The value of the row, or the tangent or adjoint of its quantity.
  private mutating func readValue(
    of kind: QuantityKind, _ cell: PlacedText, _ subject: String?, _ index: Int, _ line: Int
  ) throws(Problem) {
    if group?.kind != kind || group?.value != nil {
      try beginDerived(kind, of: subject, cell, index, line)
    }
    try readValue(cell)
  }

  private mutating func readValue(_ cell: PlacedText) throws(Problem) {
    let value = try needNumber(cell)
    if group == nil, value != nil { unread.append(cell) }
    group?.value = value
  }

  private func holdsNumber(_ cell: PlacedText) -> Bool {
    number(cell) != nil || cell.equated.last.map { number($0) != nil } == true
  }

  private func needNumber(_ cell: PlacedText) throws(Problem) -> ClaimedNumber? {
    if ["-", "—", "–", "?", "_"].contains(cell.text) { return nil }
    if let number = number(cell) { return number }
    // `ln 2 = 0.693`
    if let last = cell.equated.last, let number = number(last) { return number }
    throw Problem(.traceNumber(cell.text), in: source, at: cell.range)
  }

  // MARK: Groups

  private mutating func begin(
    _ text: PlacedText, _ kind: QuantityKind?, _ line: Int, run: Int? = nil
  ) throws(Problem) {
    finish(line)
    let (bare, adds) = strippedName(text)
    let scanner = scanner(bare)
    if let quotient = scanner.quotient(at: 0), quotient.end == bare.count {
      // ∂v₂/∂x1 is a tangent, ∂y/∂v₂ an adjoint; ∂y/∂x1 is both.
      let isOfResult = ["", output, "y", "f"].contains(quotient.over)
      let isTangent = kind == .tangent || !isOfResult
      if isTangent, isInput(quotient.under) { startRun(of: quotient.under) }
      group = Group(
        kind: isTangent ? .tangent : .adjoint, base: isTangent ? quotient.over : quotient.under,
        name: bare)
    } else if let name = scanner.wholeName(hasDifferentials: kind == .tangent) {
      group = Group(kind: name.mark ?? kind ?? .primal, base: name.base, name: bare)
    } else {
      throw Problem(.traceRowName(bare.text), in: source, at: bare.range)
    }
    group?.adds = adds
    if group?.kind == .tangent {
      let run = run ?? currentRun()
      group?.run = run
    }
  }

  /// The tangent or adjoint of the row's own quantity, of which a column has only the values.
  private mutating func beginDerived(
    _ kind: QuantityKind, of subject: String?, _ cell: PlacedText, _ index: Int, _ line: Int
  ) throws(Problem) {
    guard let subject else { throw Problem(.traceColumn, in: source, at: cell.range) }
    let name = group?.name
    finish(line)
    var shown = PlacedText()
    let mark = kind == .tangent ? "'" : kind == .adjoint ? "~" : ""
    shown.append((name?.text ?? subject).trimmingMarks + mark, from: cell.places[0])
    group = Group(kind: kind, base: subject, name: shown)
    if kind == .tangent {
      let run = columnRuns[index] ?? currentRun()
      group?.run = run
    }
  }

  private mutating func startRun(of base: String) {
    if let run, runs[run].seeds.map(\.base) == [base] { return }
    runs.append(TangentRun(seeds: [(base, 1)]))
    run = runs.count - 1
    startsRun = false
  }

  /// The run that tangents belong to here: a new one under a new title or header.
  private mutating func currentRun() -> Int {
    if let run, !startsRun || !runs[run].seeds.isEmpty {
      startsRun = false
      return run
    }
    runs.append(TangentRun())
    run = runs.count - 1
    startsRun = false
    return runs.count - 1
  }

  private mutating func finish(_ line: Int) {
    guard var group else { return }
    if group.value == nil, let last = group.formulas.last, let value = number(last) {
      group.value = value
      group.formulas.removeLast()
    }
    if group.kind == .primal, let base = differential(group.base, group.formulas) {
      (group.kind, group.base) = (.tangent, base)
      group.run = currentRun()
    }
    for number in [group.value, group.partial] { number.map { precision.include($0) } }
    if group.kind == .primal { defined.insert(group.base) }
    rows.append(
      ClaimedRow(
        line: line, kind: group.kind, base: group.base, name: group.name,
        formulas: group.formulas, value: group.value, partial: group.partial, adds: group.adds,
        run: group.run))
    self.group = nil
  }
}

extension String {
  /// Without a prime or a tilde at the end.
  fileprivate var trimmingMarks: String {
    guard let last, "'′~".contains(last) else { return self }
    return String(dropLast())
  }
}
