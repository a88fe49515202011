// The values of a graph's nodes at a point, as far as an elaboration has to know them.
import Calculus

/// Values that are computed when they are first asked for, each node's once.
///
/// Besides the expression's variables there are those that stand for an argument while it is
/// differentiated in; the value of such a one is the argument's.
struct NodeValues {
  let point: [Double]?
  private let variableCount: Int
  /// What each variable of its own stands for.
  private var originals: [NodeIndex] = []
  private var values: [Double] = []
  private var facts: [Facts] = []
  private var range = NodeRange()

  private struct Facts: OptionSet {
    let rawValue: UInt8
    /// Depends on any variable.
    static let isVariable = Facts(rawValue: 1)
    /// Depends on a variable of the expression.
    static let isOpen = Facts(rawValue: 2)
  }

  init(variableCount: Int, point: [Double]?) {
    self.variableCount = variableCount
    self.point = point
  }

  /// A new variable, which stands for a node.
  mutating func addVariable(for node: NodeIndex, of graph: Graph) -> Int {
    originals.append(node)
    return variableCount + originals.count - 1
  }

  func original(of variable: Int) -> NodeIndex { originals[variable - variableCount] }

  subscript(node: NodeIndex) -> Double { values[Int(node)] }

  /// Whether a node depends on no variable.
  func isConstant(_ node: NodeIndex) -> Bool { facts[Int(node)].isEmpty }

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
    case .constant(let value): append(value, [])
    case .variable(let index):
      if index < variableCount {
        append(point?[index] ?? .nan, [.isVariable, .isOpen])
      } else {
        let original = Int(self.original(of: index))
        append(values[original], facts[original].union(.isVariable))
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
    append(value, arguments.reduce(into: []) { $0.formUnion(facts[Int($1)]) })
  }

  private mutating func append(_ value: Double, _ facts: Facts) {
    values.append(value)
    self.facts.append(facts)
  }

  /// Whether a condition compares equal numbers that depend on variables: the smallest change of one
  /// may turn it over.
  func isBoundary(_ condition: NodeIndex, in graph: Graph) -> Bool {
    var open = [condition]
    while let node = open.popLast() {
      switch graph[node] {
      case .binary(let operation, let x, let y) where operation.compares:
        if self[x] == self[y], self[x].isFinite, !isConstant(node) { return true }
      case .binary(.and, let x, let y), .binary(.or, let x, let y): open += [x, y]
      case .unary(.not, let x): open.append(x)
      default: break
      }
    }
    return false
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

extension Operation {
  fileprivate var compares: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    default: false
    }
  }
}
