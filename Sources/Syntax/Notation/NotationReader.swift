// Textbook notation and LaTeX as tokens of the language, each with its place in the text.

/// Reads a text that is not in the language's own notation. LaTeX's nested braces become
/// parentheses; a stack of what each closing brace ends takes the place of recursion.
struct NotationReader {
  /// What a closing brace ends.
  enum Closer {
    case group
    /// Braces that only hold a sign together: `\mathop{…}`.
    case silent
    case numerator, denominator
    /// With the tokens of the root's index, which are none for a square or a cube root.
    case root([Token])
    /// The order of a Bessel function, whose argument follows in parentheses.
    case order
  }

  let bytes: [UInt8]
  var lexer: Lexer
  var result: Rewriting
  var closers: [Closer] = []
  var isLaTeX = false
  /// The environments of LaTeX that are open.
  var environments: [Environment] = []
  /// Whether something was read that belongs to neither notation.
  var hasFailed = false
  private let start: Int

  init(
    _ bytes: [UInt8], from start: Int, _ vocabulary: Vocabulary, defined: Set<String>,
    named: Set<String>
  ) {
    self.bytes = bytes
    self.start = start
    lexer = Lexer(bytes, from: start)
    result = Rewriting(vocabulary: vocabulary, defined: defined, named: named)
  }

  /// The tokens; nil if the text is in neither notation.
  mutating func rewriting() throws(SyntaxError) -> Rewriting? {
    isLaTeX = hasSignsOfLaTeX
    skipLeftSide()
    while true {
      let token = try lexer.next()
      switch token.kind {
      case .end:
        guard !hasFailed, closers.isEmpty, environments.isEmpty, !hasOperator else { return nil }
        emit(token)
        joinPowersOfTen()
        markFactors()
        return result
      case .stray: try sign(token)
      case .superscript where exponentGoesOn: exponent(from: token.range.start)
      case .name: name(token)
      // In the condition of a case, `=` compares.
      case .assign where environments.last?.rows != nil: emit(.equal, at: token.range)
      default: emit(token)
      }
      if hasFailed { return nil }
    }
  }

  /// Whether there is a command, or an exponent or an index in braces.
  private var hasSignsOfLaTeX: Bool {
    bytes[start...].contains(UInt8(ascii: "\\"))
      || zip(bytes[start...], bytes[start...].dropFirst()).contains { sign, brace in
        brace == UInt8(ascii: "{") && (sign == UInt8(ascii: "^") || sign == UInt8(ascii: "_"))
      }
  }

  // MARK: Making tokens

  mutating func emit(_ token: Token) { result.tokens.append(token) }

  mutating func emit(_ kind: TokenKind, at offset: Int) {
    emit(Token(kind: kind, range: SourceRange(start: offset, end: offset)))
  }

  mutating func emit(_ binary: BinaryOperator, at range: SourceRange) {
    emit(Token(kind: .binaryOperator, binary: binary, range: range))
  }

  mutating func emit(name: String, at range: SourceRange) {
    let spelling = Int32(result.spellings.count)
    result.spellings.append(name)
    emit(Token(kind: .name, range: range, spelling: spelling))
  }

  func text(of token: Token) -> String {
    token.spelling >= 0
      ? result.spellings[Int(token.spelling)] : echo(bytes, in: token.range.start..<token.range.end)
  }

  // MARK: Signs and names

  private mutating func sign(_ token: Token) throws(SyntaxError) {
    guard let (scalar, _) = decodeScalar(bytes, at: token.range.start) else { return emit(token) }
    switch scalar {
    case "\\":
      isLaTeX = true
      try command(token.range.start)
    case "$": isLaTeX = true
    case "{":
      guard isLaTeX || isBehindPower else { return hasFailed = true }
      emit(.leftParenthesis, at: token.range.start)
      closers.append(.group)
    case "}": try closeBrace(token.range)
    case "⌊", "⌈":
      emit(name: scalar == "⌊" ? "floor" : "ceil", at: token.range)
      emit(.leftParenthesis, at: token.range.end)
    case "⌋", "⌉": emit(Token(kind: .rightParenthesis, range: token.range))
    case "∞": emit(name: "inf", at: token.range)
    case _ where scalar.superscribed != nil: exponent(from: token.range.start)
    case "½", "⅓", "⅔", "¼", "¾", "⅕", "⅛":
      emit(Token(kind: .number, range: token.range, value: scalar.properties.numericValue ?? 0))
    case "&" where environments.last == .alignment: break
    case "&" where environments.last?.rows != nil: endValue(token.range)
    default: if !pastedSign(scalar, at: token.range) { emit(token) }
    }
  }

