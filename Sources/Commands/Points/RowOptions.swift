// The options of `eval` about files of rows.
import CommandLine

/// How the rows become one number.
enum Reduction: String, CaseIterable {
  case sum, mean
}

/// What the options of rows may be.
enum RowLimits {
  static let separators: [(name: String, byte: UInt8)] = [
    ("comma", UInt8(ascii: ",")), ("semicolon", UInt8(ascii: ";")), ("tab", UInt8(ascii: "\t")),
  ]
  /// How many threads may be asked for.
  static let mostJobs = 256
}

extension OptionDefinition {
  static var ofRows: [OptionDefinition] {
    [
      .points, .data, .reduce, .batch,
      .seed.explained("another whole number draws another sample; 1 if not given"),
      .worker, .separator, .noHeader, .columns, .rows, .jobs, .keep, .strict, .output,
    ]
  }
}

extension OptionDefinition {
  static let points = OptionDefinition(
    "points", argument: "FILE",
    help: "a point in each row of a file, '-' for standard input; its first row names the "
      + "columns")

  static let data = OptionDefinition(
    "data", argument: "FILE",
    help: "the rows that --reduce takes together; the columns are a row's values, the other "
      + "variables have theirs from --at")

  static let reduce = OptionDefinition(
    "reduce", argument: "HOW", choices: Reduction.allCases.map(\.rawValue),
    help: "value and derivatives of the sum or the mean over the rows of --data")

  static let batch = OptionDefinition(
    "batch", argument: "N", in: 1...1_000_000,
    help: "a random sample of N rows of --data, in place of all")

  static let worker = OptionDefinition(
    "worker",
    help: "read tab-separated rows without a first row of names from standard input, \\N for "
      + "what is missing, and answer each with a row of results, \\N where there is none")

  static let separator = OptionDefinition(
    "separator", argument: "NAME", choices: RowLimits.separators.map(\.name),
    help: "what separates the fields of the file; found in its first row if not given")

  static let noHeader = OptionDefinition(
    "no-header", argument: "NAMES",
    help: "what the columns are called, such as x1,x2; the file's first row is a point")

  static let columns = OptionDefinition(
    "columns", argument: "NAMES",
    help: "what the columns of a NumPy array are called; x1,x2 and so on if not given")

  static let rows = OptionDefinition(
    "rows", argument: "RANGE", help: "only these rows of the file, such as 1:100")

  static let jobs = OptionDefinition(
    "jobs", argument: "N", in: 1...RowLimits.mostJobs,
    help: "the number of threads; as many as there are processors if not given")

  static let keep = OptionDefinition(
    "keep", help: "the columns that EXPRESSION does not have, in the output too")

  static let strict = OptionDefinition("strict", help: "end at the first row without a result")

  static let output = OptionDefinition(
    "output", argument: "FILE",
    help: "write rows there instead of standard output, in the form that the name's end says; "
      + "it is there when it is complete")
}
