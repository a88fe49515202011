// A table that a person or a program wrote, taken apart: Markdown, CSV, or columns set by spaces.
import Text
import Calculus
import Checking
import Language
import Syntax

/// The lines of a file as cells.
struct ClaimedTable {
  enum Content {
    case row([PlacedText])
    /// A row that names the columns below it.
    case header([PlacedText])
    /// A line outside of any table: a title.
    case title(PlacedText)
  }

  struct Line {
    let number: Int
    let content: Content
  }

  private(set) var lines: [Line] = []
  /// Whether spaces part the columns, so that an empty cell does not show.
  private(set) var isSpaced = false
  /// How many lines there were when a rule was read that nothing stands below yet.
  private var ruleBelow: Int?

  private enum Form {
    case markdown, spaces
    /// Bars between cells, and nothing else of a table.
    case bars
    case separated(UInt8)
    case latex

    var isMarkdown: Bool { if case .markdown = self { true } else { false } }

    var hasBars: Bool {
      switch self {
      case .markdown, .bars: true
      default: false
      }
    }
  }

  init(_ source: SourceText) {
    var reader = TableLines(source)
    // A table may be a piece of a file.
    let first = source.column(of: 0).line
    if let records = PrintedRecords.lines(source, from: first) {
      lines = records
      return
    }
    let physical = PrintedObject.joined(
      reader.lines.map {
        CodeCalls.plain(PlacedText(source, $0).withoutBoxes.trimmedAtEnd.withoutPrompt)
      })
    let form = Self.form(of: physical)
    switch form {
    case .separated(let separator):
      for (number, fields) in reader.records(separator) { append(fields, first - 1 + number) }
    case .latex: readLaTeX(physical.map(\.trimmed), first)
    default:
      if case .spaces = form { isSpaced = true }
      read(physical, form, first)
    }
  }

  private mutating func read(_ physical: [PlacedText], _ form: Form, _ first: Int) {
    let hasColons = isSpaced && physical.allSatisfy { Self.isKeyed($0.bytes[...]) }
    let hasWords = isSpaced && Self.hasWords(physical)
    var members: [String] = []
    for (index, text) in physical.enumerated() {
      let number = first + index
      var line = text.trimmed
      line = PrintedObject.named(line)
      if !form.isMarkdown { line = line.withoutComment.returned }
      guard !line.isEmpty else { continue }
      if Self.isRule(line.bytes) {
        ruleBelow = lines.count
      } else if form.hasBars, !form.isMarkdown, let object = PrintedObject.barred(line) {
        appendObject(object, number, &members)
      } else if form.hasBars, line.bytes.contains(UInt8(ascii: "|")) {
        append(Self.markdownCells(line), number)
      } else if case .markdown = form {
        lines.append(Line(number: number, content: .title(line)))
      } else if let object = PrintedObject.members(line) {
        appendObject(object, number, &members)
      } else {
        if hasColons || isSpaced && Self.isValued(line) { line = line.equatedAtColon }
        append(hasWords ? line.words : Self.spacedCells(line), number)
      }
    }
  }

  /// A row, below a header of its own where the one above has other members.
  private mutating func appendObject(
    _ object: [PrintedObject.Member], _ number: Int, _ members: inout [String]
  ) {
    let names = object.map(\.name.text)
    if names != members { lines.append(Line(number: number, content: .header(object.map(\.name)))) }
    members = names
    append(object.map(\.value), number)
  }

  /// Whether each line is a name and numbers with single spaces between them.
  private static func hasWords(_ lines: [PlacedText]) -> Bool {
    let words = lines.map(\.words).filter { !$0.isEmpty }
    return words.allSatisfy { line in
      line.count > 1 && line.count == words[0].count && Double(line[0].text) == nil
        && line.dropFirst().allSatisfy { Double($0.text) != nil }
    }
  }

  private mutating func append(_ cells: [PlacedText], _ number: Int) {
    guard cells.contains(where: { !$0.isEmpty }) else { return }
    if ruleBelow == lines.count { makeHeader() }
    ruleBelow = nil
    lines += titled(cells, number)
  }

