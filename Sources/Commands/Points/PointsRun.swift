// `eval --points` and `--worker`: a file's rows as points, and a row of results for each.
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

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    let request = try PointsRequest(arguments)
    var run = try PointsRun(request, arguments, terminal)
    do throws(Failure) {
      let status = try run.evaluate()
      try run.output.finish(start: run.writer.finalStart(rows: run.messages.rowCount))
      return status
    } catch {
      run.output.abandon()
      throw error
    }
  }

  private init(
    _ request: PointsRequest, _ arguments: Arguments, _ terminal: Terminal
  ) throws(Failure) {
    var opened: RowTable?
    let calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      firstPoint: { expression throws(Failure) in
        let table = try request.open(
          terminal, columns: request.columns(of: expression),
          variables: PointsRequest.variables(of: expression))
        opened = table
        return try request.point(of: expression, columns: table.columns)
      })
    guard let opened else { throw request.failure(.empty) }
    table = opened
    task = RowTask(calculation, try EvalCommand.evaluator(arguments, calculation))
    let all = Array(opened.columns.indices)
    columns = PointColumns(
      of: calculation.points[0].names, in: opened.columns,
      showing: request.keepsAll ? all : request.isWorker ? [] : nil)
    self.request = request
    self.terminal = terminal
    writer = RowWriter(
      request.isWorker ? .worker : RowWriter.Form(request.format), header: opened.columns, columns,
      results: task.resultNames)
    messages = RowMessages(request, terminal, calculation.color)
    if request.format == .json, let name = writer.repeatedName {
      throw .option("'\(echo(name))' would be in every object twice", remedy: "take --format csv")
    }
    output = try RowOutput(request.output, terminal)
  }

  private mutating func evaluate() throws(Failure) -> Int32 {
    try output.write(writer.start)
    for note in task.calculation.notes { messages.show(note, line: 0) }
    let plan = RowPlan(
      task: task, purpose: .rows(writer), columns: columns, layout: table.layout,
      header: table.columns, isStrict: request.isStrict)
    try RowStream.run(table, plan, request, terminal) { outcome, lines throws(Failure) in
      try output.write(outcome.bytes)
      messages.add(outcome.tally, behind: lines)
      return output.isOpen
    }
    if request.isStrict, messages.badCount > 0 { return 1 }
    messages.finish { "\($0) of \($1) rows have no result, or not all of it" }
    return messages.badCount == 0 || request.isWorker ? 0 : 1
  }
}
