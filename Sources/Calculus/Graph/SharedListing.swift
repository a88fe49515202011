// A graph as a list: every subexpression that is used more than once gets a name, and is written
// once.

/// Formulas in terms of named subexpressions, each defined once and before its uses.
///
/// The whole text is linear in the size of the graph, however large the formulas are as trees.
package struct SharedListing {
  /// A line of the list, `name = formula`.
  package struct Definition: Equatable, Sendable {
    /// The name of the subexpression, in the style's notation.
    package let name: String
    /// Its formula, in which earlier definitions are called by name.
    package let formula: String
  }

  /// The shared subexpressions, each before its first use.
  package let definitions: [Definition]
  /// The formulas themselves, in the order they were asked for.
  package let results: [String]

  /// A listing that is already text, as of formulas that share nothing.
  package init(definitions: [Definition], results: [String]) {
    self.definitions = definitions
    self.results = results
  }

  /// Lists what `roots` need.
  ///
  /// - Parameters:
  ///   - isTaken: whether a name is in use already.
  ///   - display: what the style makes of a subexpression's name.
  ///   - name: what a variable is called, in the style's own notation.
  package init(
    _ graph: Graph, roots: [NodeIndex], style: FormulaStyle, isTaken: (String) -> Bool,
    display: (String) -> String = { $0 }, name: @escaping (Int) -> String
  ) {
    let uses = graph.uses(from: roots)
    var names: [NodeIndex: String] = [:]
    var named: [NodeIndex] = []
    var number = 0
    for index in uses.indices where uses[index] > 1 {
      let node = NodeIndex(index)
      guard graph[leaf: node] == nil else { continue }
      repeat { number += 1 } while isTaken("t\(number)")
      names[node] = display("t\(number)")
      named.append(node)
    }
    let printer = FormulaPrinter(
      graph, style: style, product: .quiet, names: names,
      namesConstants: !FormulaPrinter.constantNames.contains(where: isTaken), name: name)
    definitions = named.map {
      Definition(name: names[$0] ?? "", formula: printer.definition(of: $0))
    }
    results = roots.map { printer.text($0) }
  }
}

extension Graph {
  /// How often each node is an argument of a node that `roots` need, or one of them; 0 for nodes
  /// that are not needed.
  func uses(from roots: [NodeIndex]) -> [Int] {
    guard let last = roots.max() else { return [] }
    var uses = Array(repeating: 0, count: Int(last) + 1)
    for root in roots { uses[Int(root)] += 1 }
    // Arguments come before users: one pass downward meets every user first.
    for node in stride(from: Int(last), through: 0, by: -1) where uses[node] > 0 {
      forEachArgument(of: NodeIndex(node)) { uses[Int($0)] += 1 }
    }
    return uses
  }
}
