// What `eval` finds out at one point: each engine's numbers, and what there is to explain.
import CommandLine
import Calculus
import Language

/// One engine's answer at a point.
struct EngineResult {
  let mode: Mode
  /// One per output.
  let values: [Double]
  /// One per output and direction that was asked for, the directions in the inner order.
  let derivatives: [Double]
  let cost: Gradient.Cost
  /// How each derivative was approximated, in numerical mode.
  let quotients: [DifferenceQuotient]
  /// Whether the program took other branches at some points of the difference quotients.
  var hasLeftPath = false
}

/// The results at one point.
struct Evaluation {
  let point: Point
  /// What the values are called: `value`, or the outputs of a list.
  let valueNames: [String]
  /// What the derivatives are called, `d/dx1`, or `df1/dx1` of the output f1.
  let names: [String]
  let results: [EngineResult]
  /// Each output's second derivatives in the active variables, where they were asked for.
  let hessians: [[[Double]]]
  /// Each output's product of second derivatives with the direction, where there is one.
  let products: [[Double]]
  let explanations: [Explanation]
  /// The assignments to names that are watched; nil where none are.
  var watched: [WatchedAssignment]?

  /// Whether the value and every derivative exist.
  var isDefined: Bool { !explanations.contains(where: \.isError) }

  /// How far two engines' derivatives are apart at most, also relative to their size, and in which.
  func disagreement(
    _ first: EngineResult, _ second: EngineResult
  ) -> (size: Double, relative: Double, name: String)? {
    zip(names, zip(first.derivatives, second.derivatives))
      .map { name, pair in
        let isSame = pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN)
        let size = isSame ? 0 : (pair.0 - pair.1).magnitude
        return (size, isSame ? 0 : size / max(pair.0.magnitude, pair.1.magnitude), name)
      }
      .max { $0.size < $1.size || $1.size.isNaN }
  }

  /// What the product of second derivatives with a direction has in a variable.
  static func productName(_ variable: String, of output: String = "") -> String {
    "d/d\(variable) of derivative" + (output.isEmpty ? "" : " of \(output)")
  }

  /// `d²/dx1dx2`, or `d²f1/dx1dx2` of the output f1.
  static func secondName(_ first: String, _ second: String, of output: String = "") -> String {
    "d²\(output)/" + (first == second ? "d\(first)²" : "d\(first)d\(second)")
  }
}

/// Runs the engines.
struct Evaluator {
  let calculation: Calculation
  let modes: [Mode]
  let formula: DifferenceFormula
  let step: Double?
  let wantsHessian: Bool

  /// Throws where the work at all points together is more than usual, or than --max-steps allows.
  func check(_ computations: [Computation]) throws {
    let points = Double(calculation.points.count)
    guard let last = computations.last else { return }
    let columns = Double(max(1, calculation.directions(of: last).count))
    let size = Double(computations.reduce(0) { $0 + $1.tape.count })
    let numbers = Double(computations.count) * Double(modes.count) * (columns + 1)
    let sweeps = modes.reduce(wantsHessian ? columns : 0) {
      $0 + ($1 == .reverse || $1 == .symbolic ? 3 : columns + 1)
    }
    let expression = calculation.expression
    try expression.check(.numbers, points * (numbers + (wantsHessian ? columns * columns : 0)))
    try expression.check(.operations, points * size * sweeps)
    if computations.contains(where: \.isBoundToPoint) {
      try expression.check(.remakes, points * Double(last.operationCount))
    }
  }

