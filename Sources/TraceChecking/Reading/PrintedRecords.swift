// Tables as JSON, or as Python prints lists and dictionaries: what `trace --format json` says among them.
import Calculus
import Checking
import Language
import Syntax

/// Reads objects and lists as rows, their keys as the names of columns.
struct PrintedRecords {
  private struct Level {
    /// What stands before the brace or bracket.
    let key: PlacedText
    var members: [(key: PlacedText, value: PlacedText)] = []
    /// The values without a key, and whether the first is a name in quotes.
    var items: [PlacedText] = []
    var isNamed = false
    var pending: PlacedText?
    let isList: Bool
  }

  private let source: SourceText
  private var lines: [ClaimedTable.Line] = []
  private var columns: [String] = []
  private var levels: [Level] = []
  /// The line that is read, and the title above it.
  private var line: Int
  private var titleText = ""

  /// The lines of a table; nil where the text is no list and no object.
  static func lines(_ source: SourceText, from first: Int) -> [ClaimedTable.Line]? {
    let start = source.bytes.first { $0 > 0x20 }
    let isAssigned = source.bytes.split(separator: 0x0A).contains { line in
      let tail = line.drop { $0 != UInt8(ascii: "=") }.dropFirst().drop { $0 <= 0x20 }
      return tail.first == UInt8(ascii: "{")
    }
    guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") || isAssigned else { return nil }
    var reader = PrintedRecords(source: source, first: first)
    return reader.read() && !reader.lines.isEmpty ? reader.lines : nil
  }

  private init(source: SourceText, first: Int) {
    (self.source, line) = (source, first)
  }

  /// - Returns: whether all of it was understood.
  private mutating func read() -> Bool {
    var index = 0
    var word = PlacedText()
    while index < source.bytes.count {
      let byte = source.bytes[index]
      if byte == 0x0A { line += 1 }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["),
        UInt8(ascii: "(") where word.trimmed.isEmpty:
        let key = levels.last.map { $0.pending ?? $0.key } ?? word.trimmed
        levels.append(Level(key: key, isList: byte != UInt8(ascii: "{")))
        word = PlacedText()
      case UInt8(ascii: "("):
        while index < source.bytes.count, source.bytes[index] != UInt8(ascii: ")") {
          word.append(source.bytes[index], from: index)
          index += 1
        }
        word.append(")", from: min(index, source.bytes.count - 1))
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
        take(&word)
        guard let level = levels.popLast() else { return false }
        tell(level)
        if !levels.isEmpty { levels[levels.count - 1].pending = nil }
      case UInt8(ascii: ","): take(&word)
      case UInt8(ascii: ":"), UInt8(ascii: "="):
        if !levels.isEmpty { levels[levels.count - 1].pending = word.trimmed.unquoted }
        if !levels.isEmpty || byte == UInt8(ascii: ":") { word = PlacedText() }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let end = source.bytes[(index + 1)...].firstIndex(of: byte) else { return false }
        word = PlacedText(source, index + 1..<end)
        if let last = levels.last, last.isList, last.items.isEmpty {
          levels[levels.count - 1].isNamed = true
        }
        line += source.bytes[index..<end].count { $0 == 0x0A }
        index = end
      default: word.append(byte, from: index)
      }
      index += 1
    }
    return levels.isEmpty
  }

  private mutating func take(_ word: inout PlacedText) {
    let value = word.trimmed
    word = PlacedText()
    guard !levels.isEmpty, !value.isEmpty else { return }
    let last = levels.count - 1
    if let key = levels[last].pending {
      levels[last].members.append((key, value))
    } else {
      levels[last].items.append(value)
    }
    levels[last].pending = nil
  }

  private mutating func tell(_ level: Level) {
    if level.isList, level.isNamed, level.items.count > 1, levels.last?.isList == true {
      lines.append(ClaimedTable.Line(number: line, content: .row(level.items)))
    }
    let members = level.members.filter { !Self.other.contains($0.key.text) }
    guard !level.isList, !members.isEmpty else { return }
    if level.key.text == "seed" || level.key.text == "point" {
      return title(level, members)
    }
    let isRecord = members.contains { member in
      let column = TraceColumn(member.key.text, inputs: [], isName: false)
      return column.kind != nil || column.saysValue || column.saysFormula
    }
    guard isRecord else {
      // `{"x": 2, "y": 3}`
      title(Level(key: level.key, isList: false), [])
      for (name, value) in members { row([("name", name), ("value", value)]) }
      return
    }
    let isNamed = members.contains {
      TraceColumn($0.key.text, inputs: [], isName: false).role == .name
    }
    let name = isNamed || level.key.isEmpty ? [] : [("name", level.key)]
    if isNamed, let above = level.key.isEmpty ? nil : level.key, above.text != "rows" {
      title(Level(key: above, isList: false), [])
    }
    row(name + members.map { ($0.key.text, $0.value) })
  }

  /// Members that say nothing of a quantity.
  private static let other: Set<String> = ["expression", "mode", "from", "op", "kind"]

  private mutating func row(_ cells: [(column: String, value: PlacedText)]) {
    let names = cells.map(\.column)
    if names != columns {
      let header = cells.map { cell in
        var text = PlacedText()
        text.append(cell.column, from: cell.value.places.first ?? 0)
        return text
      }
      lines.append(ClaimedTable.Line(number: line, content: .header(header)))
    }
    columns = names
    lines.append(ClaimedTable.Line(number: line, content: .row(cells.map(\.value))))
  }

  /// `adjoints`, or the seeds of tangents; each title once.
  private mutating func title(
    _ level: Level, _ members: [(key: PlacedText, value: PlacedText)]
  ) {
    guard let place = level.key.places.first, level.key.text != "point" else { return }
    var text = level.key
    if level.key.text == "seed" {
      let seeds = members.map { "\($0.key.text)'=\($0.value.text)" }
      text = PlacedText()
      text.append("tangent " + seeds.joined(separator: " "), from: place)
    }
    guard text.text != titleText else { return }
    (columns, titleText) = ([], text.text)
    lines.append(ClaimedTable.Line(number: line, content: .title(text)))
  }
}
