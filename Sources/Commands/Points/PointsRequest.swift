// What the command line says about a file of rows: how it is read, and where results go.
import CommandLine
import Language
import Reporting
import Syntax

/// The forms that rows of results have.
enum RowFormat: String, CaseIterable {
  case csv, tsv, json, npy

  /// The form that the end of a file's name stands for.
  init?(pathOf path: String) {
    let dot = path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() }
    switch dot ?? "" {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json", "jsonl", "ndjson": self = .json
    case "npy": self = .npy
    default: return nil
    }
  }
}

/// What `--points`, `--worker`, `--data` and the points of ranges as rows have in common.
struct PointsRequest {

  /// The option that names the file.
  let option: OptionDefinition
  let path: String
  let separator: UInt8?
  /// What the columns are called, where the file does not say it.
  let names: [String]?
  /// An option that only text has a use for, if one is given.
  private let textOption: OptionDefinition?
  let keepsAll: Bool
  let isStrict: Bool
  /// The file's results; nil for standard output.
  let output: String?
  let format: RowFormat
  /// The rows that are read, from 1.
  let rows: ClosedRange<Int>
  /// How many threads there are; as many as processors if nil.
  let jobs: Int?

  var isWorker: Bool { option == .worker }

  init(_ arguments: Arguments) throws {
    let option = [OptionDefinition.points, .data, .worker].first(where: arguments.has) ?? .at
    self.option = option
    path = option == .worker ? "-" : arguments.value(option)?.text ?? "-"
    let separator = arguments.value(.separator)?.text
    self.separator = RowLimits.separators.first { $0.name == separator }?.byte
    names = try Self.names(arguments)
    textOption = [OptionDefinition.separator, .noHeader].first(where: arguments.has)
    keepsAll = arguments.has(.keep)
    isStrict = arguments.has(.strict)
    output = try Self.output(arguments)
    format = try Self.format(arguments, of: option, output)
    rows = try Self.rows(arguments)
    jobs = arguments.count(.jobs)
    try checkOptions(arguments)
  }

