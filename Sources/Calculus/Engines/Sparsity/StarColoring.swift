// Columns of a symmetric matrix in groups, from whose sums every entry can be read off.

/// A star colouring of the graph that a symmetric pattern is: neighbours have different colours, and no
/// path on four vertices has only two (A. H. Gebremedhin, F. Manne, A. Pothen, What color is your
/// Jacobian? Graph coloring for computing derivatives, SIAM Review 47, 2005: greedy, the vertices with
/// the most neighbours first).
package struct StarColoring: Sendable {
  /// For each row, its colour from 0; one without entries has colour 0.
  package let colors: [Int]
  /// How many colours there are.
  package let count: Int

  /// Colours the rows of a pattern greedily, those with the most neighbours first.
  package init(_ pattern: SymmetricPattern) {
    let neighbours = pattern.columns.indices.map { row in pattern.columns[row].filter { $0 != row }
    }
    let order = neighbours.indices
      .filter { !pattern.columns[$0].isEmpty }
      .sorted { (neighbours[$1].count, $0) < (neighbours[$0].count, $1) }
    var coloring = Greedy(neighbours: neighbours)
    for vertex in order { coloring.color(vertex) }
    colors = coloring.colors.map { max($0, 0) }
    count = coloring.count
  }
}

/// The colours of some vertices, while the others have none.
private struct Greedy {
  private let neighbours: [[Int]]
  /// -1 for none.
  private(set) var colors: [Int]
  private(set) var count = 0
  /// For each colour, the last vertex that must not have it.
  private var forbiddenFor: [Int] = []

  init(neighbours: [[Int]]) {
    self.neighbours = neighbours
    colors = Array(repeating: -1, count: neighbours.count)
  }

  /// Gives a vertex the first colour that leaves no neighbour, and no path on four vertices, without a
  /// third colour.
  mutating func color(_ vertex: Int) {
    for near in neighbours[vertex] where colors[near] >= 0 { forbiddenFor[colors[near]] = vertex }
    for near in neighbours[vertex] {
      for far in neighbours[near]
      where far != vertex && colors[far] >= 0 && forbiddenFor[colors[far]] != vertex {
        // A colour that `near` may still be given would be the only other one on the path.
        if colors[near] < 0 || closesPath(through: near, far) {
          forbiddenFor[colors[far]] = vertex
        }
      }
    }
    let color = forbiddenFor.firstIndex { $0 != vertex } ?? count
    if color == count {
      count += 1
      forbiddenFor.append(-1)
    }
    colors[vertex] = color
  }

  /// Whether behind `far` the colour of `near` comes again.
  private func closesPath(through near: Int, _ far: Int) -> Bool {
    neighbours[far].contains { $0 != near && colors[$0] == colors[near] }
  }
}
