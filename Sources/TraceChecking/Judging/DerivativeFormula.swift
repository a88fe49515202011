// A formula for a derivative: what its names stand for, and their true values.
import Calculus
import Checking
import Language
import Syntax

/// What a name in a derivative's formula stands for.
enum DerivativeQuantity: Hashable {
  case primal(Int)
  case tangent(run: Int, Int)
  case adjoint(Int)
  /// How a step changes with one of its arguments, all else kept.
  case local(of: Int, Int)
  /// One of the ways from an argument to a step that has it several times, `x*x`: an edge of the step.
  case edge(of: Int, Int)
  /// How a step changes with another one, by whatever way.
  case total(of: Int, Int)
}

/// A formula, and each way to understand its names.
struct DerivativeFormula {
  let formula: ClaimedFormula
  /// For each reading what the references stand for.
  let readings: [[DerivativeQuantity]]

  private static let mostReadings = 16

  init(_ formula: ClaimedFormula, _ choices: [[DerivativeQuantity]]) {
    self.formula = formula
    var readings: [[DerivativeQuantity]] = [[]]
    for choice in choices {
      let next = readings.flatMap { reading in choice.map { reading + [$0] } }
      readings = next.count <= Self.mostReadings ? next : readings.map { $0 + [choice[0]] }
    }
    self.readings = readings
  }

  /// The first reading in which the formula has a value at every point.
  ///
  /// - Parameters:
  ///   - points: the points that count, the chosen one first.
  ///   - truth: the value at each.
  ///   - value: what a quantity is at a point.
  ///   - change: what becomes of the formula's value: `v -= …`.
  func reading(
    giving truth: (Int) -> Double, at points: [Int], _ value: (DerivativeQuantity, Int) -> Double,
    _ change: (Int, Double) -> Double = { $1 }
  ) -> [DerivativeQuantity]? {
    readings.first { reading in
      points.allSatisfy { point in
        formula.gives(
          truth(point), at: reading.map { value($0, point) }, isChosen: point == 0
        ) { change(point, $0) }
      }
    }
  }
}

extension TraceJudge {
  /// What the names of a row's formula may stand for; nil for a name that cannot be here.
  mutating func quantities(_ name: MarkedName, in row: Int) -> [DerivativeQuantity]? {
    guard let step = table.step(of: name.base, in: row) else { return nil }
    switch name.mark {
    case nil, .primal: return [.primal(step)]
    case .tangent: return [.tangent(run: rows[row].run, step)]
    case .adjoint: return [.adjoint(step)]
    case .partial: break
    }
    guard let above = name.over else {
      // `a'`, the derivative of a in what it is a function of.
      let arguments = table.steps[step].function?.arguments ?? []
      return arguments.count == 1 ? [.local(of: step, arguments[0])] : nil
    }
    let over = self.over(above, in: row)
    let local = table.steps[over].function?.arguments.contains(step) == true || over == step
    var locals: [DerivativeQuantity] = local ? [.local(of: over, step)] : []
    let edges = stepRuns[0].edges[over].indices.filter {
      stepRuns[0].edges[over][$0].argument == step
    }
    if edges.count > 1 { locals += edges.map { .edge(of: over, $0) } }
    return same(over, output) ? [.adjoint(step)] + locals : locals + [.total(of: over, step)]
  }

  /// The step over the line of a quotient; the result where nothing else is called so.
  mutating func over(_ name: String, in row: Int) -> Int {
    name.isEmpty ? output : table.step(of: name, in: row) ?? output
  }

  /// A row's formulas; a name that means nothing here is an error.
  mutating func formulas(of row: Int) throws(Problem) -> [DerivativeFormula] {
    var formulas: [DerivativeFormula] = []
    for formula in table.formulas[row] {
      var choices: [[DerivativeQuantity]] = []
      for name in formula.references {
        let isForeign =
          rows[row].kind == .tangent && name.mark == .adjoint
          || rows[row].kind == .adjoint && name.mark == .tangent
        guard !isForeign, let quantities = quantities(name, in: row) else {
          throw Problem(.traceName(name.shown), in: table.source, at: formula.text.range)
        }
        choices.append(quantities)
      }
      formulas.append(DerivativeFormula(formula, choices))
    }
    return formulas
  }

  // MARK: Values

  /// What a quantity is at a point.
  func truth(_ quantity: DerivativeQuantity, _ point: Int) -> Double {
    switch quantity {
    case .primal(let step): stepRuns[point].values[step]
    case .tangent(let run, let step): tangents[run]?[point][step] ?? .nan
    case .adjoint(let step): sweep.adjoints[point][step]
    case .local(let over, let step):
      over == step
        ? 1
        : stepRuns[point].edges[over].reduce(0) {
          $1.argument == step ? $0 + $1.partial : $0
        }
    case .edge(let over, let position): stepRuns[point].edges[over][position].partial
    case .total(let over, let step): total(of: over, step, point)
    }
  }

  /// The derivative of a step in another one, by whatever way.
  private func total(of over: Int, _ step: Int, _ point: Int) -> Double {
    stepRuns[point].adjoints(table.order, of: over)[step]
  }

  /// What the table carries on for a quantity, or its true value.
  func carried(_ quantity: DerivativeQuantity) -> Carried {
    switch quantity {
    case .primal(let step): primals[step]
    case .adjoint(let step): sweep.carried[step]
    default:
      carriedDerivatives[quantity]
        ?? Carried(value: truth(quantity, 0), halfUnit: 0, root: nil)
    }
  }

  /// The points at which formulas about steps are compared: not beside a kink of one.
  func comparedPoints(_ steps: [Int]) -> [Int] {
    steps.contains(where: hasKink) ? [0] : Array(stepRuns.indices)
  }

  /// What a formula comes to by the values of the table.
  func recomputation(
    _ formula: ClaimedFormula, _ reading: [DerivativeQuantity], before: Carried? = nil,
    factor: Double = 1
  ) -> Recomputation {
    let arguments = reading.map { carried($0) }
    let count = arguments.count
    let error = RunningError(formula.tape, at: arguments.map(\.value)).error
    return Recomputation(arguments + [before].compactMap { $0 }, noise: error) { values in
      let value = formula.value(Array(values.prefix(count)))
      return before == nil ? value : values[count] + factor * value
    }
  }
}