  /// `Adjoints: f = 1` and `[backward] f = 1` as a title and a row.
  private func titled(_ cells: [PlacedText], _ number: Int) -> [Line] {
    guard let first = cells.first, first.equated.count > 1,
      let end = first.bytes.firstIndex(where: { ":]".utf8.contains($0) }), end + 1 < first.count
    else { return [Line(number: number, content: .row(cells))] }
    let start = first.hasPrefix("[") ? 1 : 0
    let words = TraceColumn.words(first[start..<end].text)
    guard words.count == 1, TraceColumn.kind(words) != nil || TraceColumn.saysGradient(words) else {
      return [Line(number: number, content: .row(cells))]
    }
    let row = [first.from(end + 1).trimmed] + cells.dropFirst()
    return [
      Line(number: number, content: .title(first[start..<end])),
      Line(number: number, content: .row(row)),
    ]
  }

  /// The lines with their cells as plain text.
  var plainLines: [Line] {
    lines.map { line in
      switch line.content {
      case .title: line
      case .header(let cells):
        Line(number: line.number, content: .header(cells.map(PlainCell.text)))
      case .row(let cells): Line(number: line.number, content: .row(cells.map(PlainCell.text)))
      }
    }
  }

  /// The row above a rule is a header if rows stand below it, and neither numbers nor equations in it, but for seeds as
  /// in `ẋ=1`.
  private mutating func makeHeader() {
    guard let last = lines.last, case .row(let cells) = last.content,
      cells.first?.equated.count == 1, !cells.contains(where: { Double($0.text) != nil }),
      cells.allSatisfy({ $0.equated.count == 1 || PrintedObject.isPrinted($0) })
    else { return }
    lines[lines.count - 1] = Line(number: last.number, content: .header(cells))
  }

  /// The rows of `tabular` and `array`; a header stands between the first two lines of a table.
  private mutating func readLaTeX(_ texts: [PlacedText], _ first: Int) {
    var rowsOfTable = 0
    for (index, text) in texts.enumerated() {
      var line = text
      while let end = ["\\hline", "\\\\"].first(where: line.hasSuffix) {
        line = line[0..<line.count - end.utf8.count].trimmed
      }
      if line.bytes.contains(UInt8(ascii: "&")) {
        append(Self.separated(line), first + index)
        rowsOfTable += 1
      } else if line.hasPrefix("\\begin") {
        rowsOfTable = 0
      } else if text.hasPrefix("\\hline") || text.hasPrefix("\\midrule") {
        if rowsOfTable == 1 { ruleBelow = lines.count }
      } else if let title = Self.titleOfLaTeX(line) {
        lines.append(Line(number: first + index, content: .title(title)))
      } else if line.equated.count > 1, !line.hasPrefix("\\end") {
        append([line], first + index)
      }
    }
  }

  private static func separated(_ line: PlacedText) -> [PlacedText] {
    let sign = UInt8(ascii: "&")
    let signs = line.bytes.indices.filter { line.bytes[$0] == sign }
    let bounds = [-1] + signs + [line.count]
    return zip(bounds, bounds.dropFirst()).map { undecorated(line[$0 + 1..<$1].trimmed) }
  }

  /// Words behind commands without arguments.
  private static func titleOfLaTeX(_ line: PlacedText) -> PlacedText? {
    guard let space = line.bytes.firstIndex(of: 0x20), line.hasPrefix("\\"),
      !line.bytes.contains(UInt8(ascii: "{"))
    else { return nil }
    return line.from(space).trimmed
  }

  /// A row as LaTeX has it, `a & b`, and two backslashes behind it.
  private static func isLaTeXRow(_ line: ArraySlice<UInt8>) -> Bool {
    line.contains(UInt8(ascii: "&"))
      && String(decoding: line, as: UTF8.self).contains("\\\\")
  }

