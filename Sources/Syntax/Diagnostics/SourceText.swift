// The text a user typed, and places in it.

/// A half-open range of byte offsets into a `SourceText`.
package struct SourceRange: Hashable, Sendable {
  private var lower: UInt32
  private var upper: UInt32

  /// Offsets beyond 4 GiB are clamped; the parsers refuse longer texts.
  package init(start: Int, end: Int) {
    lower = UInt32(clamping: start)
    upper = UInt32(clamping: end)
  }

  /// The offset of the first byte.
  package var start: Int {
    get { Int(lower) }
    set { lower = UInt32(clamping: newValue) }
  }

  /// The offset behind the last byte.
  package var end: Int {
    get { Int(upper) }
    set { upper = UInt32(clamping: newValue) }
  }

  /// Whether it has no byte.
  package var isEmpty: Bool { upper <= lower }
}

/// Bytes as they came (valid UTF-8 or not) and the name they are shown under: `--at`, a file's
/// name, or nil for the expression itself.
///
/// A text may be made of several, one after the other with a line end between: definitions from
/// files, and the expression that uses them. Lines are counted in each part, which has its own
/// name.
package struct SourceText: Sendable {
  /// The text in UTF-8, or whatever bytes were given for it.
  package let bytes: [UInt8]
  /// The name of the last part.
  package let name: String?
  /// The last one is the text that this began as, the others stand before it.
  private let parts: [Part]
  /// Where the line ends are, so that a place is found without reading what stands before it.
  private let lineEnds: [Int]

  private struct Part {
    let start: Int
    let name: String?
    /// Where the part begins in the file that it is a piece of.
    let line: Int
    let column: Int
  }

  /// - Parameters:
  ///   - line: where a piece of a file begins in it, counted from 1.
  ///   - column: likewise.
  package init(_ bytes: [UInt8], name: String? = nil, line: Int = 1, column: Int = 1) {
    self.init(
      bytes, name: name, parts: [Part(start: 0, name: name, line: line, column: column)],
      lineEnds: bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") })
  }

  /// - Parameter name: what messages call it, such as a file or an option.
  package init(_ text: String, name: String? = nil) {
    self.init(Array(text.utf8), name: name)
  }

  private init(_ bytes: [UInt8], name: String?, parts: [Part], lineEnds: [Int]) {
    self.bytes = bytes
    self.name = name
    self.parts = parts
    self.lineEnds = lineEnds
  }

  /// A piece of this text, which knows where it comes from.
  package func piece(_ range: SourceRange) -> SourceText {
    let (line, column) = column(of: range.start)
    return SourceText(
      Array(bytes[clamped(range)]), name: part(at: range.start).name, line: line, column: column)
  }

  /// Other bytes in the place where this text begins.
  package func holding(_ bytes: [UInt8]) -> SourceText {
    let (line, column) = column(of: 0)
    return SourceText(bytes, name: part(at: 0).name, line: line, column: column)
  }

  /// This text with another one behind it, on a line of its own.
  func followed(by other: SourceText) -> SourceText { SourceText(joining: [self, other]) }

  /// Texts behind each other, each on a line of its own.
  package init(joining texts: [SourceText]) {
    var bytes = texts.first?.bytes ?? []
    var parts = texts.first?.parts ?? [Part(start: 0, name: nil, line: 1, column: 1)]
    var lineEnds = texts.first?.lineEnds ?? []
    for text in texts.dropFirst() {
      lineEnds.append(bytes.count)
      bytes.append(UInt8(ascii: "\n"))
      let start = bytes.count
      let mark = text.bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
      bytes += text.bytes.dropFirst(mark)
      parts += text.parts.map {
        Part(
          start: max(start, start - mark + $0.start), name: $0.name, line: $0.line,
          column: $0.column)
      }
      lineEnds += text.lineEnds.map { start - mark + $0 }
    }
    self.init(bytes, name: texts.last?.name, parts: parts, lineEnds: lineEnds)
  }

  /// The part that an offset is in: its bytes and its name.
  func part(at offset: Int) -> (range: Range<Int>, name: String?) {
    let index = partIndex(at: offset)
    let end = index + 1 < parts.count ? parts[index + 1].start - 1 : bytes.count
    return (parts[index].start..<end, parts[index].name)
  }

  /// Whether a range is in what stands before the last part.
  package func isBeforeLastPart(_ range: SourceRange) -> Bool {
    partIndex(at: range.start) < parts.count - 1
  }

  private func partIndex(at offset: Int) -> Int {
    max(0, parts.partitioningIndex { $0.start > offset } - 1)
  }

  /// The text of a range, with invalid bytes repaired (U+FFFD). A range outside the text is cut.
  package func text(in range: SourceRange) -> String {
    String(decoding: bytes[clamped(range)], as: UTF8.self)
  }

  /// The range as indices that are certainly inside `bytes`.
  func clamped(_ range: SourceRange) -> Range<Int> {
    let start = min(range.start, bytes.count)
    return start..<min(max(start, range.end), bytes.count)
  }

  /// Line and column, both from 1, of a byte. The column counts characters as a terminal shows
  /// them: a letter with its accents is one, and so is an invalid byte.
  package func column(of byteOffset: Int) -> (line: Int, column: Int) {
    let offset = min(max(byteOffset, 0), bytes.count)
    let part = parts[partIndex(at: offset)]
    let first = lineEnds.partitioningIndex { $0 >= part.start }
    let next = lineEnds.partitioningIndex { $0 >= offset }
    let line = part.line + next - first
    let lineStart = next > first ? lineEnds[next - 1] + 1 : part.start
    let before = CellScanner.count(in: bytes, from: lineStart, upTo: offset)
    return (line, before + (lineStart == part.start ? part.column : 1))
  }

  /// A place in words: `column 4`, `line 2, column 4` or `survey.ad:2:4`.
  package func place(of range: SourceRange) -> String {
    let (line, column) = column(of: range.start)
    if let name = part(at: range.start).name { return "\(name):\(line):\(column)" }
    return hasSeveralLines(at: range.start)
      ? "line \(line), column \(column)" : "column \(column)"
  }

  /// Whether the part that an offset is in has several lines; blank ones at the end do not count.
  func hasSeveralLines(at offset: Int) -> Bool {
    let part = bytes[part(at: offset).range]
    guard let first = part.firstIndex(of: UInt8(ascii: "\n")) else { return false }
    return part[first...].contains { $0 > 0x20 }
  }
}

extension SourceText {
  /// The text without white space and semicolons around it.
  package var trimmedText: String {
    let isBlank: (UInt8) -> Bool = { $0 <= 0x20 || $0 == UInt8(ascii: ";") }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.count
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return text(in: SourceRange(start: start, end: end))
  }
}
