// Brackets: indices, calls and groups in square or curly ones, lists without, and those that are
// missing.

extension Habit {
  static let brackets: [Habit] = [
    // `x[0]`
    Habit(one: { pieces in
      var text = ""
      var index = 0
      var isChanged = false
      while index < pieces.all.count {
        text += pieces[index]
        if pieces.isWord(index), pieces[index + 1] == "[", pieces.isNumber(index + 2),
          pieces[index + 3] == "]"
        {
          text += pieces[index + 2]
          index += 3
          isChanged = true
        }
        index += 1
      }
      return isChanged ? text : nil
    }),
    // `Sin[x]`, `2[x+1]`, `{x+1}`, `max{x, 0}`
    Habit(one: { pieces in
      var squares = true
      // The base comes first there.
      if pieces.all.contains("Log"), pieces.all.contains(",") { return nil }
      if pieces[0] == "[", pieces.closing(0) == pieces.all.count - 1 { squares = false }
      let isUnderSum = pieces.all.contains("sum") || pieces.all.contains("prod")
      let isIndex: (Int) -> Bool = { index in
        guard pieces[index] == "[", pieces[index + 2] == "]", pieces.isWord(index - 1) else {
          return false
        }
        // `y[i]` in a sum is an element of a list, and no product.
        return pieces.isNumber(index + 1)
          || pieces.isWord(index + 1) && isUnderSum
            && !Catalogue.isFunction(pieces[index - 1].lowercased())
      }
      if pieces.indices.contains(where: isIndex) { return nil }
      return pieces.mapping { index in
        switch pieces[index] {
        case "[" where squares, "{": "("
        case "]" where squares, "}": ")"
        default: nil
        }
      }
    }),
    // `x, y`, `(x, y)`, `{x, y}`, `<x, y>`
    Habit(one: { pieces in
      let whole = pieces[pieces.indices]
      let isAngled = whole.hasPrefix("<") && whole.hasSuffix(">")
      let inner = Pieces(isAngled ? String(whole.dropFirst().dropLast()) : bareOfAny(whole))
      guard !inner.outside(",").isEmpty, !inner.all.contains("=") else { return nil }
      return "[\(inner[inner.indices])]"
    }),
    // `max(x; y)`, `min(1,5; x)`
    Habit(one: { pieces in
      var depth = 0
      let inside = pieces.indices.filter { index in
        if pieces[index] == "(" { depth += 1 }
        if pieces[index] == ")" { depth -= 1 }
        return depth > 0 && pieces[index] == ";"
      }
      guard !inside.isEmpty else { return nil }
      return pieces.mapping { index in
        if inside.contains(index) { return pieces.isBlank(index + 1) ? "," : ", " }
        let isDecimal =
          pieces[index] == "," && pieces.isNumber(index - 1) && pieces.isNumber(index + 1)
        return isDecimal ? "." : nil
      }
    }),
    // `[x; y]`, `[x y]`
    Habit(one: { pieces in
      guard pieces[0] == "[", pieces.closing(0) == pieces.all.count - 1 else { return nil }
      return pieces.mapping { $0 > 0 && pieces[$0] == ";" ? "," : nil }
    }),
    Habit({ pieces in
      let end = pieces.all.count - 1
      guard pieces[0] == "[", pieces.closing(0) == end, !pieces.all.contains(",") else { return [] }
      let isGap: (Int) -> Bool = { index in
        pieces.isBlank(index) && index > 1 && index < end - 1
          && (pieces.isWord(index - 1) || pieces.isNumber(index - 1) || pieces[index - 1] == ")")
          && (pieces.isWord(index + 1) || pieces.isNumber(index + 1))
      }
      return [",", "*"].compactMap { sign in
        pieces.mapping { isGap($0) ? (sign == "," ? ", " : sign) : nil }
      }
    }),
    // `(x+1`
    Habit(one: { pieces in
      let opened = pieces.all.count { $0 == "(" }
      let closed = pieces.all.count { $0 == ")" }
      guard opened > closed else { return nil }
      return pieces[pieces.indices] + String(repeating: ")", count: opened - closed)
    }),
    // `x+1)`
    Habit(one: { pieces in
      var depth = 0
      for index in pieces.indices {
        if pieces[index] == "(" { depth += 1 }
        if pieces[index] == ")" { depth -= 1 }
        if depth < 0 { return pieces.replacing(index..<index + 1, by: "") }
      }
      return nil
    }),
  ]

  private static func bareOfAny(_ text: String) -> String {
    let pieces = Pieces(text)
    guard ["(", "{"].contains(pieces[0]), pieces.closing(0) == pieces.all.count - 1 else {
      return text
    }
    return pieces[1, pieces.all.count - 1]
  }
}
