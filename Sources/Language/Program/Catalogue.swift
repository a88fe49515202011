// The words of the language: constants, functions and forms, and the suggestions for misspelt ones.
import Calculus
import Syntax

/// The names that mean something before a user defines any.
package enum Catalogue {
  /// A constant's value; nil for a name that is none.
  package static func constant(_ name: String) -> Double? {
    constants.first { $0.names.contains(name) }?.value
  }

  /// The constants of the language with all their names.
  package static let constants: [(names: [String], value: Double, summary: String)] = [
    (["pi", "π"], .pi, "the ratio of a circle's circumference to its diameter"),
    (["e"], 2.718281828459045, "Euler's number"),
    (["tau", "τ"], 2 * .pi, "a full turn, 2 pi"),
    (["inf"], .infinity, "infinity"),
    (["nan"], .nan, "not a number"),
  ]

  /// The forms that bind a name, which no operation can be.
  package static let forms: [(name: String, usage: String, summary: String)] = [
    (
      "sum", "sum(i, from, to, expression)",
      "the sum of the expression for each whole i of a range; 0 for none"
    ),
    (
      "prod", "prod(i, from, to, expression)",
      "the product of the expression for each whole i of a range; 1 for none"
    ),
  ]

  /// The form that differentiates.
  package static let derivative = (
    name: "diff", usage: "diff(expression, x) or diff(expression, x, n)",
    summary: "the derivative of the expression in the variable x, or the n-th one"
  )

  /// The two notations of derivatives, as the help lists them.
  package static let derivatives: [(names: [String], usage: String, summary: String)] = [
    (
      [derivative.name], "diff(expression, x, n)",
      "the n-th derivative of the expression in the variable x; the first without n"
    ),
    (
      ["f'", "'"], "f'(x), f''(x)",
      "the first, second derivative of a function f of one argument, at x"
    ),
  ]

  /// How a function is called, one usage for each number of arguments.
  package static func usage(of function: String) -> String {
    if let form = forms.first(where: { $0.name == function }) { return form.usage }
    if function == derivative.name { return derivative.usage }
    return Operation.named(function)
      .map { "\(function)(\($0.about.parameters.joined(separator: ", ")))" }
      .joined(separator: " or ")
  }

  /// Every name that a call may use.
  package static let functionNames: [String] =
    Operation.language.flatMap(\.about.callNames) + forms.map(\.name) + [derivative.name]

  static var constantNames: [String] { constants.flatMap(\.names) }

  /// What textbook notation may refer to.
  static let vocabulary = Vocabulary(
    functions: Set(functionNames),
    unary: Set(
      Operation.language.filter { $0.about.arity.contains(1) }.flatMap(\.about.callNames)
    ).subtracting(["min", "max"]),
    constants: Set(constantNames))

  /// Whether a function can be called with so many arguments.
  package static func takes(_ count: Int, _ function: String) -> Bool {
    if forms.contains(where: { $0.name == function }) {
      return count == 4 || !Operation.named(function).isEmpty
    }
    if function == derivative.name { return count == 2 || count == 3 }
    return Operation.named(function).contains { $0.about.arity.contains(count) }
  }

  /// Whether the language has a function, or a form like `sum`, of that name.
  package static func isFunction(_ name: String) -> Bool {
    !Operation.named(name).isEmpty || forms.contains { $0.name == name } || name == derivative.name
  }

  /// Throws where a definition would redefine a function of the language: whoever reads `sin(x)`
  /// may rely on its meaning. A value may have a function's name, since a function is always
  /// called.
  package static func check(
    _ definitions: some Collection<Definition>, of symbols: [String], in source: SourceText
  ) throws(Problem) {
    for definition in definitions where definition.isFunction && !definition.isDerivative {
      let name = symbols[definition.symbol.index]
      if isFunction(name) {
        throw Problem(.functionRedefined(name), in: source, at: definition.nameRange)
      }
    }
  }
}
