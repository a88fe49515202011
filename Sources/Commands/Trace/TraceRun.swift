// The rows of a trace as texts, operation by operation, or with calls as one step each.
import Text
import Calculus
import Language

/// A trace of one computation at one point in one notation.
struct TraceRun {
  /// A quantity with its formula, in the primal trace or in one of tangents.
  struct Row {
    let slot: Slot
    let formula: String
    let value: Double
  }

  /// A contribution to an adjoint.
  struct Adjoint {
    let slot: Slot
    /// The slot that the contribution comes from.
    let user: Slot
    let accumulates: Bool
    /// The contribution with its partial written out; nil for that of a call.
    let contribution: String?
    let partialValue: Double
    let value: Double
  }

  let computation: Computation
  let point: [Double]
  let notation: TraceNotation
  private let calls: [Slot: FoldedCall]
  private let hidden: Set<Slot>

  private var tape: Tape { computation.tape }

  init(_ computation: Computation, _ point: [Double], _ notation: TraceNotation) {
    self.computation = computation
    self.point = point
    self.notation = notation
    let folded = computation.foldedCalls
    calls = Dictionary(folded.map { ($0.result, $0) }) { first, _ in first }
    hidden = folded.reduce(into: []) { $0.formUnion($1.hidden) }
  }

  /// The slots that a row reads: of a call that is one step, those outside of it.
  func arguments(of slot: Slot) -> [Slot] { calls[slot]?.inputs ?? tape.operands(of: slot) }

  // MARK: Primals and tangents

  func primals() -> [Row] {
    tape.primalTrace(tape.slotValues(at: point)).filter { !hidden.contains($0.slot) }.map { row in
      Row(
        slot: row.slot, formula: calls[row.slot].map(text) ?? text(row.formula), value: row.value)
    }
  }

  func tangents(_ seeds: [Double]) -> [Row] {
    tape.tangentTrace(at: point, seeds: seeds).filter { !hidden.contains($0.slot) }.map { row in
      Row(
        slot: row.slot, formula: calls[row.slot].map(tangent) ?? text(row.formula),
        value: row.value)
    }
  }

  private func text(_ formula: TraceFormula?) -> String {
    formula?.text(notation.style, name: notation.name) ?? ""
  }

  /// `f(v₁, 3)`
  private func text(_ call: FoldedCall) -> String {
    let arguments = call.arguments.map { argument in
      switch argument {
      case .slot(let slot): notation.primal(slot)
      case .number(let number): shortest(number)
      case .unused: "…"
      }
    }
    return "\(notation.functionName(call.name))(\(arguments.joined(separator: ", ")))"
  }

  /// `v̇₁ × ∂v₇/∂v₁ + v̇₂ × ∂v₇/∂v₂`
  private func tangent(_ call: FoldedCall) -> String {
    let terms = call.inputs.filter(tape.dependsOnVariable).map { input in
      "\(notation.tangent(input)) \(notation.times) \(notation.partial(call.result, input))"
    }
    return terms.isEmpty ? "0" : terms.joined(separator: " + ")
  }

  // MARK: Adjoints

  func adjoints() -> [Adjoint] {
    let trace = tape.adjointTrace(at: point)
    guard !calls.isEmpty else { return trace.map(adjoint) }
    let values = tape.slotValues(at: point)
    var sums: [Slot: Double] = [tape.output: 1]
    var isTold: Set<Slot> = []
    return trace.flatMap { row -> [Adjoint] in
      if hidden.contains(row.user) { return [] }
      guard let call = calls[row.user] else {
        let contribution = (sums[row.user] ?? 0) * row.partialValue
        return [adjoint(row, adding: contribution, to: &sums)]
      }
      return isTold.insert(row.user).inserted ? contributions(of: call, values, &sums) : []
    }
  }

  private func adjoint(_ row: AdjointRow) -> Adjoint {
    Adjoint(
      slot: row.slot, user: row.user, accumulates: row.accumulates,
      contribution: row.contribution.text(notation.style, name: notation.name),
      partialValue: row.partialValue, value: row.value)
  }

  private func adjoint(
    _ row: AdjointRow, adding contribution: Double, to sums: inout [Slot: Double]
  ) -> Adjoint {
    let before = sums[row.slot]
    let value = before.map { $0 + contribution } ?? contribution
    sums[row.slot] = value
    return Adjoint(
      slot: row.slot, user: row.user, accumulates: before != nil,
      contribution: row.contribution.text(notation.style, name: notation.name),
      partialValue: row.partialValue, value: value)
  }

  private func contributions(
    of call: FoldedCall, _ values: [Double], _ sums: inout [Slot: Double]
  ) -> [Adjoint] {
    let adjoint = sums[call.result] ?? 0
    var rows: [Adjoint] = []
    for (input, partial) in zip(call.inputs, call.partials(tape, values: values))
    where tape.dependsOnVariable(input) {
      let before = sums[input]
      let contribution = adjoint == 0 ? 0 : adjoint * partial
      let value = before.map { $0 + contribution } ?? contribution
      sums[input] = value
      rows.append(
        Adjoint(
          slot: input, user: call.result, accumulates: before != nil, contribution: nil,
          partialValue: partial, value: value))
    }
    return rows
  }
}
