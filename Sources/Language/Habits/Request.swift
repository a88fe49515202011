// Requests in words or in signs of operators: `derivative of x^2`, `d/dx x^2`, `x^2 at x=3`, `solve
// …`.

/// What a text asks for beside its formula: a command of the program, or something that it does not
/// do.
struct Request {
  enum Kind: Equatable {
    /// The command, its options behind the expression.
    case command(String, options: String)
    /// Something that the program does not do, as a verb.
    case unsupported(String)
  }

  let kind: Kind
  /// The formula that it is about.
  let body: String
  /// The words or signs that are no part of a formula.
  let phrase: String

  /// Nil for a text that asks for nothing.
  init?(_ text: String) {
    guard text.utf8.count <= 400, !text.contains("\n") else { return nil }
    let text = Self.withoutEnds(text)
    let readers = [
      Self.inSigns, Self.inWords, Self.afterBar, Self.atPoint, Self.atValue, Self.respect,
    ]
    for read in readers {
      if let request = read(Pieces(text)) {
        self = request
        return
      }
    }
    return nil
  }

  private init(_ command: String, _ options: String = "", of body: String, phrase: String) {
    kind = .command(command, options: options)
    self.body = Habit.bare(body)
    self.phrase = phrase
  }

  private init(unsupported verb: String, of body: String = "", phrase: String) {
    kind = .unsupported(verb)
    self.body = Habit.bare(body)
    self.phrase = phrase
  }

  /// Whether an unknown function asks for something that the program does not do.
  static func isUnsupported(_ function: String) -> Bool {
    unsupportedVerbs[function.lowercased()] != nil
  }

  /// A table in place of a plot, of a formula in one variable.
  func table(_ reading: (String) -> String?) -> String? {
    guard case .unsupported("plot functions") = kind, let formula = reading(body) else {
      return nil
    }
    let pieces = Pieces(formula)
    let names = Set(pieces.indices.filter { Habit.isVariable(pieces, $0) }.map { pieces[$0] })
    guard names.count == 1, let name = names.first, !formula.contains("'") else { return nil }
    return "autodiff eval '\(formula)' --at \(name)=-2:2:0.5"
  }

  /// The command line for a formula.
  func line(for formula: String) -> String? {
    guard case .command(let name, let options) = kind else { return nil }
    let quote = formula.contains("'") ? "\"" : "'"
    return "autodiff \(name) \(quote)\(formula)\(quote)" + (options.isEmpty ? "" : " " + options)
  }

  // MARK: Reading

  private static func withoutEnds(_ text: String) -> String {
    var text = Habit.replacing("hat's ", by: "hat is ", in: text)[...]
    while let last = text.last, last.isWhitespace || "?$".contains(last) { text.removeLast() }
    while let first = text.first, first.isWhitespace || first == "$" { text.removeFirst() }
    return String(text)
  }

  /// `d/dx …`, `∂/∂x …`, `d(…)/dx`, `(d/dx)(…)`, `\frac{d}{dx} …`, `D[…, x]`, `∫ …`
  private static func inSigns(_ pieces: Pieces) -> Request? {
    let start = pieces.isBlank(0) ? 1 : 0
    let isCommand = pieces[start] == "\\"
    let sign = pieces[isCommand ? start + 1 : start].prefix { $0 != "_" }
    if let verb = unsupportedSigns[String(sign)], isCommand || sign != "int" {
      return Request(unsupported: verb, phrase: (isCommand ? "\\" : "") + sign)
    }
    if sign == "∇" || isCommand && sign == "nabla" {
      let body = pieces[start + (isCommand ? 2 : 1), pieces.all.count]
      return body.isEmpty ? nil : Request("diff", of: body, phrase: (isCommand ? "\\" : "") + sign)
    }
    if differential(pieces[0]) != nil, pieces[1] == "/", differential(pieces[2]) != nil,
      pieces[pieces.next(2)] == "="
    {
      return Request(unsupported: "solve differential equations", phrase: pieces[0, 3])
    }
    return operatorBefore(pieces) ?? quotient(pieces) ?? differentials(pieces)
      ?? bracketed(pieces)
  }

