// `eval --points` and `--worker`: a file's rows as points, in blocks while there is no wait for more.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// Reads, evaluates and writes rows in their order, in memory for one block.
struct PointsRun {
  /// A row that has been read and not yet been written.
  private struct Row {
    var record = TableRecord()
    /// The values of the variables, where nothing is wrong with the row.
    var values: [Double] = []
    /// What is wrong with it as a row of the table.
    var problem: String?
  }

  private let request: PointsRequest
  private let header: [String]
  private let columns: PointColumns
  private var evaluator: RowEvaluator
  private var messages: RowMessages
  private var writer: RowWriter
  private var output: RowOutput
  private var rows = Array(repeating: Row(), count: PointBlock.capacity)
  /// How many of `rows` wait to be written.
  private var waitingCount = 0
  private var results: [Double] = []
  private var outputFailure: Failure?

  /// The bytes of a row that is not kept waiting, so that a block takes 16 MiB at most.
  private static let longRow = 65_536

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    let request = try PointsRequest(arguments)
    var opened: (any TableReader)?
    var run = try PointsRun(request, arguments, terminal, opening: &opened)
    guard var reader = opened else { return 2 }
    do throws(Failure) {
      let status = try run.evaluate(&reader)
      try run.output.finish(start: run.writer.finalStart(rows: run.messages.rowCount))
      return status
    } catch {
      run.output.abandon()
      throw error
    }
  }

  private init(
    _ request: PointsRequest, _ arguments: Arguments, _ terminal: Terminal,
    opening result: inout (any TableReader)?
  ) throws(Failure) {
    var opened: (any TableReader)?
    let calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      firstPoint: { expression throws(Failure) in
        let reader = try request.open(
          terminal, columns: request.columns(of: expression),
          variables: PointsRequest.variables(of: expression))
        opened = reader
        return try request.point(of: expression, columns: reader.columns)
      })
    header = opened?.columns ?? []
    result = opened.map { RowWindow($0, request.rows) }
    evaluator = RowEvaluator(calculation, try EvalCommand.evaluator(arguments, calculation))
    columns = PointColumns(of: calculation.points[0].names, in: header)
    self.request = request
    let shown = request.keepsAll ? Array(header.indices) : request.isWorker ? [] : columns.places
    writer = RowWriter(
      request.isWorker ? .worker : RowWriter.Form(request.format), header: header, shown: shown,
      variables: columns.places, results: evaluator.resultNames)
    messages = RowMessages(request, terminal, calculation.color)
    if request.format == .json, let name = writer.repeatedName {
      throw .option("'\(echo(name))' would be in every object twice", remedy: "take --format csv")
    }
    output = try RowOutput(request.output, terminal)
  }

  private mutating func evaluate(_ reader: inout any TableReader) throws(Failure) -> Int32 {
    try output.write(writer.start)
    for note in evaluator.calculation.notes { messages.show(note, line: 0) }
    do throws(Failure) {
      try readRows(&reader)
    } catch {
      // What stands before the fault is in order.
      finishBlock()
      if !hasEnded { throw error }
    }
    finishBlock()
    if let outputFailure { throw outputFailure }
    if hasEnded { return 1 }
    if let failure = evaluator.failure { throw failure }
    messages.finish { "\($0) of \($1) rows have no result, or not all of it" }
    return messages.badCount == 0 || request.isWorker ? 0 : 1
  }

  /// Whether a row without a result was the last one, or nothing more can be written.
  private var hasEnded: Bool {
    (request.isStrict && messages.badCount > 0) || outputFailure != nil
  }

  private mutating func readRows(_ reader: inout any TableReader) throws(Failure) {
    let request = request
    var record = TableRecord()
    while output.isOpen, !hasEnded {
      let isRow = try request.readingTable { () throws(TableFault) in
        try reader.read(&record) { finishBlock() }
      }
      guard isRow else { return }
      // A long row waits for no other, and its memory is given back.
      let isLong = record.size > Self.longRow
      if isLong { finishBlock() }
      take(&record)
      if isLong || !evaluator.takesBlocks || waitingCount == rows.count { finishBlock() }
      if isLong { rows[0] = Row() }
    }
  }

  // MARK: A row

  /// Puts a row behind those that wait.
  private mutating func take(_ record: inout TableRecord) {
    let index = waitingCount
    waitingCount += 1
    swap(&rows[index].record, &record)
    rows[index].problem = columns.readValues(of: rows[index].record, into: &rows[index].values)
    guard rows[index].problem == nil, evaluator.takesBlocks else { return }
    for (variable, value) in rows[index].values.enumerated() {
      evaluator.set(variable, at: index, to: value)
    }
  }

  /// Evaluates and writes the rows that wait, up to one that ends the run.
  private mutating func finishBlock() {
    evaluator.run(count: waitingCount)
    for row in 0..<waitingCount where !hasEnded { finish(row) }
    waitingCount = 0
  }

  private mutating func finish(_ row: Int) {
    var finding = RowFinding(problem: rows[row].problem)
    if finding.problem == nil {
      finding = evaluator.find(&results, at: row, rows[row].values)
    }
    if finding.problem != nil {
      results = Array(repeating: .nan, count: evaluator.resultNames.count)
    }
    messages.add(finding, line: rows[row].record.line)
    do throws(Failure) {
      try output.write(writer.text(rows[row].record, rows[row].values, results))
    } catch {
      outputFailure = error
    }
  }
}
