// A computational graph as a Mermaid flowchart, which Markdown viewers draw.

extension Diagram {
  /// The diagram as the body of a `mermaid` block, from left to right.
  ///
  /// Mermaid draws at most 500 edges and 50,000 characters unless its configuration says otherwise.
  package func mermaid() -> String {
    var out = ""
    if let title { out += "---\ntitle: \(quotedForYAML(shortened(title, to: 200)))\n---\n" }
    out += "flowchart LR\n"
    for (index, node) in nodes.enumerated() {
      let (open, close) = node.kind.mermaidBrackets
      let text = node.lines.map(escapedForMermaid).joined(separator: "<br/>")
      // An empty text would leave no box.
      out += "  n\(index)\(open)\"\(text.isEmpty ? " " : text)\"\(close):::\(node.kind.rawValue)\n"
    }
    for edge in edges {
      let text = edge.line.map { "|\"\(escapedForMermaid($0))\"|" } ?? ""
      out += "  n\(edge.from) -->\(text) n\(edge.to)\n"
    }
    let kinds = Set(nodes.map(\.kind))
    for kind in Kind.allCases where kinds.contains(kind) {
      let paint = kind.paint
      out += "  classDef \(kind.rawValue) "
      out += "fill:\(paint.fill),stroke:\(paint.stroke),color:\(paint.text)\n"
    }
    return out
  }
}

extension Diagram.Kind {
  fileprivate var mermaidBrackets: (String, String) {
    switch self {
    case .input: ("([", "])")
    case .constant: ("[", "]")
    case .operation: ("(", ")")
    case .output: ("[[", "]]")
    case .derivative: ("{{", "}}")
    }
  }
}

/// `text` with every ASCII character that Mermaid, or the Markdown and HTML it reads in labels,
/// could take for more than itself as one of Mermaid's own entities.
private func escapedForMermaid(_ text: String) -> String {
  var out = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "(", ")", "=", "/", "^", ",", "'", "!", "?":
      out.unicodeScalars.append(scalar)
    case ".":
      // Behind a number and before a space it would make a list.
      out += text.unicodeScalars.dropFirst(index + 1).first == " " ? "#46;" : "."
    case "+", "-":
      out += index == 0 ? "#\(scalar.value);" : String(scalar)
    case _ where scalar.isASCII: out += "#\(scalar.value);"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// A double-quoted scalar; `text` has no control characters.
private func quotedForYAML(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { out += "\\" }
    out.unicodeScalars.append(scalar)
  }
  return out + "\""
}
