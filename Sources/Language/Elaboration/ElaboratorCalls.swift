// Names and calls of definitions: bodies are inlined, with parameters bound to the arguments.
import Text
import Calculus
import Syntax

extension Elaborator {
  // MARK: Names

  /// Gives a name its meaning: a local binding, a definition, a variable, a constant.
  mutating func visitName(_ symbol: SyntaxTree.Symbol, at position: Int) throws(Problem) {
    if let local = locals[symbol.index], local.activation == activation {
      switch local.value {
      case .node(let node): stack.append(node)
      case .count(let count): push(graph.constant(Double(count)), at: position)
      case .unassigned:
        throw problem(.readBeforeAssigned(tree.name(of: symbol)), at: position)
      }
    } else if let meaning = names[symbol.index] {
      guard case .node(let node) = meaning else {
        throw problem(.definedByItself(tree.name(of: symbol)), at: position)
      }
      stack.append(node)
    } else if let index = definitions[symbol.index] {
      return try visit(definition: index, at: position)
    } else {
      let node = try meaning(of: tree.name(of: symbol), at: position)
      names[symbol.index] = .node(node)
      push(node, at: position)
    }
    self.position = position + 1
  }

  private func meaning(of name: String, at position: Int) throws(Problem) -> NodeIndex {
    if let index = variables[name] { return graph.variable(index) }
    if let value = Catalogue.constant(name) { return graph.constant(value) }
    if Catalogue.isFunction(name) { throw problem(.functionWithoutArguments(name), at: position) }
    let candidates =
      variables.keys.sorted() + tree.definedNames(areFunctions: false) + Catalogue.constantNames
    throw problem(
      .unknownName(name, suggestion: editDistanceSuggestion(for: name, among: candidates)),
      at: position)
  }

  /// A defined name that is not called: a value, or a function that stands for its body.
  private mutating func visit(definition index: Int, at position: Int) throws(Problem) {
    let definition = tree.definitions[index]
    guard let parameters = definition.parameters else {
      names[definition.symbol.index] = .unfinished
      return try enter(index, order: 0, [], at: position)
    }
    guard activation == CallTable.none, position == output else {
      throw problem(.functionWithoutArguments(tree.name(of: definition.symbol)), at: position)
    }
    var arguments: [NodeIndex] = []
    for parameter in parameters {
      arguments.append(try meaning(of: tree.name(of: parameter.symbol), at: position))
    }
    noteOrigins(at: position)
    try enter(index, order: 0, arguments, at: position)
  }

  // MARK: Calls

  /// Begins the call of a function whose arguments have been read.
  mutating func enter(
    _ index: Int, order: Int, _ count: Int, at position: Int
  ) throws(Problem) {
    let definition = tree.definitions[index]
    guard definition.parameters?.count == count else {
      let name = tree.name(of: definition.symbol)
      throw problem(
        .argumentCount(function: name, usage: tree.usage(of: definition), given: count),
        at: position)
    }
    let arguments = popArguments(count).map { folded($0) }
    noteOrigins(at: position)
    let key = CallKey(definition: index, order: order, arguments: arguments)
    if let known = memo[key] {
      stack.append(known)
      self.position = position + 1
    } else {
      try enter(index, order: order, arguments, at: position)
    }
  }

  /// An argument that is made of numbers alone is passed as a number, so that it can be an exponent
  /// or a count. One that is not finite stays a formula, so that the cause can be reported.
  mutating func folded(_ argument: NodeIndex) -> NodeIndex {
    switch graph[argument] {
    case .constant, .variable: return argument
    default: break
    }
    values.extend(over: graph)
    guard values.isConstant(argument), values[argument].isFinite else { return argument }
    return graph.constant(values[argument])
  }

  mutating func enter(
    _ index: Int, order: Int, _ arguments: [NodeIndex], at position: Int
  ) throws(Problem) {
    let definition = tree.definitions[index]
    let node = tree.nodes[position]
    try countOperation(at: position)
    guard depth < Self.depthLimit else {
      throw problem(
        .tooManyCalls(limit: Self.depthLimit, hasPoint: values.point != nil), at: position)
    }
    let fresh = order > 0 ? values.addVariable(for: arguments[0], of: graph) : nil
    let bound = fresh.map { [graph.variable($0)] } ?? arguments
    if fresh != nil { noteOrigins(at: position) }
    let isBare = definition.isFunction && node.childCount == 0
    let call = calls.add(
      tree.name(of: definition.symbol), isFunction: definition.isFunction,
      at: isBare ? nil : node.head, from: activation)
    let names = definition.localNames
    push(
      Frame(
        role: .call(
          Frame.Call(
            definition: index, order: order, site: position, arguments: arguments, fresh: fresh,
            activation: call, caller: activation,
            outer: names.map { locals[$0.symbol.index] })),
        stop: definition.nodes.upperBound))
    bind(names, to: bound, in: call)
    activation = call
    depth += 1
    if let body = definition.body {
      try begin(body, of: index)
    } else {
      jump(to: definition.nodes.lowerBound)
    }
  }