  /// - Parameters:
  ///   - computations: the outputs, all over the same variables.
  ///   - formulas: their derivatives as formulas, where symbolic mode is among the modes.
  func evaluate(
    _ computations: [Computation], at point: Point, formulas: [GradientFormulas] = []
  ) -> Evaluation {
    let outputs = calculation.outputNames
    var labels: [String] = []
    var evaluated: [OutputEvaluation] = []
    for (index, computation) in computations.enumerated() {
      let directions = calculation.directions(of: computation, output: outputs?[index])
      labels +=
        calculation.direction == nil
        ? directions.names : [outputs.map { "derivative of \($0[index])" } ?? "derivative"]
      evaluated.append(
        evaluate(
          computation, at: computation.coordinates(point), directions,
          formulas: formulas.isEmpty ? nil : formulas[index], output: outputs?[index] ?? ""))
    }
    return Evaluation(
      point: point, valueNames: outputs ?? ["value"], names: labels,
      results: modes.indices.map { mode in EngineResult(evaluated.map { $0.results[mode] }) },
      hessians: evaluated.compactMap(\.hessian), products: evaluated.compactMap(\.product),
      explanations: calculation.notes + evaluated.flatMap(\.explanations).withoutRepeatedNotes)
  }

  /// The evaluation of one output at one point.
  private struct OutputEvaluation {
    let results: [EngineResult]
    let hessian: [[Double]]?
    let product: [Double]?
    let explanations: [Explanation]
  }

  private func evaluate(
    _ computation: Computation, at point: [Double],
    _ directions: Directions, formulas: GradientFormulas?, output: String
  ) -> OutputEvaluation {
    let explainer = Explainer(computation, at: point)
    let aboutValue = explainer.aboutValue()
    let isUndefined = explainer.value.isNaN
    var results = modes.map { mode in
      if mode == .symbolic, let formulas {
        return symbolic(formulas, computation, point, directions)
      }
      return result(mode, computation, point, directions)
    }
    if isUndefined { results = results.map(\.withoutDerivatives) }
    let judges = isUndefined ? results : judges(results, computation, point, directions)
    results = results.map { $0.withoutMissing(judges) }
    let product = wantsHessian ? product(computation, point, isUndefined) : nil
    // Where the product is not finite, the second derivatives show why.
    let isNeeded = wantsHessian && product?.allSatisfy(\.isFinite) != true
    let hessian = isNeeded ? hessian(computation, point, isUndefined) : nil
    var explanations = aboutValue + explainer.aboutRange() + explainer.aboutCancellation()
    explanations += notes(about: computation, directions, results)
    if aboutValue.isEmpty {
      explanations += aboutDerivatives(
        explainer, computation, point, directions, results, judges)
      explanations += aboutHessian(hessian, computation, point, explanations, output)
    }
    return OutputEvaluation(
      results: results, hessian: product == nil ? hessian : nil, product: product,
      explanations: explanations)
  }

  /// Notes about variables that decide the number of terms, and about the paths of a program.
  private func notes(
    about computation: Computation, _ directions: Directions, _ results: [EngineResult]
  ) -> [Explanation] {
    var notes = computation.countingVariables.sorted()
      .filter { computation.tape.isActive[$0] }
      .map { Explanation.countingVariable(computation.variables[$0]) }
    if modes.contains(.symbolic),
      let note = Explanation.pathFormula(
        computation.path, of: computation.expression, over: computation.variables)
    {
      notes.append(note)
    }
    if results.contains(where: \.hasLeftPath) {
      notes.append(.pathChanges(directions.names, computation))
    }
    return notes
  }

  // MARK: Engines

  private func result(
    _ mode: Mode, _ computation: Computation, _ point: [Double], _ directions: Directions
  ) -> EngineResult {
    let tape = computation.tape
    switch mode {
    case .numerical: return numerical(computation, point, directions)
    case .forward, .reverse, .symbolic:
      let gradient: Gradient
      if calculation.direction == nil {
        gradient =
          mode == .forward ? tape.forwardGradient(at: point) : tape.reverseGradient(at: point)
      } else {
        gradient =
          mode == .forward
          ? tape.forwardDerivative(at: point, along: directions.seeds(0))
          : tape.reverseDerivative(at: point, along: directions.seeds(0))
      }
      let active = calculation.activeVariables(of: computation)
      let derivatives =
        calculation.direction == nil ? active.map { gradient.partials[$0] } : gradient.partials
      return EngineResult(
        mode: mode, values: [gradient.value], derivatives: derivatives, cost: gradient.cost,
        quotients: [])
    }
  }

