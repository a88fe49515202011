// A computational graph as a picture of its own: an SVG that needs nothing but itself.

extension Diagram {
  /// The diagram as an SVG document, from left to right, light or dark as the reader's system is.
  ///
  /// - Parameter isPart: whether it is a part of a page, which has the title itself, and whose
  ///   script finds nodes and edges by their positions.
  package func svg(isPart: Bool = false) -> String {
    let layout = DiagramLayout(self)
    let title = title.map { shortened($0, to: 200) }.flatMap { $0.isEmpty ? nil : $0 }
    let heading = isPart ? nil : title
    let headingWidth = estimatedWidth(of: heading ?? "", size: 16)
    let margin = 20.0
    let top = margin + (heading == nil ? 0 : 36)
    let width = max(layout.width, headingWidth) + 2 * margin
    let size = (width: width, height: top + layout.height + margin)
    var out = isPart ? startOfPart(title: title, size) : startOfSVG(title: title, size)
    if let heading {
      out += "<text class=\"title\" x=\"\(svgNumber(margin))\" y=\"36\">"
      out += "\(svgEscaped(heading))</text>\n"
    }
    let left = (width - layout.width) / 2
    out += "<g transform=\"translate(\(svgNumber(left)) \(svgNumber(top)))\">\n"
    // Lines first: arrow heads and boxes lie on top of them.
    for path in layout.paths where path.edge == nil {
      writeLine(path, isPart ? " data-from=\"\(path.node)\"" : "", to: &out)
    }
    for path in layout.paths {
      guard let edge = path.edge else { continue }
      let ends = " data-from=\"\(path.node)\" data-to=\"\(edges[edge].to)\""
      writeLine(path, isPart ? ends + (path.isBranch ? " data-branch" : "") : "", to: &out)
    }
    for (node, box) in zip(nodes, layout.boxes) { writeNode(node, box, to: &out) }
    for path in layout.paths {
      if let edge = path.edge, let line = edges[edge].line { writeLabel(line, path, to: &out) }
    }
    return out + "</g>\n</svg>\n"
  }
}

private typealias Metrics = DiagramLayout.Metrics

private func startOfSVG(title: String?, _ size: (width: Double, height: Double)) -> String {
  """
  <svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" \(attributes(size))>
  <title>\(svgEscaped(title ?? "Computational graph"))</title>
  <style>
  \(styles())</style>
  <defs>\(marker("diagram-arrow", "head"))</defs>
  <rect class="page" width="100%" height="100%"/>

  """
}

/// Shrinks to seven tenths at most, where letters can still be read.
private func startOfPart(title: String?, _ size: (width: Double, height: Double)) -> String {
  """
  <svg class="diagram" role="img" aria-label="\(svgEscaped(title ?? "Computational graph"))" \
  \(attributes(size)) style="min-width:\(svgNumber(0.7 * size.width))px">
  <style>
  \(styles())</style>
  <defs>\(marker("diagram-arrow", "head"))\(marker("diagram-arrow-lit", "head-lit"))</defs>

  """
}

private func attributes(_ size: (width: Double, height: Double)) -> String {
  let (width, height) = (svgNumber(size.width), svgNumber(size.height))
  return "width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\""
}

private func marker(_ id: String, _ name: String) -> String {
  """
  <marker id="\(id)" orient="auto" markerUnits="userSpaceOnUse" \
  markerWidth="9" markerHeight="8" refX="8.5" refY="4">\
  <path class="\(name)" d="M0 0.5L9 4L0 7.5L2 4Z"/></marker>
  """
}

