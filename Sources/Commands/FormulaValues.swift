// The numbers behind formulas: each derivative that `diff` prints, evaluated at a point.
import Calculus
import Session
import Syntax

/// The values of formulas at one point, with what there is to explain.
struct FormulaValues {
  let point: Point
  /// One for each formula; NaN where the function itself has no value.
  let values: [Double]
  let explanations: [Explanation]
  /// Whether the function and every derivative exist.
  let isDefined: Bool

  init(_ request: DiffRequest, _ formulas: Formulas, at point: Point) throws(Failure) {
    self.point = point
    let function = request.function
    let coordinates = function.variables.map { point.value(of: $0) ?? .nan }
    let computation = try asking { () throws(Problem) in
      try Computation(function.expression, at: point)
    }
    let explainer = Explainer(computation, at: point.values)
    let isConstant = Array(repeating: false, count: function.variables.count)
    let values = formulas.roots.map { root in
      explainer.value.isNaN
        ? .nan : Tape(formulas.graph, output: root, isActive: isConstant).value(at: coordinates)
    }
    self.values = values
    var explanations = explainer.aboutValue()
    let broken = values.indices.filter { !values[$0].isFinite }
    if explanations.isEmpty {
      explanations = Self.aboutDerivatives(request, values, explainer, computation)
    }
    self.explanations = explanations
    isDefined = broken.isEmpty && !explanations.contains(where: \.isError)
  }

  /// What is wrong with derivatives, and their kinks: of first ones the engines know where it began.
  private static func aboutDerivatives(
    _ request: DiffRequest, _ values: [Double], _ explainer: Explainer, _ computation: Computation
  ) -> [Explanation] {
    let notation = DerivativeNotation(request.function.variables, style: .plain)
    var first: [(name: String, seeds: [Double], value: Double)] = []
    for (path, value) in zip(request.paths, values) where path.count == 1 {
      let name = request.function.variables[path[0]]
      guard let slot = computation.variables.firstIndex(of: name) else { continue }
      first.append(("d/d\(name)", computation.tape.unit(slot), value))
    }
    let broken = first.filter { !$0.value.isFinite }.map { ($0.name, $0.seeds) }
    let failures = broken.isEmpty ? [] : explainer.aboutDerivatives(broken)
    let higher = zip(request.paths, values).first { $0.count > 1 && !$1.isFinite }
    return failures + explainer.aboutKinks(first)
      + (higher.map { [.secondDerivative(notation.operator($0), computation, value: $1)] } ?? [])
  }
}
