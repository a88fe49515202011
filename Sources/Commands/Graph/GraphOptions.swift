// The options of `graph` that are its own.
import CommandLine

/// The forms of a graph.
enum GraphFormat: String, CaseIterable {
  case text, dot, mermaid, svg, html, json
}

extension OptionDefinition {
  static let derivative = OptionDefinition(
    "derivative", help: "the graph of the derivatives' simplified formulas instead")

  static let gradient = OptionDefinition(
    "gradient",
    help: "the graph with the nodes of its gradient, as reverse mode makes them")
}
