// From a request to the graph that is drawn: the function's, its derivatives', or both in one.
import Calculus
import Language
import Reporting

/// Lists the nodes of the graph that a request asks for, in names and characters of one style.
struct GraphBuilder {
  private let request: GraphRequest
  private let style: FormulaStyle
  /// Whether the function has a value at the point, and with it derivatives.
  private let isDefined: Bool
  /// The derivatives as `eval` finds them, which may be limits that no formula gives.
  private let settled: [Double?]?
  private var entries: [NamedGraphEntry] = []
  private var constantCount = 0

  private var function: Function { request.function }
  private var coordinates: [Double]? {
    request.point.map { point in function.variables.map { point.value(of: $0) ?? .nan } }
  }

  /// - Parameter evaluation: what `eval` has at the request's point.
  init(_ request: GraphRequest, _ evaluation: Evaluation?, style: FormulaStyle) {
    self.request = request
    self.style = style
    isDefined = evaluation?.results.allSatisfy { !$0.values[0].isNaN } ?? true
    settled = evaluation.flatMap { evaluation in
      guard evaluation.names.count == request.active.count else { return nil }
      // Evaluations are in the order of the variables, requests in the order that the user gave.
      let places = request.active.map { variable in request.active.count { $0 < variable } }
      return places.map { evaluation.results[0].derivatives[$0] }
    }
  }

  func graph() throws -> NamedGraph {
    var builder = self
    switch request.kind {
    case .function: return builder.functionGraph()
    case .derivative: return try builder.derivativeGraph()
    case .gradient: return builder.gradientGraph()
    }
  }

  private var isActive: [Bool] { request.computation.tape.isActive }

  private func names(_ tape: Tape, _ style: FormulaStyle? = nil) -> GraphNames {
    GraphNames(tape, variables: function.variables, style: style ?? self.style)
  }

  // MARK: The three graphs

  private mutating func functionGraph() -> NamedGraph {
    let tape = request.computation.tape
    append(tape, coordinates.map { tape.slotValues(at: $0) })
    if let coordinates { appendAdjoints(of: tape, tape.slotAdjoints(at: coordinates)) }
    appendOutput(tape, adjoint: 1)
    return named(function.graph, names(tape))
  }

  private mutating func derivativeGraph() throws -> NamedGraph {
    let paths = request.active.map { [$0] }
    let formulas =
      function.hasEqualities(in: request.active)
      ? try GuardedFormulas(function, paths, .simplified).formulas
      : try function.graph.derivatives(
        of: [function.output], along: paths, form: .simplified,
        effort: function.expression.effort)
    let tape = Tape(formulas.graph, outputs: formulas.roots, isActive: isActive)
    let values = coordinates.map { tape.formulaValues(at: $0) }
    append(tape, values)
    appendDerivatives(formulas.roots, settled ?? tape.outputs.map { values?[$0] }, tape)
    return named(formulas.graph, names(tape))
  }

  private mutating func gradientGraph() -> NamedGraph {
    let tape = request.computation.tape
    append(tape, coordinates.map { tape.slotValues(at: $0) })
    appendOutput(tape)
    let (graph, adjoints) = function.graph.withAdjoints(of: tape)
    let roots = request.active.map { adjoints[$0] ?? graph.constant(0) }
    // The seed is one more variable.
    let whole = Tape(graph, outputs: roots, isActive: isActive + [false])
    let values = coordinates.map { whole.formulaValues(at: $0 + [1]) }
    let numbers = coordinates.map { point in
      tape.slotAdjoints(at: point).map { isDefined ? $0 : .nan }
    }
    appendAdjointNodes(adjoints, tape, whole, values, numbers)
    appendDerivatives(roots, settled ?? request.active.map { numbers?[$0] }, tape)
    return named(graph, names(tape))
  }

  /// The names of a graph's variables and of the seed, which follows them.
  private func named(_ graph: Graph, _ names: GraphNames) -> NamedGraph {
    let count = function.variables.count
    return NamedGraph(
      entries, of: graph, style: style,
      namesConstants: !FormulaPrinter.constantNames.contains(where: function.variables.contains),
      input: { $0 < count ? names.input($0) : "1" },
      name: { $0 < count ? names.primal($0) : names.outputAdjoint })
  }

