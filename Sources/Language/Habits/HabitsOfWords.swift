// Formulas in words: `x squared`, `the square root of x`, `2 times x`, `5 mod 3`, `30 degrees`.

import Text

extension Habit {
  static let words: [Habit] = [
    // Phrases, the longer ones first.
    Habit(one: { pieces in
      let text = " " + pieces.all.joined() + " "
      var changed = text
      for (phrase, instead) in phrases {
        changed = replacing(" \(phrase) ", by: instead, in: changed)
      }
      return changed == text ? nil : trimmed(changed)
    }),
    // `cube root of x`
    Habit(one: { pieces in
      guard let word = pieces.all.firstIndex(of: "cube"), pieces[word + 2] == "root",
        let range = pieces.operand(from: word + 6), pieces.isOne(of: ["of"], word + 4)
      else { return nil }
      let start = pieces[word - 2] == "the" ? word - 2 : word
      return pieces.replacing(
        start..<range.upperBound, by: "cbrt(\(bare(pieces[range])))")
    }),
    // `the square root of x`, `sine of x`
    Habit(one: { pieces in
      for index in pieces.indices {
        guard let function = function(ofWord: pieces[index].lowercased()) else { continue }
        var start = index
        if function == "sqrt", pieces[index] == "root", pieces[index - 2] == "square" { start -= 2 }
        if function == "sqrt", pieces[index] == "root", pieces[index - 2] == "cube" { continue }
        if pieces[start - 2] == "the" { start -= 2 }
        let of = pieces.next(index)
        guard pieces.isOne(of: ["of"], of) else { continue }
        let operand = pieces.next(of)
        guard var range = pieces.operand(from: operand) else { continue }
        // `2x`
        if pieces.isNumber(range.upperBound - 1), pieces.isWord(range.upperBound) {
          range = range.lowerBound..<range.upperBound + 1
        }
        return pieces.replacing(
          start..<range.upperBound, by: "\(function)(\(bare(pieces[range])))")
      }
      return nil
    }),
    // `sum of x and y`, `the product of x and y`
    Habit(one: { pieces in
      let signs = ["sum": "+", "difference": "-", "product": "*", "quotient": "/"]
      guard let word = pieces.indices.first(where: { signs[pieces[$0]] != nil }),
        let sign = signs[pieces[word]], pieces.isOne(of: ["of"], word + 2),
        let first = pieces.operand(from: word + 4),
        pieces.isOne(of: ["and"], pieces.next(first.upperBound - 1)),
        let second = pieces.operand(from: pieces.next(pieces.next(first.upperBound - 1)))
      else { return nil }
      return pieces.replacing(
        (pieces[word - 2] == "the" ? word - 2 : word)..<second.upperBound,
        by: "(\(pieces[first]) \(sign) \(pieces[second]))")
    }),
    // `17 div 5`, `x // 2`
    Habit(one: { pieces in
      for index in pieces.indices {
        let isWord = pieces.isOne(of: ["div"], index)
        guard isWord || pieces[index] == "/" && pieces[index + 1] == "/" else { continue }
        let last = isWord ? index : index + 1
        guard let left = pieces.operand(upTo: pieces.previous(index)),
          let right = pieces.operand(from: pieces.next(last))
        else { continue }
        return pieces.replacing(
          left.lowerBound..<right.upperBound, by: "floor(\(pieces[left])/\(pieces[right]))")
      }
      return nil
    }),
    // `30 degrees`
    Habit(one: { pieces in
      let units: Set<String> = ["degrees", "degree", "deg"]
      guard let unit = pieces.indices.first(where: { pieces.isOne(of: units, $0) }),
        let number = pieces.operand(upTo: pieces.previous(unit)),
        pieces.isNumber(number.upperBound - 1)
      else { return nil }
      return pieces.replacing(number.lowerBound..<unit + 1, by: "(\(pieces[number])*pi/180)")
    }),
    // A comment behind `//` or `%`
    Habit(one: { pieces in
      guard let end = pieces.indices.first(where: { pieces[$0] == "/" && pieces[$0 + 1] == "/" })
      else { return nil }
      return pieces[0, end]
    }),
  ]

  private static let phrases = [
    ("absolute value of", " abs of "), ("natural log of", " ln of "),
    ("natural logarithm of", " ln of "), ("log base 2 of", " log2 of "),
    ("log base 10 of", " log10 of "), ("arc sin", " asin "), ("arc cos", " acos "),
    ("arc tan", " atan "), ("half of", " 0.5*"), ("one", " 1 "), ("two", " 2 "), ("three", " 3 "),
    ("four", " 4 "), ("five", " 5 "),
    ("to the power of", "^"), ("raised to", "^"), ("to the", "^"), ("divided by", "/"),
    ("multiplied by", "*"), ("squared", "^2 "), ("cubed", "^3 "), ("times", "*"), ("plus", " + "),
    ("minus", " - "), ("over", "/"), ("mod", " % "), ("MOD", " % "), ("modulo", " % "),
    ("equals", " == "),
  ]

  private static func function(ofWord word: String) -> String? {
    switch word {
    case "sine": "sin"
    case "cosine": "cos"
    case "tangent": "tan"
    case "root": "sqrt"
    case "logarithm": "ln"
    case "exponential": "exp"
    case _ where Catalogue.takes(1, word): word
    default: nil
    }
  }
}
