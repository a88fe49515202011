// Scripts: definitions, and command lines as in a shell, one after the other.
import Text

/// A word of a command line, with its quotes taken off.
package struct ScriptWord: Sendable {
  /// The word as the command gets it.
  package let text: String
  /// Where it stands, quotes included.
  package let range: SourceRange
  /// Where the text itself stands: behind the quote that it begins with.
  package let start: Int
}

/// Reads a script statement by statement, so that what stands before an error is known.
package struct ScriptReader {
  /// One statement of a script.
  package enum Statement {
    /// Definitions that follow each other, as a piece of the script.
    case definitions(SourceText)
    /// The words of a command line, the command's name first.
    case command([ScriptWord])
  }

  let source: SourceText
  private let commands: Set<String>
  private let given: Set<String>
  private let isSingle: Bool
  var position: Int
  var recovery = ScriptRecovery()

  var bytes: [UInt8] { source.bytes }

  /// - Parameters:
  ///   - commands: the words that begin a command line.
  ///   - given: names that are defined elsewhere; definitions of these are passed over.
  ///   - isSingle: whether each definition is a piece of its own, so that what is wrong with one leaves
  ///     those beside it alone.
  package init(
    _ source: SourceText, commands: Set<String>, given: Set<String> = [], isSingle: Bool = false
  ) {
    self.source = source
    self.commands = commands
    self.given = given
    self.isSingle = isSingle
    position = source.bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  }

  /// The next statement; nil at the end.
  package mutating func next() throws(SyntaxError) -> Statement? {
    recovery.definitionStart = nil
    while true {
      skipSeparators()
      guard position < bytes.count else { return nil }
      if isCommand(at: position) { return .command(try words()) }
      if let command = misspeltCommand { throw command }
      if let piece = try definitions() { return .definitions(piece) }
    }
  }

  mutating func skipLine(behind offset: Int) {
    position = max(position, min(offset, bytes.count))
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
  }

  /// White space, as the lexer knows it, empty statements and comments.
  mutating func skipSeparators() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x09...0x0D, 0x20, UInt8(ascii: ";"): position += 1
      case UInt8(ascii: "#"): skipLine(behind: position)
      case UInt8(ascii: "\\") where isLineEnd(at: position + 1): skipLineEnd()
      case 0x80...:
        guard let (scalar, length) = decodeScalar(bytes, at: position),
          scalar.properties.isWhitespace
        else { return }
        position += length
      default: return
      }
    }
  }

  // MARK: Definitions

  /// Finds where the definitions end that begin here; they are read when their text is together
  /// with what they use. Nil for one that is passed over. What stands before an error is a piece
  /// without it.
  private mutating func definitions() throws(SyntaxError) -> SourceText? {
    let start = position
    recovery.definitionStart = start
    do {
      var parser = try Parser(source, context: .statement, from: start)
      parser.isSkimming = true
      while try parser.skipDefinition() {
        let isGiven = given.contains(parser.lastDefinedName)
        if isGiven, position > start { break }
        position = parser.token.range.start
        if isGiven { return nil }
        skipSeparators()
        if isSingle || position >= bytes.count || isCommand(at: position) { break }
        if misspeltCommand != nil { break }
      }
    } catch {
      guard position > start else { throw braceMeant(insteadOf: error) }
    }
    guard position > start else {
      // The parser has found nothing up to the end.
      position = bytes.count
      return nil
    }
    return source.piece(SourceRange(start: start, end: position))
  }

  /// A word on its own, before another one or before an option was meant for a command.
  var misspeltCommand: SyntaxError? {
    var end = position
    while end < bytes.count, bytes[end].continuesASCIIName { end += 1 }
    var next = end
    while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
    guard end > position, !bytes[position].isASCIIDigit,
      isEndOfStatement(at: next) || (next > end && isArgument(at: next))
    else { return nil }
    let name = echo(bytes, in: position..<end)
    if name == "derivative", next < bytes.count, bytes[next].continuesASCIIName { return nil }
    // These belong into bodies, and the parser reports that.
    if ["for", "while", "return"].contains(name) { return nil }
    let suggestion =
      commandMeant(by: name, among: commands)
      ?? editDistanceSuggestion(for: name, among: commands.sorted())
    return SyntaxError(
      .unknownCommand(name, suggestion: suggestion), at: SourceRange(start: position, end: end))
  }

  private func isEndOfStatement(at offset: Int) -> Bool {
    guard offset < bytes.count else { return true }
    return ["\n", "\r", ";", "#"].contains(Unicode.Scalar(bytes[offset]))
  }

  /// Whether a word begins that no operator does: a name, a quote, an option, a path, or a pipe.
  func isArgument(at offset: Int) -> Bool {
    let byte = bytes[offset]
    if byte.continuesASCIIName || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      return true
    }
    if byte == UInt8(ascii: "|") { return true }
    guard ["-", "/", ".", "~"].contains(Unicode.Scalar(byte)), offset + 1 < bytes.count
    else { return false }
    return bytes[offset + 1] > 0x20
  }

  /// Whether a command's name stands at an offset, and is not what is being defined.
  func isCommand(at offset: Int) -> Bool {
    var end = offset
    while end < bytes.count, bytes[end].continuesASCIIName { end += 1 }
    let isWord = end == bytes.count || bytes[end] <= 0x20 || bytes[end] == UInt8(ascii: ";")
    guard isWord || bytes[end] == UInt8(ascii: "="), end - offset <= 32,
      commands.contains(String(decoding: bytes[offset..<end], as: UTF8.self))
    else { return false }
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    return end == bytes.count || bytes[end] != UInt8(ascii: "=")
      || (end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "="))
  }

  // MARK: Command lines

  /// The words up to the end of the line, or to a `;`. Behind a `:` on its own the rest is one word
  /// as it stands, in which `f'(x)` and `x < 2` mean what they mean in a formula.
  mutating func words() throws(SyntaxError) -> [ScriptWord] {
    var words: [ScriptWord] = []
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"), UInt8(ascii: ";"): return words
      case 0x09, 0x0B...0x0D, 0x20: position += 1
      case UInt8(ascii: "#"): skipLine(behind: position)
      case UInt8(ascii: "\\") where isLineEnd(at: position + 1): skipLineEnd()
      default: words.append(words.last?.text == ":" ? try claim() : try word())
      }
    }
    return words
  }

  /// What stands behind a `:`, up to the end of the line, a `;` or a comment, unless it is quoted.
  private mutating func claim() throws(SyntaxError) -> ScriptWord {
    let start = position
    if ["'", "\""].contains(Unicode.Scalar(bytes[start])) { return try word() }
    var text: [UInt8] = []
    while position < bytes.count {
      switch Unicode.Scalar(bytes[position]) {
      case "\\" where isLineEnd(at: position + 1):
        skipLineEnd()
        continue
      case "\n", ";", "#": return word(text, from: start)
      default: text.append(bytes[position])
      }
      position += 1
    }
    return word(text, from: start)
  }

  private mutating func word() throws(SyntaxError) -> ScriptWord {
    let start = position
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch Unicode.Scalar(byte) {
      case "'": try quoted(into: &text, isDouble: false)
      case "\"": try quoted(into: &text, isDouble: true)
      case "\\" where isLineEnd(at: position + 1): skipLineEnd()
      case "\\":
        guard position + 1 < bytes.count else { throw error(.backslashAtEnd) }
        text.append(bytes[position + 1])
        position += 2
      case "\n", ";", " ", "\t", "\u{B}", "\u{C}", "\r": return word(text, from: start)
      case "|", "&", "<", ">", "$", "`": throw error(.shellCharacter(String(Unicode.Scalar(byte))))
      case "\u{0}": throw error(.controlCharacter("\u{0}"))
      default:
        text.append(byte)
        position += 1
      }
    }
    return word(text, from: start)
  }

  private func word(_ text: [UInt8], from start: Int) -> ScriptWord {
    let isQuoted = bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "\"")
    return ScriptWord(
      text: String(decoding: text, as: UTF8.self),
      range: SourceRange(start: start, end: position), start: isQuoted ? start + 1 : start)
  }

  /// What stands between two quotes. Between double ones a backslash takes away the meaning of
  /// quotes and backslashes.
  private mutating func quoted(
    into text: inout [UInt8], isDouble: Bool
  ) throws(SyntaxError) {
    let quote = bytes[position]
    let opening = SourceRange(start: position, end: position + 1)
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        position += 1
        return
      }
      if isDouble, byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
        if isLineEnd(at: position + 1) {
          skipLineEnd()
          continue
        }
        let next = Unicode.Scalar(bytes[position + 1])
        if ["\"", "\\", "$", "`"].contains(next) { position += 1 }
      }
      text.append(bytes[position])
      position += 1
    }
    position = opening.end
    throw SyntaxError(.quoteNeverClosed(isDouble ? "\"" : "'"), at: opening)
  }

  private func isLineEnd(at offset: Int) -> Bool {
    guard offset < bytes.count else { return false }
    if bytes[offset] == UInt8(ascii: "\n") { return true }
    return bytes[offset] == UInt8(ascii: "\r") && offset + 1 < bytes.count
      && bytes[offset + 1] == UInt8(ascii: "\n")
  }

  /// Past a backslash and the line end behind it, which join two lines.
  private mutating func skipLineEnd() {
    position += bytes[position + 1] == UInt8(ascii: "\r") ? 3 : 2
  }

  private func error(_ kind: SyntaxError.Kind) -> SyntaxError {
    SyntaxError(kind, at: SourceRange(start: position, end: position + 1))
  }
}
