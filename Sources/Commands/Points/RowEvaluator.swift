// Values and derivatives at the points that rows are: in blocks where every row takes the same smooth path.
import Calculus
import Language

/// What there is to say about the results of a row.
struct RowFinding {
  /// Why there is no result, or not all of it.
  var problem: String?
  /// What is to be known of results that exist.
  var remarks: [Explanation] = []
}

/// Evaluates an expression at rows, in memory for one block.
struct RowEvaluator {
  let calculation: Calculation
  let evaluator: Evaluator
  /// What the results of a row are called: values, derivatives, the upper triangle of second ones.
  let resultNames: [String]
  /// Why the expression could not be made ready at the first row; what it says holds for the
  /// expression where no other row could either.
  private(set) var firstFailure: Failure?
  private var computations: [Computation] = []
  /// The outputs at many points at once; empty where each row is evaluated by itself.
  private var blocks: [PointBlock] = []
  /// For each output, the variables that derivatives are shown in.
  private var activeVariables: [[Int]] = []

  init(_ calculation: Calculation, _ evaluator: Evaluator) {
    self.calculation = calculation
    self.evaluator = evaluator
    resultNames = calculation.resultNames(withSecond: evaluator.wantsHessian)
  }

  /// Whether the rows of a block are evaluated together.
  var takesBlocks: Bool { !blocks.isEmpty }

  /// Why no row could be evaluated.
  var failure: Failure? { computations.isEmpty ? firstFailure : nil }

  /// Gives a variable its value in a row of the block.
  func set(_ variable: Int, at row: Int, to value: Double) {
    for index in blocks.indices { blocks[index].set(variable, at: row, to: value) }
  }

  /// Evaluates the first `count` rows of the block.
  func run(count: Int) {
    for index in blocks.indices { blocks[index].run(count: count) }
  }

  /// Finds the results of a row, which are NaN where they do not exist.
  ///
  /// - Parameter values: the values of the variables.
  mutating func find(_ results: inout [Double], at row: Int, _ values: [Double]) -> RowFinding {
    results.removeAll(keepingCapacity: true)
    if !blocks.isEmpty, blocks.indices.allSatisfy({ blocks[$0].isSettled(at: row) }) {
      for index in blocks.indices { results.append(blocks[index].value(at: row)) }
      for index in blocks.indices {
        for variable in activeVariables[index] {
          results.append(blocks[index].partial(variable, at: row))
        }
      }
      return RowFinding()
    }
    do {
      var point = calculation.points[0]
      point.values = values
      return found(try evaluation(at: point), &results)
    } catch {
      if computations.isEmpty, firstFailure == nil { firstFailure = error }
      results = Array(repeating: .nan, count: resultNames.count)
      return RowFinding(problem: error.diagnostic.message)
    }
  }

  private mutating func evaluation(at point: Point) throws(Failure) -> Evaluation {
    if computations.isEmpty || computations.contains(where: \.isBoundToPoint) {
      let wanted = calculation.active ?? calculation.direction?.movingNames
      computations = try asking { () throws(Problem) in
        try Computation.outputs(of: calculation.expression, at: point, withRespectTo: wanted)
      }
      blocks = pointBlocks
      activeVariables = computations.map(calculation.activeVariables)
    }
    if evaluator.formula == .complexStep { try calculation.checkComplexStep(computations) }
    return evaluator.evaluate(computations, at: point)
  }

  /// Blocks for the outputs, where gradients by reverse mode are all that is wanted and every row takes
  /// the same smooth path.
  private var pointBlocks: [PointBlock] {
    guard evaluator.modes == [.reverse], !evaluator.wantsHessian, calculation.direction == nil,
      computations.reduce(0, { $0 + $1.tape.count }) <= PointBlock.slotLimit,
      computations.allSatisfy({ !$0.isBoundToPoint && $0.path.boundary == nil })
    else { return [] }
    let blocks = computations.compactMap { PointBlock($0.tape) }
    return blocks.count == computations.count ? blocks : []
  }

  private func found(_ evaluation: Evaluation, _ results: inout [Double]) -> RowFinding {
    let result = evaluation.results[0]
    results += result.values + result.derivatives
    if let hessian = evaluation.hessian {
      results += hessian.indices.flatMap { hessian[$0][$0...] }
    }
    let problem = evaluation.explanations.first(where: \.isError)?.diagnostic.message
    let isComplete = results.allSatisfy(\.isFinite)
    return RowFinding(
      problem: problem ?? (isComplete ? nil : "a result is beyond the range of numbers"),
      remarks: evaluation.explanations.filter { !$0.isError })
  }
}

extension Calculation {
  /// What the results of a row are called: values, derivatives, the upper triangle of second ones.
  fileprivate func resultNames(withSecond: Bool) -> [String] {
    let variables = points[0].names.filter { active?.contains($0) ?? true }
    let first = (outputNames ?? [""]).flatMap { output in
      direction != nil
        ? [output.isEmpty ? "derivative" : "derivative of \(output)"]
        : variables.map { "d\(output)/d\($0)" }
    }
    let second = variables.indices.flatMap { row in
      variables[row...].map { Evaluation.secondName(variables[row], $0) }
    }
    return (outputNames ?? ["value"]) + first + (withSecond ? second : [])
  }
}
