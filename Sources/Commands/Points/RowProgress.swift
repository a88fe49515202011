// How far a long file has been read.
import CommandLine

/// Shows rows, their rate and the time left, once it takes longer than a second.
struct RowProgress {
  private let size: Int?
  private var line: ProgressLine
  private var rows = 0
  private var doneSize = 0

  /// - Parameters:
  ///   - size: how many bytes or points there are, if it is known.
  ///   - output: where the rows go; nil for standard output.
  init(_ terminal: Terminal, size: Int?, output: String?) {
    self.size = size
    line = ProgressLine(terminal, isSeen: output != nil || !terminal.isOutputTerminal)
  }

  /// Counts what has been read, and shows it.
  mutating func add(rows: Int, size: Int) {
    self.rows += rows
    doneSize += size
    let (rows, doneSize, size) = (self.rows, doneSize, self.size)
    line.show { Self.text(rows, doneSize, of: size, after: $0) }
  }

  /// `1200000 rows, 400000 a second, 12 s left`
  private static func text(
    _ rows: Int, _ doneSize: Int, of size: Int?, after seconds: Double
  ) -> String {
    let rate = Double(rows) / max(seconds, 0.001)
    var text = "\(rows) rows, \(Int(min(rate, 1e12))) a second"
    if let size, doneSize > 0 {
      let left = seconds * Double(max(0, size - doneSize)) / Double(doneSize)
      text += ", \(Int(min(left, 1e9).rounded(.up))) s left"
    }
    return text
  }

  /// Takes the line away before something else is written.
  mutating func clear() { line.clear() }
}
