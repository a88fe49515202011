// The values of a graph's nodes at a point, as far as an elaboration has to know them.
import Calculus

/// Values that are computed when they are first asked for, each node's once.
///
/// Besides the expression's variables there are those that stand for an argument while it is
/// differentiated in; the value of such a one is the argument's.
struct NodeValues {
  let point: [Double]?
  /// Where the point is beside another: the variables as they are there.
  let near: [LeviCivita]?
  private let variableCount: Int
  /// What each variable of its own stands for.
  private var originals: [NodeIndex] = []
  private var values: [Double] = []
  private var facts: [Facts] = []
  private var range = NodeRange()
  private var series: [LeviCivita] = []

  private struct Facts: OptionSet {
    let rawValue: UInt8
    /// Depends on any variable.
    static let isVariable = Facts(rawValue: 1)
    /// Depends on a variable of the expression.
    static let isOpen = Facts(rawValue: 2)
    /// Made of something that sits on a kink, as a comparison of equal numbers does.
    static let isAtKink = Facts(rawValue: 4)
    /// Made of an equality that holds, or of an inequality that does not for that reason.
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

  /// The value by which a program decides: beside a point what a condition is there, which is NaN where
  /// that is not known.
  func decisive(_ condition: NodeIndex) -> Double {
    guard near != nil else { return self[condition] }
    let series = series[Int(condition)]
    return series.plain ?? series.sign ?? .nan
  }

  /// The number that something is counted by, likewise: through it nothing is differentiated.
  func count(_ node: NodeIndex) -> Double {
    guard near != nil else { return self[node] }
    let series = series[Int(node)]
    return series.isNaN || series.sign == nil ? .nan : series[0]
  }

  /// Whether a node depends on a variable of the expression.
  func isOpen(_ node: NodeIndex) -> Bool { facts[Int(node)].contains(.isOpen) }

  /// Whether a node has a value: there is a point, or no need for one.
  func isKnown(_ node: NodeIndex) -> Bool { point != nil || !isOpen(node) }

  /// Computes what is new in the graph.
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
          values[original], facts[original].union(.isVariable), near.map { _ in series[original] })
      }
    case .unary(let operation, let x): append(operation, [x])
    case .binary(let operation, let x, let y): append(operation, [x, y])
    case .variadic(let operation, let xs): append(operation, xs)
    }
  }

  private mutating func append(_ operation: Operation, _ arguments: [NodeIndex]) {
    var value = operation.value(arguments.map { values[Int($0)] })
    // Which way a program goes is not to depend on where a double overflows.
    if !value.isNormal || !range.isEmpty {
      value = range.settle(value, of: operation, arguments, values, as: NodeIndex(values.count))
    }
    var facts = arguments.reduce(into: Facts()) { $0.formUnion(self.facts[Int($1)]) }
    if facts.contains(.isVariable), !facts.contains(.isAtEquality), operation.mayHaveKinks,
      operation.kink(arguments.map { values[Int($0)] }) != nil
    {
      facts.insert(.isAtKink)
      if operation == .equal || operation == .notEqual { facts.insert(.isAtEquality) }
    }
    append(value, facts, near.map { _ in besides(operation, arguments).pinned(to: value) })
  }

  /// What an operation is beside the point.
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

  /// Whether the smallest change of a variable may turn a condition over, as `x > 1` at 1.
  func turn(of condition: NodeIndex, in graph: Graph) -> ExecutedPath.Turn? {
    let facts = facts[Int(condition)]
    if facts.contains(.isAtEquality) { return .equality }
    if facts.contains(.isAtKink) { return .order }
    // A number for a condition holds on both sides of 0.
    return self[condition] == 0 && !isConstant(condition) && !graph.isTruth(condition)
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

extension Graph {
  /// Whether a node is a comparison, or made of such: it is 1 or 0.
  fileprivate func isTruth(_ node: NodeIndex) -> Bool {
    switch self[node] {
    case .binary(let operation, _, _):
      operation.relation != nil || operation == .and || operation == .or
    case .unary(.not, _): true
    default: false
    }
  }
}
