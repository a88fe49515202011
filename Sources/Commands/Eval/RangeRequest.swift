// Whether the points of `--at` make a table, or rows that come out one by one.
import CommandLine
import Language
import Reporting
import Syntax

/// The points of `--at` before any of them is made, and the form in which they come out.
struct RangeRequest {
  /// More points than this are not printed as a table unless a table is asked for.
  static let usualTable = 100_000
  /// Options that only make sense for rows.
  private static let rowOptions: [OptionDefinition] = [.jobs, .strict, .rows]

  let grids: [PointGrid]
  private let format: String?
  /// The option that asks for rows, if one does.
  private let rowOption: String?
  /// Why there cannot be rows; nil if there can.
  private let obstacle: String?
  private let isNumerical: Bool

  init(
    _ arguments: Arguments, _ expression: Expression, _ terminal: Terminal
  ) throws {
    for option in [OptionDefinition.separator, .noHeader, .columns, .keep]
    where arguments.has(option) {
      throw Failure.option("\(option.spelling) belongs to --points", remedy: nil)
    }
    let sources = try arguments.pointTexts(terminal)
    grids = try Calculation.grids(sources, expression, limit: PointReader.streamLimit)
    format = arguments.value(.format)?.text
    isNumerical = arguments.value(.mode)?.text == "numerical"
    obstacle = Self.obstacle(arguments, grids[0].names)
    let isRowFormat = format.map { OutputFormat(rawValue: $0) == nil } ?? false
    rowOption =
      arguments.has(.output) ? "--output" : isRowFormat ? "--format \(format ?? "")" : nil
    try checkRowOption()
    if let option = Self.rowOptions.first(where: arguments.has), !makesRows {
      throw Failure.option(
        "\(option.spelling) belongs to --points",
        remedy: obstacle == nil && !isNumerical && count > 1
          ? "points of --at are rows with --format csv" : nil)
    }
  }

  /// Throws where rows are asked for and cannot be had.
  private func checkRowOption() throws {
    if let rowOption {
      if let obstacle {
        throw Failure.option(
          "\(rowOption) is for rows, which \(obstacle) does not have", remedy: nil)
      }
      if let format, RowFormat(rawValue: format) == nil {
        throw Failure.option(
          "\(rowOption) is for rows, which have no --format \(format)",
          remedy: "take csv, tsv, json or npy")
      }
    }
  }

  private static func obstacle(_ arguments: Arguments, _ names: [String]) -> String? {
    let mode = arguments.value(.mode)?.text ?? "reverse"
    if mode == "symbolic" || mode == "all" { return "--mode \(mode)" }
    if arguments.has(.watch) { return "--watch" }
    let wanted = arguments.value(.withRespectTo).flatMap {
      try? parseNames(SourceText($0.text)).map(\.name)
    }
    let other = wanted?.first { !names.contains($0) }
    return other.map { "--wrt \(echo($0))" }
  }

  private var count: Int { grids.reduce(0) { $0 + $1.count } }

  /// Whether the points come out as rows: where an option asks for them; in CSV, which is the same
  /// either way; and where there are too many for a table that was not asked for.
  var makesRows: Bool {
    if rowOption != nil { return true }
    if obstacle != nil { return false }
    // Numerical mode has steps and formulas in its tables.
    return format == "csv" ? count > 1 && !isNumerical : isLarge
  }

  private var isLarge: Bool { format == nil && count > Self.usualTable }

  /// A note that results come as rows although no option asked for them.
  var note: Diagnostic? {
    guard makesRows, isLarge, rowOption == nil else { return nil }
    return Diagnostic(
      .note, "\(grouped(count)) points come as CSV, one by one; --format text makes a table")
  }

  /// The points of a table.
  func points() throws -> [Point] {
    guard count <= PointReader.tableLimit else {
      throw Failure.option(
        "a table has no more than \(grouped(PointReader.tableLimit)) points, and --at makes "
          + grouped(count),
        remedy: obstacle == nil ? "--format csv writes any number" : "take a larger step")
    }
    return grids.flatMap { grid in (0..<grid.count).map(grid.point) }
  }
}
