// What an expression says: a flat arena of nodes, children before their parents.

/// The syntax of one expression and of the definitions before it. Nodes are in postorder: the
/// subtree of a node is a contiguous run that ends in the node itself, and the last node is the
/// root. Nothing is nested, so a tree of any depth is made, walked and released by loops.
package struct SyntaxTree: Sendable {
  /// An interned name, as an index into `symbols`. Canonically equivalent spellings are one symbol.
  package struct Symbol: Hashable, Sendable {
    let stored: UInt32
    /// Its position in `symbols`.
    package var index: Int { Int(stored) }
  }

  /// What a node is.
  package enum Kind: Hashable, Sendable {
    case number(Double)
    case name(Symbol)
    case unary(UnaryOperator)
    case binary(BinaryOperator)
    case call(Symbol, argumentCount: UInt32)
    /// `f'(x)`: a function's derivative, of an order of at least 1, which is called. Orders beyond
    /// `UInt16.max` are cut to that.
    case derivativeCall(Symbol, order: UInt16, argumentCount: UInt32)
    /// `[f, g]`, which only a root can be: several outputs.
    case list(count: UInt32)
  }

  /// A node of the tree, in postorder: behind its operands.
  package struct Node: Sendable {
    /// What it is.
    package let kind: Kind
    /// The whole extent. Parentheses around the whole of the node are outside it; parentheses
    /// around an operand are inside.
    package let range: SourceRange
    /// The operator, number or name itself, a name with its primes. Empty, between the factors,
    /// for a product that is written without a sign.
    package let head: SourceRange
    let first: UInt32

    /// Where the run of nodes that make up this subtree begins.
    package var firstIndex: Int { Int(first) }

    /// How many nodes hang on it directly.
    package var childCount: Int {
      switch kind {
      case .number, .name: 0
      case .unary: 1
      case .binary: 2
      case .call(_, let count), .derivativeCall(_, _, let count), .list(let count): Int(count)
      }
    }

    /// The node in a subtree that stands elsewhere.
    func moved(by distance: Int) -> Node {
      let start = UInt32(truncating: firstIndex + distance)
      return Node(kind: kind, range: range, head: head, first: start)
    }

    /// The function that is called, or whose derivative is.
    package var callee: Symbol? {
      switch kind {
      case .call(let symbol, _), .derivativeCall(let symbol, _, _): symbol
      default: nil
      }
    }
  }

  /// The bodies of the definitions, one after the other, and then the expression.
  package let nodes: [Node]
  /// The names of all symbols, by index.
  package var symbols: [String] { table.names }
  let table: SymbolTable
  /// What the expression may use, in the order of the text.
  package let definitions: [Definition]
  /// The steps of all bodies in braces.
  package let steps: [BodyStep]
  /// The first node of the expression.
  package let expressionStart: Int

  init(
    nodes: [Node], symbols: SymbolTable, definitions: [Definition] = [], steps: [BodyStep] = [],
    expressionStart: Int = 0
  ) {
    self.nodes = nodes
    table = symbols
    self.definitions = definitions
    self.steps = steps
    self.expressionStart = expressionStart
  }

  /// The index of the root; a tree has at least one node.
  package var root: Int { nodes.count - 1 }

  /// Whether the root is a list of outputs.
  package var isList: Bool {
    if case .list = nodes[root].kind { true } else { false }
  }

  /// The expressions of a list in the order of the text; the root alone where it is no list.
  package var outputs: [Int] { isList ? children(of: root) : [root] }

  /// What the text calls a symbol.
  package func name(of symbol: Symbol) -> String { symbols[symbol.index] }

  /// The operands of a binary operator.
  package func operands(of index: Int) -> (left: Int, right: Int) {
    (nodes[index - 1].firstIndex - 1, index - 1)
  }

  /// The children in the order of the text; takes time in their number only.
  package func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var child = index - 1
    for _ in 0..<nodes[index].childCount {
      children.append(child)
      child = nodes[child].firstIndex - 1
    }
    children.reverse()
    return children
  }
}

extension SyntaxTree {
  /// The number that an expression is, with its sign; nil for any other expression.
  package var number: Double? {
    switch nodes[root].kind {
    case .number(let value): return value
    case .unary(.minus):
      if case .number(let value) = nodes[root - 1].kind { return -value }
      return nil
    default: return nil
    }
  }
}
