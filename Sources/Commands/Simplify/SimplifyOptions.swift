// The options of `simplify` that are its own.
import CommandLine

extension OptionDefinition {
  static let equal = OptionDefinition(
    "equal", argument: "OTHER",
    help: "say whether EXPRESSION equals this expression, by algebra or at random points")
}
