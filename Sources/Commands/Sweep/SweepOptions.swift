// The options of `sweep` that are its own.
import CommandLine

/// The forms of `sweep`'s output.
enum SweepFormat: String, CaseIterable {
  case text, markdown, latex, csv, json, svg
}

extension OptionDefinition {
  static let perDecade = OptionDefinition(
    "per-decade", argument: "N", in: 1...100,
    help: "steps in each decade, 1 to 100; 10 if not given")

  static let differences = OptionDefinition(
    "difference", argument: "FORMULAS",
    help: "the formulas to compare, such as forward,five-point; forward, central, "
      + "richardson and, where the function allows it, complex if not given")

  static let stepRange = OptionDefinition(
    "step", argument: "FROM:TO", help: "the range of steps; 1e-17:1e-1 if not given")
}
