// Sums and products written out, branches chosen, derivatives put in the place of `diff`.
import Calculus
import Syntax

extension Elaborator {
  // MARK: Which forms there are

  /// Checks that sums, products and primes are well formed, before names in them are looked up.
  package static func checkForms(_ expression: Expression) throws(Problem) {
    let elaborator = Elaborator(expression, variables: [], point: nil)
    try elaborator.checkPrimes()
    _ = try elaborator.foundForms()
  }

  private func checkPrimes() throws(Problem) {
    var isChecked = Array(repeating: false, count: tree.symbols.count)
    for position in tree.nodes.indices {
      guard case .derivativeCall(let symbol, _, _) = tree.nodes[position].kind,
        !isChecked[symbol.index]
      else { continue }
      isChecked[symbol.index] = true
      let name = tree.name(of: symbol)
      let parameters = definitions[symbol.index].flatMap { tree.definitions[$0].parameters }
      if Catalogue.isFunction(name)
        ? PrimedFunctions.operation(Operation.named(name)) == nil : (parameters?.count ?? 1) != 1
      {
        throw problem(.primesNeedOneArgument(name), at: position)
      }
    }
  }

  /// The forms of the expression in the order in which they begin, the outer ones first.
  func foundForms() throws(Problem) -> [Form] {
    var forms: [Form] = []
    let known = tree.symbols.map { Form.Kind(called: $0) }
    guard known.contains(where: { $0 != nil }) else { return [] }
    let hasBranch = known.contains { if case .branch? = $0 { true } else { false } }
    let endless = hasBranch ? tree.endlessDefinitions : []
    for (position, node) in tree.nodes.enumerated() {
      guard case .call(let symbol, let count) = node.kind, let kind = known[symbol.index]
      else { continue }
      switch kind {
      case .sum, .prod: forms.append(try series(at: position, kind, tree.name(of: symbol)))
      case .derivative where count >= 2: forms += derivative(at: position)
      case .branch where count == 3: forms += branch(at: position, endless)
      default: break
      }
    }
    return forms.sorted { ($0.start, -$0.node) < ($1.start, -$1.node) }
  }

  private func series(
    at position: Int, _ kind: Form.Kind, _ name: String
  ) throws(Problem) -> Form {
    let children = tree.children(of: position)
    guard children.count == 4 else {
      throw problem(
        .argumentCount(
          function: name, usage: Catalogue.usage(of: name), given: children.count),
        at: position)
    }
    guard case .name(let symbol) = tree.nodes[children[0]].kind else {
      throw problem(.loopNameExpected(function: name), at: children[0])
    }
    return Form(
      kind: kind, start: tree.nodes[position].firstIndex, node: position, symbol: symbol,
      bodyStart: tree.nodes[children[3]].firstIndex)
  }

  /// The form of a `diff` in the body of a function; none elsewhere, where `diff` has the variables
  /// of the expression.
  private func derivative(at position: Int) -> [Form] {
    guard position < tree.expressionStart,
      case .name(let symbol) = tree.nodes[tree.children(of: position)[1]].kind
    else { return [] }
    return [
      Form(
        kind: .derivative, start: tree.nodes[position].firstIndex, node: position, symbol: symbol,
        bodyStart: position)
    ]
  }

  /// The form of a conditional with a branch that may call definitions without end; none for
  /// others, of which both branches are read.
  private func branch(at position: Int, _ endless: Set<Int>) -> [Form] {
    guard !endless.isEmpty else { return [] }
    let children = tree.children(of: position)
    let branches = tree.nodes[children[1]].firstIndex..<position
    let isOpen = tree.nodes[branches].contains { node in
      node.used.flatMap { definitions[$0.index] }.map(endless.contains) ?? false
    }
    guard isOpen else { return [] }
    return [
      Form(
        kind: .branch, start: tree.nodes[position].firstIndex, node: position, symbol: nil,
        bodyStart: tree.nodes[children[2]].firstIndex)
    ]
  }

  // MARK: Where a form begins

  mutating func open(_ form: Form) throws(Problem) {
    switch form.kind {
    case .sum, .prod:
      push(Frame(role: .series(Frame.Series(), form), stop: form.bodyStart))
      // The counter's name has no value: the walk goes on with the bounds.
      position += 1
    case .derivative: open(derivative: form)
    case .branch:
      let first = tree.nodes[form.bodyStart - 1].firstIndex
      push(Frame(role: .branch(.condition, form), stop: first))
    }
  }

  // MARK: Sums and products

