// Formulas of functions in which equalities hold at single points: their values at those points.
import Calculus
import Language

extension Function {
  /// Whether some equality holds at single points only and depends on these variables.
  func hasEqualities(in variables: [Int]) -> Bool {
    graph.equalities(under: output, in: Set(variables)).contains(where: \.isIsolated)
  }
}

/// Derivatives by their formula away from the equalities; where one holds, the number that is the
/// limit, or nan where that is not known.
struct GuardedFormulas {
  let formulas: Formulas

  init(_ function: Function, _ paths: [[Int]], _ form: ListedForm) throws(FormError) {
    var parts: [Formulas] = []
    for path in paths { parts.append(try Self.part(function, path, form)) }
    formulas = Formulas(joining: parts)
  }

  private static func part(
    _ function: Function, _ path: [Int], _ form: ListedForm
  ) throws(FormError) -> Formulas {
    let equalities = function.graph.equalities(under: function.output, in: Set(path))
      .filter(\.isIsolated)
    let smooth =
      equalities.isEmpty
      ? function.output : function.graph.offEqualities(function.output, in: Set(path))
    let plain = try function.graph.derivatives(
      of: [smooth], along: [path], form: form.formulaForm, effort: function.expression.effort)
    let shown = form.shown(plain)
    let graph = Graph()
    var root = graph.append(shown.roots, of: shown.graph) { graph.variable($0) }[0]
    // Where the function is constant beside the equality, its derivative is 0 or does not exist.
    if graph[root] == .constant(0) { return Formulas(graph: graph, roots: [root]) }
    let regular = Tape(graph, output: root, isActive: function.variables.map { _ in true })
    for equality in equalities {
      let limit = limit(of: function, path, where: equality)
      if let limit, regular.value(at: limit.point) == limit.value { continue }
      let condition = graph.append([equality.node], of: function.graph) { graph.variable($0) }[0]
      root = graph.variadic(
        .select, [condition, number(limit?.value ?? .nan, in: graph), root])
    }
    return Formulas(graph: graph, roots: [root])
  }

  /// The derivative of a function of one variable at an equality, where the limit is a number.
  private static func limit(
    of function: Function, _ path: [Int], where equality: Equality
  ) -> (point: [Double], value: Double)? {
    let graph = function.graph
    guard function.variables.count == 1, !function.isBoundToPoint,
      case .binary(_, let x, let y) = graph[equality.node]
    else { return nil }
    for (one, other) in [(x, y), (y, x)] {
      guard case .variable(let variable) = graph[one], case .constant(let place) = graph[other]
      else { continue }
      let tape = Tape(graph, output: function.output, isActive: [true])
      return tape.limit(ofOrder: path.count, in: variable, at: [place]).map { ([place], $0) }
    }
    return nil
  }

  /// A number, written as a quotient of small whole numbers where it is one.
  private static func number(_ value: Double, in graph: Graph) -> NodeIndex {
    for divisor in stride(from: 2.0, through: 120, by: 1) {
      let dividend = (value * divisor).rounded()
      guard value != value.rounded(), dividend != 0,
        (value - dividend / divisor).magnitude <= 4 * value.ulp
      else { continue }
      return graph.binary(.divide, graph.constant(dividend), graph.constant(divisor))
    }
    return graph.constant(value)
  }
}