  /// Whether the last token is a `^`.
  private var isBehindPower: Bool {
    guard let last = result.tokens.last else { return false }
    return last.kind == .binaryOperator && last.binary == .power
  }

  /// A name; `x_{1}` is x1, and `x_{max}` is x_max.
  private mutating func name(_ token: Token) {
    let name = text(of: token)
    let plain = plainSpelling(of: name)
    if plain != name { return emit(name: plain, at: token.range) }
    guard name.hasSuffix("_"), lexer.byte(at: token.range.end) == UInt8(ascii: "{") else {
      return isLaTeX && isProduct(name) ? emitLetters(of: token) : emit(token)
    }
    if let function = besselFunction(name) { return beginOrder(function, token.range) }
    emit(name: indexed(String(name.dropLast())), at: token.range)
  }

  /// Whether LaTeX, which would set a name of several letters upright, means a word as a product of
  /// its letters: two letters, or three that make no word, and no function, constant or
  /// differential.
  private func isProduct(_ name: String) -> Bool {
    let letters = Array(name.utf8)
    guard (2...3).contains(letters.count),
      letters.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }),
      letters[0] != UInt8(ascii: "d"), !result.vocabulary.functions.contains(name.lowercased()),
      !result.vocabulary.constants.contains(name), !result.defined.contains(name),
      !result.named.contains(name),
      !Self.isPlainName(name), Vocabulary.spelling(of: name) == nil
    else { return false }
    return letters.count == 2 || name.lowercased() != name
      || !name.contains { "aeiouy".contains($0) }
  }

  private mutating func emitLetters(of token: Token) {
    for offset in token.range.start..<token.range.end {
      let range = SourceRange(start: offset, end: offset + 1)
      emit(name: echo(bytes, in: offset..<offset + 1), at: range)
    }
  }

  // MARK: Braces

  mutating func closeBrace(_ range: SourceRange) throws(SyntaxError) {
    guard let closer = closers.popLast() else { return hasFailed = true }
    try finish(closer, at: range)
  }

  /// Ends what a brace, or a single token in its place, was the argument of.
  private mutating func finish(_ closer: Closer, at brace: SourceRange) throws(SyntaxError) {
    if case .silent = closer { return }
    if case .order = closer { return endOrder(at: brace.end) }
    emit(Token(kind: .rightParenthesis, range: brace))
    let offset = brace.end
    switch closer {
    case .numerator:
      emit(.divide, at: SourceRange(start: offset, end: offset))
      try beginArgument(.denominator)
    case .denominator: emit(.rightParenthesis, at: offset)
    case .root(let index) where !index.isEmpty:
      let range = SourceRange(start: offset, end: offset)
      emit(.power, at: range)
      emit(.leftParenthesis, at: offset)
      emit(Token(kind: .number, range: range, value: 1))
      emit(.divide, at: range)
      emit(.leftParenthesis, at: offset)
      result.tokens += index
      for _ in 0..<3 { emit(.rightParenthesis, at: offset) }
    default: break
    }
  }

  /// The argument of a command: what is in braces, or one digit or letter.
  mutating func beginArgument(_ closer: Closer) throws(SyntaxError) {
    skipBlanks()
    let offset = lexer.position
    emit(.leftParenthesis, at: offset)
    if lexer.byte(at: offset) == UInt8(ascii: "{") {
      lexer.position += 1
      closers.append(closer)
      return
    }
    if lexer.byte(at: offset) == UInt8(ascii: "\\") {
      lexer.position += 1
      let letters = commandLetters()
      guard !letters.isEmpty, Self.isPlainName(letters) else { return hasFailed = true }
      emit(name: letters, at: SourceRange(start: offset, end: lexer.position))
      return try finish(closer, at: SourceRange(start: lexer.position, end: lexer.position))
    }
    guard let (scalar, length) = decodeScalar(bytes, at: offset),
      scalar.continuesName, scalar != "_"
    else { return hasFailed = true }
    lexer.position += length
    let range = SourceRange(start: offset, end: lexer.position)
    if let digit = scalar.properties.numericValue, scalar.isASCII {
      emit(Token(kind: .number, range: range, value: digit))
    } else {
      emit(name: String(scalar), at: range)
    }
    try finish(closer, at: SourceRange(start: lexer.position, end: lexer.position))
  }

  mutating func skipBlanks() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(lexer.byte(at: lexer.position)) { lexer.position += 1 }
  }

  // MARK: Factors

  /// Finds the names before a parenthesis that call nothing, and functions that begin with a
  /// capital.
  private mutating func markFactors() {
    let tokens = result.tokens
    findDefinitions(tokens)
    var plain: Set<String> = []
    for (index, token) in tokens.enumerated() where token.kind == .name {
      if index + 1 >= tokens.count || tokens[index + 1].kind != .leftParenthesis {
        plain.insert(text(of: token))
      }
    }
    for (index, token) in tokens.enumerated() where token.kind == .name {
      let name = text(of: token)
      if result.vocabulary.functions.contains(name) || result.defined.contains(name) { continue }
      let isCalled = index + 1 < tokens.count && tokens[index + 1].kind == .leftParenthesis
      let isApplied = index + 1 < tokens.count && [.name, .number].contains(tokens[index + 1].kind)
      if isCalled || isApplied, let function = function(spelled: name) {
        result.tokens[index].spelling = Int32(result.spellings.count)
        result.spellings.append(function)
      } else if isCalled {
        result.tokens[index].isFactor =
          isConstant(name) || result.named.contains(name)
          || !isBeforeLoneArgument(index) && (plain.contains(name) || Self.isVariable(name))
      }
    }
  }

  /// Euler's number is left out: `e(x)` may be a power.
  private func isConstant(_ name: String) -> Bool {
    name != "e" && result.vocabulary.constants.contains(name)
  }

  /// Whether a name and nothing else stands in the parentheses behind a name, or a number: `u(t)`
  /// may be a function as well as a product.
  private func isBeforeLoneArgument(_ index: Int) -> Bool {
    guard index + 3 < result.tokens.count else { return false }
    let (argument, end) = (result.tokens[index + 2], result.tokens[index + 3])
    return [.name, .number].contains(argument.kind) && end.kind == .rightParenthesis
  }

  /// The function of the language that a name in another spelling is: `Sin`, `tg`, `log_2`.
  private func function(spelled name: String) -> String? {
    if let other = Vocabulary.spelling(of: name) { return other }
    let lower = name.lowercased()
    return lower != name && result.vocabulary.functions.contains(lower) ? lower : nil
  }

  /// Whether there is a `d/dx`, or a sum by its sign, which must not be read as a product.
  private var hasOperator: Bool {
    let tokens = result.tokens
    for (index, token) in tokens.enumerated() where token.kind == .name {
      let name = text(of: token)
      if name.hasPrefix("Σ") || name.hasPrefix("∏") { return true }
      guard name == "d" ? isUprightDifferential(index) : isDifferential(name) else { continue }
      let sign = tokens[..<index].last { $0.kind != .leftParenthesis }
      if sign?.kind == .binaryOperator, sign?.binary == .divide,
        tokens[..<index].contains(where: { $0.kind == .name && text(of: $0) == "d" })
      {
        return true
      }
    }
    return false
  }

  private func isDifferential(_ name: String) -> Bool {
    name.first == "d" && name.count > 1 && name.dropFirst(2).allSatisfy(\.isNumber)
  }

  /// `(dx)` with an upright d, which is a name of its own.
  private func isUprightDifferential(_ index: Int) -> Bool {
    guard index + 2 < result.tokens.count else { return false }
    return result.tokens[index + 1].kind == .name
      && result.tokens[index + 2].kind == .rightParenthesis
  }

  /// The heads of definitions, `f(x) =`.
  private mutating func findDefinitions(_ tokens: [Token]) {
    var opened: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .leftParenthesis: opened.append(index)
      case .rightParenthesis:
        let start = opened.popLast() ?? 0
        guard index + 1 < tokens.count, tokens[index + 1].kind == .assign, start > 0,
          tokens[start - 1].kind == .name
        else { continue }
        result.defined.insert(text(of: tokens[start - 1]))
      default: continue
      }
    }
  }

  /// One letter, with digits or without, that does not usually name a function.
  private static func isVariable(_ name: String) -> Bool {
    let letters = name.unicodeScalars.prefix { !$0.properties.isEmoji || !$0.isASCII }
    let isOne = letters.count == 1 || isPlainName(name)
    return isOne && !["f", "g", "h", "F", "G", "H", "D"].contains(name)
      && name.dropFirst(isPlainName(name) ? name.count : 1).allSatisfy(\.isNumber)
  }
}
