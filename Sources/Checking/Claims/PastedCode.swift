// Claims as programs have them: functions that return them, elements of arrays, computer algebra.
import Text

/// Takes a claim out of the code around it.
enum PastedCode {
  static func plain(_ text: String) -> String {
    let lines = withoutSession(
      text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    ).flatMap { statements(withoutComment($0)) }.map { statement(trimmed($0)) }
    let plain = elements(withoutResults(joined(lines.compactMap { $0 })))
    return braced(labelled(plain.joined(separator: "\n")))
  }

  /// `(value: 12.0, gradient: (12.0, 4.0))` as an object with these members.
  private static func labelled(_ text: String) -> String {
    let plain = trimmed(text)
    guard plain.hasPrefix("("), plain.hasSuffix(")"), plain.contains(":") else { return text }
    let inside = String(plain.dropFirst().dropLast())
    let isLabelled = ClaimPieces.split(inside, at: [","]).allSatisfy { piece in
      piece.firstIndex(of: ":").map { piece[..<$0].allSatisfy(\.isLetter) } == true
    }
    return isLabelled ? "{\(inside)}" : text
  }

  /// Without what was typed into a session, where what it printed stands below: `>>> grad(f)(2.)`, `In [4]: g`.
  private static func withoutSession(_ lines: [String]) -> [String] {
    let prompts = [">>> ", "In [", "julia> ", "ghci> ", "sage: "]
    let printed = lines.filter { line in
      !prompts.contains(where: trimmed(line).hasPrefix) && !line.hasPrefix("torch.Size(")
    }
    return printed.contains { !trimmed($0).isEmpty } ? printed : lines
  }

  /// Without ` // …`, `; % …` or `  ! …` at the end.
  private static func withoutComment(_ line: String) -> String {
    for sign in [" // ", "; % ", "  ! ", "  % "] {
      if let start = line.firstRange(of: sign) { return String(line[..<start.lowerBound]) }
    }
    return line
  }

  // MARK: One line

  /// `a = 1; b = 2;` in lines.
  private static func statements(_ line: String) -> [String] {
    let pieces = ClaimPieces.split(line, at: [";"])
    return pieces.count > 1 && pieces.allSatisfy { ClaimPieces.assignment($0) != nil }
      ? pieces : [line]
  }

  /// A line without declarations and the heads of functions; nil for one that is nothing else.
  private static func statement(_ text: String) -> String? {
    if text.hasPrefix("def "), let end = text.firstRange(of: "): return "),
      let open = text.firstIndex(of: "(")
    {
      return "\(text[..<open].dropFirst(4)) = \(text[end.upperBound...])"
    }
    if text.hasPrefix("def ") && text.hasSuffix(":") || ["end", "}"].contains(text) { return nil }
    if ["dtype:", "attr(,", "function ", "<NDArray "].contains(where: text.hasPrefix) {
      return nil
    }
    if ["\"\"\"", "'''"].contains(where: { text.hasPrefix($0) && text.hasSuffix($0) }) {
      return nil
    }
    var line = text.hasPrefix("=") ? String(text.dropFirst()) : text
    for type in ["std::array", "std::vector<double>", "Dict("] where line.contains(type) {
      let isCall = type.hasSuffix("(") && line.hasPrefix(type) && line.hasSuffix(")")
      line = isCall ? String(line.dropFirst(type.count).dropLast()) : line.replacing(type, with: "")
    }
    line = paired(line)
    for arrow in [" <- ", " << "] { line = line.replacing(arrow, with: " = ") }
    line = withoutHead(line)
    if let start = line.firstRange(of: "return "), let end = line.lastIndex(of: "}"),
      line[..<start.lowerBound].contains("{"), start.upperBound <= end
    {
      line = trimmed(String(line[start.upperBound..<end]))
    }
    for word in ["const ", "let ", "mut ", "var ", "double ", "float ", "auto "]
    where line.hasPrefix(word) {
      line = String(line.dropFirst(word.count))
    }
    while line.hasSuffix(";") { line = trimmed(String(line.dropLast())) }
    return algebra(withoutParameters(withoutMapping(withoutLabel(line))))
  }

