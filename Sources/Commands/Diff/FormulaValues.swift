// The numbers behind formulas: each derivative that `diff` prints, evaluated at a point.
import Calculus
import Language
import Syntax

/// The values of formulas at one point, with what there is to explain.
struct FormulaValues {
  let point: Point
  /// One for each formula, the outputs in the outer order; NaN where an output has no value.
  let values: [Double]
  let explanations: [Explanation]
  /// Whether the function and every derivative exist.
  let isDefined: Bool

  /// The values at each point that is asked for.
  ///
  /// - Parameter formulas: those of each output, as they are printed.
  static func all(
    _ request: DiffRequest, _ formulas: [Formulas]
  ) -> [FormulaValues] {
    guard !request.points.isEmpty else { return [] }
    let outputs = zip(request.functions, formulas).map { Output(request, $0, $1) }
    // Several points are asked for only where none needs a path of its own.
    let computations = request.functions.map { $0.computation() }
    return request.points.map { FormulaValues(request, outputs, computations, at: $0) }
  }

  /// The derivatives of one output, ready to run.
  private struct Output {
    /// As symbolic mode evaluates them, which is right also where the printed formulas are
    /// undefined.
    let derivatives: DerivativeFormulas
    let printed: [Tape]

    init(_ request: DiffRequest, _ function: Function, _ formulas: Formulas) {
      let count = request.variables.count
      derivatives = DerivativeFormulas(
        function.graph, of: [function.output], along: request.paths, variableCount: count)
      let isActive = Array(repeating: false, count: count)
      printed = formulas.roots.map { Tape(formulas.graph, output: $0, isActive: isActive) }
    }
  }

  private init(
    _ request: DiffRequest, _ outputs: [Output], _ computations: [Computation], at point: Point
  ) {
    self.point = point
    let coordinates = request.variables.map { point.value(of: $0) ?? .nan }
    let notation = DerivativeNotation(request.variables, style: .plain)
    var (values, explanations): ([Double], [Explanation]) = ([], [])
    for (index, computation) in computations.enumerated() {
      let explainer = Explainer(computation, at: coordinates)
      let formulas =
        explainer.value.isNaN
        ? request.paths.map { _ in .nan } : outputs[index].derivatives.values(at: coordinates)
      let some = zip(request.paths, formulas).map { path, value in
        path.isEmpty ? value : computation.tape.settled(value, at: coordinates, path: path) + 0
      }
      let aboutValue = explainer.aboutValue()
      explanations += explainer.aboutRange()
      explanations +=
        aboutValue.isEmpty
        ? Self.aboutDerivatives(request, index, some, explainer, computation, at: coordinates)
        : aboutValue
      for (position, value) in some.enumerated()
      where value.isFinite && outputs[index].printed[position].value(at: coordinates).isNaN {
        explanations.append(
          .formulaUndefined(
            notation.operator(request.paths[position]), computation, isShown: true))
      }
      values += some
    }
    self.values = values
    self.explanations = explanations
    isDefined = values.allSatisfy(\.isFinite) && !explanations.contains(where: \.isError)
  }

  /// What is wrong with derivatives, and at kinks; for first derivatives the engines find where it
  /// arose.
  private static func aboutDerivatives(
    _ request: DiffRequest, _ output: Int, _ values: [Double], _ explainer: Explainer,
    _ computation: Computation, at point: [Double]
  ) -> [Explanation] {
    let notation = DerivativeNotation(request.variables, style: .plain)
    let function = request.outputs?[output] ?? ""
    var first: [(name: String, seeds: [Double], value: Double)] = []
    for (path, value) in zip(request.paths, values) where path.count == 1 {
      let name = "d\(function)/d\(request.variables[path[0]])"
      first.append((name, computation.tape.unit(path[0]), value))
    }
    let broken = first.filter { !$0.value.isFinite }.map { ($0.name, $0.seeds) }
    let failures = broken.isEmpty ? [] : explainer.aboutDerivatives(broken)
    let higher = zip(request.paths, values).first { $0.count > 1 && !$1.isFinite }
    return failures + explainer.aboutKinks(first)
      + (higher.map { path, value in
        [
          .secondDerivative(
            notation.operator(path, of: function), computation, value: value, at: point,
            path: path)
        ]
      } ?? [])
  }
}
