// Reverse mode on graph terms: the adjoints of a computation as nodes of its own graph.

extension Graph {
  /// The graph with the adjoints of a computation attached, as the rules give them: only 0 and 1
  /// are folded.
  ///
  /// The nodes of this graph keep their indices. The seed, which is the output's adjoint, is a
  /// variable of its own: the one after the tape's.
  ///
  /// - Parameter tape: the computation, recorded from this graph.
  package func withAdjoints(of tape: Tape) -> (graph: Graph, adjoints: [NodeIndex?]) {
    let graph = Graph(copying: self, folding: .raw)
    let seed = graph.variable(tape.variableCount)
    return (graph, graph.appendAdjoints(of: tape, seed: seed))
  }

  /// Appends the adjoints of a computation to its own graph, by one reverse sweep on terms, which
  /// fold as this graph's terms do.
  ///
  /// - Parameters:
  ///   - tape: the computation, recorded from this graph.
  ///   - seed: the node of the output's adjoint; 1 if it is not given.
  /// - Returns: the node of each slot's adjoint. It is nil where no derivative flows, and inside of
  ///   branches, where only the variables' adjoints are ever put together.
  package func appendAdjoints(of tape: Tape, seed: NodeIndex? = nil) -> [NodeIndex?] {
    var sweep = TermSweep(graph: self, tape: tape, seed: Term(self, seed ?? constant(1)))
    return sweep.run()
  }
}

/// An adjoint, or one contribution to it: a term that counts where a condition holds, and is 0
/// elsewhere, whatever the term is there.
private struct GuardedTerm {
  var term: Term
  /// nil if the term always counts.
  var condition: Term?

  /// As one term.
  var guarded: Term {
    condition.map { .node(.select, [$0, term, term.constant(0)]) } ?? term
  }
}

/// The loop of the reverse sweep, in the order of the sweep on numbers, so that the formulas add
/// contributions in the same order.
private struct TermSweep {
  let graph: Graph
  let tape: Tape
  /// The contributions that each slot has got so far.
  private var contributions: [[GuardedTerm]]

  init(graph: Graph, tape: Tape, seed: Term) {
    self.graph = graph
    self.tape = tape
    contributions = Array(repeating: [], count: tape.count)
    contributions[tape.output] = [GuardedTerm(term: seed)]
  }

  mutating func run() -> [NodeIndex?] {
    var adjoints = [NodeIndex?](repeating: nil, count: tape.count)
    for slot in stride(from: tape.count - 1, through: 0, by: -1) where tape.dependsOnVariable(slot)
    {
      guard let adjoint = sum(contributions[slot]) else { continue }
      contributions[slot] = []
      guard let operation = tape.operation(in: slot) else {
        adjoints[slot] = adjoint.guarded.index(in: graph)
        continue
      }
      if adjoint.condition == nil { adjoints[slot] = adjoint.term.index(in: graph) }
      let operands = tape.operands(of: slot)
      let partials = operation.partials(operands.map(term), term(slot))
      for (operand, partial) in zip(operands, partials)
      where tape.dependsOnVariable(operand) && !partial.isZero {
        contributions[operand].append(contribution(adjoint, partial, of: operation))
      }
    }
    return adjoints
  }

  private func term(_ slot: Slot) -> Term {
    // Only an unused variable has no node, and nothing has it for an operand.
    tape.nodes[slot].map { Term(graph, $0) } ?? 0
  }

  /// An adjoint times a partial. Where a partial is 0 because of a condition, the product is 0 even
  /// if a factor behind it is infinite: the condition is kept apart from the product.
  private func contribution(
    _ adjoint: GuardedTerm, _ partial: Term, of operation: Operation
  ) -> GuardedTerm {
    guard operation.isPiecewise, partial.constantValue == nil else {
      return GuardedTerm(term: adjoint.term * partial, condition: adjoint.condition)
    }
    let condition = partial.conditionOfOne ?? .node(.notEqual, partial, partial.constant(0))
    return GuardedTerm(
      term: partial.conditionOfOne == nil ? adjoint.term * partial : adjoint.term,
      condition: adjoint.condition.map { .node(.and, $0, condition) } ?? condition)
  }

  private func sum(_ parts: [GuardedTerm]) -> GuardedTerm? {
    guard let first = parts.first else { return nil }
    let node = first.condition?.index(in: graph)
    if parts.allSatisfy({ $0.condition?.index(in: graph) == node }) {
      return GuardedTerm(term: sum(parts.map(\.term)), condition: first.condition)
    }
    let conditions = parts.compactMap(\.condition)
    let isAlways = conditions.count < parts.count
    return GuardedTerm(
      term: sum(parts.map(\.guarded)),
      condition: isAlways
        ? nil : conditions.dropFirst().reduce(conditions[0]) { .node(.or, $0, $1) })
  }

  private func sum(_ terms: [Term]) -> Term {
    if let normal = graph as? NormalGraph {
      return Term(graph, normal.sum(terms.map { $0.index(in: graph) }))
    }
    return terms.dropFirst().reduce(terms[0]) { $0 + $1 }
  }
}

extension Term {
  /// When the term is 1, if it is 0 otherwise.
  fileprivate var conditionOfOne: Term? {
    guard let parts else { return nil }
    let arguments = parts.arguments
    switch parts.operation {
    case .step: return .node(.greater, arguments[0], constant(0))
    case .select where arguments[1].constantValue == 1 && arguments[2].isZero: return arguments[0]
    case .select where arguments[1].isZero && arguments[2].constantValue == 1:
      return .node(.not, arguments[0])
    default: return nil
    }
  }
}
