// What `graph` prints: a diagram in one of its forms, or JSON.
import CommandLine
import Calculus
import Language
import Reporting

struct GraphReport {
  let request: GraphRequest
  let evaluation: Evaluation?

  /// The graph in the form that was asked for.
  func text(for terminal: Terminal) throws -> String {
    switch request.format {
    case .json: return try json().text
    case .text:
      return try diagram(terminal.usesUnicode ? .unicode : .plain)
        .text(unicode: terminal.usesUnicode, width: terminal.width, showsArguments: false)
    case .dot: return try diagram(.unicode).dot()
    case .mermaid: return try diagram(.unicode).mermaid()
    case .svg: return try diagram(.unicode).svg()
    case .html: return try page().html()
    }
  }

  // MARK: A page

  private func page() throws -> Page {
    let graph = try GraphBuilder(request, evaluation, style: .unicode).graph()
    guard graph.nodes.count <= Page.mostSteps else {
      throw Failure.option(
        "the graph has \(graph.nodes.count) nodes; a page shows at most \(Page.mostSteps)",
        remedy: "--format svg draws more, and --format json lists them all")
    }
    let bare = Diagram(
      title: title, nodes: graph.nodes.map { Diagram.Node($0.label, kind: $0.kind) },
      edges: graph.edges.map { Diagram.Edge(from: $0.from, to: $0.to) })
    return GraphPage(
      graph: graph, diagram: bare, title: title,
      listing: ProgramListing(request.function.expression).text,
      notes: (evaluation?.explanations ?? request.notes).map(\.diagnostic.message),
      numbers: request.numbers,
      numbersInGraph: request.calculation?.numbersInGraph ?? request.numbers
    ).page()
  }

  // MARK: Pictures

  /// A graph of more nodes would take many seconds to lay out.
  private static let mostNodes = 100_000

  private func diagram(_ style: FormulaStyle) throws -> Diagram {
    let graph = try GraphBuilder(request, evaluation, style: style).graph()
    guard graph.nodes.count <= Self.mostNodes || request.format == .dot else {
      throw Failure.option(
        "the graph has \(graph.nodes.count) nodes; at most \(Self.mostNodes) are drawn",
        remedy: "--format json and --format dot list them all")
    }
    var diagram = Diagram(
      title: title, nodes: graph.nodes.map(node),
      edges: graph.edges.map { Diagram.Edge(from: $0.from, to: $0.to) })
    diagram.detailHeaders = ["Value", "Adjoint"]
    return diagram
  }

  /// The node of a diagram; a constant's value is its label. In text, the column says which number
  /// is an adjoint.
  private func node(_ node: NamedGraph.Node) -> Diagram.Node {
    var details: [String] = []
    if let value = node.value { details.append(request.numbers.text(value)) }
    if let (name, adjoint) = node.adjoint {
      let number = request.numbers.text(adjoint)
      details.append(request.format == .text ? number : "\(name) = \(number)")
    }
    return Diagram.Node(node.label, details: details, kind: node.kind)
  }

  private var title: String {
    let output = TraceNotation.output(request.function.variables)
    let function = "\(output) = \(request.function.expression.text)"
    let place = request.point.map { point in
      ", at "
        + zip(point.names, point.values).map { "\($0) = \(request.numbers.text($1))" }
        .joined(separator: ", ")
    }
    let what =
      switch request.kind {
      case .function: function
      case .derivative:
        (request.active.count == 1 ? "Derivative of " : "Derivatives of ") + function
      case .gradient: function + " with its gradient"
      }
    return what + (place ?? "")
  }

  // MARK: JSON

  private func json() throws -> JSON {
    let graph = try GraphBuilder(request, evaluation, style: .plain).graph()
    let wrt = request.active.map { JSON.string(request.function.variables[$0]) }
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(request.function.expression.text)),
      ("graph", .string(request.kind.rawValue)), ("wrt", .array(wrt)),
    ]
    if let point = request.point { members.append(("point", point.json)) }
    members.append(("nodes", .array(graph.nodes.map(object))))
    let edges = graph.edges.map { edge in
      JSON.object([
        ("from", .string(graph.nodes[edge.from].id)), ("to", .string(graph.nodes[edge.to].id)),
      ])
    }
    members.append(("edges", .array(edges)))
    members.append(("notes", .array((evaluation?.explanations ?? request.notes).map(\.json))))
    return .object(members)
  }

  private func object(_ node: NamedGraph.Node) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("id", .string(node.id)), ("label", .string(node.label)),
      ("kind", .string(node.kind.rawValue)),
    ]
    if let value = node.value { members.append(("value", .number(value))) }
    if let adjoint = node.adjoint { members.append(("adjoint", .number(adjoint.value))) }
    return .object(members)
  }
}
