// `eval --sparse` and `--sparsity`: derivatives of which most are 0 by structure, or only where they are not.
import CommandLine
import Calculus
import Language
import Reporting
import Syntax

/// The forms of sparse results.
enum SparseFormat: String, CaseIterable {
  case text, csv, json, mtx, svg
}

/// The places of a matrix that may hold something other than 0, with the numbers there.
struct SparseMatrix {
  let rowNames: [String]
  let columnNames: [String]
  /// For each row its columns, in rising order.
  let columns: [[Int]]
  /// Parallel to the columns.
  let values: [[Double]]
  let isSymmetric: Bool
  /// How many sweeps the numbers took.
  let sweepCount: Int

  var count: Int { columns.reduce(0) { $0 + $1.count } }
}

/// Finds a Hessian or a Jacobian at its places, and shows them.
struct SparseRun {
  private let calculation: Calculation
  private let computations: [Computation]
  private let point: Point

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    let showsPattern = arguments.has("sparsity")
    let format = try format(arguments, showsPattern)
    let calculation = try Calculation(arguments, terminal)
    let run = try SparseRun(calculation, arguments)
    let report = SparseReport(
      calculation: calculation, matrix: run.matrix(showsPattern), showsPattern: showsPattern)
    terminal.write(report.text(format, terminal))
    let explanations = showsPattern ? [] : run.explanations(report.matrix)
    for explanation in calculation.notes + explanations where format != .json {
      terminal.show(explanation, at: nil, color: calculation.color)
    }
    return explanations.contains(where: \.isError) ? 1 : 0
  }

  private static func format(
    _ arguments: Arguments, _ showsPattern: Bool
  ) throws(Failure) -> SparseFormat {
    let option = showsPattern ? "--sparsity" : "--sparse"
    let others = ["mode", "watch", "direction", "points", "data", "worker", "output"]
    if let other = others.first(where: arguments.has) {
      throw .option("\(option) and --\(other) exclude each other", remedy: nil)
    }
    let name = arguments.value("format")?.text ?? "text"
    guard let format = SparseFormat(rawValue: name), showsPattern || format != .svg else {
      throw .option(
        "\(option) has no --format \(name)",
        remedy: "take text, csv, json\(showsPattern ? ", mtx or svg" : " or mtx")")
    }
    return format
  }

  private init(_ calculation: Calculation, _ arguments: Arguments) throws(Failure) {
    self.calculation = calculation
    point = calculation.points[0]
    guard calculation.points.count == 1 else {
      throw .option("--sparse needs one point", remedy: "give a value for each variable, no range")
    }
    if point.names.isEmpty { throw .option("the expression has no variable", remedy: nil) }
    let isList = calculation.expression.isList
    if isList, arguments.has("hessian") {
      throw .option(
        "--sparse has the Hessian of one output", remedy: "--weights takes the sum of all")
    }
    if !isList, arguments.has("sparse"), !arguments.has("hessian") {
      throw .option(
        "--sparse is for second derivatives and for lists of outputs", remedy: "add --hessian")
    }
    computations = try asking { [point] () throws(Problem) in
      try Computation.outputs(
        of: calculation.expression, at: point, withRespectTo: calculation.wanted)
    }
  }

  /// - Parameter isPattern: whether no numbers are needed.
  private func matrix(_ isPattern: Bool) -> SparseMatrix {
    calculation.expression.isList ? jacobian(isPattern) : hessian(isPattern)
  }

  private func hessian(_ isPattern: Bool) -> SparseMatrix {
    let tape = computations[0].tape
    let hessian = isPattern ? nil : tape.sparseHessian(at: point.values)
    return SparseMatrix(
      rowNames: point.names, columnNames: point.names,
      columns: (hessian?.pattern ?? tape.hessianPattern()).columns,
      values: hessian?.values ?? [], isSymmetric: true, sweepCount: hessian?.sweepCount ?? 0)
  }

  /// A reverse sweep for each output, over what it is made of.
  private func jacobian(_ isPattern: Bool) -> SparseMatrix {
    var columns: [[Int]] = []
    var values: [[Double]] = []
    for computation in computations {
      let tape = computation.tape
      let used = point.names.indices.filter { tape.isActive[$0] && tape.nodes[$0] != nil }
      columns.append(used)
      if isPattern { continue }
      let partials = tape.reverseGradient(at: point.values).partials
      values.append(used.map { partials[$0] })
    }
    return SparseMatrix(
      rowNames: calculation.outputNames ?? [], columnNames: point.names, columns: columns,
      values: values, isSymmetric: false, sweepCount: isPattern ? 0 : computations.count)
  }

  /// Why numbers are not there.
  private func explanations(_ matrix: SparseMatrix) -> [Explanation] {
    var explanations: [Explanation] = []
    for (index, computation) in computations.enumerated() {
      let explainer = Explainer(computation, at: point.values)
      let aboutValue = explainer.aboutValue()
      explanations += aboutValue
      guard aboutValue.isEmpty else { continue }
      let rows = matrix.isSymmetric ? Array(matrix.columns.indices) : [index]
      let missing = rows.flatMap { row in
        matrix.columns[row].indices.filter { !matrix.values[row][$0].isFinite }
          .map { (row, matrix.columns[row][$0], matrix.values[row][$0]) }
      }
      for (row, column, value) in missing.filter({ !matrix.isSymmetric || $0.0 <= $0.1 }).prefix(4)
      {
        explanations +=
          matrix.isSymmetric
          ? [
            .secondDerivative(
              Evaluation.secondName(point.names[row], point.names[column]), computation,
              value: value, at: point.values, path: [row, column])
          ]
          : explainer.aboutDerivatives([
            (
              "d\(matrix.rowNames[row])/d\(point.names[column])", computation.tape.unit(column)
            )
          ])
      }
    }
    return explanations
  }
}
