// Long sums and products as a loop over one body, without nodes for each of their terms.
import Calculus
import Syntax

extension Elaborator {
  /// From how many terms on a sum is one node in the graph: nobody reads so many steps.
  private static let mostWritten = 10_000

  /// A long sum or product as one node; every operation counts as if it had been written out.
  ///
  /// Where its terms depend on nothing but its counter it is a number, found by the same additions as
  /// those of its nodes. Otherwise a sum is one operation, where that is wanted.
  ///
  /// - Returns: nil where there is no such node: then the terms are written out, and tell why.
  mutating func folded(
    _ form: Form, over range: ClosedRange<Int>
  ) throws(Problem) -> NodeIndex? {
    guard range.count > Self.mostWritten, !isFolding, !observation.isNeeded,
      observation.folded.isEmpty, let term = term(of: form)
    else { return nil }
    let (operations, overflows) = term.cost.multipliedReportingOverflow(by: range.count)
    guard !overflows, operations <= limit - operationCount else {
      throw tooManyOperations(at: form.node)
    }
    let node =
      term.tape.map { Self.value(of: form.kind, $0, over: range).map(graph.constant) }
      ?? loop(over: term, of: form, range)
    if node != nil { operationCount += operations }
    return node
  }

  /// A term with its counter as one more variable.
  private struct Term {
    /// All nodes of the elaborator's graph, and the term's own.
    let graph: Graph
    let node: NodeIndex
    /// How many operations it takes.
    let cost: Int
    /// Nil where it depends on a variable other than the counter.
    let tape: Tape?
  }

  /// Reads the body of a sum or product; nil where the counter decides how it is read.
  private func term(of form: Form) -> Term? {
    guard let symbol = form.symbol, values.variableEnd == variables.count else { return nil }
    var walk = self
    walk.isFolding = true
    walk.segments = nil
    walk.graph = Graph(copying: graph)
    walk.values = NodeValues(variableCount: variables.count + 1, point: nil)
    (walk.stack, walk.frames) = ([], [])
    walk.locals[symbol.index] = Local(
      value: .node(walk.graph.variable(variables.count)), activation: activation)
    walk.noteOrigins(at: form.start)
    guard (try? walk.read(form)) != nil else { return nil }
    // Definitions that a term uses have been read already.
    walk.memo = [:]
    let before = walk.operationCount
    guard (try? walk.read(form)) != nil, let output = walk.stack.last, !walk.hasEqualities else {
      return nil
    }
    let tape = Tape(
      walk.graph, output: output, isActive: Array(repeating: false, count: variables.count + 1))
    let cost = walk.operationCount - before + 1
    guard tape.instructionCount <= 4 * cost else { return nil }
    let isClosed = tape.nodes.prefix(variables.count).allSatisfy { $0 == nil }
    return Term(graph: walk.graph, node: output, cost: cost, tape: isClosed ? tape : nil)
  }

  /// A sum as one operation, if nothing is to be told of its terms at the point.
  private mutating func loop(
    over term: Term, of form: Form, _ range: ClosedRange<Int>
  ) -> NodeIndex? {
    guard observation.loopsSums, form.kind == .sum, values.point != nil, values.near == nil,
      segments == nil,
      let node = graph.longSum(
        of: term.node, in: term.graph, counter: variables.count, over: range)
    else { return nil }
    noteOrigins(at: form.node)
    values.extend(over: graph)
    let operands = graph.arguments(of: node).map { values[$0] }
    return LongSums.isPlain(operands) ? node : nil
  }

  /// Reads the body of a series once.
  private mutating func read(_ form: Form) throws(Problem) {
    stop = .max
    jump(to: form.bodyStart)
    while position != form.node || !frames.isEmpty { try step() }
  }

  /// The terms added or multiplied in their order; nil where a term or an intermediate result is
  /// out of a double's range.
  private static func value(
    of kind: Form.Kind, _ term: Tape, over range: ClosedRange<Int>
  ) -> Double? {
    var point = Array(repeating: Double.nan, count: term.variableCount)
    var total = kind.neutral
    for count in range {
      point[point.count - 1] = Double(count)
      let value = term.value(at: point)
      total = kind == .sum ? total + value : total * value
      guard value.isFinite, total.isNormal || (total == 0 && kind == .sum) else { return nil }
    }
    return total
  }
}
