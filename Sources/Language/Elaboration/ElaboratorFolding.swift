// Long sums and products of numbers: a loop over one body, without nodes for each of its terms.
import Calculus
import Syntax

extension Elaborator {
  /// A sum of more numeric terms than this is one number in the graph: nobody reads so many steps.
  private static let mostWritten = 10_000

  /// The value of a long sum or product whose terms depend on nothing but its counter, with the
  /// same additions as its nodes would make; operations count as if it had been written out.
  ///
  /// - Returns: nil where there is no such value: then the terms are written out, and errors arise
  ///   there.
  mutating func value(
    of form: Form, over range: ClosedRange<Int>
  ) throws(Problem) -> Double? {
    guard range.count > Self.mostWritten, !isFolding, !observation.isNeeded,
      observation.folded.isEmpty, let (term, cost) = term(of: form)
    else { return nil }
    let (operations, overflows) = cost.multipliedReportingOverflow(by: range.count)
    guard !overflows, operations <= limit - operationCount else {
      throw tooManyOperations(at: form.node)
    }
    guard let value = Self.value(of: form.kind, term, over: range) else { return nil }
    operationCount += operations
    return value
  }

  /// The body as a tape whose last variable is the counter, and how many operations a term takes;
  /// nil where it depends on another variable, or where the counter decides which branch is read.
  private func term(of form: Form) -> (Tape, cost: Int)? {
    guard let symbol = form.symbol else { return nil }
    var walk = self
    walk.isFolding = true
    walk.segments = nil
    walk.graph = Graph(keepsKernels: true)
    walk.values = NodeValues(variableCount: variables.count + 1, point: nil)
    (walk.origins, walk.stack, walk.frames, walk.memo) = ([], [], [], [:])
    walk.names = names.map { if case .unfinished? = $0 { $0 } else { nil } }
    for (index, local) in locals.enumerated() {
      guard let local, case .node(let node) = local.value else { continue }
      var value = Local.Value.unassigned
      if case .constant(let number) = graph[node] { value = .node(walk.graph.constant(number)) }
      walk.locals[index] = Local(value: value, activation: local.activation)
    }
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
    let isClosed = tape.nodes.prefix(variables.count).allSatisfy { $0 == nil }
    return isClosed && tape.instructionCount <= 4 * cost ? (tape, cost) : nil
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