  /// `gradient of z: -0.4`
  private static func isValued(_ line: PlacedText) -> Bool {
    guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")), line.equated.count == 1 else {
      return false
    }
    return Double(line.from(colon + 1).trimmed.text) != nil
  }

  /// `dz: -0.4`, or an empty line.
  private static func isKeyed(_ line: ArraySlice<UInt8>) -> Bool {
    let content = line.drop { $0 <= 0x20 }
    guard !content.isEmpty else { return true }
    let key = content.prefix { $0 > 0x20 }
    return key.last == UInt8(ascii: ":") && !content.contains(UInt8(ascii: "="))
      && content.dropFirst(key.count).contains { $0 > 0x20 }
  }

  // MARK: Which form it has

  private static func form(of lines: [PlacedText]) -> Form {
    let contents = lines.map { $0.bytes.drop { $0 == 0x20 || $0 == 0x09 } }.filter { !$0.isEmpty }
    let bar = UInt8(ascii: "|")
    if contents.contains(where: isLaTeXRow) { return .latex }
    if contents.contains(where: { $0.first == bar || isRule(Array($0)) && $0.contains(bar) }) {
      return .markdown
    }
    if contents.contains(where: hasSpacedBar) { return .bars }
    if contents.contains(where: { isRule(Array($0)) }) { return .spaces }
    if contents.contains(where: { $0.contains(0x09) }) { return .separated(0x09) }
    let bare = contents.map(withoutRemark)
    if bare.contains(where: { $0.contains(UInt8(ascii: ",")) }), bare.allSatisfy(hasDecimalCommas) {
      return bare.contains { $0.contains(UInt8(ascii: ";")) }
        ? .separated(UInt8(ascii: ";")) : .spaces
    }
    if lines.allSatisfy({ $0.isEmpty || PrintedObject.members($0.trimmed) != nil }) {
      return .spaces
    }
    let counts = [UInt8(ascii: ","), UInt8(ascii: ";")].map { sign in
      let own = bare.map { separators(sign, in: $0) }
      // A title may have a comma; a table has them in most lines.
      return (sign, own.count { $0 > 0 } * 3 >= own.count ? own.reduce(0, +) : 0)
    }
    let most = counts[1].1 > counts[0].1 ? counts[1] : counts[0]
    return most.1 > 0 ? .separated(most.0) : .spaces
  }

  /// Whether each comma of a line stands in a number of its own, `0,693`; a comma in parentheses parts arguments.
  private static func hasDecimalCommas(_ line: ArraySlice<UInt8>) -> Bool {
    let comma = UInt8(ascii: ",")
    let words = line.split { " \t=;()*+/^".utf8.contains($0) }
    return words.allSatisfy { word in
      let commas = word.count { $0 == comma }
      let isNumber = word.allSatisfy { (0x30...0x39).contains($0) || "-,eE".utf8.contains($0) }
      return commas == 0
        ? !word.contains(UInt8(ascii: ".")) || !isPlainNumber(word)
        : commas == 1 && isNumber && word.first != comma && word.last != comma
    }
  }

  private static func isPlainNumber(_ word: ArraySlice<UInt8>) -> Bool {
    word.allSatisfy { (0x30...0x39).contains($0) || "-+.eE".utf8.contains($0) }
  }

  /// A line without ` # …`, ` // …` and semicolons at its end.
  private static func withoutRemark(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = PlacedText.remark(in: line)
    var line = line[..<(end ?? line.endIndex)]
    while let last = line.last, " \t\r;".utf8.contains(last) { line = line.dropLast() }
    return line
  }

  /// `v1 = ln(x1) | 0.693`: a single bar with blanks around it, behind something.
  private static func hasSpacedBar(_ line: ArraySlice<UInt8>) -> Bool {
    let bar = UInt8(ascii: "|")
    let bars = line.indices.filter { line[$0] == bar }
    return bars.contains { index in
      index > line.startIndex && line[index - 1] == 0x20
        && (index + 1 == line.endIndex || line[index + 1] == 0x20)
    }
  }

  /// How many there are outside of parentheses and quotes.
  private static func separators(_ sign: UInt8, in line: ArraySlice<UInt8>) -> Int {
    var (count, depth, isQuoted) = (0, 0, false)
    for byte in line {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: if byte == sign, depth <= 0, !isQuoted { count += 1 }
      }
    }
    return count
  }

  /// `| :--- | ---: |`, or a line of dashes.
  private static func isRule(_ bytes: [UInt8]) -> Bool {
    guard bytes.allSatisfy("-:|+= \t\r".utf8.contains) else { return false }
    let dashes = bytes.count { "-=".utf8.contains($0) }
    return dashes >= 1 && (dashes >= 3 || bytes.contains(UInt8(ascii: "|")))
  }

  // MARK: Cells

  private static func markdownCells(_ line: PlacedText) -> [PlacedText] {
    let (bar, backslash) = (UInt8(ascii: "|"), UInt8(ascii: "\\"))
    var cells: [PlacedText] = []
    var cell = PlacedText()
    var index = 0
    while index < line.count {
      let byte = line.bytes[index]
      if byte == backslash, index + 1 < line.count, isPunctuation(line.bytes[index + 1]) {
        cell.append(line.bytes[index + 1], from: line.places[index + 1])
        index += 2
        continue
      }
      if byte == bar {
        if index > 0 { cells.append(undecorated(cell.trimmed)) }
        cell = PlacedText()
      } else {
        cell.append(byte, from: line.places[index])
      }
      index += 1
    }
    if !cell.trimmed.isEmpty { cells.append(undecorated(cell.trimmed)) }
    return cells
  }

  /// What Markdown may escape; LaTeX's `\,` and `\{` stay as they are.
  private static func isPunctuation(_ byte: UInt8) -> Bool {
    guard !",;!:{} ".utf8.contains(byte) else { return false }
    return (0x21...0x2F).contains(byte) || (0x3A...0x40).contains(byte)
      || (0x5B...0x60).contains(byte) || (0x7B...0x7E).contains(byte)
  }

  /// Without the marks of bold text, code and mathematics around the whole cell.
  private static func undecorated(_ cell: PlacedText) -> PlacedText {
    var cell = cell
    for mark in ["**", "`", "$", "**"] {
      let length = mark.utf8.count
      while cell.count > 2 * length, cell.hasPrefix(mark), cell.hasSuffix(mark) {
        cell = cell[length..<cell.count - length].trimmed
      }
    }
    return cell
  }

  /// Cells with two spaces or a tab between them.
  private static func spacedCells(_ line: PlacedText) -> [PlacedText] {
    let words = line.words
    if words.count > 1, words.allSatisfy({ PrintedObject.isPrinted($0) }) { return words }
    var cells: [PlacedText] = []
    var start = 0
    var index = 0
    while index < line.count {
      var end = index
      while end < line.count, line.bytes[end] == 0x20 || line.bytes[end] == 0x09 { end += 1 }
      if end - index >= 2 || end > index && line.bytes[index] == 0x09 {
        cells.append(line[start..<index])
        start = end
      }
      index = max(end, index + 1)
    }
    return cells + [line.from(start)]
  }
}

