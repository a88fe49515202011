// What the nodes of a drawn graph are called: as in a trace of the same expression.
import Calculus

/// The names of a graph's quantities in one style.
struct GraphNames {
  private let notation: TraceNotation
  /// Whether inputs are called v(1-n) … v(0), since a variable has the name of an operation.
  private let numbersInputs: Bool
  let style: FormulaStyle
  /// The result: y, unless a variable has that name.
  let output: String
  let outputAdjoint: String

  /// - Parameter tape: gives the operations their numbers.
  init(_ tape: Tape, variables: [String], style: FormulaStyle) {
    notation = TraceNotation(tape: tape, variables: variables, style: style)
    numbersInputs = variables.contains(where: Self.looksNumbered)
    self.style = style
    // Computed once, since it looks at all variables.
    output = notation.output
    outputAdjoint = notation.outputAdjoint
  }

  private var tape: Tape { notation.tape }

  /// An input by the user's name for it, an operation by its number. The slots behind the tape are
  /// numbered on.
  func primal(_ slot: Slot) -> String {
    isNamed(slot) ? notation.variable(slot) : notation.primal(slot)
  }

  func adjoint(_ slot: Slot) -> String {
    isNamed(slot) ? notation.variableAdjoint(slot) : notation.adjoint(slot)
  }

  /// The label of an input: `x1`, or `v0 = v1` where its name is not the variable's.
  func input(_ slot: Slot) -> String {
    isNamed(slot)
      ? notation.variable(slot) : "\(notation.primal(slot)) = \(notation.variable(slot))"
  }

  /// `∂y/∂x1`
  func derivative(_ variable: Int) -> String {
    let d = style == .unicode && notation.variables.count > 1 ? "∂" : "d"
    return "\(d)\(output)/\(d)\(notation.variables[variable])"
  }

  /// The number of a slot, for programs: an input has one too.
  func number(_ slot: Slot) -> String { notation.primal(slot) }
  func numberedAdjoint(_ slot: Slot) -> String { notation.adjoint(slot) }

  private func isNamed(_ slot: Slot) -> Bool { slot < tape.variableCount && !numbersInputs }

  /// Whether a name could be that of an operation.
  private static func looksNumbered(_ name: String) -> Bool {
    name.first == "v" && name.count > 1
      && name.dropFirst().allSatisfy { $0.wholeNumberValue != nil }
  }
}