  private static func names(_ arguments: Arguments) throws -> [String]? {
    if arguments.has(.noHeader), arguments.has(.columns) {
      throw Failure.option("--no-header and --columns exclude each other", remedy: "leave one out")
    }
    guard let word = arguments.value(.noHeader) ?? arguments.value(.columns) else { return nil }
    return word.text.split(separator: ",", omittingEmptySubsequences: false).map { name in
      String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func output(_ arguments: Arguments) throws -> String? {
    guard let word = arguments.value(.output), word.text != "-" else { return nil }
    if let script = arguments.script, !script.allowsPrograms {
      throw Failure.option(
        "a script or a pipe writes no file, unless you allow it",
        remedy: "'autodiff run --allow-programs' does; read the script first")
    }
    return word.text
  }

  private static func format(
    _ arguments: Arguments, of option: OptionDefinition, _ output: String?
  ) throws -> RowFormat {
    guard let name = arguments.value(.format)?.text else {
      if output?.lowercased().hasSuffix(".npz") == true {
        throw Failure.option(
          "archives (.npz) are read and not written", remedy: "--output FILE.npy")
      }
      return option == .worker ? .tsv : output.flatMap(RowFormat.init(pathOf:)) ?? .csv
    }
    if option == .data { return .csv }
    guard let format = RowFormat(rawValue: name), option != .worker || format == .tsv else {
      throw Failure.option(
        "\(option.spelling) has no --format \(name)",
        remedy: option == .worker ? "leave --format out" : "take csv, tsv, json or npy")
    }
    if format == .npy, output == nil {
      throw Failure.option(
        "--format npy needs a file: its first bytes are written last",
        remedy: "--output FILE.npy")
    }
    return format
  }

  private static func rows(_ arguments: Arguments) throws -> ClosedRange<Int> {
    guard let text = arguments.value(.rows)?.text else { return 1...Int.max }
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    let first = ends.first.flatMap { $0.isEmpty ? 1 : Int($0) }
    let last = ends.last.flatMap { $0.isEmpty ? Int.max : Int($0) }
    guard ends.count == 2, let first, let last, first >= 1, last >= first else {
      throw Failure.option(
        "--rows cannot be '\(echo(text))'", remedy: "the first and the last row, such as 1:100")
    }
    return first...last
  }

  /// That nothing is asked which rows do not have.
  private func checkOptions(_ arguments: Arguments) throws {
    let others = [OptionDefinition.points, .data, .worker].filter {
      $0 != option && arguments.has($0)
    }
    let excluded: [OptionDefinition] =
      switch option {
      case .data: [.watch, .keep, .output]
      case .worker: [.at, .watch, .digits, .strict, .output, .separator, .rows]
      case .at: [.watch, .separator, .noHeader, .columns, .keep]
      default: [.at, .watch, .digits]
      }
    for other in others + excluded where arguments.has(other) {
      throw Failure.option(
        "\(option.spelling) and \(other.spelling) exclude each other", remedy: nil)
    }
    let modes = option == .data ? ["symbolic", "numerical", "all"] : ["symbolic", "all"]
    if let mode = arguments.value(.mode)?.text, modes.contains(mode) {
      let rest = Mode.allCases.map(\.rawValue).filter { !modes.contains($0) }
      throw Failure.option(
        "\(option.spelling) has no --mode \(mode)",
        remedy: "take one of \(rest.joined(separator: ", "))")
    }
    if format == .npy, keepsAll {
      throw Failure.option("--keep has no NumPy form", remedy: "take --format csv")
    }
  }

  /// What messages call the file.
  var name: String { path == "-" ? "standard input" : "'\(echo(path))'" }
}

extension PointsRequest {
  /// Opens the file, whose form its first bytes tell.
  ///
  /// - Parameters:
  ///   - columns: what the columns are called, if the file does not say it.
  ///   - variables: those of the expression; where there is one, a single column without a name is it.
  func open(
    _ terminal: Terminal, columns: [String]?, variables: [String]
  ) throws -> RowTable {
    let source = try terminal.openFile(path)
    var opener = TableOpener(source, self)
    return try opener.open(names: columns, variables: variables)
  }

  /// The names of the columns of an expression's rows that do not say it themselves.
  func columns(of expression: Expression) -> [String]? {
    names ?? (isWorker ? Self.variables(of: expression) : nil)
  }

  static func variables(of expression: Expression) -> [String] {
    expression.freeNames
      .filter {
        !Catalogue.isFunction($0.name)
          && (Catalogue.constant($0.name) == nil || $0.isParameter)
      }
      .map(\.name)
  }

  /// A point that has the expression's variables, in the order of their columns, behind those that
  /// have values from elsewhere.
  func point(
    of expression: Expression, columns: [String], after known: Point? = nil
  ) throws -> Point {
    let free = expression.freeNames
    let variables = columns.filter { name in free.contains { $0.name == name } }
    var seen: Set<String> = []
    if let name = variables.first(where: { !seen.insert($0).inserted }) {
      throw Failure.option("\(self.name) has two columns '\(echo(name))'", remedy: nil)
    }
    if let name = known?.names.first(where: variables.contains) {
      throw Failure.option(
        "'\(echo(name))' is a column of \(self.name) and has a value from --at",
        remedy: "leave it out of --at")
    }
    let names = (known?.names ?? []) + variables
    let missing = Self.variables(of: expression).first { !names.contains($0) }
    if let missing {
      let list = columns.prefix(20).map(echo).joined(separator: ", ")
      throw Failure.option(
        "\(name) has no column '\(echo(missing))'", remedy: "its columns are \(list)")
    }
    let point = Point(names: names, values: (known?.values ?? []) + variables.map { _ in 1 })
    _ = try Computation.check(point, from: nil, for: expression)
    return point
  }

  /// Runs `body` and gives what makes the file unreadable the form of a command's failure.
  func readingTable<Result>(
    _ body: () throws(TableFault) -> Result
  ) throws -> Result {
    do throws(TableFault) { return try body() } catch { throw failure(error) }
  }

  /// That nothing is asked of a file which only tables of text have.
  func checkIsNoText(_ form: String) throws {
    guard let textOption else { return }
    throw Failure.option(
      "\(textOption.spelling) is about tables of text, and \(name) \(form)",
      remedy: textOption == .noHeader ? "--columns names the columns of an array" : nil)
  }

  /// What makes the file unreadable, in words.
  func failure(_ fault: TableFault) -> Failure {
    let (message, remedy): (String, String?) =
      switch fault {
      case .empty: ("\(name) is empty", "its first row names the columns")
      case .malformedHeader: ("\(name): the first row has text beside its quotes", nil)
      case .binary(let line): ("\(name), line \(line): a NUL byte; this is not text", nil)
      case .unclosedQuote(let line): ("\(name), line \(line): a quote is never closed", nil)
      case .tooLong(let line):
        ("\(name), line \(line): a row of more than \(TableRecord.limit) bytes", nil)
      case .unusable(let reason): ("\(name): \(reason)", nil)
      }
    return .option(message, remedy: remedy)
  }
}
