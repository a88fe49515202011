// Conditionals of other languages, and the signs and words that they join conditions with.

extension Habit {
  static let conditionals: [Habit] = [
    // `c ? a : b`
    Habit(one: { pieces in
      guard let mark = pieces.outside("?").first,
        let colon = pieces.outside(":").first(where: { $0 > mark })
      else { return nil }
      return form(
        pieces[0, mark], pieces[mark + 1, colon], pieces[colon + 1, pieces.all.count])
    }),
    // `if c then a else b`, `if (c) a else b`
    Habit(one: { pieces in
      guard pieces.isOne(of: ["if"], 0), let other = word("else", in: pieces) else { return nil }
      let end = pieces[other + 1, pieces.all.count]
      if let then = word("then", in: pieces) ?? pieces.outside(":").first {
        return form(pieces[1, then], pieces[then + 1, other], end)
      }
      let start = pieces.next(0)
      guard pieces[start] == "(", let close = pieces.closing(start) else { return nil }
      return form(bare(pieces[start, close + 1]), pieces[close + 1, other], end)
    }),
    // `a if c else b`
    Habit(one: { pieces in
      guard let start = word("if", in: pieces), start > 0, let other = word("else", in: pieces),
        other > start
      else { return nil }
      return form(
        pieces[start + 1, other], pieces[0, start], pieces[other + 1, pieces.all.count])
    }),
    // `{a if c, b otherwise}`
    Habit(one: { pieces in
      let inner = Pieces(inBraces(pieces))
      guard let start = word("if", in: inner), let comma = inner.outside(",").first,
        let other = word("otherwise", in: inner), start < comma, comma < other
      else { return nil }
      return form(inner[start + 1, comma], inner[0, start], inner[comma + 1, other])
    }),
    // `{x > 0: a, b}`, `\\left\\{x > 0: a, b\\right\\}`
    Habit(one: { pieces in
      var text = pieces[pieces.indices]
      for frame in ["\\left\\{", "\\right\\}", "\\{", "\\}"] {
        text = replacing(frame, by: frame.contains("{") ? "{" : "}", in: text)
      }
      let all = Pieces(text)
      guard all[0] == "{", all.closing(0) == all.all.count - 1 else { return nil }
      let inner = Pieces(all[1, all.all.count - 1])
      guard let colon = inner.outside(":").first,
        let comma = inner.outside(",").first(where: { $0 > colon })
      else { return nil }
      return form(
        inner[0, colon], inner[colon + 1, comma], inner[comma + 1, inner.all.count])
    }),
    // `&&`, `||`, `!`, `<>`, `=<`, `AND`
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      var changed = text
      for (sign, instead) in signsOfPrograms { changed = replacing(sign, by: instead, in: changed) }
      return changed == text ? nil : changed
    }),
    Habit(one: { pieces in
      pieces.mapping { index in
        guard ["AND", "OR", "NOT"].contains(pieces[index]) else { return nil }
        return pieces[index].lowercased()
      }
    }),
    Habit(one: { pieces in
      guard pieces.indices.contains(where: { ["<", ">"].contains(pieces[$0]) }) else { return nil }
      return pieces.mapping { index in
        pieces[index] == "&" ? "and" : pieces[index] == "|" ? "or" : nil
      }
    }),
    Habit({ pieces in
      guard pieces.outside("!").first == 0 else { return [] }
      return ["not " + pieces[1, pieces.all.count]]
    }),
  ]

  private static let signsOfPrograms = [
    ("&&", " and "), ("||", " or "), ("<>", "!="), ("=<", "<="), ("=>", ">="), ("===", "=="),
    ("!==", "!="), ("~=", "!="), ("/=", "!="),
  ]

  private static func form(_ condition: String, _ a: String, _ b: String) -> String? {
    let isWhole = !condition.isEmpty && !a.isEmpty && !b.isEmpty
    return isWhole ? "if(\(bare(condition)), \(a), \(b))" : nil
  }

  private static func inBraces(_ pieces: Pieces) -> String {
    let isWhole = pieces[0] == "{" && pieces.closing(0) == pieces.all.count - 1
    return isWhole ? pieces[1, pieces.all.count - 1] : pieces[pieces.indices]
  }

  /// Where a word stands outside of brackets.
  static func word(_ word: String, in pieces: Pieces) -> Int? {
    pieces.outside(word).first ?? pieces.outside(word.uppercased()).first
  }

  /// A text with every occurrence of another in it replaced, blanks around it made one.
  static func replacing(_ part: String, by other: String, in text: String) -> String {
    let (text, part) = (Array(text), Array(part))
    var result = ""
    var index = 0
    while index < text.count {
      if text[index...].starts(with: part) {
        let joins = other.hasPrefix(" ") && result.hasSuffix(" ")
        result += joins ? String(other.dropFirst()) : other
        index += part.count
        if other.hasSuffix(" "), index < text.count, text[index] == " " { index += 1 }
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}
