// A plot as a picture of its own: an SVG that needs nothing but itself.

extension Plot {
  /// The plot as an SVG document, light or dark as the reader's system is.
  package func svg() -> String {
    let frame = PlotFrame(self)
    var out = frame.opening(title: title)
    frame.writeGrid(to: &out)
    for (index, series) in series.enumerated() {
      frame.writeGuide(series, index, to: &out)
    }
    for (index, series) in series.enumerated().reversed() {
      frame.writeCurve(series, index, to: &out)
    }
    for (index, series) in series.enumerated() {
      frame.writeMarks(series, index, to: &out)
      frame.writeLegend(series, index, to: &out)
    }
    return out + "</svg>\n"
  }
}

/// The colours of the curves, on a white page and on a dark one.
private let paints: [(light: String, dark: String)] = [
  ("#2563eb", "#60a5fa"), ("#c2410c", "#fb923c"), ("#047857", "#34d399"), ("#a21caf", "#e879f9"),
  ("#0e7490", "#22d3ee"), ("#b91c1c", "#f87171"), ("#4d7c0f", "#a3e635"),
]

/// Classes for every colour, then those that differ on a dark page.
private func styles(count: Int) -> String {
  """
  .plot text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",\
  "Noto Sans",Arial,sans-serif;font-size:13px;font-variant-numeric:tabular-nums}
  .plot .title{font-size:16px;font-weight:600}
  .plot .name{font-weight:600}
  .plot .raised{font-size:10px}
  .plot .grid,.plot .edge{stroke-width:1;fill:none}
  .plot .curve{fill:none;stroke-width:1.6;stroke-linejoin:round}
  .plot .guide{fill:none;stroke-width:1.4;stroke-dasharray:5 4;opacity:.65}
  .plot .ring{stroke-width:2.2}
  .plot .zero{stroke-width:1.2}
  \(colours(count, \.light, page: "#ffffff", ink: "#0f172a", soft: "#475569", grid: "#e2e8f0"))\
  @media screen and (prefers-color-scheme:dark){
  \(colours(count, \.dark, page: "#0d1420", ink: "#f1f5f9", soft: "#b6c2d1", grid: "#243044"))\
  }

  """
}

private func colours(
  _ count: Int, _ paint: ((light: String, dark: String)) -> String, page: String, ink: String,
  soft: String, grid: String
) -> String {
  var out = """
    .plot .page,.plot .ring,.plot .zero{fill:\(page)}
    .plot text,.plot .key .dot{fill:\(soft)}
    .plot .title,.plot .name{fill:\(ink)}
    .plot .grid{stroke:\(grid)}
    .plot .edge,.plot .key .ring{stroke:\(soft)}

    """
  for index in 0..<count {
    let (curve, paint) = (".plot .c\(index)", paint(paints[index % paints.count]))
    out += "\(curve) .curve,\(curve) .guide,\(curve) .ring,\(curve) .zero{stroke:\(paint)}\n"
    out += "\(curve) .dot{fill:\(paint)}\n"
  }
  return out
}

/// Where everything is.
private struct PlotFrame {
  let plot: Plot
  let x: DecadeAxis
  let y: DecadeAxis

  private let width = 860.0
  private let left = 76.0
  private let right = 836.0
  private let top = 56.0
  private let bottom = 456.0
  private let legendTop = 528.0
  private let lineHeight = 22.0

  init(_ plot: Plot) {
    self.plot = plot
    (x, y) = (plot.xAxis, plot.yAxis)
  }

  private var height: Double { legendTop + lineHeight * Double(plot.series.count) + 36 }

  private func across(_ value: Double) -> Double? {
    x.position(value).map { left + $0 * (right - left) }
  }
  private func down(_ value: Double) -> Double? {
    y.position(value).map { bottom - $0 * (bottom - top) }
  }

