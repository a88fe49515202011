// Curves on logarithmic axes before they take the form of a picture: what is shown, not how it
// looks.
import Text

/// Curves over a common abscissa, both axes logarithmic. Each form it can take has a file of its
/// own.
///
/// What has no place on such an axis is left out: NaN, infinity, negative numbers. An ordinate of 0
/// is shown at the lower edge.
package struct Plot: Equatable, Sendable {
  /// A point in the units of the data.
  package struct Point: Equatable, Sendable {
    /// The abscissa.
    package let x: Double
    /// The ordinate.
    package let y: Double

    /// Any two doubles; those that have no logarithm are left out when the plot is drawn.
    package init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// One curve with its entry in the legend.
  package struct Series: Equatable, Sendable {
    /// What the legend calls it.
    package let name: String
    /// What the legend says behind the name.
    package let detail: String
    /// In the order in which they are joined.
    package let points: [Point]
    /// A curve to compare the points with.
    package let guide: [Point]
    /// An abscissa to point out on the curve.
    package let mark: Double?
    /// An abscissa to point out on the axis, which the guide predicts.
    package let prediction: Double?

    /// - Parameters:
    ///   - guide: a curve to compare the points with.
    ///   - mark: an abscissa to point out on the curve.
    ///   - prediction: an abscissa to point out on the axis.
    package init(
      _ name: String, detail: String = "", points: [Point], guide: [Point] = [],
      mark: Double? = nil, prediction: Double? = nil
    ) {
      self.name = onOneLine(cleaned(name))
      self.detail = onOneLine(cleaned(detail))
      self.points = points
      self.guide = guide
      self.mark = mark
      self.prediction = prediction
    }
  }

  /// One line above the plot.
  package let title: String
  /// The abscissa's name.
  package let xLabel: String
  /// The ordinate's name.
  package let yLabel: String
  /// What the marks and the predictions are, for the legend.
  package let markLabel: String
  /// What the predictions are, for the legend.
  package let predictionLabel: String
  /// In the order of the legend, which also decides colours and signs.
  package let series: [Series]

  /// - Parameters:
  ///   - markLabel: what the marks are, for the legend.
  ///   - predictionLabel: what the predictions are, for the legend.
  package init(
    title: String, xLabel: String, yLabel: String, markLabel: String, predictionLabel: String,
    series: [Series]
  ) {
    self.title = onOneLine(cleaned(title))
    self.xLabel = onOneLine(cleaned(xLabel))
    self.yLabel = onOneLine(cleaned(yLabel))
    self.markLabel = onOneLine(cleaned(markLabel))
    self.predictionLabel = onOneLine(cleaned(predictionLabel))
    self.series = series
  }
}

/// A logarithmic axis over whole decades.
struct DecadeAxis {
  let first: Int
  let last: Int

  /// - Parameter values: what has to fit on the axis, so far as it can; the axis is never empty.
  init(_ values: some Sequence<Double>) {
    let decades = values.filter { $0 > 0 && $0.isFinite }.map(decimalLogarithm)
    first = Int((decades.min() ?? -1).rounded(.down))
    last = max(first + 1, Int((decades.max() ?? 0).rounded(.up)))
  }

  /// Where on the axis a value lies, from 0 to 1; 0 lies at the lower edge, what is beyond an edge
  /// on it. Nil for what is not a number, or negative, or infinite.
  func position(_ value: Double) -> Double? {
    guard value >= 0, value.isFinite else { return nil }
    if value == 0 { return 0 }
    let place = (decimalLogarithm(value) - Double(first)) / Double(last - first)
    return max(0, min(1, place))
  }

  /// Whether a value lies between the edges.
  func contains(_ value: Double) -> Bool {
    guard value > 0, value.isFinite else { return false }
    let decade = decimalLogarithm(value)
    return decade >= Double(first) && decade <= Double(last)
  }

  /// Exponents to write at the axis: multiples of one stride, so that there are at most `count`.
  func ticks(atMost count: Int) -> [Int] {
    let strides = [1, 2, 3, 5, 10, 20, 50, 100, 200]
    let stride = strides.first { (last - first) / $0 < max(1, count) } ?? 500
    return (first...last).filter { $0 % stride == 0 }
  }
}

extension Plot {
  var xAxis: DecadeAxis { DecadeAxis(series.lazy.flatMap(\.points).map(\.x)) }
  var yAxis: DecadeAxis { DecadeAxis(series.lazy.flatMap(\.points).map(\.y)) }

  /// `10⁻¹⁵`, or in ASCII `1e-15`.
  static func power(_ exponent: Int, unicode: Bool) -> String {
    guard unicode else { return "1e\(exponent)" }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let raised = String(exponent.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } }
    return "10" + (exponent < 0 ? "⁻" : "") + String(raised)
  }
}
