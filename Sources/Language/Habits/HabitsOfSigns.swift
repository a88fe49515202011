// Signs that look like others: dashes, bullets, full-width forms, letters of mathematical
// alphabets.
import Syntax

extension Habit {
  static let signs: [Habit] = [
    Habit(one: { pieces in
      pieces.mapping { index in
        let piece = pieces[index]
        let letters = plainSpelling(of: piece)
        return plain(piece) ?? (letters == piece ? nil : letters)
      }
    }),
    // Quotation marks around the whole.
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      guard let first = text.first, let last = text.last, text.count > 2, quotes.contains(first),
        quotes.contains(last)
      else { return nil }
      return String(text.dropFirst().dropLast())
    }),
    // `> x^2`, `>>> x^2`, `= x^2`, `• x^2`, `1) x^2`, `a) x^2`
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      let marks = text.prefix { ">$=•·*:".contains($0) || $0.isWhitespace }
      if !marks.isEmpty, !marks.contains("=") || marks == "=" || marks == "= " {
        return String(text.dropFirst(marks.count))
      }
      let isLabel = pieces[1] == ")" || pieces[1] == "." && pieces.isNumber(0)
      if isLabel, pieces.isBlank(2), pieces[0].count <= 2 { return pieces[2, pieces.all.count] }
      // `Q3: x^2`, `Problem 4: x^2`
      guard let colon = pieces.all.firstIndex(of: ":"), pieces.isBlank(colon + 1), pieces.isWord(0),
        pieces.all[..<colon].allSatisfy({
          $0.first?.isLetter == true || $0.first?.isNumber == true || $0 == " "
        }),
        pieces.all[..<colon].joined().contains(where: \.isNumber)
      else { return nil }
      return pieces[colon + 1, pieces.all.count]
    }),
    // `x^2 =`, `x^2,`, `x^2:`, `x^2...`, `**x^2**`
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      let marks = text.reversed().prefix { "=,:.*\\&。；，".contains($0) || $0.isWhitespace }
      guard !marks.isEmpty else { return nil }
      return String(text.dropLast(marks.count))
    }),
    // `x<sup>2</sup>`, `x &lt; 1`
    Habit(one: { pieces in
      let text = pieces.all.joined()
      let changed = entities.reduce(text) { replacing($1.0, by: $1.1, in: $0) }
      return changed == text ? nil : changed
    }),
    // `x ± 1`
    Habit({ pieces in
      guard pieces.all.contains("±") else { return [] }
      return ["+", "-"].compactMap { sign in pieces.mapping { pieces[$0] == "±" ? sign : nil } }
    }),
    // `‖x‖`
    Habit(one: { pieces in
      let bars = pieces.indices.filter { pieces[$0] == "‖" }
      guard bars.count == 2 else { return nil }
      return pieces.mapping { $0 == bars[0] ? "abs(" : $0 == bars[1] ? ")" : nil }
    }),
    // `f∘g`, `(f∘g)(x)`
    Habit(one: { pieces in
      guard let sign = pieces.all.firstIndex(of: "∘"), pieces.isWord(sign - 1),
        pieces.isWord(sign + 1)
      else { return nil }
      let (f, g) = (pieces[sign - 1], pieces[sign + 1])
      let isUnknown = !Catalogue.isFunction(f) && !Catalogue.isFunction(g)
      return (isUnknown ? "\(f)(x) = x^2; \(g)(x) = sin(x); " : "") + "\(f)(\(g)(x))"
    }),
    // `30°`
    Habit(one: { pieces in
      guard let sign = pieces.all.firstIndex(of: "°") else { return nil }
      guard let number = pieces.operand(upTo: pieces.previous(sign)) else { return nil }
      return pieces.replacing(
        number.lowerBound..<sign + 1, by: "(\(pieces[number])*pi/180)")
    }),
    // `∑_{i=1}^{n} i²`, `\sum_{i=1}^{n} i^2`
    Habit(one: { pieces in
      guard let sign = pieces.indices.first(where: { sums[pieces[$0]] != nil }) else { return nil }
      var index = pieces[sign + 1] == "_" ? sign + 2 : sign + 1
      guard "{(".contains(pieces[index]), let end = pieces.closing(index) else { return nil }
      let lower = Pieces(pieces[index + 1, end])
      guard let equals = lower.outside("=").first, pieces[end + 1] == "^" else { return nil }
      index = end + 2
      let isGroup = "{(".contains(pieces[index])
      guard let last = isGroup ? pieces.closing(index) : index else { return nil }
      let upper = isGroup ? pieces[index + 1, last] : pieces[index]
      let start = pieces[sign - 1] == "\\" ? sign - 1 : sign
      let body = pieces[last + 1, pieces.all.count]
      let name = sums[pieces[sign]] ?? "sum"
      return pieces[0, start] + name + "("
        + lower[0, equals] + ", " + lower[equals + 1, lower.all.count] + ", \(upper), \(body))"
    }),
    // `∛x`, `³√x`
    Habit(one: { pieces in
      guard let root = pieces.indices.first(where: { ["∛", "∜"].contains(pieces[$0]) }),
        let operand = pieces.operand(from: pieces.next(root))
      else { return nil }
      let inner = pieces[operand]
      let call =
        pieces[root] == "∛" ? "cbrt(\(bare(inner)))" : "(\(bare(inner)))^(1/4)"
      return pieces.replacing(root..<operand.upperBound, by: call)
    }),
    Habit(one: { pieces in
      guard let root = pieces.indices.first(where: { pieces[$0] == "√" }), root > 0,
        let index = indices[pieces[root - 1]], let operand = pieces.operand(from: pieces.next(root))
      else { return nil }
      let inner = bare(pieces[operand])
      return pieces.replacing(
        root - 1..<operand.upperBound, by: index == 3 ? "cbrt(\(inner))" : "(\(inner))^(1/\(index))"
      )
    }),
    // `\\binom{n}{k}`
    Habit(one: { pieces in
      guard let sign = pieces.all.firstIndex(of: "binom"), pieces[sign - 1] == "\\",
        let first = pieces.closing(sign + 1), let second = pieces.closing(first + 1)
      else { return nil }
      let (n, k) = (pieces[sign + 2, first], pieces[first + 2, second])
      return pieces.replacing(
        sign - 1..<second + 1, by: ForeignCall("binom", [n, k]).forms?.first ?? "")
    }),
    // `{x \\over y}`
    Habit(one: { pieces in
      guard let sign = pieces.all.firstIndex(of: "over"), pieces[sign - 1] == "\\" else {
        return nil
      }
      let isBraced = pieces[0] == "{" && pieces.closing(0) == pieces.all.count - 1
      let (start, end) = isBraced ? (1, pieces.all.count - 1) : (0, pieces.all.count)
      return "(\(pieces[start, sign - 1]))/(\(pieces[sign + 1, end]))"
    }),
  ]

  private static let entities = [
    ("<sup>2</sup>", "^2"), ("<sup>3</sup>", "^3"), ("<sup>", "^("), ("</sup>", ")"),
    ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "and"), ("&sup2;", "^2"), ("&sup3;", "^3"),
    ("&times;", "*"), ("&middot;", "*"), ("&minus;", "-"), ("&nbsp;", " "), ("&pi;", "pi"),
    ("\\longmapsto", "↦"), ("\\mapsto", "↦"), ("\\rightarrow", "->"), ("\\to ", "-> "),
    ("\\colon", ":"), ("\\%", "%"), ("^{\\circ}", "°"), ("^\\circ", "°"), ("\\degree", "°"),
    ("\\left\\|", "|"), ("\\right\\|", "|"), ("\\|", "|"), ("\\lVert", "|"), ("\\rVert", "|"),
    ("\\Vert", "|"), ("&radic;", "√"), ("&le;", "<="), ("&ge;", ">="), ("\\[Theta]", "θ"),
    ("\\[Pi]", "pi"),
    ("\\[Alpha]", "α"), ("\\[Omega]", "ω"),
  ]

  private static let indices = ["²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6]

  private static let sums = [
    "∑": "sum", "Σ_": "sum", "Σ": "sum", "∑_": "sum", "sum_": "sum", "∏": "prod", "prod_": "prod",
  ]

  /// Without the parentheses around the whole.
  static func bare(_ text: String) -> String {
    let pieces = Pieces(text)
    guard pieces[0] == "(", pieces.closing(0) == pieces.all.count - 1 else { return text }
    return pieces[1, pieces.all.count - 1]
  }

  private static let quotes: Set<Character> = ["\"", "'", "`", "“", "”", "„", "‘", "’", "«", "»"]

  private static func plain(_ sign: String) -> String? {
    guard let scalar = sign.unicodeScalars.first, sign.unicodeScalars.count == 1 else { return nil }
    switch scalar {
    case "\u{2010}"..."\u{2015}", "﹣", "－": return "-"
    case "•", "∙", "●", "✕", "✖", "⨯", "⊗", "＊": return "*"
    case "⁄", "➗", "∶": return "/"
    case "∧": return " and "
    case "∨": return " or "
    case "¬": return " not "
    case "⩽", "≦", "⪕": return "<="
    case "⩾", "≧": return ">="
    case "⟨", "⦅": return "("
    case "⟩", "⦆": return ")"
    case _ where scalar.properties.generalCategory == .format: return ""
    default: return nil
    }
  }
}
