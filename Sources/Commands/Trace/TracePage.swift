// A trace as a page to step through: the tables' rows beside the graph that they belong to.
import Calculus
import Language
import Reporting
import Text

/// The page of one computation at one point.
struct TracePage {
  let calculation: Calculation
  let computation: Computation
  let point: Point
  let mode: TraceMode
  private let tables: TraceTables
  private let run: TraceRun
  private let notation: TraceNotation
  private let listing: ProgramListing
  /// The slot of each node; the result comes behind them.
  private let slots: [Slot]
  private let positions: [Slot: Int]

  private var tape: Tape { computation.tape }
  private var result: Int { slots.count }
  private var outputNode: [Int] { positions[tape.output].map { [$0] } ?? [] }

  init(
    _ calculation: Calculation, _ computation: Computation, _ point: Point, _ mode: TraceMode
  ) {
    self.calculation = calculation
    self.computation = computation
    self.point = point
    self.mode = mode
    tables = TraceTables(calculation, computation, point, .unicode)
    notation = tables.notation
    run = TraceRun(computation, point.values, notation)
    listing = ProgramListing(calculation.expression)
    slots = computation.variables.indices + run.primals().map(\.slot)
    positions = Dictionary(zip(slots, slots.indices)) { first, _ in first }
  }

  func page(_ explanations: [Explanation]) -> Page {
    let sweeps = mode == .forward ? forward() : reverse()
    let place = computation.variables.isEmpty ? "" : " at \(Calculation.text(of: point))"
    return Page(
      title: "\(calculation.expression.text)\(place), \(mode.rawValue) mode",
      listing: listing.text, diagram: diagram, sweeps: sweeps,
      notes: explanations.map(\.diagnostic.message), numbers: calculation.numbers)
  }

  // MARK: The graph

  private var diagram: Diagram {
    var diagram = Diagram(title: "Graph of \(calculation.expression.text)")
    for index in computation.variables.indices {
      let label = "\(notation.primal(index)) = \(notation.variable(index))"
      diagram.append(Diagram.Node(label, kind: .input))
    }
    for row in run.primals() {
      diagram.append(Diagram.Node("\(notation.primal(row.slot)) = \(row.formula)"))
    }
    let output = "\(notation.output) = \(tables.outputName(notation.primal))"
    diagram.append(Diagram.Node(output, kind: .output))
    for (to, slot) in slots.enumerated() {
      for from in arguments(of: slot) { diagram.append(Diagram.Edge(from: from, to: to)) }
    }
    for from in outputNode { diagram.append(Diagram.Edge(from: from, to: result)) }
    return diagram
  }

  /// The nodes that a slot is computed from; constants have no node.
  private func arguments(of slot: Slot) -> [Int] {
    run.arguments(of: slot).compactMap { positions[$0] }
  }

  private func number(_ value: Double) -> String { calculation.numbersInGraph.text(value) }

  private func label(
    _ node: Int, line: Int, _ value: Double, named name: String? = nil
  ) -> Page.Label {
    Page.Label(node: node, line: line, text: (name.map { "\($0) = " } ?? "") + number(value))
  }

  // MARK: Steps

  private func place(of slot: Slot) -> Range<Int>? {
    computation.origins[slot].flatMap(listing.place)
  }

  /// The steps of the primal trace, that of the result last.
  private func primals() -> [Page.Step] {
    let values = tape.slotValues(at: point.values)
    let steps = slots.enumerated().map { node, slot in
      Page.Step(
        node: node, reads: arguments(of: slot), labels: [label(node, line: 0, values[slot])],
        place: place(of: slot))
    }
    return steps + [
      Page.Step(
        node: result, reads: outputNode, labels: [label(result, line: 0, values[tape.output])])
    ]
  }

  /// A sweep for each seed, with the primals beside the tangents.
  private func forward() -> [Page.Sweep] {
    let directions = calculation.directions(of: computation)
    let shown = tables.forward()
    guard !directions.isEmpty else {
      return shown.map { table in
        var table = table
        table.title = "primal trace"
        return Page.Sweep(table, steps: primals())
      }
    }
    return zip(shown, directions.lazy.map(\.seeds)).map { table, seeds in
      var steps = primals()
      var tangents = Array(zip(slots, seeds)).map { (notation.tangent($0), $1) }
      tangents += run.tangents(seeds).map { (notation.tangent($0.slot), $0.value) }
      let value = outputNode.first.map { tangents[$0].1 } ?? 0
      tangents.append((notation.outputTangent, value))
      for (node, tangent) in tangents.enumerated() {
        steps[node].labels.append(label(node, line: 1, tangent.1, named: tangent.0))
      }
      return Page.Sweep(table, steps: steps, startsAnew: true)
    }
  }

  /// The primal trace, then a step for each contribution to an adjoint.
  private func reverse() -> [Page.Sweep] {
    let shown = tables.reverse()
    return [Page.Sweep(shown[0], steps: primals()), Page.Sweep(shown[1], steps: adjoints())]
  }

  private func adjoints() -> [Page.Step] {
    var steps: [Page.Step] = []
    if tables.outputIsNamed, let output = outputNode.first {
      let labels = [
        label(result, line: 1, 1, named: notation.outputAdjoint),
        label(output, line: 1, 1, named: notation.adjoint(tape.output)),
      ]
      steps.append(Page.Step(node: output, reads: [result], labels: labels))
    }
    var sums: [Slot: Double] = [tape.output: 1]
    for row in run.adjoints() {
      guard let node = positions[row.slot] else { continue }
      sums[row.slot] = row.value
      steps.append(
        Page.Step(
          node: node, reads: positions[row.user].map { [$0] } ?? [],
          labels: [label(node, line: 1, row.value, named: notation.adjoint(row.slot))],
          place: place(of: row.user)))
    }
    for index in calculation.activeVariables(of: computation).reversed() {
      let labels = [label(index, line: 1, sums[index] ?? 0, named: notation.variableAdjoint(index))]
      steps.append(Page.Step(node: index, labels: labels))
    }
    return steps
  }
}

extension Calculation {
  /// As many digits as are asked for, or else as many as fit into a node.
  var numbersInGraph: NumberFormat { numbers.digits == nil ? NumberFormat(digits: 6) : numbers }
}
