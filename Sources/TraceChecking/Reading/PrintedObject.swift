// What programs print of one quantity: `Value(data=2.0, grad=6.0)`, `a: 2.0, grad: 6.0`, `a = 2.0 (grad 6.0)`.
import Calculus
import Checking
import Language
import Syntax

/// The parts of one quantity in a line, each with the name of its column.
enum PrintedObject {
  typealias Member = (name: PlacedText, value: PlacedText)

  /// The quantity's name and the parts; nil for a line of another kind.
  static func members(_ line: PlacedText) -> [Member]? {
    let text = line.bytes
    if let all = parts(line), all.contains(where: { $0.name.text == "name" }) { return all }
    guard let sign = text.firstIndex(where: { ":=(".utf8.contains($0) }), sign > 0 else {
      return nil
    }
    let head = line[0..<sign].trimmed
    guard !head.bytes.contains(0x20) || isCounted(head) else { return nil }
    if text[sign] == UInt8(ascii: "("), line.hasSuffix(")") {
      return parts(line[sign + 1..<line.count - 1])
    }
    var rest = line.from(sign + 1).trimmed
    var first: [Member] = [(named("name", line), head)]
    if rest.hasSuffix(")"), let open = rest.bytes.lastIndex(of: UInt8(ascii: "(")) {
      let inside = rest[open + 1..<rest.count - 1]
      if Double(rest[0..<open].trimmed.text) == nil, let object = parts(inside) {
        // `a: Value(data=2.0, grad=6.0)`
        return first + object
      }
      guard let part = member(inside) else { return nil }
      let start = line.count - rest.count
      return [(named("name", line), equation(line[0..<start + open], sign)), part]
    }
    if let comma = rest.bytes.firstIndex(of: UInt8(ascii: ",")),
      Double(rest[0..<comma].trimmed.text) != nil
    {
      let start = line.count - rest.count
      first[0].value = equation(line[0..<start + comma], sign)
      rest = rest.from(comma + 1)
      return member(rest).map { first + [$0] }
    }
    return text[sign] == UInt8(ascii: ":") ? parts(rest).map { first + $0 } : nil
  }

  /// `Node a`
  private static func isCounted(_ head: PlacedText) -> Bool {
    let words = head.words
    return words.count == 2
      && [.name, .counter].contains(TraceColumn(words[0].text, inputs: [], isName: false).role)
  }

  /// `a: 1.65 | grad: 3`
  static func barred(_ line: PlacedText) -> [Member]? {
    let parts = line.split(at: UInt8(ascii: "|"))
    guard parts.count > 1, let first = parts.first?.equatedAtColon.equated, first.count == 2,
      Double(first[1].text) != nil
    else { return nil }
    let others = parts.dropFirst().compactMap(member)
    guard others.count == parts.count - 1, let head = parts.first else { return nil }
    return [(named("name", line), head.equatedAtColon)] + others
  }

  /// `Value(data=2.0, grad=6.0)  # a` with its name in front.
  static func named(_ line: PlacedText) -> PlacedText {
    guard let mark = PlacedText.remark(in: line.bytes[...]) else { return line }
    let name = line.from(mark + 1).trimmed
    let object = line[0..<mark].trimmed
    guard !name.isEmpty, name.bytes.allSatisfy(\.isWord), object.hasSuffix(")"),
      let members = members(object), !members.contains(where: { $0.name.text == "name" })
    else { return line }
    var text = name
    text.append(": ", from: line.places[mark])
    text.append(object)
    return text
  }

  private static func equation(_ line: PlacedText, _ sign: Int) -> PlacedText {
    line.bytes[sign] == UInt8(ascii: ":") ? line.equatedAtColon.trimmed : line.trimmed
  }

  private static func named(_ name: String, _ line: PlacedText) -> PlacedText {
    var text = PlacedText()
    text.append(name, from: line.places[0])
    return text
  }

