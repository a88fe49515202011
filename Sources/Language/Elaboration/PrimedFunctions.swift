// What primes mean: the derivatives of functions of one argument, each derived once.
import Calculus

/// Derivatives of functions in their argument, ready to be inserted in the place of calls.
///
/// Each is derived in a graph of its own whose only variable is the argument, so that it cannot
/// meet a variable of the expression; a call costs as many operations as the derivative's formula
/// has.
struct PrimedFunctions {
  private struct Key: Hashable {
    let operation: Operation
    let order: Int
  }

  /// The operation of one argument among those of a name, if there is one.
  static func operation(_ operations: [Operation]) -> Operation? {
    operations.first { $0.about.arity == 1...1 }
  }

  private var derivatives: [Key: Formulas] = [:]

  /// Appends a derivative at an argument to the argument's graph.
  mutating func append(
    _ operation: Operation, order: Int, of argument: NodeIndex, to graph: Graph
  ) throws(FormError) -> NodeIndex {
    let formulas = try derivative(of: operation, order: order)
    return graph.append(formulas.roots, of: formulas.graph) { _ in argument }[0]
  }

  private mutating func derivative(
    of operation: Operation, order: Int
  ) throws(FormError) -> Formulas {
    let key = Key(operation: operation, order: order)
    if let known = derivatives[key] { return known }
    let graph = Graph(keepsKernels: true)
    let function = graph.unary(operation, graph.variable(0))
    var budget = Budget.ofDerivatives(of: graph.count, derivatives: 1)
    let root = try graph.appendDerivative(
      of: function, along: Array(repeating: 0, count: order), budget: &budget)
    let formulas = Formulas(graph: graph, roots: [root])
    derivatives[key] = formulas
    return formulas
  }
}