  func opening(title: String) -> String {
    let size = "width=\"\(svgNumber(width))\" height=\"\(svgNumber(height))\""
    let shown = shortenedLine(title, 92)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" \
      \(size) viewBox="0 0 \(svgNumber(width)) \(svgNumber(height))">
      <title>\(svgEscaped(shortenedLine(title, 400)))</title>
      <style>
      \(styles(count: plot.series.count))</style>
      <rect class="page" width="100%" height="100%"/>
      <text class="title" x="24" y="32">\(svgEscaped(shown))</text>

      """
  }

  // MARK: Axes

  func writeGrid(to out: inout String) {
    for tick in x.ticks(atMost: 10) {
      let place = left + (right - left) * Double(tick - x.first) / Double(x.last - x.first)
      writeLine("grid", place, top, place, bottom, to: &out)
      writePower(tick, place, bottom + 20, anchor: "middle", to: &out)
    }
    for tick in y.ticks(atMost: 11) {
      let place = bottom - (bottom - top) * Double(tick - y.first) / Double(y.last - y.first)
      writeLine("grid", left, place, right, place, to: &out)
      writePower(tick, left - 8, place + 4, anchor: "end", to: &out)
    }
    out += "<path class=\"edge\" d=\"M\(svgNumber(left)) \(svgNumber(top))"
    out += "V\(svgNumber(bottom))H\(svgNumber(right))\"/>\n"
    let middle = (left + right) / 2
    out += "<text x=\"\(svgNumber(middle))\" y=\"\(svgNumber(bottom + 44))\" "
    out += "text-anchor=\"middle\">\(svgEscaped(plot.xLabel))</text>\n"
    out += "<text transform=\"translate(22 \(svgNumber((top + bottom) / 2))) rotate(-90)\" "
    out += "text-anchor=\"middle\">\(svgEscaped(plot.yLabel))</text>\n"
  }

  private func writeLine(
    _ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, to out: inout String
  ) {
    out += "<line class=\"\(kind)\" x1=\"\(svgNumber(x1))\" y1=\"\(svgNumber(y1))\" "
    out += "x2=\"\(svgNumber(x2))\" y2=\"\(svgNumber(y2))\"/>\n"
  }

  /// 10 with a raised exponent.
  private func writePower(
    _ exponent: Int, _ x: Double, _ y: Double, anchor: String, to out: inout String
  ) {
    let text = exponent < 0 ? "−\(exponent.magnitude)" : "\(exponent)"
    out += "<text x=\"\(svgNumber(x))\" y=\"\(svgNumber(y))\" text-anchor=\"\(anchor)\">10"
    out += "<tspan class=\"raised\" dy=\"-5\">\(text)</tspan></text>\n"
  }

  // MARK: Curves

  /// Where points that can be shown lie, in runs without a gap.
  private func runs(_ points: [Plot.Point]) -> [[(x: Double, y: Double)]] {
    var runs: [[(x: Double, y: Double)]] = [[]]
    for point in points {
      if point.y > 0, let x = across(point.x), let y = down(point.y) {
        runs[runs.count - 1].append((x, y))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func writePath(
    _ kind: String, _ runs: [[(x: Double, y: Double)]], to out: inout String
  ) {
    guard !runs.isEmpty else { return }
    let path = runs.map { run in
      "M" + run.map { "\(svgNumber($0.x)) \(svgNumber($0.y))" }.joined(separator: "L")
    }
    out += "<path class=\"\(kind)\" d=\"\(path.joined())\"/>\n"
  }

  /// Within the frame only: beyond it the curve would run along the edge.
  func writeGuide(_ series: Plot.Series, _ index: Int, to out: inout String) {
    let points = series.guide.map { y.contains($0.y) ? $0 : Plot.Point($0.x, .nan) }
    out += "<g class=\"c\(index)\">"
    writePath("guide", runs(points), to: &out)
    out += "</g>\n"
  }

  func writeCurve(_ series: Plot.Series, _ index: Int, to out: inout String) {
    out += "<g class=\"c\(index)\">\n"
    writePath("curve", runs(series.points), to: &out)
    for point in series.points {
      guard let x = across(point.x), let y = down(point.y) else { continue }
      out += "<circle class=\"\(point.y == 0 ? "zero" : "dot")\" cx=\"\(svgNumber(x))\" "
      out += "cy=\"\(svgNumber(y))\" r=\"\(point.y == 0 ? "2.6" : "2")\"/>\n"
    }
    out += "</g>\n"
  }

  /// A ring on the curve, and a triangle on the axis.
  func writeMarks(_ series: Plot.Series, _ index: Int, to out: inout String) {
    out += "<g class=\"c\(index)\">"
    let marked = series.points.first { $0.x == series.mark }
    if let marked, let x = across(marked.x), let y = down(marked.y) {
      out += ring(x, y)
    }
    if let prediction = series.prediction, x.contains(prediction), let x = across(prediction) {
      out += triangle(x, bottom)
    }
    out += "</g>\n"
  }

  private func ring(_ x: Double, _ y: Double) -> String {
    "<circle class=\"ring\" cx=\"\(svgNumber(x))\" cy=\"\(svgNumber(y))\" r=\"5\"/>"
  }

  private func triangle(_ x: Double, _ y: Double) -> String {
    "<path class=\"dot\" d=\"M\(svgNumber(x)) \(svgNumber(y - 11))l6 11h-12z\"/>"
  }

  // MARK: Legend

  func writeLegend(_ series: Plot.Series, _ index: Int, to out: inout String) {
    let y = legendTop + lineHeight * Double(index)
    out += "<g class=\"c\(index)\">"
    writePath("curve", [[(left, y - 4), (left + 30, y - 4)]], to: &out)
    out +=
      "<circle class=\"dot\" cx=\"\(svgNumber(left + 15))\" cy=\"\(svgNumber(y - 4))\" r=\"3\"/>"
    out += "</g>\n<text class=\"name\" x=\"\(svgNumber(left + 40))\" y=\"\(svgNumber(y))\">"
    out += "\(svgEscaped(series.name))</text>\n"
    out += "<text x=\"\(svgNumber(left + 136))\" y=\"\(svgNumber(y))\">"
    out += "\(svgEscaped(series.detail))</text>\n"
    if index == plot.series.count - 1 { writeKey(at: y + lineHeight + 4, to: &out) }
  }

  /// What the marks mean.
  private func writeKey(at y: Double, to out: inout String) {
    let middle = left + 250
    out += "<g class=\"key\">" + ring(left + 15, y - 4)
    out += triangle(middle, y + 1) + "</g>\n"
    out += "<text x=\"\(svgNumber(left + 40))\" y=\"\(svgNumber(y))\">"
    out += "\(svgEscaped(plot.markLabel))</text>\n"
    out += "<text x=\"\(svgNumber(middle + 18))\" y=\"\(svgNumber(y))\">"
    let hasZeros = plot.series.contains { $0.points.contains { $0.y == 0 } }
    out += "\(svgEscaped(plot.predictionLabel))\(hasZeros ? "; hollow on the lower edge: 0" : "")"
    out += "</text>\n"
  }
}
