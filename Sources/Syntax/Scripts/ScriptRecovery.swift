// Where a script goes on after an error: behind the body in braces that is wrong, or at the command
// that a brace which was forgotten would swallow.

struct ScriptRecovery {
  /// Where the definition begins that is being read.
  var definitionStart: Int?
  /// The command line in which braces are still open.
  fileprivate var swallowedCommand: Int?
  /// Whether there are braces that are never closed; then none are looked for again, which would
  /// take as long as the text for each of many errors.
  fileprivate var hasOpenBraces = false
}

extension ScriptReader {
  /// After an error: goes on with the line behind it, and behind the body in braces that it is in.
  package mutating func recover(behind offset: Int) {
    if let command = recovery.swallowedCommand {
      recovery.swallowedCommand = nil
      position = command
      return
    }
    skipLine(behind: offset)
    guard let start = recovery.definitionStart else { return }
    if let end = endOfBody(in: start, around: position) { skipLine(behind: end) }
  }

  /// What cannot be read in a body is a brace that is missing at its end, if a command follows
  /// further down.
  mutating func braceMeant(insteadOf error: SyntaxError) -> SyntaxError {
    guard !recovery.hasOpenBraces, let start = recovery.definitionStart else { return error }
    var (next, braces): (Int, [Int]) = (start, [])
    while next < bytes.count {
      switch bytes[next] {
      case UInt8(ascii: "{"): braces.append(next)
      case UInt8(ascii: "}"):
        _ = braces.popLast()
        if braces.isEmpty { return error }
      case UInt8(ascii: "#"): next = lineEnd(behind: next) - 1
      case UInt8(ascii: "\n"):
        guard let brace = braces.last else { return error }
        if beginsCommand(at: next + 1) {
          recovery.swallowedCommand = next + 1
          return SyntaxError(.neverClosed("{"), at: SourceRange(start: brace, end: brace + 1))
        }
      default: break
      }
      next += 1
    }
    recovery.hasOpenBraces = !braces.isEmpty
    return error
  }

  /// Whether a line is a command with an argument, which looks like nothing else.
  private func beginsCommand(at offset: Int) -> Bool {
    var word = offset
    while word < bytes.count, isBlank(bytes[word]) { word += 1 }
    guard isCommand(at: word) else { return false }
    while word < bytes.count, bytes[word].continuesASCIIName { word += 1 }
    let end = word
    while word < bytes.count, isBlank(bytes[word]) { word += 1 }
    return word > end && isArgument(at: word)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func lineEnd(behind offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  /// The end of the braces that are open at an offset; nil if there are none, or they stay open.
  private mutating func endOfBody(in start: Int, around offset: Int) -> Int? {
    guard !recovery.hasOpenBraces else { return nil }
    var (depth, next) = (0, start)
    while next < bytes.count, next < offset || depth > 0 {
      switch bytes[next] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "#"): next = lineEnd(behind: next) - 1
      default: break
      }
      next += 1
    }
    recovery.hasOpenBraces = depth > 0
    return depth == 0 && next > offset ? next : nil
  }
}
