// The text of a program to be read beside its trace: the definitions in use, and last the
// expression.
import Syntax

/// A listing, which knows where places of the whole text are in it.
package struct ProgramListing {
  /// The program, a statement a line.
  package private(set) var text = ""
  private var pieces: [Piece] = []

  private struct Piece {
    let range: Range<Int>
    /// For each byte of the range, and its end, where that is in the listing, in units of UTF-16.
    let places: [Int]
  }

  /// Lists the expression with the definitions that it uses.
  package init(_ expression: Expression) {
    let used = NameReader(expression.tree).used.sorted()
    let definitions = expression.definitions
    if !used.isEmpty {
      let sources = definitions.pieces.map(\.source)
      for index in used {
        let start = definitions.list[index].start
        let end = min(start + sources[index].bytes.count, expression.range.start)
        append(start..<max(start, end), of: expression.source)
      }
    }
    append(expression.range.start..<expression.range.end, of: expression.source)
  }

  private mutating func append(_ range: Range<Int>, of source: SourceText) {
    let whole = range.clamped(to: 0..<source.bytes.count)
    let kept = source.bytes[whole].lastIndex { $0 > 0x20 && $0 != UInt8(ascii: ";") }
    let range = whole.lowerBound..<(kept.map { $0 + 1 } ?? whole.lowerBound)
    guard !range.isEmpty else { return }
    if !text.isEmpty { text += "\n" }
    var place = text.utf16.count
    var places = [place]
    for byte in source.bytes[range] {
      place += Self.units(byte)
      places.append(place)
    }
    pieces.append(Piece(range: range, places: places))
    text += source.text(in: SourceRange(start: range.lowerBound, end: range.upperBound))
  }

  /// The units of UTF-16 of the character that a byte begins; none within one.
  private static func units(_ byte: UInt8) -> Int { byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1 }

  /// Where a range of the whole text is in the listing; nil where it is not in it.
  package func place(of range: SourceRange) -> Range<Int>? {
    guard !range.isEmpty,
      let piece = pieces.first(where: {
        $0.range.lowerBound <= range.start && range.end <= $0.range.upperBound
      })
    else { return nil }
    let start = piece.places[range.start - piece.range.lowerBound]
    return start..<piece.places[range.end - piece.range.lowerBound]
  }
}