  /// Binds parameters to nodes; the names behind them, which the body assigns, have no values yet.
  private mutating func bind(
    _ names: [Definition.Parameter], to bound: [NodeIndex], in call: Int32
  ) {
    for (position, name) in names.enumerated() {
      let value: Local.Value = position < bound.count ? .node(bound[position]) : .unassigned
      locals[name.symbol.index] = Local(value: value, activation: call)
    }
  }

  /// Ends a call: its value is on the stack.
  mutating func close(_ call: Frame.Call) throws(Problem) {
    let definition = tree.definitions[call.definition]
    for (name, outer) in zip(definition.localNames, call.outer) {
      locals[name.symbol.index] = outer
    }
    activation = call.caller
    depth -= 1
    if definition.isDerivative {
      // The call that they are declared for continues with the formulas.
      jump(to: call.site + 1)
    } else if let derivative = declaredDerivatives[call.definition],
      suspended[call.definition] == nil
    {
      try enterDeclared(derivative, for: call)
    } else {
      try finish(call)
    }
  }

  private mutating func finish(_ call: Frame.Call) throws(Problem) {
    let definition = tree.definitions[call.definition]
    if let fresh = call.fresh {
      let derivative = try settledDerivative(
        of: stack.removeLast(), along: fresh, order: call.order,
        .call(definition: call.definition), at: call.site)
      try put(
        graph.substituting(call.arguments[0], for: fresh, in: derivative), at: call.site)
    }
    let value = stack[stack.count - 1]
    observe(call, value)
    if definition.isFunction {
      // Observed statements happen once for each call, so such calls are not shared.
      if observation.probes || !suspended.isEmpty { return jump(to: call.site + 1) }
      let key = CallKey(
        definition: call.definition, order: call.order, arguments: call.arguments)
      memo[key] = value
    } else {
      let named = try assigned(value, to: definition.symbol, at: definition.nameRange)
      stack[stack.count - 1] = named
      names[definition.symbol.index] = .node(named)
    }
    jump(to: call.site + 1)
  }

  /// Records a call that is observed; calls inside of it are recorded before it ends.
  private mutating func observe(_ call: Frame.Call, _ value: NodeIndex) {
    let definition = tree.definitions[call.definition]
    let name = tree.name(of: definition.symbol)
    guard !observation.folded.isEmpty, definition.isFunction, call.order == 0,
      observation.folded.contains(name)
    else { return }
    let numbers = call.arguments.map { argument -> Double? in
      if case .constant(let number) = graph[argument] { number } else { nil }
    }
    observedCalls.append(
      ObservedCall(
        call: call.activation, name: name, arguments: call.arguments, numbers: numbers,
        result: value))
  }

  // MARK: Declared derivatives

  /// Reads the formulas of a call's derivatives, with the arguments that its body got.
  private mutating func enterDeclared(
    _ derivative: Int, for call: Frame.Call
  ) throws(Problem) {
    var arguments = call.arguments
    if let fresh = call.fresh { arguments = [graph.variable(fresh)] }
    push(
      Frame(
        role: .declared(
          Frame.DeclaredCall(call: call, arguments: arguments, value: stack.removeLast())),
        stop: call.site + 1))
    suspended[call.definition, default: 0] += 1
    try enter(derivative, order: 0, arguments, at: call.site)
  }

  /// Attaches the derivatives on the stack to the call's value.
  mutating func close(_ declared: Frame.DeclaredCall) throws(Problem) {
    let formulas = popArguments(declared.arguments.count)
    suspended[declared.call.definition]? -= 1
    if suspended[declared.call.definition] == 0 { suspended[declared.call.definition] = nil }
    try countOperation(at: declared.call.site)
    push(
      graph.variadic(
        .declaredDerivative, [declared.value] + declared.arguments + formulas),
      at: declared.call.site)
    try finish(declared.call)
  }
}
