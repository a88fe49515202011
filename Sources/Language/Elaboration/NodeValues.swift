// The values of a graph's nodes at a point, as far as an elaboration needs them.
import Calculus

/// Values that are computed when they are first needed, each node's once.
///
/// Besides the expression's variables there are those that stand for an argument while it is
/// differentiated in; their value is the argument's.
struct NodeValues {
  let point: [Double]?
  /// The variables as series, where values beside a point are wanted.
  let near: [LeviCivita]?
  private let variableCount: Int
  /// The node that each additional variable stands for.
  private var originals: [NodeIndex] = []
  private var values: [Double] = []
  private var facts: [Facts] = []
  private var range = NodeRange()
  private var series: [LeviCivita] = []
  /// An additional variable that is moved away from its node's value.
  private var moved: (variable: Int, series: LeviCivita)?

  private struct Facts: OptionSet {
    let rawValue: UInt8
    /// Depends on any variable.
    static let isVariable = Facts(rawValue: 1)
    /// Depends on a variable of the expression.
    static let isOpen = Facts(rawValue: 2)
    /// Depends on an operation at a kink, such as a comparison of equal numbers.
    static let isAtKink = Facts(rawValue: 4)
    /// Depends on an equality that holds, or an inequality that does not hold because of one.
    static let isAtEquality = Facts(rawValue: 8)
  }

  init(variableCount: Int, point: [Double]?, near: [LeviCivita]? = nil) {
    self.variableCount = variableCount
    self.point = point
    self.near = near
  }

  /// A new variable, which stands for a node.
  mutating func addVariable(for node: NodeIndex, of graph: Graph) -> Int {
    originals.append(node)
    return variableCount + originals.count - 1
  }

  func original(of variable: Int) -> NodeIndex { originals[variable - variableCount] }

  subscript(node: NodeIndex) -> Double { values[Int(node)] }

  /// Whether a node depends on no variable.
  func isConstant(_ node: NodeIndex) -> Bool { !facts[Int(node)].contains(.isVariable) }

  /// The value by which a branch is chosen: next to a point, that of the condition there, NaN if it
  /// is not known.
  func decisive(_ condition: NodeIndex) -> Double {
    guard near != nil else { return self[condition] }
    let series = series[Int(condition)]
    return series.plain ?? series.sign ?? .nan
  }

  /// A number that something is counted by, likewise; nothing is differentiated through it.
  func count(_ node: NodeIndex) -> Double {
    guard near != nil else { return self[node] }
    let series = series[Int(node)]
    return series.isNaN || series.sign == nil ? .nan : series[0]
  }

  /// Whether a node depends on a variable of the expression.
  func isOpen(_ node: NodeIndex) -> Bool { facts[Int(node)].contains(.isOpen) }

  /// Whether a node has a value: there is a point, or no need for one.
  func isKnown(_ node: NodeIndex) -> Bool { point != nil || !isOpen(node) }

  /// Computes the values of nodes that are new in the graph.
  mutating func extend(over graph: Graph) {
    for node in values.count..<graph.count { append(graph[NodeIndex(node)]) }
  }

  private mutating func append(_ content: NodeContent) {
    switch content {
    case .constant(let value): append(value, [], near.map { _ in LeviCivita(value) })
    case .variable(let index):
      if index < variableCount {
        append(point?[index] ?? .nan, [.isVariable, .isOpen], near?[index])
      } else {
        let original = Int(self.original(of: index))
        append(
          values[original], facts[original].union(.isVariable),
          near.map { _ in moved?.variable == index ? moved?.series ?? .unknown : series[original] })
      }
    case .unary(let operation, let x): append(operation, [x])
    case .binary(let operation, let x, let y): append(operation, [x, y])
    case .variadic(let operation, let xs): append(operation, xs)
    }
  }

  private mutating func append(_ operation: Operation, _ arguments: [NodeIndex]) {
    var value = operation.value(arguments.map { values[Int($0)] })
    // Which branch is taken must not depend on where a double overflows.
    if !value.isNormal || !range.isEmpty {
      value = range.settle(value, of: operation, arguments, values, as: NodeIndex(values.count))
    }
    var facts = arguments.reduce(into: Facts()) { $0.formUnion(self.facts[Int($1)]) }
    if facts.contains(.isVariable), !facts.contains(.isAtEquality), operation.mayHaveKinks,
      isAtKink(operation, arguments)
    {
      facts.insert(.isAtKink)
      if operation == .equal || operation == .notEqual { facts.insert(.isAtEquality) }
    }
    append(value, facts, near.map { _ in besides(operation, arguments).pinned(to: value) })
  }

