// LaTeX's commands: what the program prints, and what people paste.

extension NotationReader {
  /// Reads the command that a backslash begins.
  mutating func command(_ start: Int) throws(SyntaxError) {
    lexer.position = start + 1
    let letters = commandLetters()
    let range = SourceRange(start: start, end: lexer.position)
    if letters.isEmpty { return controlSymbol() }
    if let binary = Self.operators[letters] { return emit(binary, at: range) }
    switch letters {
    case "frac", "dfrac", "tfrac", "cfrac":
      emit(.leftParenthesis, at: start)
      try beginArgument(.numerator)
    case "sqrt": try root(range)
    case "lnot", "neg": emit(Token(kind: .not, range: range))
    case "left", "bigl", "Bigl", "biggl", "Biggl": delimiter(opens: true, range)
    case "right", "bigr", "Bigr", "biggr", "Biggr": delimiter(opens: false, range)
    case "big", "Big", "bigg", "Bigg", "middle", "quad", "qquad", "displaystyle", "textstyle",
      "nolimits", "limits", "rm", "it", "bf":
      break
    case "lvert", "lfloor", "lceil": open(letters, range)
    case "rvert", "rfloor", "rceil": emit(Token(kind: .rightParenthesis, range: range))
    case "mathop", "mathrel", "mathbin", "mathord": openSilently()
    case "mathrm", "operatorname", "text", "mathit", "mathbf", "textrm", "mathsf", "boldsymbol",
      "mathcal", "mathbb", "mathfrak", "mathscr", "mathtt", "mathnormal", "bm", "pmb":
      uprightName(start)
    case "infty": emit(name: "inf", at: range)
    case "begin", "end": environment(begins: letters == "begin", range)
    case "tag", "label", "nonumber", "notag", "hspace", "vspace", "color":
      if lexer.byte(at: lexer.position) == UInt8(ascii: "{") { _ = braced() }
    case "boxed", "mathstrut", "smash", "mathopen", "mathclose", "mathpunct", "ensuremath":
      openSilently()
    case _ where Self.accents[letters] != nil: accented(letters, start)
    default: named(letters, range)
    }
  }

  /// Braces that only group.
  private mutating func openSilently() {
    skipBlanks()
    guard lexer.byte(at: lexer.position) == UInt8(ascii: "{") else { return hasFailed = true }
    lexer.position += 1
    closers.append(.silent)
  }

  /// The letters behind a backslash, which are the whole of a command.
  mutating func commandLetters() -> String {
    let start = lexer.position
    while lexer.byte(at: lexer.position) | 0x20 >= UInt8(ascii: "a"),
      lexer.byte(at: lexer.position) | 0x20 <= UInt8(ascii: "z")
    {
      lexer.position += 1
    }
    return echo(bytes, in: start..<lexer.position)
  }

  /// `\,`, `\(` and the like, which only space or frame a formula; `\{` is a parenthesis.
  private mutating func controlSymbol() {
    let offset = lexer.position
    let range = SourceRange(start: offset - 1, end: offset + 1)
    lexer.position += 1
    switch Unicode.Scalar(lexer.byte(at: offset)) {
    case ",", ";", ":", "!", " ", "(", ")", "[", "]", "\n": break
    case "\\": endRow(range)
    // What escapes a sign of other formats: `x\*y`, `x\^2`.
    case "*": emit(.multiply, at: range)
    case "^": emit(.power, at: range)
    case "&": break
    case "{": emit(Token(kind: .leftParenthesis, range: range))
    case "}": emit(Token(kind: .rightParenthesis, range: range))
    case "|": hasFailed = true
    case "%": emit(.remainder, at: range)
    default: hasFailed = true
    }
  }