  /// The formulas' values; along a direction, their product with it.
  private func symbolic(
    _ formulas: GradientFormulas, _ computation: Computation, _ point: [Double],
    _ directions: Directions
  ) -> EngineResult {
    let partials = formulas.partials(at: point)
    let derivatives =
      calculation.direction == nil
      ? calculation.activeVariables(of: computation).map { partials[$0] }
      : [zip(partials, directions.seeds(0)).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }]
    return EngineResult(
      mode: .symbolic, values: [computation.tape.value(at: point)],
      derivatives: computation.tape.settled(derivatives, at: point, along: directions.seeds),
      cost: .operations(formulas.operationCount), quotients: [])
  }

  private func numerical(
    _ computation: Computation, _ point: [Double], _ directions: Directions
  ) -> EngineResult {
    let rerun = Rerun(computation)
    let differentiator = NumericalDifferentiator(
      computation.tape, at: point, rerun: rerun.function)
    let sizes = computation.sizes(at: point)
    let quotients = directions.map { _, direction in
      differentiator.quotient(
        along: direction, size: Tape.size(of: sizes, along: direction), formula, step: step,
        usesTheory: true)
    }
    return EngineResult(
      mode: .numerical, values: [differentiator.valueAtPoint],
      derivatives: quotients.map(\.value),
      cost: .evaluations(quotients.reduce(0) { $0 + $1.evaluations }, forValue: 1),
      quotients: quotients, hasLeftPath: rerun.hasLeftPath)
  }

  private func hessian(
    _ computation: Computation, _ point: [Double], _ isUndefined: Bool
  ) -> [[Double]] {
    let active = calculation.activeVariables(of: computation)
    let whole = computation.tape.hessian(at: point)
    return active.map { row in active.map { isUndefined ? .nan : whole[row][$0] } }
  }

  /// The second derivatives along the direction, if there is one, in all variables of the point.
  private func product(
    _ computation: Computation, _ point: [Double], _ isUndefined: Bool
  ) -> [Double]? {
    guard calculation.direction != nil else { return nil }
    let direction = calculation.directions(of: computation).seeds(0)
    let product = computation.tape.hessianProduct(at: point, along: direction)
    return calculation.activeVariables(of: computation).map { isUndefined ? .nan : product[$0] }
  }

  /// The results that decide which derivatives exist: those of automatic differentiation, since
  /// difference quotients recognise neither kinks nor poles of the slope.
  private func judges(
    _ results: [EngineResult], _ computation: Computation, _ point: [Double],
    _ directions: Directions
  ) -> [EngineResult] {
    results.filter { $0.mode == .forward || $0.mode == .reverse }
      + (modes.contains(.reverse) ? [] : [result(.reverse, computation, point, directions)])
  }

  // MARK: Explanations

  private func aboutDerivatives(
    _ explainer: Explainer, _ computation: Computation, _ point: [Double],
    _ directions: Directions, _ results: [EngineResult],
    _ judges: [EngineResult]
  ) -> [Explanation] {
    let broken = directions.indices.filter { index in
      judges.contains { !$0.derivatives[index].isFinite }
    }
    let failures =
      broken.isEmpty ? [] : explainer.aboutDerivatives(broken.lazy.map { directions[$0] })
    let isBroken = Set(broken)
    let known = directions.indices.filter { !isBroken.contains($0) }
    // Seeds are made one after the other: those of all axes would be a square matrix.
    func derivative(_ index: Int) -> (name: String, seeds: [Double], value: Double) {
      let (name, seeds) = directions[index]
      return (name, seeds, judges[0].derivatives[index])
    }
    var moved: [Explanation] = []
    for index in known where moved.count < 4 {
      let (name, seeds, slope) = derivative(index)
      if let other = computation.slopeAgainst(slope, at: point, along: seeds) {
        moved.append(.pathSlope(name, slope, other, computation))
      }
    }
    return failures
      + explainer.aboutKinks(known.prefix(Explainer.kinkLimit).map(derivative)) + moved
      + aboutQuotients(directions.names, results, judges[0].derivatives, except: broken)
      + aboutFormulas(directions.names, results, computation, except: broken)
  }

  /// Explains where a formula has no value though the derivative exists.
  private func aboutFormulas(
    _ names: [String], _ results: [EngineResult], _ computation: Computation, except broken: [Int]
  ) -> [Explanation] {
    results.filter { $0.mode == .symbolic }.flatMap { result in
      result.derivatives.indices
        .filter { !broken.contains($0) && !result.derivatives[$0].isFinite }
        .map { .formulaUndefined(names[$0], computation, isShown: false) }
    }
  }

  /// Explains where a difference quotient failed though the derivative exists.
  private func aboutQuotients(
    _ names: [String], _ results: [EngineResult], _ derivatives: [Double], except broken: [Int]
  ) -> [Explanation] {
    results.flatMap { result in
      result.quotients.indices.filter { !broken.contains($0) }
        .compactMap {
          .aboutQuotient(names[$0], result.quotients[$0], derivative: derivatives[$0])
        }
    }
  }

  /// Explains that a second derivative does not exist where the first ones do.
  private func aboutHessian(
    _ hessian: [[Double]]?, _ computation: Computation, _ point: [Double], _ known: [Explanation],
    _ output: String
  ) -> [Explanation] {
    guard let hessian, !known.contains(where: \.isError) else { return [] }
    let active = calculation.activeVariables(of: computation)
    var missing: [(row: Int, column: Int)] = []
    for row in active.indices {
      missing += (row..<active.count).filter { !hessian[row][$0].isFinite }.map { (row, $0) }
    }
    return missing.prefix(4).map { row, column in
      let path = [active[row], active[column]]
      let name = Evaluation.secondName(
        computation.variables[path[0]], computation.variables[path[1]], of: output)
      return .secondDerivative(
        name, computation, value: hessian[row][column], at: point, path: path)
    }
  }
}

