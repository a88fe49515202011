// Cells to rows: what each cell says, which quantity it is about, where one row ends.
import Calculus
import Checking
import Language
import Syntax

/// Makes rows of the cells of a table.
struct RowReader {
  let source: SourceText
  /// The bases of the variables in their order.
  let inputs: [String]
  let isInput: (String) -> Bool
  var readings: Readings
  var names: TableNames
  var rows: [ClaimedRow] = []
  /// The quantities that have a primal row.
  var valued: Set<String> = []
  var runs: [TangentRun] = []
  var precision = TablePrecision()
  /// Cells with numbers that belong to nothing that is known.
  var unread: [PlacedText] = []
  /// The places of numbers that count rows or say what the seeds are.
  private var saidElsewhere: Set<Int> = []
  /// Whether columns are there for values.
  var hasPlaces = false

  var columns: [TraceColumn] = []
  /// The run that the tangents of a column belong to.
  var columnRuns: [Int: Int] = [:]
  var sectionKind: QuantityKind?
  var sectionText = ""
  var run: Int?
  var startsRun = true

  /// The row that is being put together.
  var group: ClaimedRow?
  /// Whether a cell of its own has told the value of the group.
  var hasValue = false
  /// The quantity that the line is about.
  var subject: String?
  /// Formulas of a derivative whose numbers stand in the columns behind, a run in each.
  var shared: (kind: QuantityKind, formulas: [PlacedText])?

  /// - Parameters:
  ///   - inputs: the bases of the variables in their order.
  ///   - isInput: whether a base is that of a variable, or of what the table need not define.
  init(
    _ source: SourceText, inputs: [String], _ readings: inout Readings,
    isInput: @escaping (String) -> Bool
  ) throws(Problem) {
    self.source = source
    self.inputs = inputs
    self.isInput = isInput
    self.readings = readings
    defer { readings = self.readings }
    names = TableNames(isInput: isInput)
    let table = ClaimedTable(source)
    let shape = TableShape { [names] cell in
      ClaimedNumber(cell, in: source) { names.scanner($0) } != nil
    } isWord: { [self] cell in
      column(cell).isTold
    }
    let lines = shape.lines(table.plainLines)
    names = TableNames(rowNames(lines), &self.readings, isInput: isInput)
    let wordsAboveNumbers = lineOfWordsAboveNumbers(lines)
    for line in lines {
      switch line.content {
      case .title(let title): readTitle(title)
      case .header(let cells): readHeader(cells)
      case .row(let cells):
        if isHeader(cells, below: columns.firstIndex { $0.role == .section })
          || line.number == wordsAboveNumbers
        {
          readHeader(cells)
        } else {
          try readRow(cells, line.number, isSpaced: table.isSpaced)
        }
      }
    }
    tellNumbersLeft(lines)
  }

  /// Finds the numbers that no row has taken, so that nobody would judge them.
  private mutating func tellNumbersLeft(_ lines: [ClaimedTable.Line]) {
    let numbers = rows.flatMap { $0.numbers + [$0.partial].compactMap { $0 } }.map(\.place)
    let taken = Set((numbers + rows.flatMap(\.formulas) + unread).flatMap(\.places))
    let told = Set(unread.map(\.places.first))
    for line in lines {
      switch line.content {
      case .header: continue
      case .title(let title) where !told.contains(title.places.first):
        unread += equatedNumbers(title)
      case .title: continue
      case .row(let cells) where cells.count == 1 && remark(cells[0]) != nil:
        if !told.contains(cells[0].places.first) { unread += equatedNumbers(cells[0]) }
      case .row(let cells):
        for cell in cells {
          guard let last = cell.equated.last, Double(last.text) != nil,
            let place = last.places.last, !taken.contains(place), !saidElsewhere.contains(place)
          else { continue }
          unread.append(last)
        }
      }
    }
  }

  /// The numbers that a line without a row says something to be, `lr = 0.1`, but for the variables' values and seeds.
  private func equatedNumbers(_ text: PlacedText) -> [PlacedText] {
    let line = PlainCell.text(of: text)
    let separators = line.text.contains("_{") ? ",;()" : ",;{}()"
    let pieces = line.bytes.split(omittingEmptySubsequences: false) {
      separators.utf8.contains($0)
    }
    return pieces.compactMap { piece in
      let parts = line[piece.startIndex..<piece.endIndex].equated
      let sides =
        parts.count > 1 ? parts : line[piece.startIndex..<piece.endIndex].equatedAtColon.equated
      guard sides.count > 1, parts.count > 1 || sides[0].text.hasSuffix("'"),
        let value = sides.last?.words.first, Double(value.text) != nil
      else { return nil }
      guard let name = sides[0].words.last else { return value }
      let bare = NameScanner(bytes: name.bytes) { inputs.contains($0) }.wholeName()
      let isGiven = bare.map { inputs.contains($0.base) && $0.mark != .adjoint && $0.over == nil }
      return isGiven == true ? nil : value
    }
  }

