// How far a long file has been read, on a line of the terminal that is written over.
import CommandLine
import Text

/// Shows rows, their rate and the time left, once it takes longer than a second.
struct RowProgress {
  private static let width = 60

  private let terminal: Terminal
  private let size: Int?
  private let start: Double
  private var shownAt: Double
  private var isShown = false
  private var rows = 0
  private var doneSize = 0

  /// - Parameters:
  ///   - size: how many bytes or points there are, if it is known.
  ///   - output: where the rows go; nil for standard output.
  init(_ terminal: Terminal, size: Int?, output: String?) {
    self.terminal = terminal
    self.size = size
    start = terminal.seconds
    let isSeen = terminal.isErrorTerminal && (output != nil || !terminal.isOutputTerminal)
    // Where nobody sees it, the time never comes.
    shownAt = isSeen ? start + 0.8 : .infinity
  }

  /// Counts what has been read, and shows it five times a second.
  mutating func add(rows: Int, size: Int) {
    self.rows += rows
    doneSize += size
    guard shownAt < .infinity else { return }
    let now = terminal.seconds
    guard now - shownAt > 0.2 else { return }
    shownAt = now
    isShown = true
    let text = self.text(after: now - start)
    terminal.writeError(
      "\r" + text + String(repeating: " ", count: max(0, Self.width - text.count)))
  }

  /// `1200000 rows, 400000 a second, 12 s left`
  private func text(after seconds: Double) -> String {
    let rate = Double(rows) / max(seconds, 0.001)
    var text = "\(rows) rows, \(Int(min(rate, 1e12))) a second"
    if let size, doneSize > 0 {
      let left = seconds * Double(max(0, size - doneSize)) / Double(doneSize)
      text += ", \(Int(min(left, 1e9).rounded(.up))) s left"
    }
    return text
  }

  /// Takes the line away before something else is said.
  mutating func clear() {
    guard isShown else { return }
    isShown = false
    terminal.writeError("\r" + String(repeating: " ", count: Self.width) + "\r")
  }
}