  mutating func resume(_ series: Frame.Series, of form: Form) throws(Problem) {
    guard let symbol = form.symbol else { return }
    var series = series
    if series.isInBody {
      try add(stack.removeLast(), to: &series, of: form)
      guard series.current < series.last else {
        locals[symbol.index] = series.outer
        passes.end(.series(form.node), call: activation, at: graph.count)
        stack.append(series.total ?? graph.constant(form.kind.neutral))
        position = form.node + 1
        return
      }
      series.current += 1
    } else {
      if let node = try enterBody(of: form, &series) {
        push(node, at: form.node)
        return jump(to: form.node + 1)
      }
      series.outer = locals[symbol.index]
    }
    locals[symbol.index] = Local(value: .count(series.current), activation: activation)
    passes.begin(
      .series(form.node), counter: series.current, call: activation, at: graph.count)
    push(Frame(role: .series(series, form), stop: form.node))
    jump(to: form.bodyStart)
  }

  /// Reads the bounds off the stack.
  ///
  /// - Returns: a node where the body need not be read term by term: there are none, or very many.
  private mutating func enterBody(
    of form: Form, _ series: inout Frame.Series
  ) throws(Problem) -> NodeIndex? {
    let bounds = tree.children(of: form.node)
    let to = try bound(stack.removeLast(), of: name(of: form), at: bounds[2])
    let from = try bound(stack.removeLast(), of: name(of: form), at: bounds[1])
    path.note(from, to)
    guard from <= to else { return graph.constant(form.kind.neutral) }
    let (width, overflows) = to.subtractingReportingOverflow(from)
    guard !overflows, width < limit else { throw tooManyOperations(at: form.node) }
    try checkAreExact(from, to, of: name(of: form), at: bounds[1])
    if let node = try folded(form, over: from...to) { return node }
    (series.isInBody, series.current, series.last) = (true, from, to)
    return nil
  }

  private mutating func add(
    _ term: NodeIndex, to series: inout Frame.Series, of form: Form
  ) throws(Problem) {
    // Every term is counted, even if nothing is added: nested sums consist of such terms.
    try countOperation(at: form.node)
    if let total = series.total {
      series.total = graph.binary(form.kind.operation, total, term)
      noteOrigins(at: form.node)
    } else {
      series.total = term
    }
  }

  /// A bound's value, which must be a whole number. If it depends on variables, the value at the
  /// point.
  mutating func bound(
    _ node: NodeIndex, of function: String, at position: Int
  ) throws(Problem) -> Int {
    let value: Double
    if case .constant(let constant) = graph[node] {
      value = constant
    } else {
      values.extend(over: graph)
      guard values.isKnown(node) else {
        throw problem(
          .boundNotConstant(function: function, names: openNames(under: node)), at: position)
      }
      if !values.isConstant(node) { countingNodes.append(node) }
      value = values.count(node)
    }
    // No run gets so far, and the range is refused as too wide.
    if value.isFinite, value.magnitude > 1e18 { return value > 0 ? Int.max : Int.min }
    guard let whole = Int(exactly: value) else {
      throw problem(.boundNotWhole(function: function, value: value), at: position)
    }
    return whole
  }

  /// Throws unless all counter values that can be reached are exact doubles.
  func checkAreExact(
    _ from: Int, _ to: Int, of function: String, at position: Int
  ) throws(Problem) {
    let largest = 1 << 53
    // A value at half of that distance or more is out of reach of any run.
    guard from < -largest || (to > largest && from > largest / 2) else { return }
    throw problem(.boundTooLarge(function: function), at: position)
  }

  private func name(of form: Form) -> String { form.kind == .sum ? "sum" : "prod" }

  // MARK: Branches

  mutating func resume(_ branch: Frame.Branch, of form: Form) throws(Problem) {
    guard branch == .condition else { return jump(to: form.node + 1) }
    let condition = stack[stack.count - 1]
    values.extend(over: graph)
    guard values.isKnown(condition) else {
      // Both branches are read, as in other conditionals, since the condition is not known.
      return
    }
    stack.removeLast()
    try countOperation(at: form.node)
    let outcome = decide(condition, .ifKeyword, at: tree.children(of: form.node)[0])
    switch outcome {
    case true: push(Frame(role: .branch(.taken, form), stop: form.bodyStart))
    case false:
      push(Frame(role: .branch(.taken, form), stop: form.node))
      jump(to: form.bodyStart)
    case nil:
      // An undefined condition chooses no branch: it is the value.
      push(condition, at: form.node)
      jump(to: form.node + 1)
    }
  }

  // MARK: Derivatives

  /// Until the derivative has been taken, the parameter is a variable of its own.
  private mutating func open(derivative form: Form) {
    guard let symbol = form.symbol, let local = locals[symbol.index],
      local.activation == activation, case .node(let node) = local.value
    else { return }
    if let own = ownVariable(node) {
      let derivative = Frame.Derivative(
        fresh: own, outer: local, isOwn: true,
        canReplay: path.turn == nil && ownVariables.count == 1)
      return push(Frame(role: .derivative(derivative, form), stop: form.node))
    }
    let fresh = values.addVariable(for: node, of: graph)
    locals[symbol.index] = Local(
      value: .node(graph.variable(fresh)), activation: activation)
    noteOrigins(at: form.start)
    push(
      Frame(
        role: .derivative(Frame.Derivative(fresh: fresh, outer: local), form),
        stop: form.node))
  }

