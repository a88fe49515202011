// Symbolic differentiation: derivatives of a graph's nodes, in a graph that folds as the form asks.

/// Differentiates outputs of a graph in a graph of its own.
struct SymbolicDifferentiator {
  let form: FormulaForm
  let graph: Graph
  /// The graph, unless the form is raw.
  private let normal: NormalGraph?
  /// The graph's node for each of the source's.
  let imported: [NodeIndex]
  let outputs: [NodeIndex]

  /// - Parameters:
  ///   - keepsKernels: whether the formulas are made to be evaluated, not to be read.
  ///   - budget: what differentiating may take; where it is spent, derivatives are 0 from there on,
  ///     and `checkBudget` throws.
  init(
    _ source: Graph, outputs: [NodeIndex], form: FormulaForm, keepsKernels: Bool = false,
    budget: Budget = .unlimited
  ) {
    self.form = form
    self.outputs = outputs
    normal = form == .raw ? nil : NormalGraph(keepsKernels: keepsKernels)
    graph = normal ?? Graph(folding: .raw, keepsKernels: keepsKernels)
    var importer = FormulaImporter(source, outputs: outputs, into: graph)
    imported = importer.run()
    graph.budget = budget
  }

  /// Throws where the derivatives took more than the budget.
  func checkBudget() throws(FormError) {
    if graph.budget.isSpent { throw .tooManyNodes(limit: graph.budget.limit) }
  }

  /// The derivatives of all outputs along each path of variables, one after the other: the outputs
  /// in the outer order.
  ///
  /// A common beginning of consecutive paths is differentiated once.
  func derivatives(along paths: [[Int]]) -> [NodeIndex] {
    var byPath: [[NodeIndex]] = []
    /// Scratch space that the sweeps share, one sweep for each order along the last path.
    var places: [UInt32] = []
    var sweeps = [DerivativeSweep(graph, outputs.map { imported[Int($0)] }, form, places: &places)]
    var last: [Int] = []
    for path in paths where !graph.budget.isSpent {
      let shared = zip(path, last).prefix { $0 == $1 }.count
      sweeps.removeLast(sweeps.count - 1 - min(shared, sweeps.count - 1))
      while sweeps.count < path.count, !graph.budget.isSpent {
        let roots = sweeps[sweeps.count - 1].derivatives(in: path[sweeps.count - 1])
        sweeps.append(DerivativeSweep(graph, roots, form, places: &places))
      }
      guard sweeps.count >= path.count else { break }
      byPath.append(
        path.isEmpty
          ? sweeps[0].roots : sweeps[path.count - 1].derivatives(in: path[path.count - 1]))
      last = path
    }
    let zero = graph.constant(0)
    byPath += repeatElement(outputs.map { _ in zero }, count: paths.count - byPath.count)
    return outputs.indices.flatMap { output in byPath.map { $0[output] } }
  }

  /// The formulas at the roots, in the form that was asked for.
  func formulas(_ roots: [NodeIndex]) throws(FormError) -> Formulas {
    guard form == .expanded, let normal else { return simplified(roots) }
    var expansion = Expansion(normal)
    normal.displayOrder = [:]
    return simplified(try expansion.expanded(roots))
  }

  /// The formulas as a person would write them, unless the form is raw.
  func simplified(_ roots: [NodeIndex]) -> Formulas {
    guard let normal else { return Formulas(graph: graph, roots: roots) }
    var writer = FormulaWriter(normal)
    return writer.written(roots)
  }
}
