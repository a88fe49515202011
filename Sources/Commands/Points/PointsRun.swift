// `autodiff eval --points`: a file's rows as points, in blocks while there is no wait for more.
import Calculus
import Language
import Reporting
import Syntax

/// Reads, evaluates and writes rows in their order, in memory for one block.
struct PointsRun {
  /// A row that has been read and not yet been written.
  private struct Row {
    var record = CSVReader.Record()
    /// The values of the variables, where nothing is wrong with the row.
    var values: [Double] = []
    /// What is wrong with it as a row of the table.
    var problem: String?
  }

  private let request: PointsRequest
  private let terminal: Terminal
  private let calculation: Calculation
  private let evaluator: Evaluator
  private let header: [String]
  /// For each variable, its column.
  private let columns: [Int]
  private let resultNames: [String]
  private var writer: RowWriter
  private var computations: [Computation] = []
  /// The outputs at many points at once; empty where each row goes its own way.
  private var blocks: [PointBlock] = []
  /// For each output, the variables that derivatives are shown in.
  private var activeVariables: [[Int]] = []
  private var rows = Array(repeating: Row(), count: PointBlock.capacity)
  /// How many of `rows` wait to be written.
  private var waitingCount = 0
  private var results: [Double] = []
  private var rowCount = 0
  private var badCount = 0
  private var warningCount = 0
  private var shownNotes: Set<String> = []
  /// Why the expression could not be made ready at the first row; what it says holds for the
  /// expression where no other row could either.
  private var firstFailure: Failure?

