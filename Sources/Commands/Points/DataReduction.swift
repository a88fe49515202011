// `eval --data FILE --reduce`: the sum or the mean of an expression over the rows of a file.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// Value and derivatives of a sum over rows, in the variables that have values from `--at`.
struct DataReduction {
  private let reduction: Reduction
  private let request: PointsRequest
  private let parameters: Point
  private let table: RowTable
  private let task: RowTask
  private let columns: PointColumns
  private let terminal: Terminal
  private var messages: RowMessages
  private var sums: [CompensatedSum]
  private var sample: RowSample?
  /// Whether all rows have been read.
  private var isComplete = false

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    guard let name = arguments.value(.reduce)?.text, let reduction = Reduction(rawValue: name)
    else {
      throw Failure.option("--data needs --reduce", remedy: "--reduce sum, or --reduce mean")
    }
    var run = try DataReduction(reduction, try PointsRequest(arguments), arguments, terminal)
    try run.read()
    if !run.isComplete {
      run.messages.show(.error, "stopped after \(run.messages.rowCount) rows, without a result")
      return RowMessages.stoppedStatus
    }
    return try run.report()
  }

  private init(
    _ reduction: Reduction, _ request: PointsRequest, _ arguments: Arguments, _ terminal: Terminal
  ) throws {
    var opened: RowTable?
    var known = Point(names: [], values: [])
    var calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      points: { expression in
        known = try Self.parameters(arguments, expression, terminal)
        let table = try request.open(
          terminal, columns: request.names,
          variables: PointsRequest.variables(of: expression).filter { !known.names.contains($0) })
        opened = table
        return [try request.point(of: expression, columns: table.columns, after: known)]
      })
    guard let opened else { throw request.failure(.empty) }
    table = opened
    if calculation.active == nil { calculation.active = known.names }
    self.reduction = reduction
    self.request = request
    self.terminal = terminal
    parameters = known
    columns = PointColumns(
      of: Array(calculation.points[0].names.dropFirst(known.names.count)), in: opened.columns,
      showing: [])
    task = RowTask(
      calculation, try EvalCommand.evaluator(arguments, calculation), known: known.values)
    messages = RowMessages(request, terminal, calculation.color)
    sums = task.resultNames.map { _ in CompensatedSum() }
    sample = try RowSample(arguments)
  }

  /// The one point of `--at`.
  private static func parameters(
    _ arguments: Arguments, _ expression: Expression, _ terminal: Terminal
  ) throws -> Point {
    let sources = try arguments.pointTexts(terminal)
    guard let source = sources.first else { return Point(names: [], values: []) }
    let points = try PointReader.points(source, after: expression.definitions)
    guard sources.count == 1, points.count == 1 else {
      throw Failure.option(
        "--data needs one point", remedy: "give a value for each variable, no range")
    }
    return points[0]
  }

  // MARK: Rows

  private mutating func read() throws {
    let plan = RowPlan(
      task: task, purpose: sample == nil ? .results : .sample, columns: columns,
      layout: table.layout, header: table.columns, isStrict: false)
    isComplete = try RowStream.run(table, plan, request, terminal) {
      outcome, lines throws in
      messages.add(outcome.tally, behind: lines)
      for row in outcome.rows {
        sample?.add(SampledRow(values: row.values, line: row.line + lines))
      }
      add(outcome.results)
      return true
    }
    guard isComplete, let sample else { return }
    let all = RowPlan(
      task: task, purpose: .results, columns: columns, layout: table.layout,
      header: table.columns, isStrict: false)
    var worker = RowWorker(all)
    let outcome = worker.run(sample.rows)
    if !outcome.isReady, let failure = outcome.failure { throw failure }
    messages.add(outcome.tally, behind: 0)
    add(outcome.results)
  }

  /// Adds rows of results in their order, so that nothing depends on how many threads there are.
  private mutating func add(_ results: [Double]) {
    var next = 0
    while next < results.count {
      for index in sums.indices { sums[index].add(results[next + index]) }
      next += sums.count
    }
  }

  // MARK: The answer

  private mutating func report() throws -> Int32 {
    let good = messages.rowCount - messages.badCount
    guard good > 0 else {
      messages.finish { "\($0) of \($1) rows have no result" }
      throw Failure.option("\(request.name) has no row with a result", remedy: nil)
    }
    let calculation = task.calculation
    let divisor = reduction == .mean ? Double(good) : 1
    let report = EvaluationReport(
      calculation: calculation, modes: task.evaluator.modes,
      evaluations: [evaluation(sums.map { $0.value / divisor }, rows: good)])
    if calculation.format == .json {
      terminal.write(json(report, good).text)
    } else {
      terminal.write(report.text(for: terminal))
      for note in calculation.notes { messages.show(note, line: 0) }
    }
    messages.finish {
      "\($0) of \($1) rows have no result: the \(reduction.rawValue) leaves them out"
    }
    terminal.setAnswer(report.evaluations[0].results[0].values)
    return messages.badCount == 0 ? 0 : 1
  }

  private func json(_ report: EvaluationReport, _ rows: Int) -> JSON {
    guard case .object(var members) = report.json else { return report.json }
    let data: JSON = .object([
      ("reduce", .string(reduction.rawValue)), ("rows", .integer(rows)),
      ("omitted", .integer(messages.badCount)),
    ])
    let place = members.firstIndex { $0.key == "point" } ?? members.count - 1
    members.insert(("data", data), at: place + 1)
    return .object(members)
  }

  /// The sums as if they came from one point.
  private func evaluation(_ numbers: [Double], rows: Int) -> Evaluation {
    let calculation = task.calculation
    let outputs = calculation.outputNames ?? ["value"]
    let active = calculation.active ?? []
    let perOutput = calculation.direction == nil ? active.count : 1
    let first = outputs.count + outputs.count * perOutput
    let second =
      task.evaluator.wantsHessian ? Array(numbers[first...]).rows(outputs.count) : []
    let mode = task.evaluator.modes[0]
    let sweeps = mode == .forward ? perOutput : outputs.count
    let result = EngineResult(
      mode: mode, values: Array(numbers[..<outputs.count]),
      derivatives: Array(numbers[outputs.count..<first]),
      cost: mode == .forward ? .forwardSweeps(sweeps * rows) : .reverseSweeps(sweeps * rows),
      quotients: [])
    return Evaluation(
      point: parameters, valueNames: outputs,
      names: Array(task.resultNames[outputs.count..<first]), results: [result],
      hessians: second.isEmpty || calculation.direction != nil
        ? [] : second.map { Self.symmetric($0, size: active.count) },
      products: calculation.direction != nil ? second.map(Array.init) : [],
      explanations: calculation.notes)
  }

  /// A symmetric matrix from its upper triangle, row by row.
  private static func symmetric(_ triangle: ArraySlice<Double>, size: Int) -> [[Double]] {
    var matrix = Array(repeating: Array(repeating: 0.0, count: size), count: size)
    var next = triangle.startIndex
    for row in 0..<size {
      for column in row..<size {
        matrix[row][column] = triangle[next]
        matrix[column][row] = triangle[next]
        next += 1
      }
    }
    return matrix
  }
}