  /// What each row is called, with the text behind it.
  private func rowNames(
    _ lines: [ClaimedTable.Line]
  ) -> [(name: PlacedText, rest: [PlacedText])] {
    var rows: [(name: PlacedText, rest: [PlacedText])] = []
    var section: Int?
    let wordsAboveNumbers = lineOfWordsAboveNumbers(lines)
    for line in lines {
      let cells: [PlacedText]
      switch line.content {
      case .title: continue
      case .header(let headers),
        .row(let headers)
      where isHeader(headers, below: section) || line.number == wordsAboveNumbers:
        section = headers.firstIndex { column($0).role == .section }
        continue
      case .row(let row): cells = row
      }
      var isFirst = true
      for (index, cell) in cells.enumerated() where !cell.isEmpty {
        // `e` may be a name here.
        let isWord = isFirst && cell.bytes.allSatisfy { ($0 | 0x20) >= 0x61 && $0 < 0x80 }
        guard isWord || number(cell) == nil else { continue }
        let parts = cell.equated
        guard isFirst || parts.count > 1 else { continue }
        let others = isFirst ? cells.dropFirst(index + 1).filter { $0.equated.count == 1 } : []
        let rest = parts.dropFirst() + others
        rows.append((rowName(parts[0]).text, Array(rest)))
        isFirst = false
      }
    }
    return rows
  }

  func scanner(_ text: PlacedText) -> NameScanner { names.scanner(text) }

  func number(_ text: PlacedText) -> ClaimedNumber? {
    ClaimedNumber(text, in: source) { names.scanner($0) }
  }

  // MARK: Rows

  private mutating func readRow(
    _ cells: [PlacedText], _ line: Int, isSpaced: Bool
  ) throws(Problem) {
    (group, hasValue, subject, shared) = (nil, false, nil, nil)
    let hasColumns = !columns.isEmpty && (!isSpaced || cells.count == columns.count)
    if cells.count == 1, let title = remark(cells[0]) {
      if hasDerivative(title) { unread.append(title) }
      return readTitle(title)
    }
    for (index, cell) in cells.enumerated() where !Self.isBlank(cell) {
      let column = hasColumns && index < columns.count ? columns[index] : TraceColumn()
      switch column.role {
      case .counter where Int(cell.text) != nil: saidElsewhere.formUnion(cell.places)
      case .section:
        saidElsewhere.formUnion(cell.places)
        if cell.text != sectionText { readSection(cell.text) }
      case .remark: if number(cell) != nil { unread.append(cell) }
      default:
        for part in Self.equations(cell) { try readCell(part, column, index, line) }
      }
    }
    finish()
  }

  /// The equations of a cell that has several: with commas between them, or the last in parentheses.
  private static func equations(_ cell: PlacedText) -> [PlacedText] {
    if cell.hasSuffix(")"), let open = cell.bytes.lastIndex(of: UInt8(ascii: "(")), open > 0,
      cell.bytes[open - 1] == 0x20, cell[open + 1..<cell.count - 1].equated.count > 1
    {
      return [cell[0..<open].trimmed, cell[open + 1..<cell.count - 1].trimmed]
    }
    let parts = cell.split(at: UInt8(ascii: ","))
    return parts.allSatisfy { $0.equated.count > 1 } ? parts : [cell]
  }

  private static func isBlank(_ cell: PlacedText) -> Bool {
    cell.isEmpty || ["-", "—", "–", "?", "_", "…", "..."].contains(cell.text)
  }

