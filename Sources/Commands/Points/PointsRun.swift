// `autodiff eval --points`: a file's rows as points, one result after the other.
import Calculus
import Language
import Reporting
import Syntax

/// What the command line says about the file.
struct PointsRequest {
  static let separators: [(name: String, byte: UInt8)] = [
    ("comma", UInt8(ascii: ",")), ("semicolon", UInt8(ascii: ";")), ("tab", UInt8(ascii: "\t")),
  ]

  let path: String
  let separator: UInt8?
  let keepsAll: Bool
  let isStrict: Bool

  init(_ arguments: Arguments) throws(Failure) {
    path = arguments.value("points")?.text ?? "-"
    let name = arguments.value("separator")?.text
    separator = Self.separators.first { $0.name == name }?.byte
    keepsAll = arguments.has("keep")
    isStrict = arguments.has("strict")
    for name in ["at", "watch", "digits"] where arguments.has(name) {
      throw .option("--points and --\(name) exclude each other", remedy: nil)
    }
    if let mode = arguments.value("mode")?.text, ["symbolic", "all"].contains(mode) {
      throw .option(
        "--points has no --mode \(mode)", remedy: "take one of forward, reverse, numerical")
    }
    if let format = arguments.value("format")?.text, !["csv", "json"].contains(format) {
      throw .option("--points has no --format \(format)", remedy: "take csv or json")
    }
  }

  /// What messages call the file.
  var name: String { path == "-" ? "standard input" : "'\(echo(path))'" }
}

/// A row that has no result, and why.
private struct RowError: Error {
  let line: Int
  let message: String
}

/// Reads, evaluates and writes row by row, in memory for one.
struct PointsRun {
  private let request: PointsRequest
  private let terminal: Terminal
  private let calculation: Calculation
  private let evaluator: Evaluator
  private let header: [String]
  /// For each variable, its column.
  private let columns: [Int]
  /// The columns that the output repeats.
  private let shown: [Int]
  private var computations: [Computation] = []
  private var rowCount = 0
  private var badCount = 0
  private var warningCount = 0
  private var shownNotes: Set<String> = []
  /// Why the expression could not be made ready at the first row; what it says holds for the
  /// expression where no other row could either.
  private var firstFailure: Failure?

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
    let names = header.fields.map { field in
      String(
        String(decoding: field, as: UTF8.self).drop { $0 == " " }.reversed().drop { $0 == " " }
          .reversed())
    }
    calculation = try Calculation(
      arguments, terminal, takesIntermediates: false,
      firstPoint: { expression throws(Failure) in
        try request.point(of: expression, columns: names)
      })
    evaluator = try EvalCommand.evaluator(arguments, calculation)
    let variables = calculation.points[0].names
    columns = variables.map { names.firstIndex(of: $0) ?? 0 }
    shown = request.keepsAll ? Array(names.indices) : columns
    self.request = request
    self.terminal = terminal
    self.header = names
  }

  private mutating func evaluate(_ reader: inout CSVReader) throws(Failure) -> Int32 {
    let labels = resultNames
    let names = shown.map { header[$0] } + labels
    if calculation.format == .json {
      var seen: Set<String> = []
      if let name = names.first(where: { !seen.insert($0).inserted }) {
        throw .option("'\(echo(name))' would be in every object twice", remedy: "take --format csv")
      }
    } else {
      terminal.write(names.map(csvField).joined(separator: ",") + "\n")
    }
    for note in calculation.notes { show(note, line: 0) }
    while terminal.isOutputOpen,
      let record = try request.reading({ () throws(CSVReader.Fault) in try reader.record() })
    {
      rowCount += 1
      let (results, problem) = results(record, count: labels.count)
      if let problem {
        badCount += 1
        if badCount <= Self.messageLimit {
          show(.error, "\(request.name), line \(record.line): \(problem)")
        }
      }
      write(record, results, names)
      if problem != nil, request.isStrict { return 1 }
    }
    if computations.isEmpty, let firstFailure { throw firstFailure }
    if warningCount > Self.messageLimit {
      show(.note, "\(warningCount) warnings in all; the first \(Self.messageLimit) are shown")
    }
    if badCount > 0, terminal.isOutputOpen {
      show(.note, "\(badCount) of \(rowCount) rows have no result, or not all of it")
    }
    return badCount == 0 ? 0 : 1
  }

  /// What the results are called: values, derivatives, the upper triangle of second derivatives.
  private var resultNames: [String] {
    let variables = calculation.points[0].names.filter { calculation.active?.contains($0) ?? true }
    let outputs = calculation.outputNames
    let first = (outputs ?? [""]).flatMap { output in
      calculation.direction != nil
        ? [output.isEmpty ? "derivative" : "derivative of \(output)"]
        : variables.map { "d\(output)/d\($0)" }
    }
    return (outputs ?? ["value"]) + first
      + (evaluator.wantsHessian
        ? variables.indices.flatMap { row in
          variables[row...].map { Evaluation.secondName(variables[row], $0) }
        } : [])
  }

  // MARK: A row

  /// The results of a row, nil for each that does not exist, and what is wrong, if anything is.
  private mutating func results(
    _ record: CSVReader.Record, count: Int
  ) -> (numbers: [Double?], problem: String?) {
    let nothing = [Double?](repeating: nil, count: count)
    if record.isMalformed { return (nothing, "a field has text beside its quotes") }
    if record.fields.count != header.count {
      let fields = record.fields.count == 1 ? "1 field" : "\(record.fields.count) fields"
      return (nothing, "\(fields), where the first row has \(header.count)")
    }
    var point = calculation.points[0]
    for (index, column) in columns.enumerated() {
      guard let value = decimalNumber(record.fields[column]) else {
        let text = echo(String(decoding: record.fields[column], as: UTF8.self))
        let wrong = text.isEmpty ? "nothing is there" : "'\(text)' is not a finite number"
        return (nothing, "column '\(echo(header[column]))': \(wrong)")
      }
      point.values[index] = value
    }
    do {
      return numbers(try evaluation(at: point), line: record.line)
    } catch {
      if computations.isEmpty, firstFailure == nil { firstFailure = error }
      return (nothing, error.diagnostic.message)
    }
  }

  private mutating func evaluation(at point: Point) throws(Failure) -> Evaluation {
    if computations.isEmpty || computations.contains(where: \.isBoundToPoint) {
      let wanted = calculation.active ?? calculation.direction?.movingNames
      computations = try asking { () throws(Problem) in
        try Computation.outputs(of: calculation.expression, at: point, withRespectTo: wanted)
      }
    }
    if evaluator.formula == .complexStep { try calculation.checkComplexStep(computations) }
    return evaluator.evaluate(computations, at: point)
  }

  private mutating func numbers(
    _ evaluation: Evaluation, line: Int
  ) -> (numbers: [Double?], problem: String?) {
    let result = evaluation.results[0]
    let second = evaluation.hessian.map { hessian in
      hessian.indices.flatMap { hessian[$0][$0...] }
    }
    let all = result.values + result.derivatives + (second ?? [])
    for explanation in evaluation.explanations where !explanation.isError {
      show(explanation, line: line)
    }
    let problem = evaluation.explanations.first(where: \.isError)?.diagnostic.message
    let isComplete = all.allSatisfy(\.isFinite)
    return (
      all.map { $0.isFinite ? $0 : nil },
      problem ?? (isComplete ? nil : "a result is beyond the range of numbers")
    )
  }

  // MARK: Writing

  private func write(_ record: CSVReader.Record, _ results: [Double?], _ names: [String]) {
    let given = shown.map { $0 < record.fields.count ? record.fields[$0] : [] }
    if calculation.format == .json {
      let values = zip(shown, given).map(jsonText) + results.map { $0.map(shortest) ?? "null" }
      let members = zip(names, values).map { "\(jsonQuoted($0)): \($1)" }
      terminal.write("{\(members.joined(separator: ", "))}\n")
    } else {
      let fields =
        given.map { csvField(String(decoding: $0, as: UTF8.self)) }
        + results.map { $0.map(shortest) ?? "" }
      terminal.write(fields.joined(separator: ",") + "\n")
    }
  }

  /// A variable's value is a number. What is only kept stays what it is: 007 may be a name, and an
  /// integer may have more digits than a double.
  private func jsonText(_ column: Int, _ field: [UInt8]) -> String {
    if columns.contains(column), let number = decimalNumber(field) { return shortest(number) }
    return field.isEmpty ? "null" : jsonQuoted(String(decoding: field, as: UTF8.self))
  }

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

