// Plots on logarithmic axes: what has a place, in text and as SVG.
@testable import Text
import Foundation
import Testing

@testable import Reporting

@Suite struct PlotTests {
  private static func plot(_ series: [Plot.Series], title: String = "Errors") -> Plot {
    Plot(
      title: title, xLabel: "step", yLabel: "error", markLabel: "best",
      predictionLabel: "expected", series: series)
  }

  private static let powers = stride(from: -6, through: 0, by: 1).map { Double("1e\($0)") ?? .nan }

  /// A line of slope 1 and one of slope -1.
  static let cross = plot([
    Plot.Series(
      "up", points: powers.map { Plot.Point($0, $0) }, guide: powers.map { Plot.Point($0, $0) },
      mark: 1e-6, prediction: 1e-4),
    Plot.Series("down", points: powers.map { Plot.Point($0, 1e-6 / $0) }, mark: 1),
  ])

  @Test func aPlotInText() throws {
    let text = try #require(Self.cross.text(width: 46))
    #expect(
      text == """
        Errors

                  error:  ● up   × down
             10⁰ ┤×                                  ●
            10⁻¹ ┤      ×                      ●
            10⁻² ┤            ×          ●
            10⁻³ ┤                  ●
            10⁻⁴ ┤            ●          ×
            10⁻⁵ ┤      ●                      ×
            10⁻⁶ ┤●                                  ×
                 └┴───────────┴──────────┴───────────┴
                  10⁻⁶      10⁻⁴       10⁻²        10⁰
                  step
            best  ●                                  ×
        expected              ●

        """)
  }

  @Test func aPlotInASCII() throws {
    let text = try #require(Self.cross.text(width: 60, unicode: false))
    #expect(text.utf8.allSatisfy { $0 < 128 } && text.contains("1e-6 |o") && text.contains("o up"))
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 60 })
    #expect(Self.cross.text(width: 35) == nil)
  }

  @Test(arguments: [40, 64, 80, 100, 200])
  func noLineIsTooWide(width: Int) throws {
    let long = Plot(
      title: String(repeating: "x", count: 300), xLabel: "step", yLabel: "error",
      markLabel: "best", predictionLabel: "expected", series: Self.cross.series)
    let text = try #require(long.text(width: width))
    #expect(text.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= width })
  }

  /// 0 lies on the lower edge; what is no number, or negative, or infinite has no place.
  @Test func awkwardValues() throws {
    let awkward = Self.plot([
      Plot.Series(
        "a",
        points: [(1e-3, 0), (1e-2, 1e-2), (0.1, .nan), (1, .infinity), (1, -1), (1, 1)]
          .map { Plot.Point($0.0, $0.1) })
    ])
    let text = try #require(awkward.text(width: 50))
    #expect(text.filter { $0 == "●" }.count == 3 + 1)
    let svg = awkward.svg()
    #expect(svg.contains("class=\"zero\"") && !svg.contains("nan") && !svg.contains("inf"))
  }

  @Test(arguments: [[], [(1.0, 0.0)], [(1e-300, 1e300), (1e300, 1e-300)], [(1, 5)], [(.nan, 1)]])
  func nothingIsTooEmptyOrTooWide(points: [(Double, Double)]) throws {
    let plot = Self.plot([
      Plot.Series("a", points: points.map { Plot.Point($0.0, $0.1) }, mark: 3, prediction: 1e-9)
    ])
    let text = try #require(plot.text(width: 80))
    #expect(text.split(separator: "\n").count < 40)
    _ = try XMLDocument.check(plot.svg())
  }

  @Test func axes() {
    let axis = DecadeAxis([3e-17, 0.2, 0, .nan])
    #expect(axis.first == -17 && axis.last == 0)
    #expect(axis.position(0) == 0 && axis.position(1) == 1 && axis.position(.nan) == nil)
    #expect(axis.position(1e9) == 1 && axis.contains(1e-4) && !axis.contains(1e9))
    #expect(axis.ticks(atMost: 20).count == 18)
    #expect(axis.ticks(atMost: 10) == [-16, -14, -12, -10, -8, -6, -4, -2, 0])
    #expect(DecadeAxis([1e-3, 1e-3]).ticks(atMost: 5) == [-3, -2])
  }

  @Test func aPlotAsSVG() throws {
    let svg = Self.plot(Self.cross.series, title: "a < b & \"c\"\u{1B}é").svg()
    try XMLDocument.check(svg)
    #expect(svg.contains("a &lt; b &amp; &quot;c&quot;\u{FFFD}é"))
    #expect(svg.contains("10<tspan class=\"raised\" dy=\"-5\">−4</tspan>"))
    #expect(svg.contains("@media screen and (prefers-color-scheme:dark)"))
    #expect(svg.components(separatedBy: "class=\"curve\"").count == 2 + 2 + 1)
    #expect(svg.components(separatedBy: "class=\"guide\"").count == 2)
    // Slope 1: the curve's ends are opposite corners of the frame.
    #expect(svg.contains("d=\"M76 456L"))
    #expect(svg.contains("L836 56\""))
  }
}

private enum XMLDocument {
  /// That every element is closed, by a parser that knows nothing but tags.
  static func check(_ text: String) throws {
    var open: [Substring] = []
    for part in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      let tag = part.prefix { $0 != ">" }
      #expect(part.contains(">"))
      if tag.hasPrefix("/") {
        #expect(open.popLast() == tag.dropFirst())
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    #expect(open.isEmpty && text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
  }
}
