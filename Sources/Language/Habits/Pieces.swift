// A short text cut into words, numbers, blanks and signs, for habits of other notations to be found
// in.

struct Pieces {
  let all: [String]

  init(_ text: String) {
    var all: [String] = []
    var last = Kind.sign
    for character in text {
      let kind = Self.kind(of: character, behind: last)
      if kind == last, kind != .sign {
        all[all.count - 1].append(character)
      } else {
        all.append(String(character))
      }
      last = kind
    }
    self.all = all
  }

  private enum Kind { case word, number, blank, sign }

  private static func kind(of character: Character, behind last: Kind) -> Kind {
    guard let scalar = character.unicodeScalars.first else { return .sign }
    if character == "_" || scalar.properties.isAlphabetic { return .word }
    if scalar.properties.isWhitespace { return .blank }
    let isDigit = ("0"..."9").contains(scalar)
    let isIndex = ("\u{2080}"..."\u{2089}").contains(scalar)
    if isDigit || isIndex, last == .word { return .word }
    return isDigit ? .number : .sign
  }

  /// A piece; nothing beyond the ends.
  subscript(_ index: Int) -> String { all.indices.contains(index) ? all[index] : "" }

  subscript(_ range: Range<Int>) -> String { self[range.lowerBound, range.upperBound] }

  /// The pieces from an index up to another, without the blanks around them; nothing where the one is
  /// not before the other.
  subscript(_ start: Int, _ end: Int) -> String {
    let inside = (start..<max(start, end)).clamped(to: all.indices)
    var text = all[inside].joined()[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  var indices: Range<Int> { all.indices }

  func isWord(_ index: Int) -> Bool {
    self[index].unicodeScalars.first.map { $0 == "_" || $0.properties.isAlphabetic } ?? false
  }

  func isNumber(_ index: Int) -> Bool { self[index].first?.isASCIIDigit ?? false }

  func isBlank(_ index: Int) -> Bool { self[index].first?.isWhitespace ?? false }

  /// The next piece that is no blank.
  func next(_ index: Int) -> Int { isBlank(index + 1) ? index + 2 : index + 1 }

  /// The piece before that is no blank; -1 if there is none.
  func previous(_ index: Int) -> Int { isBlank(index - 1) ? index - 2 : index - 1 }

  /// Whether a piece is one of some words, in lower case.
  func isOne(of words: Set<String>, _ index: Int) -> Bool {
    isWord(index) && words.contains(self[index].lowercased())
  }

  /// The bracket that closes the one at an index; nil if none does, or none stands there.
  func closing(_ index: Int) -> Int? {
    guard ["(", "[", "{"].contains(self[index]) else { return nil }
    var depth = 0
    for position in index..<all.count {
      switch all[position] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: break
      }
      if depth == 0 { return position }
    }
    return nil
  }

  /// The bracket that the one at an index closes; nil if it closes none.
  func opening(_ index: Int) -> Int? {
    var depth = 0
    for position in (0...max(index, 0)).reversed() {
      switch self[position] {
      case ")", "]", "}": depth += 1
      case "(", "[", "{": depth -= 1
      default: break
      }
      if depth == 0 { return position }
    }
    return nil
  }

  /// The operand that begins at an index: a number, a name, a call or what is in brackets.
  func operand(from index: Int) -> Range<Int>? {
    if isNumber(index) {
      return self[index + 1] == "." && isNumber(index + 2) ? index..<index + 3 : index..<index + 1
    }
    if self[index] == "(" { return closing(index).map { index..<$0 + 1 } }
    guard isWord(index) else { return nil }
    guard self[index + 1] == "(" else { return index..<index + 1 }
    return closing(index + 1).map { index..<$0 + 1 }
  }

  /// The operand that ends at an index.
  func operand(upTo index: Int) -> Range<Int>? {
    if isNumber(index) {
      return self[index - 1] == "." && isNumber(index - 2)
        ? index - 2..<index + 1 : index..<index + 1
    }
    if isWord(index) { return index..<index + 1 }
    guard self[index] == ")", let start = opening(index) else { return nil }
    return (isWord(start - 1) ? start - 1 : start)..<index + 1
  }

  /// The text with a range of pieces replaced.
  func replacing(_ range: Range<Int>, by text: String) -> String {
    let inside = range.clamped(to: all.indices)
    return all[..<inside.lowerBound].joined() + text + all[inside.upperBound...].joined()
  }

  /// The text with pieces replaced one by one; nil if none is.
  func mapping(_ replacement: (Int) -> String?) -> String? {
    var text = ""
    var isChanged = false
    for (index, piece) in all.enumerated() {
      if let new = replacement(index), new != piece {
        text += new
        isChanged = true
      } else {
        text += piece
      }
    }
    return isChanged ? text : nil
  }

  /// The places of a piece outside of brackets.
  func outside(_ piece: String) -> [Int] {
    var depth = 0
    return all.indices.filter { index in
      switch all[index] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: break
      }
      return depth == 0 && all[index] == piece
    }
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }
}
