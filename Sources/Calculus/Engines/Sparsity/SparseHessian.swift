// Second derivatives where most are 0 by structure: a sweep for each group of columns.

/// The second derivatives at the places of a pattern.
package struct SparseHessian: Sendable {
  /// Where second derivatives may be other than 0.
  package let pattern: SymmetricPattern
  /// For each row, those in the pattern's columns.
  package let values: [[Double]]
  /// How many reverse sweeps on dual numbers it took.
  package let sweepCount: Int
}

extension Tape {
  /// How many variables there may be for kinks to be looked at, one pair of variables after the other.
  private static let settledSize = 1_000

  /// The second derivatives that are not 0 by structure: a reverse sweep on dual numbers along the sum
  /// of each colour's axes, and each entry from a sum that it is alone in.
  ///
  /// Where kinks may have to be looked at, or something is not finite, they are those of `hessian(at:)`.
  package func sparseHessian(at point: [Double]) -> SparseHessian {
    let pattern = hessianPattern()
    if mayHaveKinks || turns != nil, variableCount <= Self.settledSize {
      return sparseHessian(hessian(at: point), pattern)
    }
    let coloring = StarColoring(pattern)
    var recovery = Recovery(pattern, coloring)
    var hasGradient = true
    for color in 0..<coloring.count {
      let seeds = coloring.colors.indices.map { row in
        coloring.colors[row] == color && !pattern.columns[row].isEmpty ? 1.0 : 0
      }
      let product = adjointTangents(at: point, seeds: seeds)
      hasGradient = hasGradient && product.hasGradient
      recovery.take(product.tangents, color)
    }
    let values = recovery.values
    let isFinite = hasGradient && values.allSatisfy { $0.allSatisfy(\.isFinite) }
    if !isFinite, variableCount <= Self.settledSize {
      return sparseHessian(hessian(at: point), pattern)
    }
    return SparseHessian(pattern: pattern, values: values, sweepCount: coloring.count)
  }

  private func sparseHessian(_ dense: [[Double]], _ pattern: SymmetricPattern) -> SparseHessian {
    SparseHessian(
      pattern: pattern,
      values: pattern.columns.indices.map { row in pattern.columns[row].map { dense[row][$0] } },
      sweepCount: isActive.count { $0 })
  }
}

/// Reads the entries off the products with sums of columns (direct recovery: T. F. Coleman, J. J. Moré,
/// Estimation of sparse Hessian matrices and graph coloring problems, 1984).
private struct Recovery {
  private let pattern: SymmetricPattern
  /// For each colour, the entries that no other column of this colour has in their row.
  private var entries: [[(row: Int, place: Int)]]
  private var found: [[Double?]]

  init(_ pattern: SymmetricPattern, _ coloring: StarColoring) {
    self.pattern = pattern
    entries = Array(repeating: [], count: coloring.count)
    found = pattern.columns.map { Array(repeating: nil, count: $0.count) }
    var counts = Array(repeating: 0, count: coloring.count)
    for (row, columns) in pattern.columns.enumerated() {
      for column in columns { counts[coloring.colors[column]] += 1 }
      for (place, column) in columns.enumerated() where counts[coloring.colors[column]] == 1 {
        entries[coloring.colors[column]].append((row, place))
      }
      for column in columns { counts[coloring.colors[column]] = 0 }
    }
  }

  mutating func take(_ product: [Double], _ color: Int) {
    for (row, place) in entries[color] { found[row][place] = product[row] }
  }

  /// All entries; one that shares its sum is alone in that of its mirror image.
  var values: [[Double]] {
    found.indices.map { row in
      found[row].indices.map { place in
        found[row][place] ?? mirrored(row, pattern.columns[row][place]) ?? .nan
      }
    }
  }

  private func mirrored(_ row: Int, _ column: Int) -> Double? {
    let columns = pattern.columns[column]
    var (low, high) = (0, columns.count)
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < columns.count && columns[low] == row ? found[column][low] : nil
  }
}
