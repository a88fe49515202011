// The forms that formulas are shown in: what `--form` can ask for.
import Calculus

/// The forms of a formula, and the list of shared subexpressions.
enum ListedForm: String, CaseIterable {
  case raw, simplified, factored, expanded, shared

  /// The form that formulas are made in.
  var formulaForm: FormulaForm { FormulaForm(rawValue: rawValue) ?? .simplified }

  /// Formulas that were made for this form, as it shows them.
  func shown(_ formulas: Formulas) -> Formulas {
    switch self {
    case .simplified: formulas.presented()
    case .factored: formulas.factored()
    case .raw, .expanded, .shared: formulas
    }
  }

  /// Formulas in this form, whatever their form is now; nil where they cannot be had in it.
  func remade(_ formulas: Formulas) -> Formulas? {
    let paths = [[Int]](repeating: [], count: 1)
    return try? shown(
      formulas.graph.derivatives(of: formulas.roots, along: paths, form: formulaForm))
  }
}