/// Classes for every colour, then those that differ on a dark page.
private func styles() -> String {
  """
  .diagram text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",\
  "Noto Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
  .diagram .node text{text-anchor:middle;font-size:\(svgNumber(Metrics.labelSize))px}
  .diagram .node .detail{font-size:\(svgNumber(Metrics.detailSize))px;opacity:.85}
  .diagram .node rect{stroke-width:1.25}
  .diagram .title{font-size:16px;font-weight:600}
  .diagram .edge{fill:none;stroke-width:1.3}
  .diagram .along{text-anchor:end;font-size:\(svgNumber(Metrics.edgeLabelSize))px}
  \(colours(\.paint, page: "#ffffff", ink: "#0f172a", soft: "#475569", line: "#8493a8"))\
  @media screen and (prefers-color-scheme:dark){
  \(colours(\.darkPaint, page: "#0d1420", ink: "#f1f5f9", soft: "#b6c2d1", line: "#72829a"))\
  }

  """
}

private func colours(
  _ paint: (Diagram.Kind) -> Diagram.Paint, page: String, ink: String, soft: String, line: String
) -> String {
  var out = """
    .diagram .page{fill:\(page)}
    .diagram .title{fill:\(ink)}
    .diagram .along{fill:\(soft)}
    .diagram .edge{stroke:\(line)}
    .diagram .head{fill:\(line)}

    """
  for kind in Diagram.Kind.allCases {
    let paint = paint(kind)
    out += ".diagram .\(kind.rawValue) rect{fill:\(paint.fill);stroke:\(paint.stroke)}\n"
    out += ".diagram .\(kind.rawValue) text{fill:\(paint.text)}\n"
  }
  return out
}

private func writeLine(
  _ path: DiagramLayout.Path, _ attributes: String, to out: inout String
) {
  var last = path.start
  out += "<path class=\"edge\"\(attributes) d=\"M\(svgNumber(last.x)) \(svgNumber(last.y))"
  for step in path.steps {
    switch step {
    case .line(let end):
      if end != last { out += "H\(svgNumber(end.x))" }
      last = end
    case .curve(let end):
      let middle = svgNumber((last.x + end.x) / 2)
      out +=
        end.y == last.y ? "H" : "C\(middle) \(svgNumber(last.y)) \(middle) \(svgNumber(end.y)) "
      out += svgNumber(end.x) + (end.y == last.y ? "" : " \(svgNumber(end.y))")
      last = end
    }
  }
  out += path.edge == nil ? "\"/>\n" : "\" marker-end=\"url(#diagram-arrow)\"/>\n"
}

private func writeNode(
  _ node: Diagram.Node, _ box: DiagramLayout.Box, to out: inout String
) {
  let lines = node.lines
  out += "<g class=\"node \(node.kind.rawValue)\">"
  if lines[0] != node.label {
    out += "<title>\(svgEscaped(shortened(node.label, to: 400)))</title>"
  }
  let isRound = node.kind == .input || node.kind == .output
  out +=
    "<rect x=\"\(svgNumber(box.x))\" y=\"\(svgNumber(box.y))\" width=\"\(svgNumber(box.width))\" "
  out +=
    "height=\"\(svgNumber(box.height))\" rx=\"\(svgNumber(isRound ? min(18, box.height / 2) : 7))\"/>"
  let x = svgNumber(box.x + box.width / 2)
  let text = Metrics.labelHeight + Metrics.detailHeight * Double(lines.count - 1)
  var y = box.y + (box.height - text) / 2 + Metrics.labelHeight - 5
  for (index, line) in lines.enumerated() {
    out += index == 0 ? "<text" : "<text class=\"detail\""
    out += " x=\"\(x)\" y=\"\(svgNumber(y))\">\(svgEscaped(line))</text>"
    y += Metrics.detailHeight
  }
  out += "</g>\n"
}

/// Writes on the straight end of an edge, just before its arrow head.
private func writeLabel(_ text: String, _ path: DiagramLayout.Path, to out: inout String) {
  guard case .line(let end)? = path.steps.last else { return }
  out += "<text class=\"along\" x=\"\(svgNumber(end.x - Metrics.arrow - 3))\" "
  out += "y=\"\(svgNumber(end.y - 3))\">\(svgEscaped(text))</text>\n"
}