  /// What stands behind `\left` or `\right`.
  private mutating func delimiter(opens: Bool, _ range: SourceRange) {
    skipBlanks()
    let offset = lexer.position
    let whole = SourceRange(start: range.start, end: offset + 1)
    switch Unicode.Scalar(lexer.byte(at: offset)) {
    case "(", "[": emit(Token(kind: .leftParenthesis, range: whole))
    case ")", "]": emit(Token(kind: .rightParenthesis, range: whole))
    case "|":
      if opens { open("lvert", whole) } else { emit(Token(kind: .rightParenthesis, range: whole)) }
    case ".": break
    // `\left\{` and `\left\lfloor`: the delimiter is read as a command of its own.
    case "\\": return
    default: return hasFailed = true
    }
    lexer.position += 1
  }

  private mutating func open(_ delimiter: String, _ range: SourceRange) {
    let function = ["lvert": "abs", "lfloor": "floor", "lceil": "ceil"][delimiter] ?? "abs"
    emit(name: function, at: range)
    emit(.leftParenthesis, at: range.end)
  }

  /// `\sqrt{x}`, `\sqrt[3]{x}`, `\sqrt[n]{x}`
  private mutating func root(_ range: SourceRange) throws(SyntaxError) {
    skipBlanks()
    var index: [Token] = []
    if lexer.byte(at: lexer.position) == UInt8(ascii: "[") {
      lexer.position += 1
      while true {
        let token = try lexer.next()
        if token.kind == .stray, lexer.bytes[token.range.start] == UInt8(ascii: "]") { break }
        guard token.kind == .number || token.kind == .name || token.kind == .binaryOperator
        else { return hasFailed = true }
        index.append(token)
      }
    }
    let isCube = index.count == 1 && index[0].kind == .number && index[0].value == 3
    let isSquare = index.isEmpty || index.count == 1 && index[0].value == 2
    if isCube || isSquare {
      emit(name: isCube ? "cbrt" : "sqrt", at: range)
      return try beginArgument(.root([]))
    }
    emit(.leftParenthesis, at: range.start)
    try beginArgument(.root(index))
  }

  // MARK: Names

  /// `\sin`, `\theta`; `\Gamma` before a parenthesis is the function.
  private mutating func named(_ letters: String, _ range: SourceRange) {
    var name = letters
    switch letters {
    case "Gamma" where isBeforeParenthesis: name = "gamma"
    case "psi" where isBeforeParenthesis: name = "digamma"
    case "arccot", "arcsec", "arccsc": name = "a" + letters.dropFirst(3)
    case "tg", "ctg": name = letters == "tg" ? "tan" : "cot"
    case "lg", "lb", "ld": name = letters == "lg" ? "log10" : "log2"
    case "sh", "ch", "th": name = ["sh": "sinh", "ch": "cosh", "th": "tanh"][letters] ?? letters
    default:
      guard result.vocabulary.functions.contains(letters) || Self.isPlainName(letters) else {
        return hasFailed = true
      }
    }
    emit(name: subscripted(name), at: range)
    // The function is `\\Gamma`.
    if letters == "gamma", !isBeforeParenthesis {
      result.tokens[result.tokens.count - 1].isFactor = true
    }
  }

  private var isBeforeParenthesis: Bool {
    var offset = lexer.position
    while lexer.byte(at: offset) == 0x20 { offset += 1 }
    if bytes[min(offset, bytes.count)...].starts(with: "\\left".utf8) { offset += 5 }
    return lexer.byte(at: offset) == UInt8(ascii: "(")
  }

  /// `\mathrm{erf}`, `\operatorname{erf}`, `\mathrm{rate\_of\_change}`, `\mathrm{B}(a, b)`
  private mutating func uprightName(_ start: Int) {
    if lexer.byte(at: lexer.position) == UInt8(ascii: "*") { lexer.position += 1 }
    skipBlanks()
    guard let name = braced() else { return hasFailed = true }
    // `\mathrel{==}` and `\text{ for }` hold no names.
    guard name.unicodeScalars.allSatisfy(\.continuesName), let first = name.unicodeScalars.first,
      first.startsName
    else { return hasFailed = true }
    let range = SourceRange(start: start, end: lexer.position)
    // What the beta function is called there.
    let isBeta = name == "B" && isBeforeParenthesis
    emit(name: isBeta ? "beta" : subscripted(name), at: range)
  }

