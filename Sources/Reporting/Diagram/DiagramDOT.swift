// A computational graph in the language of Graphviz.

extension Diagram {
  /// The diagram as input of `dot`, from left to right, with a shape and a colour for each kind.
  package func dot() -> String {
    var out = "digraph {\n"
    if let title {
      out += "  graph [label=\(quotedForDOT([shortened(title, to: 200)])), labelloc=t]\n"
    }
    out += """
        graph [rankdir=LR, bgcolor=white, fontname="Helvetica"]
        node [fontname="Helvetica", style="filled,rounded", shape=box]
        edge [fontname="Helvetica", fontsize=10, color="#64748b"]

      """
    for (index, node) in nodes.enumerated() {
      out += "  n\(index) [label=\(quotedForDOT(node.lines)), \(node.kind.dotAttributes)]\n"
    }
    for edge in edges {
      out += "  n\(edge.from) -> n\(edge.to)"
      if let line = edge.line { out += " [label=\(quotedForDOT([line]))]" }
      out += "\n"
    }
    return out + "}\n"
  }
}

extension Diagram.Kind {
  fileprivate var dotAttributes: String {
    let colours = "fillcolor=\"\(paint.fill)\", color=\"\(paint.stroke)\""
    return switch self {
    case .input: "shape=ellipse, style=filled, " + colours
    case .constant: "style=filled, " + colours
    case .operation: colours
    case .output: "peripheries=2, " + colours
    case .derivative: "shape=hexagon, style=filled, " + colours
    }
  }
}

/// Lines as one quoted string, in which Graphviz reads backslashes and, unlike most languages,
/// HTML entities.
private func quotedForDOT(_ lines: [String]) -> String {
  var out = "\""
  for (index, line) in lines.enumerated() {
    if index > 0 { out += "\\n" }
    for scalar in line.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "&": out += "&amp;"
      default: out.unicodeScalars.append(scalar)
      }
    }
  }
  return out + "\""
}
