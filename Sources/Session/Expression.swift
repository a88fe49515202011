// An expression, or a list of outputs, as the user typed it, and the names that it leaves open.

import Calculus
import Syntax

/// A parsed expression.
package struct Expression: Sendable {
  package let source: SourceText
  package let tree: SyntaxTree

  package init(_ source: SourceText) throws(Problem) {
    self.source = source
    tree = try parsing(source, parseOutputs)
  }

  /// A part of a text that was parsed already.
  init(_ tree: SyntaxTree, of source: SourceText) {
    self.source = source
    self.tree = tree
  }

  /// Whether it is a list of outputs, `[f, g]`; of one, too.
  package var isList: Bool { tree.isList }

  package var outputCount: Int { isList ? tree.nodes[tree.root].childCount : 1 }

  /// How many derivatives the outputs of a list may have together, at all points.
  private static let derivativeLimit = 1_000_000

  /// That it is one expression, for what has no use for a list.
  package func requireOneOutput() throws(Problem) {
    guard isList else { return }
    throw Problem(.listNotAccepted, in: source, at: tree.nodes[tree.root].range)
  }

  /// That the outputs of a list have no more derivatives than anybody has a use for.
  ///
  /// - Parameters:
  ///   - count: the derivatives of each output.
  ///   - points: the points that they are wanted at.
  package func checkDerivatives(_ count: Int, points: Int) throws(Problem) {
    let size = Double(outputCount) * Double(max(1, count)) * Double(max(1, points))
    guard isList, size > Double(Self.derivativeLimit) else { return }
    throw Problem(
      .tooManyDerivatives(limit: Self.derivativeLimit), in: source,
      at: tree.nodes[tree.root].range)
  }

  /// The text without comments and white space around it, as titles and JSON show it.
  package var text: String { source.text(in: range) }

  /// Where the text is.
  var range: SourceRange { tree.nodes[tree.root].range }

  /// The names that the expression leaves open, in the order of the text, each with its first place:
  /// those that no sum counts with. Constants are among them.
  package var freeNames: [(name: String, range: SourceRange)] {
    var changes = bindingChanges
    var depth = Array(repeating: 0, count: tree.symbols.count)
    var isListed = Array(repeating: false, count: tree.symbols.count)
    var names: [(name: String, range: SourceRange)] = []
    for (position, node) in tree.nodes.enumerated() {
      while let change = changes.last, change.position <= position {
        depth[change.symbol.index] += change.by
        changes.removeLast()
      }
      guard case .name(let symbol) = node.kind, depth[symbol.index] == 0, !isListed[symbol.index]
      else { continue }
      isListed[symbol.index] = true
      names.append((tree.name(of: symbol), node.range))
    }
    return names
  }

  /// The first call of one of the names as if it were a function.
  func firstCall(ofAny names: [String]) -> (name: String, node: SyntaxTree.Node)? {
    guard !names.isEmpty else { return nil }
    for node in tree.nodes {
      guard let symbol = node.callee, names.contains(tree.name(of: symbol)),
        !Catalogue.isFunction(tree.name(of: symbol))
      else { continue }
      return (tree.name(of: symbol), node)
    }
    return nil
  }

  /// Where a name begins and ceases to be a sum's counter, the first place last. The counter itself
  /// and the body belong to the sum; its bounds do not.
  private var bindingChanges: [(position: Int, symbol: SyntaxTree.Symbol, by: Int)] {
    var changes: [(position: Int, symbol: SyntaxTree.Symbol, by: Int)] = []
    let isForm = tree.symbols.map { name in Catalogue.forms.contains { $0.name == name } }
    for (position, node) in tree.nodes.enumerated() {
      guard case .call(let callee, 4) = node.kind, isForm[callee.index] else { continue }
      let arguments = tree.children(of: position)
      guard case .name(let symbol) = tree.nodes[arguments[0]].kind else { continue }
      changes.append((arguments[0], symbol, 1))
      changes.append((arguments[0] + 1, symbol, -1))
      changes.append((tree.nodes[arguments[3]].firstIndex, symbol, 1))
      changes.append((position, symbol, -1))
    }
    return changes.sorted { $0.position > $1.position }
  }
}
