// `eval --points`, `--worker` and the points of ranges as rows: a row of results for each.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// Reads, evaluates and writes rows in their order, in memory for a few pieces.
struct PointsRun {
  private let request: PointsRequest
  private let terminal: Terminal
  private let table: RowTable
  private let task: RowTask
  private let writer: RowWriter
  private let columns: PointColumns
  private var messages: RowMessages
  private var output: RowOutput

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let request = try PointsRequest(arguments)
    var opened: RowTable?
    let calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      points: { expression in
        let table = try request.open(
          terminal, columns: request.columns(of: expression),
          variables: PointsRequest.variables(of: expression))
        opened = table
        return [try request.point(of: expression, columns: table.columns)]
      })
    guard let opened else { throw request.failure(.empty) }
    let task = RowTask(calculation, try EvalCommand.evaluator(arguments, calculation))
    return try run(request, task, opened, terminal)
  }

  /// Evaluates the points of grids.
  static func run(
    _ arguments: Arguments, _ calculation: Calculation, _ grids: [PointGrid], _ terminal: Terminal
  ) throws -> Int32 {
    let request = try PointsRequest(arguments)
    let table = RowTable(
      columns: grids[0].names, layout: .grids(grids),
      rows: GridPoints(count: grids.reduce(0) { $0 + $1.count }, rows: request.rows),
      headerLines: request.rows.lowerBound - 1)
    let task = RowTask(
      calculation, try EvalCommand.evaluator(arguments, calculation), showsAll: true)
    return try run(request, task, table, terminal)
  }

  private static func run(
    _ request: PointsRequest, _ task: RowTask, _ table: RowTable, _ terminal: Terminal
  ) throws -> Int32 {
    var run = try PointsRun(request, task, table, terminal)
    do {
      let status = try run.evaluate()
      try run.output.finish(start: run.writer.finalStart(rows: run.messages.rowCount))
      return status
    } catch {
      run.output.abandon()
      throw error
    }
  }

  private init(
    _ request: PointsRequest, _ task: RowTask, _ table: RowTable, _ terminal: Terminal
  ) throws {
    self.request = request
    self.terminal = terminal
    self.table = table
    self.task = task
    let all = Array(table.columns.indices)
    columns = PointColumns(
      of: task.calculation.points[0].names, in: table.columns,
      showing: request.keepsAll ? all : request.isWorker ? [] : nil)
    writer = RowWriter(
      request.isWorker ? .worker : RowWriter.Form(request.format), header: table.columns, columns,
      results: task.resultNames, showsAll: task.showsAll)
    messages = RowMessages(request, terminal, task.calculation.color, grids: table.layout.grids)
    if request.format == .json, let name = writer.repeatedName {
      throw Failure.option(
        "'\(echo(name))' would be in every object twice", remedy: "take --format csv")
    }
    output = try RowOutput(request.output, terminal)
  }

  private mutating func evaluate() throws -> Int32 {
    try output.write(writer.start)
    for note in task.calculation.notes { messages.show(note, line: 0) }
    let plan = RowPlan(
      task: task, purpose: .rows(writer), columns: columns, layout: table.layout,
      header: table.columns, isStrict: request.isStrict)
    let isComplete = try RowStream.run(table, plan, request, terminal) {
      outcome, lines throws in
      try output.write(outcome.bytes)
      messages.add(outcome.tally, behind: lines)
      return output.isOpen
    }
    if request.isStrict, messages.badCount > 0 { return 1 }
    if !isComplete {
      try messages.stop(leaving: request.output)
      return RowMessages.stoppedStatus
    }
    let noun = task.showsAll ? "points" : "rows"
    messages.finish { "\($0) of \($1) \(noun) have no result, or not all of it" }
    return messages.badCount == 0 || request.isWorker ? 0 : 1
  }
}
