// The numbers behind formulas: each derivative that `diff` prints, evaluated at a point.
import Calculus
import Session
import Syntax

/// The values of formulas at one point, with what there is to explain.
struct FormulaValues {
  let point: Point
  /// One for each formula, the outputs in the outer order; NaN where an output has no value.
  let values: [Double]
  let explanations: [Explanation]
  /// Whether the function and every derivative exist.
  let isDefined: Bool

  /// - Parameter formulas: those of each output.
  init(_ request: DiffRequest, _ formulas: [Formulas], at point: Point) throws(Failure) {
    self.point = point
    let computations = try asking { () throws(Problem) in
      try Computation.outputs(of: request.expression, at: point)
    }
    var (values, explanations): ([Double], [Explanation]) = ([], [])
    for (index, computation) in computations.enumerated() {
      let explainer = Explainer(computation, at: point.values)
      let some = Self.values(request, formulas[index], explainer, at: point)
      let aboutValue = explainer.aboutValue()
      explanations +=
        aboutValue.isEmpty
        ? Self.aboutDerivatives(request, index, some, explainer, computation) : aboutValue
      values += some
    }
    self.values = values
    self.explanations = explanations
    isDefined = values.allSatisfy(\.isFinite) && !explanations.contains(where: \.isError)
  }

  private static func values(
    _ request: DiffRequest, _ formulas: Formulas, _ explainer: Explainer, at point: Point
  ) -> [Double] {
    guard !explainer.value.isNaN else { return formulas.roots.map { _ in .nan } }
    let coordinates = request.variables.map { point.value(of: $0) ?? .nan }
    let isConstant = Array(repeating: false, count: coordinates.count)
    return formulas.roots.map {
      Tape(formulas.graph, output: $0, isActive: isConstant).value(at: coordinates)
    }
  }

  /// What is wrong with derivatives, and their kinks: of first ones the engines know where it began.
  private static func aboutDerivatives(
    _ request: DiffRequest, _ output: Int, _ values: [Double], _ explainer: Explainer,
    _ computation: Computation
  ) -> [Explanation] {
    let notation = DerivativeNotation(request.variables, style: .plain)
    let function = request.outputs?[output] ?? ""
    var first: [(name: String, seeds: [Double], value: Double)] = []
    for (path, value) in zip(request.paths, values) where path.count == 1 {
      let name = request.variables[path[0]]
      guard let slot = computation.variables.firstIndex(of: name) else { continue }
      first.append(("d\(function)/d\(name)", computation.tape.unit(slot), value))
    }
    let broken = first.filter { !$0.value.isFinite }.map { ($0.name, $0.seeds) }
    let failures = broken.isEmpty ? [] : explainer.aboutDerivatives(broken)
    let higher = zip(request.paths, values).first { $0.count > 1 && !$1.isFinite }
    return failures + explainer.aboutKinks(first)
      + (higher.map {
        [.secondDerivative(notation.operator($0, of: function), computation, value: $1)]
      } ?? [])
  }
}
