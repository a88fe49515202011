// `eval --sparse` and `--sparsity`: derivatives of which most are 0 by structure, or only where
// they are not.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// Finds a Hessian or a Jacobian with its sparsity pattern, and shows it.
struct SparseRun {
  private let calculation: Calculation
  private let computations: [Computation]
  private let point: Point
  /// The variables to differentiate in, which the columns stand for.
  private let active: [Int]

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    let showsPattern = arguments.has(.sparsity)
    let format = try format(arguments, showsPattern)
    let calculation = try Calculation(arguments, terminal)
    let run = try SparseRun(calculation, arguments)
    let matrix = run.matrix(showsPattern)
    let explanations = showsPattern ? calculation.notes : run.explanations(matrix)
    let report = SparseReport(
      calculation: calculation, matrix: matrix, showsPattern: showsPattern,
      explanations: explanations)
    terminal.write(report.text(format, terminal))
    for explanation in explanations where format != .json {
      terminal.show(explanation, at: nil, color: calculation.color)
    }
    return explanations.contains(where: \.isError) ? 1 : 0
  }

  private static func option(_ arguments: Arguments) -> String {
    arguments.has(.sparsity) ? "--sparsity" : "--sparse"
  }

  private static func format(
    _ arguments: Arguments, _ showsPattern: Bool
  ) throws -> SparseFormat {
    let option = Self.option(arguments)
    let others: [OptionDefinition] = [
      .mode, .difference, .step, .watch, .direction, .points, .data, .worker, .output,
    ]
    if let other = others.first(where: arguments.has) {
      throw Failure.option("\(option) and \(other.spelling) exclude each other", remedy: nil)
    }
    let name = arguments.value(.format)?.text ?? "text"
    guard let format = SparseFormat(rawValue: name), showsPattern || format != .svg else {
      throw Failure.option(
        "\(option) has no --format \(name)",
        remedy: "take text, csv, json\(showsPattern ? ", mtx or svg" : " or mtx")")
    }
    return format
  }

  private init(_ calculation: Calculation, _ arguments: Arguments) throws {
    self.calculation = calculation
    point = calculation.points[0]
    guard calculation.points.count == 1 else {
      throw Failure.option(
        "\(Self.option(arguments)) needs one point",
        remedy: "give a value for each variable, no range")
    }
    if point.names.isEmpty { throw Failure.option("the expression has no variable", remedy: nil) }
    let isList = calculation.expression.isList
    if isList, arguments.has(.hessian) {
      throw Failure.option(
        "\(Self.option(arguments)) has the Hessian of one output",
        remedy: "--weights takes the sum of all")
    }
    if !isList, arguments.has(.sparse), !arguments.has(.hessian) {
      throw Failure.option(
        "--sparse is for second derivatives and for lists of outputs", remedy: "add --hessian")
    }
    computations = try Computation.outputs(
      of: calculation.expression, at: point, withRespectTo: calculation.wanted)
    active = calculation.activeVariables(of: computations[0])
  }

  /// - Parameter isPattern: whether no numbers are needed.
  private func matrix(_ isPattern: Bool) -> SparseMatrix {
    calculation.expression.isList ? jacobian(isPattern) : hessian(isPattern)
  }

  private func hessian(_ isPattern: Bool) -> SparseMatrix {
    let tape = computations[0].tape
    let hessian = isPattern ? nil : tape.sparseHessian(at: point.values)
    let columns = (hessian?.pattern ?? tape.hessianPattern()).columns
    let places = places
    return SparseMatrix(
      rowNames: names, columnNames: names,
      columns: active.map { row in columns[row].compactMap { places[$0] } },
      values: hessian.map { hessian in
        active.map { existing(hessian.values[$0], tape) }
      } ?? [],
      isSymmetric: true, sweepCount: hessian?.sweepCount ?? 0)
  }

  /// By a reverse sweep for each output, over the operations that it depends on.
  private func jacobian(_ isPattern: Bool) -> SparseMatrix {
    let places = places
    var columns: [[Int]] = []
    var values: [[Double]] = []
    for computation in computations {
      let tape = computation.tape
      let used = active.filter { tape.nodes[$0] != nil }
      columns.append(used.compactMap { places[$0] })
      if isPattern { continue }
      let partials = tape.reverseGradient(at: point.values).partials
      values.append(existing(used.map { partials[$0] }, tape))
    }
    return SparseMatrix(
      rowNames: calculation.outputNames ?? [], columnNames: names, columns: columns,
      values: values, isSymmetric: false, sweepCount: isPattern ? 0 : computations.count)
  }

  /// Sets the derivatives of outputs without a value to NaN.
  private func existing(_ derivatives: [Double], _ tape: Tape) -> [Double] {
    tape.value(at: point.values).isNaN ? derivatives.map { _ in .nan } : derivatives
  }

  private var names: [String] { active.map { point.names[$0] } }

  /// The columns of the variables.
  private var places: [Int: Int] {
    Dictionary(uniqueKeysWithValues: active.enumerated().map { ($1, $0) })
  }

  /// What `eval` says of the point, and why second derivatives are not there.
  private func explanations(_ matrix: SparseMatrix) -> [Explanation] {
    let evaluator = Evaluator(
      calculation: calculation, modes: [.reverse], formula: .central, step: nil,
      wantsHessian: false)
    let explanations = evaluator.evaluate(computations, at: point).explanations
    guard matrix.isSymmetric, !explanations.contains(where: \.isError) else { return explanations }
    return explanations + aboutMissing(matrix)
  }

  private func aboutMissing(_ matrix: SparseMatrix) -> [Explanation] {
    var missing: [(row: Int, column: Int, value: Double)] = []
    for (row, columns) in matrix.columns.enumerated() {
      for (column, value) in zip(columns, matrix.values[row])
      where row <= column && !value.isFinite {
        missing.append((row, column, value))
      }
    }
    return missing.prefix(4).map { row, column, value in
      .secondDerivative(
        Evaluation.secondName(names[row], names[column]), computations[0], value: value,
        at: point.values, path: [active[row], active[column]])
    }
  }
}
