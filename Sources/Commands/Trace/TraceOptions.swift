// The options of `trace` that are its own.
import CommandLine

/// The modes that have a trace.
enum TraceMode: String, CaseIterable {
  case forward, reverse
}

extension OptionDefinition {
  static let blank = OptionDefinition(
    "blank", argument: "WHAT", choices: Worksheet.allCases.map(\.rawValue),
    help: "a worksheet to be filled in: without the values, or without the formulas too")

  static let fold = OptionDefinition(
    "fold", argument: "NAMES",
    help: "functions whose calls are one step each, such as f,g")
}
