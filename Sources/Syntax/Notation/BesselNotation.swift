// Bessel functions as books have them: `J_{2}\left(x\right)` is besselj(2, x).

extension NotationReader {
  /// How far the end of an order is looked for.
  private static let longestOrder = 200

  /// The function that a letter with an index in braces is, where an argument in parentheses
  /// follows.
  func besselFunction(_ letter: String) -> String? {
    guard let function = ["J_": "besselj", "Y_": "bessely"][letter],
      argumentStart(behindBraceAt: lexer.position) != nil
    else { return nil }
    return function
  }

  /// `besselj(` in place of `J_{`
  mutating func beginOrder(_ function: String, _ range: SourceRange) {
    emit(name: function, at: range)
    emit(.leftParenthesis, at: range.end)
    lexer.position += 1
    closers.append(.order)
  }

  /// A comma in place of the closing brace and the parenthesis behind it.
  mutating func endOrder(at offset: Int) {
    guard let start = argument(from: lexer.position) else { return hasFailed = true }
    emit(.comma, at: offset)
    lexer.position = start
  }

  /// Where the argument begins behind the brace that closes the one at an offset.
  private func argumentStart(behindBraceAt offset: Int) -> Int? {
    var depth = 0
    for place in offset..<min(bytes.count, offset + Self.longestOrder) {
      switch bytes[place] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return argument(from: place + 1) }
      default: break
      }
    }
    return nil
  }

  /// Where what is in parentheses begins; nil where no parenthesis follows.
  private func argument(from offset: Int) -> Int? {
    var offset = offset
    while lexer.byte(at: offset) == 0x20 { offset += 1 }
    if bytes[min(offset, bytes.count)...].starts(with: "\\left".utf8) { offset += 5 }
    return lexer.byte(at: offset) == UInt8(ascii: "(") ? offset + 1 : nil
  }
}