  /// `d/dx`, `d²/dx²`, `∂/∂x`, also in parentheses or as a fraction, and what stands behind it.
  private static func operatorBefore(_ pieces: Pieces) -> Request? {
    var index = 0
    let frame: Set<String> = ["(", "\\", "frac", "dfrac", "{", "}", "partial", "mathrm", ")", " "]
    var signs: [String] = []
    var variable: String?
    while index < pieces.all.count, variable == nil {
      let piece = pieces[index]
      if frame.contains(piece) {
        if piece == "partial" { signs.append("d") }
      } else if let name = differential(piece), signs.filter({ $0 == "d" }).count == 1 {
        variable = name
      } else if piece == "d" || piece == "∂" {
        signs.append("d")
      } else if signs.filter({ $0 == "d" }).count == 2, pieces.isWord(index) {
        variable = piece
      } else if ["/", "²", "^", "2"].contains(piece) {
        signs.append(piece)
      } else {
        return nil
      }
      index += 1
      if signs.count > 8 { return nil }
    }
    guard let variable, signs.first == "d" else { return nil }
    let isSecond = signs.contains("²") || signs.contains("2")
    while index < pieces.all.count, ["²", "^", "2", "}", ")"].contains(pieces[index]) { index += 1 }
    index = pieces.isBlank(index) ? index + 1 : index
    if pieces.isOne(of: ["of"], index) { index = pieces.next(index) }
    let body = pieces[index, pieces.all.count]
    guard !body.isEmpty, !body.hasPrefix("=") else { return nil }
    let inner =
      body.hasPrefix("[") && body.hasSuffix("]") ? "(\(body.dropFirst().dropLast()))" : body
    return Request(
      "diff", options(variable, of: inner, order: isSecond ? 2 : 1), of: inner,
      phrase: "d/d\(variable)")
  }

  /// `dx`: the x.
  private static func differential(_ word: String) -> String? {
    guard word.count > 1, word.count <= 6, word.first == "d" || word.first == "∂" else {
      return nil
    }
    let name = String(word.dropFirst())
    let isLetter = name.first?.isLetter == true && name.dropFirst().allSatisfy(\.isNumber)
    return isLetter ? name : nil
  }

  /// `d(x^2)/dx`
  private static func quotient(_ pieces: Pieces) -> Request? {
    guard ["d", "∂"].contains(pieces[0]), pieces[1] == "(", let end = pieces.closing(1),
      pieces[end + 1] == "/"
    else { return nil }
    let isSign = pieces[end + 2] == "∂"
    let name = isSign ? pieces[end + 3] : differential(pieces[end + 2])
    guard let name, pieces.all.count <= end + (isSign ? 4 : 3) else { return nil }
    let body = pieces[2, end]
    return Request("diff", options(name, of: body, order: 1), of: body, phrase: "d(…)/d\(name)")
  }

  /// `dx^2/dx`
  private static func differentials(_ pieces: Pieces) -> Request? {
    guard let slash = pieces.all.lastIndex(of: "/"), slash == pieces.all.count - 2,
      let name = differential(pieces[slash + 1]), pieces[0].first == "d", pieces[0].count > 1,
      slash > 1
    else { return nil }
    let body = String(pieces[0].dropFirst()) + pieces[1, slash]
    return Request("diff", options(name, of: body, order: 1), of: body, phrase: "d…/d\(name)")
  }

  /// `D[x^2, x]`, `diff(x^2, x$2)`, `D[x^2, {x, 2}]`, `nDeriv(x^2, x, 3)`
  private static func bracketed(_ pieces: Pieces) -> Request? {
    let names: Set<String> = [
      "d", "diff", "derivative", "derive", "grad", "gradient", "deriv", "nderiv", "hessian",
    ]
    guard pieces.isOne(of: names, 0), "([".contains(pieces[1]), let end = pieces.closing(1),
      end == pieces.all.count - 1
    else { return nil }
    let arguments = Habit.arguments(pieces, 2, end)
    let body = arguments[0]
    if pieces[0].lowercased() == "hessian" {
      return Request("diff", "--hessian", of: body, phrase: pieces[0])
    }
    if pieces[0].lowercased() == "nderiv" {
      guard arguments.count == 3 else { return nil }
      return Request("eval", "--at \(arguments[1])=\(arguments[2])", of: body, phrase: pieces[0])
    }
    guard arguments.count > 1 else { return Request("diff", of: body, phrase: pieces[0]) }
    let rest = arguments.dropFirst().joined(separator: ",")
      .split { "{},$ ".contains($0) }.map(String.init)
    let order = rest.dropFirst().reduce(1) { count, part in
      Int(part).map { max(count, $0) } ?? count + 1
    }
    guard let name = rest.first, Pieces(name).all.count == 1, Pieces(name).isWord(0), order < 10,
      rest.dropFirst().allSatisfy({ $0 == name || Int($0) != nil })
    else { return nil }
    return Request("diff", options(name, of: body, order: order), of: body, phrase: pieces[0])
  }

