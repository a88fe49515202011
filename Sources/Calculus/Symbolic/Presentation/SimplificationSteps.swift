// How a formula becomes what it is shown as, one kind of rewriting after the other.

/// The kinds of rewriting that make a formula shorter, in the order in which steps name them.
enum PresentationKind: String, CaseIterable {
  case factors = "common factors in front"
  case denominators = "over one denominator"
  case expansion = "multiplied out, like terms collected"
  case functions = "identities of functions"
  case search = "terms that cancel, and sums that are products"
}

/// A formula on the way, and what made it of the one before.
package struct SimplificationStep {
  /// What was done, in words.
  package let rule: String
  /// What it led to.
  package let formula: Formulas

  /// - Parameter rule: what led to the formula, in words.
  package init(_ rule: String, _ formula: Formulas) {
    self.rule = rule
    self.formula = formula
  }
}

extension Graph {
  /// The steps from a formula to its simplified form, the last of them; some may change nothing.
  package func simplificationSteps(of output: NodeIndex) -> [SimplificationStep] {
    let collected = collectionStep(of: output)
    return [collected]
      + PresentationKind.allCases.enumerated().map { index, kind in
        let kinds = Set(PresentationKind.allCases.prefix(index + 1))
        return SimplificationStep(kind.rawValue, collected.formula.presented(by: kinds))
      }
  }

  /// The first of them: like terms and factors as one, and rules of functions.
  package func collectionStep(of output: NodeIndex) -> SimplificationStep {
    let normal = NormalGraph()
    normal.firedRules = []
    var importer = FormulaImporter(self, outputs: [output], into: normal)
    let root = importer.run()[Int(output)]
    var writer = FormulaWriter(normal)
    let collected = writer.written([root])
    let fired = (normal.firedRules ?? []).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let first = ["like terms and factors collected"] + fired
    return SimplificationStep(first.joined(separator: "; "), collected)
  }
}
