// Numbers as other countries and programs write them: `3,5`, `1 000`, `3 1/2`, `0x10`, `10%`,
// `2e^x`.

extension Habit {
  static let numbers: [Habit] = [
    // `1,000,000`, `1 000`, `1'000`, `1.000.000`
    Habit(one: { pieces in grouped(pieces, by: [",", " ", "'", ".", "’"]) }),
    // `3,5`
    Habit(one: { pieces in
      pieces.mapping { index in isDecimalComma(pieces, index) ? "." : nil }
    }),
    // `3 1/2`, `3½`
    Habit(mixed),
    // `0x10`, `0b101`
    Habit(one: { pieces in
      for (prefix, radix) in [("x", 16), ("b", 2), ("o", 8)] {
        for index in pieces.indices where pieces[index] == "0" && pieces.isWord(index + 1) {
          let digits = pieces[index + 1].lowercased()
          guard digits.hasPrefix(prefix), let value = Int(digits.dropFirst(), radix: radix) else {
            continue
          }
          return pieces.replacing(index..<index + 2, by: String(value))
        }
      }
      return nil
    }),
    // `10% of 50`, `x % of y`, `10%`, `x%`
    Habit(one: { pieces in
      guard
        let sign = pieces.indices.first(where: {
          let isLast = $0 == pieces.all.count - 1 && pieces.isWord($0 - 1)
          return pieces[$0] == "%"
            && (pieces.isNumber($0 - 1) || isLast || pieces.isOne(of: ["of"], pieces.next($0)))
        }), let number = pieces.operand(upTo: pieces.previous(sign))
      else { return nil }
      let next = pieces.next(sign)
      if pieces.isOne(of: ["of"], next) {
        return pieces.replacing(
          number.lowerBound..<pieces.next(next), by: "\(pieces[number])/100*")
      }
      return pieces.replacing(number.lowerBound..<sign + 1, by: "(\(pieces[number])/100)")
    }),
    // `2.0f*x`
    Habit(one: { pieces in
      pieces.mapping { index in
        let isDecimal = pieces.isNumber(index - 1) && pieces[index - 2] == "."
        return isDecimal && ["f", "F", "L"].contains(pieces[index]) ? "" : nil
      }
    }),
    // `2e^x`, `5e`: a product with the constant
    Habit(one: { pieces in
      pieces.mapping { index in
        pieces.isNumber(index - 1) && pieces[index].lowercased() == "e" ? "*" + pieces[index] : nil
      }
    }),
    // `1.5x10^3`
    Habit(one: { pieces in
      pieces.mapping { index in
        pieces[index] == "x10" && pieces.isNumber(index - 1) ? "*10" : nil
      }
    }),
  ]

  private static func grouped(_ pieces: Pieces, by separators: Set<String>) -> String? {
    var text = ""
    var isChanged = false
    var index = 0
    while index < pieces.all.count {
      text += pieces[index]
      if pieces.isNumber(index), pieces[index].count <= 3 {
        let separator = pieces[index + 1]
        while separators.contains(separator), pieces[index + 1] == separator,
          pieces.isNumber(index + 2), pieces[index + 2].count == 3
        {
          if separator == ".", !isRepeated(pieces, index) { break }
          text += pieces[index + 2]
          index += 2
          isChanged = true
        }
      }
      index += 1
    }
    return isChanged ? text : nil
  }

  /// Points separate groups of digits if there are two of them, or if a comma follows: `1.000,5`.
  private static func isRepeated(_ pieces: Pieces, _ index: Int) -> Bool {
    [".", ","].contains(pieces[index + 3]) && pieces.isNumber(index + 4)
      || pieces[index - 1] == "."
  }

  private static func isDecimalComma(_ pieces: Pieces, _ index: Int) -> Bool {
    pieces[index] == "," && pieces.isNumber(index - 1) && pieces.isNumber(index + 1)
      && pieces[index - 2] != "." && pieces[index + 2] != "."
  }

  @Sendable private static func mixed(_ pieces: Pieces) -> [String] {
    for index in pieces.indices where pieces.isNumber(index) {
      if let half = fractions[pieces[index + 1]] {
        return [
          pieces.replacing(index..<index + 2, by: "(\(pieces[index])+\(half))"),
          pieces.replacing(index..<index + 2, by: "\(pieces[index])*\(half)"),
        ]
      }
      guard pieces.isBlank(index + 1), pieces.isNumber(index + 2), pieces[index + 3] == "/",
        pieces.isNumber(index + 4)
      else { continue }
      let part = pieces[index + 2, index + 5]
      let range = index..<index + 5
      return [
        pieces.replacing(range, by: "(\(pieces[index])+\(part))"),
        pieces.replacing(range, by: "\(pieces[index])*\(part)"),
      ]
    }
    return []
  }

  private static let fractions = [
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8",
  ]
}