  private static func parts(_ text: PlacedText) -> [Member]? {
    let parts = text.split(at: UInt8(ascii: ",")).map(member)
    let members = parts.compactMap { $0 }
    guard members.count == parts.count, members.count > 1 else { return nil }
    return members
  }

  /// `grad=6.0`, `grad: 6.0` or `grad 6.0`, whatever a column is called.
  private static func member(_ text: PlacedText) -> Member? {
    let text = text.trimmed
    var parts = text.equated
    if parts.count == 1 { parts = text.equatedAtColon.equated }
    if parts.count == 1 { parts = text.words }
    guard parts.count == 2, isColumn(parts[0]) else { return nil }
    return (parts[0].unquoted, parts[1].unquoted)
  }

  /// Whether a text is a word for a column.
  static func isColumn(_ text: PlacedText) -> Bool {
    TraceColumn(text.unquoted.text, inputs: [], isName: false).isTold
  }

  /// `dx=1.5`
  static func isPrinted(_ word: PlacedText) -> Bool {
    let parts = word.equated
    return parts.count == 2 && !parts[0].isEmpty && Double(parts[1].text) != nil
  }

  // MARK: Several lines

  /// Lines below the name that they are about joined to it: `a =` and below it `0.36`; `a:` and below it `value: 0.36`.
  ///
  /// - Returns: as many lines; those that were joined are empty.
  static func joined(_ lines: [PlacedText]) -> [PlacedText] {
    var joined = lines
    for (index, line) in lines.enumerated() where !joined[index].isEmpty {
      let item = line.trimmed
      let isItem = self.isItem(item)
      if line.hasSuffix(":"), index + 1 < lines.count, self.isItem(lines[index + 1].trimmed) {
        // What the list below is called.
        joined[index] = PlacedText()
        continue
      }
      if isItem { joined[index] = item.from(2) }
      let isSection = line.hasPrefix("[") && line.hasSuffix("]") && line.words.count == 1
      if isSection, line[1..<line.count - 1].bytes.allSatisfy(\.isWord) {
        joined[index] = line[1..<line.count - 1]
        joined[index].append(":", from: line.places[line.count - 1])
      }
      let isMap =
        isItem || joined[index].hasSuffix(":") && line.bytes[0] > 0x20 && line.words.count == 1
      guard isMap || line.hasSuffix("=") || isAsked(line, lines.dropFirst(index + 1)) else {
        continue
      }
      if !isMap, !line.hasSuffix("=") {
        joined[index].append(" =", from: line.places[line.count - 1])
      }
      var next = index + 1
      while next < lines.count, lines[next].isEmpty || isBelow(lines[next], isMap, isSection) {
        let part = lines[next].trimmed
        if !part.isEmpty {
          if !joined[index].hasSuffix(":"), !joined[index].hasSuffix("=") {
            joined[index].append(",", from: part.places[0])
          }
          joined[index].append(" ", from: part.places[0])
          joined[index].append(part)
          joined[next] = PlacedText()
        }
        next += 1
        if !isMap, !part.isEmpty { break }
      }
    }
    return joined
  }

  /// `a`, and below it its value, as a session prints it.
  private static func isAsked(_ line: PlacedText, _ below: ArraySlice<PlacedText>) -> Bool {
    line.bytes[0].isWord && !(0x30...0x39).contains(line.bytes[0])
      && line.bytes.allSatisfy { $0.isWord || $0 == UInt8(ascii: ".") }
      && below.first.map { Double($0.text) != nil } == true
  }

  private static func isBelow(_ line: PlacedText, _ isMap: Bool, _ isSection: Bool) -> Bool {
    guard isMap else { return Double(line.trimmed.text) != nil }
    return (isSection || line.bytes[0] == 0x20) && !isItem(line.trimmed) && member(line) != nil
  }

  /// `- name: a`, the beginning of a record.
  private static func isItem(_ line: PlacedText) -> Bool {
    line.hasPrefix("- ") && member(line.from(2)) != nil
  }
}
