// The pieces of a claim's text: separators outside brackets, rows, members of JSON, printed numbers.

import Text

/// Cuts the text of a claim.
enum ClaimPieces {
  private static let openers: Set<Character> = ["(", "[", "{"]
  private static let closers: Set<Character> = [")", "]", "}"]

  /// The pieces between separators that no bracket encloses, without white space and empty ones.
  static func split(_ text: String, at separators: Set<Character>) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var depth = 0
    for character in text {
      if openers.contains(character) { depth += 1 }
      if closers.contains(character) { depth -= 1 }
      if depth == 0, separators.contains(character) {
        pieces.append(trimmed(piece))
        piece = ""
      } else {
        piece.append(character)
      }
    }
    return (pieces + [trimmed(piece)]).filter { !$0.isEmpty }
  }

  /// What stands on the sides of the first `:` or `=` that no bracket encloses and that compares not.
  static func assignment(_ text: String) -> (left: String, right: String)? {
    var depth = 0
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      if openers.contains(character) { depth += 1 }
      if closers.contains(character) { depth -= 1 }
      guard depth == 0, character == ":" || character == "=" else { continue }
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let last = index > 0 ? characters[index - 1] : " "
      if character == "=", next == "=" || "=<>!".contains(last) { return nil }
      let sides = (String(characters[..<index]), String(characters[(index + 1)...]))
      return (trimmed(sides.0), trimmed(sides.1))
    }
    return nil
  }

  /// The sides of `2*x*y = 12`, which single signs of equality part that no bracket encloses.
  static func sides(_ text: String) -> [String] {
    var sides: [String] = []
    var rest = text
    while !rest.hasPrefix("="), let (left, right) = assignment(rest), !left.contains(":"),
      rest.dropFirst(left.count).drop(while: { $0 == " " }).first == "="
    {
      sides.append(left)
      rest = right
    }
    return sides + [rest]
  }

  /// `grad=12` without the word.
  static func value(_ text: String) -> String {
    guard let (left, right) = assignment(text), ["grad", "gradient", "derivative"].contains(left)
    else { return text }
    return right
  }

  /// The terms of a sum with their signs, as far as no bracket encloses them.
  static func terms(_ text: String) -> [String] {
    var terms: [String] = []
    var term = ""
    var depth = 0
    for character in text {
      if openers.contains(character) { depth += 1 }
      if closers.contains(character) { depth -= 1 }
      let last = term.last { $0 != " " }
      if depth == 0, character == "+" || character == "-", let last, !"*/^(+-·e".contains(last) {
        terms.append(trimmed(term))
        term = character == "-" ? "-" : ""
      } else {
        term.append(character)
      }
    }
    return terms + [trimmed(term)]
  }

  /// `d/dx   12`: a label with a slash or a differential, white space, and a number.
  static func labelled(_ text: String) -> (left: String, right: String)? {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard words.count == 2, Double(words[1]) != nil, Double(words[0]) == nil else { return nil }
    return (words[0], words[1])
  }

  /// `f`, `f(x, y)`, `f[x]`: a name alone, or with nothing but names behind it.
  static func isFunctionName(_ text: String) -> Bool {
    text.first?.isLetter == true && text.allSatisfy { $0.isLetter || "()[], ".contains($0) }
      && text.prefix { $0.isLetter }.count < 3
  }

  /// Whether a text is one formula, and neither a list nor an equation.
  static func isFormula(_ text: String) -> Bool {
    assignment(text) == nil && objectMembers(text) == nil
      && split(text, at: [",", ";"]).count == 1 && rows(text) == [[trimmed(text)]]
  }

  /// Where the parenthesis ends that a text stands behind the beginning of.
  static func close(of text: Substring) -> String.Index? {
    var depth = 1
    for index in text.indices {
      if openers.contains(text[index]) { depth += 1 }
      if closers.contains(text[index]) { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  // MARK: Lists

  /// The rows of `[[1, 2], [3, 4]]`, of `[1, 2; 3, 4]`, or the one row of `(1, 2)`, `1, 2` or `1 2`.
  static func rows(_ text: String) -> [[String]] {
    var text = inside(text) ?? text
    while let inner = inside(text) { text = inner }
    var lines = split(text, at: [";", "\n"])
    if lines.count == 1 {
      let cells = split(lines[0], at: [","])
      if cells.count > 1,
        cells.allSatisfy({ inside($0) != nil && (!$0.hasPrefix("(") || $0.contains(",")) })
      {
        lines = cells
      } else if let nested = spaced(lines[0]), nested.allSatisfy({ inside($0) != nil }) {
        lines = nested
      }
    }
    let rows = lines.map { line in
      let line = line.hasSuffix(",") ? trimmed(String(line.dropLast())) : line
      let inside = inside(line) ?? line
      // (12 | 4), and no |x|.
      let hasBars = !inside.contains(",") && !inside.hasPrefix("|") && !inside.hasSuffix("|")
      return split(inside, at: hasBars ? ["|"] : [","])
    }
    let words = rows.map { row -> [String] in
      let columns = row.count == 1 ? row[0].split(separator: "  ").map { trimmed(String($0)) } : []
      if columns.count > 1, columns.allSatisfy(isTerm) { return columns }
      return row.count == 1 ? spaced(row[0]) ?? [] : row
    }
    let isMatrix = rows.count > 1 && Set(words.map(\.count)).count == 1
    return zip(rows, words).map { row, words in
      let isList =
        words.allSatisfy { Double($0) != nil } || isMatrix && words.allSatisfy(isTerm)
        || row.first?.contains("  ") == true && words.count > 1 && words.allSatisfy(isTerm)
      return row.count == 1 && words.count > 1 && isList ? words : row
    }
  }

  /// Whether a word may be a cell of `[a b; c d]`: no operator joins it to its neighbours.
  private static func isTerm(_ word: String) -> Bool {
    guard let first = word.first, let last = word.last else { return false }
    return !"+*/^·,=".contains(first) && !"+-*/^·,=".contains(last)
      && (first.isLetter || first.isNumber || first == "(" || first == "-" && word.count > 1)
  }

  /// The words between white space that no bracket encloses.
  private static func spaced(_ text: String) -> [String]? {
    let words = split(text, at: [" ", "\t", "\n"])
    return words.isEmpty ? nil : words
  }

  /// What a pair of brackets encloses that stands around everything.
  private static func inside(_ text: String) -> String? {
    guard let first = text.first, openers.contains(first), text.count > 1 else { return nil }
    var depth = 0
    for (index, character) in text.enumerated() {
      if openers.contains(character) { depth += 1 }
      if closers.contains(character) { depth -= 1 }
      if depth == 0, index < text.count - 1 { return nil }
    }
    return depth == 0 ? trimmed(String(text.dropFirst().dropLast())) : nil
  }

  /// The members of a JSON object, with those of its member `gradient` among them.
  static func objectMembers(_ text: String) -> [(left: String, right: String)]? {
    if let records = records(trimmed(text)) { return records }
    var members = [trimmed(text)]
    var pairs: [(left: String, right: String)] = []
    // Objects in objects: each round takes one level off.
    for _ in 0..<2 where !members.isEmpty {
      let objects = members
      members = []
      for object in objects {
        guard let own = ownMembers(object) else { return nil }
        for (name, value) in own {
          if metadata.contains(name) { continue }
          if value.hasPrefix("{") {
            guard gradients.contains(name) else { return nil }
            members.append(value)
          } else {
            pairs.append((name, value))
          }
        }
      }
    }
    return members.isEmpty ? pairs : nil
  }

  /// What the program's own JSON says beside derivatives.
  private static let metadata: Set<String> = ["expression", "mode", "point", "sweeps", "notes"]
  private static let gradients: Set<String> = ["gradient", "grad", "grads", "gradients"]

  /// `[{"variable": "x", "derivative": 12}, …]`
  private static func records(_ text: String) -> [(left: String, right: String)]? {
    guard text.hasPrefix("[{"), text.hasSuffix("}]") else { return nil }
    let objects = split(String(text.dropFirst().dropLast()), at: [","]).map(ownMembers)
    let pairs = objects.compactMap { object -> (left: String, right: String)? in
      guard let object, object.count == 2,
        ["variable", "name", "wrt", "var"].contains(object[0].left)
      else { return nil }
      return (object[0].right, object[1].right)
    }
    return pairs.count == objects.count ? pairs : nil
  }

  private static func ownMembers(_ text: String) -> [(left: String, right: String)]? {
    guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    let members = split(String(text.dropFirst().dropLast()), at: [",", "\n"]).map(assignment)
    guard !members.isEmpty, members.allSatisfy({ $0 != nil }) else { return nil }
    return members.compactMap { $0 }.map { (unquoted($0.left), unquoted($0.right)) }
  }

  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"]
    where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }

  // MARK: Signs

  /// `12.` without its point, which says that there are no decimals; other texts as they are.
  static func number(_ text: String) -> String {
    if let inside = inside(text), Double(inside) != nil { return number(inside) }
    guard text.hasSuffix("."), let number = Double(text.dropLast()), number.isFinite else {
      guard Double(text) != nil, text.hasPrefix("+") else { return text }
      return String(text.dropFirst())
    }
    return String(text.dropLast())
  }

  /// With d for ∂, ' for ′, ^2 for ².
  static func plain(_ text: String) -> String {
    var plain = ""
    for character in withoutCommands(text) {
      switch character {
      case "∂", "𝜕", "ⅆ": plain.append("d")
      case "ₓ": plain.append("_x")
      case "ᵧ": plain.append("_y")
      case "′", "’": plain.append("'")
      case "″": plain.append("''")
      case "²": plain.append("^2")
      case "\"", "$": break
      default: plain.append(character)
      }
    }
    return plain
  }

  /// `\frac{\partial f}{\partial x}` as `∂f/∂x`.
  private static func withoutCommands(_ text: String) -> String {
    guard text.contains("\\") else { return text }
    var text = text
    for (command, sign) in [
      ("\\partial", "∂"), ("\\mathrm{d}", "d"), ("\\nabla", "∇"), ("\\dfrac", "\\frac"),
      ("\\left", ""), ("\\right", ""), ("\\,", " "), ("\\;", " "),
      ("\\:", " "), ("\\quad", " "), ("\\!", ""), ("\\displaystyle", ""),
    ] {
      text = text.replacing(command, with: sign)
    }
    return withoutDifferentialQuotients(text)
  }

  /// Other fractions stay as they are: they are formulas.
  private static func withoutDifferentialQuotients(_ text: String) -> String {
    var plain = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "\\frac{") {
      plain += rest[..<start.lowerBound]
      if let (above, behind) = group(rest[start.upperBound...]), behind.first == "{",
        let (below, end) = group(behind.dropFirst()), isDifferential(above), below.count > 1,
        isDifferential(below)
      {
        plain += "\(above)/\(below)"
        rest = end
      } else {
        plain += rest[start]
        rest = rest[start.upperBound...]
      }
    }
    return plain + rest
  }

  /// What stands before the brace that closes a group, and what behind it.
  private static func group(_ text: Substring) -> (inside: Substring, behind: Substring)? {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "{": depth += 1
      case "}" where depth == 0: return (text[..<index], text[text.index(after: index)...])
      case "}": depth -= 1
      default: break
      }
    }
    return nil
  }

  /// `∂f`, `d^2 y`, `dx`: no sum, no product.
  private static func isDifferential(_ text: Substring) -> Bool {
    "d∂".contains(text.first { $0 != " " } ?? " ") && !text.contains { "+-*/".contains($0) }
  }

  /// A header and the numbers below it, as `eval --format csv` prints them; the point's columns are left out.
  static func table(_ text: String, variables: [String]) -> [(left: String, right: String)]? {
    let lines = text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.map(String.init)
    guard lines.count == 2 else { return nil }
    let cells = lines.map { $0.split(separator: ",").map { trimmed(String($0)) } }
    guard cells[0].count == cells[1].count, cells[0].count > 1,
      cells[0].contains(where: { $0.contains("/") }) || cells[0].allSatisfy(variables.contains),
      cells[0].allSatisfy({ Double($0) == nil }), cells[1].allSatisfy({ Double($0) != nil })
    else { return nil }
    let isGradient = cells[0].allSatisfy(variables.contains)
    return zip(cells[0], cells[1]).filter { isGradient || !variables.contains($0.0) }
      .map { ($0, $1) }
  }

  static func withoutComments(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.prefix { $0 != "#" })
    }.joined(separator: "\n")
  }
}
