// From syntax to meaning: an expression's tree becomes a graph, each node with its place in the text.

import Calculus
import Syntax

/// An expression, or one output of a list, as a graph.
package struct Elaboration {
  package let graph: Graph
  package let output: NodeIndex
  /// Where each node of the graph stands in the text; of equal nodes, the first.
  package let origins: [SourceRange]
  /// Variables that decide how many terms a sum has: their values were read off the point, and
  /// another point may need another graph.
  package let countingVariables: Set<Int>
}

/// Walks the postorder of a tree once, with a stack of values.
///
/// A `sum` or `prod` runs the part of the postorder that is its body again for each count: a frame
/// says where the body begins, and the walk jumps back to it from the form's own node.
struct Elaborator {
  /// How many operations an expression may have once its sums are written out.
  static let operationLimit = 10_000_000
  /// The highest order of a derivative inside an expression.
  static let orderLimit = 100

  private let source: SourceText
  private let tree: SyntaxTree
  private let variables: [String: Int]
  private let point: [Double]?

  private var graph = Graph(keepsKernels: true)
  private var origins: [SourceRange] = []
  private var stack: [NodeIndex] = []
  private var frames: [Frame] = []
  private var callees: [Callee?]
  private var names: [NameMeaning?]
  /// What each symbol counts at the moment, so that depth costs no search.
  private var counters: [Int?]
  private var operationCount = 0
  private var countingVariables: Set<Int> = []
  private var primedFunctions = PrimedFunctions()

  /// A sum or product that is being written out.
  private struct Frame {
    /// Where the form begins and where its own node stands.
    let start: Int
    let node: Int
    let form: Form
    let symbol: SyntaxTree.Symbol
    let bodyStart: Int
    var isInBody = false
    var current = 0
    var last = 0
    var total: NodeIndex?
    /// What the form's name counted in a form around it.
    var outer: Int?
  }

  private enum Form: String {
    case sum, prod
    var operation: Operation { self == .sum ? .add : .multiply }
    var neutral: Double { self == .sum ? 0 : 1 }
  }

  private enum Callee {
    case operations([Operation])
    case derivative
    case form(Form)
  }

  private enum NameMeaning {
    case variable(NodeIndex)
    case constant(NodeIndex)
  }

