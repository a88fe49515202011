// Whether two formulas are equal by algebra: their difference, in normal form, is nothing.

extension Formulas {
  /// Whether the formula at one root equals another formula over the same variables, for all that
  /// normal form and multiplying out can show.
  package func isEqual(_ root: Int, to other: NodeIndex, of source: Graph) -> Bool {
    let joint = Graph()
    let mine = joint.append([roots[root]], of: graph) { joint.variable($0) }[0]
    let theirs = joint.append([other], of: source) { joint.variable($0) }[0]
    if mine == theirs { return true }
    let difference = joint.binary(.subtract, theirs, mine)
    return [FormulaForm.simplified, .expanded].contains { form in
      guard let normal = try? joint.derivatives(of: [difference], along: [[]], form: form)
      else { return false }
      return normal.graph[normal.roots[0]] == .constant(0)
    }
  }
}