  /// `--wrt` where the formula has other names too.
  private static func options(_ name: String, of body: String, order: Int) -> String {
    let pieces = Pieces(body)
    let others = pieces.indices.contains {
      pieces[$0] != "frac" && Habit.isVariable(pieces, $0) && pieces[$0] != name
        && pieces[$0].unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
        && pieces[$0 - 1] != "\\"
    }
    let options = (others ? ["--wrt \(name)"] : []) + (order > 1 ? ["--order \(order)"] : [])
    return options.joined(separator: " ")
  }

  /// `derivative of x^2 with respect to x`, `please differentiate x^2`, `solve x^2 = 1`
  private static func inWords(_ pieces: Pieces) -> Request? {
    var index = 0
    while index < pieces.all.count, pieces.isOne(of: fillers, index) { index = pieces.next(index) }
    let start = index
    let order = Self.orders[pieces[index].lowercased()]
    if order != nil { index = pieces.next(index) }
    guard pieces.isWord(index), pieces.isBlank(index + 1) || pieces[index + 1] == "(" else {
      return nil
    }
    let verb = pieces[index].lowercased()
    let isCalled = pieces[index + 1] == "("
    if let other = unsupportedVerbs[verb] {
      return Request(
        unsupported: other, of: pieces[index + 1, pieces.all.count], phrase: pieces[0, index + 1])
    }
    guard let command = verbs[verb],
      !isCalled || command.name == "simplify" || ["derive", "differentiate"].contains(verb)
    else { return nil }
    index = pieces.next(index)
    while pieces.isOne(of: ["of", "the", "function", "formula", "expression"], index) {
      index = pieces.next(index)
    }
    let hasOf = pieces.isOne(of: ["of"], pieces.previous(index)) || index > start + 3
    guard index > start + 1 || isCalled, hasOf || isCalled || !command.needsOf else { return nil }
    var (end, name) = (pieces.all.count, String?.none)
    for position in index..<pieces.all.count {
      let isRespect =
        pieces.isOne(of: ["with"], position) && pieces.isOne(of: ["respect"], position + 2)
      guard isRespect || pieces.isOne(of: ["wrt", "for"], position) else { continue }
      if !pieces.isOne(of: ["for"], position) {
        name = pieces[position + (isRespect ? 6 : 2)]
      }
      end = position
      break
    }
    let body = pieces[index, end]
    guard !body.isEmpty else { return nil }
    let order1 = order ?? 1
    let options =
      name.map { Self.options($0, of: body, order: order1) }
      ?? (order1 > 1 ? "--order \(order1)" : command.options)
    return Request(command.name, options, of: body, phrase: pieces[0, index])
  }

  /// `x^2 wrt x`, `x^2 with respect to x`
  private static func respect(_ pieces: Pieces) -> Request? {
    let end = pieces.all.count - 1
    let isLong = pieces.isOne(of: ["to"], end - 2) && pieces.isOne(of: ["respect"], end - 4)
    let start = isLong ? end - 6 : end - 2
    guard pieces.isWord(end), start > 0, pieces.isOne(of: isLong ? ["with"] : ["wrt", "by"], start)
    else { return nil }
    let body = pieces[0, start]
    return Request(
      "diff", options(pieces[end], of: body, order: 1), of: body, phrase: pieces[start, end + 1])
  }

