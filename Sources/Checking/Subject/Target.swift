// A derivative in the form that the search for mistakes needs: a function on a tape, one variable,
// and texts for the parts.
import Calculus
import Language
import Syntax

/// What the last differentiation was applied to: the function itself, or for a second derivative a
/// first one.
struct Target {
  let tape: Tape
  let variable: Int
  let text: (Slot) -> String

  /// Texts of parts are cut at this length.
  private static let textLimit = 60

  /// The ways to take a derivative: one, or for a second derivative one for each order of its
  /// variables.
  static func all(_ subject: Subject, _ key: DerivativeKey) -> [Target] {
    let output = subject.outputs[key.output]
    guard key.path.count > 1 else {
      let computation = output.computation
      return [
        Target(tape: computation.tape, variable: key.path[0]) {
          shortened(computation.text(of: $0))
        }
      ]
    }
    let orders = key.path[0] == key.path[1] ? [key.path] : [key.path, key.path.reversed()]
    return orders.compactMap { path in
      guard let formulas = subject.formulas(of: key.output, along: [[path[0]]]) else { return nil }
      return Target(formulas, subject.variables, variable: path[1])
    }
  }

  /// A formula as what is differentiated, or edited.
  init(_ formulas: Formulas, _ variables: [String], variable: Int) {
    let tape = Tape(
      formulas.graph, output: formulas.roots[0], isActive: variables.map { _ in true })
    let printer = FormulaPrinter(
      formulas.graph, style: .plain, product: .quiet,
      namesConstants: !FormulaPrinter.constantNames.contains(where: variables.contains)
    ) { variables[$0] }
    self.init(tape: tape, variable: variable) { slot in
      tape.nodes[slot].map { Self.shortened(printer.text($0)) } ?? variables[slot]
    }
  }

  init(tape: Tape, variable: Int, text: @escaping (Slot) -> String) {
    self.tape = tape
    self.variable = variable
    self.text = text
  }

  /// The slots that hold operations.
  var operations: [Slot] { (0..<tape.count).filter { tape.operation(in: $0) != nil } }

  private static func shortened(_ text: String) -> String {
    text.count <= textLimit ? text : text.prefix(textLimit - 1) + "…"
  }
}