  mutating func close(_ derivative: Frame.Derivative, of form: Form) throws(Problem) {
    if let symbol = form.symbol { locals[symbol.index] = derivative.outer }
    let children = tree.children(of: form.node)
    let arguments = popArguments(children.count)
    let order = try self.order(arguments, children, at: form.node)
    let node = try settledDerivative(
      of: arguments[0], along: derivative.fresh, order: order,
      derivative.canReplay ? .expression(root: children[0], form.symbol) : .none, at: form.node)
    position = form.node + 1
    if derivative.isOwn { return try put(node, at: form.node) }
    let original = values.original(of: derivative.fresh)
    try put(graph.substituting(original, for: derivative.fresh, in: node), at: form.node)
  }

  /// `diff(expression, x)` and `diff(expression, x, n)`: the derivative's formula in place of the
  /// call.
  mutating func derivative(_ count: Int, at position: Int) throws(Problem) {
    let children = tree.children(of: position)
    let arguments = popArguments(count)
    guard count >= 2 else {
      _ = try self.order(arguments, children, at: position)
      return
    }
    let order = try self.order(arguments, children, at: position)
    guard case .name(let symbol) = tree.nodes[children[1]].kind,
      locals[symbol.index].map({ $0.activation != activation }) ?? true,
      case .variable(let variable) = graph[arguments[1]], variable < variables.count
    else { throw problem(.derivativeNameExpected, at: children[1]) }
    let node = try settledDerivative(
      of: arguments[0], along: variable, order: order, .expression(root: children[0], nil),
      at: position)
    try put(node, at: position)
  }

  /// Appends a derivative's formula, unless that takes too much work.
  mutating func derivative(
    of node: NodeIndex, along path: [Int], at position: Int
  ) throws(Problem) -> NodeIndex {
    derivativeCount += 1
    var budget = Budget.ofDerivatives(
      of: graph.count, derivatives: derivativeCount, effort: effort)
    budget.spend(derivativeWork)
    defer { derivativeWork = budget.used }
    do {
      return try graph.appendDerivative(of: node, along: path, budget: &budget)
    } catch {
      throw problem(.derivativeTooLarge, at: position)
    }
  }

  /// The order that the third argument of `diff` gives.
  private mutating func order(
    _ arguments: [NodeIndex], _ children: [Int], at position: Int
  ) throws(Problem) -> Int {
    let name = Catalogue.derivative.name
    guard (2...3).contains(children.count) else {
      throw problem(
        .argumentCount(
          function: name, usage: Catalogue.usage(of: name), given: children.count), at: position)
    }
    guard children.count == 3 else { return 1 }
    guard case .constant(let value) = graph[arguments[2]], let whole = Int(exactly: value),
      (0...Self.orderLimit).contains(whole)
    else { throw problem(.derivativeOrder(limit: Self.orderLimit), at: children[2]) }
    return whole
  }

  /// `sin'(u)`: the derivative of a function in its argument, with u in the argument's place.
  mutating func derivativeCall(
    _ symbol: SyntaxTree.Symbol, order: Int, _ count: Int, at position: Int
  ) throws(Problem) {
    let name = tree.name(of: symbol)
    let callee = try callee(of: symbol, at: position)
    var operation: Operation?
    if case .operations(let operations) = callee {
      operation = PrimedFunctions.operation(operations)
    }
    guard operation != nil || callee.isDefinition else {
      throw problem(.primesNeedOneArgument(name), at: position)
    }
    guard count == 1 else {
      let primed = name + String(repeating: "'", count: min(order, Self.orderLimit))
      throw problem(
        .argumentCount(function: primed, usage: "\(primed)(x)", given: count), at: position)
    }
    guard order <= Self.orderLimit else {
      throw problem(.tooManyPrimes(limit: Self.orderLimit), at: position)
    }
    if case .definition(let index) = callee {
      return try enter(index, order: order, count, at: position)
    }
    guard let operation else { return }
    let argument = stack.removeLast()
    let node: NodeIndex
    do {
      node = try primedFunctions.append(operation, order: order, of: argument, to: graph)
    } catch {
      throw problem(.derivativeTooLarge, at: position)
    }
    try put(node, at: position)
    self.position = position + 1
  }
}

extension Elaborator.Callee {
  fileprivate var isDefinition: Bool {
    if case .definition = self { true } else { false }
  }
}
