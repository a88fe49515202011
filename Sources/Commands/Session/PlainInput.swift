// Input line by line: from a pipe, or from a terminal without cursor keys.
import CommandLine
import Syntax

final class PlainInput: SessionInput {
  private let terminal: Terminal
  private let prompts: Bool
  private var lineNumber = 0

  /// - Parameter prompts: whether somebody types the lines.
  init(_ terminal: Terminal, prompts: Bool) {
    self.terminal = terminal
    self.prompts = prompts
  }

  func next(_ session: Session) throws(FileError) -> SourceText? {
    var unfinished = UnfinishedInput(commands: session.commandWords)
    var lines: [UInt8] = []
    let first = lineNumber + 1
    prompt(Prompt.first)
    reading: while true {
      switch try terminal.readLine() {
      case .end:
        prompt("\n")
        if lines.isEmpty { return nil }
        break reading
      case .interrupted:
        prompt("\n")
        (lines, unfinished) = ([], UnfinishedInput(commands: session.commandWords))
        prompt(Prompt.first)
      case .bytes(let line):
        lineNumber += 1
        unfinished.add(line)
        lines += line + [UInt8(ascii: "\n")]
        try Terminal.checkLine(lines.count)
        let isBlank = line.allSatisfy { $0 <= 0x20 }
        guard unfinished.isUnfinished, !(prompts && isBlank) else { break reading }
        prompt(Prompt.next)
      }
    }
    return SourceText(lines, name: prompts ? nil : "standard input", line: prompts ? 1 : first)
  }

  private func prompt(_ text: String) {
    guard prompts else { return }
    if terminal.isOutputTerminal {
      terminal.write(text)
      terminal.flush()
    } else if terminal.isErrorTerminal {
      terminal.writeError(text)
    }
  }
}

extension Terminal {
  /// A line of standard input without its end.
  func readLine() throws(FileError) -> InputChunk {
    var searched = 0
    while true {
      if let end = pendingInput.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(pendingInput[..<end])
        pendingInput = pendingInput[(end + 1)...]
        return .bytes(line)
      }
      searched = pendingInput.count
      try Self.checkLine(searched)
      switch try interaction.readChunk() {
      case .bytes(let more): pendingInput += more
      case .interrupted:
        pendingInput = []
        return .interrupted
      case .end:
        if pendingInput.isEmpty { return .end }
        defer { pendingInput = [] }
        return .bytes(Array(pendingInput))
      }
    }
  }
}
