// What the tests of formulas share: making them, printing them, reading them back, judging them.

import Calculus
import Syntax

@testable import Language

/// A formula's value at a point, with what rounding may have done to it.
struct Judged {
  let value: Double
  /// The sum of what every rounding on the way may move the value by.
  let error: Double

  init(_ tape: Tape, at point: [Double]) {
    let values = tape.slotValues(at: point)
    var errors = Array(repeating: 0.0, count: tape.count)
    for slot in 0..<tape.count where tape.operation(in: slot) != nil {
      var error = 4 * 0x1p-53 * values[slot].magnitude
      let partials = tape.localPartials(of: slot, values: values)
      for (operand, partial) in zip(tape.operands(of: slot), partials) where errors[operand] != 0 {
        error += errors[operand] * partial.magnitude
      }
      errors[slot] = error
    }
    value = values[tape.output]
    error = errors[tape.output]
  }
}

/// A function with its derivatives as formulas.
struct Derived {
  let function: Function
  let formulas: Formulas

  init(_ text: String, along paths: [[Int]] = [[]], form: FormulaForm = .simplified) throws {
    let expression = try Expression(SourceText(text))
    try self.init(Function(expression, first: ["x", "y", "z"]), along: paths, form: form)
  }

  init(_ function: Function, along paths: [[Int]], form: FormulaForm) throws(FormError) {
    self.function = function
    formulas = try function.graph.derivatives(of: [function.output], along: paths, form: form)
  }

  var texts: [String] {
    let printer = FormulaPrinter(formulas.graph, style: .plain) { function.variables[$0] }
    return formulas.roots.map { printer.text($0) }
  }

  func tape(_ position: Int = 0) -> Tape {
    Tape(
      formulas.graph, output: formulas.roots[position],
      isActive: function.variables.map { _ in true })
  }

  /// A formula printed and read back; as it is where the text would be endless.
  func readBack(_ position: Int = 0) throws -> Tape {
    let size = formulas.graph.treeSizes(of: [formulas.roots[position]])[0]
    guard let count = size.word, count < 4000 else { return tape(position) }
    let printer = FormulaPrinter(formulas.graph, style: .plain) { function.variables[$0] }
    let text = printer.text(formulas.roots[position])
    let place = Point(names: function.variables, values: function.variables.map { _ in 0.5 })
    return try Computation(Expression(SourceText(text)), at: place).tape
  }
}

/// The simplified formula of a text, or of a derivative of it.
func simplified(_ text: String, _ path: [Int] = []) throws -> String {
  try Derived(text, along: [path]).texts[0]
}

func expanded(_ text: String, _ path: [Int] = []) throws -> String {
  try Derived(text, along: [path], form: .expanded).texts[0]
}