  /// `x => F, y -> G` as equations.
  private static func paired(_ line: String) -> String {
    for arrow in [" => ", " -> "] where line.contains(arrow) {
      let pieces = ClaimPieces.split(line, at: [","])
      let arePairs = pieces.allSatisfy { piece in
        piece.firstRange(of: arrow).map { sign in
          piece[..<sign.lowerBound].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        } == true
      }
      if arePairs { return line.replacing(arrow, with: " = ") }
    }
    return line
  }

  /// `func df(x: Double) -> Double { F }` and `function(x) F`: the formula.
  private static func withoutHead(_ line: String) -> String {
    let isFunction = ["fn ", "func ", "fun ", "function "].contains(where: line.hasPrefix)
    if isFunction, line.hasSuffix("}"), let open = line.firstIndex(of: "{") {
      return trimmed(String(line[open...].dropFirst().dropLast()))
    }
    if line.hasPrefix("expression("), line.hasSuffix(")") {
      return String(line.dropFirst(11).dropLast())
    }
    guard let head = line.firstRange(of: "function("),
      let close = line[head.upperBound...].firstIndex(of: ")")
    else { return line }
    return line[..<head.lowerBound] + trimmed(String(line[close...].dropFirst()))
  }

  /// `(x, y) |--> F` and `x ↦ F`: the formula.
  private static func withoutMapping(_ line: String) -> String {
    for arrow in ["|-->", "|->", "↦"] {
      guard let range = line.firstRange(of: arrow),
        line[..<range.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber || "(), _".contains($0) })
      else { continue }
      return trimmed(String(line[range.upperBound...]))
    }
    return line
  }

  /// Without `Out[1]= ` and `(%o1) `.
  private static func withoutLabel(_ line: String) -> String {
    for (open, close) in [("Out[", "]="), ("Out[", "]:"), ("(%o", ")")] where line.hasPrefix(open) {
      guard let end = line.firstRange(of: close) else { continue }
      return trimmed(String(line[end.upperBound...]))
    }
    return line
  }

  /// `df = lambda x: F`, `df = x => F`, `df = @(x) F`: the formula.
  private static func withoutParameters(_ line: String) -> String {
    guard let (left, right) = ClaimPieces.assignment(line) else { return line }
    let signs = [("lambda ", ":"), ("", "=>"), ("@(", ")"), ("", "->")]
    for (open, close) in signs where right.hasPrefix(open) {
      guard let end = right.firstRange(of: close),
        right[..<end.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber || " _,(@)".contains($0) })
      else { continue }
      let formula = trimmed(String(right[end.upperBound...]))
      return derivatives.contains(left) ? formula : "\(left) = \(formula)"
    }
    // `df = y dx + x dy` is one too.
    return derivatives.contains(left) && left != "df" ? right : line
  }

  /// What the derivative of a function of one variable is called in programs.
  private static let derivatives: Set<String> = [
    "df", "fprime", "f_prime", "dydx", "deriv", "derivative", "gradient",
  ]

  /// `D[f[x], x] = F`, `diff(f, x) = F` and `Eq(Derivative(f(x), x), F)` as `df/dx = F`, `f'[x]` as `f'(x)`.
  private static func algebra(_ line: String) -> String {
    if line.hasPrefix("Eq(Derivative("), line.hasSuffix(")") {
      let sides = ClaimPieces.split(String(line.dropFirst(3).dropLast()), at: [","])
      if sides.count == 2 { return algebra("\(sides[0]) = \(sides[1])") }
    }
    // `Dx f = F`
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    if words.count == 3, words[0].hasPrefix("D"), words[0].count > 1, words[2].hasPrefix("= "),
      words[0].dropFirst().allSatisfy({ $0.isLetter || $0.isNumber }),
      ClaimPieces.isFunctionName(words[1])
    {
      return "df/d\(words[0].dropFirst()) \(words[2])"
    }
    guard let (left, right) = ClaimPieces.assignment(line), "])".contains(left.last ?? " ") else {
      return line
    }
    for call in ["D[", "D(", "diff(", "Diff(", "Derivative("] where left.hasPrefix(call) {
      let arguments = ClaimPieces.split(String(left.dropFirst(call.count).dropLast()), at: [","])
      guard arguments.count == 2 else { continue }
      return ClaimPieces.isFunctionName(arguments[0])
        ? "df/d\(arguments[1]) = \(right)" : "d/d\(arguments[1])(\(arguments[0])) = \(right)"
    }
    if left.hasPrefix("Derivative[1][") { return "f' = \(right)" }
    if left.hasPrefix("Grad[") { return "grad = \(right)" }
    guard left.contains("'"), let open = left.firstIndex(of: "[") else { return line }
    return left[..<open] + "(" + left[open...].dropFirst().dropLast() + ") = " + right
  }

  // MARK: Several lines

  /// `dx =` and below it its number, as MATLAB prints them.
  private static func joined(_ lines: [String]) -> [String] {
    var joined: [String] = []
    for line in lines {
      if let last = joined.last(where: { !$0.isEmpty }), last.hasSuffix(" ="), Double(line) != nil {
        while joined.last?.isEmpty == true { joined.removeLast() }
        joined[joined.count - 1] += " " + line
      } else {
        joined.append(line)
      }
    }
    return joined
  }

  /// Without `return dx, dy` where other lines say what dx and dy are.
  private static func withoutResults(_ lines: [String]) -> [String] {
    let known = Set(lines.compactMap { ClaimPieces.assignment($0)?.left })
    return lines.filter { line in
      guard line.hasPrefix("return ") else { return true }
      let names = ClaimPieces.split(String(line.dropFirst(7)), at: [","])
      return !names.allSatisfy(known.contains)
    }
  }

  /// `g[0] = a` and `g[1] = b` as `[a, b]`.
  private static func elements(_ lines: [String]) -> [String] {
    let filled = lines.filter { !$0.isEmpty }
    let sides = filled.compactMap(ClaimPieces.assignment)
    guard sides.count > 1, sides.count == filled.count else { return lines }
    let names = sides.map { $0.left.prefix { $0 != "[" && $0 != "(" } }
    for first in [0, 1] {
      let isList = sides.enumerated().allSatisfy { place, side in
        !names[place].isEmpty && names[place] == names[0]
          && ["[\(place + first)]", "(\(place + first))"]
            .contains(String(side.left.dropFirst(names[place].count)))
      }
      if isList { return ["[" + sides.map(\.right).joined(separator: ", ") + "]"] }
    }
    return lines
  }

  /// `{a, b}` as `[a, b]`, `Gradient { x: a, y: b }` without its type, and the list that is a member of an object.
  private static func braced(_ text: String) -> String {
    let plain = trimmed(text)
    guard plain.hasSuffix("}"), let open = plain.firstIndex(of: "{") else { return text }
    let name = plain[..<open].filter { $0 != " " }
    guard name.allSatisfy({ $0.isLetter || "[]".contains($0) }),
      ClaimPieces.close(of: plain[open...].dropFirst()) == plain.index(before: plain.endIndex)
    else { return text }
    let inside = String(plain[open...].dropFirst().dropLast())
    let pieces = ClaimPieces.split(inside, at: [","])
    if pieces.allSatisfy({ $0.contains(" -> ") }) {
      return pieces.map { $0.replacing(" -> ", with: " = ") }.joined(separator: "\n")
    }
    if pieces.allSatisfy({ ClaimPieces.assignment($0) == nil }) { return "[\(inside)]" }
    // `{"value": 3, "gradient": [1, 2]}`
    let members = pieces.compactMap(ClaimPieces.assignment)
    let lists = members.filter { side in
      side.left.filter(\.isLetter).hasPrefix("grad") && "[(".contains(side.right.first ?? " ")
    }
    guard lists.count == 1, members.count == pieces.count else { return String(plain[open...]) }
    return members.map { "\($0.left.filter { $0 != "\"" && $0 != "'" }) = \($0.right)" }
      .joined(separator: "\n")
  }
}