/// The lines of a text, whatever ends them, and its records where fields may be quoted.
private struct TableLines {
  private let source: SourceText
  private var bytes: [UInt8] { source.bytes }
  private let start: Int

  init(_ source: SourceText) {
    self.source = source
    start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func lineEnd(at index: Int) -> Int {
    bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
  }

  var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var (first, index) = (start, start)
    while index < bytes.count {
      guard isLineEnd(bytes[index]) else {
        index += 1
        continue
      }
      lines.append(first..<index)
      index += lineEnd(at: index)
      first = index
    }
    return lines + [first..<bytes.count]
  }

  /// Records of separated fields with the lines that they begin on; a separator in parentheses
  /// separates nothing.
  mutating func records(_ separator: UInt8) -> [(line: Int, fields: [PlacedText])] {
    let quote = UInt8(ascii: "\"")
    var records: [(line: Int, fields: [PlacedText])] = []
    var fields: [PlacedText] = []
    var field = PlacedText()
    var (line, first, index, depth, isQuoted) = (1, 1, start, 0, false)
    var (recordStart, ignoresDepth) = (start, false)
    // Whether the field has nothing but white space so far.
    var isBlank = true
    func endRecord() {
      fields.append(field.trimmed)
      records.append((first, fields))
      (fields, field, isBlank, depth, first) = ([], PlacedText(), true, 0, line)
      (recordStart, ignoresDepth) = (index, false)
    }
    while index < bytes.count {
      let byte = bytes[index]
      if isLineEnd(byte), depth > 0, !isQuoted, !ignoresDepth {
        // A parenthesis that is never closed holds nothing together.
        (fields, field, depth, index, ignoresDepth) = ([], PlacedText(), 0, recordStart, true)
        isBlank = true
        line = first
        continue
      }
      if isLineEnd(byte) {
        line += 1
        index += lineEnd(at: index)
        if isQuoted { field.append(0x20, from: index - 1) } else { endRecord() }
        continue
      }
      if byte == quote, isQuoted || isBlank {
        if isQuoted, index + 1 < bytes.count, bytes[index + 1] == quote {
          field.append(quote, from: index)
          isBlank = false
          index += 1
        } else {
          isQuoted.toggle()
        }
      } else if byte == separator, !isQuoted,
        depth <= 0 || ignoresDepth || separator == 0x09
      {
        fields.append(field.trimmed)
        (field, depth, isBlank) = (PlacedText(), 0, true)
      } else {
        if !isQuoted { depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0 }
        field.append(byte, from: index)
        if byte > 0x20 { isBlank = false }
      }
      index += 1
    }
    if !fields.isEmpty || !field.isEmpty { endRecord() }
    return records
  }
}
