// A graph as a page to step through: node by node up to the result, and down again with the
// adjoints.
import Reporting
import Text

struct GraphPage {
  let graph: NamedGraph
  let diagram: Diagram
  let title: String
  let listing: String
  let notes: [String]
  let numbers: NumberFormat
  /// In the nodes: few digits, to be read at a glance.
  let numbersInGraph: NumberFormat

  func page() -> Page {
    let upward = nodes()
    let hasAdjoints = graph.nodes.contains { $0.adjoint != nil }
    return Page(
      title: title, listing: listing, diagram: diagram,
      sweeps: hasAdjoints ? [upward, adjoints()] : [upward], notes: notes, numbers: numbers)
  }

  /// The nodes, arguments before users.
  private func nodes() -> Page.Sweep {
    let hasValues = graph.nodes.contains { $0.value != nil }
    var arguments: [Int: [Int]] = [:]
    for edge in graph.edges { arguments[edge.to, default: []].append(edge.from) }
    var table = Table(
      title: hasValues ? "values" : "nodes",
      columns: [Table.Column("node"), Table.Column("kind")]
        + (hasValues ? [Table.Column("value", alignment: .decimal)] : []))
    var steps: [Page.Step] = []
    for (index, node) in graph.nodes.enumerated() {
      let cells: [Table.Cell] = [.formula(node.label), .text(node.kind.rawValue)]
      table.append(cells + (hasValues ? [node.value.map { .number($0) } ?? .empty] : []))
      let labels = node.value.map {
        [Page.Label(node: index, line: 0, text: numbersInGraph.text($0))]
      }
      steps.append(
        Page.Step(node: index, reads: arguments[index] ?? [], labels: labels ?? []))
    }
    return Page.Sweep(table, steps: steps)
  }

  /// The nodes with an adjoint, users before arguments.
  private func adjoints() -> Page.Sweep {
    var users: [Int: [Int]] = [:]
    for edge in graph.edges where graph.nodes[edge.to].adjoint != nil {
      users[edge.from, default: []].append(edge.to)
    }
    var table = Table(
      title: "adjoints",
      columns: [Table.Column("adjoint"), Table.Column("value", alignment: .decimal)])
    var steps: [Page.Step] = []
    for (index, node) in graph.nodes.enumerated().reversed() {
      guard let (name, value) = node.adjoint else { continue }
      table.append([.formula(name), .number(value)])
      let label = Page.Label(node: index, line: 1, text: "\(name) = \(numbersInGraph.text(value))")
      steps.append(Page.Step(node: index, reads: users[index] ?? [], labels: [label]))
    }
    return Page.Sweep(table, steps: steps)
  }
}
