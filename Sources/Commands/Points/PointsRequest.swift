// What `eval --points` is asked: a file, how it is read, and the point that its columns make.
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

extension PointsRequest {
  /// A point that has the expression's variables, in the order of their columns.
  func point(
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
  func reading<Result>(
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
