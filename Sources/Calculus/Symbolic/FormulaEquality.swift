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
      return normal.isZero || (form == .simplified && normal.isZeroOverOneDenominator)
    }
  }

  private var isZero: Bool { graph[roots[0]] == .constant(0) }

  /// Whether the sum is nothing once its terms are brought over one denominator and multiplied out.
  private var isZeroOverOneDenominator: Bool {
    let terms = signedTerms(of: roots[0])
    let denominators = Set(terms.compactMap { denominator(of: $0.node) }).sorted()
    guard terms.count > 1, !denominators.isEmpty, denominators.count <= Self.denominatorLimit
    else { return false }
    var sum = graph.constant(0)
    for term in terms {
      var product = term.node
      let own = denominator(of: term.node)
      if own != nil, case .binary(_, let numerator, _) = graph[product] { product = numerator }
      for other in denominators where other != own {
        product = graph.binary(.multiply, product, other)
      }
      sum = graph.binary(term.isNegative ? .subtract : .add, sum, product)
    }
    let whole = try? graph.derivatives(of: [sum], along: [[]], form: .expanded)
    return whole?.isZero ?? false
  }

  private static let denominatorLimit = 6

  private func denominator(of node: NodeIndex) -> NodeIndex? {
    if case .binary(.divide, _, let denominator) = graph[node] { denominator } else { nil }
  }

  /// The terms of a sum, of which people's formulas have few.
  private func signedTerms(of root: NodeIndex) -> [(node: NodeIndex, isNegative: Bool)] {
    var terms: [(node: NodeIndex, isNegative: Bool)] = []
    var pending = [(root, false)]
    while let (node, isNegative) = pending.popLast(), terms.count < 64 {
      switch graph[node] {
      case .binary(.add, let x, let y): pending += [(x, isNegative), (y, isNegative)]
      case .binary(.subtract, let x, let y): pending += [(x, isNegative), (y, !isNegative)]
      case .unary(.negate, let x): pending.append((x, !isNegative))
      default: terms.append((node, isNegative))
      }
    }
    return pending.isEmpty ? terms : []
  }
}
