// How much of each kind of work a request may take, beyond its expression.

/// The kinds of work that are limited. --max-steps raises all limits in proportion.
package enum Work: Sendable, Equatable {
  /// Operations that are run, at all points together.
  case operations
  /// Operations that are elaborated again at points where the program takes other branches.
  case remakes
  /// Rows of a trace.
  case rows
  /// Numbers of a table.
  case numbers
  /// Nodes of formulas that are written out.
  case nodes
  /// Lines of derivations.
  case steps

  /// What is allowed without --max-steps: a few seconds, and some megabytes of text.
  var usual: Double {
    switch self {
    case .operations: 1e9
    case .remakes: 1e8
    case .rows: 100_000
    case .numbers: 5e6
    case .nodes: 1e6
    case .steps: 20_000
    }
  }

  func message(limit: String) -> String {
    switch self {
    case .operations: "this takes more than \(limit) operations at all points together"
    case .remakes: "the program goes its own way at each point, in more than \(limit) operations"
    case .rows: "the trace has more than \(limit) rows"
    case .numbers: "the table has more than \(limit) numbers"
    case .nodes: "written out, the formulas have more than \(limit) nodes"
    case .steps: "the derivation has more than \(limit) steps"
    }
  }

  var remedy: String {
    switch self {
    case .operations: "take fewer points or, with --wrt, fewer variables"
    case .remakes, .numbers: "take fewer points"
    case .rows: "choose variables with --wrt, or fold calls with --fold"
    case .nodes: "'diff --form shared' writes what is used more than once only once"
    case .steps: "leave out --steps"
    }
  }
}
