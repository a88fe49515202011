// Rows from a table to results: pieces are worked on by a few threads, and taken in their order.
import CommandLine
import Calculus
import Language
import Syntax

/// What became of a piece.
struct RowOutcome: Sendable {
  /// Rows of the output.
  var bytes: [UInt8] = []
  /// The results of the rows that have all of them, row by row.
  var results: [Double] = []
  /// The rows themselves, where nothing is to be evaluated yet.
  var rows: [SampledRow] = []
  var tally = RowTally()
  var lineCount = 0
  /// What made the piece unreadable behind these rows.
  var fault: TableFault?
  /// Whether a row without a result was the last.
  var hasEnded = false
  /// Whether the thread has made the expression ready, and why it could not at first.
  var isReady = false
  var failure: (any Error)?
}

/// What is done with pieces of a table, the same on every thread.
struct RowPlan: Sendable {
  enum Purpose: Sendable {
    /// Rows of the output.
    case rows(RowWriter)
    /// Results that are added up.
    case results
    /// Rows that a sample is drawn of.
    case sample
  }

  let task: RowTask
  let purpose: Purpose
  let columns: PointColumns
  let layout: TableLayout
  let header: [String]
  let isStrict: Bool

  /// What a thread does with each piece.
  func makeWorker() -> (RowChunk) -> RowOutcome {
    var worker = RowWorker(self)
    return { worker.run($0) }
  }
}

/// The way of all pieces through the threads.
struct RowStream {
  /// Is given what became of each piece, and how many lines stand before it; says whether more is wanted.
  typealias Taking = (RowOutcome, _ lines: Int) throws -> Bool

  private let work: OrderedWork<RowChunk, RowOutcome>
  private let request: PointsRequest
  private let terminal: Terminal
  private var flushedAt: Double
  private var lines: Int
  /// The lines that were left out before each piece that is not finished.
  private var skippedLines: [Int] = []
  private var sizes: [Int] = []
  private var progress: RowProgress
  private var isReady = false
  /// Why the expression could not be made ready, as long as it is not.
  private var failure: (any Error)?
  /// Whether nothing more is wanted, or can be had.
  private var hasEnded = false

  /// Runs through a table.
  ///
  /// - Returns: whether it came to its end; not where it was asked to stop.
  static func run(
    _ table: RowTable, _ plan: RowPlan, _ request: PointsRequest, _ terminal: Terminal,
    _ take: Taking
  ) throws -> Bool {
    try terminal.stoppable {
      try runToEnd(table, plan, request, terminal, take)
      return !terminal.isStopWanted
    }
  }

  private static func runToEnd(
    _ table: RowTable, _ plan: RowPlan, _ request: PointsRequest, _ terminal: Terminal,
    _ take: Taking
  ) throws {
    var stream = RowStream(table, plan, request, terminal)
    defer { stream.work.finish() }
    var chunks = table.rows
    chunks.limit(results: plan.task.resultNames.count)
    var fault: (any Error)?
    do {
      try stream.readAll(&chunks, terminal, take)
    } catch {
      if stream.hasEnded { throw error }
      // What stands before the fault is in order.
      fault = error
    }
    try stream.takeAll(take)
    stream.progress.clear()
    if stream.hasEnded || terminal.isStopWanted { return }
    if let fault { throw fault }
    if let (there, all) = chunks.missing {
      throw request.failure(.unusable("it ends after \(there) of \(all) rows"))
    }
    if !stream.isReady, let failure = stream.failure { throw failure }
  }

  private init(
    _ table: RowTable, _ plan: RowPlan, _ request: PointsRequest, _ terminal: Terminal
  ) {
    work = OrderedWork(threads: request.jobs ?? terminal.processorCount) { plan.makeWorker() }
    lines = table.headerLines
    self.request = request
    self.terminal = terminal
    flushedAt = terminal.seconds
    progress = RowProgress(
      terminal, size: table.rows.size, output: request.output)
  }

  /// Hands in all pieces; before there is a wait for one, what is finished goes out.
  private mutating func readAll(
    _ chunks: inout any RowSource, _ terminal: Terminal, _ take: Taking
  ) throws {
    while !hasEnded, !terminal.isStopWanted {
      let chunk = try chunks.next {
        try takeAll(take)
        terminal.flush()
      }
      guard let chunk, !hasEnded else { return }
      skippedLines.append(chunk.skippedLines)
      sizes.append(chunk.bytes.count + chunk.points.count)
      work.submit(chunk)
      while !hasEnded, work.waitingCount > work.usualCount { try takeNext(take) }
    }
  }

  /// Rows that take long go out before the output's block is full.
  private mutating func flush() {
    guard terminal.seconds - flushedAt > 0.1 else { return }
    terminal.flush()
    flushedAt = terminal.seconds
  }

  private mutating func takeAll(_ take: Taking) throws {
    while !hasEnded, work.waitingCount > 0 { try takeNext(take) }
  }

  private mutating func takeNext(_ take: Taking) throws {
    guard let outcome = work.next() else { return }
    lines += skippedLines.removeFirst()
    if outcome.isReady { isReady = true }
    if failure == nil { failure = outcome.failure }
    let former = lines
    lines += outcome.lineCount
    // Until it is known that there is more.
    hasEnded = true
    if !outcome.tally.items.isEmpty { progress.clear() }
    let isWanted = try take(outcome, former)
    flush()
    progress.add(rows: outcome.tally.rowCount + outcome.rows.count, size: sizes.removeFirst())
    if let fault = outcome.fault, isWanted, !outcome.hasEnded {
      throw request.failure(fault.behind(lines: former))
    }
    hasEnded = !isWanted || outcome.hasEnded
  }
}
