// The options of `eval` that are its own.
import CommandLine
import Calculus

/// The modes of differentiation that `eval` has.
enum Mode: String, CaseIterable {
  case forward, reverse, symbolic, numerical
}

extension OptionDefinition {
  static let watch = OptionDefinition(
    "watch", argument: "NAMES",
    help: "value, tangents and adjoint of every assignment to names in definitions, "
      + "as they happen")

  static let sparse = OptionDefinition(
    "sparse",
    help: "in place of value and gradient only the derivatives that are not 0 by structure, "
      + "of the --hessian or of a list")

  static let sparsity = OptionDefinition(
    "sparsity",
    help: "where they are: those of the second derivatives, or of a list's Jacobian")

  static let difference = OptionDefinition(
    "difference", argument: "FORMULA", choices: DifferenceFormula.choices.map(\.name),
    help: "the formula of numerical mode; central if not given")

  static let hessian = OptionDefinition(
    "hessian",
    help: "the second derivatives too, by forward over reverse mode; along a --direction "
      + "their product with it")

  static let mode = OptionDefinition(
    "mode", short: "m", argument: "MODE", choices: Mode.allCases.map(\.rawValue) + ["all"],
    help: "the engine; reverse if not given")

  static let step = OptionDefinition(
    "step", argument: "H",
    help: "its step, in place of one chosen for each variable")
}
