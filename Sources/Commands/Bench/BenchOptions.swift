// The options of `bench` that are its own.
import CommandLine

extension OptionDefinition {
  static let runs = OptionDefinition(
    "runs", argument: "N", in: 1...1_000,
    help: "how often everything is measured, 1 to 1000; \(BenchCommand.usualRuns) if not given")

  static let count = OptionDefinition(
    "count", help: "count operations and memory, and measure no time")
}
