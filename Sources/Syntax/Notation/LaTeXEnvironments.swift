// LaTeX's environments: `\begin{cases}` is a conditional, and those that display a formula are
// ignored. Accents are part of names: `\dot{x}` is ẋ.

extension NotationReader {
  enum Environment: Equatable {
    /// `equation`, and those with `&` before the sign that is aligned.
    case alignment
    case cases(CaseRows)

    var rows: CaseRows? {
      if case .cases(let rows) = self { rows } else { nil }
    }
  }

  /// What has been read of `\begin{cases}`.
  struct CaseRows: Equatable {
    /// Whether the row is the last, which holds in all other cases.
    var isLast = false
    var hasValue = false
    /// Where the conditional of each row that has a condition begins among the tokens, and where
    /// its condition does.
    var starts: [Int] = []
    var conditions: [Int] = []
  }

  /// `\begin{name}` and `\end{name}`
  mutating func environment(begins: Bool, _ range: SourceRange) {
    guard let name = braced() else { return hasFailed = true }
    let isCases = ["cases", "dcases", "rcases"].contains(name)
    guard isCases || Self.frames.contains(name.filter { $0 != "*" }) else {
      return hasFailed = true
    }
    guard begins else { return end(isCases, range) }
    guard isCases else { return environments.append(.alignment) }
    emit(.leftParenthesis, at: range.start)
    beginRow(CaseRows(), range)
  }

  private mutating func end(_ isCases: Bool, _ range: SourceRange) {
    switch environments.popLast() {
    case .alignment where !isCases: break
    case .cases(let rows) where isCases && !rows.starts.isEmpty: endCases(rows, range)
    // The end of an environment whose beginning was skipped with the left side of an equation.
    case nil where !isCases: break
    default: hasFailed = true
    }
  }

  /// Without a row for all other cases the conditional has no value in them, unless the last
  /// condition is the opposite of the one before it.
  private mutating func endCases(_ rows: CaseRows, _ range: SourceRange) {
    var open = rows.starts.count
    if !rows.isLast {
      if let value = oppositeRow(rows) {
        result.tokens.removeSubrange(value.upperBound...)
        result.tokens.removeSubrange(rows.starts[open - 1]..<value.lowerBound)
        open -= 1
      } else {
        emit(Token(kind: .comma, range: range))
        emit(name: "nan", at: range)
      }
    }
    for _ in 0...open { emit(Token(kind: .rightParenthesis, range: range)) }
  }

  /// The tokens of the last row's value, if its condition is the opposite of the row's before it.
  private func oppositeRow(_ rows: CaseRows) -> Range<Int>? {
    let (tokens, count) = (result.tokens, rows.starts.count)
    guard count >= 2, rows.conditions.count == count else { return nil }
    let first = tokens[rows.conditions[count - 2]..<(rows.starts[count - 1] - 1)]
    let second = tokens[rows.conditions[count - 1]...]
    guard first.count == second.count else { return nil }
    let differing = zip(first, second).filter { !isSame($0, $1) }
    guard differing.count == 1, let (one, other) = differing.first,
      one.kind == .binaryOperator, other.kind == .binaryOperator,
      one.binary.opposite == other.binary
    else { return nil }
    return rows.starts[count - 1] + 2..<rows.conditions[count - 1] - 1
  }

  private func isSame(_ one: Token, _ other: Token) -> Bool {
    guard one.kind == other.kind else { return false }
    switch one.kind {
    case .name: return text(of: one) == text(of: other)
    case .number, .superscript: return one.value == other.value
    case .binaryOperator: return one.binary == other.binary
    default: return true
    }
  }

  /// Begins a row, its value before its condition: `if(` with a mark for the parser. The last row
  /// has no condition, or "otherwise".
  private mutating func beginRow(_ before: CaseRows, _ range: SourceRange) {
    var rows = before
    rows.hasValue = false
    let row = restOfRow
    rows.isLast = row.condition.map { row.text.isOtherwise(from: $0) } ?? true
    if !rows.isLast {
      rows.starts.append(result.tokens.count)
      emit(name: "if", at: range)
      result.tokens[result.tokens.count - 1].hasConditionSecond = true
      emit(.leftParenthesis, at: range.end)
    }
    environments.append(.cases(rows))
  }

