// The reverse sweep over the steps of a table: true adjoints, and what each use gives to them.
import Calculus
import Checking
import Language
import Syntax

/// The true adjoints, and those of the table as far as it has been read.
struct AdjointSweep {
  /// One use of a quantity: an edge to one that is computed from it.
  struct Use {
    let id: Int
    let user: Int
    /// Which of the user's edges it is.
    let position: Int
    /// The local partial at each point.
    let partials: [Double]
  }

  let output: Int
  /// The adjoint of every step at each point.
  let adjoints: [[Double]]
  /// What the table carries on.
  var carried: [Carried]
  let runs: [StepRun]
  private var uses: [[Use]]
  private let steps: [TraceStep]

  /// Before anything is computed.
  init() {
    (output, adjoints, carried, runs, uses, steps) = (0, [], [], [], [], [])
  }

  init(_ table: StepTable, _ runs: [StepRun], output: Int) {
    self.output = output
    self.runs = runs
    steps = table.steps
    adjoints = runs.map { $0.adjoints(table.order, of: output) }
    carried = adjoints[0].map { Carried(value: $0, halfUnit: 0, root: nil) }
    var reached = Array(repeating: false, count: steps.count)
    reached[output] = true
    for step in table.order.reversed() where reached[step] {
      for argument in steps[step].function?.arguments ?? [] { reached[argument] = true }
    }
    uses = Array(repeating: [], count: steps.count)
    var id = 0
    for user in steps.indices.reversed() where reached[user] {
      for (position, edge) in runs[0].edges[user].enumerated() {
        let partials = runs.map { $0.edges[user][position].partial }
        uses[edge.argument].append(Use(id: id, user: user, position: position, partials: partials))
        id += 1
      }
    }
  }

  func edges(to step: Int) -> [Use] { uses[step] }

  /// What a use gives to the adjoint at a point.
  func contribution(_ use: Use, _ point: Int) -> Double {
    flow(use.partials[point], adjoints[point][use.user])
  }
}