extension PointsRequest {
  /// A point that has the expression's variables, in the order of their columns.
  fileprivate func point(
    of expression: Expression, columns: [String]
  ) throws(Failure) -> Point {
    let free = expression.freeNames
    let variables = columns.filter { name in free.contains { $0.name == name } }
    var seen: Set<String> = []
    if let name = variables.first(where: { !seen.insert($0).inserted }) {
      throw .option("\(self.name) has two columns '\(echo(name))'", remedy: nil)
    }
    let missing = free.first {
      !variables.contains($0.name) && !Catalogue.isFunction($0.name)
        && (Catalogue.constant($0.name) == nil || $0.isParameter)
    }
    if let missing {
      let list = columns.prefix(20).map(echo).joined(separator: ", ")
      throw .option(
        "\(name) has no column '\(echo(missing.name))'", remedy: "its columns are \(list)")
    }
    let point = Point(names: variables, values: variables.map { _ in 1 })
    _ = try asking { () throws(Problem) in
      try Computation.check(point, from: nil, for: expression)
    }
    return point
  }

  /// Runs `body` and gives what makes the file unreadable the form of a command's failure.
  fileprivate func reading<Result>(
    _ body: () throws(CSVReader.Fault) -> Result
  ) throws(Failure) -> Result {
    do throws(CSVReader.Fault) {
      return try body()
    } catch {
      switch error {
      case .file(let error): throw .file(error)
      case .binary(let line):
        throw .option("\(name), line \(line): a NUL byte; this is not text", remedy: nil)
      case .unclosedQuote(let line):
        throw .option("\(name), line \(line): a quote is never closed", remedy: nil)
      case .tooLong(let line):
        throw .option(
          "\(name), line \(line): a row of more than \(CSVReader.recordLimit) bytes", remedy: nil)
      }
    }
  }
}
