// The points that the ranges of `--at` make, as rows that are made when they are needed.
import Language

/// Gives the places of points, a few at first, so that there is something to see at once.
struct GridPoints: RowSource {
  private static let usualSize = 8_192
  private static let firstSize = 16

  let size: Int?
  private var next: Int
  private let end: Int
  private var chunkSize = Self.firstSize
  private var largestSize = Self.usualSize

  /// - Parameters:
  ///   - count: how many points there are.
  ///   - rows: those that are wanted, from 1.
  init(count: Int, rows: ClosedRange<Int>) {
    next = min(count, rows.lowerBound - 1)
    end = min(count, rows.upperBound)
    size = end - next
  }

  mutating func limit(results: Int) {
    largestSize = max(Self.firstSize, min(Self.usualSize, (1 << 18) / max(1, results)))
  }

  mutating func next(
    beforeWaiting: () throws -> Void
  ) throws -> RowChunk? {
    guard next < end else { return nil }
    let points = next..<min(end, next + chunkSize)
    next = points.upperBound
    chunkSize = min(2 * chunkSize, largestSize)
    return RowChunk(points: points)
  }

  var missing: (there: Int, of: Int)? { nil }
}

/// Reads points of grids that stand one behind the other; a point counts as a line.
struct GridReader: TableReader {
  private let grids: [PointGrid]
  private let last: Int
  private var next: Int
  private(set) var line = 1
  /// The grid of the next point, how many points of it are left, and where it stands on the axes.
  private var grid = 0
  private var left = 0
  private var places: [Int] = []
  /// The next point's values, axis by axis.
  private var values: [Double] = []

  init(_ grids: [PointGrid], _ points: Range<Int>) {
    self.grids = grids
    (next, last) = (points.lowerBound, points.upperBound)
    if !points.isEmpty { goToPoint() }
  }

  private mutating func goToPoint() {
    var index = next
    grid = 0
    while index >= grids[grid].count {
      index -= grids[grid].count
      grid += 1
    }
    left = grids[grid].count - index
    places = grids[grid].places(at: index)
    values = zip(grids[grid].axes, places).map { $0[$1] }
  }

  /// Nothing about a point needs a look at it by itself.
  mutating func read(_ record: inout TableRecord) throws(TableFault) -> Bool { false }

  mutating func readPlainRows(into block: inout RowBlock, _ columns: PointColumns) {
    while !block.isFull, next < last {
      let axes = grids[grid].axisOfVariable
      for (variable, column) in columns.places.enumerated() {
        block.set(variable: variable, values[axes[column]])
      }
      for (place, column) in columns.shown.enumerated() {
        block.set(shown: place, number: values[axes[column]])
      }
      block.endRow(line: line, isPlain: true)
      line += 1
      advance()
    }
  }

  private mutating func advance() {
    next += 1
    left -= 1
    guard left > 0 else {
      if next < last { goToPoint() }
      return
    }
    let axes = grids[grid].axes
    for axis in axes.indices.reversed() {
      places[axis] += 1
      if places[axis] < axes[axis].count {
        values[axis] = axes[axis][places[axis]]
        return
      }
      places[axis] = 0
      values[axis] = axes[axis][0]
    }
  }
}