  /// `x^2 at 3`, where there is one variable; `x^2 /. x -> 3`
  private static func atValue(_ pieces: Pieces) -> Request? {
    if let sign = pieces.indices.first(where: { pieces[$0] == "/" && pieces[$0 + 1] == "." }) {
      let rule = pieces[sign + 2, pieces.all.count].split(separator: "->").map {
        $0.filter { $0 != " " }
      }
      guard rule.count == 2 else { return nil }
      return Request(
        "eval", "--at \(rule[0])=\(rule[1])", of: pieces[0, sign],
        phrase: pieces[sign, pieces.all.count])
    }
    guard let word = pieces.indices.first(where: { pieces.isOne(of: ["at"], $0) }), word > 0 else {
      return nil
    }
    let names = Set(
      pieces.indices.filter { $0 < word && Habit.isVariable(pieces, $0) }.map { pieces[$0] })
    let value = pieces[word + 1, pieces.all.count]
    guard names.count == 1, let name = names.first, !value.isEmpty,
      value.allSatisfy({ $0.isASCIIDigit || $0 == "." || $0 == "-" })
    else { return nil }
    return Request(
      "eval", "--at \(name)=\(value)", of: pieces[0, word],
      phrase: pieces[word, pieces.all.count])
  }

  /// `\left.x^2\right|_{x=3}`
  private static func afterBar(_ pieces: Pieces) -> Request? {
    guard let bar = pieces.all.lastIndex(of: "|"), pieces[bar + 1] == "_", bar > 0 else {
      return nil
    }
    let point = pieces[bar + 2, pieces.all.count].filter { !"{} $".contains($0) }
    var body = pieces[0, bar]
    for frame in ["\\left.", "\\right", "\\bigg", "\\Big", "\\big"] {
      body = Habit.replacing(frame, by: "", in: body)
    }
    let sides = point.split(separator: "=")
    guard sides.count == 2 else { return nil }
    return Request("eval", "--at \(point)", of: body, phrase: "|_{\(point)}")
  }

  /// `x^2 at x=3`, `x^2, x=3`, `x^2; x=3`, `x^2 | x=3`
  private static func atPoint(_ pieces: Pieces) -> Request? {
    guard let sign = pieces.outside("=").last,
      let cut = pieces.indices.last(where: {
        $0 < sign
          && (pieces.isOne(of: ["at", "when", "where", "for"], $0)
            || [",", ";", "|"].contains(pieces[$0]))
      }), pieces.outside(pieces[cut]).contains(cut),
      pieces.all[..<cut].allSatisfy({ $0 != "=" })
    else { return nil }
    let name = pieces[cut + 1, sign]
    let value = pieces[sign + 1, pieces.all.count]
    guard Pieces(name).all.count == 1, Pieces(name).isWord(0), !value.isEmpty,
      !value.contains(" "), !value.contains("'")
    else { return nil }
    return Request(
      "eval", "--at \(name)=\(value)", of: pieces[0, cut], phrase: pieces[cut, pieces.all.count])
  }

  // MARK: Words

  private static let orders = [
    "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
  ]

  private static let fillers: Set<String> = [
    "please", "find", "what", "whats", "is", "s", "the", "calculate", "compute", "give", "me",
    "show", "take", "can", "you", "i", "want", "partial", "first", "how", "do", "to", "get",
  ]

  private static let verbs: [String: (name: String, options: String, needsOf: Bool)] = [
    "derivative": ("diff", "", false), "derivatives": ("diff", "", false),
    "differentiate": ("diff", "", false), "derive": ("diff", "", false),
    "diff": ("diff", "", false), "gradient": ("diff", "", false), "grad": ("diff", "", false),
    "differential": ("diff", "", true), "slope": ("diff", "", true),
    "hessian": ("diff", "--hessian", true), "simplify": ("simplify", "", false),
    "expand": ("simplify", "--form expanded", false),
    "factor": ("simplify", "--form factored", false),
    "factorize": ("simplify", "--form factored", false),
    "factorise": ("simplify", "--form factored", false),
  ]

  private static let unsupportedVerbs = [
    "integrate": "integrate", "integral": "integrate", "antiderivative": "integrate",
    "int": "integrate", "solve": "solve equations", "roots": "solve equations",
    "plot": "plot functions", "draw": "plot functions", "limit": "take limits",
    "lim": "take limits", "taylor": "expand in series", "series": "expand in series",
    "maximize": "search for maxima",
    "minimize": "search for minima", "maximise": "search for maxima",
    "minimise": "search for minima", "import": "run programs",
    "dsolve": "solve differential equations",
  ]

  private static let unsupportedSigns = [
    "∫": "integrate", "∬": "integrate", "int": "integrate", "iint": "integrate",
    "lim": "take limits", "Integrate": "integrate", "Limit": "take limits",
    "Solve": "solve equations", "Plot": "plot functions",
  ]
}
