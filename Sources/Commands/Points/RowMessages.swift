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
    /// A problem that the expression has.
    case reason(Explanation)
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
    guard badCount <= Self.limit else { return }
    items.append((line, finding.reason.map(Item.reason) ?? .problem(problem)))
  }
}

/// Names rows that are in trouble, within a limit, and counts them.
struct RowMessages {
  let request: PointsRequest
  let terminal: Terminal
  let color: ColorOption
  /// The grids that rows are points of, if they are no lines.
  private let grids: [PointGrid]
  private(set) var rowCount = 0
  private(set) var badCount = 0
  private var shownCount = 0
  private var warningCount = 0
  private var shownWarnings = 0
  private var shownNotes: Set<String> = []

  init(
    _ request: PointsRequest, _ terminal: Terminal, _ color: ColorOption, grids: [PointGrid] = []
  ) {
    self.grids = grids
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
        show(.error, "\(fullPlace(line + lines)): \(problem)")
      case .reason(let reason):
        shownCount += 1
        guard shownCount <= RowTally.limit else { continue }
        terminal.show(reason, at: place(line + lines), color: color)
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
    terminal.show(explanation, at: isNote ? nil : place(line), color: color)
  }

  /// Where a row is, as the end of `at …`.
  private func place(_ line: Int) -> String {
    point(line).map(Calculation.text) ?? "line \(line)"
  }

  private func fullPlace(_ line: Int) -> String {
    point(line).map { "at \(Calculation.text(of: $0))" } ?? "\(request.name), line \(line)"
  }

  /// The point that a row of a grid is.
  private func point(_ line: Int) -> Point? {
    var index = line - 1
    for grid in grids {
      if index < grid.count { return grid.point(at: index) }
      index -= grid.count
    }
    return nil
  }

  func show(_ severity: Diagnostic.Severity, _ message: String) {
    terminal.show(Diagnostic(severity, message), color: color)
  }

  /// What a shell reports of a program that Ctrl-C ended.
  static let stoppedStatus: Int32 = 130

  /// Says how far it came before it was asked to stop.
  ///
  /// - Parameter output: the file that is not complete; nil for standard output, which has whole rows.
  func stop(leaving output: String?) throws {
    terminal.flush()
    let message = "stopped after \(rowCount) rows"
    if let output {
      throw Failure.option("\(message); '\(echo(output))' is not written", remedy: nil)
    }
    show(.error, message)
  }

  /// Says how much there was that has not been shown.
  func finish(_ summary: (_ bad: Int, _ all: Int) -> String) {
    if warningCount > RowTally.limit {
      show(.note, "\(warningCount) warnings in all; the first \(RowTally.limit) are shown")
    }
    if badCount > 0, terminal.isOutputOpen { show(.note, summary(badCount, rowCount)) }
  }
}
