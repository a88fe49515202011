// `eval --data FILE --reduce`: the sum or the mean of an expression over the rows of a file.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// How the rows become one number.
enum Reduction: String, CaseIterable {
  case sum, mean
}

/// Value and derivatives of a sum over rows, in the variables that have values from `--at`.
struct DataReduction {
  private let reduction: Reduction
  private let request: PointsRequest
  private let parameters: Point
  private let columns: PointColumns
  private let terminal: Terminal
  private var evaluator: RowEvaluator
  private var messages: RowMessages
  private var sums: [CompensatedSum]
  private var results: [Double] = []
  /// The rows of a block: their values, and their lines.
  private var rows: [(values: [Double], line: Int)] = []
  private var sample: RowSample?

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    guard let name = arguments.value("reduce")?.text, let reduction = Reduction(rawValue: name)
    else {
      throw .option("--data needs --reduce", remedy: "--reduce sum, or --reduce mean")
    }
    let request = try PointsRequest(arguments)
    var opened: (any TableReader)?
    var run = try DataReduction(reduction, request, arguments, terminal, opening: &opened)
    guard var reader = opened else { return 2 }
    try run.read(&reader)
    return try run.report()
  }

  private init(
    _ reduction: Reduction, _ request: PointsRequest, _ arguments: Arguments,
    _ terminal: Terminal, opening result: inout (any TableReader)?
  ) throws(Failure) {
    var opened: (any TableReader)?
    var known = Point(names: [], values: [])
    var calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      firstPoint: { expression throws(Failure) in
        known = try Self.parameters(arguments, expression)
        let reader = try request.open(
          terminal, columns: request.names,
          variables: PointsRequest.variables(of: expression).filter { !known.names.contains($0) })
        opened = reader
        return try request.point(of: expression, columns: reader.columns, after: known)
      })
    if calculation.active == nil, calculation.direction == nil { calculation.active = known.names }
    let header = opened?.columns ?? []
    result = opened.map { RowWindow($0, request.rows) }
    self.reduction = reduction
    self.request = request
    self.terminal = terminal
    parameters = known
    columns = PointColumns(
      of: Array(calculation.points[0].names.dropFirst(known.names.count)), in: header)
    evaluator = RowEvaluator(calculation, try EvalCommand.evaluator(arguments, calculation))
    messages = RowMessages(request, terminal, calculation.color)
    sums = evaluator.resultNames.map { _ in CompensatedSum() }
    sample = try RowSample(arguments)
  }

  /// The one point of `--at`.
  private static func parameters(
    _ arguments: Arguments, _ expression: Expression
  ) throws(Failure) -> Point {
    let sources = arguments.values("at").map { SourceText($0.text, name: "--at") }
    guard let source = sources.first else { return Point(names: [], values: []) }
    let points = try asking { () throws(Problem) in
      try PointReader.points(source, after: expression.definitions)
    }
    guard sources.count == 1, points.count == 1 else {
      throw .option("--data needs one point", remedy: "give a value for each variable, no range")
    }
    return points[0]
  }

  // MARK: Rows

  private mutating func read(_ reader: inout any TableReader) throws(Failure) {
    var record = TableRecord()
    let request = request
    while try request.readingTable({ () throws(TableFault) in try reader.read(&record) {} }) {
      var values: [Double] = []
      if let problem = columns.readValues(of: record, into: &values) {
        messages.add(RowFinding(problem: problem), line: record.line)
      } else if sample != nil {
        sample?.add((values, record.line))
      } else {
        take((values, record.line))
      }
    }
    for row in sample?.rows ?? [] { take(row) }
    finishBlock()
    if let failure = evaluator.failure { throw failure }
  }

  private mutating func take(_ row: (values: [Double], line: Int)) {
    rows.append(row)
    if evaluator.takesBlocks {
      for (index, value) in (parameters.values + row.values).enumerated() {
        evaluator.set(index, at: rows.count - 1, to: value)
      }
    }
    if !evaluator.takesBlocks || rows.count == PointBlock.capacity { finishBlock() }
  }

  private mutating func finishBlock() {
    evaluator.run(count: rows.count)
    for (index, row) in rows.enumerated() {
      let finding = evaluator.find(&results, at: index, parameters.values + row.values)
      messages.add(finding, line: row.line)
      guard finding.problem == nil else { continue }
      for index in results.indices { sums[index].add(results[index]) }
    }
    rows.removeAll(keepingCapacity: true)
  }

  // MARK: The answer

  private mutating func report() throws(Failure) -> Int32 {
    let good = messages.rowCount - messages.badCount
    guard good > 0 else {
      messages.finish { "\($0) of \($1) rows have no result" }
      throw .option("\(request.name) has no row with a result", remedy: nil)
    }
    let calculation = evaluator.calculation
    let divisor = reduction == .mean ? Double(good) : 1
    let report = EvaluationReport(
      calculation: calculation, modes: evaluator.evaluator.modes,
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
    let calculation = evaluator.calculation
    let outputs = calculation.outputNames ?? ["value"]
    let active = calculation.active ?? []
    let perOutput = calculation.direction == nil ? active.count : 1
    let first = outputs.count + outputs.count * perOutput
    let mode = evaluator.evaluator.modes[0]
    let sweeps = mode == .forward ? perOutput : outputs.count
    let result = EngineResult(
      mode: mode, values: Array(numbers[..<outputs.count]),
      derivatives: Array(numbers[outputs.count..<first]),
      cost: mode == .forward ? .forwardSweeps(sweeps * rows) : .reverseSweeps(sweeps * rows),
      quotients: [])
    return Evaluation(
      point: parameters, valueNames: outputs,
      names: Array(evaluator.resultNames[outputs.count..<first]), results: [result],
      hessian: evaluator.evaluator.wantsHessian
        ? Self.symmetric(numbers[first...], size: active.count) : nil,
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

/// A sample of rows, each set of so many as likely as any other (J. S. Vitter's algorithm R, 1985).
private struct RowSample {
  private(set) var rows: [(values: [Double], line: Int)] = []
  private let size: Int
  private var random: SplitMix64
  private var count = 0

  /// Nil without `--batch`.
  init?(_ arguments: Arguments) throws(Failure) {
    let size = try arguments.count("batch", in: 1...1_000_000)
    let seed = try arguments.count("seed", in: 0...Int.max)
    if size == nil, seed != nil { throw .option("--seed belongs to --batch", remedy: nil) }
    guard let size else { return nil }
    self.size = size
    random = SplitMix64(state: UInt64(seed ?? 1))
  }

  mutating func add(_ row: (values: [Double], line: Int)) {
    count += 1
    if rows.count < size {
      rows.append(row)
    } else {
      let place = Int.random(in: 0..<count, using: &random)
      if place < size { rows[place] = row }
    }
  }
}
