// Input from a terminal that can move its cursor: a line editor with history and completion.
import CommandLine
import Text
import Reporting
import Syntax

final class EditedInput: SessionInput {
  private let terminal: Terminal
  private var history: History
  private var decoder = KeyDecoder()
  /// Keys that belong to the next line.
  private var keys: [Key] = []
  private var editor = LineEditor()
  /// The row of the shown text that the cursor is in.
  private var cursorRow = 0
  private let style: TextStyle

  /// Whether the terminal understands what is needed, and gives keys.
  static func isPossible(on terminal: Terminal) -> Bool {
    guard terminal.isInputTerminal, terminal.isOutputTerminal,
      let name = terminal.environment("TERM"), !name.isEmpty, name != "dumb"
    else { return false }
    defer { _ = terminal.interaction.setKeyByKey(false) }
    return terminal.interaction.setKeyByKey(true)
  }

  init(_ terminal: Terminal) {
    self.terminal = terminal
    history = History(terminal)
    style = TextStyle(isEnabled: terminal.allowsColor(for: .output))
  }

  func next(_ session: Session) throws(FileError) -> SourceText? {
    let completer = session.completer
    editor = LineEditor(history: history.lines, commands: session.commandWords)
    begin()
    defer { finish() }
    var lastKey: Key?
    while true {
      // While more input waits, as in a long paste, nothing is drawn.
      if keys.isEmpty, !terminal.interaction.hasInput(0) { draw() }
      guard let key = try nextKey() else { return nil }
      switch editor.handle(key) {
      case .edited: break
      case .refused: if keys.isEmpty { terminal.write("\u{7}") }
      case .accepted(let line):
        history.add(line)
        return SourceText(line)
      case .completionWanted: complete(completer, isRepeated: lastKey == .tab)
      case .interrupted:
        leave("^C")
        editor = LineEditor(history: history.lines, commands: session.commandWords)
      case .ended: return nil
      case .screenCleared:
        terminal.write("\u{1B}[H\u{1B}[2J")
        cursorRow = 0
      case .suspended: suspend()
      }
      lastKey = key
    }
  }

  // MARK: The terminal

  private static let pastesAreMarked = "\u{1B}[?2004h"
  private static let pastesAreNotMarked = "\u{1B}[?2004l"

  private func begin() {
    _ = terminal.interaction.setKeyByKey(true)
    terminal.write(Self.pastesAreMarked)
    cursorRow = 0
  }

  /// Moves below the line and restores the mode that commands expect.
  private func finish() {
    leave("")
    terminal.write(Self.pastesAreNotMarked)
    terminal.flush()
    _ = terminal.interaction.setKeyByKey(false)
  }

  private func suspend() {
    finish()
    terminal.interaction.suspend()
    begin()
  }

  /// Goes to a new line below what is shown.
  private func leave(_ mark: String) {
    let screen = draw()
    let below = screen.rows.count - 1 - cursorRow
    if below > 0 { terminal.write("\u{1B}[\(below)B") }
    terminal.write(mark + "\r\n")
    cursorRow = 0
  }

  /// Draws the line over its previous picture; the width may have changed since.
  @discardableResult private func draw() -> EditorScreen {
    let screen = EditorScreen(
      editor, columns: terminal.width ?? 80, height: terminal.interaction.rows() ?? 24)
    var text = "\r" + (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\u{1B}[J"
    text += screen.rows.map { style.bold($0.prompt) + $0.text }.joined(separator: "\r\n")
    let above = screen.rows.count - 1 - screen.cursor.row
    if above > 0 { text += "\u{1B}[\(above)A" }
    text += "\r" + (screen.cursor.column > 0 ? "\u{1B}[\(screen.cursor.column)C" : "")
    terminal.write(text)
    terminal.flush()
    cursorRow = screen.cursor.row
    return screen
  }

  /// The next key; nil at the end of input.
  private func nextKey() throws(FileError) -> Key? {
    while keys.isEmpty {
      switch try terminal.interaction.readChunk() {
      case .bytes(let bytes): keys = decoder.keys(bytes)
      // A signal from outside; Ctrl-C typed here is a key.
      case .interrupted: return .interrupt
      case .end: return nil
      }
      // A terminal sends all bytes of a sequence at once, so an escape that is alone is the escape
      // key.
      if decoder.hasBegun, !terminal.interaction.hasInput(50) { keys += decoder.flush() }
    }
    return keys.removeFirst()
  }

  // MARK: Completion

  private func complete(_ completer: Completer, isRepeated: Bool) {
    let completion = completer.complete(editor.textBeforeCursor)
    let common = completion.common
    let start = editor.cursor - completion.wordLength
    if common.count > completion.wordLength {
      editor.replace(from: start, with: common)
    } else if completion.candidates.isEmpty || !isRepeated {
      terminal.write("\u{7}")
    } else {
      leave("")
      terminal.write(columns(completion.candidates))
    }
  }

  private static let mostListed = 200

  /// Names side by side, sorted downwards.
  private func columns(_ names: [String]) -> String {
    let shown = names.prefix(Self.mostListed).map { name in
      name.hasSuffix(" ") ? String(name.dropLast()) : name
    }
    let width = (shown.map { displayWidth(of: $0) }.max() ?? 0) + 2
    let across = max(1, (terminal.width ?? 80) / width)
    let down = (shown.count + across - 1) / across
    var text = ""
    for row in 0..<down {
      for index in stride(from: row, to: shown.count, by: down) {
        let isLast = index + down >= shown.count
        text +=
          shown[index]
          + (isLast
            ? "\r\n" : String(repeating: " ", count: width - displayWidth(of: shown[index])))
      }
    }
    return text + (names.count > shown.count ? "...\r\n" : "")
  }
}
