// Definitions one by one: taken apart, and put together anew when one of them is replaced.

extension Definitions {
  /// The text of each definition, which knows where it comes from.
  package var pieces: [(name: String, source: SourceText)] {
    list.indices.map { index in
      let start = list[index].nameRange.start
      let next = index + 1 < list.count ? list[index + 1].nameRange.start : source.bytes.count
      let end = min(next, source.part(at: start).range.upperBound)
      return (
        symbolNames[list[index].symbol.index], source.piece(SourceRange(start: start, end: end))
      )
    }
  }
}

extension SourceText {
  /// The text with a name replaced wherever it is a word of the language.
  package func replacing(_ name: String, by replacement: String) -> SourceText {
    var lexer = Lexer(bytes)
    var (result, copied): ([UInt8], Int) = ([], 0)
    while let token = try? lexer.next(), token.kind != .end {
      guard token.kind == .name, text(in: token.range) == name else { continue }
      result += bytes[copied..<token.range.start] + Array(replacement.utf8)
      copied = token.range.end
    }
    guard copied > 0 else { return self }
    let (line, column) = column(of: 0)
    return SourceText(
      result + bytes[copied...], name: self.name, line: line, column: column)
  }
}
