// The memory of a graph: nodes of 12 bytes and the hash table that makes equal ones one.

/// A node: a tag, and two words that the tag explains.
struct PackedNode: Equatable {
  let tag: UInt16
  /// A variable's index, the high half of a constant's bits, the first argument, or where a
  /// variadic operation's run of arguments begins.
  var a: UInt32
  /// The low half of a constant's bits, the second argument, or the length of the run.
  let b: UInt32

  private static let variableTag: UInt16 = 0x7FFF
  private static let constantTag: UInt16 = 0x7FFE
  /// Set in the tag of a variadic operation.
  private static let variadicBit: UInt16 = 0x8000

  static func variable(_ index: Int) -> PackedNode {
    PackedNode(tag: variableTag, a: UInt32(truncatingIfNeeded: index), b: 0)
  }

  static func constant(_ value: Double) -> PackedNode {
    let bits = value.bitPattern
    return PackedNode(
      tag: constantTag, a: UInt32(truncatingIfNeeded: bits >> 32),
      b: UInt32(truncatingIfNeeded: bits))
  }

  static func operation(_ operation: Operation, _ a: UInt32, _ b: UInt32) -> PackedNode {
    PackedNode(tag: UInt16(operation.rawValue), a: a, b: b)
  }

  static func variadic(_ operation: Operation, _ run: Range<Int>) -> PackedNode {
    PackedNode(
      tag: UInt16(operation.rawValue) | variadicBit, a: UInt32(run.lowerBound), b: UInt32(run.count)
    )
  }

  var isVariadic: Bool { tag & Self.variadicBit != 0 }
  var isLeaf: Bool { tag == Self.variableTag || tag == Self.constantTag }
  var isVariable: Bool { tag == Self.variableTag }
  var isConstant: Bool { tag == Self.constantTag }
  var run: Range<Int> { Int(a)..<Int(a) + Int(b) }
  var constantValue: Double { Double(bitPattern: UInt64(a) << 32 | UInt64(b)) }
  /// nil for a leaf.
  var operation: Operation? {
    UInt8(exactly: tag & ~Self.variadicBit).flatMap(Operation.init)
  }
}

/// Hash-consed nodes. A value type, so that an insertion is one access to its owner.
struct NodeStore {
  private var nodes: [PackedNode] = []
  /// The arguments of variadic nodes, one run each.
  private var arguments: [NodeIndex] = []
  /// An open-addressing hash table of node indices; 0 is an empty place, i + 1 means node i.
  private var table: [UInt32] = Array(repeating: 0, count: 64)

  var count: Int { nodes.count }

  /// The index of a node that is no variadic operation.
  mutating func insert(_ node: PackedNode) -> NodeIndex {
    if (nodes.count + 1) * 2 > table.count { grow() }
    var place = Int(truncatingIfNeeded: hash(node)) & (table.count - 1)
    while table[place] != 0 {
      let index = table[place] - 1
      if isEqual(nodes[Int(index)], node) { return index }
      place = (place + 1) & (table.count - 1)
    }
    nodes.append(node)
    table[place] = UInt32(nodes.count)
    return UInt32(nodes.count - 1)
  }

  mutating func insert(_ operation: Operation, _ xs: [NodeIndex]) -> NodeIndex {
    let start = arguments.count
    arguments.append(contentsOf: xs)
    let before = nodes.count
    let index = insert(.variadic(operation, start..<arguments.count))
    // An equal node exists with a run of its own; this run is not needed.
    if nodes.count == before { arguments.removeLast(xs.count) }
    return index
  }

  func content(of index: NodeIndex) -> NodeContent {
    let node = nodes[Int(index)]
    guard let operation = node.operation else {
      return node.isVariable ? .variable(Int(node.a)) : .constant(node.constantValue)
    }
    switch operation.shape {
    case .unary: return .unary(operation, node.a)
    case .binary: return .binary(operation, node.a, node.b)
    case .variadic: return .variadic(operation, Array(arguments[node.run]))
    }
  }

  func leaf(_ index: NodeIndex) -> NodeContent? {
    let node = nodes[Int(index)]
    guard node.isLeaf else { return nil }
    return node.isVariable ? .variable(Int(node.a)) : .constant(node.constantValue)
  }

  func forEachArgument(of index: NodeIndex, _ body: (NodeIndex) -> Void) {
    let node = nodes[Int(index)]
    guard let operation = node.operation else { return }
    switch operation.shape {
    case .unary: body(node.a)
    case .binary:
      body(node.a)
      body(node.b)
    case .variadic: arguments[node.run].forEach(body)
    }
  }

  private mutating func grow() {
    table = Array(repeating: 0, count: table.count * 2)
    for index in nodes.indices {
      var place = Int(truncatingIfNeeded: hash(nodes[index])) & (table.count - 1)
      while table[place] != 0 { place = (place + 1) & (table.count - 1) }
      table[place] = UInt32(index + 1)
    }
  }

  private func isEqual(_ x: PackedNode, _ y: PackedNode) -> Bool {
    if x.isVariadic {
      return x.tag == y.tag && x.b == y.b && arguments[x.run] == arguments[y.run]
    }
    return x == y
  }

  private func hash(_ node: PackedNode) -> UInt64 {
    guard node.isVariadic else { return Self.mix(UInt64(node.tag), node.a, node.b) }
    return arguments[node.run].reduce(UInt64(node.tag)) { Self.mix($0, $1, node.b) }
  }

  /// A multiplicative hash: products by odd constants, with the high bits folded down.
  private static func mix(_ seed: UInt64, _ a: UInt32, _ b: UInt32) -> UInt64 {
    let word = (UInt64(a) << 32 | UInt64(b)) &+ seed &* 0x9E37_79B9_7F4A_7C15
    let product = (word ^ word >> 29) &* 0xBF58_476D_1CE4_E5B9
    return product ^ product >> 32
  }
}
