// A text that was taken out of a file and perhaps rewritten, with the place of each byte in the file.
import Calculus
import Checking
import Language
import Syntax

/// Bytes that know where in the file they come from.
package struct PlacedText: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var places: [Int] = []

  init() {}

  init(_ source: SourceText, _ range: Range<Int>) {
    bytes = Array(source.bytes[range])
    places = Array(range)
  }

  /// The bytes as a string.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }

  mutating func append(_ byte: UInt8, from place: Int) {
    bytes.append(byte)
    places.append(place)
  }

  /// Adds text that stands for what is at a place of the file.
  mutating func append(_ text: some StringProtocol, from place: Int) {
    for byte in text.utf8 { append(byte, from: place) }
  }

  mutating func append(_ other: PlacedText) {
    bytes += other.bytes
    places += other.places
  }

  /// The part in a range, as far as there is text.
  subscript(_ range: Range<Int>) -> PlacedText {
    let range = range.clamped(to: 0..<count)
    var part = PlacedText()
    part.bytes = Array(bytes[range])
    part.places = Array(places[range])
    return part
  }

  /// What stands from an offset on; nothing behind the end.
  func from(_ start: Int) -> PlacedText { self[min(start, count)..<count] }

  /// The place in the file of some of the bytes.
  func range(_ part: Range<Int>) -> SourceRange {
    guard let first = places.first else { return SourceRange(start: 0, end: 0) }
    let start = part.lowerBound < places.count ? places[part.lowerBound] : (places.last ?? 0) + 1
    let last = part.isEmpty ? start : places[min(part.upperBound, places.count) - 1]
    return SourceRange(start: max(first, start), end: max(start, last) + 1)
  }

  var range: SourceRange { range(0..<count) }

  /// Without white space at its ends.
  var trimmed: PlacedText {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (9...13).contains($0) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return PlacedText() }
    return self[first..<last + 1]
  }

  /// Without white space at its end.
  var trimmedAtEnd: PlacedText {
    self[0..<(bytes.lastIndex { $0 > 0x20 } ?? -1) + 1]
  }

  /// With bars and dashes in place of the characters that boxes are drawn with, and parentheses in place of angles.
  var withoutBoxes: PlacedText {
    if hasSuffix(">"), let open = bytes.firstIndex(of: UInt8(ascii: "<")), open > 0,
      "= \t".utf8.contains(bytes[open - 1])
    {
      var text = self
      text.bytes[open] = UInt8(ascii: "(")
      text.bytes[count - 1] = UInt8(ascii: ")")
      return text
    }
    guard bytes.contains(0xE2) else { return self }
    // `├─ b = …`, a branch of a tree.
    for branch in ["├─ ", "└─ ", "├── ", "└── "] where text.contains(branch) {
      let sign = Array(branch.utf8)
      let start = bytes.indices.first { bytes[$0...].starts(with: sign) }
      if let start { return from(start + sign.count) }
    }
    var text = PlacedText()
    var index = 0
    while index < count {
      let isBox =
        bytes[index] == 0xE2 && index + 2 < count && (0x94...0x95).contains(bytes[index + 1])
      if isBox {
        let isUpright = ["│", "┃", "║"].contains { $0.utf8.elementsEqual(bytes[index..<index + 3]) }
        text.append(isUpright ? "|" : "-", from: places[index])
      } else {
        text.append(bytes[index], from: places[index])
      }
      index += isBox ? 3 : 1
    }
    return text
  }

  /// The parts between single equals signs or arrows: not at `==`, `<=`, `>=` and `!=`.
  var equated: [PlacedText] {
    var parts: [PlacedText] = []
    var (start, index) = (0, 0)
    while index < bytes.count {
      let length = equalsLength(at: index)
      if length > 0 {
        parts.append(self[start..<index].trimmed)
        start = index + length
      }
      index += max(1, length)
    }
    return parts + [from(start).trimmed]
  }

  private func equalsLength(at index: Int) -> Int {
    // Most bytes begin no sign.
    guard bytes[index] == 0xE2 || "=-<".utf8.contains(bytes[index]) else { return 0 }
    for sign in ["≈", "≃", "≅", "←", "→", "⇒", "⟹", "->", "=>", "<- "]
    where bytes[index...].starts(with: sign.utf8) {
      return sign.utf8.count
    }
    let sign = UInt8(ascii: "=")
    guard bytes[index] == sign else { return 0 }
    let before = index > 0 ? bytes[index - 1] : 0
    let after = index + 1 < bytes.count ? bytes[index + 1] : 0
    return after != sign && !"=<>!".utf8.contains(before) ? 1 : 0
  }

  /// Without ` # …` or ` // …` at the end; a remark that is a number is the value: `a = x*y  # 2.1`.
  var withoutComment: PlacedText {
    guard Self.remark(in: bytes[...]) != nil else { return self }
    let end = endBeforeStars
    return (end < count ? self[0..<end].trimmed : self).withoutRemark
  }

  /// Where the text ends without `*/` at its end, however many there are.
  private var endBeforeStars: Int {
    var end = count
    while end >= 2, bytes[end - 2..<end].elementsEqual("*/".utf8) {
      end -= 2
      while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
    }
    return end
  }

  private var withoutRemark: PlacedText {
    guard let mark = Self.remark(in: bytes[...]) else { return self }
    var remark = from(mark).bytes.drop { "#%!/* =\t".utf8.contains($0) }
    if remark.starts(with: "-- ".utf8) { remark = remark.dropFirst(3) }
    if remark.first == UInt8(ascii: "-") { remark = remark.dropFirst() }
    let isNumber =
      remark.first.map { (0x30...0x39).contains($0) } == true
      && remark.allSatisfy { "0123456789.,eE+-".utf8.contains($0) }
    guard isNumber else { return self[0..<mark].trimmed }
    var text = self[0..<mark].trimmed
    while text.hasSuffix(";") { text = text[0..<text.count - 1].trimmed }
    text.append(" = ", from: places[mark])
    let start = count - remark.count
    let isNegative = start > 0 && bytes[start - 1] == UInt8(ascii: "-")
    text.append(self[(isNegative ? start - 1 : start)..<count])
    return text
  }

  /// Where ` # …` begins, or a remark of another programming language.
  static func remark(in line: ArraySlice<UInt8>) -> Int? {
    line.indices.first { index in
      guard index > line.startIndex, line[index - 1] == 0x20 || line[index - 1] == 0x09 else {
        return false
      }
      return ["#", "//", "/*", "% ", "! ", "-- "].contains { line[index...].starts(with: $0.utf8) }
    }
  }

  /// `return b + x` as the result, `return = b + x`; a name alone has its row above.
  var returned: PlacedText {
    guard hasPrefix("return "), bytes.dropFirst(7).contains(where: { "+-*/(".utf8.contains($0) }),
      split(at: UInt8(ascii: ",")).count == 1
    else { return self }
    var text = self[0..<7]
    text.append("= ", from: places[6])
    text.append(from(7))
    return text
  }

  /// With a sign of equality in place of the first colon.
  var equatedAtColon: PlacedText {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return self }
    var text = self
    text.bytes[colon] = UInt8(ascii: "=")
    return text
  }

  /// Without what a session prints before it: `>>> `, `In [3]: `, `> `.
  var withoutPrompt: PlacedText {
    for prompt in [">>> ", "... ", "> ", "julia> ", "ghci> "] where hasPrefix(prompt) {
      return from(prompt.utf8.count).trimmed
    }
    for prompt in ["In [", "Out["] where hasPrefix(prompt) {
      guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: "]: ".utf8) }) else {
        continue
      }
      return from(end + 3).trimmed
    }
    return self
  }

  /// Where the bracket or parenthesis ends that begins at an offset, if it does so within a limit.
  func close(of open: Int, limit: Int = .max) -> Int? {
    let (sign, other) = (bytes[open], bytes[open] == 0x28 ? 0x29 : bytes[open] &+ 2)
    var depth = 0
    for index in bytes.indices.dropFirst(open).prefix(limit) {
      if bytes[index] == sign { depth += 1 }
      if bytes[index] == other { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  /// The parts between separators outside of brackets and quotes.
  func split(at separator: UInt8) -> [PlacedText] {
    var parts: [PlacedText] = []
    var (start, depth, isQuoted) = (0, 0, false)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default:
        guard byte == separator, depth <= 0, !isQuoted else { continue }
        parts.append(self[start..<index].trimmed)
        start = index + 1
      }
    }
    return parts + [from(start).trimmed]
  }

  /// What white space parts.
  var words: [PlacedText] {
    let starts = bytes.indices.filter { bytes[$0] > 0x20 && ($0 == 0 || bytes[$0 - 1] <= 0x20) }
    return starts.map { start in
      self[start..<(bytes[start...].firstIndex { $0 <= 0x20 } ?? count)]
    }
  }

  /// Without the stars of bold text around it.
  var withoutStars: PlacedText {
    count > 4 && hasPrefix("**") && hasSuffix("**") ? self[2..<count - 2] : self
  }

  /// Without quotes around it.
  var unquoted: PlacedText {
    guard count > 1, let sign = bytes.first, sign == bytes.last, "\"'".utf8.contains(sign) else {
      return self
    }
    return self[1..<count - 1]
  }

  func hasPrefix(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }

  func hasSuffix(_ suffix: String) -> Bool { bytes.reversed().starts(with: suffix.utf8.reversed()) }
}
