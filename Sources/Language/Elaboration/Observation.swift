// What is recorded of the assignments and calls of a run.
import Calculus
import Syntax

/// What is to be recorded of the assignments of a run.
package struct Observation {
  /// Names whose derivative is asked for, each of which is assigned at most once.
  var cuts: [String] = []
  /// Names of which every assignment gets a variable of its own.
  var watched: [String] = []
  /// Whether to keep the names of all assignments.
  var keepsNames = false
  /// Functions whose calls are recorded.
  var folded: Set<String> = []
  /// Whether a long sum may be one operation: nothing is shown of its steps, nor a formula.
  var loopsSums = false

  /// Nothing is recorded, at no cost.
  static let none = Observation()

  var isNeeded: Bool { keepsNames || !cuts.isEmpty || !watched.isEmpty }
  var probes: Bool { !cuts.isEmpty || !watched.isEmpty }
}

/// A name that got a value.
struct Assignment: Sendable {
  let symbol: SyntaxTree.Symbol
  let range: SourceRange
  let call: Int32
  let node: NodeIndex
  /// How often the name had been assigned before.
  let occurrence: Int
  /// The variable that is added to the value, to differentiate in; nil where no derivative is
  /// asked.
  let probe: Int?
}

/// The call of a function that was run, with the nodes that it began and ended with.
struct ObservedCall: Sendable {
  let call: Int32
  let name: String
  let arguments: [NodeIndex]
  /// The arguments that are numbers.
  let numbers: [Double?]
  let result: NodeIndex
}