  private mutating func readCell(
    _ cell: PlacedText, _ column: TraceColumn, _ index: Int, _ line: Int
  ) throws(Problem) {
    let parts = cell.equated
    if column.kind == nil, parts.count == 2, isEdge(cell, parts), index < columns.count {
      throw Problem(.traceRowName(cell.text), in: source, at: cell.range)
    }
    if !parts[0].isEmpty, number(parts[0]) == nil {
      let (text, added) = rowName(parts[0])
      if let name = scanner(text).wholeName(), isName(name, parts.count, column) {
        try begin(name, text, added, column, index, line)
        return add(parts.dropFirst())
      }
    }
    let values = parts.filter { !$0.isEmpty }
    if parts.count == 1, number(cell) != nil, !(column.saysFormula && column.kind == nil) {
      return try readNumber(cell, column, index, line)
    }
    if subject == nil, group == nil {
      if column.role == .unknown { return }
      let isSection = TraceColumn.kind(TraceColumn.words(cell.text)) != nil
      if isSection {
        saidElsewhere.formUnion(cell.places)
        return cell.text == sectionText ? () : readSection(cell.text)
      }
      throw Problem(.traceRowName(rowName(parts[0]).text.text), in: source, at: cell.range)
    }
    if column.role == .unknown, !readsAsFormula(values) { return }
    if column.saysValue, parts.count == 1, !readsAsFormula(values) {
      throw Problem(.traceNumber(cell.text), in: source, at: cell.range)
    }
    try turn(to: column, index, line, cell, forFormula: true)
    if column.kind == nil, hasValue, !column.saysFormula, let last = values.last,
      number(last) == nil
    {
      // Behind the value a text is no formula of it: a remark.
      return
    }
    add(values[...])
  }

  /// `b -> a` between names that are known: an edge of the graph, and no quantity.
  private func isEdge(_ cell: PlacedText, _ ends: [PlacedText]) -> Bool {
    !cell.bytes.contains(UInt8(ascii: "="))
      && ends.allSatisfy { scanner($0).wholeName().map { names.isKnown($0.base) } == true }
  }

  /// Whether texts can be read in a column that says nothing of itself.
  private func readsAsFormula(_ texts: [PlacedText]) -> Bool {
    texts.allSatisfy { (try? ClaimedFormula($0, in: source) { names.scanner($0) }) != nil }
  }

  /// Whether a cell begins a row: it has `=` behind a name, or it is the first, or names what the line is about with a
  /// mark of its own.
  private func isName(_ name: MarkedName, _ parts: Int, _ column: TraceColumn) -> Bool {
    // `Tangent wrt x`, and below it `y = 0.5`: its formula and its value.
    let isOfColumn = column.kind != nil && column.kind != .primal && name.mark == nil
    if parts > 1 { return !isOfColumn || subject == nil || name.base == subject }
    if group == nil, subject == nil { return true }
    return name.mark != nil && name.mark != .partial && name.base == subject
      && group?.kind == .primal && !column.saysFormula
  }

  private mutating func readNumber(
    _ cell: PlacedText, _ column: TraceColumn, _ index: Int, _ line: Int
  ) throws(Problem) {
    if group == nil, subject == nil {
      guard column.isTold || column.role == .unknown || !columns.isEmpty else {
        throw Problem(.traceColumn, in: source, at: cell.range)
      }
      return unread.append(cell)
    }
    if column.role == .unknown, !readsUnknown(index) {
      if hasValue || group?.numbers.isEmpty == false { return unread.append(cell) }
    }
    if column.kind == nil, hasValue, let group, let before = group.value {
      if before.halfUnit == 0 {
        // `2·5 | 10`
      } else if group.kind == .adjoint, group.partial == nil, column.role != .unknown {
        self.group?.partial = before
        self.group?.numbers = []
      } else {
        var open = TraceColumn()
        let ways = ["adjoints", "tangents"]
        open.kind = readings.way("column \(index + 1)", ways) == 0 ? .adjoint : .tangent
        return try readNumber(cell, open, index, line)
      }
    }
    if column.kind == .partial, !column.isOpen, group?.kind == .adjoint {
      let partial = number(cell)
      group?.partial = partial
      return
    }
    if column.kind != nil { try turn(to: column, index, line, cell, forFormula: false) }
    add([cell])
    hasValue = true
  }

  /// Whether the numbers of a column without a known header are derivatives.
  private mutating func readsUnknown(_ index: Int) -> Bool {
    let ways = ["nothing that is judged", "adjoints", "tangents"]
    guard hasValue else { return false }
    let way = readings.way("column \(index + 1)", ways)
    guard way > 0 else { return false }
    columns[index].role = .cells
    columns[index].kind = way == 1 ? .adjoint : .tangent
    return true
  }

  private mutating func add(_ parts: ArraySlice<PlacedText>) {
    for part in parts where !part.isEmpty {
      if let number = number(part) {
        group?.numbers.append(number)
      } else if part.text != group?.name.text {
        group?.formulas.append(part)
      }
    }
  }

}