  /// The bytes of a row that is not kept waiting, so that a block takes 16 MiB at most.
  private static let longRow = 65_536
  /// How many rows are named before the others are only counted.
  private static let messageLimit = 10

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    let request = try PointsRequest(arguments)
    let readPiece = try reading { () throws(FileError) in try terminal.openFile(request.path) }
    var reader = CSVReader(separator: request.separator) { () throws(FileError) in
      // What is finished goes out before anything has to be waited for.
      terminal.flush()
      return try readPiece()
    }
    guard let header = try request.reading({ () throws(CSVReader.Fault) in try reader.header() })
    else { throw .option("\(request.name) is empty", remedy: "its first row names the columns") }
    if header.isMalformed {
      throw .option("\(request.name): the first row has text beside its quotes", remedy: nil)
    }
    var run = try PointsRun(request, header, arguments, terminal)
    return try run.evaluate(&reader)
  }

  private init(
    _ request: PointsRequest, _ header: CSVReader.Record, _ arguments: Arguments,
    _ terminal: Terminal
  ) throws(Failure) {
    let names = (0..<header.count).map { index in
      String(
        String(decoding: header[index], as: UTF8.self).drop { $0 == " " }.reversed()
          .drop { $0 == " " }.reversed())
    }
    calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      firstPoint: { expression throws(Failure) in
        try request.point(of: expression, columns: names)
      })
    evaluator = try EvalCommand.evaluator(arguments, calculation)
    columns = calculation.points[0].names.map { names.firstIndex(of: $0) ?? 0 }
    self.request = request
    self.terminal = terminal
    self.header = names
    resultNames = calculation.resultNames(withSecond: evaluator.wantsHessian)
    writer = RowWriter(
      isJSON: calculation.format == .json, header: names,
      shown: request.keepsAll ? Array(names.indices) : columns, variables: columns,
      results: resultNames)
  }

  private mutating func evaluate(_ reader: inout CSVReader) throws(Failure) -> Int32 {
    if writer.isJSON {
      var seen: Set<String> = []
      if let name = writer.names.first(where: { !seen.insert($0).inserted }) {
        throw .option("'\(echo(name))' would be in every object twice", remedy: "take --format csv")
      }
    } else {
      terminal.write(writer.header)
    }
    for note in calculation.notes { show(note, line: 0) }
    do throws(Failure) {
      try readRows(&reader)
    } catch {
      // What stands before the fault is in order.
      finishBlock()
      if !hasEnded { throw error }
    }
    finishBlock()
    if hasEnded { return 1 }
    if computations.isEmpty, let firstFailure { throw firstFailure }
    if warningCount > Self.messageLimit {
      show(.note, "\(warningCount) warnings in all; the first \(Self.messageLimit) are shown")
    }
    if badCount > 0, terminal.isOutputOpen {
      show(.note, "\(badCount) of \(rowCount) rows have no result, or not all of it")
    }
    return badCount == 0 ? 0 : 1
  }

  /// Whether a row without a result was the last one.
  private var hasEnded: Bool { request.isStrict && badCount > 0 }

  private mutating func readRows(_ reader: inout CSVReader) throws(Failure) {
    let request = request
    var record = CSVReader.Record()
    while terminal.isOutputOpen, !hasEnded {
      let isRow = try request.reading { () throws(CSVReader.Fault) in
        try reader.read(&record) { finishBlock() }
      }
      guard isRow else { return }
      // A long row waits for no other, and its memory is given back.
      let isLong = record.size > Self.longRow
      if isLong { finishBlock() }
      take(&record)
      if isLong || blocks.isEmpty || waitingCount == rows.count { finishBlock() }
      if isLong { rows[0] = Row() }
    }
  }

  // MARK: A row

  /// Puts a row behind those that wait.
  private mutating func take(_ record: inout CSVReader.Record) {
    let index = waitingCount
    waitingCount += 1
    swap(&rows[index].record, &record)
    rows[index].problem = readValues(index)
  }

  /// Reads the values of the variables; gives what is wrong with the row as one of the table.
  private mutating func readValues(_ row: Int) -> String? {
    rows[row].values.removeAll(keepingCapacity: true)
    let record = rows[row].record
    if record.isMalformed { return "a field has text beside its quotes" }
    if record.count != header.count {
      let fields = record.count == 1 ? "1 field" : "\(record.count) fields"
      return "\(fields), where the first row has \(header.count)"
    }
    for (variable, column) in columns.enumerated() {
      guard let value = decimalNumber(record[column]) else {
        let text = echo(String(decoding: record[column], as: UTF8.self))
        let wrong = text.isEmpty ? "nothing is there" : "'\(text)' is not a finite number"
        return "column '\(echo(header[column]))': \(wrong)"
      }
      rows[row].values.append(value)
      for index in blocks.indices { blocks[index].set(variable, at: row, to: value) }
    }
    return nil
  }

  /// Evaluates and writes the rows that wait, up to one that ends the run.
  private mutating func finishBlock() {
    for index in blocks.indices { blocks[index].run(count: waitingCount) }
    for row in 0..<waitingCount where !hasEnded { finish(row) }
    waitingCount = 0
  }

  private mutating func finish(_ row: Int) {
    rowCount += 1
    if let problem = rows[row].problem ?? evaluate(row) {
      badCount += 1
      if badCount <= Self.messageLimit {
        show(.error, "\(request.name), line \(rows[row].record.line): \(problem)")
      }
      if rows[row].problem != nil { setNoResults() }
    }
    terminal.write(bytes: writer.text(rows[row].record, results))
  }

  private mutating func setNoResults() {
    results = Array(repeating: .nan, count: resultNames.count)
  }

  /// Finds the results of a row; gives what is wrong with them, if anything is.
  private mutating func evaluate(_ row: Int) -> String? {
    if !blocks.isEmpty, blocks.indices.allSatisfy({ blocks[$0].isSettled(at: row) }) {
      results.removeAll(keepingCapacity: true)
      for index in blocks.indices { results.append(blocks[index].value(at: row)) }
      for index in blocks.indices {
        for variable in activeVariables[index] {
          results.append(blocks[index].partial(variable, at: row))
        }
      }
      return nil
    }
    do {
      var point = calculation.points[0]
      point.values = rows[row].values
      return found(try evaluation(at: point), line: rows[row].record.line)
    } catch {
      if computations.isEmpty, firstFailure == nil { firstFailure = error }
      setNoResults()
      return error.diagnostic.message
    }
  }

  private mutating func evaluation(at point: Point) throws(Failure) -> Evaluation {
    if computations.isEmpty || computations.contains(where: \.isBoundToPoint) {
      let wanted = calculation.active ?? calculation.direction?.movingNames
      computations = try asking { () throws(Problem) in
        try Computation.outputs(of: calculation.expression, at: point, withRespectTo: wanted)
      }
      blocks = pointBlocks
      activeVariables = computations.map(calculation.activeVariables)
    }
    if evaluator.formula == .complexStep { try calculation.checkComplexStep(computations) }
    return evaluator.evaluate(computations, at: point)
  }

  /// Blocks for the outputs, where gradients by reverse mode are all that is wanted and every row takes
  /// the same smooth path.
  private var pointBlocks: [PointBlock] {
    guard evaluator.modes == [.reverse], !evaluator.wantsHessian, calculation.direction == nil,
      computations.reduce(0, { $0 + $1.tape.count }) <= PointBlock.slotLimit,
      computations.allSatisfy({ !$0.isBoundToPoint && $0.path.boundary == nil })
    else { return [] }
    let blocks = computations.compactMap { PointBlock($0.tape) }
    return blocks.count == computations.count ? blocks : []
  }

  private mutating func found(_ evaluation: Evaluation, line: Int) -> String? {
    let result = evaluation.results[0]
    let second = evaluation.hessian.map { hessian in
      hessian.indices.flatMap { hessian[$0][$0...] }
    }
    results = result.values + result.derivatives + (second ?? [])
    for explanation in evaluation.explanations where !explanation.isError {
      show(explanation, line: line)
    }
    let problem = evaluation.explanations.first(where: \.isError)?.diagnostic.message
    let isComplete = results.allSatisfy(\.isFinite)
    return problem ?? (isComplete ? nil : "a result is beyond the range of numbers")
  }

  // MARK: Messages

  /// Shows what there is to know of a result that exists: notes once, warnings with their line.
  private mutating func show(_ explanation: Explanation, line: Int) {
    let isNote = explanation.diagnostic.severity == .note
    if isNote, !shownNotes.insert(explanation.diagnostic.message).inserted { return }
    if !isNote { warningCount += 1 }
    guard warningCount <= Self.messageLimit else { return }
    terminal.show(explanation, at: isNote ? nil : "line \(line)", color: calculation.color)
  }

  private func show(_ severity: Diagnostic.Severity, _ message: String) {
    terminal.show(Diagnostic(severity, message), color: calculation.color)
  }
}

extension Calculation {
  /// What the results of a row are called: values, derivatives, the upper triangle of second ones.
  fileprivate func resultNames(withSecond: Bool) -> [String] {
    let variables = points[0].names.filter { active?.contains($0) ?? true }
    let first = (outputNames ?? [""]).flatMap { output in
      direction != nil
        ? [output.isEmpty ? "derivative" : "derivative of \(output)"]
        : variables.map { "d\(output)/d\($0)" }
    }
    let second = variables.indices.flatMap { row in
      variables[row...].map { Evaluation.secondName(variables[row], $0) }
    }
    return (outputNames ?? ["value"]) + first + (withSecond ? second : [])
  }
}
