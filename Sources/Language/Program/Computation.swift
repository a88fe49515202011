// An expression or an output of a list made ready to run: a tape, with the position in the text of
// every slot.
import Text
import Calculus
import Syntax

/// An expression, or one output of a list, over named variables, to be run at points.
package struct Computation: Sendable {
  /// The whole text, which the origins refer to.
  package let expression: Expression
  /// The variables, in the order of the point that first named them, and behind them the
  /// intermediates that derivatives are taken in.
  package let variables: [String]
  /// How many of the variables are intermediates.
  let intermediateCount: Int
  /// The operations in the order in which they are run.
  package let tape: Tape
  /// Where each slot stands in the text; nil for a variable that is not used.
  package let origins: [SourceRange?]
  /// Variables that decide how many terms a sum has; derivatives in them are 0 by structure.
  package let countingVariables: Set<Int>
  /// The branches that were taken at the point that it was made for.
  package let path: ExecutedPath
  /// How many operations it took to make it, and the outputs before it.
  package let operationCount: Int
  /// Its position among the outputs.
  private let index: Int
  /// Whether another point may need another computation.
  package let isBoundToPoint: Bool
  private let assignments: [Assignment]
  let observedCalls: [ObservedCall]
  let callOrigins: [Int32]
  let calls: CallTable
  private let passes: LoopPasses
  /// The graph that the tape was made from, if it was to be kept; nothing is added to it.
  private nonisolated(unsafe) let graph: Graph?
  private let root: NodeIndex

  /// Makes an expression ready for `point`.
  ///
  /// - Parameters:
  ///   - point: values for the expression's variables, in the order that traces number them.
  ///   - active: the variables that derivatives are taken in; all if nil. Names that are not the
  ///     point's are those of intermediates.
  package init(
    _ expression: Expression, at point: Point, withRespectTo active: [String]? = nil
  ) throws(Problem) {
    try expression.requireOneOutput()
    self = try Self.outputs(of: expression, at: point, withRespectTo: active)[0]
  }

  /// Makes each output of an expression ready, the one of an expression that is no list among them.
  ///
  /// - Parameter loopsSums: whether a long sum may be one operation, at this point only.
  package static func outputs(
    of expression: Expression, at point: Point, withRespectTo active: [String]? = nil,
    keepsNames: Bool = false, keepsGraphs: Bool = false, folding: Set<String> = [],
    loopsSums: Bool = false
  ) throws(Problem) -> [Computation] {
    let intermediates = (active ?? []).filter { !point.names.contains($0) }
    let isActive =
      point.names.map { active?.contains($0) ?? true } + intermediates.map { _ in true }
    let observation = Observation(
      cuts: intermediates, keepsNames: keepsNames, folded: folding, loopsSums: loopsSums)
    return try elaborations(
      of: expression, over: point.names, at: point.values, observing: observation
    ).enumerated().map {
      Computation(
        expression, $1, index: $0, variables: point.names + intermediates,
        intermediateCount: intermediates.count, isActive: isActive, keepsGraph: keepsGraphs)
    }
  }

  /// - Parameters:
  ///   - index: the output's place in a list.
  ///   - variables: those of the elaboration, with `intermediateCount` intermediates at the end.
  ///   - isActive: for each variable, whether derivatives are taken in it.
  ///   - keepsGraph: whether `formulas` are wanted.
  init(
    _ expression: Expression, _ elaboration: Elaboration, index: Int, variables: [String],
    intermediateCount: Int = 0, isActive: [Bool], keepsGraph: Bool = false
  ) {
    expression.observer?(.tape)
    graph = keepsGraph ? elaboration.graph : nil
    root = elaboration.output
    self.expression = expression
    self.variables = variables
    self.index = index
    self.intermediateCount = intermediateCount
    assignments = elaboration.assignments
    observedCalls = elaboration.observedCalls
    countingVariables = elaboration.countingVariables
    path = elaboration.path
    operationCount = elaboration.operationCount
    isBoundToPoint = elaboration.isBoundToPoint
    var tape = Tape(elaboration.graph, output: elaboration.output, isActive: isActive)
    tape.turns = Self.turns(
      elaboration, of: expression, index, variables, intermediateCount, isActive)
    self.tape = tape
    origins = tape.nodes.map { $0.map { elaboration.origins[Int($0)].range } }
    calls = elaboration.calls
    passes = elaboration.passes
    callOrigins =
      calls.isEmpty
      ? [] : tape.nodes.map { $0.map { elaboration.origins[Int($0)].call } ?? CallTable.none }
  }

  /// The partial derivatives in the active variables as formulas; nil where the graph was not kept.
  package var formulas: GradientFormulas? {
    graph.map { GradientFormulas($0, output: root, isActive: tape.isActive) }
  }

  private static func elaborations(
    of expression: Expression, over variables: [String], at values: [Double]?,
    observing observation: Observation = .none, limit: Int = .max
  ) throws(Problem) -> [Elaboration] {
    var elaborator = Elaborator(
      expression, variables: variables, point: values, observing: observation, limit: limit)
    return try elaborator.elaborateOutputs()
  }

  /// Each output ready to run at any point, and the same as a graph.
  ///
  /// - Parameters:
  ///   - values: the point at which the bounds of sums and the branches of programs are determined,
  ///     if they depend on variables.
  ///   - limit: how many operations it may take, if not what the expression allows.
  package static func outputsWithGraphs(
    of expression: Expression, over variables: [String], at values: [Double]?, isActive: [Bool],
    limit: Int = .max
  ) throws(Problem) -> [(computation: Computation, graph: Graph, root: NodeIndex)] {
    try elaborations(of: expression, over: variables, at: values, limit: limit).enumerated().map {
      (
        Computation(expression, $1, index: $0, variables: variables, isActive: isActive),
        $1.graph, $1.output
      )
    }
  }

  /// How many operations the same program may take at another point that the user did not give: if
  /// it takes that many more, it is treated as endless.
  var nearbyLimit: Int { Self.nearbyLimit(operationCount) }

  private static func nearbyLimit(_ operationCount: Int) -> Int { 16 * operationCount + 1000 }

  /// The names of definitions and assignments that derivatives are taken in.
  package var intermediates: [String] { Array(variables.suffix(intermediateCount)) }

  /// The values of all variables: the point's, and those that leave intermediates unchanged.
  package func coordinates(_ point: Point) -> [Double] {
    point.values + Array(repeating: Elaborator.probeValue, count: intermediateCount)
  }

  /// The names that were assigned to what a slot holds, the first ones first: `x`, or `x (2)` for
  /// the second of several assignments.
  package func names(upTo limit: Int = 4) -> [Slot: [String]] {
    guard !assignments.isEmpty else { return [:] }
    let slots = slotsOfNodes
    var counts: [SyntaxTree.Symbol: Int] = [:]
    for assignment in assignments { counts[assignment.symbol, default: 0] += 1 }
    var names: [Slot: [String]] = [:]
    for assignment in assignments {
      guard let slot = slots[assignment.node], names[slot, default: []].count < limit else {
        continue
      }
      let name = expression.tree.name(of: assignment.symbol)
      let isOnly = counts[assignment.symbol] == 1
      names[slot, default: []].append(isOnly ? name : "\(name) (\(assignment.occurrence + 1))")
    }
    return names
  }

  /// The sizes of what the variables stand for; for a variable that is added to an intermediate,
  /// the intermediate's.
  package func sizes(at point: [Double]) -> [Double] {
    guard intermediateCount > 0 else { return point }
    var sizes = point
    let values = tape.slotValues(at: point)
    let slots = slotsOfNodes
    for assignment in assignments {
      if let probe = assignment.probe, let slot = slots[assignment.node] {
        sizes[probe] = values[slot]
      }
    }
    return sizes
  }

  /// The slot of each node that the tape needs.
  var slotsOfNodes: [NodeIndex: Slot] {
    var slots: [NodeIndex: Slot] = [:]
    for (slot, node) in tape.nodes.enumerated() {
      if let node { slots[node] = slot }
    }
    return slots
  }

  /// The tapes on the sides of a point at which a condition changes its outcome.
  private static func turns(
    _ elaboration: Elaboration, of expression: Expression, _ index: Int, _ variables: [String],
    _ intermediateCount: Int, _ isActive: [Bool]
  ) -> Turns? {
    guard let turn = elaboration.path.turn else { return nil }
    let names = Array(variables.dropLast(intermediateCount))
    let observation = Observation(cuts: Array(variables.suffix(intermediateCount)))
    let limit = nearbyLimit(elaboration.operationCount)
    return Turns(isEquality: turn == .equality, cost: elaboration.operationCount) { near in
      var elaborator = Elaborator(
        expression, variables: names, point: near.prefix(names.count).map { $0[0] },
        near: Array(near.prefix(names.count)), observing: observation, limit: limit)
      guard let side = try? elaborator.elaborate(output: index) else { return nil }
      return Tape(side.graph, output: side.output, isActive: isActive)
    }
  }

  /// The value at another point, where the program may take other branches; nil where it fails.
  ///
  /// - Returns: also whether it took the same branches.
  func rerun(at point: [Double]) -> (value: Double, hasSamePath: Bool)? {
    let names = Array(variables.dropLast(intermediateCount))
    var elaborator = Elaborator(
      expression, variables: names, point: Array(point.prefix(names.count)),
      observing: Observation(cuts: intermediates), limit: nearbyLimit)
    guard let elaboration = try? elaborator.elaborate(output: index) else { return nil }
    let tape = Tape(elaboration.graph, output: elaboration.output, isActive: tape.isActive)
    return (tape.value(at: point), elaboration.path.signature == path.signature)
  }

  /// The text of what a slot computes.
  package func text(of slot: Slot) -> String {
    if slot < variables.count { return variables[slot] }
    guard let range = origins[slot] else { return "" }
    // Only the beginning is ever shown; the whole texts of all steps of a long path have quadratic
    // size.
    let shown = SourceRange(start: range.start, end: min(range.end, range.start + 400))
    return expression.source.text(in: shown)
  }

  /// A diagnostic about what a slot computes, with the calls that led there.
  func diagnostic(
    _ severity: Diagnostic.Severity, _ message: String, about slot: Slot
  ) -> Diagnostic {
    Diagnostic(
      severity, message, source: expression.source, range: origins[slot],
      context: context(of: slot))
  }

  /// The passes of loops and the calls that a slot is computed in, the innermost first, in words.
  func context(of slot: Slot) -> [String] {
    let loops =
      passes.isEmpty
      ? nil
      : tape.nodes[slot].map { passes.context(of: $0, in: expression.tree, expression.source) }
    return (loops ?? [])
      + (callOrigins.isEmpty ? [] : calls.context(of: callOrigins[slot], in: expression.source))
  }

  /// Checks a point's names against the expression: each of the expression's names has a value or
  /// is a constant, and each of the point's names is in the expression.
  ///
  /// - Returns: the names of constants to which the point gives values.
  package static func check(
    _ point: Point, from source: SourceText?, for expression: Expression
  ) throws(Problem) -> [String] {
    try Elaborator.checkForms(expression)
    let free = expression.freeNames
    let given = Set(point.names)
    let missing = free.filter {
      !given.contains($0.name)
        && (Catalogue.constant($0.name) == nil || $0.isParameter)
    }
    let names = free.map(\.name)
    let used = Set(names)
    let superfluous = point.names.filter { !used.contains($0) }
    if let name = superfluous.first(where: { expression.definition(of: $0) != nil }) {
      let place = source ?? expression.source
      throw Problem(
        .definedName(name), in: place, at: source.flatMap { PointReader.place(of: name, in: $0) })
    }
    if !missing.isEmpty {
      throw try problem(with: missing, superfluous, point.names, in: expression)
    }
    if let call = expression.firstCall(ofAny: superfluous) {
      let kind = Problem.Kind(unknownCallee: call.name, of: call.node, isNumber: true)
      throw Problem(kind, in: expression.source, at: call.node.head)
    }
    if let source { try PointReader.checkKnown(point, among: names, in: source) }
    return point.names.filter { Catalogue.constant($0) != nil }
  }

  /// The problem with names of an expression to which a point gives no values.
  ///
  /// - Parameters:
  ///   - missing: at least one name.
  ///   - superfluous: the names of the point that the expression does not have.
  /// - Throws: a more telling problem with the same names.
  private static func problem(
    with missing: [FreeName], _ superfluous: [String], _ given: [String], in expression: Expression
  ) throws(Problem) -> Problem {
    if let doubt = expression.doubt, case .unknownFunction = doubt.kind { throw doubt }
    let first = missing[0]
    try expression.checkNames(naming: given)
    // Elaboration reports better what is wrong with a function's name without arguments.
    if Catalogue.isFunction(first.name) {
      return Problem(.functionWithoutArguments(first.name), in: expression.source, at: first.range)
    }
    try expression.checkLetters(of: missing.map(\.name), against: superfluous)
    if missing.count > 1, superfluous.isEmpty {
      return Problem(.missingValues(missing.map(\.name)), in: expression.source, at: first.range)
    }
    // A name misspelt on one side is missing here and superfluous there.
    let suggestion = editDistanceSuggestion(for: first.name, among: superfluous)
      .map { Problem.Kind.missingValue(first.name, suggestion: $0) }
    let known = given + Catalogue.constantNames + Catalogue.functionNames
    return Problem(
      suggestion
        ?? .unknownName(
          first.name, suggestion: editDistanceSuggestion(for: first.name, among: known)),
      in: expression.source, at: first.range)
  }
}
