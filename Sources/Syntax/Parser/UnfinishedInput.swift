// Whether what is typed line by line goes on with the next line.

/// Follows a text line by line: it is unfinished while a bracket or a quote is open, behind a sign
/// that wants an operand, and behind a `\` that joins two lines.
package struct UnfinishedInput {
  private enum State {
    /// Between statements.
    case outside
    /// In a command line, between the quotes that are open.
    case command(quote: UInt8?)
    case expression(depth: Int, wantsOperand: Bool)
  }

  private let commands: Set<String>
  private var state = State.outside

  /// - Parameter commands: the words that begin a command line.
  package init(commands: Set<String>) {
    self.commands = commands
  }

  /// Whether more lines would have to follow: something is open, or an operand is missing.
  package var isUnfinished: Bool {
    if case .outside = state { false } else { true }
  }

  /// Takes a line without its end.
  package mutating func add(_ line: [UInt8]) {
    var position = 0
    repeat {
      switch state {
      case .outside: begin(line, &position)
      case .command(let quote): readCommand(line, &position, quote: quote)
      case .expression: readExpression(line, &position)
      }
    } while position < line.count
  }

  private mutating func begin(_ line: [UInt8], _ position: inout Int) {
    var reader = ScriptReader(SourceText(line), commands: commands)
    reader.position = max(position, reader.position)
    reader.skipSeparators()
    position = reader.position
    guard position < line.count else { return }
    state =
      reader.isCommand(at: position)
      ? .command(quote: nil) : .expression(depth: 0, wantsOperand: false)
  }

  /// Up to the end of the line or a `;` outside of quotes.
  private mutating func readCommand(_ line: [UInt8], _ position: inout Int, quote: UInt8?) {
    var quote = quote
    while position < line.count {
      let byte = line[position]
      position += 1
      switch Unicode.Scalar(byte) {
      case "\\" where quote != UInt8(ascii: "'"):
        if line[position...].allSatisfy({ $0 == 0x0D }) {
          state = .command(quote: quote)
          position = line.count
          return
        }
        position += 1
      case "'", "\"": quote = quote == nil ? byte : quote == byte ? nil : quote
      case "#" where quote == nil && beginsWord(position - 1, in: line): position = line.count
      case ";" where quote == nil:
        state = .outside
        return
      default: break
      }
    }
    position = line.count
    state = quote == nil ? .outside : .command(quote: quote)
  }

  private func beginsWord(_ offset: Int, in line: [UInt8]) -> Bool {
    offset == 0 || line[offset - 1] <= 0x20 || line[offset - 1] == UInt8(ascii: ";")
  }

  /// Up to a `;` or the end of the line outside of brackets.
  private mutating func readExpression(_ line: [UInt8], _ position: inout Int) {
    guard case .expression(var depth, var wantsOperand) = state else { return }
    var lexer = Lexer(line, from: position)
    while let token = try? lexer.next(), token.kind != .end {
      wantsOperand = false
      switch token.kind {
      case .binaryOperator, .not, .root, .assign: wantsOperand = true
      case .stray where joinsLines(line, at: token.range.start): wantsOperand = true
      case .semicolon where depth <= 0:
        state = .outside
        position = token.range.end
        return
      default: depth += bracket(line[token.range.start])
      }
      position = token.range.end
    }
    // What the lexer cannot read is an error, which no further line repairs.
    let isReadable = lexer.isAtEnd
    position = line.count
    let goesOn = isReadable && (depth > 0 || wantsOperand)
    state = goesOn ? .expression(depth: depth, wantsOperand: wantsOperand) : .outside
  }

  /// Whether a `\` stands at the end of a line.
  private func joinsLines(_ line: [UInt8], at offset: Int) -> Bool {
    line[offset] == UInt8(ascii: "\\") && line[(offset + 1)...].allSatisfy { $0 == 0x0D }
  }

  private func bracket(_ byte: UInt8) -> Int {
    switch Unicode.Scalar(byte) {
    case "(", "[", "{": 1
    case ")", "]", "}": -1
    default: 0
    }
  }
}

extension Lexer {
  /// Whether nothing follows but blanks and a comment.
  fileprivate var isAtEnd: Bool {
    var rest = self
    return (try? rest.next())?.kind == .end
  }
}
