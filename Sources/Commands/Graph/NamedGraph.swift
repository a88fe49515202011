// A computational graph made ready for every form: its nodes by name, in order, with their numbers.
import Calculus
import Language
import Reporting

/// The nodes of a graph in the order of a trace, and the edges between them.
struct NamedGraph {
  struct Node {
    /// Unique, in plain characters.
    let id: String
    /// `v1 = ln x1`; what stands before the first ` = ` is what formulas call the node.
    let label: String
    let kind: Diagram.Kind
    /// The value at the point, where there is one.
    let value: Double?
    /// The adjoint at the point by its name, where a derivative flows.
    let adjoint: (name: String, value: Double)?
  }

  let nodes: [Node]
  /// From arguments to users, by position; those into a node are in the order of its arguments.
  let edges: [(from: Int, to: Int)]
}

/// A node that is to be drawn, before its formula is written.
struct NamedGraphEntry {
  enum Content {
    case variable(Int)
    case node(NodeIndex)
    /// A node that is a result.
    case result(NodeIndex)
  }

  let content: Content
  let id: String
  /// What the node is called; the first name is the one that formulas use. A constant has none.
  var names: [String] = []
  let kind: Diagram.Kind
  var value: Double?
  var adjoint: (name: String, value: Double)?
}

extension NamedGraph {
  /// Writes labels and finds edges.
  ///
  /// - Parameters:
  ///   - entries: arguments before their users.
  ///   - input: the label of a variable.
  ///   - name: what formulas call a variable.
  init(
    _ entries: [NamedGraphEntry], of graph: Graph, style: FormulaStyle, namesConstants: Bool,
    input: (Int) -> String, name: @escaping (Int) -> String
  ) {
    var positions: [NodeIndex: Int] = [:]
    var names: [NodeIndex: String] = [:]
    for (position, entry) in entries.enumerated() {
      switch entry.content {
      case .variable(let index): positions[graph.variable(index)] = position
      case .node(let node):
        positions[node] = position
        names[node] = entry.names.first
      case .result: break
      }
    }
    let printer = FormulaPrinter(
      graph, style: style, names: names, namesConstants: namesConstants, name: name)
    var nodes: [Node] = []
    var edges: [(from: Int, to: Int)] = []
    for (position, entry) in entries.enumerated() {
      let label: String
      switch entry.content {
      case .variable(let index): label = entry.named(input(index))
      case .result(let node):
        label = entry.named(printer.text(node))
        if let from = positions[node] { edges.append((from, position)) }
      case .node(let node):
        label = entry.named(printer.definition(of: node))
        for argument in graph.arguments(of: node) {
          if let from = positions[argument] { edges.append((from, position)) }
        }
      }
      nodes.append(
        Node(
          id: entry.id, label: label, kind: entry.kind, value: entry.value, adjoint: entry.adjoint))
    }
    self.nodes = nodes
    self.edges = edges
  }
}

extension NamedGraphEntry {
  /// The longest label that has more than two names before its formula.
  private static let longestList = 36

  /// `v̄₂ = v̄₁ = formula`, with an ellipsis for names that would make the label too long.
  fileprivate func named(_ formula: String) -> String {
    let label = (names.prefix(7) + [formula]).joined(separator: " = ")
    if names.count <= 2 || (names.count <= 7 && label.count <= Self.longestList) { return label }
    return (names.prefix(2) + ["…", formula]).joined(separator: " = ")
  }
}

extension Graph {
  fileprivate func arguments(of node: NodeIndex) -> [NodeIndex] {
    switch self[node] {
    case .variable, .constant: []
    case .unary(_, let x): [x]
    case .binary(_, let x, let y): [x, y]
    case .variadic(_, let xs): xs
    }
  }
}