extension EngineResult {
  /// Removes numbers where other engines found that the derivative does not exist, and the sign of
  /// 0.
  fileprivate func withoutMissing(_ judges: [EngineResult]) -> EngineResult {
    let missing = derivatives.indices.map { index in
      judges.lazy.map { $0.derivatives[index] }.first { !$0.isFinite }
    }
    return EngineResult(
      mode: mode, values: values,
      derivatives: zip(derivatives, missing).map { $0.isFinite ? $1 ?? $0 + 0 : $0 }, cost: cost,
      quotients: quotients, hasLeftPath: hasLeftPath)
  }

  /// Where there is no value there is no derivative, whatever the rules gave.
  fileprivate var withoutDerivatives: EngineResult {
    EngineResult(
      mode: mode, values: [.nan], derivatives: derivatives.map { _ in .nan }, cost: cost,
      quotients: quotients)
  }
}

extension Calculation {
  /// Writes explanations to standard error; notes about the request only once.
  func explain(_ evaluations: [Evaluation], _ terminal: Terminal) {
    var reported: Set<String> = []
    for evaluation in evaluations {
      let place = evaluations.count > 1 ? Self.text(of: evaluation.point) : nil
      for explanation in evaluation.explanations {
        let isAboutPoint = explanation.diagnostic.severity != .note
        if !isAboutPoint, !reported.insert(explanation.diagnostic.message).inserted { continue }
        terminal.show(explanation, at: isAboutPoint ? place : nil, color: color)
      }
    }
  }
}
