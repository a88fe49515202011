// A page that steps through the sweeps over a graph, before it is HTML: what is on it, not how it
// looks.

import Text

/// A graph, tables whose rows are steps through it, and the text that both come from.
package struct Page: Sendable {
  /// A text that a node of the graph shows from a step on.
  package struct Label: Equatable, Sendable {
    /// The node's position.
    package let node: Int
    /// Which of its details it is, counted from 0.
    package let line: Int
    /// The line's new text.
    package let text: String

    /// - Parameters:
    ///   - node: the node's position.
    ///   - line: which of its details it is, counted from 0.
    package init(node: Int, line: Int, text: String) {
      self.node = node
      self.line = line
      self.text = text
    }
  }

  /// What a row of a table does to the graph.
  package struct Step: Equatable, Sendable {
    /// The position of the node that the row is about.
    package let node: Int
    /// The positions of the nodes that it takes numbers from.
    package var reads: [Int]
    /// The texts that nodes show from this step on.
    package var labels: [Label]
    /// Where the row stands in the listing, in units of UTF-16.
    package var place: Range<Int>?

    /// - Parameters:
    ///   - node: the position of the node that the row is about.
    ///   - reads: the positions of the nodes that it takes numbers from.
    ///   - place: where the row stands in the listing, in units of UTF-16.
    package init(
      node: Int, reads: [Int] = [], labels: [Label] = [], place: Range<Int>? = nil
    ) {
      self.node = node
      self.reads = reads
      self.labels = labels
      self.place = place
    }
  }

  /// A table, which must have a title, and a step for each of its rows.
  package struct Sweep: Sendable {
    /// Its title names the sweep.
    package let table: Table
    /// One for each row of the table.
    package let steps: [Step]
    /// Whether the graph has no numbers when it begins.
    package let startsAnew: Bool

    /// - Parameter steps: one for each row of the table, or the program stops.
    package init(_ table: Table, steps: [Step], startsAnew: Bool = false) {
      precondition(table.rows.count == steps.count, "a row is a step")
      self.table = table
      self.steps = steps
      self.startsAnew = startsAnew
    }
  }

  /// The heading, and the title of the browser's window.
  package let title: String
  /// The program or formula.
  package let listing: String
  /// The graph; the details of its nodes come from the steps.
  package let diagram: Diagram
  /// In the order in which they are stepped through.
  package let sweeps: [Sweep]
  /// Paragraphs below the tables.
  package let notes: [String]
  /// How the numbers of the tables are written.
  package let numbers: NumberFormat

  /// As many steps as a browser takes without a pause.
  package static let mostSteps = 5000

  /// - Parameters:
  ///   - listing: the program or formula.
  ///   - diagram: the graph, whose nodes have no details yet.
  package init(
    title: String, listing: String, diagram: Diagram, sweeps: [Sweep], notes: [String] = [],
    numbers: NumberFormat = .shortest
  ) {
    self.title = title
    self.listing = listing
    self.diagram = diagram
    self.sweeps = sweeps
    self.notes = notes
    self.numbers = numbers
  }

  /// The graph after the last step, with room in each node for all that it shows on the way.
  var finalDiagram: Diagram {
    var nodes = diagram.nodes
    for sweep in sweeps {
      if sweep.startsAnew {
        for node in nodes.indices {
          nodes[node].details = nodes[node].details.map { _ in "" }
        }
      }
      for label in sweep.steps.flatMap(\.labels) { nodes[label.node].show(label) }
    }
    return Diagram(title: diagram.title, nodes: nodes, edges: diagram.edges)
  }
}

extension Diagram.Node {
  fileprivate mutating func show(_ label: Page.Label) {
    while details.count <= label.line { details.append("") }
    details[label.line] = label.text
    room.append(label.text)
  }
}
