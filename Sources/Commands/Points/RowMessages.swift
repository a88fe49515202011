// What is said on standard error about the rows of a file: the first of them, and how many there were.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// Names rows that are in trouble, within a limit, and counts them.
struct RowMessages {
  /// How many rows are named before the others are only counted.
  private static let limit = 10

  let request: PointsRequest
  let terminal: Terminal
  let color: ColorOption
  private(set) var rowCount = 0
  private(set) var badCount = 0
  private var warningCount = 0
  private var shownNotes: Set<String> = []

  init(_ request: PointsRequest, _ terminal: Terminal, _ color: ColorOption) {
    self.request = request
    self.terminal = terminal
    self.color = color
  }

  /// Counts a row and shows what there is to know of it: notes once, warnings with their line.
  mutating func add(_ finding: RowFinding, line: Int) {
    rowCount += 1
    for remark in finding.remarks { show(remark, line: line) }
    guard let problem = finding.problem else { return }
    badCount += 1
    if badCount <= Self.limit { show(.error, "\(request.name), line \(line): \(problem)") }
  }

  mutating func show(_ explanation: Explanation, line: Int) {
    let isNote = explanation.diagnostic.severity == .note
    if isNote, !shownNotes.insert(explanation.diagnostic.message).inserted { return }
    if !isNote { warningCount += 1 }
    guard warningCount <= Self.limit else { return }
    terminal.show(explanation, at: isNote ? nil : "line \(line)", color: color)
  }

  func show(_ severity: Diagnostic.Severity, _ message: String) {
    terminal.show(Diagnostic(severity, message), color: color)
  }

  /// Says how much there was that has not been shown.
  func finish(_ summary: (_ bad: Int, _ all: Int) -> String) {
    if warningCount > Self.limit {
      show(.note, "\(warningCount) warnings in all; the first \(Self.limit) are shown")
    }
    if badCount > 0, terminal.isOutputOpen { show(.note, summary(badCount, rowCount)) }
  }
}
