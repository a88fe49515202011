// Bodies in braces: the statements of the path that is executed, one after the other.
import Text
import Calculus
import Syntax

extension Elaborator {
  /// Begins a body: its first step.
  mutating func begin(_ body: Body, of definition: Int) throws(Problem) {
    let base = Frame.BodyBase(loopCount: loops.count, ownCount: ownVariables.count)
    bindOwnParameters(of: definition)
    try run(definition, from: body.steps.lowerBound, base)
  }

  /// Runs steps until one needs the value of an expression.
  private mutating func run(
    _ definition: Int, from first: Int, _ base: Frame.BodyBase
  ) throws(Problem) {
    var step = first
    while true {
      switch tree.steps[step] {
      case .jump(let target): step = target
      case .next(let symbol, let body):
        step = try countOn(symbol, body: body) ? body : step + 1
        if step == body {
          beginPass(of: body - 1)
        } else {
          passes.end(.step(body - 1), call: activation, at: graph.count)
        }
      case .assign(_, _, let root), .choose(let root, _, _), .value(let root):
        return evaluate(from: root, through: root, for: definition, step, base)
      case .count(_, _, let from, let to, _):
        return evaluate(from: from, through: to, for: definition, step, base)
      }
    }
  }

  private mutating func evaluate(
    from first: Int, through last: Int, for definition: Int, _ step: Int, _ base: Frame.BodyBase
  ) {
    let run = Frame.BodyRun(definition: definition, step: step, base: base)
    push(Frame(role: .body(run), stop: last + 1))
    jump(to: tree.nodes[first].firstIndex)
  }

  /// Completes a step with the value of its expression.
  mutating func resume(_ run: Frame.BodyRun) throws(Problem) {
    forgetIfLarge()
    var next = run.step + 1
    switch tree.steps[run.step] {
    case .assign(let symbol, let range, let root):
      let value = folded(stack.removeLast())
      noteOrigins(at: root)
      let named = try assigned(value, to: symbol, at: range)
      bind(symbol, .node(own(named, as: symbol, of: run.definition)))
    case .choose(let root, let otherwise, let keyword):
      switch try choose(root, keyword) {
      case true:
        if keyword == .whileKeyword { beginPass(of: run.step) }
      case false:
        next = otherwise
        passes.end(.step(run.step), call: activation, at: graph.count)
      case nil: return try end(run)
      }
    case .count(let symbol, _, let from, let to, let otherwise):
      if try beginCounting(symbol, from, to) {
        beginPass(of: run.step)
      } else {
        next = otherwise
      }
    case .value: return try end(run)
    case .jump, .next: break
    }
    try self.run(run.definition, from: next, run.base)
  }

  /// Leaves the body; its value is on the stack, and the call's frame decides next.
  private mutating func end(_ run: Frame.BodyRun) throws(Problem) {
    loops.removeLast(loops.count - run.base.loopCount)
    passes.end(call: activation, at: graph.count)
    try resolveOwnVariables(from: run.base.ownCount, at: tree.definitions[run.definition].nodes)
    jump(to: tree.definitions[run.definition].nodes.upperBound)
  }

  private mutating func beginPass(of step: Int) {
    let isCounted = if case .count = tree.steps[step] { true } else { false }
    passes.begin(
      .step(step), counter: isCounted ? loops.last?.current : nil, call: activation,
      at: graph.count)
  }

  private mutating func bind(_ symbol: SyntaxTree.Symbol, _ value: Local.Value) {
    locals[symbol.index] = Local(value: value, activation: activation)
  }

  // MARK: Branches

  /// Whether the condition on the stack holds. If it is undefined, it stays on the stack as the
  /// body's value, since no branch can be chosen.
  private mutating func choose(
    _ root: Int, _ keyword: BodyStep.Keyword
  ) throws(Problem) -> Bool? {
    let condition = stack[stack.count - 1]
    values.extend(over: graph)
    guard values.isKnown(condition) else {
      throw problem(
        .pathUnknown(keyword.rawValue, names: openNames(under: condition)), at: root)
    }
    try countOperation(at: root)
    let outcome = decide(condition, keyword, at: root)
    if outcome != nil { stack.removeLast() }
    return outcome
  }

  /// The variables that a value depends on.
  func openNames(under node: NodeIndex) -> [String] {
    values.variables(under: [node], in: graph).sorted().map { variable in
      variables.first { $0.value == variable }?.key ?? ""
    }
  }

  /// Whether a condition with a known value holds; nil if it is not defined.
  mutating func decide(_ condition: NodeIndex, _ keyword: BodyStep.Keyword, at root: Int) -> Bool? {
    if !values.isConstant(condition) {
      path.note(
        {
          ExecutedPath.Decision(
            keyword: keyword, condition: tree.nodes[root].range,
            context: calls.context(of: activation, in: source),
            variables: values.variables(under: [condition], in: graph))
        }, isOpen: values.isOpen(condition), values.turn(of: condition, in: graph))
    }
    let value = values.decisive(condition)
    path.note(value.isNaN ? 2 : value == 0 ? 0 : 1)
    return value.isNaN ? nil : value != 0
  }

  // MARK: Counting

  private mutating func beginCounting(
    _ symbol: SyntaxTree.Symbol, _ from: Int, _ to: Int
  ) throws(Problem) -> Bool {
    let last = try bound(stack.removeLast(), of: "for", at: to)
    let first = try bound(stack.removeLast(), of: "for", at: from)
    path.note(first, last)
    guard first <= last else { return false }
    try checkAreExact(first, last, of: "for", at: from)
    loops.append(CountedLoop(current: first, last: last))
    try countOperation(at: to)
    bind(symbol, .count(first))
    return true
  }

  /// Counts to the next number; false if there is none.
  private mutating func countOn(
    _ symbol: SyntaxTree.Symbol, body: Int
  ) throws(Problem) -> Bool {
    let innermost = loops.count - 1
    guard loops[innermost].current < loops[innermost].last else {
      loops.removeLast()
      return false
    }
    loops[innermost].current += 1
    if case .count(_, _, _, let to, _) = tree.steps[body - 1] { try countOperation(at: to) }
    bind(symbol, .count(loops[innermost].current))
    return true
  }
}