  /// What stands between a value and its condition: a comma in the language.
  mutating func endValue(_ range: SourceRange) {
    guard var rows = environments.popLast()?.rows, !rows.hasValue else { return hasFailed = true }
    rows.hasValue = true
    if rows.isLast {
      lexer.position = restOfRow.end
    } else {
      emit(Token(kind: .comma, range: range))
      rows.conditions.append(result.tokens.count)
      skipConditionWord()
    }
    environments.append(.cases(rows))
  }

  /// `\text{if } x > 0`
  private mutating func skipConditionWord() {
    skipBlanks()
    let text = bytes[lexer.position...].prefix(20)
    for word in ["\\text{if", "\\text{for", "\\mathrm{if", "\\textrm{if", "if ", "for "]
    where text.starts(with: word.utf8) {
      lexer.position += word.utf8.count
      guard word.hasPrefix("\\") else { return }
      skipBlanks()
      guard lexer.byte(at: lexer.position) == UInt8(ascii: "}") else {
        return closers.append(.silent)
      }
      return lexer.position += 1
    }
  }

  /// `\\`
  mutating func endRow(_ range: SourceRange) {
    guard var rows = environments.last?.rows else {
      return hasFailed = environments.last != .alignment
    }
    skipBlanks()
    guard !bytes[lexer.position...].starts(with: "\\end".utf8) else { return }
    guard rows.hasValue, !rows.isLast else { return hasFailed = true }
    environments.removeLast()
    emit(Token(kind: .comma, range: range))
    rows.hasValue = false
    beginRow(rows, range)
  }

  /// What is left of a row: its text and where that ends, and where in it the condition begins.
  private var restOfRow: (text: RowText, end: Int, condition: Int?) {
    var (offset, nesting) = (lexer.position, 0)
    var condition: Int?
    loop: while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "&"), nesting == 0 { condition = condition ?? offset + 1 }
      if bytes[offset] == UInt8(ascii: "\\") {
        let rest = bytes[offset...]
        let ends = rest.starts(with: "\\end".utf8)
        if nesting == 0, ends || rest.starts(with: "\\\\".utf8) { break loop }
        if ends { nesting -= 1 } else if rest.starts(with: "\\begin".utf8) { nesting += 1 }
        offset += 1
      }
      offset += 1
    }
    offset = min(offset, bytes.count)
    return (RowText(bytes: bytes[lexer.position..<offset]), offset, condition)
  }

  private struct RowText {
    let bytes: ArraySlice<UInt8>

    /// Whether the condition that begins at an offset is that of all other cases.
    func isOtherwise(from offset: Int) -> Bool {
      let text = String(decoding: bytes[offset...], as: UTF8.self).lowercased()
      return ["otherwise", "else"].contains { text.contains($0) }
    }
  }

  private static let frames: Set<String> = [
    "equation", "align", "aligned", "gather", "gathered", "multline", "split", "math",
    "displaymath", "eqnarray", "alignat",
  ]

  // MARK: Accents

  /// The combining mark that an accent above a letter is in a name.
  static let accents = [
    "dot": "\u{307}", "ddot": "\u{308}", "hat": "\u{302}", "widehat": "\u{302}",
    "bar": "\u{304}", "overline": "\u{304}", "tilde": "\u{303}", "widetilde": "\u{303}",
    "vec": "\u{20D7}",
  ]

  /// `\dot{x}` and `\bar x`, of one letter or Greek letter.
  mutating func accented(_ accent: String, _ start: Int) {
    skipBlanks()
    let isBraced = lexer.byte(at: lexer.position) == UInt8(ascii: "{")
    guard let letter = isBraced ? braced() : letterOrCommand(),
      letter.count == 1 || Self.isPlainName(letter), let mark = Self.accents[accent]
    else { return hasFailed = true }
    emit(name: letter + mark, at: SourceRange(start: start, end: lexer.position))
  }

  private mutating func letterOrCommand() -> String? {
    if lexer.byte(at: lexer.position) == UInt8(ascii: "\\") {
      lexer.position += 1
      return commandLetters()
    }
    guard let (scalar, length) = decodeScalar(bytes, at: lexer.position), scalar.startsName
    else { return nil }
    lexer.position += length
    return String(scalar)
  }
}
