// What is said on standard error about the rows of a file: the first of them, and how many there were.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// What there is to say about some rows: no more than will be shown, and how many there are.
struct RowTally: Sendable {
  /// How many rows are named before the others are only counted.
  static let limit = 10

  enum Item: Sendable {
    case problem(String)
    case remark(Explanation)
  }

  private(set) var items: [(line: Int, item: Item)] = []
  private(set) var rowCount = 0
  private(set) var badCount = 0
  private(set) var warningCount = 0
  private var notes: Set<String> = []

  /// Counts rows that there is nothing to say about.
  mutating func add(goodRows count: Int) { rowCount += count }

  /// Counts a row and takes note of what there is to know of it.
  mutating func add(_ finding: RowFinding, line: Int) {
    rowCount += 1
    for remark in finding.remarks {
      if remark.diagnostic.severity == .note {
        if notes.insert(remark.diagnostic.message).inserted {
          items.append((line, .remark(remark)))
        }
      } else {
        warningCount += 1
        if warningCount <= Self.limit { items.append((line, .remark(remark))) }
      }
    }
    guard let problem = finding.problem else { return }
    badCount += 1
    if badCount <= Self.limit { items.append((line, .problem(problem))) }
  }
}

/// Names rows that are in trouble, within a limit, and counts them.
struct RowMessages {
  let request: PointsRequest
  let terminal: Terminal
  let color: ColorOption
  private(set) var rowCount = 0
  private(set) var badCount = 0
  private var shownCount = 0
  private var warningCount = 0
  private var shownWarnings = 0
  private var shownNotes: Set<String> = []

  init(_ request: PointsRequest, _ terminal: Terminal, _ color: ColorOption) {
    self.request = request
    self.terminal = terminal
    self.color = color
  }

  /// Shows what there is to know of rows behind so many lines: notes once, warnings with their line.
  mutating func add(_ tally: RowTally, behind lines: Int) {
    rowCount += tally.rowCount
    badCount += tally.badCount
    warningCount += tally.warningCount
    for (line, item) in tally.items {
      switch item {
      case .problem(let problem):
        shownCount += 1
        guard shownCount <= RowTally.limit else { continue }
        show(.error, "\(request.name), line \(line + lines): \(problem)")
      case .remark(let remark): show(remark, line: line + lines)
      }
    }
  }

  mutating func show(_ explanation: Explanation, line: Int) {
    let isNote = explanation.diagnostic.severity == .note
    if isNote {
      guard shownNotes.insert(explanation.diagnostic.message).inserted else { return }
    } else {
      shownWarnings += 1
      guard shownWarnings <= RowTally.limit else { return }
    }
    terminal.show(explanation, at: isNote ? nil : "line \(line)", color: color)
  }

  func show(_ severity: Diagnostic.Severity, _ message: String) {
    terminal.show(Diagnostic(severity, message), color: color)
  }

  /// Says how much there was that has not been shown.
  func finish(_ summary: (_ bad: Int, _ all: Int) -> String) {
    if warningCount > RowTally.limit {
      show(.note, "\(warningCount) warnings in all; the first \(RowTally.limit) are shown")
    }
    if badCount > 0, terminal.isOutputOpen { show(.note, summary(badCount, rowCount)) }
  }
}
