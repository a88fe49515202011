// From the user's graph to a graph of formulas, which folds in its own way.

/// Copies what some outputs need of a graph into another.
///
/// Into a normal graph, chains of sums and of products go as one, so that a sum of a million terms
/// is sorted once; what is used in several places stays whole if it is large.
struct FormulaImporter {
  private let source: Graph
  private let target: Graph
  /// The target, if it is normal.
  private let normal: NormalGraph?
  private let outputs: [NodeIndex]
  private let uses: [Int]
  /// Whether the written order of terms and factors is recorded; only up to a certain size of the
  /// graph.
  private let keepsOrder: Bool
  private static let orderLimit = 20_000
  /// By node, whether a chain around it takes it in.
  private var isInside: [Bool]
  /// The target's node for each of the source's.
  private var nodes: [NodeIndex]

  init(_ source: Graph, outputs: [NodeIndex], into target: Graph) {
    self.source = source
    self.target = target
    normal = target as? NormalGraph
    self.outputs = outputs
    uses = source.uses(from: outputs)
    isInside = Array(repeating: false, count: uses.count)
    keepsOrder = normal != nil && !target.keepsKernels && uses.count < Self.orderLimit
    target.variableOrder = source.variableOrder
    target.assumptions = source.assumptions
    nodes = Array(repeating: 0, count: uses.count)
    guard let normal else { return }
    normal.usesDecimals = Self.hasDecimals(source, uses)
  }

  /// Whether a number is written with a decimal point.
  private static func hasDecimals(_ source: Graph, _ uses: [Int]) -> Bool {
    uses.indices.contains { index in
      guard uses[index] > 0, case .constant(let value)? = source[leaf: NodeIndex(index)] else {
        return false
      }
      return value != value.rounded() && Rational(value) != nil
    }
  }

  mutating func run() -> [NodeIndex] {
    if normal != nil { markChains() }
    for node in uses.indices where uses[node] > 0 && !isInside[node] {
      nodes[node] = imported(UInt32(node))
      if uses[node] > 1 { normal?.protect(nodes[node]) }
    }
    return nodes
  }

  private mutating func markChains() {
    for node in uses.indices where uses[node] > 0 {
      let kind = Chain(source[UInt32(node)])
      guard kind != nil else { continue }
      source.forEachArgument(of: UInt32(node)) { argument in
        if uses[Int(argument)] == 1, Chain(source[argument]) == kind {
          isInside[Int(argument)] = true
        }
      }
    }
    for output in outputs { isInside[Int(output)] = false }
  }

  private enum Chain {
    case sum, product

    init?(_ content: NodeContent) {
      switch content {
      case .binary(.add, _, _), .binary(.subtract, _, _), .unary(.negate, _): self = .sum
      case .binary(.multiply, _, _): self = .product
      default: return nil
      }
    }
  }

  private mutating func imported(_ node: NodeIndex) -> NodeIndex {
    let content = source[node]
    if let normal, let chain = Chain(content) {
      return chain == .sum ? sum(node, into: normal) : product(node, into: normal)
    }
    switch content {
    case .variable(let index): return target.variable(index)
    case .constant(let value): return target.constant(value)
    case .unary(let operation, let x): return make(operation, [x])
    case .binary(let operation, let x, let y): return make(operation, [x, y])
    case .variadic(let operation, let xs): return make(operation, xs)
    }
  }

  private func make(_ operation: Operation, _ arguments: [NodeIndex]) -> NodeIndex {
    let xs = arguments.map { nodes[Int($0)] }
    // A declared derivative stays a node until all derivatives have been taken.
    if operation.isKernel, operation != .declaredDerivative, !target.keepsKernels {
      return operation.term(xs.map { Term(target, $0) }).index(in: target)
    }
    guard let normal else { return target.plain(operation, xs) }
    let result = normal.normal(operation, xs)
    if operation == .power { normal.note(squared: xs[0], by: xs[1]) }
    if keepsOrder, operation == .divide || operation == .power {
      normal.note(
        bases: (operation == .divide ? xs : [xs[0]]).flatMap { normal.writtenBases($0) }, of: result
      )
    }
    return result
  }

  private func sum(_ root: NodeIndex, into target: NormalGraph) -> NodeIndex {
    var sum = SumBuilder(target)
    var written: [NodeIndex] = []
    var pending = [(root, false)]
    while let (node, isNegative) = pending.popLast() {
      guard node == root || isInside[Int(node)] else {
        let whole = nodes[Int(node)]
        let signed = isNegative ? target.product(Rational(-1), [whole]) : whole
        target.terms(signed).forEach { sum.add($0) }
        if keepsOrder { written += target.writtenTerms(whole) }
        continue
      }
      switch source[node] {
      case .binary(let operation, let x, let y):
        pending.append((y, isNegative != (operation == .subtract)))
        pending.append((x, isNegative))
      case .unary(_, let x): pending.append((x, !isNegative))
      default: break
      }
    }
    let node = sum.node()
    if keepsOrder { target.note(terms: written, of: node) }
    return node
  }

  private func product(_ root: NodeIndex, into target: NormalGraph) -> NodeIndex {
    var product = ProductBuilder(target, .one)
    var written: [NodeIndex] = []
    var pending = [root]
    while let node = pending.popLast() {
      guard node == root || isInside[Int(node)], case .binary(_, let x, let y) = source[node]
      else {
        product.multiply(nodes[Int(node)])
        if keepsOrder { written += target.writtenBases(nodes[Int(node)]) }
        continue
      }
      pending.append(y)
      pending.append(x)
    }
    let node = product.node()
    if keepsOrder { target.note(bases: written, of: node) }
    return node
  }
}
