// The shared form: the formulas of derivatives with as few operations as possible, each written
// once.

extension Graph {
  /// The derivatives of a function with shared subexpressions, in whichever form takes the fewest
  /// operations: simplified, simplified and written for people, or for a gradient the reverse sweep
  /// on terms, which never takes more than a few times as many operations as the function.
  ///
  /// - Parameters:
  ///   - output: the function to differentiate.
  ///   - paths: for each formula, the variables to differentiate in, one after the other.
  ///   - variableCount: how many variables the function has.
  package func sharedDerivatives(
    of output: NodeIndex, along paths: [[Int]], variableCount: Int, budget: Budget? = nil,
    effort: Double = 1
  ) throws(FormError) -> Formulas {
    let simplified = try derivatives(
      of: [output], along: paths, form: .simplified, budget: budget, effort: effort)
    var candidates = [simplified, simplified.presented()]
    if paths.count > 1, paths.allSatisfy({ $0.count <= 1 }),
      let sweep = reverseSweep(of: output, along: paths, variableCount)
    {
      candidates.append(sweep)
    }
    return candidates.map { $0.sharingParts() }.min { $0.operationCount < $1.operationCount }
      ?? simplified
  }

  /// A gradient, and maybe the function itself, by the reverse sweep; nil where there is a
  /// condition, since its guards would make the formulas hard to read.
  private func reverseSweep(
    of output: NodeIndex, along paths: [[Int]], _ variableCount: Int
  ) -> Formulas? {
    var isActive = Array(repeating: false, count: variableCount)
    for variable in paths.joined() { isActive[variable] = true }
    let tape = Tape(self, output: output, isActive: isActive)
    guard !tape.mayHaveKinks else { return nil }
    let sweep = Graph(copying: self, folding: .raw)
    let adjoints = sweep.appendAdjoints(of: tape)
    let roots = paths.map { path in
      path.first.map { adjoints[$0] ?? sweep.constant(0) } ?? output
    }
    let formulas = Graph(folding: .raw)
    var importer = FormulaImporter(sweep, outputs: roots, into: formulas)
    let imported = importer.run()
    return Formulas(graph: formulas, roots: roots.map { imported[Int($0)] })
  }
}

extension Formulas {
  /// How many operations the formulas take when equal ones are done once.
  package var operationCount: Int {
    graph.uses(from: roots).enumerated().reduce(0) { count, node in
      count + (node.element > 0 && graph[leaf: NodeIndex(node.offset)] == nil ? 1 : 0)
    }
  }
}