  /// The name with the index that follows it, if one does.
  private mutating func subscripted(_ name: String) -> String {
    guard lexer.byte(at: lexer.position) == UInt8(ascii: "_") else { return name }
    lexer.position += 1
    if lexer.byte(at: lexer.position) == UInt8(ascii: "{") { return indexed(name) }
    guard let (scalar, length) = decodeScalar(bytes, at: lexer.position), scalar.continuesName
    else {
      hasFailed = true
      return name
    }
    lexer.position += length
    return name + (scalar.properties.numericType == nil ? "_" : "") + String(scalar)
  }

  /// Reads the index in braces: digits follow the name directly, a word after `_`.
  mutating func indexed(_ name: String) -> String {
    guard let index = braced(), !index.isEmpty,
      index.unicodeScalars.allSatisfy(\.continuesName)
    else {
      hasFailed = true
      return name
    }
    return name + (index.allSatisfy(\.isNumber) ? "" : "_") + index
  }

  /// What is in braces as one word: commands by their names, blanks and inner braces left out.
  mutating func braced() -> String? {
    guard lexer.byte(at: lexer.position) == UInt8(ascii: "{") else { return nil }
    var depth = 0
    var word: [UInt8] = []
    while lexer.position < bytes.count {
      let byte = bytes[lexer.position]
      lexer.position += 1
      switch Unicode.Scalar(byte) {
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth == 0 { return String(decoding: word, as: UTF8.self) }
      case "\\": skipUpright()
      case " ", ",": break
      default: word.append(byte)
      }
      if word.count > 200 { return nil }
    }
    return nil
  }

  /// Past the command in an index that only sets it upright: `x_{\mathrm{max}}`.
  private mutating func skipUpright() {
    for command in ["mathrm", "text", "textrm", "operatorname", "mathit"]
    where bytes[lexer.position...].starts(with: (command + "{").utf8) {
      lexer.position += command.utf8.count
    }
  }

  /// Skips the left side of an equation for a derivative, as the program prints it: `\frac{df}{dx}
  /// = …`.
  mutating func skipLeftSide() {
    let head = bytes[lexer.position...]
    let text = String(decoding: head.prefix(60), as: UTF8.self).drop { " $\\([".contains($0) }
    let beginnings = ["frac{d", "frac{\\partial", "frac{\\mathrm{d}"]
    guard isLaTeX, beginnings.contains(where: text.hasPrefix),
      let sign = head.prefix(200).firstIndex(of: UInt8(ascii: "="))
    else { return }
    lexer.position = sign + 1
  }

  /// Whether letters are a Greek letter's name, which is a name of a variable or constant here too.
  static func isPlainName(_ letters: String) -> Bool { isGreekLetter(letters) }

  fileprivate static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta",
    "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "varsigma",
    "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta",
    "Lambda", "Xi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell", "hbar",
  ]

  private static let operators: [String: BinaryOperator] = [
    "cdot": .multiply, "times": .multiply, "ast": .multiply, "div": .divide, "bmod": .remainder,
    "le": .lessOrEqual, "leq": .lessOrEqual, "leqslant": .lessOrEqual, "lt": .less,
    "ge": .greaterOrEqual, "geq": .greaterOrEqual, "geqslant": .greaterOrEqual, "gt": .greater,
    "ne": .notEqual, "neq": .notEqual, "land": .and, "wedge": .and, "lor": .or, "vee": .or,
  ]
}

/// Whether a word is the name of a Greek letter.
package func isGreekLetter(_ word: String) -> Bool { NotationReader.greek.contains(word) }
