// Traces: a run of forward or reverse mode row by row, with formulas in the trace's own names.

/// A quantity of a trace: v, v̇ or v̄ of a slot, or the output's.
package enum TraceName: Hashable, Sendable {
  case primal(Slot)
  case tangent(Slot)
  case adjoint(Slot)
}

/// A formula of a trace, to be printed in any style.
package struct TraceFormula {
  let graph: Graph
  let node: NodeIndex

  /// The formula in a style, each slot, tangent or adjoint in it called as `name` says.
  package func text(_ style: FormulaStyle, name: @escaping (TraceName) -> String) -> String {
    FormulaPrinter(graph, style: style) { name(TraceSymbols.name($0)) }.text(node)
  }
}

/// One row of the primal trace or of a tangent trace.
package struct TraceRow {
  /// The slot that the row computes, or whose tangent it computes.
  package let slot: Slot
  /// nil for an input, which the point or the seed gives.
  package let formula: TraceFormula?
  /// The slot's primal value, or its tangent.
  package let value: Double
}

/// One contribution to an adjoint, in the order of the reverse sweep.
package struct AdjointRow {
  /// The slot whose adjoint is added to.
  package let slot: Slot
  /// The slot that the contribution comes from.
  package let user: Slot
  /// Whether an earlier row has contributed to the same slot.
  package let accumulates: Bool
  /// ∂user/∂slot.
  package let partial: TraceFormula
  /// `partial` at the point.
  package let partialValue: Double
  /// user's adjoint times the partial.
  package let contribution: TraceFormula
  /// The slot's adjoint once this contribution is in.
  package let value: Double
}

extension Tape {
  /// The primal trace: one row for each operation, in the survey's order.
  package func primalTrace(_ values: [Double]) -> [TraceRow] {
    let symbols = TraceSymbols(self, values)
    return (firstInstruction..<count).map { slot in
      let operation = instructions[slot - firstInstruction].operation
      let operands = operands(of: slot).map { symbols.primal($0).term }
      let formula =
        operation.isKernel ? operation.term(operands) : Term.unfolded(operation, operands)
      return TraceRow(slot: slot, formula: symbols.formula(formula), value: values[slot])
    }
  }

  /// The tangent trace from a seed for each variable: one row for each operation.
  package func tangentTrace(at point: [Double], seeds: [Double]) -> [TraceRow] {
    let run = linearized(at: point)
    let tangents = self.tangents(run, at: point, seeds: seeds)
    let symbols = TraceSymbols(self, run.values)
    let structure = Structure(self, run.values)
    return (firstInstruction..<count).map { slot in
      let operands = operands(of: slot)
      let partials = symbols.partials(of: slot)
      var sum: Term = 0
      for (position, role) in structure.roles(slot).enumerated()
      where role == .smooth && dependsOnVariable(operands[position]) {
        let tangent = symbols.term(.tangent(operands[position]))
        sum = sum + tangent * partials[position].term
      }
      return TraceRow(slot: slot, formula: symbols.formula(sum), value: tangents[slot])
    }
  }

  /// The adjoint trace: nodes in falling order, a node's arguments from left to right, one row for
  /// each contribution (the survey's Table 3 read from the bottom up).
  package func adjointTrace(at point: [Double]) -> [AdjointRow] {
    // On scaled numbers, so that what eval rescues from underflow is shown here too.
    let run = linearized(at: point.map { Scaled($0) })
    let symbols = TraceSymbols(self, values(at: point))
    let structure = Structure(self, run.values)
    let reached = structure.reached()
    var sums: [Slot: Scaled] = [output: 1]
    var rows: [AdjointRow] = []
    for slot in stride(from: count - 1, through: firstInstruction, by: -1) where reached[slot] {
      let partials = symbols.partials(of: slot)
      for (position, operand) in operands(of: slot).enumerated()
      where structure.roles(slot)[position] == .smooth && dependsOnVariable(operand) {
        let partial = partials[position]
        let number = run.partial(
          of: instructions[slot - firstInstruction], slot - firstInstruction, position)
        let contribution = (sums[slot] ?? 0) * number
        let sum = sums[operand].map { $0 + contribution } ?? contribution
        rows.append(
          AdjointRow(
            slot: operand, user: slot, accumulates: sums[operand] != nil,
            partial: symbols.formula(partial.term), partialValue: number.value,
            contribution: symbols.formula(symbols.contribution(of: slot, partial.term)),
            value: sum.value))
        sums[operand] = sum
      }
    }
    return rows
  }

  /// Whether a slot depends on an active variable.
  package func dependsOnVariable(_ slot: Slot) -> Bool {
    if slot < variableCount { return isActive[slot] }
    guard slot >= firstInstruction else { return false }
    return !instructions[slot - firstInstruction].operandKinds.isDisjoint(with: .anyIsActive)
  }

  /// The value of a slot that holds a constant, nil for any other.
  func constant(in slot: Slot) -> Double? {
    slot >= variableCount && slot < firstInstruction ? constants[slot - variableCount] : nil
  }
}

/// The symbols of a trace's formulas, in a graph of their own.
private struct TraceSymbols {
  let tape: Tape
  let values: [Double]
  let graph = Graph()

  init(_ tape: Tape, _ values: [Double]) {
    self.tape = tape
    self.values = values
  }

  /// A slot's value and its symbol; a constant stands for itself.
  func primal(_ slot: Slot) -> Traced {
    if let constant = tape.constant(in: slot) {
      return Traced(constant, Term(graph, graph.constant(constant)))
    }
    return Traced(values[slot], term(.primal(slot)))
  }

  /// The local partials of the instruction in `slot`: number and formula from one run of its rule.
  func partials(of slot: Slot) -> [Traced] {
    tape.instructions[slot - tape.firstInstruction].operation
      .partials(tape.operands(of: slot).map(primal), primal(slot))
  }

  /// The adjoint of `slot` times a partial; a factor of 1 or -1 is shown, as in the survey.
  func contribution(of slot: Slot, _ partial: Term) -> Term {
    let adjoint = term(.adjoint(slot))
    return partial.constantValue == nil
      ? adjoint * partial : Term.unfolded(.multiply, adjoint, partial)
  }

  func formula(_ term: Term) -> TraceFormula {
    TraceFormula(graph: graph, node: term.index(in: graph))
  }

  func term(_ name: TraceName) -> Term { Term(graph, graph.variable(Self.index(name))) }

  static func index(_ name: TraceName) -> Int {
    switch name {
    case .primal(let slot): 3 * slot
    case .tangent(let slot): 3 * slot + 1
    case .adjoint(let slot): 3 * slot + 2
    }
  }

  static func name(_ index: Int) -> TraceName {
    switch index % 3 {
    case 0: .primal(index / 3)
    case 1: .tangent(index / 3)
    default: .adjoint(index / 3)
    }
  }
}