  // MARK: Nodes

  /// The variables, the constants and the operations of a tape: one entry for each slot.
  private mutating func append(_ tape: Tape, _ values: [Double]?) {
    let (names, plain) = (names(tape), names(tape, .plain))
    for slot in 0..<tape.count {
      if slot < tape.variableCount {
        entries.append(
          NamedGraphEntry(
            content: .variable(slot), id: plain.number(slot), kind: .input, value: values?[slot]))
      } else if let node = tape.nodes[slot], tape.operation(in: slot) == nil {
        appendConstant(node)
      } else if let node = tape.nodes[slot] {
        entries.append(
          NamedGraphEntry(
            content: .node(node), id: plain.number(slot), names: [names.primal(slot)],
            kind: .operation, value: values?[slot]))
      }
    }
  }

  private mutating func appendConstant(_ node: NodeIndex) {
    constantCount += 1
    entries.append(
      NamedGraphEntry(content: .node(node), id: "c\(constantCount)", kind: .constant))
  }

  /// Writes adjoints on the entries of a tape.
  private mutating func appendAdjoints(of tape: Tape, _ adjoints: [Double]) {
    let names = names(tape)
    for slot in entries.indices where tape.dependsOnVariable(slot) {
      entries[slot].adjoint = (names.adjoint(slot), isDefined ? adjoints[slot] : .nan)
    }
  }

  private mutating func appendOutput(_ tape: Tape, adjoint: Double? = nil) {
    let (names, plain) = (names(tape), names(tape, .plain))
    var entry = NamedGraphEntry(
      content: .result(function.output), id: plain.output, names: [names.output], kind: .output)
    if let coordinates {
      entry.value = tape.value(at: coordinates)
      entry.adjoint = adjoint.map { (names.outputAdjoint, $0) }
    }
    entries.append(entry)
  }

  /// The nodes that the gradient adds to those of the function, named after the adjoints that they
  /// are, or numbered on.
  ///
  /// - Parameters:
  ///   - whole: the function with its gradient.
  ///   - values: the values of its slots.
  ///   - numbers: the adjoints by the sweep, for nodes without a formula.
  private mutating func appendAdjointNodes(
    _ adjoints: [NodeIndex?], _ tape: Tape, _ whole: Tape, _ values: [Double]?,
    _ numbers: [Double]?
  ) {
    let (names, plain) = (names(tape), names(tape, .plain))
    let known = Set(tape.nodes.compactMap { $0 })
    // In the order of the sweep.
    var meanings: [NodeIndex: [Slot]] = [:]
    for slot in adjoints.indices.reversed() {
      if let node = adjoints[slot] { meanings[node, default: []].append(slot) }
    }
    let slots = whole.nodes.indices.compactMap { slot in whole.nodes[slot].map { ($0, slot) } }
    var next = tape.count
    for (node, slot) in slots.sorted(by: { $0.0 < $1.0 }) where !known.contains(node) {
      let meaning = meanings[node] ?? []
      var entry = NamedGraphEntry(
        content: .node(node), id: meaning.first.map(plain.numberedAdjoint) ?? plain.number(next),
        names: meaning.map(names.adjoint), kind: .derivative,
        value: meaning.first.map { numbers?[$0] } ?? values?[slot])
      if slot == tape.variableCount {
        entry = NamedGraphEntry(
          content: .variable(slot), id: plain.outputAdjoint,
          names: [names.outputAdjoint] + entry.names, kind: .derivative, value: values?[slot])
      } else if whole.operation(in: slot) == nil {
        appendConstant(node)
        continue
      } else if meaning.isEmpty {
        entry.names = [names.primal(next)]
        next += 1
      }
      entries.append(entry)
    }
  }

  /// The results of a derivation.
  private mutating func appendDerivatives(
    _ roots: [NodeIndex], _ values: [Double?], _ tape: Tape
  ) {
    let (names, plain) = (names(tape), names(tape, .plain))
    for (variable, (root, value)) in zip(request.active, zip(roots, values)) {
      entries.append(
        NamedGraphEntry(
          content: .result(root), id: plain.derivative(variable),
          names: [names.derivative(variable)], kind: .derivative,
          value: value.map { isDefined ? $0 : .nan }))
    }
  }
}
