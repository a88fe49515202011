// Values and derivatives at the points that rows are: in blocks where every row takes the same smooth path.
import Calculus
import Language

/// What there is to say about the results of a row.
struct RowFinding: Sendable {
  /// Why there is no result, or not all of it.
  var problem: String?
  /// The same with its place in the expression.
  var reason: Explanation?
  /// What is to be known of results that exist.
  var remarks: [Explanation] = []
}

/// What is evaluated at rows.
struct RowTask: Sendable {
  let calculation: Calculation
  let evaluator: Evaluator
  /// The values that stand before those of each row.
  var known: [Double] = []
  /// What the results of a row are called: values, derivatives, the upper triangle of second ones.
  let resultNames: [String]
  /// Whether infinite and undefined results are shown as they are, as in a table of points; otherwise a
  /// row where one is missing has none.
  let showsAll: Bool

  init(
    _ calculation: Calculation, _ evaluator: Evaluator, known: [Double] = [], showsAll: Bool = false
  ) {
    self.calculation = calculation
    self.evaluator = evaluator
    self.known = known
    self.showsAll = showsAll
    resultNames = calculation.resultNames(withSecond: evaluator.wantsHessian)
  }
}

/// Evaluates an expression at rows, in memory for one block; each thread has its own.
struct RowEvaluator {
  let task: RowTask
  /// Why the expression could not be made ready at the first row; what it says holds for the
  /// expression where no other row could either.
  private(set) var firstFailure: (any Error)?
  private var computations: [Computation] = []
  /// The outputs at many points at once; empty where each row is evaluated by itself.
  private var blocks: [PointBlock] = []
  /// For each output, the variables that derivatives are shown in.
  private var activeVariables: [[Int]] = []

  init(_ task: RowTask) { self.task = task }

  /// Whether some row could be evaluated.
  var isReady: Bool { !computations.isEmpty }

  /// Fills in the results of a block's rows, NaN where they do not exist.
  ///
  /// - Parameter isStrict: whether a row without a result is the last.
  /// - Returns: how many rows there are results of.
  mutating func evaluate(
    _ block: inout RowBlock, isStrict: Bool, _ tally: inout RowTally
  ) -> Int {
    var row = 0
    // The first row makes the expression ready.
    while row < block.count, blocks.isEmpty {
      let finding = evaluate(row, of: &block)
      tally.add(finding, line: block.lines[row])
      row += 1
      if isStrict, finding.problem != nil { return row }
    }
    guard row < block.count else { return row }
    runBlocks(&block, rows: row..<block.count)
    while row < block.count {
      if block.problems[row] == nil, blocks.allSatisfy({ $0.isSettled(at: row) }) {
        tally.add(goodRows: 1)
      } else {
        let finding = evaluate(row, of: &block)
        tally.add(finding, line: block.lines[row])
        if isStrict, finding.problem != nil { return row + 1 }
      }
      row += 1
    }
    return row
  }

  /// Evaluates all rows of the block together, and takes the results of some.
  private func runBlocks(_ block: inout RowBlock, rows: Range<Int>) {
    let width = block.resultCount
    var first = blocks.count
    for (output, points) in blocks.enumerated() {
      for (variable, value) in task.known.enumerated() {
        points.set(variable, to: value, count: block.count)
      }
      points.set(from: task.known.count, block.values, count: block.count)
      points.run(count: block.count)
      points.copyValues(rows, to: output, of: width, &block.results)
      for variable in activeVariables[output] {
        points.copyPartials(variable, rows, to: first, of: width, &block.results)
        first += 1
      }
    }
  }

  /// Evaluates a row by itself.
  private mutating func evaluate(_ row: Int, of block: inout RowBlock) -> RowFinding {
    var results: [Double] = []
    var finding = RowFinding(problem: block.problems[row])
    if finding.problem == nil {
      do {
        var point = task.calculation.points[0]
        point.values = task.known + block.values(of: row)
        finding = found(try evaluation(at: point), &results)
      } catch {
        if computations.isEmpty, firstFailure == nil { firstFailure = error }
        finding.problem = error.diagnostic.message
      }
    }
    if results.isEmpty || (finding.problem != nil && !task.showsAll) {
      results = Array(repeating: .nan, count: block.resultCount)
    }
    block.set(results, of: row)
    return finding
  }

  private mutating func evaluation(at point: Point) throws -> Evaluation {
    let calculation = task.calculation
    if computations.isEmpty || computations.contains(where: \.isBoundToPoint) {
      let wanted = calculation.wanted
      computations = try Computation.outputs(
        of: calculation.expression, at: point, withRespectTo: wanted)
      activeVariables = computations.map(calculation.activeVariables)
      blocks = pointBlocks
    }
    if task.evaluator.formula == .complexStep { try calculation.checkComplexStep(computations) }
    return task.evaluator.evaluate(computations, at: point)
  }

  /// Blocks for the outputs, where gradients by reverse mode are all that is wanted and every row takes
  /// the same smooth path.
  private var pointBlocks: [PointBlock] {
    guard task.evaluator.modes == [.reverse], !task.evaluator.wantsHessian,
      task.calculation.direction == nil,
      computations.reduce(0, { $0 + $1.tape.count }) <= PointBlock.slotLimit,
      computations.allSatisfy({ !$0.isBoundToPoint && $0.path.boundary == nil })
    else { return [] }
    let blocks = computations.compactMap { PointBlock($0.tape.line) }
    return blocks.count == computations.count ? blocks : []
  }

  private func found(_ evaluation: Evaluation, _ results: inout [Double]) -> RowFinding {
    let result = evaluation.results[0]
    results += result.values + result.derivatives
    results += evaluation.products.flatMap(\.self)
    for hessian in evaluation.hessians {
      results += hessian.indices.flatMap { hessian[$0][$0...] }
    }
    let reason = evaluation.explanations.first(where: \.isError)
    let isComplete = task.showsAll || results.allSatisfy(\.isFinite)
    return RowFinding(
      problem: reason?.diagnostic.message
        ?? (isComplete ? nil : "a result is beyond the range of numbers"),
      reason: task.showsAll ? reason : nil,
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
    let second = (outputNames ?? [""]).flatMap { output in
      variables.indices.flatMap { row in
        direction != nil
          ? [Evaluation.productName(variables[row], of: output)]
          : variables[row...].map { Evaluation.secondName(variables[row], $0, of: output) }
      }
    }
    return (outputNames ?? ["value"]) + first + (withSecond ? second : [])
  }
}
