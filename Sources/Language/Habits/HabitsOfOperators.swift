// Operators that are missing, doubled, or written otherwise.

extension Habit {
  static let operators: [Habit] = [
    // `sinx cosx`
    Habit(one: { pieces in
      pieces.mapping { index in
        pieces.isWord(index) && pieces[index + 1] != "(" ? meaningOfGlued(pieces[index]) : nil
      }
    }),
    // `x y`, `2 x`, `)2`: a product; not between words of a sentence
    Habit(one: { pieces in
      let words = pieces.indices.filter { pieces.isWord($0) && pieces[$0].count > 1 }
      let isSentence = words.contains { sentence.contains(pieces[$0].lowercased()) }
      let isFormula = words.count(where: { !Catalogue.isFunction(pieces[$0]) }) <= 3
      guard !isSentence, isFormula else { return nil }
      var text = ""
      var isChanged = false
      for index in pieces.indices {
        let isGap =
          pieces.isBlank(index) && endsOperand(pieces, index - 1)
          && beginsOperand(pieces, index + 1)
        let isBehind =
          pieces[index] == ")" && (pieces.isWord(index + 1) || pieces.isNumber(index + 1))
        text += isGap ? "*" : pieces[index] + (isBehind ? "*" : "")
        isChanged = isChanged || isGap || isBehind
      }
      return isChanged ? text : nil
    }),
    // `2ab cos γ`
    Habit(one: { pieces in
      pieces.mapping { index in
        let letters = Array(pieces[index])
        guard letters.count == 2, letters.allSatisfy(\.isLetter), pieces.isNumber(index - 1),
          !Catalogue.isFunction(pieces[index])
        else { return nil }
        return "*\(letters[0])*\(letters[1])"
      }
    }),
    // `x+`, `*x`, `x^^2`, `x***2`, `x++`, `x += 1`
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      if text.hasSuffix("++") { return text.dropLast(2) + " + 1" }
      let end = text.reversed().prefix { "+-*/^ ".contains($0) }.count
      let start = text.prefix { "*/^ ".contains($0) }.count
      guard start + end > 0, start + end < text.count else { return nil }
      return String(text.dropLast(end).dropFirst(start))
    }),
    Habit(one: { pieces in
      let text = pieces.all.joined()
      let changed = doubled.reduce(text) { replacing($1.0, by: $1.1, in: $0) }
      return changed == text ? nil : changed
    }),
    // `x @ y`, `x |> sin`, `x^2; y^2`
    Habit(one: { pieces in
      let last = pieces.all.count - 1
      if let bar = pieces.all.firstIndex(of: "|"), pieces[bar + 1] == ">",
        pieces.next(bar + 1) == last,
        Catalogue.takes(1, pieces[last])
      {
        return "\(pieces[last])(\(pieces[0, bar]))"
      }
      let ends = pieces.outside(";")
      if (1...4).contains(ends.count), !pieces.all.contains("="), ends[ends.count - 1] < last {
        return "[" + (pieces.mapping { ends.contains($0) ? "," : nil } ?? "") + "]"
      }
      return pieces.mapping { index in
        pieces[index] == "@" && pieces.isBlank(index - 1) && pieces.isBlank(index + 1) ? "*" : nil
      }
    }),
    // `(double)x`, `x : 2`, `x << 2`
    Habit(one: { pieces in
      if pieces[0] == "(", ["double", "float", "int"].contains(pieces[1]), pieces[2] == ")" {
        return pieces[3, pieces.all.count]
      }
      return pieces.mapping { index in
        let next = pieces.next(index)
        let isLast = next == pieces.all.count - 1 && pieces.isNumber(next)
        return pieces[index] == ":" && isLast && !pieces.all.contains("?") ? "/" : nil
      }
    }),
    // `x %/% 2`, `x is 3`, `~x`
    Habit(one: { pieces in
      pieces.mapping { index in
        switch pieces[index] {
        case "is" where pieces.isBlank(index - 1) && pieces.isBlank(index + 1): "=="
        case "~" where index == 0: "not "
        default: nil
        }
      }
    }),
    // `x.y`, `x. y`
    Habit(one: { pieces in
      pieces.mapping { index in
        let next = pieces.next(index)
        guard pieces[index] == ".", !pieces.isNumber(index - 1), pieces.isWord(next),
          endsOperand(pieces, index - 1), pieces[next].count == 1
        else { return nil }
        return "*"
      }
    }),
    // `x^¹`
    Habit(one: { pieces in
      pieces.mapping { index in
        guard let digit = superscripts[pieces[index]] else { return nil }
        return pieces[index - 1] == "^" ? digit : "^" + digit
      }
    }),
    // `x^2=4`: a comparison, or the difference of both sides
    Habit({ pieces in
      let signs = pieces.outside("=")
      guard signs.count == 1, signs[0] > 0, !":<>!=".contains(pieces[signs[0] - 1]),
        pieces[signs[0] + 1] != ">"
      else { return [] }
      let (left, right) = (pieces[0, signs[0]], pieces[signs[0] + 1, pieces.all.count])
      let comparison = pieces.replacing(signs[0]..<signs[0] + 1, by: "==")
      let isName = Pieces(left).operand(from: 0) == Pieces(left).indices
      if isName {
        return Pieces(right).all.contains { $0.first?.isLetter == true } ? [] : [comparison]
      }
      return [right == "0" ? left : "\(left)-(\(right))", comparison]
    }),
    // `a=b=3`
    Habit(one: { pieces in
      let signs = pieces.outside("=")
      guard signs.count == 2 else { return nil }
      let middle = pieces[signs[0] + 1, signs[1]]
      return "\(pieces[0, signs[0]]) == \(middle) and "
        + "\(middle) == \(pieces[signs[1] + 1, pieces.all.count])"
    }),
  ]

  private static let doubled = [
    ("^^", "^"), ("***", "**"), ("%%", "%"), ("+=", "+"), ("*^", "e"), ("\\*", "*"), ("\\^", "^"),
  ]

  private static func endsOperand(_ pieces: Pieces, _ index: Int) -> Bool {
    pieces.isNumber(index) || pieces[index] == ")"
      || pieces.isWord(index) && !["and", "or", "not"].contains(pieces[index])
  }

  private static func beginsOperand(_ pieces: Pieces, _ index: Int) -> Bool {
    pieces.isNumber(index) || pieces[index] == "("
      || pieces.isWord(index) && !["and", "or", "not"].contains(pieces[index])
  }

  private static let superscripts = [
    "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
  ]

  /// Words that are never names in formulas.
  static let sentence: Set<String> = [
    "the", "of", "is", "what", "a", "an", "for", "with", "respect", "please", "me", "my", "find",
    "how", "do", "i", "can", "you", "to", "by", "if", "then", "else", "when", "where", "as", "at",
    "and", "or", "let", "solve", "plot", "draw", "integrate", "integral", "derivative", "derive",
    "gradient", "differentiate", "limit", "lim", "def", "lambda", "return", "print", "import",
    "degrees", "degree", "deg", "mod", "div", "plus", "minus", "times", "squared", "cubed", "over",
    "in", "from", "show", "calculate", "compute", "evaluate", "otherwise",
  ]
}
