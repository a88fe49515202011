// How far something long has come, on a line of the terminal that is written over.
import CommandLine
import Text

/// A line on standard error that appears once it takes longer than a second.
struct ProgressLine {
  private static let width = 60

  private let terminal: Terminal
  private let start: Double
  private var shownAt: Double
  private var isShown = false

  /// - Parameter isSeen: whether somebody may look at it.
  init(_ terminal: Terminal, isSeen: Bool = true) {
    self.terminal = terminal
    start = terminal.seconds
    // If nobody sees it, the time never comes.
    shownAt = isSeen && terminal.isErrorTerminal ? start + 0.8 : .infinity
  }

  /// Shows a text, at most five times a second.
  ///
  /// - Parameter text: what to show, after so many seconds.
  mutating func show(_ text: (Double) -> String) {
    guard shownAt < .infinity else { return }
    let now = terminal.seconds
    guard now - shownAt > 0.2 else { return }
    shownAt = now
    isShown = true
    let text = text(now - start)
    terminal.writeError("\r" + text + spaces(max(0, Self.width - text.count)))
  }

  /// Takes the line away before something else is written.
  mutating func clear() {
    guard isShown else { return }
    isShown = false
    terminal.writeError("\r" + spaces(Self.width) + "\r")
  }
}
