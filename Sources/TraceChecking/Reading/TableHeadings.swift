// Titles and headers of a trace table, and what rows are called.
import Calculus
import Checking
import Language
import Syntax

extension RowReader {
  mutating func readTitle(_ title: PlacedText) {
    columns = []
    columnRuns = [:]
    startsRun = true
    // The head of a function says nothing of what its lines compute.
    readSection(title.hasPrefix("def ") ? "" : title.text.filter { !"*#_".contains($0) })
  }

  /// Takes from a title or a section's name which trace it is, and the seeds.
  mutating func readSection(_ text: String) {
    sectionText = text
    let words = TraceColumn.words(text)
    sectionKind = TraceColumn.kind(words) ?? (TraceColumn.saysGradient(words) ? .adjoint : nil)
    let seeds = TangentRun.seeds(in: text, inputs.contains)
    run = nil
    if !seeds.isEmpty {
      runs.append(TangentRun(seeds: seeds))
      run = runs.count - 1
    }
    startsRun = true
  }

  /// Whether a row without a rule below it names columns: two or more are known, none is a number.
  ///
  /// - Parameter section: the column of sections, if there is one: a row below its header is none.
  func isHeader(_ cells: [PlacedText], below section: Int?) -> Bool {
    if let section, section < cells.count,
      TraceColumn.kind(TraceColumn.words(cells[section].text)) != nil
    {
      return false
    }
    let isHead = { (cell: PlacedText) in
      cell.equated.count == 1
        || cell.words.count > 1 && TraceColumn.kind(TraceColumn.words(cell.text)) == .tangent
    }
    guard cells.count > 1, cells.allSatisfy({ number($0) == nil && isHead($0) }) else {
      return false
    }
    let known = cells.count { column($0).isTold }
    return known >= 2 || rows.isEmpty && cells.allSatisfy(isUnknownWord)
  }

  /// The line of the first row of a table if that is words above columns of numbers, whatever the words
  /// are; nil if it is none.
  func lineOfWordsAboveNumbers(_ lines: [ClaimedTable.Line]) -> Int? {
    let rows = lines.compactMap { line -> (number: Int, cells: [PlacedText])? in
      if case .row(let cells) = line.content { (line.number, cells) } else { nil }
    }
    guard let first = rows.first, rows.count > 1, first.cells.count > 1,
      first.cells.allSatisfy({ cell in
        number(cell) == nil
          && (cell.equated.count == 1 || cell.equated.allSatisfy { column($0).isTold })
      })
    else { return nil }
    let isAboveNumbers = first.cells.indices.dropFirst().contains { index in
      let below = rows.dropFirst().compactMap { index < $0.cells.count ? $0.cells[index] : nil }
      let filled = below.filter { !$0.isEmpty }
      return !first.cells[index].isEmpty && !filled.isEmpty
        && filled.count { number($0) != nil } * 2 > filled.count
    }
    return isAboveNumbers ? first.number : nil
  }

  /// `Wert`, above the first row: a header in whatever language.
  private func isUnknownWord(_ cell: PlacedText) -> Bool {
    cell.text.count > 1
      && scanner(cell).wholeName().map { $0.mark == nil && !isInput($0.base) } == true
  }

  func column(_ header: PlacedText) -> TraceColumn {
    // A column called like a variable is none of the words for columns.
    let scanner = NameScanner(bytes: header.bytes, isKnown: isInput)
    let isName = scanner.bareName.map { $0.mark == nil && inputs.contains($0.base) } == true
    return TraceColumn(header.text, inputs: inputs, isName: isName)
  }

  mutating func readHeader(_ cells: [PlacedText]) {
    columns = cells.map(column)
    if columns.contains(where: \.saysValue) { hasPlaces = true }
    // Where the headers do not say it, the cells show what they are.
    let named = columns.contains { $0.role == .name || $0.kind != nil && !$0.saysValue }
    if !named || !columns.contains(where: { $0.saysValue || $0.kind != nil }) {
      for index in columns.indices where columns[index].role == .unknown {
        columns[index].role = .cells
      }
    }
    tellPrimals()
    columnRuns = [:]
    startsRun = true
    for index in columns.indices where columns[index].kind == .tangent {
      let seeds = columns[index].seeds
      if !seeds.isEmpty {
        runs.append(TangentRun(seeds: seeds))
        columnRuns[index] = runs.count - 1
      } else if let before = columnRuns[index - 1], !columns[index - 1].saysValue,
        columns[index].saysValue
      {
        // The value beside its equation.
        columnRuns[index] = before
      }
    }
  }

