// The sizes of functions and their derivatives, order by order or iterate by iterate.
import Calculus
import Language

/// The nodes of a formula as a tree and as a graph.
struct FormulaSize {
  let tree: Natural
  let dag: Int
}

/// A row of `swell`'s table.
struct Swell {
  /// The order of the derivative, or the number of the iterate.
  let number: Int
  let function: FormulaSize
  let raw: FormulaSize
  let simplified: FormulaSize
  /// The operations that reverse mode records.
  let tapeOperations: Int

  static let lastIterate = 10_000
  /// The iterates that are shown where there are many, besides the first ones and the last.
  private static let milestones = [20, 50, 100, 200, 500, 1000, 2000, 5000]

  /// A row for each order; the function stays the same.
  static func ofOrders(_ function: Function, in variable: Int, upTo order: Int) throws(FormError)
    -> [Swell]
  {
    let orders = Array(1...order)
    return try rows(
      function.graph, Array(repeating: function.output, count: order), numbers: orders,
      function.variables.indices.map { $0 == variable }
    ) { form throws(FormError) in
      let paths = orders.map { Array(repeating: variable, count: $0) }
      return try function.graph.derivatives(
        of: [function.output], along: paths, form: form, effort: function.expression.effort)
    }
  }

  /// A row for each iterate that is shown, with its first derivative.
  static func ofIterates(_ function: Function, in variable: Int, upTo last: Int) throws(FormError)
    -> [Swell]
  {
    let shown =
      last <= 20
      ? Array(1...last) : (Array(1...10) + milestones + [last]).filter { $0 < last } + [last]
    let graph = function.graph
    var iterate = graph.variable(variable)
    var outputs: [NodeIndex] = []
    var next = 0
    for number in 1...last {
      if number > 1 { iterate = graph.substituting(iterate, for: variable, in: function.output) }
      if shown[next] == number {
        outputs.append(iterate)
        next += 1
      }
    }
    return try rows(
      graph, outputs, numbers: shown, function.variables.indices.map { $0 == variable }
    ) {
      form throws(FormError) in
      try graph.derivatives(
        of: outputs, along: [[variable]], form: form, effort: function.expression.effort)
    }
  }

  private static func rows(
    _ graph: Graph, _ outputs: [NodeIndex], numbers: [Int], _ isActive: [Bool],
    derivatives: (FormulaForm) throws(FormError) -> Formulas
  ) throws(FormError) -> [Swell] {
    // Before differentiating, which may add nodes to the graph.
    let functions = sizes(Formulas(graph: graph, roots: outputs))
    let operations = outputs.map {
      Tape(graph, output: $0, isActive: isActive).instructionCount
    }
    let raw = sizes(try derivatives(.raw))
    let simplified = sizes(try derivatives(.simplified))
    return numbers.indices.map { row in
      Swell(
        number: numbers[row], function: functions[row], raw: raw[row], simplified: simplified[row],
        tapeOperations: operations[row])
    }
  }

  private static func sizes(_ formulas: Formulas) -> [FormulaSize] {
    let trees = formulas.graph.treeSizes(of: formulas.roots)
    return zip(formulas.roots, trees).map { root, tree in
      FormulaSize(tree: tree, dag: formulas.graph.dagSize(of: [root]))
    }
  }

  /// How many times larger the raw derivative is as a tree.
  var ratio: String {
    if let tree = raw.tree.word, tree < 1 << 53 {
      return FormulaSize.brief(Double(tree) / Double(raw.dag))
    }
    return raw.tree.divided(by: UInt64(raw.dag)).quotient.roundedText
  }
}
