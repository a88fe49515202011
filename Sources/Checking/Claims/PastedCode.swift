// Claims as programs have them: functions that return them, elements of arrays, computer algebra.
import Text

/// Takes a claim out of the code around it.
enum PastedCode {
  static func plain(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      statement(trimmed(String($0)))
    }
    let plain = elements(withoutResults(joined(lines.compactMap { $0 })))
    return braced(plain.joined(separator: "\n"))
  }

  // MARK: One line

  /// A line without declarations and the heads of functions; nil for one that is nothing else.
  private static func statement(_ text: String) -> String? {
    if text.hasPrefix("def ") && text.hasSuffix(":") || ["end", "}"].contains(text) { return nil }
    if text.hasPrefix("dtype:") { return nil }
    var line = text
    if let start = line.firstRange(of: "return "), let end = line.lastIndex(of: "}"),
      line[..<start.lowerBound].contains("{"), start.upperBound <= end
    {
      line = trimmed(String(line[start.upperBound..<end]))
    }
    for word in ["const ", "let ", "var ", "double ", "float ", "auto "] where line.hasPrefix(word)
    {
      line = String(line.dropFirst(word.count))
    }
    while line.hasSuffix(";") { line = trimmed(String(line.dropLast())) }
    return algebra(withoutParameters(withoutLabel(line)))
  }

  /// Without `Out[1]= ` and `(%o1) `.
  private static func withoutLabel(_ line: String) -> String {
    for (open, close) in [("Out[", "]="), ("(%o", ")")] where line.hasPrefix(open) {
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

  /// `D[f[x], x] = F` as `df/dx = F`, `f'[x]` as `f'(x)`.
  private static func algebra(_ line: String) -> String {
    guard let (left, right) = ClaimPieces.assignment(line), left.hasSuffix("]") else { return line }
    if left.hasPrefix("D["), let comma = left.lastIndex(of: ",") {
      let variable = trimmed(String(left[left.index(after: comma)...].dropLast()))
      return "df/d\(variable) = \(right)"
    }
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
    let names = sides.map { $0.left.prefix { $0 != "[" } }
    for first in [0, 1] {
      let isList = sides.enumerated().allSatisfy { place, side in
        !names[place].isEmpty && names[place] == names[0]
          && side.left.dropFirst(names[place].count) == "[\(place + first)]"
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
    guard name.allSatisfy(\.isLetter),
      ClaimPieces.close(of: plain[open...].dropFirst()) == plain.index(before: plain.endIndex)
    else { return text }
    let inside = String(plain[open...].dropFirst().dropLast())
    let pieces = ClaimPieces.split(inside, at: [","])
    if name.isEmpty, pieces.count > 1, pieces.allSatisfy({ ClaimPieces.assignment($0) == nil }) {
      return "[\(inside)]"
    }
    let lists = pieces.compactMap(ClaimPieces.assignment).filter { side in
      side.left.filter(\.isLetter) == "gradient" && side.right.hasPrefix("[")
    }
    return lists.first?.right ?? String(plain[open...])
  }
}
