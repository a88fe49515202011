// Definitions one by one: taken apart, and put together anew when one of them is replaced.

/// The text of a definition, which knows where it comes from.
package struct DefinitionPiece: Sendable {
  /// The name that is defined.
  package let name: String
  /// Whether it declares the derivative of what has the name.
  package let isDerivative: Bool
  /// The text of this definition alone.
  package let source: SourceText
}

extension Definitions {
  /// The text of each definition.
  package var pieces: [DefinitionPiece] {
    list.indices.map { index in
      let start = list[index].start
      let next = index + 1 < list.count ? list[index + 1].start : source.bytes.count
      let end = min(next, source.part(at: start).range.upperBound)
      let piece = source.piece(SourceRange(start: start, end: end))
      return DefinitionPiece(
        name: symbolNames[list[index].symbol.index], isDerivative: list[index].isDerivative,
        source: piece.withoutSeparatorsAtEnd)
    }
  }
}

extension SourceText {
  /// The text up to its last word or sign: no comments, line ends and semicolons behind it.
  fileprivate var withoutSeparatorsAtEnd: SourceText {
    var (lexer, end) = (Lexer(bytes), 0)
    while let token = try? lexer.next(), token.kind != .end {
      if token.kind != .lineEnd, token.kind != .semicolon { end = token.range.end }
    }
    return piece(SourceRange(start: 0, end: end))
  }

  /// Where the body begins of the definition that the text is.
  package var bodyStart: Int {
    var lexer = Lexer(bytes)
    while let token = try? lexer.next(), token.kind != .end {
      if token.kind == .assign { return token.range.end }
    }
    return bytes.count
  }

  /// The text with a name replaced wherever it is a word of the language.
  ///
  /// - Parameter start: where to begin.
  package func replacing(
    _ name: String, by replacement: String, from start: Int = 0
  ) -> SourceText {
    var lexer = Lexer(bytes, from: start)
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