  /// Whether an operation is at a kink; beside a point, only if it stays at it there.
  private func isAtKink(_ operation: Operation, _ arguments: [NodeIndex]) -> Bool {
    if near != nil {
      let operands = arguments.map { series[Int($0)] }
      if operation.relation != nil { return LeviCivita.order(operands[0], operands[1]) == 0 }
      guard operands.allSatisfy({ $0.plain != nil }) else { return false }
    }
    return operation.kink(arguments.map { values[Int($0)] }) != nil
  }

  /// How many variables there are, those that stand for nodes included.
  var variableEnd: Int { variableCount + originals.count }

  /// The same with one variable moved, and all others at their values.
  func beside(_ variable: Int, _ sign: Double) -> NodeValues {
    let plain = (near.map { $0.map { $0[0] } } ?? point ?? []).map { LeviCivita($0) }
    if variable < variableCount {
      var near = plain
      near[variable] = LeviCivita(plain[variable][0], slope: sign)
      var values = NodeValues(variableCount: variableCount, point: point, near: near)
      values.originals = originals
      return values
    }
    var values = NodeValues(variableCount: variableCount, point: point, near: plain)
    values.originals = originals
    let value = self[original(of: variable)]
    values.moved = (variable, LeviCivita(value, slope: sign))
    return values
  }

  /// Whether none of the variables is moved.
  func areStill(_ variables: Set<Int>) -> Bool {
    guard let near else { return true }
    return variables.allSatisfy { variable in
      let series =
        variable < variableCount ? near[variable] : self.series[Int(original(of: variable))]
      return series.plain != nil
    }
  }

  /// The value of a node as a series, where values beside a point are wanted.
  func besides(_ node: NodeIndex) -> LeviCivita {
    near == nil ? LeviCivita(self[node]) : series[Int(node)]
  }

  /// The value of an operation beside the point.
  private func besides(_ operation: Operation, _ arguments: [NodeIndex]) -> LeviCivita {
    let operands = arguments.map { series[Int($0)] }
    guard let relation = operation.relation else { return operation.series(operands) }
    guard let order = LeviCivita.order(operands[0], operands[1]) else { return .unknown }
    return LeviCivita(relation.holds(order, 0) ? 1 : 0)
  }

  private mutating func append(_ value: Double, _ facts: Facts, _ series: LeviCivita?) {
    values.append(value)
    self.facts.append(facts)
    if let series { self.series.append(series) }
  }

  /// Whether the smallest change of a variable may change a condition's outcome, as `x > 1` at 1.
  func turn(of condition: NodeIndex, in graph: Graph) -> ExecutedPath.Turn? {
    let facts = facts[Int(condition)]
    if facts.contains(.isAtEquality) { return .equality }
    if facts.contains(.isAtKink) { return .order }
    // A condition that is a number is true on both sides of 0.
    return decisive(condition) == 0 && !isConstant(condition) && !graph.isTruth(condition)
      ? .equality : nil
  }

  /// The expression's variables that some nodes depend on.
  func variables(under nodes: [NodeIndex], in graph: Graph) -> Set<Int> {
    guard let last = nodes.max() else { return [] }
    var isReached = Array(repeating: false, count: Int(last) + 1)
    for node in nodes { isReached[Int(node)] = true }
    var variables: Set<Int> = []
    // Arguments come before their users, and what a variable stands for comes before it.
    for node in isReached.indices.reversed() where isReached[node] {
      switch graph[NodeIndex(node)] {
      case .constant: break
      case .variable(let index):
        if index < variableCount {
          variables.insert(index)
        } else {
          isReached[Int(original(of: index))] = true
        }
      case .unary(_, let x): isReached[Int(x)] = true
      case .binary(_, let x, let y):
        isReached[Int(x)] = true
        isReached[Int(y)] = true
      case .variadic(_, let xs): for x in xs { isReached[Int(x)] = true }
      }
    }
    return variables
  }
}
