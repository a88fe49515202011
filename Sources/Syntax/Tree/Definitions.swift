// Definitions: names for values and functions, and the texts that they came from.

/// `a = 3` or `f(x, y) = x^2*y`.
package struct Definition: Sendable {
  /// A parameter of a function.
  package struct Parameter: Sendable {
    /// The parameter as an interned name.
    package let symbol: SyntaxTree.Symbol
    /// Where it stands among the parameters, in the text of all definitions.
    package let range: SourceRange
  }

  /// The name that is defined, or whose derivative is declared.
  package let symbol: SyntaxTree.Symbol
  /// Where that name stands, in the text of all definitions.
  package let nameRange: SourceRange
  /// Where it begins: with its name, or with the word `derivative`.
  package let start: Int
  /// Nil for a value; a function has one at least.
  package let parameters: [Parameter]?
  /// The nodes of its body in the arena that all definitions share.
  package let nodes: Range<Int>
  /// The body in braces; nil for an expression, whose root is the last of the nodes.
  package let body: Body?
  /// Whether it declares the partial derivatives of the function of this name: `derivative f(x) =
  /// …`.
  package let isDerivative: Bool

  /// Whether it has parameters, and is called; otherwise it is a value.
  package var isFunction: Bool { parameters != nil }

  /// The names that belong to a call of it: its parameters, and what its body assigns besides.
  package var localNames: [Parameter] { (parameters ?? []) + (body?.assigned ?? []) }
}

/// Definitions that were read already, ready for texts that use them: all of them and the
/// expression that follows share one arena and one table of symbols, and their texts are one text.
package struct Definitions: Sendable {
  /// The texts of all definitions, one after the other.
  package let source: SourceText
  /// In the order of the text.
  package let list: [Definition]
  let nodes: [SyntaxTree.Node]
  let steps: [BodyStep]
  let symbols: SymbolTable
  /// The definition of each symbol that has one.
  let indices: [UInt32: Int]
  /// The declared derivative of each symbol that has one.
  let derivativeIndices: [UInt32: Int]

  /// No definitions.
  package init() {
    self.init(
      source: SourceText([]), list: [], nodes: [], steps: [], symbols: SymbolTable(),
      indices: [:], derivativeIndices: [:])
  }

  init(
    source: SourceText, list: [Definition], nodes: [SyntaxTree.Node], steps: [BodyStep],
    symbols: SymbolTable, indices: [UInt32: Int], derivativeIndices: [UInt32: Int]
  ) {
    self.source = source
    self.list = list
    self.nodes = nodes
    self.steps = steps
    self.symbols = symbols
    self.indices = indices
    self.derivativeIndices = derivativeIndices
  }

  /// What an expression's text defines, with what was defined before it.
  package init(of tree: SyntaxTree, in source: SourceText) {
    guard !tree.definitions.isEmpty else {
      self.init()
      return
    }
    var (indices, derivativeIndices): ([UInt32: Int], [UInt32: Int]) = ([:], [:])
    for (index, definition) in tree.definitions.enumerated() {
      if definition.isDerivative {
        derivativeIndices[definition.symbol.stored] = index
      } else {
        indices[definition.symbol.stored] = index
      }
    }
    self.init(
      source: source, list: tree.definitions, nodes: Array(tree.nodes[..<tree.expressionStart]),
      steps: tree.steps, symbols: tree.table, indices: indices,
      derivativeIndices: derivativeIndices)
  }

  /// What is defined, in the order of the text.
  package var names: [String] { list.map { symbols.names[$0.symbol.index] } }

  /// The names of all symbols, by index.
  package var symbolNames: [String] { symbols.names }
  /// Whether nothing is defined.
  package var isEmpty: Bool { source.bytes.isEmpty }

  /// The text that `source` is a part of when it follows these definitions.
  package func text(with source: SourceText) -> SourceText {
    isEmpty ? source : self.source.followed(by: source)
  }
}