  /// `adjoint | value | formula`: behind a derivative's numbers stand those of the quantity, if nothing before does.
  ///
  /// Without a column for the quantity's formulas, a value may as well be that of the derivative.
  private mutating func tellPrimals() {
    guard columns.contains(where: { $0.kind == nil && $0.saysFormula }) else { return }
    for index in columns.indices.dropFirst() where columns[index].kind == nil {
      let before = columns[index - 1]
      let isTold = { (column: TraceColumn) in column.kind == nil || column.kind == .primal }
      let isFirst = !columns[..<index].contains {
        isTold($0) && $0.saysValue == columns[index].saysValue
          && $0.saysFormula == columns[index].saysFormula && ($0.saysValue || $0.saysFormula)
      }
      guard columns[index].saysValue || columns[index].saysFormula, isFirst, !before.saysFormula,
        before.kind == .tangent || before.kind == .adjoint
      else { continue }
      columns[index].kind = .primal
    }
  }

  /// A line on its own that is no row: a remark or a title. What has a value is no remark.
  func remark(_ cell: PlacedText) -> PlacedText? {
    if cell.hasPrefix("#") { return cell }
    let parts = cell.equated
    if parts.count == 1 { return cell }
    if scanner(rowName(parts[0]).text).wholeName() != nil { return nil }
    let seeds = TangentRun.seeds(in: cell.text, inputs.contains)
    let isTitle = TraceColumn.words(parts[0].text).count > 1 || !seeds.isEmpty
    return isTitle ? cell : nil
  }

  /// Whether a line that names nothing gives a derivative's value all the same: `derivative of y wrt x = 5.5`.
  func hasDerivative(_ title: PlacedText) -> Bool {
    let parts = title.equated
    let words = TraceColumn.words(parts[0].text)
    return parts.count == 2 && number(parts[1]) != nil && !words.contains("seed")
      && (TraceColumn.kind(words) != nil || TraceColumn.saysDerivative(words))
  }

  private static let wordsInFront = [
    "Compute ", "compute ", "Calculate ", "value of ", "Value of ", "Let ", "let ", "Then ",
    "then ", "so ", "So ", "and ", "Node ", "node ", "where ", "with ",
  ]

  /// `a(x)` and `b(a, y)` as the name of the function's value.
  private func withoutArguments(_ name: PlacedText) -> PlacedText {
    if let bar = name.bytes.firstIndex(of: UInt8(ascii: "|")), bar > 0 {
      return name[0..<bar].trimmed
    }
    guard name.hasSuffix(")"), let open = name.bytes.firstIndex(of: UInt8(ascii: "(")), open > 0
    else { return name }
    let head = name[0..<open]
    let arguments = name[open + 1..<name.count - 1].split(at: UInt8(ascii: ","))
    let isCall = arguments.allSatisfy { argument in
      Double(argument.text) != nil || scanner(argument).bareName != nil
    }
    guard isCall, head.bytes.allSatisfy({ $0.isWord || $0 >= 0x80 }),
      !Catalogue.functionNames.contains(head.text),
      !Marks.words.contains(where: { $0.isSuffix && !$0.isOfRows && $0.text == head.text })
    else { return name }
    return head
  }

  /// A row's name without the sign of `+=`, the colon of `:=`, and a number or a dash in front: `2) a`, `Step 2: a`.
  func rowName(_ text: PlacedText) -> (text: PlacedText, added: Double?) {
    var name = text
    if let colon = name.bytes.firstIndex(of: UInt8(ascii: ":")), colon + 1 < name.count {
      let words = name[0..<colon].words
      if words.count == 2, TraceColumn(words[0].text, inputs: [], isName: false).role == .counter {
        name = name.from(colon + 1).trimmed
      }
    }
    if name.hasPrefix("("), let close = name.bytes.firstIndex(of: UInt8(ascii: ")")),
      Int(name[1..<close].text) != nil
    {
      name = name.from(close + 1).trimmed
    }
    let digits = name.bytes.prefix { (0x30...0x39).contains($0) }.count
    if digits > 0, digits < name.count, ").:".utf8.contains(name.bytes[digits]) {
      name = name.from(digits + 1).trimmed
    }
    for mark in ["- ", "* ", "• "] where name.hasPrefix(mark) {
      name = name.from(mark.utf8.count).trimmed
    }
    for word in Self.wordsInFront where name.hasPrefix(word) {
      name = name.from(word.utf8.count).trimmed
    }
    name = withoutArguments(name.withoutStars)
    let added: Double? =
      name.hasSuffix("+") ? 1 : name.hasSuffix("-") || name.hasSuffix("−") ? -1 : nil
    if added != nil {
      let length = name.hasSuffix("−") ? 3 : 1
      name = name[0..<name.count - length].trimmed
    }
    return (name.hasSuffix(":") ? name[0..<name.count - 1].trimmed : name, added)
  }
}