  init(_ tree: SyntaxTree, of source: SourceText, variables: [String], point: [Double]?) {
    self.tree = tree
    self.source = source
    self.variables = Dictionary(
      variables.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.point = point
    callees = Array(repeating: nil, count: tree.symbols.count)
    names = Array(repeating: nil, count: tree.symbols.count)
    counters = Array(repeating: nil, count: tree.symbols.count)
  }

  /// Checks that sums, products and primes are well formed, before anything is said about the names
  /// in them.
  static func checkForms(_ expression: Expression) throws(Problem) {
    let elaborator = Elaborator(
      expression.tree, of: expression.source, variables: [], point: nil)
    try elaborator.checkPrimes()
    _ = try elaborator.forms()
  }

  private func checkPrimes() throws(Problem) {
    var isChecked = Array(repeating: false, count: tree.symbols.count)
    for position in tree.nodes.indices {
      guard case .derivativeCall(let symbol, _, _) = tree.nodes[position].kind,
        !isChecked[symbol.index]
      else { continue }
      isChecked[symbol.index] = true
      let name = tree.name(of: symbol)
      if Catalogue.isFunction(name), PrimedFunctions.operation(Operation.named(name)) == nil {
        throw problem(.primesNeedOneArgument(name), at: position)
      }
    }
  }

  /// The one output of an expression that is no list.
  mutating func elaborate() throws(Problem) -> Elaboration {
    try elaborateOutputs()[0]
  }

  /// Each output in a graph of its own, which is what it would be alone: its operations are in the
  /// order of its text, and no engine meets those of another.
  mutating func elaborateOutputs() throws(Problem) -> [Elaboration] {
    let forms = try self.forms()
    var elaborations: [Elaboration] = []
    var (position, nextForm) = (0, 0)
    for output in tree.outputs {
      try elaborate(from: &position, through: output, forms, &nextForm)
      elaborations.append(
        Elaboration(
          graph: graph, output: stack.last ?? graph.constant(.nan), origins: origins,
          countingVariables: countingVariables))
      graph = Graph(keepsKernels: true)
      (origins, stack, countingVariables) = ([], [], [])
      for symbol in names.indices { names[symbol] = nil }
    }
    return elaborations
  }

  /// Goes on with the postorder to the end of an output.
  private mutating func elaborate(
    from position: inout Int, through output: Int, _ forms: [Frame], _ nextForm: inout Int
  ) throws(Problem) {
    while position <= output {
      if let frame = frames.last, frame.bodyStart == position, !frame.isInBody {
        // First of all, since the body may begin with a form of its own.
        position = try enterBody(resumingAt: position)
        nextForm = forms.partitioningIndex { $0.start >= position }
      } else if nextForm < forms.count, forms[nextForm].start == position {
        // The form's own name has no value: the walk goes on with its bounds.
        frames.append(forms[nextForm])
        nextForm += 1
        position += 1
      } else if let frame = frames.last, frame.node == position {
        position = try closeTerm(at: position)
        nextForm = forms.partitioningIndex { $0.start >= position }
      } else {
        try visit(position)
        position += 1
      }
    }
  }

  // MARK: Sums and products

  /// The sums and products of the expression in the order in which they begin.
  private func forms() throws(Problem) -> [Frame] {
    var forms: [Frame] = []
    let known = tree.symbols.map { Form(rawValue: $0) }
    for position in tree.nodes.indices {
      guard case .call(let symbol, _) = tree.nodes[position].kind, let form = known[symbol.index]
      else { continue }
      forms.append(try frame(of: position, form))
    }
    return forms.sorted { $0.start < $1.start }
  }

  private func frame(of position: Int, _ form: Form) throws(Problem) -> Frame {
    let children = tree.children(of: position)
    guard children.count == 4 else {
      throw problem(
        .argumentCount(
          function: form.rawValue, usage: Catalogue.usage(of: form.rawValue), given: children.count),
        at: position)
    }
    guard case .name(let symbol) = tree.nodes[children[0]].kind else {
      throw problem(.loopNameExpected(function: form.rawValue), at: children[0])
    }
    return Frame(
      start: tree.nodes[position].firstIndex, node: position, form: form, symbol: symbol,
      bodyStart: tree.nodes[children[3]].firstIndex)
  }

  /// Reads the bounds off the stack; returns where to go on, past the form if it has no terms.
  private mutating func enterBody(resumingAt position: Int) throws(Problem) -> Int {
    guard var frame = frames.popLast() else { return position }
    let bounds = tree.children(of: frame.node)
    let to = try bound(stack.removeLast(), of: frame.form, at: bounds[2])
    let from = try bound(stack.removeLast(), of: frame.form, at: bounds[1])
    guard from <= to else {
      push(graph.constant(frame.form.neutral), at: frame.node)
      return frame.node + 1
    }
    let (width, overflows) = to.subtractingReportingOverflow(from)
    guard !overflows, width < Self.operationLimit else { throw tooManyOperations(at: frame.node) }
    (frame.isInBody, frame.current, frame.last) = (true, from, to)
    frame.outer = counters[frame.symbol.index]
    counters[frame.symbol.index] = from
    frames.append(frame)
    return position
  }

  private mutating func closeTerm(at position: Int) throws(Problem) -> Int {
    guard var frame = frames.popLast() else { return position + 1 }
    let term = stack.removeLast()
    // Every term counts, also one that nothing is added to: a form of forms is made of such.
    try countOperation(at: position)
    if let total = frame.total {
      frame.total = graph.binary(frame.form.operation, total, term)
      noteOrigins(at: position)
    } else {
      frame.total = term
    }
    if frame.current < frame.last {
      frame.current += 1
      counters[frame.symbol.index] = frame.current
      let start = frame.bodyStart
      frames.append(frame)
      return start
    }
    counters[frame.symbol.index] = frame.outer
    stack.append(frame.total ?? term)
    return position + 1
  }

  /// A bound's value, which must be a whole number. Where it depends on variables, it is the
  /// value at the point.
  private mutating func bound(
    _ node: NodeIndex, of form: Form, at position: Int
  ) throws(Problem) -> Int {
    let value: Double
    if case .constant(let constant) = graph[node] {
      value = constant
    } else {
      let tape = Tape(
        graph, output: node, isActive: Array(repeating: false, count: variables.count))
      let counting = tape.nodes.prefix(variables.count).indices.filter { tape.nodes[$0] != nil }
      guard let point else {
        if !counting.isEmpty {
          throw problem(.boundNotConstant(function: form.rawValue), at: position)
        }
        return try whole(tape.value(at: []), of: form, at: position)
      }
      countingVariables.formUnion(counting)
      value = tape.value(at: point)
    }
    return try whole(value, of: form, at: position)
  }

  private func whole(_ value: Double, of form: Form, at position: Int) throws(Problem) -> Int {
    // Beyond any count of operations; a range of that width is refused as such.
    if value.isFinite, value.magnitude > 1e18 { return value > 0 ? Int.max : Int.min }
    guard let whole = Int(exactly: value) else {
      throw problem(.boundNotWhole(function: form.rawValue, value: value), at: position)
    }
    return whole
  }

  // MARK: Nodes

  private mutating func visit(_ position: Int) throws(Problem) {
    switch tree.nodes[position].kind {
    case .number(let value): push(graph.constant(value), at: position)
    case .name(let symbol): push(try meaning(of: symbol, at: position), at: position)
    case .unary(let sign): try applySign(sign, at: position)
    case .binary(let sign):
      let y = stack.removeLast()
      let x = stack.removeLast()
      try countOperation(at: position)
      push(graph.binary(sign.operation, x, y), at: position)
    case .call(let symbol, let count): try call(symbol, Int(count), at: position)
    case .derivativeCall(let symbol, let order, let count):
      try derivativeCall(symbol, order: Int(order), Int(count), at: position)
    case .list: break
    }
  }

  private mutating func applySign(_ sign: UnaryOperator, at position: Int) throws(Problem) {
    let x = stack.removeLast()
    switch sign {
    case .plus: stack.append(x)
    case .minus:
      // A literal with a sign is a number, so that x^-3 has a whole number for its exponent.
      if case .number = tree.nodes[position - 1].kind, case .constant(let value) = graph[x] {
        push(graph.constant(-value), at: position)
      } else {
        try countOperation(at: position)
        push(graph.unary(.negate, x), at: position)
      }
    case .not:
      try countOperation(at: position)
      push(graph.unary(.not, x), at: position)
    }
  }

  private mutating func call(
    _ symbol: SyntaxTree.Symbol, _ count: Int, at position: Int
  ) throws(Problem) {
    let operations: [Operation]
    switch try callee(of: symbol, at: position) {
    case .operations(let some): operations = some
    case .derivative: return try derivative(count, at: position)
    case .form: return
    }
    guard let operation = operations.first(where: { $0.about.arity.contains(count) }) else {
      let name = tree.name(of: symbol)
      throw problem(
        .argumentCount(function: name, usage: Catalogue.usage(of: name), given: count),
        at: position)
    }
    let arguments = Array(stack.suffix(count))
    stack.removeLast(count)
    try countOperation(at: position)
    switch operation.shape {
    case .unary: push(graph.unary(operation, arguments[0]), at: position)
    case .binary: push(graph.binary(operation, arguments[0], arguments[1]), at: position)
    case .variadic: push(graph.variadic(operation, arguments), at: position)
    }
  }

  /// `diff(expression, x)` and `diff(expression, x, n)`: the derivative's formula in place of the call.
  private mutating func derivative(_ count: Int, at position: Int) throws(Problem) {
    let name = Catalogue.derivative.name
    guard (2...3).contains(count) else {
      throw problem(
        .argumentCount(function: name, usage: Catalogue.usage(of: name), given: count),
        at: position)
    }
    let children = tree.children(of: position)
    let arguments = Array(stack.suffix(count))
    stack.removeLast(count)
    guard case .name(let symbol) = tree.nodes[children[1]].kind, counters[symbol.index] == nil,
      case .variable(let variable) = graph[arguments[1]]
    else { throw problem(.derivativeNameExpected, at: children[1]) }
    var order = 1
    if count == 3 {
      guard case .constant(let value) = graph[arguments[2]], let whole = Int(exactly: value),
        (0...Self.orderLimit).contains(whole)
      else { throw problem(.derivativeOrder(limit: Self.orderLimit), at: children[2]) }
      order = whole
    }
    let node = graph.appendDerivative(
      of: arguments[0], along: Array(repeating: variable, count: order))
    operationCount += graph.count - origins.count
    try countOperation(at: position)
    push(node, at: position)
  }

  /// `sin'(u)`: the derivative of a function in its argument, with u in the argument's place.
  private mutating func derivativeCall(
    _ symbol: SyntaxTree.Symbol, order: Int, _ count: Int, at position: Int
  ) throws(Problem) {
    let name = tree.name(of: symbol)
    guard case .operations(let operations) = try callee(of: symbol, at: position),
      let operation = PrimedFunctions.operation(operations)
    else { throw problem(.primesNeedOneArgument(name), at: position) }
    guard count == 1 else {
      let primed = name + String(repeating: "'", count: min(order, Self.orderLimit))
      throw problem(
        .argumentCount(function: primed, usage: "\(primed)(x)", given: count), at: position)
    }
    guard order <= Self.orderLimit else {
      throw problem(.tooManyPrimes(limit: Self.orderLimit), at: position)
    }
    let node = primedFunctions.append(operation, order: order, of: stack.removeLast(), to: graph)
    operationCount += graph.count - origins.count
    try countOperation(at: position)
    push(node, at: position)
  }

  private mutating func push(_ node: NodeIndex, at position: Int) {
    stack.append(node)
    noteOrigins(at: position)
  }

  /// Nodes that are new since the last call stand where `position` stands.
  private mutating func noteOrigins(at position: Int) {
    while origins.count < graph.count { origins.append(tree.nodes[position].range) }
  }

  private mutating func countOperation(at position: Int) throws(Problem) {
    operationCount += 1
    if operationCount > Self.operationLimit { throw tooManyOperations(at: position) }
  }

  // MARK: Names

  private mutating func meaning(
    of symbol: SyntaxTree.Symbol, at position: Int
  ) throws(Problem) -> NodeIndex {
    if let counter = counters[symbol.index] { return graph.constant(Double(counter)) }
    switch names[symbol.index] {
    case .variable(let node), .constant(let node): return node
    case nil: break
    }
    let name = tree.name(of: symbol)
    let meaning: NameMeaning
    if let index = variables[name] {
      meaning = .variable(graph.variable(index))
    } else if let value = Catalogue.constant(name) {
      meaning = .constant(graph.constant(value))
    } else {
      throw unknownName(name, at: position)
    }
    names[symbol.index] = meaning
    return try self.meaning(of: symbol, at: position)
  }

  private func unknownName(_ name: String, at position: Int) -> Problem {
    if Catalogue.isFunction(name) { return problem(.functionWithoutArguments(name), at: position) }
    let candidates = variables.keys.sorted() + Catalogue.constantNames
    return problem(
      .unknownName(name, suggestion: editDistanceSuggestion(for: name, among: candidates)),
      at: position)
  }

  private mutating func callee(
    of symbol: SyntaxTree.Symbol, at position: Int
  ) throws(Problem) -> Callee {
    if let known = callees[symbol.index] { return known }
    let name = tree.name(of: symbol)
    let operations = Operation.named(name)
    guard operations.isEmpty else {
      callees[symbol.index] = .operations(operations)
      return .operations(operations)
    }
    if let other = name == Catalogue.derivative.name
      ? .derivative : Form(rawValue: name).map(Callee.form)
    {
      callees[symbol.index] = other
      return other
    }
    throw problem(
      Problem.Kind(
        unknownCallee: name, of: tree.nodes[position],
        isNumber: variables[name] != nil || Catalogue.constant(name) != nil),
      at: position)
  }

  private func problem(_ kind: Problem.Kind, at position: Int) -> Problem {
    let node = tree.nodes[position]
    switch kind {
    case .boundNotWhole, .boundNotConstant, .loopNameExpected, .derivativeNameExpected,
      .derivativeOrder:
      return Problem(kind, in: source, at: node.range)
    default: return Problem(kind, in: source, at: node.head)
    }
  }

  private func tooManyOperations(at position: Int) -> Problem {
    problem(.tooManyOperations(limit: Self.operationLimit), at: position)
  }
}

extension BinaryOperator {
  /// The operation that the sign stands for.
  var operation: Operation {
    switch self {
    case .or: .or
    case .and: .and
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .power: .power
    }
  }
}

extension Array {
  /// The first index whose element satisfies `isSecond`, where all that do stand behind all that
  /// do not.
  func partitioningIndex(_ isSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
