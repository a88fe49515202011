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

  package var start: Int {
    get { Int(lower) }
    set { lower = UInt32(clamping: newValue) }
  }

  package var end: Int {
    get { Int(upper) }
    set { upper = UInt32(clamping: newValue) }
  }

  package var isEmpty: Bool { upper <= lower }
}

/// Bytes as they came (valid UTF-8 or not) and the name they are shown under: `--at`, a file's
/// name, or nil for the expression itself.
package struct SourceText: Sendable {
  package let bytes: [UInt8]
  package let name: String?

  package init(_ bytes: [UInt8], name: String? = nil) {
    self.bytes = bytes
    self.name = name
  }

  package init(_ text: String, name: String? = nil) {
    self.init(Array(text.utf8), name: name)
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
    var line = 1
    var lineStart = 0
    var index = 0
    while index < offset {
      if bytes[index] == UInt8(ascii: "\n") {
        line += 1
        lineStart = index + 1
      }
      index += 1
    }
    let before = CellScanner.count(in: bytes, from: lineStart, upTo: offset)
    return (line, before + 1)
  }
}
