// The options of `diff` that are its own.
import CommandLine

/// The forms of `diff`'s output.
enum FormulaFormat: String, CaseIterable {
  case text, unicode, markdown, latex, json, html
}

enum DerivativeOrder {
  static let highest = 100
}

extension OptionDefinition {
  static let mixed = OptionDefinition(
    "mixed", help: "one derivative, in each variable of --wrt in turn; they may be repeated")

  static let withValue = OptionDefinition(
    "with-value",
    help: "the function too, and with --hessian the gradient, in the same listing")

  static let form = OptionDefinition(
    "form", argument: "FORM", choices: ListedForm.allCases.map(\.rawValue),
    help: "how far the formula is worked on; simplified if not given")

  static let order = OptionDefinition(
    "order", argument: "N", in: 1...DerivativeOrder.highest,
    help: "the N-th derivative in each variable, N from 1 to \(DerivativeOrder.highest)")

  static let steps = OptionDefinition(
    "steps", help: "the derivation first, rule by rule, from the outside in")
}
